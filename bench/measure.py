"""How a ratio is measured: both sides by turns in one run, so that what else the machine does meets both alike."""

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from core.refusal import Refused
from core.text import _l

HERE = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Effort:
    """How much is measured: rounds of one pair each, and requests in each half of a pair."""

    rounds: int
    requests: int
    connections: int


FULL = Effort(rounds=7, requests=600, connections=16)
QUICK = Effort(rounds=1, requests=100, connections=8)  # fewer, and making a page once weighs more than giving it


@dataclass(frozen=True)
class Result:
    """One line of the table: ``ours`` and ``theirs`` are figures per round in ``unit``, ratios are ours ÷ theirs."""

    name: str
    yardstick: str
    unit: str
    ours: list[float]
    theirs: list[float]

    @property
    def ratios(self) -> list[float]:
        return [one / other for one, other in zip(self.ours, self.theirs, strict=True)]

    @property
    def ratio(self) -> float:
        return median(self.ratios)


def by_turns(
    name: str, yardstick: str, unit: str, rounds: int, ours: Callable[[], float], theirs: Callable[[], float]
) -> Result:  # fmt: skip
    """Interleaved pairs after one that does not count; who begins changes from pair to pair."""
    ours(), theirs()
    found: tuple[list[float], list[float]] = ([], [])
    for turn in range(rounds):
        sides = [(found[0], ours), (found[1], theirs)]
        for figures, measure in sides if turn % 2 else reversed(sides):
            figures.append(measure())
    return Result(name, yardstick, unit, *found)


class WrongAnswers(Refused):
    """A server that refuses is fast; such a figure is none."""

    sentence = _l("没有测成：%(why)s")


def rate(port: int, requests: list[str], effort: Effort, expected: int, times: int = 1) -> float:
    """Requests answered in a second, all of them with the status expected."""
    told = play(port, requests, effort, expected, times)
    return sum(told["statuses"].values()) / told["seconds"]


def play(port: int, requests: list[str], effort: Effort, expected: int, times: int = 1) -> dict:
    """What the load generator tells: ``seconds``, ``statuses``, and ``p50`` and ``p95`` of the answers in milliseconds."""
    job = {"port": port, "requests": requests, "times": times, "connections": effort.connections}
    done = subprocess.run(
        [sys.executable, "-m", "bench.load"], input=json.dumps(job), cwd=HERE, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise WrongAnswers(why=done.stderr.strip().splitlines()[-1])
    told = json.loads(done.stdout)
    if set(told["statuses"]) != {str(expected)}:
        raise WrongAnswers(why=f"{expected} != {told['statuses']}")
    return told


def request(method: str, path: str, body: str = "", **headers: str) -> str:
    """The bytes of a request, one character each."""
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *(f"{name}: {value}" for name, value in headers.items())]
    if method == "POST":
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(body)}"]
    return "\r\n".join([*lines, "", body])


def bare_form(body: str) -> str:
    """The same form sent to a view that only parses it."""
    return request("POST", "/form", body)
