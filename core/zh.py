"""How Chinese papers write days, times and numbers."""

from datetime import date, datetime

from core import clock
from core.text import _, current_language

WEEKDAYS = "一二三四五六日"
DIGITS = "〇一二三四五六七八九"


def day(value: date | str | None) -> str:
    """2026年11月19日 (no leading zeros, GB/T 9704 §7.3.5.1); partial dates keep their precision."""
    if not value:
        return ""
    parts = [int(p) for p in str(value)[:10].split("-")]
    if current_language() == "en":
        return "-".join(f"{p:02d}" for p in parts)
    return "".join(f"{n}{unit}" for n, unit in zip(parts, "年月日", strict=False))


def short_day(value: date | None) -> str:
    """11月19日, where the year is plain from what stands beside it."""
    if not value:
        return ""
    return value.strftime("%m-%d") if current_language() == "en" else f"{value.month}月{value.day}日"


def weekday(value: date) -> str:
    """星期四 — the word a notice of meeting writes behind the day."""
    names = [_("星期一"), _("星期二"), _("星期三"), _("星期四"), _("星期五"), _("星期六"), _("星期日")]
    return names[value.weekday()]


def moment(value: datetime | None) -> str:
    """A stored instant as local day and time."""
    if not value:
        return ""
    wall = clock.local(value)
    return f"{day(wall.date())} {wall:%H:%M}"


def local_day(value: datetime | None) -> str:
    """A stored instant as the office's day."""
    return day(clock.local(value).date()) if value else ""


def number(value: int) -> str:
    """一 … 九十九, for the headings of official papers (第一层次「一、」)."""
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else DIGITS[tens] + "十")
    return head + (DIGITS[ones] if ones or not tens else "")
