"""The notices of a year: what was published, how each ended, as a table and on paper."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from peewee import ModelSelect, fn

from blueprints.notices import queries, wording
from blueprints.notices.models import PUBLIC_STATES, Notice, NoticeKind, NoticeObjection, NoticePosting, NoticeState
from core import clock
from core.access import Actor
from core.printing import gongwen
from core.records.places import Place
from core.text import _, in_chinese

LEDGER = "notice-ledger"


@dataclass(frozen=True)
class Line:
    """One edition that was published."""

    number: str
    title: str
    kind: str
    affair: str
    published_on: str
    period: str
    objections: int
    posted: int
    state: str
    outcome: str


@dataclass(frozen=True)
class LedgerSheet:
    """公示公告台账 of a year in the order of publication, with totals once at the end."""

    title: str
    body: str
    note: str
    on: str
    lines: tuple[Line, ...]
    totals: tuple[tuple[str, int], ...]


def published(actor: Actor, community: Place, year: int) -> ModelSelect:
    """What was published in a year, the first on top."""
    first, last = (clock.utc(datetime(one, 1, 1)) for one in (year, year + 1))
    return (
        queries.visible_to(actor, community)
        .where(
            Notice.state.in_(PUBLIC_STATES) & (Notice.published_at >= first) & (Notice.published_at < last)
        )
        .order_by(Notice.published_at, Notice.id)
    )


def lines(actor: Actor, community: Place, rows: Sequence[Notice]) -> tuple[Line, ...]:
    """Objections and sheets of all rows are counted in one query each."""
    ids = [row.id for row in rows]
    objected, posted = _counted(NoticeObjection, ids), _counted(NoticePosting, ids)
    linked = queries.linked_counts(rows, actor, community)
    return tuple(
        Line(
            row.number, wording.flat(row.title), str(row.kind.title), str(row.affair.title),
            gongwen.day(wording.notice_day(row)),
            f"{gongwen.day(row.starts_on)}至{gongwen.day(row.ends_on)}" if row.starts_on else "",
            objected[row.id] + linked[row.id], posted[row.id], str(row.state.title), _outcome(row),
        )
        for row in rows
    )  # fmt: skip


def _counted(model: type, ids: Sequence[int]) -> Counter:
    rows = model.select(model.notice, fn.COUNT(model.id)).where(model.notice.in_(ids)).group_by(model.notice)
    return Counter(dict(rows.tuples()))


def _outcome(row: Notice) -> str:
    if row.state is NoticeState.WITHDRAWN:
        return row.reason
    return " ".join(row.conclusion.split())


@in_chinese()
def sheet(actor: Actor, community: Place, rows: Sequence[Notice], year: int) -> LedgerSheet:
    """The ledger of a year as a paper."""
    kinds = Counter(row.kind for row in rows)
    return LedgerSheet(
        "公示公告台账", community.name, f"{year}年　共{len(rows)}份", gongwen.day(clock.today()), lines(actor, community, rows),
        tuple((str(kind.title), kinds[kind]) for kind in NoticeKind if kinds[kind]),
    )  # fmt: skip


def table(actor: Actor, community: Place, rows: Sequence[Notice]) -> tuple[list[str], list[list[str | int]]]:
    """Headers and rows for a spreadsheet."""
    headers = [
        _("序号"), _("文号"), _("标题"), _("种类"), _("归类"), _("发布日期"), _("公示期"), _("异议件数"), _("张贴处数"), _("状态"),
        _("结果或撤回理由"),
    ]  # fmt: skip
    found = [
        [n, one.number, one.title, one.kind, one.affair, one.published_on, one.period, one.objections, one.posted, one.state,
         one.outcome]
        for n, one in enumerate(lines(actor, community, rows), 1)
    ]  # fmt: skip
    return headers, found
