"""A copy of everything, taken after a long day: can a resident's message be set between two acts of the office?

``python -m tests.suggestions.traces MESSAGES [weakness]`` lives through that day on the instance and database of the
environment and prints what the copy shows, first as it stands within the hour, then after the clock has struck.
"""

import itertools
import os
import secrets
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from pathlib import Path

from app import create_app
from blueprints.suggestions import handling, receipts, rules
from blueprints.suggestions.models import Kind, Pace, Source, Suggestion, SuggestionPhoto, SuggestionStep
from core import clock, tidy
from core.backup import write_backup
from core.db import database, is_sqlite, migrate
from models import ALL
from tests import make, order

MORNING = datetime(2026, 3, 4, 1, 0)


class Day:
    """Every act has a minute of its own, so a minute found in the bytes tells which act it was."""

    def __init__(self):
        self.minutes = 0
        clock._now = self.now

    def now(self) -> datetime:
        return MORNING + timedelta(minutes=self.minutes)

    def goes_on(self) -> str:
        self.minutes += 2
        return self.now().strftime("%H:%M:%S")


def live_through(day: Day, messages: int) -> tuple[list[str], set[str]]:
    """Residents and office by turns; answers all messages in the order they came, and the residents' times of day."""
    place, said, times = make.community(), [], set()
    clerk = make.actor(place)
    for number in range(messages):
        day.goes_on()
        said.append(office_hears(clerk, place))
        times.add(day.goes_on())
        said.append(resident_says(place, with_picture=number % 3 == 0))
    return said, times


def resident_says(place, with_picture: bool) -> str:
    text = f"{secrets.token_hex(12)}处的灯不亮，晚上看不见路。"
    photos = [text.encode() + secrets.token_bytes(5000)] if with_picture else []
    rules.submit(place, rules.Message(Kind.OPINION, text, photos=photos), secrets.token_hex(8))
    return text


def office_hears(clerk, place) -> str:
    """Typed in and registered at once: both stand in the audit trail with their instant."""
    text = f"{secrets.token_hex(12)}处来电：楼道里堆了东西。"
    typed = rules.Message(Kind.OPINION, text)
    row, _code = rules.submit(place, typed, secrets.token_hex(8), actor=clerk, source=Source.PHONE)
    handling.register(clerk, row, row.version, "楼道堆物", Kind.OPINION, Pace.ORDINARY)
    return text


def orders_by_query(said: list[str]) -> Iterator[tuple[str, list[float]]]:
    """What a query shows: keys, numbers, rows as they are scanned, and on PostgreSQL who wrote them."""
    columns = {"key": Suggestion.id, "number": Suggestion.number}
    rows = {row.text: row for row in Suggestion.select()}
    for name, column in columns.items():
        yield name, ranks([getattr(rows[text], column.name) for text in said])
    scanned = [text for (text,) in database.execute_sql("SELECT text FROM suggestion")]
    yield "scan", [scanned.index(text) for text in said]
    yield "step", [rows[text].steps.where(SuggestionStep.position == 1).get().id for text in said]
    pictures = {photo.suggestion_id: photo.id for photo in SuggestionPhoto.select()}
    yield "picture", [pictures[rows[text].id] for text in said if rows[text].id in pictures]
    if not is_sqlite():
        for table in ("suggestion", "suggestion_step", "used_form"):
            yield f"writer of {table}", written_by(table, said, rows)


def written_by(table: str, said: list[str], rows: dict[str, Suggestion]) -> list[float]:
    """PostgreSQL's xmin, in the order of the messages; of forms nobody knows whose they are, so as they come."""
    key = "suggestion_id" if table == "suggestion_step" else "id"
    writers = dict(database.execute_sql(f"SELECT {key}, xmin::text::bigint FROM {table} ORDER BY ctid DESC").fetchall())
    return list(writers.values())[::-1] if table == "used_form" else [writers[rows[text].id] for text in said]


def ranks(values: list) -> list[float]:
    return [sorted(values).index(value) for value in values]


def orders_in_bytes(folder: Path, said: list[str]) -> Iterator[tuple[str, list[float]]]:
    """Where the words and the pictures lie in every file, and in what a backup unpacks to."""
    files = {path.name: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}
    for path in folder.rglob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            files |= {f"backup {name}": archive.read(name) for name in archive.namelist()}
    for name, content in files.items():
        if name.endswith("-wal"):
            yield "frames of the log", list(replayed(content, said))
            continue
        places = [content.find(text.encode()) for text in said]
        found = [place for place in places if place >= 0]
        if len(found) >= 20:
            yield f"words in {name}", found


def replayed(log: bytes, said: list[str]) -> Iterator[int]:
    """The frame of SQLite's log in which words first stand, as long as they are still in it."""
    size = order.PAGE + 24
    frames = [log[at : at + size] for at in range(32, len(log), size)]
    current = [frame for frame in frames if frame[8:16] == log[16:24]]
    for text in said:
        first = next((number for number, frame in enumerate(current) if text.encode() in frame), None)
        if first is not None:
            yield first


def times_in_bytes(folder: Path, times: set[str]) -> Iterator[str]:
    """Times of day at which residents wrote, and file times other than midnight."""
    for path in sorted(path for path in folder.rglob("*") if path.is_file()):
        content = path.read_bytes()
        yield from (f"{path.name}: {moment}" for moment in sorted(times) if moment.encode() in content)
        if path.name.startswith("linli.db"):
            changed = clock.local(datetime.fromtimestamp(path.stat().st_mtime, UTC)).time()
            yield from [f"time of {path.name}: {changed}"] * (changed != time())


def seen(folder: Path, said: list[str], times: set[str]) -> list[str]:
    backup = folder / "backup.zip"
    write_backup(backup, ALL)
    orders = dict(orders_by_query(said)) | dict(orders_in_bytes(folder, said))
    return order.leaks(orders) + list(times_in_bytes(folder, times))


def weaken(weakness: str) -> None:
    """A build without one of the protections."""
    if weakness == "rising":
        rising = itertools.count(1)
        secrets.randbelow = lambda _most: next(rising)  # keys and numbers are drawn with it
    if weakness == "times":
        import core.db

        core.db.hide_times = lambda: None


def main(folder: Path, messages: int, weakness: str) -> None:
    receipts.COST = {"time_cost": 1, "memory_cost": 8, "parallelism": 1}
    weaken(weakness)
    with create_app().app_context():
        migrate()
        if is_sqlite():
            database.execute_sql("PRAGMA wal_autocheckpoint = 0")  # the worst moment for a copy: the log is long
        day = Day()
        said, times = live_through(day, messages)
        print(*(f"within the hour: {leak}" for leak in seen(folder, said, times)), sep="\n")
        tidy.hourly()
        print(*(f"afterwards: {leak}" for leak in seen(folder, said, times)), sep="\n")


if __name__ == "__main__":
    main(Path(os.environ["LINLI_INSTANCE"]), int(sys.argv[1]), "".join(sys.argv[2:]))
