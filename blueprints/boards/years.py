"""From one year to the next: last year's promises proposed again, never overwritten; the old year archived."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from peewee import fn

from blueprints.boards import queries, rules
from blueprints.boards.models import LIVING, SHOWN_STATES, Commitment, CommitmentState, CommitmentStep
from core import clock, settings
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.records.places import Place
from core.refusal import Refused
from core.text import _, _l

CARRIED = (*SHOWN_STATES, CommitmentState.ARCHIVED)
UNPUBLISHED = tuple(state for state in LIVING if state not in SHOWN_STATES)


class NothingToTakeOver(Refused):
    sentence = _l("%(year)s年度没有可以沿用的承诺，或者都已经沿用过了。")


class YearNotOver(Refused):
    sentence = _l("%(year)s年度还没有结束，不能归档。")


class NothingToArchive(Refused):
    sentence = _l("%(year)s年度没有要归档的承诺。")


@dataclass(frozen=True)
class Year:
    """One year of promises: how many in which state."""

    year: int
    counts: dict[CommitmentState, int]

    @property
    def total(self) -> int:
        """Without those withdrawn."""
        return sum(n for state, n in self.counts.items() if state is not CommitmentState.WITHDRAWN)

    @property
    def open(self) -> int:
        """How many an archive would close."""
        return sum(n for state, n in self.counts.items() if state in LIVING)


def years(community: Place) -> list[Year]:
    """Every year there are promises of, the latest first."""
    rows = (
        Commitment.select(Commitment.year, Commitment.state, fn.COUNT(Commitment.id))
        .where(Commitment.place == community)
        .group_by(Commitment.year, Commitment.state)
        .tuples()
    )
    found: dict[int, dict] = {}
    for year, state, count in rows:
        found.setdefault(year, {})[state] = count
    return [Year(year, found[year]) for year in sorted(found, reverse=True)]


def known(community: Place, now: int) -> list[int]:
    """The years a list can be switched to: those with promises, the one on the boards (``now``) and the next."""
    rows = Commitment.select(Commitment.year).where(Commitment.place == community).distinct().tuples()
    return sorted({now, now + 1} | {row[0] for row in rows}, reverse=True)


def to_take_over(community: Place, year: int) -> list[Commitment]:
    """What hung in a year, of members still here, and stands in no way in the next one yet."""
    taken = {(row.member_id, row.text) for row in _of(community, year + 1)}
    again = {row.origin_id for row in _of(community, year + 1)}
    rows = queries.on_boards(community, year, CARRIED)
    return [row for row in rows if row.id not in again and (row.member_id, row.text) not in taken]


def _of(community: Place, year: int):
    return Commitment.select(Commitment.member, Commitment.text, Commitment.origin).where(
        (Commitment.place == community) & (Commitment.year == year)
    )


def begin(actor: Actor, community: Place, year: int, chosen: Collection[int] | None = None) -> int:
    """``year`` begins with the promises of the year before, as proposals (提诺); ``chosen`` are ids, None means all.

    What the new year has already stays as it is, so it may be pressed again. How many were proposed.
    """
    with writing():
        rows = [row for row in to_take_over(community, year - 1) if chosen is None or row.id in chosen]
        if not rows:
            raise NothingToTakeOver(year=year - 1)
        made = [_again(row, year) for row in rows]
        at, who = clock.now(), "" if actor.account_id else actor.name
        note = _("沿用%(year)s年度", year=year - 1)
        steps = [
            {"commitment": row, "at": at, "account": actor.account_id, "state": row.state, "note": note, "who": who}
            for row in made
        ]
        for part in rules.portions(steps):
            CommitmentStep.insert_many(part).execute()
        record(actor, Act.YEAR_BEGUN, None, community, year=year, origins=[row.id for row in rows])
    return len(made)


def _again(row: Commitment, year: int) -> Commitment:
    """The same promise a year on; it hangs where the member is responsible today."""
    member = row.member
    return Commitment.create(
        place=row.place_id, member=member, stairwell=member.stairwell_id or row.stairwell_id, year=year, text=row.text,
        category=row.category, target=row.target, goal=row.goal, unit=row.unit, support=row.support, origin=row,
        due_on=row.due_on and _a_year_on(row.due_on),
    )  # fmt: skip


def _a_year_on(day: date) -> date:
    leap = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if leap else day.day)


def archive(actor: Actor, community: Place, year: int) -> int:
    """归档 of a year that is over: what hung is archived as it was, what never hung is withdrawn. How many."""
    if year >= clock.today().year:
        raise YearNotOver(year=year)
    with writing():
        rows: Sequence[Commitment] = list(
            Commitment.select().where((Commitment.place == community) & (Commitment.year == year) & Commitment.state.in_(LIVING))
        )
        hung = [row for row in rows if row.state in SHOWN_STATES]
        never = [row for row in rows if row.state in UNPUBLISHED]
        if not rows:
            raise NothingToArchive(year=year)
        if hung:
            rules.archive(actor, hung)
        if never:
            rules.withdraw(actor, never, _("%(year)s年度已结束，没有公示。", year=year))
        if int(settings.value("boards.year", community)) == year:
            settings.put("boards.year", 0, community)
            record(actor, Act.SETTING_CHANGED, None, community, key="boards.year", value=0)
    return len(rows)
