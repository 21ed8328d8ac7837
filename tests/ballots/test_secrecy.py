import random

from blueprints.ballots import audit, body, slips
from blueprints.ballots.body import Vote
from tests.ballots import mutants, polls

IDENTITY_SEAL = [
    ("sealing.py", "return _lid(public_key).encrypt(plain)", "return plain + bytes(48)"),
    ("sealing.py", "opener.decrypt(base64.b64decode(body))", "base64.b64decode(body)[:-48]"),
    ("sealing.py", "if SealedBox(recover(public_key, pair)).decrypt(test) != TEST_BALLOT:", "if False:"),
]


def test_no_choice_can_be_read_before_the_keys_are_entered(quick_folder):
    assert mutants.check(polls.TOP, "secrecy", quick_folder) == []


def test_ballots_without_a_seal_would_be_found(quick_folder):
    top = mutants.build(quick_folder / "mutant", *IDENTITY_SEAL)
    assert mutants.check(top, "secrecy", quick_folder / "instance") == ["file: .db", "closed: file: .db"]


def cast_by(flipped: float, seed: int) -> tuple[list[bytes], dict[bytes, Vote]]:
    """Twenty test ballots among a hundred, through a server that alters a share of what it is given."""
    rng, plain, intended = random.Random(seed), [], {}
    for number in range(100):
        vote = Vote(tuple(rng.randint(1, 3) for _ in range(9)))
        mark = slips.body_mark(slips.draw_code(), rng.randbytes(12))
        sent = Vote((vote.marks[0] % 3 + 1, *vote.marks[1:])) if rng.random() < flipped else vote
        plain.append(body.encode(sent, mark, 0))
        if number % 5 == 0:
            intended[mark] = vote
    return plain, intended


def test_twenty_audit_slips_catch_a_server_that_flips_a_fifth():
    ballot = polls.ballot()
    caught = sum(bool(audit.alarms(ballot, *cast_by(0.2, seed))) for seed in range(100))
    assert caught >= 95


def test_an_honest_server_raises_no_alarm_and_a_lost_ballot_does():
    ballot = polls.ballot()
    assert [audit.alarms(ballot, *cast_by(0, seed)) for seed in range(100)] == [[]] * 100
    plain, intended = cast_by(0, 1)
    assert [alarm.found for alarm in audit.alarms(ballot, plain[1:], intended)] == [None]
