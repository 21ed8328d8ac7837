"""Reads every byte of an instance folder as a thief would, and looks for the order and the time of the votes.

People sign in, take a slip and vote, one after the other in a known order, in a whole office: database, server, job
process. Leaks are measured by Kendall's tau between that order and every order the files show, by the distance between
neighbours, and by plain search.
"""

import random
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from app import create_app
from blueprints.ballots import roll, rules, sealing, slips, steps, ticks
from blueprints.ballots.body import decode
from blueprints.ballots.models import RollEntry
from core.access import console
from core.db import migrate
from tests import make, order
from tests.ballots import ceremony, door, polls
from tests.ballots.mutants import report

CANDIDATES = polls.NAMES
# The job process looks at the clock each minute and writes that down; nobody's vote makes it do so.
BY_THE_CLOCK = "jobs.db"


@dataclass
class Cast:
    entry: int
    code: str
    nonce: bytes
    tag: bytes
    rid: bytes
    mark: bytes
    body: bytes = b""


def all_vote(meeting: ceremony.Meeting, port: int) -> list[Cast]:
    """One after the other, so that the order is known; every choice by chance."""
    rng, casts, key = random.Random(5), [], meeting.poll.key
    entries = list(RollEntry.select())
    rng.shuffle(entries)
    with closing(polls.Voter(port)) as voter:
        for entry, code in zip(entries, meeting.codes, strict=False):
            roll.tick(entry, slip_taken=True)
            nonce, marks = slips.draw_nonce(), {f"m{row}": str(rng.randint(0, 3)) for row in range(len(CANDIDATES))}
            form = {"poll": key, "code": code, "nonce": nonce.hex()} | marks
            assert voter.post("/cast", form).status == 200
            receipt = slips.receipt(key, code, nonce)
            tag, rid, mark = slips.slip_tag(code, receipt), slips.receipt_id(receipt), slips.body_mark(code, receipt)
            casts.append(Cast(entry.id, code, nonce, tag, rid, mark))
    return casts


def find_bodies(meeting: ceremony.Meeting, casts: list[Cast]) -> None:
    """Only the test can do this: it opens the box and tells each sealed body by the mark inside."""
    with closing(sqlite3.connect(steps.file_of(meeting.poll))) as copy:
        sealed = [body for (body,) in copy.execute("SELECT body FROM pocket WHERE used = 1")]
    opening = sealing.open_bodies(bytes.fromhex(meeting.poll.public_key), meeting.shares[:2], sealed)
    plain = zip(opening.plain, sealed, strict=True)
    by_mark = {decode(one, len(CANDIDATES), 3, 0)[0]: body for one, body in plain}
    for cast in casts:
        cast.body = by_mark[cast.mark]


def orders_by_query(box: Path, casts: list[Cast]) -> Iterator[tuple[str, list[int]]]:
    with closing(sqlite3.connect(box)) as copy:
        for table, column, key in (("pocket", "body", "pid"), ("stub", "rid", "pid"), ("slip", "tag", "h")):
            for name, query in (("by key", f"SELECT {column} FROM {table} ORDER BY {key}"), ("as scanned", f"SELECT {column} FROM {table}")):
                listed = {value: at for at, (value,) in enumerate(copy.execute(query))}
                yield f"{table} {name}", [listed[getattr(cast, column)] for cast in casts]


def orders_in_bytes(folder: Path, casts: list[Cast]) -> Iterator[tuple[str, list[int]]]:
    """Where in any file the parts of the votes lie, and the lines of the people who cast them."""
    for file in files_of(folder):
        data = file.read_bytes()
        for name in ("body", "rid", "tag"):
            found = [place for cast in casts if (place := data.find(getattr(cast, name))) >= 0]
            if len(found) >= 20:
                yield f"{name} in {kind(file)}", found
        if kind(file) == ticks.file_beside(Path("box")).name:
            lines = door.places(file)
            yield f"people in {kind(file)}", [lines[cast.entry] for cast in casts]
    came = [cast.entry for cast in casts]
    log = [came.index(entry) for entry in door.replayed(folder / "linli.db", door.OFFICE) if entry in came]
    yield "log of the database", log


def leaks_of_words(folder: Path, port: int, casts: list[Cast], began: float, ended: float) -> list[str]:
    """Codes, nonces, voters' addresses, and any time at which votes were cast, as text or as a number.

    Whatever writes votes down writes all of them down, so a tenth of them is enough to look for.
    """
    seconds, casts = range(int(began), int(ended) + 1), casts[::10]
    needles = {b"127.0.0.1": "address"} | {cast.code.encode(): "code" for cast in casts}
    needles |= {cast.nonce.hex().encode(): "nonce" for cast in casts} | {cast.nonce: "nonce" for cast in casts}
    for second in seconds:
        needles |= {time.strftime("%H:%M:%S", time.gmtime(second)).encode(): "time", str(second).encode(): "time"}
    found = []
    for file in files_of(folder):
        data = file.read_bytes().replace(b"127.0.0.1:%d" % port, b"where the server listens")
        found += [f"{kind(file)}: {what}" for text, what in needles.items() if text in data]
        if file.parent.name == "box":
            binary = (second.to_bytes(4, end) for second in seconds for end in ("big", "little"))
            found += [f"{kind(file)}: time" for value in binary if data.count(value) > 1]
    for path in [folder / "box", folder / "counters", *files_of(folder)]:
        if began <= path.stat().st_mtime <= ended:
            found.append(f"{kind(path)}: time of the file")
    return sorted(set(found))


def files_of(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob("*") if path.is_file() and not path.name.startswith(BY_THE_CLOCK))


def kind(file: Path) -> str:
    """The box's name is drawn by chance: box.db, box.ticks, …"""
    return f"box{file.name[file.name.index('.'):]}" if file.parent.name == "box" else file.name


def seen(folder: Path, box: Path, port: int, casts: list[Cast], began: float, ended: float) -> list[str]:
    orders = dict(orders_by_query(box, casts)) | dict(orders_in_bytes(folder, casts))
    return leaks_of_words(folder, port, casts, began, ended) + order.leaks(orders)


def run(instance: Path, votes: int) -> list[str]:
    with create_app().app_context():
        migrate()
        meeting = ceremony.running(make.community(), voters=votes, names=CANDIDATES)
        box = steps.file_of(meeting.poll)
        with polls.office(instance) as port:
            time.sleep(2.1)  # what the server says when it starts is older than the first vote
            began = time.time()
            casts = all_vote(meeting, port)
            ended = time.time()
            find_bodies(meeting, casts)
            found = [f"open: {leak}" for leak in seen(instance, box, port, casts, began, ended)]
            time.sleep(1.1)
        rules.close_voting(console(), meeting.poll)
        return found + [f"closed: {leak}" for leak in seen(instance, box, port, casts, began, ended)]


if __name__ == "__main__":
    report(run(Path(sys.argv[1]), int(sys.argv[2])))
