"""承诺公示增长图: how many stairwells and members the boards reached, quarter by quarter, as a chart over its table."""

from collections.abc import Sequence
from dataclasses import dataclass

from blueprints.boards.figures import Figures
from blueprints.organisation.queries import body_of
from core import clock, zh
from core.records.places import Place
from core.text import _, in_chinese

TEMPLATE = "boards/print/growth.html"
WIDTH, HEIGHT, ROOM = 260, 50, 9  # millimetres of the drawing; ROOM is kept above the highest column for its figure


@dataclass(frozen=True)
class Mark:
    """One day on the chart, in millimetres from the left and from the top: its column, and the line's point."""

    day: str
    x: float
    width: float
    top: float
    members: int
    at: float
    stairwells: int


@dataclass(frozen=True)
class GrowthRow:
    """The boards at the end of one day, as the table has them."""

    day: str
    buildings: int
    stairwells: int
    members: int
    promises: int
    fulfilled: str


@dataclass(frozen=True)
class GrowthSheet:
    """The chart and the same figures as a table, the earliest first; ``said`` is its sum in one sentence."""

    title: str
    body: str
    day: str
    said: str
    width: int
    height: int
    marks: tuple[Mark, ...]
    rows: tuple[GrowthRow, ...]


@in_chinese()
def sheet(community: Place, points: Sequence[Figures]) -> GrowthSheet:
    """``points`` are what ``figures.growth`` counted; one at least."""
    return GrowthSheet(
        _("党员公示责任制增长情况"), body_of(community), zh.day(clock.today()), said(points[0], points[-1]), WIDTH, HEIGHT,
        tuple(_marks(points)), tuple(map(_row, points)),
    )  # fmt: skip


def said(first: Figures, last: Figures) -> str:
    """From where to where the boards grew."""
    if first.day == last.day:
        return _("%(day)s公示 %(stairwells)s 个楼道、%(members)s 名党员。", day=zh.day(last.day), stairwells=last.stairwells, members=last.on_show)
    return _(
        "从%(first)s的 %(buildings)s 幢楼、%(few)s 名党员，发展到%(last)s的 %(stairwells)s 个楼道、%(many)s 名党员。",
        first=zh.day(first.day), buildings=first.buildings, few=first.on_show, last=zh.day(last.day),
        stairwells=last.stairwells, many=last.on_show,
    )  # fmt: skip


def _marks(points: Sequence[Figures]):
    step = WIDTH / len(points)
    most, far = max(one.on_show for one in points) or 1, max(one.stairwells for one in points) or 1
    for place, one in enumerate(points):
        room = HEIGHT - ROOM
        yield Mark(
            zh.day(one.day), round((place + 0.5) * step, 2), round(min(16, step * 0.56), 2),
            round(HEIGHT - room * one.on_show / most, 2), one.on_show,
            round(HEIGHT - room * 0.62 * one.stairwells / far, 2), one.stairwells,
        )  # fmt: skip


def _row(one: Figures) -> GrowthRow:
    share = "" if one.share is None else f"{one.fulfilled}（{one.share}%）"
    return GrowthRow(zh.day(one.day), one.buildings, one.stairwells, one.on_show, one.shown, share)
