"""A thief holds the roll and a copy of the instance folder, taken at rest after each phase: whose ballot is which?

People sign in, take a slip and vote in the order of the roll, which is the worst case: any order that is left over
anywhere points at people. The thief tries every order of people against every order of slips and ballots, and every
value of the roll that stands beside a slip as well. By chance one in a hundred is hit in each try.
"""

import json
import random
import shutil
import sqlite3
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import product
from pathlib import Path

from app import create_app
from blueprints.ballots import body, casting, counting, publishing, roll, rules, sealing, slips, steps
from blueprints.ballots.models import RollEntry
from core.access import console
from core.db import migrate
from tests import make
from tests.ballots import ceremony, door, polls
from tests.ballots.mutants import report

PEOPLE = 100
MOST_HITS = 25  # in ten runs: ten are expected by chance, and more than this once in forty thousand tries


class Vote:
    """One voter, and how their slip and ballot look in the files; only the test knows that they belong together."""

    def __init__(self, meeting: ceremony.Meeting, entry: RollEntry, marks: tuple[int, ...]):
        key, code, nonce = meeting.poll.key, meeting.codes.pop(), slips.draw_nonce()
        self.entry, self.slip, self.opened = entry.id, slips.slip_hash(key, code), marks
        roll.tick(entry, slip_taken=True)
        plain = body.encode(body.Vote(marks), slips.body_mark(code, slips.receipt(key, code, nonce)), 0)
        self.sealed = sealing.seal_body(bytes.fromhex(meeting.poll.public_key), plain)
        casting.cast(steps.file_of(meeting.poll), code, nonce, self.sealed)


def all_vote(meeting: ceremony.Meeting, rng: random.Random) -> list[Vote]:
    """Every ballot is filled in like no other, so that an opened one can be told."""
    different: set[tuple[int, ...]] = set()
    while len(different) < PEOPLE:
        different.add(tuple(rng.randint(1, 3) for _ in polls.NAMES))
    people = RollEntry.select().where(RollEntry.poll_class.in_(meeting.poll.classes)).order_by(RollEntry.position)
    return [Vote(meeting, entry, marks) for entry, marks in zip(people, different, strict=True)]


def attack(copy: Path, key: str) -> Iterator[tuple[str, dict[int, object]]]:
    """Every guess the files allow: for each person of the roll a slip, a sealed or an opened ballot."""
    things = dict(orders_of_ballots(copy / "box", key))
    for (who, people), (what, ballots) in product(orders_of_people(copy, key), things.items()):
        yield f"{who} / {what}", dict(zip(people, ballots, strict=False))
        yield f"{who} / {what} backwards", dict(zip(people, reversed(ballots), strict=False))
    yield "a value of the roll beside a slip", dict(shared_values(copy, key))


def orders_of_people(copy: Path, key: str) -> Iterator[tuple[str, list[int]]]:
    rows = roll_rows(copy, key)
    for column in ("id", "position", "name"):
        yield f"roll by {column}", [row["id"] for row in sorted(rows, key=lambda row: row[column])]
    data = (copy / "linli.db").read_bytes()
    yield "roll by place in the file", [row["id"] for row in sorted(rows, key=lambda row: data.find(row["name"].encode()))]
    known = {row["id"] for row in rows}
    yield "log of the database", [entry for entry in door.replayed(copy / "linli.db", door.OFFICE) if entry in known]
    ticks = copy / "box" / f"{key}.ticks"
    if ticks.exists():
        places = door.places(ticks)
        yield "ticks by place in the file", sorted(places, key=places.get)
        yield "log of the ticks", door.replayed(ticks, door.DOOR)


def roll_rows(copy: Path, key: str) -> list[sqlite3.Row]:
    with closing(sqlite3.connect(copy / "linli.db")) as opened:
        opened.row_factory = sqlite3.Row
        query = "SELECT r.* FROM roll_entry r JOIN poll_class c ON c.id = r.poll_class_id JOIN poll p ON p.id = c.poll_id"
        return opened.execute(f"{query} WHERE p.key = ?", (key,)).fetchall()


