"""Casting a ballot. Votes that wait at the same moment share one transaction, for speed: an fsync serves them all."""

import os
import secrets
import sqlite3
import threading
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from . import ballot as frozen
from . import box as ballot_box
from . import slips
from .layout import NO_KEY, UNUSED, USED, Turn, connect, read_meta, read_slip, writing
from .refusals import BodySizeWrong, Refused, SlipUsed, VotingNotOpen


@dataclass(frozen=True)
class Acknowledged:
    """The ballot is in the box; `again` means that it was already there and that the first content stands."""

    receipt: bytes
    again: bool


def closed_lock() -> threading.Lock:
    lock = threading.Lock()
    lock.acquire()
    return lock


@dataclass
class Waiting:
    """One ballot in the queue, with all that can be worked out before its turn; `called` opens when it is told."""

    h: bytes
    tag: bytes
    rid: bytes
    receipt: bytes
    body: bytes
    answer: Acknowledged | BaseException | None = None
    called: threading.Lock = field(default_factory=closed_lock)


class Slot:
    """The one opening of a box in this process: whoever leads drops in the ballots of all who wait, then the next leads."""

    def __init__(self, path: Path):
        self.path = path
        self.made = identity(path)
        self.box = connect(path)
        self.meta = read_meta(self.box)
        self.free = FreePlaces(self.box)
        self.waiting: list[Waiting] = []
        self.led = False
        self.guard = threading.Lock()
        self.in_use = threading.Lock()

    @cached_property
    def ballot(self) -> frozen.Ballot:
        """Frozen with the box, so it is read once."""
        return frozen.beside(self.path, self.meta.config)

    def public_key(self) -> bytes:
        """Read again while the box is not sealed yet; afterwards it never changes."""
        if self.meta.key == NO_KEY:
            with self.in_use:
                self.meta = read_meta(self.box)
            if self.meta.key == NO_KEY:
                raise VotingNotOpen
        return self.meta.key

    def wait(self, code: str, nonce: bytes, body: bytes) -> Waiting:
        poll = self.meta.poll
        receipt = slips.receipt(poll, code, nonce)
        return Waiting(
            slips.slip_hash(poll, code), slips.slip_tag(code, receipt), slips.receipt_id(receipt), receipt, body
        )

    def cast(self, code: str, nonce: bytes, body: bytes) -> Acknowledged:
        mine = self.wait(code, nonce, body)
        with self.guard:
            self.waiting.append(mine)
            leads, self.led = not self.led, True
        if not leads:
            mine.called.acquire()
        if mine.answer is None:
            self.drop_in_all()
            self.call_next()
        if isinstance(mine.answer, Acknowledged):
            return mine.answer
        raise mine.answer

    def call_next(self) -> None:
        """Whoever has waited longest leads the next batch; with nobody there, whoever comes."""
        with self.guard:
            self.led = bool(self.waiting)
            if self.led:
                self.waiting[0].called.release()

    def drop_in_all(self) -> None:
        """Nobody hears a yes before the commit; one refused ballot does not fail the others."""
        batch: list[Waiting] = []
        try:
            with self.in_use, writing(self.path, self.box) as turn:
                batch = self.take_waiting()
                answers = [self.answer(turn, waiting) for waiting in batch]
        except BaseException as failure:
            batch = batch or self.take_waiting()
            answers = [failure] * len(batch)
        for waiting, answer in zip(batch, answers, strict=True):
            waiting.answer = answer
            waiting.called.release()

    def take_waiting(self) -> list[Waiting]:
        """In random order; taken only when the box is free, so that as many as possible share the commit."""
        with self.guard:
            batch, self.waiting = self.waiting, []
        secrets.SystemRandom().shuffle(batch)
        return batch

    def answer(self, turn: Turn, waiting: Waiting) -> Acknowledged | Refused:
        try:
            return self.drop(turn, waiting)
        except Refused as refusal:
            return refusal

    def drop(self, turn: Turn, waiting: Waiting) -> Acknowledged:
        """Every check comes before the first write, so that a refusal leaves nothing behind."""
        box, slip = self.box, read_slip(self.box, waiting.h)
        if slip.tag == waiting.tag:
            return Acknowledged(waiting.receipt, again=True)
        ballot_box.refuse_slip(slip.state)
        ballot_box.refuse_vote(turn.meta.state)
        if len(waiting.body) != self.meta.size:
            raise BodySizeWrong
        used = (USED, waiting.tag, waiting.h, UNUSED)
        taken = box.execute("UPDATE slip SET state = ?, tag = ? WHERE h = ? AND state = ?", used)
        if taken.rowcount != 1:
            raise SlipUsed
        self.free.fill_pocket(slip.ballot_class, waiting.body)
        self.free.fill_stub(waiting.rid)
        turn.used += 1
        return Acknowledged(waiting.receipt, again=False)


class FreePlaces:
    """Empty pockets and stubs, remembered from one batch to the next; what another process filled is passed over."""

    def __init__(self, box: sqlite3.Connection):
        self.box = box
        self.pockets: dict[str, list[int]] = {}
        self.stubs: list[int] = []

    def fill_pocket(self, ballot_class: str, body: bytes) -> None:
        filled = 0
        while not filled:
            if not self.pockets.get(ballot_class):
                query = "SELECT pid FROM pocket WHERE used = 0 AND class = ?"
                self.pockets[ballot_class] = [pid for (pid,) in self.box.execute(query, (ballot_class,))]
            place = (body, any_of(self.pockets[ballot_class]))
            filled = self.box.execute("UPDATE pocket SET used = 1, body = ? WHERE pid = ? AND used = 0", place).rowcount

    def fill_stub(self, rid: bytes) -> None:
        filled = 0
        while not filled:
            self.stubs = self.stubs or [pid for (pid,) in self.box.execute("SELECT pid FROM stub WHERE used = 0")]
            place = (rid, any_of(self.stubs))
            filled = self.box.execute("UPDATE stub SET used = 1, rid = ? WHERE pid = ? AND used = 0", place).rowcount


def any_of(free: list[int]) -> int:
    """Takes one out, each with the same chance."""
    at = secrets.randbelow(len(free))
    free[at], free[-1] = free[-1], free[at]
    return free.pop()


def identity(path: Path) -> tuple[int, int, int]:
    """Changes when the process was forked or the file was put back from elsewhere."""
    file = os.stat(path)
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
        with slot.in_use:
            slot.box.close()


def cast(path: Path, code: str, nonce: bytes, body: bytes) -> Acknowledged:
    """Answers only after the ballot is on the disk; the same nonce again gets the same answer."""
    return slot_of(path).cast(code, nonce, body)
