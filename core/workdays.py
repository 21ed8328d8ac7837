"""Working days: the State Council's holiday lists as far as they are known, Monday to Friday beyond, the office's own entries first."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache

import chinese_calendar

from core.records.work import CalendarDay, CalendarYear

DAY = timedelta(days=1)
FIRST_KNOWN = min(chinese_calendar.constants.holidays).year
LAST_KNOWN = max(chinese_calendar.constants.holidays).year


@dataclass(frozen=True)
class Calendar:
    """What the office entered over the public lists: single days, and years whose list it entered in full."""

    days: Mapping[date, bool] = field(default_factory=dict)
    complete: frozenset[int] = frozenset()

    def knows(self, year: int) -> bool:
        """Whether the holidays of a year are out; those of any other are estimated (估算)."""
        return FIRST_KNOWN <= year <= LAST_KNOWN or year in self.complete


PUBLIC = Calendar()


def office_calendar() -> Calendar:
    """The calendar as it stands on file; look it up once for a page or a rule."""
    days = dict(CalendarDay.select(CalendarDay.day, CalendarDay.working).tuples())
    return Calendar(days, frozenset(year for (year,) in CalendarYear.select(CalendarYear.year).tuples()))


def is_workday(day: date, calendar: Calendar = PUBLIC) -> tuple[bool, bool]:
    """Whether the office works that day, and whether that is only estimated (估算) because no list is out yet."""
    if day in calendar.days:
        return calendar.days[day], False
    if FIRST_KNOWN <= day.year <= LAST_KNOWN:
        return chinese_calendar.is_workday(day), False
    return day.weekday() < 5, not calendar.knows(day.year)


def add_workdays(start: date, count: int, calendar: Calendar = PUBLIC) -> tuple[date, bool]:
    """The day ``count`` working days after ``start`` (before it, if negative), which itself is not counted."""
    day, left, guessed = start, abs(count), False
    while left:
        day += DAY if count > 0 else -DAY
        works, estimated = is_workday(day, calendar)
        left -= works
        guessed |= estimated
    return day, guessed


def workdays_between(start: date, end: date, calendar: Calendar = PUBLIC) -> tuple[int, bool]:
    """Working days after ``start`` up to and with ``end``; negative where the end lies before."""
    first, last = min(start, end), max(start, end)
    count, guessed = 0, False
    # Backwards the end counts and the start does not, so that it takes back what add_workdays did.
    day = first + DAY if end >= start else first
    while day <= last if end >= start else day < last:
        works, estimated = is_workday(day, calendar)
        count += works
        guessed |= estimated
        day += DAY
    return (count if end >= start else -count), guessed


@cache
def exceptions(year: int) -> dict[date, bool]:
    """Days of a known year that differ from Monday to Friday: what the calendar of working days starts from."""
    if not FIRST_KNOWN <= year <= LAST_KNOWN:
        return {}
    days = (date(year, 1, 1) + DAY * number for number in range((date(year + 1, 1, 1) - date(year, 1, 1)).days))
    return {day: works for day in days if (works := chinese_calendar.is_workday(day)) != (day.weekday() < 5)}
