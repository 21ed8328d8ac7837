"""What may be done with a ballot box: made, sealed, opened, closed, its slips taken back, its counts read."""

import os
import secrets
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from . import counter, slips
from .layout import (
    AUDIT,
    CLOSED,
    INTERRUPTED,
    NO_KEY,
    OPEN,
    OPENED,
    PREPARED,
    SCHEMA,
    SPOILED,
    SURRENDERED,
    UNUSED,
    USED,
    Meta,
    connected,
    fill,
    one_at_a_time,
    read_meta,
    read_slip,
    used_slips,
    writing,
)
from .refusals import (
    BoxAlreadyOpened,
    BoxAlreadySealed,
    BoxAlreadyUsed,
    BoxNotSealed,
    BoxStillOpen,
    SlipNotCast,
    SlipSpoiled,
    SlipSurrendered,
    SlipUsed,
    VotingClosed,
    VotingInterrupted,
    VotingNotOpen,
)


def create(path: Path, poll: str, counts: Mapping[str, int], body_size: int, config: bytes) -> dict[str, list[str]]:
    """Answers the codes of every class, in no order; they are kept nowhere else."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    generation = secrets.token_bytes(16)
    with connected(draft) as box:
        box.executescript(SCHEMA.format(size=body_size))
        box.execute("BEGIN IMMEDIATE")
        meta = (PREPARED, poll, body_size, generation, config, NO_KEY)
        box.execute("INSERT INTO meta VALUES (1, ?, ?, ?, ?, ?, ?)", meta)
        codes = fill(box, poll, counts, body_size)
        box.execute("COMMIT")
    Path(f"{draft}-journal").unlink(missing_ok=True)
    path.with_suffix(".lock").touch(mode=0o600)
    counter.start(path, generation)
    os.replace(draft, path)
    return codes


def add_slips(path: Path, poll: str, counts: Mapping[str, int]) -> dict[str, list[str]]:
    """Only before the first vote: pockets added later would be known to hold later ballots."""
    with connected(path) as box, writing(path, box):
        if read_meta(box).state != PREPARED or used_slips(box):
            raise BoxAlreadyUsed
        return fill(box, poll, counts, read_meta(box).size)


def seal_to(path: Path, public_key: bytes) -> None:
    with connected(path) as box, writing(path, box):
        if read_meta(box).key != NO_KEY:
            raise BoxAlreadySealed
        box.execute("UPDATE meta SET key = ?", (public_key,))


def open_voting(path: Path) -> None:
    with connected(path) as box, writing(path, box):
        meta = read_meta(box)
        if meta.key == NO_KEY:
            raise BoxNotSealed
        if meta.state != OPEN:
            _move(box, meta, {PREPARED}, OPEN)


def close_voting(path: Path) -> None:
    with connected(path) as box, writing(path, box):
        _move(box, read_meta(box), {OPEN, INTERRUPTED}, CLOSED)


def reopen_voting(path: Path) -> None:
    """Possible only until the key sheets are entered; after that nobody may add a ballot."""
    with connected(path) as box, writing(path, box):
        _move(box, read_meta(box), {CLOSED}, OPEN)


def interrupt(path: Path) -> None:
    """After a restore, or when the box lies behind its counter: nothing is cast until scrutineers decide."""
    with connected(path) as box, writing(path, box, even_if_behind=True):
        _move(box, read_meta(box), {OPEN}, INTERRUPTED)


def resume(path: Path) -> None:
    """Two scrutineers have compared the used slips with the box; its present count becomes the counter's floor."""
    with connected(path) as box, one_at_a_time(path):
        box.execute("BEGIN IMMEDIATE")
        meta, used = read_meta(box), used_slips(box)
        _move(box, meta, {INTERRUPTED}, OPEN)
        box.execute("COMMIT")
        counter.start(path, meta.generation, used)
        counter.hide_times(path)


def mark_opened(path: Path) -> None:
    """The last state: called before the key is used, so that no vote can follow a look inside."""
    with connected(path) as box, writing(path, box):
        meta = read_meta(box)
        if meta.state != OPENED:
            _move(box, meta, {CLOSED}, OPENED)


def _move(box: sqlite3.Connection, meta: Meta, before: set[str], after: str) -> None:
    if meta.state not in before:
        refuse_state(meta.state)
    box.execute("UPDATE meta SET state = ?", (after,))


