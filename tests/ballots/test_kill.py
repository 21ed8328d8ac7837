"""The server may die at any moment: no promised vote is lost. LINLI_FAULT_ROUNDS sets how often (20 by default)."""

import os

import pytest

from tests.ballots import kill, mutants

ROUNDS = int(os.environ.get("LINLI_FAULT_ROUNDS", "20"))

ANSWERS = "                answers = [self.answer(turn, waiting) for waiting in batch]\n"
PROMISE_EARLY = (
    "casting.py",
    ANSWERS,
    ANSWERS + "                import time\n"
    "                for waiting, answer in zip(batch, answers, strict=True):\n"
    "                    waiting.answer = answer\n"
    "                    waiting.called.release()\n"
    "                batch = answers = ()\n"
    "                time.sleep(0.3)\n",
)
TAKEN = "        if taken.rowcount != 1:\n            raise SlipUsed\n"
TWO_TRANSACTIONS = (
    "casting.py",
    TAKEN,
    TAKEN + "        import time\n"
    "        box.execute('COMMIT')\n"
    "        time.sleep(0.02)\n"
    "        box.execute('BEGIN IMMEDIATE')\n",
)


@pytest.fixture(scope="module")
def poll(tmp_path_factory):
    return kill.prepared(tmp_path_factory.mktemp("prepared"))


def one_round(poll, folder, workers, seed):
    """On a busy machine everybody may be promised before the kill falls: such a round says nothing and is played faster."""
    for pause in (0.15, 0.02, 0):
        instance = folder / f"{seed}-{pause}"
        instance.mkdir()
        found = kill.run(kill.copied(poll, instance), workers, seed, pause)
        if found != [kill.TOO_LATE]:
            break
    return found


@pytest.mark.fault
@pytest.mark.parametrize("workers", [2, 1])
def test_no_promised_vote_is_lost_when_the_server_is_killed(poll, workers, tmp_path):
    for seed in range(ROUNDS):
        assert one_round(poll, tmp_path, workers, seed) == [], f"round {seed}"


@pytest.mark.fault
def test_a_promise_before_the_commit_would_be_found(tmp_path):
    top = mutants.build(tmp_path / "mutant", PROMISE_EARLY)
    found = mutants.check(top, "kill", tmp_path / "instance", "2", "3", "0")
    assert any("promised and lost" in line for line in found), found


@pytest.mark.fault
def test_two_transactions_would_be_found(tmp_path):
    """The kill has to fall between the two, so it may take a few."""
    top = mutants.build(tmp_path / "mutant", TWO_TRANSACTIONS)
    for seed in range(8):
        found = mutants.check(top, "kill", tmp_path / str(seed), "2", str(seed), "0.1")
        if any("pockets filled" in line for line in found):
            return
    pytest.fail("a slip was used without its ballot, and nobody noticed")
