"""What the files of an instance tell a thief: nothing; and what they would tell with a protection switched off."""

import pytest

from tests.ballots import forensics, mutants

PICK = "at = secrets.randbelow(len(free))"
MUTANTS = {
    "pockets filled in order": ([("casting.py", PICK, "at = free.index(min(free))")], "tau"),
    "filling rotated by half": (
        [("casting.py", PICK, "at = free.index(min([pid for pid in free if pid >= 2**61] or free))")],
        "neighbours",
    ),
    "a state that changes its length": (
        [
            ("layout.py", 'AUDIT = "N", "U"', 'AUDIT = "N", "U" * 10'),
            ("layout.py", "class TEXT NOT NULL, state TEXT NOT NULL CHECK(length(state) = 1)", "class TEXT, state TEXT"),
        ],
        "tag in 7.db",
    ),
    "a write-ahead log": ([("layout.py", '"journal_mode=TRUNCATE"', '"journal_mode=WAL"')], "7.db-wal"),
    "file times kept": ([("counter.py", "            os.utime(file, ns=(still, still))", "            pass")], "time of the file"),
    "a log of the codes": (
        [("voting.py", "        wrong_codes.refuse_beyond", "        print(form.get('code'), flush=True)\n        wrong_codes.refuse_beyond")],
        "code",
    ),
    "a log of the addresses": (
        [("voting.py", "        wrong_codes.refuse_beyond", "        print(request.address, flush=True)\n        wrong_codes.refuse_beyond")],
        "address",
    ),
    "votes in their own order in new rows": (
        [
            (
                "casting.py",
                'box.execute("UPDATE pocket SET used = 1, body = ? WHERE pid = ?", pocket)',
                'box.execute("DELETE FROM pocket WHERE pid = ?", pocket[1:])'
                '; box.execute("INSERT INTO pocket(class, used, body) VALUES (?, 1, ?)", (slip.ballot_class, pocket[0]))',
            )
        ],
        "pocket by key",
    ),
}  # fmt: skip


def test_tau_knows_an_order_when_it_sees_one():
    assert forensics.tau(list(range(50))) == 1
    assert forensics.tau(list(range(50, 0, -1))) == -1
    assert abs(forensics.tau([3, 1, 2, 4]) - (4 - 2) / 6) < 1e-9
    rotated = [*range(500, 1000), *range(500)]
    assert abs(forensics.tau(rotated)) < 0.01
    assert forensics.neighbours_z(rotated) < -20
    assert forensics.tau_within_pages([5000, 9000, 5010, 9010, 100])[0] == 1


def test_a_thousand_votes_leave_no_order_and_no_time(tmp_path):
    assert forensics.run(tmp_path) == []


@pytest.mark.parametrize("name", sorted(MUTANTS))
def test_a_leak_would_be_found(name, tmp_path):
    changes, expected = MUTANTS[name]
    top = mutants.build(tmp_path / "mutant", *changes)
    found = mutants.check(top, "forensics", tmp_path / "instance", "400")
    assert any(expected in leak for leak in found), found
