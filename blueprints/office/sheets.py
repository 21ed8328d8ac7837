"""今日要办 on paper."""

from collections.abc import Iterable
from dataclasses import dataclass

from blueprints.office.today import Today
from blueprints.organisation.queries import body_of
from core import clock, zh
from core.access import Actor
from core.due import Due
from core.records.places import Place
from core.text import _, in_chinese


@dataclass(frozen=True)
class TodayRow:
    """One thing to do, with a box to tick."""

    day: str
    text: str
    area: str
    who: str


@dataclass(frozen=True)
class TodaySheet:
    """What one account has to do on a day, group by group."""

    title: str
    body: str
    note: str
    groups: tuple[tuple[str, tuple[TodayRow, ...]], ...]


@in_chinese()
def today(actor: Actor, community: Place, found: Today) -> TodaySheet:
    """The day's list for whoever signed in; what comes after this week is left out."""
    day = clock.today()
    groups = (
        (_("到期和超期"), found.pressing), (_("要打印、张贴的"), found.paper), (_("等着办的"), found.waiting),
        (_("一周内"), found.coming),
    )  # fmt: skip
    note = f"{actor.name}　{zh.day(day)} {zh.weekday(day)}"
    return TodaySheet(_("今日要办"), body_of(community), note, tuple((title, _rows(rows)) for title, rows in groups if rows))


def _rows(rows: Iterable[Due]) -> tuple[TodayRow, ...]:
    return tuple(TodayRow(zh.short_day(row.day), row.text, row.area, row.who) for row in rows)
