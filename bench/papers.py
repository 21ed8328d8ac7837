"""The minutes of a meeting against headless Chromium printing the same HTML, both warm.

Run as ``python -m bench.papers`` it works on the stage's own folder and prints its figures as JSON.
"""

import json
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

from bench import browser
from bench.measure import HERE, Effort, Result, WrongAnswers, by_turns
from stage import Stage

MOST_ROUNDS = 5
TEMPLATE = "meetings/print/minutes.html"


def measure(stage: Stage, _bare: int, effort: Effort, module: str = "bench.papers") -> Iterator[Result]:
    """What ``module`` finds in a process of its own on the stage's folder."""
    rounds = str(min(effort.rounds, MOST_ROUNDS))
    done = subprocess.run(
        [sys.executable, "-m", module, rounds], env=stage.environment(), cwd=HERE, capture_output=True, text=True
    )  # fmt: skip
    if done.returncode:
        raise WrongAnswers(why=done.stderr.strip().splitlines()[-1])
    yield from (Result(**row) for row in json.loads(done.stdout))


def per_second(work: Callable[[], object]) -> float:
    """How often a second the work could be done."""
    began = time.perf_counter()
    work()
    return 1 / (time.perf_counter() - began)


def line(name: str, yardstick: str, rounds: int, ours: Callable, theirs: Callable) -> Result:
    """One line of the table, both sides by turns."""
    return by_turns(name, yardstick, "documents/s", rounds, lambda: per_second(ours), lambda: per_second(theirs))


def results(rounds: int) -> Iterator[Result]:
    """All lines of this table, measured on the instance of this process."""
    from core.printing import paper

    sheet = minutes()
    with tempfile.TemporaryDirectory() as folder, browser.warm() as chromium:
        html = browser.page(Path(folder, "minutes.html"), TEMPLATE, sheet)
        if chromium:
            yield line("minutes, 4 pages", browser.WARM, rounds, lambda: paper.render(TEMPLATE, sheet), lambda: chromium(html))


def minutes() -> object:
    """The sheet of the newest issued meeting."""
    from blueprints.meetings import sheets
    from blueprints.meetings.models import Meeting, MeetingState
    from blueprints.meetings.protocol import protocol_of

    meeting = Meeting.select().where(Meeting.state == MeetingState.ISSUED).order_by(Meeting.id.desc()).get()
    return sheets.minutes(protocol_of(meeting), meeting.ordinal, meeting.series)


def main(found: Callable[[int], Iterator[Result]]) -> None:
    """For ``measure``: print the figures of this process."""
    from app import create_app
    from core.db import database

    with create_app().app_context():
        database.connect(reuse_if_open=True)
        print(json.dumps([asdict(row) for row in found(int(sys.argv[1]))]))


if __name__ == "__main__":
    main(results)
