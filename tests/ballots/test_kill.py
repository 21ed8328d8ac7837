"""The machine may die at any moment: no promised vote is lost. LINLI_FAULT_ROUNDS sets how often (3 by default)."""

import os

import pytest

from tests.ballots import kill, mutants

ROUNDS = int(os.environ.get("LINLI_FAULT_ROUNDS", "3"))

PROMISE_EARLY = (
    "casting.py",
    "        with self.turn:\n            if mine.answer is None:\n                self.drop_in_all()\n",
    "        import time\n"
    "        def later():\n"
    "            time.sleep(0.2)\n"
    "            with self.turn:\n"
    "                self.drop_in_all()\n"
    "        threading.Thread(target=later).start()\n"
    "        return Acknowledged(slips.receipt(self.meta.poll, code, nonce), False)\n",
)
TWO_TRANSACTIONS = (
    "casting.py",
    "    if taken.rowcount != 1:\n        raise SlipUsed\n",
    "    if taken.rowcount != 1:\n        raise SlipUsed\n"
    "    import time\n"
    "    box.execute('COMMIT')\n"
    "    time.sleep(0.02)\n"
    "    box.execute('BEGIN IMMEDIATE')\n",
)


@pytest.mark.fault
@pytest.mark.parametrize("seed", range(ROUNDS))
@pytest.mark.parametrize("workers", [2, 1])
def test_no_promised_vote_is_lost_when_the_server_is_killed(workers, seed, tmp_path):
    assert kill.run(tmp_path, workers, seed) == []


@pytest.mark.fault
def test_a_promise_before_the_commit_would_be_found(tmp_path):
    top = mutants.build(tmp_path / "mutant", PROMISE_EARLY)
    found = mutants.check(top, "kill", tmp_path / "instance", "2", "3")
    assert any("promised and lost" in line for line in found), found


@pytest.mark.fault
def test_two_transactions_would_be_found(tmp_path):
    """The kill has to fall between the two, so it may take a few."""
    top = mutants.build(tmp_path / "mutant", TWO_TRANSACTIONS)
    for seed in (3, 5, 0, 4):
        found = mutants.check(top, "kill", tmp_path / str(seed), "2", str(seed))
        if any("pockets filled" in line for line in found):
            return
    pytest.fail("a slip was used without its ballot, and nobody noticed")