def refuse_state(state: str) -> None:
    refusals = {PREPARED: VotingNotOpen, OPEN: BoxStillOpen, CLOSED: VotingClosed, INTERRUPTED: VotingInterrupted}
    raise refusals.get(state, BoxAlreadyOpened)


def refuse_vote(state: str) -> None:
    refusals = {PREPARED: VotingNotOpen, INTERRUPTED: VotingInterrupted}
    if state != OPEN:
        raise refusals.get(state, VotingClosed)


def refuse_slip(state: str) -> None:
    refusals = {USED: SlipUsed, AUDIT: SlipUsed, SURRENDERED: SlipSurrendered, SPOILED: SlipSpoiled}
    if state != UNUSED:
        raise refusals[state]


def surrender(path: Path, poll: str, code: str) -> str:
    """The slip goes back for a paper ballot; answers its class."""
    return _withdraw(path, poll, code, SURRENDERED)


def spoil(path: Path, poll: str, code: str) -> str:
    """The reason belongs into the poll's log, not into the box; answers the class for the replacement."""
    return _withdraw(path, poll, code, SPOILED)


def _withdraw(path: Path, poll: str, code: str, state: str) -> str:
    h = slips.slip_hash(poll, code)
    with connected(path) as box, writing(path, box):
        slip = read_slip(box, h)
        refuse_slip(slip.state)
        box.execute("UPDATE slip SET state = ? WHERE h = ? AND state = ?", (state, h, UNUSED))
        return slip.ballot_class


def declare_audit(path: Path, poll: str, code: str, receipt: bytes) -> bytes:
    """Scrutineers name a slip they cast as a test, before the keys are entered; answers the mark inside its ballot."""
    h = slips.slip_hash(poll, code)
    with connected(path) as box, writing(path, box):
        if read_meta(box).state != CLOSED:
            refuse_state(read_meta(box).state)
        slip = read_slip(box, h)
        if slip.state not in (USED, AUDIT) or slip.tag != slips.slip_tag(code, receipt):
            raise SlipNotCast
        box.execute("UPDATE slip SET state = ? WHERE h = ?", (AUDIT, h))
    return slips.body_mark(code, receipt)


def meta(path: Path) -> Meta:
    """State, digest of the ballot, public key, and the generation that tells a restored box from the living one."""
    with connected(path) as box:
        return read_meta(box)


def turnout(path: Path) -> dict[str, dict[str, int]]:
    """Counts by class and state of slip: all that anybody may see before the box is opened."""
    counts: dict[str, dict[str, int]] = {}
    with connected(path) as box:
        for name, state, count in box.execute("SELECT class, state, count(*) FROM slip GROUP BY class, state"):
            counts.setdefault(name, dict.fromkeys((UNUSED, USED, SURRENDERED, SPOILED, AUDIT), 0))[state] = count
    return counts


def bodies(path: Path) -> dict[str, list[bytes]]:
    """The sealed ballots of every class, shuffled."""
    found: dict[str, list[bytes]] = {}
    with connected(path) as box:
        if read_meta(box).state not in (CLOSED, OPENED):
            raise BoxStillOpen
        for name, body in box.execute("SELECT class, body FROM pocket WHERE used = 1"):
            found.setdefault(name, []).append(body)
    for of_class in found.values():
        secrets.SystemRandom().shuffle(of_class)
    return found


def receipt_ids(path: Path) -> list[bytes]:
    """Sorted, so that their order says nothing."""
    with connected(path) as box:
        if read_meta(box).state not in (CLOSED, OPENED):
            raise BoxStillOpen
        return sorted(rid for (rid,) in box.execute("SELECT rid FROM stub WHERE used = 1"))


def faults(path: Path) -> list[str]:
    """What a check of the file finds wrong; empty for a sound box."""
    with connected(path) as box:
        found = [line for (line,) in box.execute("PRAGMA integrity_check") if line != "ok"]
        used = used_slips(box)
        pockets = box.execute("SELECT count(*) FROM pocket WHERE used = 1").fetchone()[0]
        stubs = box.execute("SELECT count(*) FROM stub WHERE used = 1").fetchone()[0]
    if not used == pockets == stubs:
        found.append(f"slips used {used}, pockets filled {pockets}, stubs filled {stubs}")
    if used < counter.read(path)[1]:
        found.append(f"slips used {used}, counter {counter.read(path)[1]}")
    return found
