"""Where everything stands on a poster, and how large: as large as the sheet allows, nobody cut in two, nothing clipped.

Measures are points of an A4 sheet; on A3 all of them grow by √2, so its smallest letters may be smaller here.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from blueprints.boards import cards
from blueprints.boards.cards import BELOW_HEAD, DOOR, GRID, NAME_LINE, NUMBER, ONE, ROOM, ROWS, SIDE, Style
from core.refusal import Refused
from core.text import _l

if TYPE_CHECKING:
    from blueprints.boards.sheets import PosterMember, PosterSheet

HEAD, HEAD_AGAIN = 200.0, 90.0  # where members begin on the first page, and on those after it
FOOT = 710.0  # where they end
SMALLEST = {"A4": 14, "A3": 10}  # letters of promises: 4.9 mm on both
LEAST = 8  # where one member's promises would not fit a page otherwise
MOST_SPARE = 2.5  # what is left over is shared among members, but does not scatter them


class TooLong(Refused):
    """Shrinking its letters further would help nobody."""

    sentence = _l("%(name)s的承诺太长，一张公示牌放不下。请删短一些，或者只留主要的几条。")


@dataclass(frozen=True)
class Card:
    """One member in place, all measures in points: the door's left, top, width and height; where the others begin.

    ``centred``: one promise of one member stands in the middle.
    """

    member: "PosterMember"
    head: cards.Head
    promises: tuple[cards.Promise, ...]
    centred: bool
    door: tuple[float, float, float, float]
    name_at: tuple[float, float]
    about_at: tuple[float, float]
    words_at: tuple[float, float]


@dataclass(frozen=True)
class Page:
    """One sheet of paper; ``size`` is that of the letters of promises, ``rules`` are left, top and width of dividing lines."""

    number: int
    of: int
    style: str
    size: int
    cards: tuple[Card, ...]
    rules: tuple[tuple[float, float, float], ...]


Column = list["PosterMember"]


@lru_cache(maxsize=512)
def pages(sheet: "PosterSheet") -> tuple[Page, ...]:
    """On as few sheets of paper as the smallest letters allow, and on those as large as they can be.

    Raises TooLong where the promises of one member would not fit a sheet.
    """
    if not sheet.members:
        return (Page(1, 1, ONE.name, ONE.largest, (), ()),)
    styles = [style for style in (ONE, ROWS, GRID) if style.fewest <= len(sheet.members) <= style.most]
    least, fewest = _fewest(sheet, styles)
    size, style = max(((_largest(sheet, one, least, fewest), one) for one in styles), key=lambda found: found[0])
    filled = _evened(sheet, style, size, fewest)
    return tuple(_page(number, fewest, style, size, columns) for number, columns in enumerate(filled, 1))


def _fewest(sheet: "PosterSheet", styles: list[Style]) -> tuple[int, int]:
    """The smallest letters that will do, and how many sheets of paper they need."""
    for least in range(SMALLEST[sheet.size], LEAST - 1, -1):
        needed = [len(_filled(sheet, style, least)) for style in styles]
        if any(needed):
            return least, min(filter(None, needed))
    raise TooLong(name=max(sheet.members, key=lambda one: sum(len(promise.text) for promise in one.commitments)).name)


def _largest(sheet: "PosterSheet", style: Style, least: int, fewest: int) -> int:
    """The largest letters with which a style needs no more sheets of paper than the fewest; 0 where it always does."""
    low, high = least - 1, style.largest
    while low < high:
        middle = (low + high + 1) // 2
        if 0 < len(_filled(sheet, style, middle)) <= fewest:
            low = middle
        else:
            high = middle - 1
    return low if low >= least else 0


def _filled(sheet: "PosterSheet", style: Style, size: int, share: float = 1.0) -> list[list[Column]]:
    """Columns by page, none filled beyond a ``share`` of its room; empty where lines are too short or a member too high."""
    if style.words(size) < style.narrowest:
        return []
    columns: list[Column] = [[]]
    left = (FOOT - HEAD) * share
    for member in sheet.members:
        needed = cards.needs(member, style, size)
        if needed > left and columns[-1]:
            left = (FOOT - (HEAD if len(columns) < style.columns else HEAD_AGAIN)) * share
            columns.append([])
        if needed > left:
            return []
        columns[-1].append(member)
        left -= needed
    return [columns[at : at + style.columns] for at in range(0, len(columns), style.columns)]


def _evened(sheet: "PosterSheet", style: Style, size: int, fewest: int) -> list[list[Column]]:
    """The same number of pages, their columns filled alike."""
    tries = (_filled(sheet, style, size, share / 20) for share in range(6, 20))
    return next((found for found in tries if len(found) == fewest), None) or _filled(sheet, style, size)


def _page(number: int, of: int, style: Style, size: int, columns: list[Column]) -> Page:
    """The columns of a page in place, what is left over in each shared among its members."""
    begin, placed, rules = HEAD if number == 1 else HEAD_AGAIN, [], []
    for at, column in enumerate(columns):
        needed = [cards.needs(member, style, size) for member in column]
        spare = (FOOT - begin - sum(needed)) / len(column)
        above = spare / 2
        if style is GRID:  # Columns begin on one line.
            above, spare = 0, min(spare, MOST_SPARE * size)
        top, left = begin, SIDE + at * (style.column(size) + style.gutter * size)
        for member, height in zip(column, needed, strict=True):
            placed.append(_card(member, style, size, left, top + above))
            top += height + spare
            rules.append((left, top - (0 if above else spare / 2), style.column(size)))
        rules.pop()
    return Page(number, of, style.name, size, tuple(placed), tuple(rules))


def _card(member: "PosterMember", style: Style, size: int, left: float, top: float) -> Card:
    """A member whose room begins at ``top``."""
    head, promises = cards.head(member, style, size), cards.promises(member, style, size)
    wide, high = style.door * size, style.door * DOOR * size
    top += style.pad * size
    indent = NUMBER * size if len(promises) > 1 else 0
    if style is ONE:
        door, name_at = (SIDE + (ROOM - wide) / 2, top), (SIDE, top + high + style.gap * size)
        middle = SIDE + (ROOM - cards.widest(promises) * size + indent) / 2 if indent else SIDE
        words_at = (middle, name_at[1] + (head.height + 2 * BELOW_HEAD) * size)
    elif style is ROWS:
        middle = (cards.needs(member, style, size) - 2 * style.pad * size - high) / 2
        door, name_at = (left, top + middle), (left + wide + style.gap * size, top)
        words_at = (name_at[0] + indent, top + (head.height + BELOW_HEAD) * size)
    else:
        shift = max(0, high - head.height * size) / 2
        door, name_at = (left, top), (left + wide + style.gap * size, top + shift)
        words_at = (left + indent, top + max(high, head.height * size) + BELOW_HEAD * size)
    about_at = (name_at[0], name_at[1] + len(head.name) * head.letters * NAME_LINE * size)
    centred = style is ONE and not indent
    return Card(member, head, promises, centred, (*door, wide, high), name_at, about_at, words_at)
