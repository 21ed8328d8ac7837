"""When a matter has to be disclosed: the periods of a frequency, the last day for each, how each of them stands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from blueprints.disclosures.models import Disclosure, DisclosureItem, Frequency
from blueprints.notices.models import NoticeState
from core import clock
from core.text import _, _l

DAY = timedelta(days=1)
OUT = (NoticeState.PUBLISHED, NoticeState.CONCLUDED, NoticeState.ARCHIVED, NoticeState.CORRECTED)
GONE = (NoticeState.WITHDRAWN, NoticeState.DISCARDED)


class Standing(StrEnum):
    """How a period of a matter stands today."""

    DONE = "done"
    NOTHING = "nothing"
    DRAFTED = "drafted"
    MISSING = "missing"
    DUE = "due"
    AHEAD = "ahead"

    @property
    def title(self):
        return {
            "done": _l("已公开"), "nothing": _l("本期无"), "drafted": _l("办理中"), "missing": _l("缺"), "due": _l("待公开"),
            "ahead": _l("未到期"),
        }[self.value]  # fmt: skip


@dataclass(frozen=True)
class Period:
    """One period: its name as it is kept, its days."""

    covers: str
    first: date
    last: date


@dataclass(frozen=True)
class Slot:
    """One period of a matter; ``due_on`` None: disclosed because it happened, not because its day had come."""

    item: DisclosureItem
    covers: str
    due_on: date | None
    standing: Standing
    done_on: date | None = None
    disclosure: Disclosure | None = None

    @property
    def late(self) -> int:
        """Days by which it was disclosed too late."""
        return max(0, (self.done_on - self.due_on).days) if self.done_on and self.due_on else 0

    @property
    def label(self) -> str:
        return name(self.covers)


def periods(frequency: Frequency, year: int) -> Iterator[Period]:
    """The periods of a year, none for what is disclosed whenever it happens."""
    months = frequency.months
    for number in range(1, 12 // months + 1 if months else 1):
        month = (number - 1) * months + 1
        after = month + months
        last = (date(year, after, 1) if after <= 12 else date(year + 1, 1, 1)) - DAY
        mark = {1: f"-{number:02d}", 3: f"-Q{number}", 6: f"-H{number}", 12: ""}[months]
        yield Period(f"{year}{mark}", date(year, month, 1), last)


def period(covers: str) -> Period | None:
    """The period of this name; None where it names none."""
    year = covers[:4]
    if not year.isdecimal() or not 2000 <= int(year) <= 2200:
        return None
    every = (one for frequency in Frequency for one in periods(frequency, int(year)))
    return next((one for one in every if one.covers == covers), None)


def name(covers: str) -> str:
    """2026-Q3 → 2026年第三季度."""
    year, _dash, part = covers.partition("-")
    quarters = (_("第一季度"), _("第二季度"), _("第三季度"), _("第四季度"))
    if part[:1] == "Q":
        return _("%(year)s年%(part)s", year=year, part=quarters[int(part[1]) - 1])
    if part[:1] == "H":
        return _("%(year)s年%(part)s", year=year, part=_("上半年") if part == "H1" else _("下半年"))
    if "-" in part:
        return _("%(year)s年%(month)s月%(day)s日", year=year, month=int(part[:2]), day=int(part[3:5]))
    return _("%(year)s年%(month)s月", year=year, month=int(part)) if part else _("%(year)s年度", year=year)


def owed(item: DisclosureItem, first: date, last: date) -> Iterator[tuple[Period, date]]:
    """The periods of a matter whose last day for publishing lies between two days, with that day."""
    for year in range(first.year - 2, last.year + 1):
        for one in periods(item.frequency, year):
            due_on = last_day(item, one)
            if is_owed(item, due_on) and first <= due_on <= last:
                yield one, due_on


def last_day(item: DisclosureItem, one: Period) -> date:
    """The day until which a period has to be disclosed."""
    return one.last + DAY * item.within_days


def is_owed(item: DisclosureItem, due_on: date) -> bool:
    """Whether the matter stands in the catalogue on that day; what fell due before is not owed."""
    return item.since <= due_on and (item.until is None or due_on < item.until)


def slot(item: DisclosureItem, one: Period, due_on: date, found: Disclosure | None, today: date) -> Slot:
    """How this period stands today."""
    if found is not None and (found.notice is None or found.notice.state not in GONE):
        return done(item, found, due_on)
    standing = Standing.MISSING if today > due_on else Standing.DUE if today > one.last else Standing.AHEAD
    return Slot(item, one.covers, due_on, standing)


def done(item: DisclosureItem, found: Disclosure, due_on: date | None = None) -> Slot:
    """A period of which something is known: disclosed, being prepared, or that there was nothing."""
    if found.empty:
        return Slot(item, found.covers, due_on, Standing.NOTHING, None, found)
    if found.notice is None:
        return Slot(item, found.covers, due_on, Standing.DONE, found.disclosed_on, found)
    if found.notice.state not in OUT:
        return Slot(item, found.covers, due_on, Standing.DRAFTED, None, found)
    return Slot(item, found.covers, due_on, Standing.DONE, clock.local(found.notice.published_at).date(), found)
