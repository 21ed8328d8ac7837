"""Telephone numbers as offices write them, one or several in a cell."""

import re

from core.refusal import Refused
from core.stairwells import fold
from core.text import _l

MOBILE = re.compile(r"(?:\+?86)?(1\d{10})")
LANDLINE = re.compile(r"\(?(0\d{2,3})?\)?-?(\d{7,8}|\d{3,4}-\d{4})(?:(?:-|转|EXT\.?)(\d{1,6}))?")
SERVICE = re.compile(r"[48]00-?\d{3,4}-?\d{3,4}|\d{3}|\d{5,6}")


class NotAPhone(Refused):
    sentence = _l("“%(value)s”不像电话号码：手机号为 11 位，固定电话为 7 或 8 位，请核对。")


class LostDigits(Refused):
    sentence = _l("“%(value)s”是被 Excel 缩写的数字，后几位已看不到，请把单元格设为文本后重填号码。")


def phone(text: str) -> str:
    """One or several numbers, each in its usual form, with / between them."""
    plain = fold(text).upper().strip()
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", plain):
        raise LostDigits(value=text)
    whole = _one_phone(plain)
    parts = [whole] if whole else [_one_phone(part) for part in re.split(r"[/、,;\s或]+", plain) if part]
    if not parts or not all(parts):
        raise NotAPhone(value=text)
    return "/".join(dict.fromkeys(parts))


def _one_phone(text: str) -> str:
    spaceless = re.sub(r"\s", "", text)
    if found := MOBILE.fullmatch(spaceless.replace("-", "")):
        return found[1]
    if found := LANDLINE.fullmatch(spaceless):
        area, number, extension = found.groups()
        return "-".join(part for part in (area, number.replace("-", ""), extension) if part)
    return spaceless if SERVICE.fullmatch(spaceless) else ""
