"""A copy taken while people sign in and take their slips: does it tell who came after whom?

``python -m tests.ballots.door PEOPLE [weakness]`` lives through it on the instance and database of the environment and prints
what the copy shows, first while the voting is open, then when it is closed.
"""

import os
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from app import create_app
from blueprints.ballots import roll, rules, ticks
from blueprints.ballots.models import RollEntry
from core.access import console
from core.db import database, is_sqlite, migrate
from tests import make, order
from tests.ballots import ceremony

OFFICE = "SELECT id FROM roll_entry WHERE slip_taken"
DOOR = "SELECT entry FROM tick WHERE marks LIKE '_Y%'"


def replayed(file: Path, query: str) -> list[int]:
    """The rows in the order in which SQLite's log lets them appear: each commit makes one more state of the file."""
    log = Path(f"{file}-wal")
    content = log.read_bytes() if log.exists() else b""
    pages, seen, size = bytearray(file.read_bytes()), [], order.PAGE + 24
    for at in range(32, len(content), size):
        number, commit = (int.from_bytes(content[at + part : at + part + 4], "big") for part in (0, 4))
        start = (number - 1) * order.PAGE
        pages[start : start + order.PAGE] = content[at + 24 : at + size]
        if commit:
            seen += sorted(rows_of(bytes(pages), query) - set(seen))
    return seen


def rows_of(image: bytes, query: str) -> set[int]:
    with tempfile.NamedTemporaryFile() as copy:
        copy.write(image[:18] + b"\1\1" + image[20:])  # as a file without a log
        copy.flush()
        with sqlite3.connect(copy.name) as opened:
            found = {key for (key,) in opened.execute(query)}
        opened.close()
    return found


def places(file: Path) -> dict[int, int]:
    """Where the line of each key lies in the leaves of a table."""
    found, content = {}, file.read_bytes()
    for page in range(order.PAGE, len(content), order.PAGE):
        if content[page] == 13:  # a leaf of a table
            count = int.from_bytes(content[page + 3 : page + 5], "big")
            for at in range(page + 8, page + 8 + 2 * count, 2):
                cell = page + int.from_bytes(content[at : at + 2], "big")
                found[_key(content[cell + 1 : cell + 10])] = cell
    return found


def _key(data: bytes) -> int:
    value = 0
    for byte in data:
        value = value << 7 | byte & 127
        if byte < 128:
            return value
    return value


def leaks(folder: Path, came: list[int], began: float) -> Iterator[str]:
    box = next((folder / "box").glob("*.db"))
    door = ticks.file_beside(box)
    orders = {}
    for file, query in ((folder / "linli.db", OFFICE), (door, DOOR)):
        if file.exists():
            orders[f"log of {file.suffix}"] = [came.index(key) for key in replayed(file, query) if key in came]
    if door.exists():
        found = places(door)
        orders["lines in ticks"] = [found[key] for key in came]
    if not is_sqlite():
        writers = dict(database.execute_sql("SELECT id, xmin::text::bigint FROM roll_entry").fetchall())
        orders["writer of roll_entry"] = [writers[key] for key in came]
    yield from order.leaks(orders)
    for file in [folder / "box", *(folder / "box").iterdir()]:
        if file.stat().st_mtime > began:
            yield f"time of {file.suffix or file.name}"
        if file.name.endswith(("-journal", "-wal")) and file.stat().st_size:
            yield f"not empty: {file.suffix}"


def weaken(weakness: str) -> None:
    """A build without one of the protections."""
    if weakness == "database":
        roll.is_apart = lambda _poll: False
    if weakness == "length":
        ticks.YES, ticks.SCHEMA = "Y" * 12, ticks.SCHEMA.split(" CHECK")[0] + ")"
        ticks.read = lambda *_: {}
    if weakness == "times":
        ticks.counter.hide_times = lambda _path: None


def main(folder: Path, people: int, weakness: str) -> None:
    weaken(weakness)
    with create_app().app_context():
        migrate()
        meeting = ceremony.running(make.community(), voters=people)
        if is_sqlite():
            database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            database.execute_sql("PRAGMA wal_autocheckpoint = 0")  # the worst case: the log holds all that follows
        entries = list(RollEntry.select())
        random.Random(3).shuffle(entries)
        began = time.time()
        time.sleep(0.3)  # a file's time may lag a little behind the clock
        for entry in entries:
            roll.tick(entry, slip_taken=True)
        came = [entry.id for entry in entries]
        print(*(f"open: {leak}" for leak in leaks(folder, came, began)), sep="\n")
        rules.close_voting(console(), meeting.poll)
        assert roll.ticks(meeting.poll.classes.get())["ticked_slip"] == people or weakness == "length"
        print(*(f"closed: {leak}" for leak in leaks(folder, came, time.time())), sep="\n")


if __name__ == "__main__":
    main(Path(os.environ["LINLI_INSTANCE"]), int(sys.argv[1]), "".join(sys.argv[2:]))
