"""What happens in the booth: a code finds its ballot, a filled ballot is sealed and cast."""

import json
import re
import threading
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from . import ballot as frozen
from . import body, box, casting, filling, sealing, slips
from .ballot import Ballot
from .filling import Filled
from .layout import connected, folder, path_of, read_meta, read_slip
from .refusals import BodyMalformed, CodeUnknown, TooManyWrongCodes

WRONG_A_MINUTE = 60
KEY = re.compile(r"[0-9A-Za-z]{1,64}")


@dataclass(frozen=True)
class Paper:
    """One voter's ballot in the making; all of it travels with the form, none of it stays on the server."""

    ballot: Ballot
    code: str
    nonce: str
    filled: Filled


class WrongCodes:
    """Counted in memory for one minute by address, and only wrong ones: a voter who types well leaves no trace."""

    def __init__(self, limit: int = WRONG_A_MINUTE, seconds: int = 60):
        self.limit, self.seconds = limit, seconds
        self.seen: dict[str, deque[float]] = {}
        self.guard = threading.Lock()

    def refuse_beyond_limit(self, address: str) -> None:
        with self.guard:
            self.forget_old()
            if len(self.seen.get(address, ())) >= self.limit:
                raise TooManyWrongCodes

    def count(self, address: str) -> None:
        with self.guard:
            self.seen.setdefault(address, deque(maxlen=self.limit)).append(time.monotonic())

    def forget_old(self) -> None:
        oldest = time.monotonic() - self.seconds
        for address, times in list(self.seen.items()):
            while times and times[0] < oldest:
                times.popleft()
            if not times:
                del self.seen[address]


def enter(instance: Path, typed: str) -> Paper:
    """A code that can still vote gets an empty ballot; any other gets the reason."""
    code = slips.normalise(typed)
    path = find(instance, code)
    with connected(path) as opened:
        slip, meta = read_slip(opened, slips.slip_hash(path.stem, code)), read_meta(opened)
    box.refuse_slip(slip.state)
    box.refuse_vote(meta.state)
    ballot = frozen.beside(path, meta.config)
    return Paper(ballot, code, slips.draw_nonce().hex(), filling.blank(ballot))


def find(instance: Path, code: str) -> Path:
    """The code alone says to which poll it belongs."""
    for path in frozen.standing_in(folder(instance)):
        with connected(path) as opened:
            try:
                read_slip(opened, slips.slip_hash(path.stem, code))
            except CodeUnknown:
                continue
        return path
    raise CodeUnknown


def fill(instance: Path, form: Mapping[str, str]) -> Paper:
    """The same ballot again, with what was ticked so far."""
    empty = enter(instance, form.get("code", ""))
    return Paper(empty.ballot, empty.code, _nonce(form).hex(), filling.read(empty.ballot, form))


@dataclass(frozen=True)
class Cast:
    ballot: Ballot
    receipt: str
    again: bool


def cast(instance: Path, form: Mapping[str, str]) -> Cast | Paper:
    """Answers the paper itself when a rule on it is broken, so that it can be shown again."""
    code, nonce = slips.normalise(form.get("code", "")), _nonce(form)
    slot = slot_named(instance, form.get("poll", ""))
    ballot = slot.ballot
    filled = filling.read(ballot, form)
    if filling.faults(ballot, filled):
        return Paper(ballot, code, nonce.hex(), filled)
    receipt = slips.receipt(ballot.poll, code, nonce)
    plain = body.encode(filling.vote(filled), slips.body_mark(code, receipt), ballot.lines)
    answer = slot.cast(code, nonce, sealing.seal_body(slot.public_key(), plain))
    return Cast(ballot, slips.in_groups(slips.spelt(answer.receipt)), answer.again)


def slot_named(instance: Path, poll: str) -> casting.Slot:
    """The name stands in the form, so it may be anything."""
    try:
        return casting.slot_of(path_of(instance, poll if KEY.fullmatch(poll) else "-"))
    except FileNotFoundError:
        raise CodeUnknown from None


def _nonce(form: Mapping[str, str]) -> bytes:
    try:
        nonce = bytes.fromhex(form.get("nonce", ""))
    except ValueError:
        raise BodyMalformed from None
    if len(nonce) != slips.NONCE_BYTES:
        raise BodyMalformed
    return nonce


def host(instance: Path, prefix: str) -> tuple[str, str]:
    """Whose name stands above the page before a code is known: the community at this address."""
    names = []
    for path in frozen.standing_in(folder(instance)):
        content = json.loads(path.with_suffix(".json").read_bytes())
        names.append((content["prefix"] == prefix, content["community"], content["organisation"]))
    own = sorted({name[1:] for name in names if name[0]})
    return own[0] if len(own) == 1 else ("", "")
