"""The screen in the hall: what is current, cut into screens of big type, one after the other."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from unicodedata import east_asian_width

from peewee import fn

from blueprints.notices import periods, queries
from blueprints.notices.markup import Block, blocks
from blueprints.notices.models import TAKEN_DOWN, Notice, NoticeState
from core import clock, settings
from core.records.places import Place
from core.text import _l

# What stands on a screen below the title, measured in a browser at 16:9: lines, and characters on a line.
LINES, WIDE = 8, 27
TABLE_LINES, TABLE_WIDE = {False: 7, True: 9}, {False: 29, True: 36}  # True: more than five columns, in smaller letters
MARKS = "。；！？，、"
settings.declare("notices.hall_days", _l("大厅屏幕上没有公示期的公告显示几天"), 14, group="notices")
settings.declare("notices.hall_seconds", _l("大厅屏幕每屏停几秒"), 20, group="notices")


@dataclass(frozen=True)
class Screen:
    """One screen: the part of a notice it shows; ``part`` of ``parts``, from 1; ``rows`` of a table under its head."""

    notice: Notice
    paragraphs: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    part: int
    parts: int
    progress: periods.Progress | None


def current(community: Place) -> list[Notice]:
    """Running notices, the one that ends first on top, then what was announced lately; never who is helped."""
    since = clock.now() - timedelta(days=int(settings.value("notices.hall_days", community)))
    lately = (Notice.state == NoticeState.PUBLISHED) & (Notice.days == 0) & (Notice.published_at >= since)
    shown = queries.public(community).where((queries.running() | lately) & Notice.kind.not_in(TAKEN_DOWN))
    ends_last = fn.COALESCE(Notice.ends_on, clock.today() + timedelta(days=3650))
    return list(shown.order_by(ends_last, Notice.published_at.desc(), Notice.id).limit(30))


def screens(community: Place) -> list[Screen]:
    """Everything current in the order it is turned through."""
    today = clock.today()
    return [
        Screen(notice, paragraphs, rows, number, len(parts), periods.progress(notice, today))
        for notice in current(community)
        for parts in [list(_parts(blocks(notice.body)))]
        for number, (paragraphs, rows) in enumerate(parts or [((), ())], 1)
    ]


Part = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]


def _parts(text: list[Block]) -> Iterator[Part]:
    """A text cut where a screen is full: paragraphs together while they fit, a table on screens of its own."""
    waiting: list[str] = []
    for block in text:
        if block.kind == "table":
            if waiting:
                yield tuple(waiting), ()
                waiting = []
            yield from (((), rows) for rows in _tables(block.rows))
            continue
        for piece in _pieces(block.text):
            if waiting and sum(map(_lines, [*waiting, piece])) > LINES:
                yield tuple(waiting), ()
                waiting = []
            waiting.append(piece)
    if waiting:
        yield tuple(waiting), ()


def _lines(paragraph: str) -> int:
    return -(-(_wide(paragraph) + 2) // WIDE)


def _pieces(paragraph: str) -> Iterator[str]:
    """A paragraph longer than a screen, cut behind its marks."""
    most = LINES * WIDE - 2
    while len(paragraph) > most:
        end = max(paragraph.rfind(mark, 0, most) for mark in MARKS) + 1 or most
        yield paragraph[:end]
        paragraph = paragraph[end:]
    if paragraph:
        yield paragraph


def _tables(rows: tuple[tuple[str, ...], ...]) -> Iterator[tuple[tuple[str, ...], ...]]:
    """A table's rows for as many screens as they need, evenly, each below the head."""
    head, *rest = rows
    wide = _columns(rows)
    most = TABLE_LINES[is_wide(rows)] - _height(head, wide)
    heights = [_height(row, wide) for row in rest]
    fair = -(-sum(heights) // max(1, -(-sum(heights) // most)))
    shown, taken = [head], 0
    for row, lines in zip(rest, heights, strict=True):
        if len(shown) > 1 and (taken >= fair or taken + lines > most):
            yield tuple(shown)
            shown, taken = [head], 0
        shown.append(row)
        taken += lines
    yield tuple(shown)


def is_wide(rows: tuple[tuple[str, ...], ...]) -> bool:
    """Whether a table has so many columns that it needs smaller letters."""
    return len(rows[0]) > 5


def _columns(rows: tuple[tuple[str, ...], ...]) -> list[int]:
    """Characters on a line of each column, as a browser shares the width out: short columns get what they need."""
    needed = [max(map(_wide, column), default=1) or 1 for column in zip(*rows, strict=False)]
    room = TABLE_WIDE[is_wide(rows)] - len(needed)
    left, shared = room, {}
    for count, place in enumerate(sorted(range(len(needed)), key=needed.__getitem__)):
        shared[place] = max(2, min(needed[place], left // (len(needed) - count)))
        left -= shared[place]
    return [shared[place] for place in range(len(needed))]


def _wide(text: str) -> int:
    """How many Han characters a text is as wide as; letters and figures are half as wide."""
    return -(-sum(2 if east_asian_width(char) in "WFA" else 1 for char in text) // 2)


def _height(row: tuple[str, ...], wide: list[int]) -> int:
    return max((-(-_wide(cell) // width) for cell, width in zip(row, wide, strict=False)), default=1) or 1
