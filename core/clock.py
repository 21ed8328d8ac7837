"""The only place that reads the clock: instants are naive UTC, days are local days."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

_elsewhere: ContextVar[datetime | None] = ContextVar("elsewhere", default=None)


def zone() -> ZoneInfo:
    """The office's time zone, Asia/Shanghai unless LINLI_TIMEZONE says otherwise."""
    return ZoneInfo(os.environ.get("LINLI_TIMEZONE", "Asia/Shanghai"))


def now() -> datetime:
    """This instant as naive UTC, without microseconds: databases disagree about those."""
    return _elsewhere.get() or _now()


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def local(instant: datetime) -> datetime:
    """A stored instant as the office's wall clock shows it."""
    return instant.replace(tzinfo=UTC).astimezone(zone())


def utc(wall: datetime) -> datetime:
    """A wall-clock time of the office as a naive UTC instant; an aware one keeps its own zone."""
    aware = wall if wall.tzinfo else wall.replace(tzinfo=zone())
    return aware.astimezone(UTC).replace(tzinfo=None)


def begins(day: date) -> datetime:
    """The instant a day of the office begins."""
    return utc(datetime.combine(day, time()))


def today() -> date:
    """The office's calendar day."""
    return local(now()).date()


@contextmanager
def on(day: date) -> Iterator[None]:
    """Half past nine of another day, never later than now, for this task alone: the example community has a past."""
    before = _elsewhere.set(min(utc(datetime.combine(day, time(9, 30))), _now()))
    try:
        yield
    finally:
        _elsewhere.reset(before)
