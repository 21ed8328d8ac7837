"""How official papers write numbers, days, sums and marks, in Chinese whatever the reader's language; what a letter holds."""

import re
from dataclasses import dataclass
from datetime import date

from core import zh

numeral = zh.number
HAN = "〇㐀-\u9fff豈-\ufaff\U00020000-\U000323af"
_WIDE = HAN + "，。、；：？！（）《》〈〉“”‘’〔〕【】"
_MARKS = str.maketrans(",;:?!", "，；：？！")
_FIGURES = "零壹贰叁肆伍陆柒捌玖"
_ENDS_SENTENCE = re.compile(rf"(?<=[{HAN}”）》])\. *(?=[{HAN}“（”’）\n]|$)")
_BRACKETS = re.compile(rf"\(([^()]*[{HAN}][^()]*)\)|(?<=[{HAN}])\(([^()]*)\)")
_QUOTES = re.compile(rf'"([^"]*[{HAN}][^"]*)"')
_AFTER_HAN = re.compile(rf"(?<=[{_WIDE}])[,;:?!] *")
_BEFORE_HAN = re.compile(rf"[,;:?!] *(?=[{_WIDE}])")


@dataclass(frozen=True)
class OfficialLetter:
    """What print/letterhead.html sets of a letter: ``head`` "red" or "plain", its text by paragraphs, its signature."""

    head: str
    issuing_body: str
    number: str
    title: str
    addressee: str
    text: str
    attached: tuple[str, ...]
    signed_by: str
    signed_on: str
    printed_by: str = ""


def day(value: date | str | None) -> str:
    """2026年11月19日 without leading zeros (§7.3.5.1); a partial date keeps its precision."""
    parts = [int(part) for part in str(value)[:10].split("-")] if value else []
    return "".join(f"{number}{unit}" for number, unit in zip(parts, "年月日", strict=False))


def weekday(value: date) -> str:
    """星期四, as a notice of meeting writes it behind the day."""
    return "星期" + zh.WEEKDAYS[value.weekday()]


def document_number(mark: str, year: int, serial: int) -> str:
    """梅社〔2026〕3号: six-cornered brackets, the serial without leading zeros (§7.2.5)."""
    return f"{mark}〔{year}〕{serial}号"


def full_width(text: str) -> str:
    """Marks typed on a Latin keyboard become Chinese ones beside Chinese characters; 9:00 and 87.2 stay."""
    text = _BRACKETS.sub(lambda found: f"（{found[1] if found[1] is not None else found[2]}）", text)
    text = _QUOTES.sub(r"“\1”", text)
    text = _AFTER_HAN.sub(_wide_mark, text)
    text = _BEFORE_HAN.sub(_wide_mark, text)
    return _ENDS_SENTENCE.sub("。", text)


def _wide_mark(found: re.Match) -> str:
    return found[0].strip().translate(_MARKS)


def money(fen: int) -> str:
    """壹仟零贰元伍角整: a sum of integer fen in the capital figures of a voucher."""
    yuan, rest = divmod(abs(fen), 100)
    jiao, cents = divmod(rest, 10)
    words = _yuan(yuan) + "元" if yuan or not rest else ""
    words += _FIGURES[jiao] + "角" if jiao else ("零" if cents and yuan else "")
    return ("负" if fen < 0 else "") + words + (_FIGURES[cents] + "分" if cents else "整")


def _yuan(value: int) -> str:
    if not value:
        return _FIGURES[0]
    words, skipped = "", False
    for power, unit in ((10**8, "亿"), (10**4, "万"), (1, "")):
        group, value = divmod(value, power)
        if group:
            words += ("零" if words and (skipped or group < 1000) else "") + _thousands(group) + unit
        skipped = bool(words) and (not group or group % 10 == 0)
    return words


def _thousands(group: int) -> str:
    """One to 9999 in words, with 零 where figures between are skipped."""
    words = ""
    for power, unit in ((1000, "仟"), (100, "佰"), (10, "拾"), (1, "")):
        figure, group = divmod(group, power)
        if figure:
            words += _FIGURES[figure] + unit
        elif words and group >= 1 and not words.endswith("零"):
            words += "零"
    return words
