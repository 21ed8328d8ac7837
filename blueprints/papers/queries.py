"""Reads of the register of issued papers."""

from core.records.papers import IssuedPaper


def coded(code: str) -> IssuedPaper | None:
    """The paper behind a check code, however it was typed: O for 0, I and L for 1, with or without the dash."""
    plain = code.upper().translate(str.maketrans("OIL", "011", "-  　"))
    return IssuedPaper.get_or_none(IssuedPaper.code == f"{plain[:5]}-{plain[5:]}")
