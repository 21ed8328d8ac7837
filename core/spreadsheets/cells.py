"""What one cell means: each kind of column turns the office's spelling into one clean value, or refuses it."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from enum import Enum, StrEnum

from core.partial_dates import Number, partial_date
from core.refusal import Refused
from core.spreadsheets.id_numbers import HoldsIdNumber, holds_id_number
from core.spreadsheets.phones import phone
from core.stairwells import fold, stairwell, stairwell_text
from core.text import _l

HAN = "\u2e80-\u2fdf\u3007\u3400-\u9fff\uf900-\ufaff\ue000-\uf8ff\U00020000-\U0003ffff"
INNER_SPACE = re.compile(rf"(?<=[{HAN}])\s+(?=[{HAN}])")
MIDDLE_DOTS = dict.fromkeys(map(ord, "•‧・･∙⋅●"), "·")
LINE_ENDS = dict.fromkeys(map(ord, "\r\v\f\x85\u2028\u2029"), "\n") | {ord("\t"): " "}
JOINERS = "\u200c\u200d"  # They shape letters and rare signs; every other invisible mark is dropped.
NOTHING = {"", "-", "--", "/", "\\", "无", "没有", "不详", "未知", "暂无", "N/A"}

class Kind(StrEnum):
    """What a column holds: DAY a whole ISO day, MONEY whole fen, YES a tick (True or False); IDENTITY is the 编号 of an
    export, by which a row finds its record again."""

    TEXT = "text"
    NAME = "name"
    PARTIAL_DATE = "partial_date"
    PHONE = "phone"
    SEX = "sex"
    INTEGER = "integer"
    STAIRWELL = "stairwell"
    CHOICE = "choice"
    DAY = "day"
    MONEY = "money"
    YES = "yes"
    IDENTITY = "identity"


class Formula(str):
    """A cell that holds a formula: its text is shown in the refusal, and it is never calculated."""

    __slots__ = ()


class Fault(str):
    """A cell that holds one of Excel's error values, such as #N/A."""

    __slots__ = ()


class Day(str):
    """A true date of the sheet, in ISO form and as precise as its cell shows it."""

    __slots__ = ()


class Missing(Refused):
    sentence = _l("“%(title)s”不能空着，请填写。")


class IsFormula(Refused):
    sentence = _l("单元格里是公式，请复制后用“选择性粘贴—数值”改成文字再导入。")


class IsFault(Refused):
    sentence = _l("单元格里是错误值 %(value)s，请改成正确的内容。")


class TooLong(Refused):
    sentence = _l("内容有 %(length)s 个字，最多 %(longest)s 个字，请缩短。")


class NotAName(Refused):
    sentence = _l("“%(value)s”不像名称，请填写文字。")


class UnknownWord(Refused):
    sentence = _l("不认识“%(value)s”，请填写：%(words)s。")


class NotOnFile(Refused):
    """A list of names is too long to be told."""

    sentence = _l("名册里没有“%(value)s”，请照名册上的写法填写，或先登记。")


MOST_WORDS = 12


class NotANumber(Refused):
    sentence = _l("“%(value)s”不是整数，请只填数字。")


class NotAWholeDay(Refused):
    sentence = _l("“%(value)s”不是完整的日期，请写成 2026-11-19 这样的年月日。")


class NotMoney(Refused):
    sentence = _l("“%(value)s”不是金额，请写成 120 或 120.50，单位元。")


class NotAStairwell(Refused):
    sentence = _l("“%(value)s”看不出是哪个楼道，请写成 3幢2单元。")


class TurnedIntoDate(Refused):
    """Excel makes 2 March of a typed 3-2."""

    sentence = _l("“%(value)s”是日期，可能是 Excel 把“3-2”改成了日期，请把单元格设为文本后写成 3幢2单元。")


MEN, WOMEN = ("男", "男性", "男士", "M", "MALE"), ("女", "女性", "女士", "F", "FEMALE")
SEXES = dict.fromkeys(MEN, "m") | dict.fromkeys(WOMEN, "f")


def clean(text: str) -> str:
    """The text without control characters, direction marks and outer spaces; markup stays text."""
    text = text.replace("\r\n", "\n").translate(LINE_ENDS)
    if not text.isprintable():
        text = "".join(char for char in text if _kept(char))
    return text.strip()


def _kept(char: str) -> bool:
    if char == "\n" or char in JOINERS:
        return True
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs") and ord(char) & 0xFFFE != 0xFFFE


def squeeze(text: str) -> str:
    """The text folded, in capitals and without any space: how words are compared."""
    return re.sub(r"\s", "", fold(text)).upper()


def name(text: str) -> str:
    """A name without the spaces that centre two characters, one kind of middle dot, full-width folded."""
    tidy = re.sub(r"\s+", " ", fold(text)).strip().translate(MIDDLE_DOTS)
    tidy = re.sub(r" ?· ?", "·", INNER_SPACE.sub("", tidy))
    if tidy and not any(char.isalpha() or unicodedata.category(char) == "Co" for char in tidy):
        raise NotAName(value=text)
    return tidy


def sex(text: str) -> str:
    """The code of the sex, m or f."""
    return word(text, SEXES)


