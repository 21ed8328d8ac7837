"""Working days: the State Council's holiday lists as far as they are known, Monday to Friday beyond, the office's own entries first."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import chinese_calendar

DAY = timedelta(days=1)
FIRST_KNOWN = min(chinese_calendar.constants.holidays).year
LAST_KNOWN = max(chinese_calendar.constants.holidays).year
NO_ENTRIES: Mapping[date, bool] = {}


def is_workday(day: date, overrides: Mapping[date, bool] = NO_ENTRIES) -> tuple[bool, bool]:
    """Whether the office works that day, and whether that is only estimated (估算) because no list is out yet."""
    if day in overrides:
        return overrides[day], False
    if FIRST_KNOWN <= day.year <= LAST_KNOWN:
        return chinese_calendar.is_workday(day), False
    return day.weekday() < 5, True


def add_workdays(start: date, count: int, overrides: Mapping[date, bool] = NO_ENTRIES) -> tuple[date, bool]:
    """The day ``count`` working days after ``start`` (before it, if negative), which itself is not counted."""
    day, left, guessed = start, abs(count), False
    while left:
        day += DAY if count > 0 else -DAY
        works, estimated = is_workday(day, overrides)
        left -= works
        guessed |= estimated
    return day, guessed


def workdays_between(start: date, end: date, overrides: Mapping[date, bool] = NO_ENTRIES) -> tuple[int, bool]:
    """Working days after ``start`` up to and with ``end``; negative where the end lies before."""
    first, last = min(start, end), max(start, end)
    count, guessed = 0, False
    # Backwards the end counts and the start does not, so that it takes back what add_workdays did.
    day = first + DAY if end >= start else first
    while day <= last if end >= start else day < last:
        works, estimated = is_workday(day, overrides)
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
