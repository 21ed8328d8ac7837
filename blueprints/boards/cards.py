"""One member on a poster: the ways to set one, how much room that takes, and the words in lines.

Measures are parts of the letters of promises unless points are named.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.printing.fitting import broken, count, fitted, width
from core.printing.gongwen import full_width
from core.printing.lines import JOINER

if TYPE_CHECKING:
    from blueprints.boards.sheets import PosterCommitment, PosterMember

SIDE, ROOM = 41.0, 513.28  # in points of an A4 sheet: its margin, and the width between both
DOOR = 1.26  # how much higher than wide a door is
# In parts of the letters of promises: letters of names and of small print, then their lines, then what parts things.
NAME, SMALL = 1.65, 0.68
NAME_LEAST = 1.2  # a name is set smaller down to this before it is parted: people look for a whole name
NAME_LINE, SMALL_LINE, LINE = 1.3, 1.6 * SMALL, 1.4
BELOW_HEAD, BETWEEN, NUMBER, SHAPE = 0.35, 0.45, 1.3, 1.4
TIME = r"每?(?:周|星期)[一二三四五六日天末]?(?:至周?[一二三四五六日])?(?:[上下]午|晚上?)?|[上下]午|每(?:季度|[日天月年])"
NUMBERED = r"[0-9.]+(?:[—–-]+[0-9.]+)?(?:[幢栋][0-9]+单元|小时|分钟|[%％℃]|[^\W\d_])?"
FIGURE = re.compile(f"{TIME}|{NUMBERED}")


@dataclass(frozen=True)
class Style:
    """A way to set members; ``door``, ``gap``, ``pad`` and ``gutter`` are parts of the letters' size.

    It is meant for ``fewest`` to ``most`` members; a line of promises holds at least ``narrowest`` letters.
    """

    name: str
    columns: int
    fewest: int
    most: int
    largest: int
    narrowest: float
    door: float
    gap: float
    pad: float
    gutter: float = 0.0

    def column(self, size: float) -> float:
        """How wide a column is, in points."""
        return (ROOM - (self.columns - 1) * self.gutter * size) / self.columns

    def beside(self, size: float) -> float:
        """How many letters stand beside the door, or below it where it stands above all."""
        return self.column(size) / size - (0 if self is ONE else self.door + self.gap)

    def words(self, size: float) -> float:
        """How many letters a line of promises holds."""
        return self.beside(size) if self is ROWS else self.column(size) / size


ONE = Style("one", 1, 1, 1, 32, 12, door=5.6, gap=0.7, pad=0.4)
ROWS = Style("rows", 1, 2, 4, 28, 13, door=4.6, gap=1.4, pad=0.8)
GRID = Style("grid", 2, 4, 999, 22, 10, door=3, gap=0.9, pad=0.8, gutter=2.4)


@dataclass(frozen=True)
class Head:
    """Name and what stands below or, with ``aside``, behind it; ``letters`` is the name's size in parts of the promises'."""

    name: tuple[str, ...]
    letters: float
    about: tuple[str, ...]
    aside: bool = False

    @property
    def height(self) -> float:
        about = 0 if self.aside else len(self.about)
        return len(self.name) * self.letters * NAME_LINE + about * SMALL_LINE


@dataclass(frozen=True)
class Promise:
    """One promise in lines, and how far it is, how much and by when; ``number`` is 0 where a member has only one."""

    number: int
    lines: tuple[str, ...]
    measure: tuple[str, ...]
    progress: str


def needs(member: "PosterMember", style: Style, size: int) -> float:
    """How high a member stands, in points."""
    top, words, door = head(member, style, size).height, _words(member, style, size), style.door * DOOR
    if style is ROWS:
        needed = max(door, top + BELOW_HEAD + words)
    elif style is GRID:
        needed = max(door, top) + BELOW_HEAD + words
    else:
        needed = door + style.gap + top + 2 * BELOW_HEAD + words
    return (needed + 2 * style.pad) * size


def _words(member: "PosterMember", style: Style, size: int) -> float:
    """How high the promises stand, in parts of their letters."""
    room = _room(member, style, size)
    lines = sum(count(kept(one.text), "kai", room) for one in member.commitments)
    small = sum(count(_measure(one), "hei", _small(room, one)) for one in member.commitments)
    return lines * LINE + small * SMALL_LINE + (len(member.commitments) - 1) * BETWEEN


def _measure(promise: "PosterCommitment") -> str:
    """进展、目标、时限; none of them is parted unless it has to be."""
    target, due = promise.target and f"目标 {promise.target}", promise.due and f"时限 {promise.due}"
    return "　".join(JOINER.join(part) for part in (promise.progress, target, due) if part)


def _small(room: float, promise: "PosterCommitment") -> float:
    """The room for small print; how far a promise is has a shape before it."""
    return room / SMALL - (SHAPE if promise.progress else 0)


def kept(text: str) -> str:
    """A promise as it is printed: 3幢2单元, 26次, 7—8月, 每周三下午 stay on one line."""
    return FIGURE.sub(lambda found: JOINER.join(found[0]), full_width(text))


def _room(member: "PosterMember", style: Style, size: int) -> float:
    return style.words(size) - (NUMBER if len(member.commitments) > 1 else 0)


def head(member: "PosterMember", style: Style, size: int) -> Head:
    """The name on one line, one much too long on two; branch, post and what else was agreed to behind it where there is room."""
    room = style.beside(size)
    name = (member.name,) if width(member.name, "song") * NAME_LEAST <= room else _halves(member.name)
    letters = min(fitted(line, "song", NAME, room) for line in name)
    about = broken("　".join(map(JOINER.join, _about(member))), "hei", room / SMALL)
    free = room - width(name[-1], "song") * letters - 1.2
    aside = style is ROWS and len(about) == 1 and width(about[0], "hei") * SMALL <= free
    return Head(name, letters, about, aside)


def _about(member: "PosterMember") -> Iterator[str]:
    return filter(None, (member.category, member.branch, member.post, member.unit, member.phone))


def _halves(name: str) -> tuple[str, ...]:
    """A long name parted at the dot nearest to its middle, the dot staying above."""
    dots = [at + 1 for at, letter in enumerate(name) if letter in "·•"]
    at = min(dots or [(len(name) + 1) // 2], key=lambda at: abs(at - len(name) / 2))
    return name[:at], name[at:]


def promises(member: "PosterMember", style: Style, size: int) -> tuple[Promise, ...]:
    """All a member promises, in lines."""
    return tuple(
        _promise(number if len(member.commitments) > 1 else 0, one, _room(member, style, size))
        for number, one in enumerate(member.commitments, 1)
    )


def _promise(number: int, promise: "PosterCommitment", room: float) -> Promise:
    measure = broken(_measure(promise), "hei", _small(room, promise))
    return Promise(number, broken(kept(promise.text), "kai", room), measure, promise.progress)


def widest(promises: Sequence[Promise]) -> float:
    """How wide the longest line is."""
    words = [width(line, "kai") for promise in promises for line in promise.lines]
    small = [width(line, "hei") * SMALL for promise in promises for line in promise.measure]
    return max([0.0, *words, *small])
