"""How large words may stand so that they fit: measured before printing, because the print engine only cuts or overflows.

Widths are parts of the letters' size.
"""

from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate

from core.printing import glyphs
from core.printing.lines import CLOSING, HANG, clusters

PAUSES = frozenset("，、；：。！？）》” 　")
ORPHAN = 2.5  # a last line shorter than that looks forgotten
LINE, PAUSE = 1e6, 12.0  # what one line more costs, and a line that does not end behind a pause


@dataclass(frozen=True)
class Piece:
    """What no line may part; ``hang`` is what of it may stand over the edge, the blank half of a mark or a space."""

    text: str
    width: float
    hang: float


def width(text: str, role: str) -> float:
    """How wide a text stands on one line."""
    return sum(glyphs.advance(character, glyphs.face_of(character, role) or "noto") for character in text)


def fitted(text: str, role: str, size: float, room: float) -> float:
    """``size``, or less where the text would not fit on one line of ``room``; both in points."""
    wide = width(text, role) * size
    return size if wide <= room else size * room / wide


@lru_cache(maxsize=4096)
def pieces(text: str, role: str) -> tuple[Piece, ...]:
    """A text in pieces; a space belongs to what stands before it."""
    found: list[Piece] = []
    for cluster in clusters([(role, text)]):
        words = "".join(character for character, _face in cluster)
        wide = sum(glyphs.advance(character, face) for character, face in cluster)
        if words.isspace() and found:
            before = found.pop()
            found.append(Piece(before.text + words, before.width + wide, before.hang + wide))
        else:
            found.append(Piece(words, wide, HANG if words[-1] in CLOSING else 0.0))
    return tuple(found)


def _within(text: str, role: str, room: float) -> list[Piece]:
    """The pieces of a text, what is wider than the room parted after all."""
    found: list[Piece] = []
    for piece in pieces(text, role):
        if piece.width - piece.hang <= room:
            found.append(piece)
        else:
            found += [Piece(character, width(character, role), 0.0) for character in piece.text]
    return found


@lru_cache(maxsize=16384)
def count(text: str, role: str, room: float) -> int:
    """In how many lines of ``room`` a text is set at least."""
    lines, at = 0, 0.0
    for piece in _within(text, role, room):
        if not lines or (at and at + piece.width - piece.hang > room):
            lines, at = lines + 1, 0.0
        at += piece.width
    return lines


@lru_cache(maxsize=4096)
def broken(text: str, role: str, room: float) -> tuple[str, ...]:
    """The text in ``count`` lines of like length, parted behind a pause where that costs little."""
    parts = _within(text, role, room)
    ends = tuple(accumulate((part.width for part in parts), initial=0.0))
    wanted = ends[-1] / max(1, count(text, role, room))
    best = [(0.0, 0)]  # for every piece the least cost of all lines up to it, and where the last of them begins
    for end in range(1, len(parts) + 1):
        best.append(min(_ways(parts, ends, best, end, room, wanted)))
    return _lines(parts, best)


def _ways(parts, ends, best, end, room, wanted):
    """What every line that could end here would cost, with where it begins."""
    last, closing = end == len(parts), parts[end - 1]
    pause = 0.0 if last or closing.text[-1] in PAUSES else PAUSE
    for start in range(end - 1, -1, -1):
        wide = ends[end] - ends[start] - closing.hang
        if wide > room and start < end - 1:
            return
        ragged = 0.0 if last and ORPHAN < wide < wanted else (wanted - wide) ** 2
        yield best[start][0] + ragged + pause + LINE, start


def _lines(parts, best) -> tuple[str, ...]:
    lines, end = [], len(parts)
    while end:
        start = best[end][1]
        lines.append("".join(part.text for part in parts[start:end]).rstrip())
        end = start
    return tuple(reversed(lines))
