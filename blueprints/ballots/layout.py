"""The ballot box: one SQLite file a poll, laid out so that its bytes tell neither order, nor time, nor person.

Every slip, pocket and stub is there before the first vote, filled with random bytes of its final length; a vote
only overwrites. A vote goes into a random pocket, so the place of a pocket says nothing about when it was filled.
The standard library speaks to the file: an ORM would print ballots into its debug log.
"""

import fcntl
import secrets
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from . import counter, slips
from .refusals import CodeUnknown

PREPARED, OPEN, CLOSED, INTERRUPTED, OPENED = "P", "O", "C", "I", "X"
UNUSED, USED, SURRENDERED, SPOILED, AUDIT = "N", "U", "R", "S", "A"
NO_KEY = bytes(32)
DIGEST = 32

# One letter for every state and no NULL: a value that changed its stored length would betray the order in a page.
SCHEMA = """
CREATE TABLE slip(h BLOB PRIMARY KEY, class TEXT NOT NULL, state TEXT NOT NULL CHECK(length(state) = 1),
    tag BLOB NOT NULL CHECK(length(tag) = 32)) WITHOUT ROWID;
CREATE TABLE pocket(pid INTEGER PRIMARY KEY, class TEXT NOT NULL, used INTEGER NOT NULL CHECK(used IN (0, 1)),
    body BLOB NOT NULL CHECK(length(body) = {size}));
CREATE TABLE stub(pid INTEGER PRIMARY KEY, used INTEGER NOT NULL CHECK(used IN (0, 1)),
    rid BLOB NOT NULL CHECK(length(rid) = 32));
CREATE TABLE meta(one INTEGER PRIMARY KEY CHECK(one = 1), state TEXT NOT NULL CHECK(length(state) = 1),
    poll TEXT NOT NULL, size INTEGER NOT NULL, generation BLOB NOT NULL, config BLOB NOT NULL, key BLOB NOT NULL);
"""


@dataclass(frozen=True)
class Meta:
    state: str
    poll: str
    size: int
    generation: bytes
    config: bytes
    key: bytes


@dataclass(frozen=True)
class Slip:
    ballot_class: str
    state: str
    tag: bytes


def folder(instance: str | Path) -> Path:
    return Path(instance) / "box"


@lru_cache(maxsize=256)
def path_of(instance: str | Path, poll: str) -> Path:
    return folder(instance) / f"{poll}.db"


PRAGMAS = ("journal_mode=TRUNCATE", "synchronous=FULL", "secure_delete=ON", "temp_store=MEMORY")


def connect(path: Path) -> sqlite3.Connection:
    """WAL is forbidden: its file replays the whole order of the votes."""
    address = f"{path.resolve().as_uri()}?mode=rw"
    box = sqlite3.connect(address, uri=True, timeout=30, isolation_level=None, check_same_thread=False)
    for pragma in PRAGMAS:
        box.execute(f"PRAGMA {pragma}").fetchall()
    return box


@contextmanager
def connected(path: Path) -> Iterator[sqlite3.Connection]:
    box = connect(path)
    try:
        yield box
    finally:
        box.close()


@contextmanager
def one_at_a_time(path: Path) -> Iterator[None]:
    """Fairness between processes only: what is true is decided inside the transaction."""
    with open(path.with_suffix(".lock"), "rb") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@dataclass
class Turn:
    """One transaction: the box as it stood, and the used slips to which whoever casts adds."""

    meta: Meta
    used: int


@contextmanager
def writing(path: Path, box: sqlite3.Connection, even_if_behind: bool = False) -> Iterator[Turn]:
    """One transaction; afterwards the counter beside the box rises and the files' times are put back."""
    with one_at_a_time(path):
        box.execute("BEGIN IMMEDIATE")
        try:
            turn = Turn(read_meta(box), used_slips(box))
            if not even_if_behind:
                counter.refuse_if_behind(path, turn.meta.generation, turn.used)
            yield turn
            box.execute("COMMIT")
        except BaseException:
            if box.in_transaction:
                box.execute("ROLLBACK")
            raise
        counter.lift(path, turn.used)
        counter.hide_times(path)


def fill(box: sqlite3.Connection, poll: str, counts: Mapping[str, int], body_size: int) -> dict[str, list[str]]:
    """Rows go in by key, so that the file does not show in which order the slips were printed."""
    codes = {name: [slips.draw_code() for _ in range(count)] for name, count in counts.items()}
    drawn = [(slips.slip_hash(poll, code), name) for name, of_class in codes.items() for code in of_class]
    rows = sorted((h, name, UNUSED, secrets.token_bytes(DIGEST)) for h, name in drawn)
    box.executemany("INSERT INTO slip VALUES (?, ?, ?, ?)", rows)
    pockets = sorted((secrets.randbits(62), name, 0, secrets.token_bytes(body_size)) for _, name in drawn)
    box.executemany("INSERT INTO pocket VALUES (?, ?, ?, ?)", pockets)
    stubs = sorted((secrets.randbits(62), 0, secrets.token_bytes(DIGEST)) for _ in drawn)
    box.executemany("INSERT INTO stub VALUES (?, ?, ?)", stubs)
    return codes


def read_meta(box: sqlite3.Connection) -> Meta:
    return Meta(*box.execute("SELECT state, poll, size, generation, config, key FROM meta").fetchone())


def read_slip(box: sqlite3.Connection, h: bytes) -> Slip:
    row = box.execute("SELECT class, state, tag FROM slip WHERE h = ?", (h,)).fetchone()
    if row is None:
        raise CodeUnknown
    return Slip(*row)


def used_slips(box: sqlite3.Connection) -> int:
    return box.execute("SELECT count(*) FROM slip WHERE state IN (?, ?)", (USED, AUDIT)).fetchone()[0]
