"""The inside of a ballot: every ballot of a poll has the same length, whatever was chosen."""

from dataclasses import dataclass

from .refusals import BodyMalformed, LineTooLong
from .slips import MARK_BYTES

SEAL_BYTES = 48  # what a sealed box adds: its one-time public key and the authenticator
HEAD_BYTES = 2
LINE_BYTES = 96
STEP = 128
VERSION = 1
WHOLE = 1  # flag: the voter abstained with the whole ballot


@dataclass(frozen=True)
class Vote:
    """One byte a row: 0 is unmarked, n is the n-th option; lines are names or words written in."""

    marks: tuple[int, ...]
    lines: tuple[str, ...] = ()
    whole: bool = False


def sealed_size(rows: int, lines: int) -> int:
    """Fixed when the poll is frozen, since a pocket never changes its length."""
    needed = SEAL_BYTES + HEAD_BYTES + MARK_BYTES + rows + LINE_BYTES * lines
    return -(-needed // STEP) * STEP


def line_fits(text: str) -> bool:
    return len(text.encode()) < LINE_BYTES


def encode(vote: Vote, mark: bytes, lines: int) -> bytes:
    """What does not fit is refused, never cut."""
    written = list(vote.lines) + [""] * (lines - len(vote.lines))
    parts = [bytes([VERSION, WHOLE if vote.whole else 0]), mark, bytes(vote.marks)]
    for text in written:
        if not line_fits(text):
            raise LineTooLong(text=text)
        data = text.encode()
        parts.append(bytes([len(data)]) + data.ljust(LINE_BYTES - 1, b"\0"))
    return b"".join(parts).ljust(sealed_size(len(vote.marks), lines) - SEAL_BYTES, b"\0")


def decode(plain: bytes, rows: int, options: int, lines: int) -> tuple[bytes, Vote]:
    """Strict: a body that this program would not have written is not counted as anything."""
    if len(plain) != sealed_size(rows, lines) - SEAL_BYTES or plain[0] != VERSION or plain[1] not in (0, WHOLE):
        raise BodyMalformed
    start = HEAD_BYTES + MARK_BYTES
    marks = tuple(plain[start : start + rows])
    end = start + rows + lines * LINE_BYTES
    if any(value > options for value in marks) or any(plain[end:]):
        raise BodyMalformed
    written = [_line(plain[at : at + LINE_BYTES]) for at in range(start + rows, end, LINE_BYTES)]
    vote = Vote(marks, tuple(text for text in written if text), plain[1] == WHOLE)
    if vote.whole and (any(marks) or vote.lines):
        raise BodyMalformed
    return plain[HEAD_BYTES:start], vote


def _line(data: bytes) -> str:
    text, rest = data[1 : 1 + data[0]], data[1 + data[0] :]
    if data[0] >= LINE_BYTES or any(rest):
        raise BodyMalformed
    try:
        return text.decode()
    except UnicodeDecodeError:
        raise BodyMalformed from None
