"""The only place that reads the clock: instants are naive UTC, days are local days."""

import os
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def zone() -> ZoneInfo:
    """The office's time zone, Asia/Shanghai unless LINLI_TIMEZONE says otherwise."""
    return ZoneInfo(os.environ.get("LINLI_TIMEZONE", "Asia/Shanghai"))


def now() -> datetime:
    """This instant as naive UTC, without microseconds: databases disagree about those."""
    return datetime.now(UTC).replace(tzinfo=None, microsecond=0)


def local(instant: datetime) -> datetime:
    """A stored instant as the office's wall clock shows it."""
    return instant.replace(tzinfo=UTC).astimezone(zone())


def utc(wall: datetime) -> datetime:
    """A wall-clock time of the office as a naive UTC instant; an aware one keeps its own zone."""
    aware = wall if wall.tzinfo else wall.replace(tzinfo=zone())
    return aware.astimezone(UTC).replace(tzinfo=None)


def today() -> date:
    """The office's calendar day."""
    return local(now()).date()
