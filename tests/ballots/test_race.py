import pytest

from tests.ballots import mutants, race

LOOK_FIRST = [
    (
        "casting.py",
        "        mine = Waiting(code, nonce, body)\n",
        "        import time\n"
        "        mine = Waiting(code, nonce, body)\n"
        "        early = connect(self.path)\n"
        "        mine.slip = read_slip(early, slips.slip_hash(self.meta.poll, code))\n"
        "        early.close()\n"
        "        time.sleep(0.1)\n",
    ),
    ("casting.py", "    slip = read_slip(box, h)\n", "    slip = waiting.slip\n"),
    ("casting.py", 'WHERE h = ? AND state = ?", (USED, tag, h, UNUSED))', 'WHERE h = ?", (USED, tag, h))'),
]


@pytest.mark.parametrize("workers", [1, 2])
def test_fifty_people_with_one_slip_have_one_vote(workers, tmp_path):
    assert race.run(tmp_path, workers) == []


def test_looking_first_and_writing_later_would_be_found(tmp_path):
    top = mutants.build(tmp_path / "mutant", *LOOK_FIRST)
    found = mutants.check(top, "race", tmp_path / "instance", "2")
    assert any("different ballots" in line for line in found), found
    assert any("ballots in the box" in line for line in found), found
