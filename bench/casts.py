"""Ballots cast, acknowledged after they are on the disk, against a bare Flask view that only parses the same form.

Each half of a pair has a box of its own, as a meeting has. Beside each line: how long 95 of 100 voters waited at most,
and how many transactions a second the disk takes in the box's own mode when they come one after the other.
"""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from itertools import count
from pathlib import Path
from statistics import median
from urllib.parse import urlencode

from bench.forms import PARSED
from bench.measure import Effort, Result, bare_form, by_turns, play, request
from blueprints.ballots import ballot as paper
from blueprints.ballots import box, sealing, slips
from blueprints.ballots.ballot import OPTIONS, Ballot, BallotClass, Candidate, Kind
from blueprints.ballots.layout import connected, path_of
from stage import COMMAND, Stage, free_port, serving

CANDIDATES = 9
# Workers of 32 threads, people who vote at the same moment, votes of each of them in a full run.
MEETINGS = ((1, 50, 20), (2, 50, 20), (2, 500, 4))
COMMITS = 100


def measure(stage: Stage, _bare: int, effort: Effort) -> Iterator[Result]:
    """A trust vote on nine people, under as many workers on both sides."""
    boxes = Boxes(stage.folder)
    for workers, people, votes in MEETINGS:
        with servers(stage, workers) as (ours, theirs):
            yield meeting(boxes, ours, theirs, replace(effort, connections=people), workers, _ballots(effort, people, votes))


def _ballots(effort: Effort, people: int, votes: int) -> int:
    """In a quick run one box serves to see that all works."""
    return people * votes if effort.rounds > 1 else effort.requests


@contextmanager
def servers(stage: Stage, workers: int) -> Iterator[tuple[int, int]]:
    """The office's own server and the bare view, with the same number of workers."""
    environment = stage.environment() | {"WEB_CONCURRENCY": str(workers)}
    ours, theirs = free_port(), free_port()
    command = [*COMMAND, "run", "--host", "127.0.0.1", "--port", str(ours)]
    with (
        serving(command, ours, environment),
        serving([sys.executable, "-m", "bench.bare", str(theirs)], theirs, environment),
    ):
        yield ours, theirs


def meeting(boxes: "Boxes", ours: int, theirs: int, effort: Effort, workers: int, ballots: int) -> Result:
    waits, commits = [], []

    def cast() -> float:
        commits.append(boxes.commits_a_second())
        told = play(ours, [request("POST", "/cast", body) for body in boxes.forms(ballots)], effort, 200)
        waits.append(told["p95"])
        return ballots / told["seconds"]

    def parse() -> float:
        told = play(theirs, [bare_form(body) for body in boxes.made_up(ballots)], effort, 303)
        return ballots / told["seconds"]

    people = effort.connections
    result = by_turns(f"ballot cast by {people}, {_workers(workers)}", PARSED, "votes/s", effort.rounds, cast, parse)
    beside = f"95 % within {median(waits):.0f} ms, {median(commits):.0f} single commits/s"
    return replace(result, name=f"{result.name} ({beside})")


def _workers(number: int) -> str:
    return "1 worker" if number == 1 else f"{number} workers"


class Boxes:
    """Open boxes under one key, each with as many slips as votes will fall."""

    def __init__(self, instance: Path):
        self.instance, self.numbers = instance, count(1)
        self.key = sealing.seal(1).public_key
        self.path = path_of(instance, "bench0")

    def forms(self, votes: int) -> list[str]:
        ballot = _ballot(f"bench{next(self.numbers)}")
        self.path = path_of(self.instance, ballot.poll)
        codes = box.create(self.path, ballot.poll, {"R": votes}, ballot.body_size, ballot.config())["R"]
        paper.write(ballot, self.path.with_suffix(".json"))
        box.seal_to(self.path, self.key)
        box.open_voting(self.path)
        return [_form(ballot.poll, code) for code in codes]

    def made_up(self, votes: int) -> list[str]:
        return [_form("bench", slips.draw_code()) for _vote in range(votes)]

    def commits_a_second(self) -> float:
        """One slip's row overwritten and written to the disk, again and again."""
        if not self.path.exists():
            self.forms(COMMITS)
        with connected(self.path) as opened:
            began = time.perf_counter()
            for number in range(COMMITS):
                opened.execute("UPDATE meta SET size = size + ?", (1 if number % 2 else -1,))
            return COMMITS / (time.perf_counter() - began)


def _ballot(poll: str) -> Ballot:
    return Ballot(
        poll=poll, kind=Kind.TRUST, title="信任票", community="梅苑社区", organisation="社区党委",
        classes=(BallotClass("R", "居民代表票"),), options=OPTIONS[Kind.TRUST], closes="",
        candidates=tuple(Candidate(f"候选人{number}") for number in range(CANDIDATES)),
    )  # fmt: skip


def _form(poll: str, code: str) -> str:
    marks = {f"m{row}": str(1 + row % 3) for row in range(CANDIDATES)}
    return urlencode({"poll": poll, "code": code, "nonce": slips.draw_nonce().hex()} | marks)
