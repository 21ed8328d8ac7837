"""What 今日要办 shows: every area answers with Due rows, the office page only sorts them."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Due:
    """One thing to do: by when, what, where; ``verb`` is the word on its button, ``area`` the name of its place."""

    text: str
    url: str
    verb: str
    area: str
    day: date | None = None
    who: str = ""

    def light(self, today: date, near_days: int = 2) -> str:
        """``bad`` overdue, ``warn`` within two days (临期), else ``ok``."""
        if self.day is None or (self.day - today).days > near_days:
            return "ok"
        return "bad" if self.day < today else "warn"
