"""What 今日要办 shows: areas answer with Due rows and a Card; the office page sorts and shows them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core import zh
from core.text import _

NEAR_DAYS = 2  # 临期


@dataclass(frozen=True)
class Due:
    """One thing to do: by when, what, where; ``verb`` is the word on its button, ``area`` the name of its place.

    ``paper`` says that it is done with paper: something to print, to hang, to take down.
    """

    text: str
    url: str
    verb: str
    area: str
    day: date | None = None
    who: str = ""
    paper: bool = False

    def light(self, today: date, near_days: int = NEAR_DAYS) -> str:
        """``bad`` overdue, ``warn`` within two days (临期), else ``ok``."""
        if self.day is None or (self.day - today).days > near_days:
            return "ok"
        return "bad" if self.day < today else "warn"

    def words(self, today: date) -> str:
        """How long there is, as one says it."""
        left = (self.day - today).days
        if left < 0:
            return _("超 %(n)s 天", n=-left)
        if left > NEAR_DAYS:
            return zh.short_day(self.day)
        return (_("今天"), _("明天"), _("后天"))[left]


@dataclass(frozen=True)
class Card:
    """How one thing stands, beside the list: groups of (words, light, [(label, url), …]), or a calm sentence.

    ``figure`` is (reached, of how many, words below) where there is something to count.
    """

    title: str
    url: str
    link: str
    groups: Sequence[tuple[str, str, Sequence[tuple[str, str]]]] = ()
    calm: str = ""
    figure: tuple[int, int, str] | None = None