def word(text: str, choices: Mapping[str, object]) -> object:
    """The value behind one of the accepted words."""
    asked = squeeze(text)
    for accepted, value in choices.items():
        if squeeze(accepted) == asked:
            return value
    titles = {str(value): accepted for accepted, value in reversed(choices.items())}
    if len(titles) > MOST_WORDS:
        raise NotOnFile(value=text)
    raise UnknownWord(value=text, words="、".join(reversed(titles.values())))


def words_of(choices: type[Enum] | Mapping[str, object]) -> dict[str, object]:
    """Accepted words → value; of an enum its titles and its codes."""
    if isinstance(choices, Mapping):
        return {str(accepted): value for accepted, value in choices.items()}
    titles = {str(member.title): member.value for member in choices if str(member.title)}
    return titles | {str(member.value): member.value for member in choices if member.value}


def integer(text: str) -> int:
    """A whole number; thousands separators and a counting word behind it are left out."""
    found = re.fullmatch(r"(\d{1,3}(?:,\d{3})+|\d{1,9})(?:\.0+)?[人名个家户元]?", re.sub(r"\s", "", fold(text)))
    if not found:
        raise NotANumber(value=text)
    return int(found[1].replace(",", ""))


def whole_day(text: str) -> str:
    """A day in ISO form; a month or a year alone is refused."""
    day = partial_date(text)
    if len(day) < 10:
        raise NotAWholeDay(value=text)
    return day


def money(text: str) -> int:
    """Yuan as offices write them, with or without ￥ and thousands separators, as whole fen."""
    plain = re.sub(r"[\s,]", "", fold(text)).strip("¥￥元")
    found = re.fullmatch(r"(-?)(\d{1,9})(?:\.(\d{1,2}))?", plain)
    if not found:
        raise NotMoney(value=text)
    fen = int(found[2]) * 100 + int((found[3] or "0").ljust(2, "0"))
    return -fen if found[1] else fen


def yuan(fen: int) -> str:
    """Fen as yuan with two places, read back by ``money``."""
    return f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02}"


YES, NO = ("是", "有", "√", "✓", "Y", "YES", "TRUE", "1"), ("否", "无", "×", "N", "NO", "FALSE", "0")
TICKS = dict.fromkeys(YES, True) | dict.fromkeys(NO, False)


def tick(text: str) -> bool:
    """Yes or no."""
    return bool(word(text, TICKS))


def stairwell_name(text: str) -> str:
    """The stairwell's normal form, 3幢2单元."""
    if isinstance(text, Day) or re.fullmatch(r"\d{1,2}月\d{1,2}日", text):
        raise TurnedIntoDate(value=text)
    found = stairwell(text)
    if not found:
        raise NotAStairwell(value=text)
    return stairwell_text(*found)


def identity(text: str) -> int | None:
    """The record's id out of L187; anything else is the office's own numbering and says nothing here."""
    found = re.fullmatch(r"L(\d{1,12})", squeeze(text))
    return int(found[1]) if found else None


PARSERS: dict[Kind, Callable[[str], object]] = {
    Kind.NAME: name,
    Kind.PARTIAL_DATE: partial_date,
    Kind.PHONE: phone,
    Kind.SEX: sex,
    Kind.INTEGER: integer,
    Kind.STAIRWELL: stairwell_name,
    Kind.DAY: whole_day,
    Kind.MONEY: money,
    Kind.YES: tick,
    Kind.IDENTITY: identity,
}
SAYS_NOTHING = {
    Kind.PARTIAL_DATE, Kind.PHONE, Kind.SEX, Kind.INTEGER, Kind.STAIRWELL, Kind.CHOICE, Kind.DAY, Kind.MONEY,
}  # fmt: skip
BLANK = {Kind.INTEGER: None, Kind.IDENTITY: None, Kind.MONEY: None, Kind.YES: False}


def value_of(raw: str, kind: Kind, choices: Mapping[str, object] | None = None) -> object:
    """The clean value of one cell; blank is an empty text, or None for numbers."""
    if isinstance(raw, Formula):
        raise IsFormula()
    if isinstance(raw, Fault):
        raise IsFault(value=raw)
    tidy = clean(raw)
    if not tidy or (kind in SAYS_NOTHING and squeeze(tidy) in NOTHING):
        return BLANK.get(kind, "")
    if holds_id_number(tidy):
        raise HoldsIdNumber()
    if kind is Kind.TEXT:
        return tidy
    if kind is Kind.CHOICE:
        return word(tidy, choices or {})
    # The parser needs to know a number or a true date from typed text.
    return PARSERS[kind](type(raw)(tidy) if isinstance(raw, Number | Day) else tidy)


def text_of(value: object, kind: Kind, choices: Mapping[str, object] | None = None) -> str | int:
    """How a value is written into a sheet: what value_of reads back as the same."""
    if value is None or value == "":
        return ""
    if kind is Kind.INTEGER:
        return int(value)
    if kind is Kind.IDENTITY:
        return f"L{value}"
    if kind in (Kind.PARTIAL_DATE, Kind.DAY):
        return str(value).replace("-", ".")
    if kind is Kind.MONEY:
        return yuan(int(value))
    if kind is Kind.YES:
        return YES[0] if value else NO[0]
    if kind in (Kind.SEX, Kind.CHOICE):
        accepted = SEXES if kind is Kind.SEX else choices or {}
        return next((title for title, code in accepted.items() if code == value), str(value))
    return clean(str(value))
