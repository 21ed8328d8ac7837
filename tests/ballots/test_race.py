import pytest

from tests.ballots import mutants, race

LOOK_FIRST = [
    (
        "casting.py",
        "        mine = self.wait(code, nonce, body)\n",
        "        import time\n"
        "        mine = self.wait(code, nonce, body)\n"
        "        early = connect(self.path)\n"
        "        mine.slip = read_slip(early, slips.slip_hash(self.meta.poll, code))\n"
        "        early.close()\n"
        "        time.sleep(0.1)\n",
    ),
    ("casting.py", "box, slip = self.box, read_slip(self.box, waiting.h)", "box, slip = self.box, waiting.slip"),
    ("casting.py", "used = (USED, waiting.tag, waiting.h, UNUSED)", "used = (USED, waiting.tag, waiting.h)"),
    ("casting.py", 'WHERE h = ? AND state = ?", used)', 'WHERE h = ?", used)'),
]


@pytest.mark.parametrize("workers", [1, 2])
def test_fifty_people_with_one_slip_have_one_vote(workers, tmp_path):
    assert race.run(tmp_path, workers) == []


def test_looking_first_and_writing_later_would_be_found(tmp_path):
    top = mutants.build(tmp_path / "mutant", *LOOK_FIRST)
    found = mutants.check(top, "race", tmp_path / "instance", "2")
    assert any("different ballots" in line for line in found), found
    assert any("the box counts other votes" in line for line in found), found
