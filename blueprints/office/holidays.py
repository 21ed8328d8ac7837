"""工作日历: which days the office works, from the public lists and what the office enters over them."""

import calendar as months_of
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from blueprints.suggestions import rules as suggestions
from core import clock, workdays, zh
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.records.places import Place
from core.records.work import CalendarDay, CalendarYear
from core.refusal import Refused
from core.spreadsheets.cells import clean
from core.text import _l
from core.workdays import DAY, FIRST_KNOWN, LAST_KNOWN, Calendar

MOST_DAYS = 31
LAST_YEAR = 10  # so many years ahead are shown at most


class EndBeforeBegin(Refused):
    sentence = _l("最后一天（%(last)s）早于第一天（%(first)s），请核对。")


class TooManyDays(Refused):
    sentence = _l("一次最多改 %(most)s 天，请分几次。")


class OnlyDaysToCome(Refused):
    sentence = _l("%(day)s已经到了，按它算过的期限不能再变。只能改明天以后的日子。")


class YearKnown(Refused):
    sentence = _l("%(year)s年的放假安排系统里已经有了，不用再确认。")
    status = 409


@dataclass(frozen=True)
class Day:
    """One day of the calendar's page; ``own`` is the office's entry over the public list."""

    day: date
    works: bool
    own: CalendarDay | None

    @property
    def unusual(self) -> bool:
        """Differs from Monday to Friday."""
        return self.works != (self.day.weekday() < 5)


def year_of(number: int) -> int:
    """A year the calendar shows: this one where the address asks for one out of reach."""
    this = clock.today().year
    return number if FIRST_KNOWN <= number <= this + LAST_YEAR else this


def months(year: int, calendar: Calendar) -> list[tuple[int, list[list[Day | None]]]]:
    """Twelve months of whole weeks from Monday on; days of the months beside are None."""
    own = {row.day: row for row in entries(year)}
    pages = months_of.Calendar(firstweekday=0)
    return [
        (month, [[_day(one, month, calendar, own) for one in week] for week in pages.monthdatescalendar(year, month)])
        for month in range(1, 13)
    ]


def _day(day: date, month: int, calendar: Calendar, own: dict[date, CalendarDay]) -> Day | None:
    return Day(day, workdays.is_workday(day, calendar)[0], own.get(day)) if day.month == month else None


def entries(year: int) -> Iterator[CalendarDay]:
    """What the office itself entered for a year, in order of days."""
    within = CalendarDay.day.between(date(year, 1, 1), date(year, 12, 31))
    return CalendarDay.select().where(within).order_by(CalendarDay.day)


def mark(actor: Actor, place: Place, first: date, last: date, working: bool, note: str = "") -> int:
    """放假 or 上班 from the first day to the last; what the public list says anyway needs no entry."""
    if last < first:
        raise EndBeforeBegin(first=zh.day(first), last=zh.day(last))
    days = [first + DAY * number for number in range(min((last - first).days + 1, MOST_DAYS + 1))]
    if len(days) > MOST_DAYS:
        raise TooManyDays(most=MOST_DAYS)
    _to_come(first)
    with writing():
        for day in days:
            _enter(day, working, clean(note))
        record(actor, Act.CALENDAR_CHANGED, None, place, first=first, last=last, working=working, note=clean(note))
        suggestions.follow_calendar(actor)
    return len(days)


def _enter(day: date, working: bool, note: str) -> None:
    CalendarDay.delete().where(CalendarDay.day == day).execute()
    usual, estimated = workdays.is_workday(day)
    if estimated or usual != working:
        CalendarDay.create(day=day, working=working, note=note)


def unmark(actor: Actor, place: Place, day: date) -> None:
    """Back to what the public list says."""
    _to_come(day)
    with writing():
        if CalendarDay.delete().where(CalendarDay.day == day).execute():
            record(actor, Act.CALENDAR_CHANGED, None, place, first=day, last=day, working=None)
            suggestions.follow_calendar(actor)


def complete(actor: Actor, place: Place, year: int) -> None:
    """The year's whole list was entered: from now on nothing of it is estimated."""
    if year <= LAST_KNOWN:
        raise YearKnown(year=year)
    with writing():
        if CalendarYear.insert(year=year).on_conflict_ignore().as_rowcount().execute():
            record(actor, Act.CALENDAR_CHANGED, None, place, year=year)


def _to_come(day: date) -> None:
    if day <= clock.today():
        raise OnlyDaysToCome(day=zh.day(day))
