"""Honest figures of the box, of a year and of a month (7.6): counts first, a rate only from five on."""

import calendar
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from peewee import SQL, Case, Expression, fn

from blueprints.suggestions.concern import about_the_office
from blueprints.suggestions.kinds import ANSWERED, OPEN, Kind, Rating, State
from blueprints.suggestions.models import Suggestion
from core import clock
from core.records.places import Place
from core.text import _, _n

SMALLEST_BASE = 5
NOT_COUNTED = (State.WITHDRAWN, State.DUPLICATE)


def share(part: int, base: int) -> str:
    """A rate with its numbers; with fewer than five only the numbers, which would point at single people."""
    if base < SMALLEST_BASE:
        return _n("%(part)s 件（共 %(num)s 件）", "%(part)s 件（共 %(num)s 件）", base, part=part)
    return _("%(percent)s%%（%(part)s/%(base)s）", percent=round(100 * part / base), part=part, base=base)


def counted(community: Place) -> Expression:
    """What figures count: neither what was taken back or merged, nor anything about those who work here.

    The person meant knows what the queue shows: a figure one higher, whenever it rises, would be a message.
    """
    return (Suggestion.place == community) & Suggestion.state.not_in(NOT_COUNTED) & ~about_the_office(community)


def _sums(tests: list[Expression]) -> list:
    return [fn.COALESCE(fn.SUM(Case(None, [(test, 1)], 0)), 0) for test in tests]


@dataclass(frozen=True)
class Figures:
    """What the box did in a year."""

    received: int
    answered: int
    on_time: int
    overdue: int
    ratings: tuple[int, int, int]

    @property
    def on_time_base(self) -> int:
        """What can be judged: answered, and open past their day."""
        return self.answered + self.overdue

    @property
    def on_time_share(self) -> str:
        return share(self.on_time, self.on_time_base)

    @property
    def satisfied_share(self) -> str:
        return share(self.ratings[0] + self.ratings[1], sum(self.ratings))


def of_year(community: Place, year: int) -> Figures:
    """The messages that came in a year, as they stand today."""
    answered = Suggestion.answered_on.is_null(False)
    tests = [
        SQL("1 = 1"), answered, answered & (Suggestion.answered_on <= Suggestion.due_on),
        Suggestion.state.in_(OPEN) & (Suggestion.due_on < clock.today()),
        *(Suggestion.rating == rating for rating in Rating),
    ]  # fmt: skip
    within = Suggestion.received_on.between(date(year, 1, 1), date(year, 12, 31))
    row = Suggestion.select(*_sums(tests)).where(counted(community) & within).tuples().first()
    numbers = [int(number) for number in row]
    return Figures(*numbers[:4], ratings=tuple(numbers[4:]))


@dataclass(frozen=True)
class Line:
    """One kind in one month, or all of them."""

    title: str
    received: int = 0
    answered: int = 0
    on_time: int = 0
    rejected: int = 0
    passed_on: int = 0
    open: int = 0
    overdue: int = 0
    rated: int = 0
    satisfied: int = 0

    def numbers(self) -> tuple[int, ...]:
        """The columns of the sheet, in its order."""
        return (self.received, self.answered, self.on_time, self.rejected, self.passed_on, self.open, self.overdue)


@dataclass(frozen=True)
class Month:
    """A month of the box: ``last`` is its last day, or today while it runs."""

    first: date
    last: date
    lines: tuple[Line, ...]
    total: Line

    @property
    def running(self) -> bool:
        """Whether the month is not over yet."""
        return self.last < _end(self.first)

    @property
    def on_time_share(self) -> str:
        return share(self.total.on_time, self.total.answered + self.total.overdue)

    @property
    def satisfied_share(self) -> str:
        return share(self.total.satisfied, self.total.rated)


def _end(first: date) -> date:
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


def of_month(community: Place, first: date) -> Month:
    """What came, was answered and stayed open in the month that begins on ``first``, kind by kind; one query."""
    last = min(_end(first), clock.today())
    rows = (
        Suggestion.select(Suggestion.kind, *_sums(_month_tests(first, last)))
        .where(counted(community) & (Suggestion.received_on <= last))
        .group_by(Suggestion.kind)
        .tuples()
    )
    found = {Kind(kind): [int(number) for number in numbers] for kind, *numbers in rows}
    lines = tuple(Line(str(kind.title), *found.get(kind, ())) for kind in Kind)
    columns = list(zip(*found.values(), strict=True)) or [(0,)] * len(_month_tests(first, last))
    return Month(first, last, lines, Line(_("合计"), *(sum(column) for column in columns)))


def _month_tests(first: date, last: date) -> list[Expression]:
    """The conditions of the columns of a ``Line``, in its order."""
    answered_then = Suggestion.answered_on.between(first, last)
    answered = answered_then & Suggestion.state.in_((*ANSWERED, *OPEN))  # open again since: it was answered all the same
    still = Suggestion.answered_on.is_null() | (Suggestion.answered_on > last)
    satisfied = Suggestion.rating.in_((Rating.SATISFIED, Rating.FAIRLY))
    return [
        Suggestion.received_on.between(first, last), answered, answered & (Suggestion.answered_on <= Suggestion.due_on),
        answered_then & (Suggestion.state == State.REJECTED), answered_then & (Suggestion.state == State.TRANSFERRED),
        still, still & (Suggestion.due_on < last), answered & Suggestion.rating.is_null(False), answered & satisfied,
    ]  # fmt: skip


def months(community: Place, most: int = 12) -> Iterator[date]:
    """The first days of the months that can be looked at, the present one first, back to the first message."""
    oldest = Suggestion.select(fn.MIN(Suggestion.received_on)).where(Suggestion.place == community).scalar()
    month = clock.today().replace(day=1)
    for _month in range(most):
        yield month
        if oldest is None or month <= oldest:
            return
        month = (month.replace(year=month.year - 1, month=12) if month.month == 1 else month.replace(month=month.month - 1))
