"""The preview of a roster of ten thousand rows against the bare reader going over the same cells: speed and room.

Run as ``python -m bench.rosters ours|theirs FILE`` it works once, in a process of its own, and prints seconds and MB.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from bench.measure import HERE, Effort, Result, WrongAnswers
from stage import Stage

ROWS = 10_000
READER = "openpyxl, cells only"
MOST_ROUNDS = 5


def measure(stage: Stage, _bare: int, effort: Effort) -> Iterator[Result]:
    """Both sides by turns, each time with a fresh process, because peaks of memory do not go down again."""
    with tempfile.NamedTemporaryFile(suffix=".xlsx") as file:
        file.write(sheet())
        file.flush()
        rounds = [{side: _once(stage, side, file.name) for side in sides} for sides in _turns(min(effort.rounds, MOST_ROUNDS))]
    for name, unit, figure in ((f"{ROWS} rows previewed", "rows/s", _speed), (f"room of {ROWS} rows", "in a GiB", _room)):
        yield Result(name, READER, unit, *([figure(*one[side]) for one in rounds] for side in ("ours", "theirs")))


def _turns(rounds: int) -> Iterator[tuple[str, str]]:
    for turn in range(rounds):
        yield ("ours", "theirs") if turn % 2 else ("theirs", "ours")


def _speed(seconds: float, _megabytes: float) -> float:
    return ROWS / seconds


def _room(_seconds: float, megabytes: float) -> float:
    return 1024 / megabytes


def _once(stage: Stage, side: str, file: str) -> tuple[float, float]:
    done = subprocess.run(
        [sys.executable, "-m", "bench.rosters", side, file], env=stage.environment(), cwd=HERE, capture_output=True, text=True
    )  # fmt: skip
    if done.returncode:
        raise WrongAnswers(why=done.stderr.strip().splitlines()[-1])
    return tuple(json.loads(done.stdout))


def sheet() -> bytes:
    """A members' roster as an office writes it, every cell filled."""
    from blueprints.people.rosters import MEMBERS
    from core.spreadsheets.writing import write

    return write(MEMBERS, (_member(number) for number in range(ROWS)))


def _member(number: int) -> dict[str, object]:
    return {
        "id": None, "name": f"王{chr(0x4E00 + number % 5000)}{chr(0x4E00 + number // 5000)}", "sex": "mf"[number % 2],
        "birth": f"{1930 + number % 70}-{number % 12 + 1:02}", "joined": f"{1960 + number % 60}-07",
        "branch": f"第{number % 60 + 1}党支部", "stairwell": f"{number % 200 + 1}幢{number % 4 + 1}单元",
        "phone": str(15400000000 + number), "category": "retired", "employer": "丰禾超市", "post": "楼道长",
        "commitment": f"每月清扫楼道{number % 9 + 1}次",
    }  # fmt: skip


def preview(file: str) -> None:
    """What the page of an import does before it draws anything."""
    from blueprints.people import imports
    from core.commands import command_community

    place = command_community(None)
    plan = imports.plan_of(place, imports.roster("members", place), Path(file).read_bytes(), file)[1]
    assert len(plan.added) + len(plan.changed) + len(plan.unclear) == ROWS, "not every row was understood"


def read(file: str) -> None:
    """The same cells, and nothing made of them."""
    import openpyxl

    for _row in openpyxl.load_workbook(file, read_only=True).active.iter_rows(values_only=True):
        pass


def main(side: str, file: str) -> None:
    """For ``measure``; both processes have loaded the same program before the clock starts."""
    from app import create_app
    from core.db import database

    with create_app().app_context():
        database.connect(reuse_if_open=True)
        began = time.perf_counter()
        (preview if side == "ours" else read)(file)
        seconds = time.perf_counter() - began
    print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))


if __name__ == "__main__":
    main(*sys.argv[1:])
