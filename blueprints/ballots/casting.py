"""Casting a ballot. Votes that wait at the same moment share one transaction, for speed: an fsync serves them all."""

import os
import secrets
import sqlite3
import threading
from dataclasses import dataclass, field
from pathlib import Path

from . import box as ballot_box
from . import slips
from .layout import NO_KEY, UNUSED, USED, connect, read_meta, read_slip, writing
from .refusals import BodySizeWrong, Refused, SlipUsed, VotingNotOpen


@dataclass(frozen=True)
class Acknowledged:
    """The ballot is in the box; `again` means that it was already there and that the first content stands."""

    receipt: bytes
    again: bool


@dataclass
class Waiting:
    code: str
    nonce: bytes
    body: bytes
    answer: Acknowledged | BaseException | None = field(default=None)


class Slot:
    """The one opening of a box in this process: whoever gets the turn drops in the ballots of all who wait."""

    def __init__(self, path: Path):
        self.path = path
        self.made = identity(path)
        self.box = connect(path)
        self.meta = read_meta(self.box)
        self.waiting: list[Waiting] = []
        self.list_guard = threading.Lock()
        self.turn = threading.Lock()

    def public_key(self) -> bytes:
        """Read again while the box is not sealed yet; afterwards it never changes."""
        if self.meta.key == NO_KEY:
            with self.turn:
                self.meta = read_meta(self.box)
            if self.meta.key == NO_KEY:
                raise VotingNotOpen
        return self.meta.key

    def cast(self, code: str, nonce: bytes, body: bytes) -> Acknowledged:
        mine = Waiting(code, nonce, body)
        with self.list_guard:
            self.waiting.append(mine)
        with self.turn:
            if mine.answer is None:
                self.drop_in_all()
        if isinstance(mine.answer, Acknowledged):
            return mine.answer
        raise mine.answer

    def drop_in_all(self) -> None:
        """Nobody hears a yes before the commit; one refused ballot does not fail the others."""
        batch: list[Waiting] = []
        try:
            with writing(self.path, self.box):
                batch = self.take_waiting()
                answers = self.drop_in(batch)
        except BaseException as failure:
            batch = batch or self.take_waiting()
            answers = [failure] * len(batch)
        for waiting, answer in zip(batch, answers, strict=True):
            waiting.answer = answer

    def take_waiting(self) -> list[Waiting]:
        """In random order; taken only when the box is free, so that as many as possible share the commit."""
        with self.list_guard:
            batch, self.waiting = self.waiting, []
        secrets.SystemRandom().shuffle(batch)
        return batch

    def drop_in(self, batch: list[Waiting]) -> list[Acknowledged | Refused]:
        state, free, answers = read_meta(self.box).state, FreePlaces(self.box), []
        for waiting in batch:
            try:
                answers.append(drop(self.box, self.meta, state, free, waiting))
            except Refused as refusal:
                answers.append(refusal)
        return answers


class FreePlaces:
    """Empty pockets and stubs; looked up once a transaction, and only when a vote needs one."""

    def __init__(self, box: sqlite3.Connection):
        self.box = box
        self.pockets: dict[str, list[int]] = {}
        self.stubs: list[int] = []

    def pocket(self, ballot_class: str) -> int:
        if ballot_class not in self.pockets:
            query = "SELECT pid FROM pocket WHERE used = 0 AND class = ?"
            self.pockets[ballot_class] = [pid for (pid,) in self.box.execute(query, (ballot_class,))]
        return any_of(self.pockets[ballot_class])

    def stub(self) -> int:
        self.stubs = self.stubs or [pid for (pid,) in self.box.execute("SELECT pid FROM stub WHERE used = 0")]
        return any_of(self.stubs)


def any_of(free: list[int]) -> int:
    """Takes one out, each with the same chance."""
    at = secrets.randbelow(len(free))
    free[at], free[-1] = free[-1], free[at]
    return free.pop()


def drop(box: sqlite3.Connection, meta, state: str, free: FreePlaces, waiting: Waiting) -> Acknowledged:
    """Every check comes before the first write, so that a refusal leaves nothing behind."""
    h = slips.slip_hash(meta.poll, waiting.code)
    receipt = slips.receipt(meta.poll, waiting.code, waiting.nonce)
    tag = slips.slip_tag(waiting.code, receipt)
    slip = read_slip(box, h)
    if slip.tag == tag:
        return Acknowledged(receipt, again=True)
    ballot_box.refuse_slip(slip.state)
    ballot_box.refuse_vote(state)
    if len(waiting.body) != meta.size:
        raise BodySizeWrong
    taken = box.execute("UPDATE slip SET state = ?, tag = ? WHERE h = ? AND state = ?", (USED, tag, h, UNUSED))
    if taken.rowcount != 1:
        raise SlipUsed
    pocket = (waiting.body, free.pocket(slip.ballot_class))
    box.execute("UPDATE pocket SET used = 1, body = ? WHERE pid = ?", pocket)
    box.execute("UPDATE stub SET used = 1, rid = ? WHERE pid = ?", (slips.receipt_id(receipt), free.stub()))
    return Acknowledged(receipt, again=False)


def identity(path: Path) -> tuple[int, int, int]:
    """Changes when the process was forked or the file was put back from elsewhere."""
    file = path.stat()
    return os.getpid(), file.st_dev, file.st_ino


_slots: dict[Path, Slot] = {}
_slots_guard = threading.Lock()


def slot_of(path: Path) -> Slot:
    with _slots_guard:
        slot = _slots.get(path)
        if slot is None or slot.made != identity(path):
            slot = _slots[path] = Slot(path)
        return slot


def forget(path: Path) -> None:
    """Closes the box in this process, for whoever moves or destroys its file."""
    with _slots_guard:
        slot = _slots.pop(path, None)
    if slot:
        with slot.turn:
            slot.box.close()


def cast(path: Path, code: str, nonce: bytes, body: bytes) -> Acknowledged:
    """Answers only after the ballot is on the disk; the same nonce again gets the same answer."""
    return slot_of(path).cast(code, nonce, body)
