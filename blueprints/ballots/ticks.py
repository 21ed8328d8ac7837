"""Who signed in and took a ballot, while people vote: a file of the poll's own beside its box, laid out like it.

In the office's database the ticks would stand in the order in which people came: SQLite's log replays it, and so does
PostgreSQL's xmin. Here every line is there before the first tick, and a tick only overwrites one letter.
"""

import fcntl
import os
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from . import counter
from .layout import connected

NAMES = ("signed_in", "slip_taken", "paper_taken", "mobile", "helped", "absent", "proxy_slip", "proxy_paper")
YES, NO = "Y", "N"
SCHEMA = f"CREATE TABLE tick(entry INTEGER PRIMARY KEY, marks TEXT NOT NULL CHECK(length(marks) = {len(NAMES)}))"


def file_beside(box: Path) -> Path:
    return box.with_suffix(".ticks")


def start(box: Path, roll: Mapping[int, Mapping[str, bool]]) -> None:
    """Lines by the number of the roll's entry; whole or not at all, over what may be there."""
    draft = box.with_suffix(".ticks-new")
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with connected(draft) as file:
        file.execute(SCHEMA)
        file.executemany("INSERT INTO tick VALUES (?, ?)", [(key, _letters(roll[key])) for key in sorted(roll)])
    # The journal stays empty beside it: if the first tick made one, the folder's time would tell when.
    Path(f"{draft}-journal").unlink(missing_ok=True)
    Path(f"{file_beside(box)}-journal").touch(mode=0o600)
    os.replace(draft, file_beside(box))
    counter.hide_times(file_beside(box))


def read(box: Path, entries: Collection[int] = ()) -> dict[int, dict[str, bool]]:
    """The lines of these entries, all where none are named; empty where no file was started."""
    if not file_beside(box).exists():
        return {}
    query, few = "SELECT entry, marks FROM tick", len(entries) == 1
    with connected(file_beside(box)) as file:
        lines = file.execute(f"{query} WHERE entry = ?", tuple(entries)) if few else file.execute(query)
        return {key: _meant(marks) for key, marks in lines}


def write(box: Path, entry: int, line: Mapping[str, bool]) -> None:
    with connected(file_beside(box)) as file:
        file.execute("UPDATE tick SET marks = ? WHERE entry = ?", (_letters(line), entry))
    counter.hide_times(file_beside(box))


def remove(box: Path) -> None:
    for name in (file_beside(box), Path(f"{file_beside(box)}-journal")):
        name.unlink(missing_ok=True)


@contextmanager
def held(box: Path) -> Iterator[None]:
    """Nobody else ticks until the end; a poll opens and closes in here, so no tick falls between file and database."""
    box.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with open(os.open(box.with_suffix(".door"), os.O_CREAT | os.O_RDWR, 0o600)) as door:
        fcntl.flock(door, fcntl.LOCK_EX)
        yield


def _letters(line: Mapping[str, bool]) -> str:
    return "".join(YES if line[name] else NO for name in NAMES)


def _meant(marks: str) -> dict[str, bool]:
    return {name: mark == YES for name, mark in zip(NAMES, marks, strict=True)}
