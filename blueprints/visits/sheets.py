"""走访记录 (8.6) on paper and as a spreadsheet; a door, a name and a wish only for those who may know them."""

from dataclasses import dataclass

from blueprints.organisation.queries import body_of
from blueprints.visits import queries
from blueprints.visits.models import HomeVisit, Topic
from core import zh
from core.access import Actor
from core.printing.said import AsSaid
from core.records.places import Place
from core.spreadsheets.writing import write_table
from core.text import _, in_chinese

BLANK_ROWS = 6
MOST_ROWS = 400
KEPT_BACK = "（只给走访人和书记）"


@dataclass(frozen=True)
class VisitLine:
    """One visit: its day, who went, where, about what, whether it became a message, what the second visit found."""

    day: str
    visitors: str
    stairwell: str
    door: str
    topic: str
    wish: str
    message: str
    again: str


@dataclass(frozen=True)
class VisitSheet:
    """The record of a year, or an empty one to be filled in at the doors."""

    title: str
    body: str
    period: str
    lines: tuple[VisitLine, ...]
    blank_rows: int
    topics: tuple[str, ...]


@in_chinese()
def record(actor: Actor, community: Place, year: int) -> VisitSheet:
    """The visits of a year, oldest first, as this actor may read them."""
    rows = [row for row in queries.visible_to(actor, community).limit(MOST_ROWS) if row.visited_on.year == year][::-1]
    lines = tuple(VisitLine(*cells) for cells in _cells(actor, community, rows))
    return VisitSheet("走访记录", body_of(community), f"{year}年", lines, 0, ())


@in_chinese()
def blank(community: Place) -> VisitSheet:
    """To take along."""
    topics = tuple(str(topic.title) for topic in Topic)
    return VisitSheet("走访记录", body_of(community), "", (), BLANK_ROWS, topics)


def _cells(actor: Actor, community: Place, rows: list[HomeVisit]) -> list[list[str]]:
    messages = queries.messages_of(actor, community, rows)
    return [_line(row, queries.knows_door(actor, row), messages.get(row.id)) for row in rows]


def _line(row: HomeVisit, knows: bool, message: object) -> list[str]:
    door = AsSaid(row.door) if knows else KEPT_BACK if row.door else ""
    wish = AsSaid(row.wish) if knows else KEPT_BACK if row.wish else ""
    again = " ".join(filter(None, [zh.short_day(row.again_on), row.again])) if knows or not row.again else zh.short_day(row.again_on)
    return [
        zh.day(row.visited_on), row.visitors, row.stairwell.name, door, str(row.topic.title), wish,
        message.number if message else "", AsSaid(again),
    ]  # fmt: skip


def table(actor: Actor, community: Place) -> bytes:
    """All visits as .xlsx."""
    heads = [_("走访日期"), _("走访人"), _("楼道"), _("门牌"), _("谈的什么事"), _("诉求"), _("转为意见"), _("回访情况")]
    return write_table(_("走访记录"), heads, _cells(actor, community, list(queries.visible_to(actor, community))))
