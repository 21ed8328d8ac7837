"""What was reported of promises so far: how much in all, when last, where it can be seen."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from peewee import JOIN, ModelSelect, fn

from blueprints.boards.models import SHOWN_STATES, Commitment, Progress
from core.records.people import Account
from core.records.places import Place


@dataclass(frozen=True)
class Done:
    """What was reported of one promise: how much in all, on how many occasions, last on which day, where it can be seen."""

    amount: int
    entries: int
    last: date
    evidence: str = ""


def done(community: Place, year: int, *where: object) -> dict[int, Done]:
    """Per promise what was reported of it; ``where`` narrows to a stairwell, a member, a quarter."""
    rows = (
        Progress.select(Progress.commitment, Progress.amount, Progress.done_on, Progress.evidence)
        .join(Commitment)
        .where((Commitment.place == community) & (Commitment.year == year), *where)
        .order_by(Progress.done_on, Progress.id)
        .tuples()
    )
    found: dict[int, list[tuple]] = defaultdict(list)
    for number, *entry in rows:
        found[number].append(entry)
    return {number: _sum(entries) for number, entries in found.items()}


def _sum(entries: list[tuple]) -> Done:
    seen = dict.fromkeys(evidence for _amount, _day, evidence in entries if evidence)
    return Done(sum(amount for amount, _day, _evidence in entries), len(entries), entries[-1][1], "；".join(seen))


def done_of(number: int) -> int:
    """How much of one promise was reported in all."""
    return Progress.select(fn.COALESCE(fn.SUM(Progress.amount), 0)).where(Progress.commitment == number).scalar()


def progress(commitment: Commitment) -> ModelSelect:
    """What was reported of one promise, oldest first, with who typed it in."""
    return (
        Progress.select(Progress, Account)
        .join(Account, JOIN.LEFT_OUTER)
        .where(Progress.commitment == commitment)
        .order_by(Progress.done_on, Progress.id)
    )


def last_done(community: Place, year: int, stairwell: Place | None = None) -> dict[int, date]:
    """Per commitment on show: the day of the last progress, or on which it was fulfilled; one without is not begun."""
    shown = (Commitment.place == community) & (Commitment.year == year) & Commitment.state.in_(SHOWN_STATES)
    shown = shown & (Commitment.stairwell == stairwell) if stairwell else shown
    fulfilled = Commitment.select(Commitment.id, Commitment.fulfilled_on).where(shown & Commitment.fulfilled_on.is_null(False))
    reported = (
        Progress.select(Progress.commitment, fn.MAX(Progress.done_on)).join(Commitment).where(shown).group_by(Progress.commitment)
    )
    return dict(reported.tuples()) | dict(fulfilled.tuples())