def orders_of_ballots(folder: Path, key: str) -> Iterator[tuple[str, Sequence]]:
    box = folder / f"{key}.db"
    data = box.read_bytes()
    with closing(sqlite3.connect(box)) as opened:
        used = opened.execute("SELECT h, tag FROM slip WHERE state != 'N' ORDER BY h").fetchall()
        bodies = [row for (row,) in opened.execute("SELECT body FROM pocket WHERE used = 1 ORDER BY pid")]
    yield "slips by key", [h for h, _tag in used]
    yield "slips by place in the file", [h for h, _tag in sorted(used, key=lambda row: data.find(row[0]))]
    yield "slips by tag", [h for h, tag in sorted(used, key=lambda row: row[1])]
    yield "pockets by key", bodies
    yield "pockets by place in the file", sorted(bodies, key=data.find)
    for name in (".votes", ".ballots"):
        if (file := folder / f"{key}{name}").exists():
            yield f"opened in {name}", list(marks_in(json.loads(file.read_bytes())))


def marks_in(content: object) -> Iterator[tuple[int, ...]]:
    if isinstance(content, dict):
        if "marks" in content:
            yield tuple(content["marks"])
        content = list(content.values())
    if isinstance(content, list):
        for one in content:
            yield from marks_in(one)


def shared_values(copy: Path, key: str) -> Iterator[tuple[int, bytes]]:
    with closing(sqlite3.connect(copy / "box" / f"{key}.db")) as opened:
        known = {h.hex(): h for (h,) in opened.execute("SELECT h FROM slip")}
    for row in roll_rows(copy, key):
        yield from ((row["id"], known[value]) for value in tuple(row) if value in known)


def phases(meeting: ceremony.Meeting, rng: random.Random, weakness: str) -> Iterator[tuple[str, list[Vote]]]:
    """The poll's life; after each step the office's computer stands still and is copied."""
    poll, actor = meeting.poll, console()
    votes = all_vote(meeting, rng)
    if weakness:
        for vote in votes:
            RollEntry.update(stairwell=vote.slip.hex()).where(RollEntry.id == vote.entry).execute()
    yield "voted", votes
    rules.close_voting(actor, poll)
    yield "closed", votes
    meeting.desk(slips_left=len(meeting.codes))
    meeting.opens_the_box()
    yield "unsealed", votes
    counting.count(actor, poll)
    yield "counted", votes
    counting.sign(actor, poll, ceremony.WATCHERS)
    publishing.publish(actor, poll)
    counting.archive(actor, poll)
    yield "archived", votes


def hits(votes: list[Vote], guess: dict[int, object]) -> int:
    truths = ({vote.entry: getattr(vote, kind) for vote in votes} for kind in ("slip", "sealed", "opened"))
    return max(sum(truth.get(entry) == guessed for entry, guessed in guess.items()) for truth in truths)


def run(instance: Path, runs: int, weakness: str) -> list[str]:
    counted: Counter[str] = Counter()
    with create_app().app_context():
        migrate()
        for number in range(runs):
            place = make.community(f"梅苑{number}社区")
            meeting = ceremony.running(place, voters=PEOPLE, names=polls.NAMES)
            for phase, votes in phases(meeting, random.Random(number), weakness):
                copy = instance.parent / f"copy{number}{phase}"
                shutil.copytree(instance, copy)
                for name, guess in attack(copy, meeting.poll.key):
                    counted[f"{phase}: {name}"] += hits(votes, guess)
                shutil.rmtree(copy)
    return [f"{name}: {number} hits" for name, number in sorted(counted.items()) if number > MOST_HITS]


if __name__ == "__main__":
    report(run(Path(sys.argv[1]), int(sys.argv[2]), "".join(sys.argv[3:])))
