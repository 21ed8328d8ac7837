"""What the files of an instance tell a thief: nothing; and what they would tell with a protection switched off."""

import pytest

from tests import order
from tests.ballots import mutants, polls

PICK = "at = secrets.randbelow(len(free))"
POCKET = 'filled = self.box.execute("UPDATE pocket SET used = 1, body = ? WHERE pid = ? AND used = 0", place).rowcount'
LIMIT = "        wrong_codes.refuse_beyond"
# Each protection with what is found without it; those that do not hide one another's leaks share a run.
IN_ORDER = (("casting.py", PICK, "at = free.index(min(free))"), "pocket by key: tau")
ROTATED_BY_HALF = (
    ("casting.py", PICK, "at = free.index(min([pid for pid in free if pid >= 2**61] or free))"), "pocket by key: neighbours"
)  # fmt: skip
LENGTH_CHANGES = (("layout.py", 'AUDIT = "N", "U"', 'AUDIT = "N", "U" * 10'), "tag in box.db")
LENGTH_MAY_CHANGE = (("layout.py", "state TEXT NOT NULL CHECK(length(state) = 1),\n    tag", "state TEXT,\n    tag"), "tag in box.db")
NEW_ROWS = (
    (
        "casting.py", POCKET,
        'filled = self.box.execute("DELETE FROM pocket WHERE pid = ?", place[1:]).rowcount'
        '; self.box.execute("INSERT INTO pocket(class, used, body) VALUES (?, 1, ?)", (ballot_class, body))',
    ),
    "pocket by key: tau",
)  # fmt: skip
WRITE_AHEAD_LOG = (("layout.py", '"journal_mode=TRUNCATE"', '"journal_mode=WAL"'), "box.db-wal")
TIMES_KEPT = (("counter.py", "            os.utime(file, ns=(still, still))", "            pass"), "time of the file")
LOGGED = (("voting.py", LIMIT, "        print(form.get('code'), request.address, flush=True)\n" + LIMIT), "server.log: code")
TICKS_IN_DATABASE = (("roll.py", "return poll.status in DURING and", "return False and"), "log of the database: tau")
MUTANTS = {
    "pockets in order, times kept, codes logged, ticks in the database": [IN_ORDER, TIMES_KEPT, LOGGED, TICKS_IN_DATABASE],
    "filling rotated by half, a state that changes its length": [ROTATED_BY_HALF, LENGTH_CHANGES, LENGTH_MAY_CHANGE],
    "a write-ahead log, new rows in the order of votes": [WRITE_AHEAD_LOG, NEW_ROWS],
}


def test_tau_knows_an_order_when_it_sees_one():
    assert order.tau(list(range(50))) == 1
    assert order.tau(list(range(50, 0, -1))) == -1
    assert abs(order.tau([3, 1, 2, 4]) - (4 - 2) / 6) < 1e-9
    assert order.tau([7] * 50) == 0
    rotated = [*range(500, 1000), *range(500)]
    assert abs(order.tau(rotated)) < 0.01
    assert order.neighbours_z(rotated) < -20
    assert order.tau_within_pages([5000, 9000, 5010, 9010, 100])[0] == 1


def test_a_thousand_votes_leave_no_order_and_no_time(quick_folder):
    assert mutants.check(polls.TOP, "forensics", quick_folder, "1000") == []


@pytest.mark.parametrize("name", sorted(MUTANTS))
def test_each_leak_would_be_found(name, quick_folder):
    changes, expected = zip(*MUTANTS[name], strict=True)
    top = mutants.build(quick_folder / "mutant", *changes)
    found = mutants.check(top, "forensics", quick_folder / "instance", "250")
    assert [words for words in expected if not any(words in leak for leak in found)] == [], found
