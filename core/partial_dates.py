"""Dates as rosters hold them: 4, 7 or 10 ISO characters, as precise as they were written and never padded."""

import re
from datetime import date, timedelta

from core.refusal import Refused
from core.stairwells import fold, han_number
from core.text import _l

FIRST_YEAR, LAST_YEAR = 1900, 2100
SERIAL_ZERO = date(1899, 12, 30)  # Excel counts days from here, for every day after February 1900.

ENDING = re.compile(r"(?:出生|生|入党|起|止|\.)$")
MIDNIGHT = re.compile(r"[ T]0{1,2}:00(?::00)?(?:\.0+)?$")
HAN_PART = re.compile(r"[〇零一二两三四五六七八九十]+")
SPELLINGS = (
    re.compile(r"(\d{4})年?"),
    re.compile(r"(\d{4})[年./-](\d{1,2})月?"),
    re.compile(r"(\d{4})(\d{2})"),
    re.compile(r"(\d{4})[年./-](\d{1,2})[月./-](\d{1,2})[日号]?"),
    re.compile(r"(\d{4})(\d{2})(\d{2})"),
)
SHORT_YEAR = re.compile(r"\d{2}[年./-]\d{1,2}(?:[月./-](?:\d{1,2}[日号]?)?)?")


class NotADate(Refused):
    sentence = _l("“%(value)s”看不出是哪一年哪一月，请写成 1978.02 或 1978-02-15。")


class NoSuchDay(Refused):
    sentence = _l("没有“%(value)s”这个日期，请核对年、月、日。")


class YearOutOfRange(Refused):
    sentence = _l("“%(value)s”的年份不在 %(first)s 至 %(last)s 之间，请核对。")


class ShortYear(Refused):
    sentence = _l("“%(value)s”的年份只有两位，请写四位，如 1978.02。")


class LostZero(Refused):
    """Excel shows October as 1978.1 when the cell holds a number; January would look the same."""

    sentence = _l("“%(value)s”分不清是 1 月还是 10 月（Excel 会去掉末尾的 0），请写成 1978-01 或 1978-10。")


class Number(str):
    """A number as the sheet shows it: zeros behind the point may have been lost on the way."""

    __slots__ = ()


def partial_date(text: str) -> str:
    """The date in ISO form, as precise as the text: 1978年2月 → 1978-02; blank stays blank."""
    plain = _arabic(_tidy(text))
    if not plain:
        return ""
    if isinstance(text, Number) and re.fullmatch(r"\d{4}\.1", plain):
        raise LostZero(value=text)
    if re.fullmatch(r"\d{5}", plain):
        return _checked(text, *(SERIAL_ZERO + timedelta(days=int(plain))).timetuple()[:3])
    for spelling in SPELLINGS:
        if found := spelling.fullmatch(plain):
            return _checked(text, *(int(part) for part in found.groups()))
    raise (ShortYear if SHORT_YEAR.fullmatch(plain) else NotADate)(value=text)


def _tidy(text: str) -> str:
    plain = MIDNIGHT.sub("", fold(text).strip())
    plain = re.sub(r"\s", "", plain).replace("。", ".").replace("·", ".")
    return ENDING.sub("", plain)


def _arabic(text: str) -> str:
    """一九七八年十月 as 1978年10月; text without Han numerals comes back as it was."""

    def digits(found: re.Match) -> str:
        number = han_number(found[0])
        return found[0] if number is None else str(number)

    return HAN_PART.sub(digits, text)


def _checked(text: str, year: int, month: int | None = None, day: int | None = None) -> str:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise YearOutOfRange(value=text, first=FIRST_YEAR, last=LAST_YEAR)
    try:
        whole = date(year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise NoSuchDay(value=text) from None
    return whole.isoformat()[: 4 if month is None else 7 if day is None else 10]
