"""Ballots cast, acknowledged after they are on the disk, against a bare Flask view that only parses the same form."""

from collections.abc import Iterator
from dataclasses import replace
from urllib.parse import urlencode

from bench.forms import PARSED
from bench.measure import Effort, Result, bare_form, by_turns, rate, request
from blueprints.ballots import ballot as paper
from blueprints.ballots import box, sealing, slips
from blueprints.ballots.ballot import OPTIONS, Ballot, BallotClass, Candidate, Kind
from blueprints.ballots.layout import path_of
from stage import Stage

CONNECTIONS = 50  # a meeting that votes at the same moment
CANDIDATES = 9


def measure(stage: Stage, bare: int, effort: Effort) -> Iterator[Result]:
    """A trust vote on nine people; every cast is another slip."""
    effort = replace(effort, connections=CONNECTIONS)
    ballot = _ballot()
    codes = iter(_open_box(stage, ballot, effort.requests * (effort.rounds + 1)))
    bodies = [_cast(ballot, code) for code in (slips.draw_code() for _cast in range(effort.requests))]

    def ours() -> float:
        sent = [request("POST", "/cast", _cast(ballot, next(codes))) for _cast_ in range(effort.requests)]
        return rate(stage.port, sent, effort, 200)

    yield by_turns(
        "ballot cast", PARSED, "requests/s", effort.rounds, ours,
        lambda: rate(bare, [bare_form(body) for body in bodies], effort, 303),
    )  # fmt: skip


def _ballot() -> Ballot:
    return Ballot(
        poll="bench", kind=Kind.TRUST, title="信任票", community="梅苑社区", organisation="社区党委",
        classes=(BallotClass("R", "居民代表票"),), options=OPTIONS[Kind.TRUST], closes="",
        candidates=tuple(Candidate(f"候选人{number}") for number in range(CANDIDATES)),
    )  # fmt: skip


def _open_box(stage: Stage, ballot: Ballot, count: int) -> list[str]:
    path = path_of(stage.folder, ballot.poll)
    codes = box.create(path, ballot.poll, {"R": count}, ballot.body_size, ballot.config())
    paper.write(ballot, path.with_suffix(".json"))
    box.seal_to(path, sealing.seal().public_key)
    box.open_voting(path)
    return codes["R"]


def _cast(ballot: Ballot, code: str) -> str:
    marks = {f"m{row}": str(1 + row % 3) for row in range(CANDIDATES)}
    return urlencode({"poll": ballot.poll, "code": code, "nonce": slips.draw_nonce().hex()} | marks)
