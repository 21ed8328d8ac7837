"""The code on a form to be filled by hand: scanned or typed, it opens the page where the form is typed in."""

import re
from dataclasses import dataclass

from blueprints.boards.quarters import Quarter
from core.stairwells import fold

CODE = re.compile(r"(?:.*/)?L\s*(\d{1,9})(?:-(\d{4})(?:-([1-4]))?)?/?(?:\?.*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Code:
    """Whose form it is, of which year (0 where the code has none), of which quarter (0: 承诺书)."""

    member: int
    year: int = 0
    number: int = 0

    def __str__(self) -> str:
        parts = [f"L{self.member}", str(self.year) if self.year else "", str(self.number) if self.number else ""]
        return "-".join(filter(None, parts))

    @property
    def quarter(self) -> Quarter | None:
        return Quarter(self.year, self.number) if self.number else None


def read(text: str) -> Code | None:
    """L187-2026 (承诺书), L187-2026-4 (践诺登记表), L187 (this year's 承诺书), or the whole address a scanner types."""
    found = CODE.fullmatch(fold(text).strip())
    return Code(*(int(part or 0) for part in found.groups())) if found and int(found[1]) < 2**31 else None
