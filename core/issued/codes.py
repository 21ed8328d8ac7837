"""Check codes: nine random characters and a tenth by which a slip of the pen is told from a paper nobody issued."""

import secrets
import unicodedata

from core.refusal import Refused
from core.text import _l

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U
LENGTH = 10
# What hands and input methods make of a code: look-alike letters, and separators that carry nothing.
LIKENESS = str.maketrans({"O": "0", "I": "1", "L": "1", "U": "V"} | dict.fromkeys(" \t\r\n-_·.—–−‐:：", ""))
FIELD = 0b100101  # x⁵ + x² + 1: powers of 2 run through all 31 values before they repeat


class CodeOfWrongLength(Refused):
    sentence = _l("核对码是 10 个字母或数字，您输入了 %(n)s 个。请对照纸上再输一次。")


class CodeMistyped(Refused):
    sentence = _l("这个核对码抄错了：有一个字不对，或者两个字换了位置。请对照纸上再看一遍，最容易看错的是 8 和 B、5 和 S、2 和 Z。")


class NoSuchPaper(Refused):
    sentence = _l("没有签发过核对码是 %(code)s 的文件。这张纸可能不是社区发的，请打社区电话问一问。")
    status = 404


def new_code() -> str:
    """A short code for print with 45 random bits, e.g. 7K3PX-9QT2M."""
    letters = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH - 1))
    return grouped(letters + check_letter(letters))


def check_letter(letters: str) -> str:
    """The letter that makes a row sound; ``0`` for a row that already ends with its own.

    Every place weighs another power of 2 in the field of 32, so one wrong letter, or two that changed places
    anywhere in the code, are always found.
    """
    sum_ = 0
    for letter in letters:
        sum_ = _doubled(sum_) ^ ALPHABET.index(letter)
    return ALPHABET[_doubled(sum_)] if len(letters) < LENGTH else ALPHABET[sum_]


def _doubled(value: int) -> int:
    value <<= 1
    return value ^ FIELD if value & 0b100000 else value


def grouped(plain: str) -> str:
    """Two groups of five, as printed and as kept."""
    return f"{plain[:5]}-{plain[5:]}"


def spelled(typed: str) -> str:
    """A code as kept, however it was typed: O for 0, I and L for 1, full-width, with or without the dash, as an address.

    Raises CodeOfWrongLength. Whether the code is sound is asked only of one that is not on file.
    """
    last = unicodedata.normalize("NFKC", typed).strip().rstrip("/").rsplit("/", 1)[-1]
    plain = "".join(letter for letter in last.upper().translate(LIKENESS) if letter in ALPHABET)
    if len(plain) != LENGTH:
        raise CodeOfWrongLength(n=len(plain))
    return grouped(plain)


def unknown(code: str) -> Refused:
    """What to say of a code, as kept, that is on no entry: mistyped, or never issued."""
    return NoSuchPaper(code=code) if check_letter(code.replace("-", "")) == "0" else CodeMistyped()
