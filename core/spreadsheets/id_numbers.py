"""ID-card numbers: found by their check character, never kept and never shown again."""

import re

from core.refusal import Refused
from core.stairwells import fold
from core.text import _l

ID_NUMBER = re.compile(r"(?<!\d)(\d{17}[\dXx])(?!\d)")
ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
STARS = "*" * 18


class HoldsIdNumber(Refused):
    sentence = _l("内容里有身份证号码。本系统不保存身份证号码，请删去后再导入。")


def holds_id_number(text: str) -> bool:
    """Whether an ID-card number with a right check character stands in the text."""
    return len(text) > len(ID_WEIGHTS) and any(map(_is_id_number, ID_NUMBER.findall(fold(text))))


def without_id_numbers(text: str) -> str:
    """The text as it may be shown and kept: stars where ID-card numbers stood."""
    hidden = ID_NUMBER.sub(lambda found: STARS if _is_id_number(found[0]) else found[0], fold(text))
    return hidden if STARS in hidden else text


def _is_id_number(number: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number, ID_WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == number[-1].upper()
