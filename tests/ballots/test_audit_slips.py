"""抽查票: what twenty test slips find out about a server that alters ballots before they are sealed."""

import io
import random
import sys
from urllib.parse import urlencode

import pytest

from blueprints.ballots import audit, booth, box, layout, sealing, slips, voting
from blueprints.ballots.body import Vote
from tests.ballots import polls

RUNS, SLIPS = 100, 20


def cast(form: dict[str, str]) -> None:
    """Through the whole voting application, as from a voter's phone."""
    content, said = urlencode(form).encode(), []
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/cast", "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(content)), "wsgi.input": io.BytesIO(content), "wsgi.errors": sys.stderr,
    }  # fmt: skip
    voting.application(environ, lambda status, _headers: said.append(status))
    assert said == ["200 OK"]


@pytest.fixture
def alarms(quick_folder, monkeypatch):
    """How many of a hundred meetings are alarmed, where the server alters that share of what it is given."""
    monkeypatch.setenv("LINLI_INSTANCE", str(quick_folder))
    honest = booth.filling.vote

    def count(share: float) -> int:
        poll, rng = polls.running(quick_folder, {"R": RUNS * SLIPS}), random.Random(2)

        def altered(filled):
            vote = honest(filled)
            return Vote((vote.marks[0] % 3 + 1, *vote.marks[1:])) if rng.random() < share else vote

        monkeypatch.setattr(booth.filling, "vote", altered)
        written = [written_down(poll, poll.codes["R"][run::RUNS], rng) for run in range(RUNS)]
        box.close_voting(poll.path)
        marks = [{declared(poll, *slip): vote for slip, vote in meeting.items()} for meeting in written]
        plain = sealing.open_bodies(poll.sealing.public_key, poll.sealing.sheets[:2], box.bodies(poll.path)["R"]).plain
        assert box.turnout(poll.path)["R"][layout.AUDIT] == RUNS * SLIPS
        return sum(bool(audit.alarms(poll.ballot, plain, meeting)) for meeting in marks)

    return count


def written_down(poll: polls.Poll, codes: list[str], rng: random.Random) -> dict[tuple[str, bytes], Vote]:
    """Two scrutineers write down what they will tick, then cast it and keep slip and receipt."""
    meant = {}
    for code in codes:
        vote, nonce = Vote(tuple(rng.randint(1, 3) for _row in polls.NAMES)), slips.draw_nonce()
        cast(polls.form(poll, code, nonce, vote))
        meant[code, slips.receipt(poll.ballot.poll, code, nonce)] = vote
    return meant


def declared(poll: polls.Poll, code: str, receipt: bytes) -> bytes:
    return box.declare_audit(poll.path, poll.ballot.poll, code, receipt)


def test_a_server_that_alters_a_fifth_is_caught_in_nearly_every_meeting(alarms):
    assert alarms(0.2) >= 95


def test_an_honest_server_alarms_nobody(alarms):
    assert alarms(0) == 0


def test_a_ballot_that_is_gone_is_an_alarm(quick_folder):
    poll = polls.running(quick_folder)
    vote = Vote((1,) * len(polls.NAMES))
    assert [alarm.found for alarm in audit.alarms(poll.ballot, [], {bytes(16): vote})] == [None]
