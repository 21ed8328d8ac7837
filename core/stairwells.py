"""Stairwells as people write them: 3栋2单元, 3-2, ３幢２单元, 3号楼2单元 are one stairwell."""

import re

FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20, 0xA0: 0x20}
DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−－﹣ー"), "-")
NUMERALS = {**{digit: n for n, digit in enumerate("〇一二三四五六七八九")}, "零": 0, "两": 2}

NUMERAL = "[〇零一二两三四五六七八九十]{1,3}"
BUILDING = rf"(?:[0-9]{{1,3}}[A-Z]?|[A-Z][0-9]{{0,3}}|[甲乙丙丁戊己庚辛东西南北中]|{NUMERAL})"
STAIRWELL = rf"(?:[0-9]{{1,2}}|[A-Z]|[甲乙丙丁东西南北中]|{NUMERAL})"
ROOM = r"(?:-?[0-9]{1,5}[A-Z]?(?:室|号|房|户)?)?"
SPELLINGS = (
    re.compile(
        rf"第?({BUILDING})(?:幢|栋|棟|号楼|号|#楼|#|楼|座)-?第?({STAIRWELL})(?:单元|單元|门洞|门|梯|楼道){ROOM}"
    ),
    re.compile(rf"第?({BUILDING})(?:幢|栋|棟|号楼|号|#楼|#|楼|座)-?({STAIRWELL})(?:-[0-9]{{2,5}}室?)?"),
    re.compile(rf"({BUILDING})-({STAIRWELL})(?:单元|單元|-[0-9]{{2,5}}室?)?"),
)

Label = int | str


def fold(text: str) -> str:
    """Full-width letters, digits and punctuation as plain ones, every dash as one; Han is left alone."""
    return text.translate(FULL_WIDTH).translate(DASHES)


def han_number(text: str) -> int | None:
    """一 … 九十九, also digit by digit (二一); None where it is no number."""
    tens, ten, ones = text.rpartition("十")
    if any(char not in NUMERALS for char in tens + ones) or not text:
        return None
    if not ten:
        return int("".join(str(NUMERALS[char]) for char in ones))
    if len(tens) > 1 or len(ones) > 1:
        return None
    return (NUMERALS[tens] if tens else 1) * 10 + (NUMERALS[ones] if ones else 0)


def stairwell(text: str) -> tuple[Label, Label] | None:
    """Building and stairwell, a number where it is one (甲 and 3A stay words); a room behind them is dropped."""
    plain = re.sub(r"\s", "", fold(text)).upper()
    for spelling in SPELLINGS:
        if found := spelling.fullmatch(plain):
            labels = _label(found[1]), _label(found[2])
            return labels if all(labels) else None
    return None


def _label(word: str) -> Label:
    if word.isdecimal():
        return int(word)
    number = han_number(word)
    return word if number is None else number


def stairwell_text(building: Label, number: Label, word: str = "幢") -> str:
    """The normal form on every paper: 3幢2单元."""
    return f"{building}{word}{number}单元"


def stairwell_slug(building: Label, number: Label) -> str:
    """The part of an address that a printed QR carries for good: 3-2."""
    return f"{building}-{number}".lower()
