"""The quarters of a year: whose promises had no progress in one, and when the office is reminded of it."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from peewee import JOIN, ModelSelect

from blueprints.boards.models import SHOWN_STATES, Commitment, CommitmentState, Progress
from blueprints.people.models import PartyMember
from core import clock, settings
from core.access import Actor, Can
from core.due import Due
from core.records.people import Person
from core.records.places import PartyOrg, Place
from core.text import _, _l

settings.declare("boards.quarterly", _l("按季度登记践诺进展"), True, group="boards")
settings.declare("boards.remind", _l("季度结束前多少天提醒还没有进展的党员"), 20, group="boards")
NAMED = 4  # branches in a reminder


@dataclass(frozen=True, order=True)
class Quarter:
    """A quarter of a year, 1 to 4."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "Quarter":
        return cls(day.year, (day.month - 1) // 3 + 1)

    @classmethod
    def coded(cls, code: str) -> "Quarter | None":
        """2026-4, None for anything else."""
        year, _dash, number = code.partition("-")
        if len(year) == 4 and year.isdecimal() and number in ("1", "2", "3", "4"):
            return cls(int(year), int(number))
        return None

    @property
    def code(self) -> str:
        return f"{self.year}-{self.number}"

    @property
    def first(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last(self) -> date:
        return self.next.first - timedelta(days=1)

    @property
    def next(self) -> "Quarter":
        return Quarter(self.year + self.number // 4, self.number % 4 + 1)

    @property
    def before(self) -> "Quarter":
        return Quarter.of(self.first - timedelta(days=1))

    @property
    def title(self) -> str:
        return _("%(year)s年第%(number)s季度", year=self.year, number="一二三四"[self.number - 1])


def within(quarter: Quarter):
    """The condition that a progress entry lies in a quarter."""
    return Progress.done_on.between(quarter.first, quarter.last)


def owed(community: Place, quarter: Quarter) -> ModelSelect:
    """The promises that hung in a quarter of members still here, with member, person, branch and stairwell joined.

    What was fulfilled before the quarter began owes nothing in it.
    """
    hung = Commitment.published_on.is_null(False) & (Commitment.published_on <= quarter.last)
    under_way = Commitment.fulfilled_on.is_null(True) | (Commitment.fulfilled_on >= quarter.first)
    return (
        Commitment.select(Commitment, PartyMember, Person, PartyOrg, Place)
        .join(PartyMember)
        .join(Person)
        .switch(PartyMember)
        .join(PartyOrg, JOIN.LEFT_OUTER)
        .switch(Commitment)
        .join(Place, on=(Commitment.stairwell == Place.id))
        .where(
            (Commitment.place == community) & (Commitment.year == quarter.year) & hung & under_way
            & Commitment.state.in_((*SHOWN_STATES, CommitmentState.ARCHIVED)) & PartyMember.until.is_null(True)
        )
        .order_by(PartyOrg.position, PartyOrg.id, Place.position, Person.sort_key, Commitment.id)
    )  # fmt: skip


def reported_in(community: Place, quarter: Quarter) -> set[int]:
    """Ids of the promises something was reported of in a quarter."""
    rows = (
        Progress.select(Progress.commitment).join(Commitment)
        .where((Commitment.place == community) & within(quarter)).distinct().tuples()
    )  # fmt: skip
    return {row[0] for row in rows}


@dataclass(frozen=True)
class MemberQuarter:
    """One member's quarter: the promises that hung, and how many of them anything was reported of."""

    member: PartyMember
    stairwell: Place
    promises: int
    reported: int

    @property
    def silent(self) -> bool:
        """Whether nothing at all was reported."""
        return not self.reported


def members(community: Place, quarter: Quarter) -> list[MemberQuarter]:
    """Everybody with a promise on show in a quarter, branch by branch."""
    told = reported_in(community, quarter)
    groups: dict[int, list[Commitment]] = defaultdict(list)
    for row in owed(community, quarter):
        groups[row.member_id].append(row)
    return [_quarter_of(rows, told) for rows in groups.values()]


def _quarter_of(rows: list[Commitment], told: set[int]) -> MemberQuarter:
    done = sum(row.id in told or row.done for row in rows)
    return MemberQuarter(rows[0].member, rows[0].stairwell, len(rows), done)


def due(actor: Actor, community: Place) -> Iterator[Due]:
    """Some days before a quarter ends and as long after: which branches have members without any progress in it."""
    if not actor.can(Can.BOARDS_EDIT, community) or not settings.value("boards.quarterly", community):
        return
    today, days = clock.today(), timedelta(days=int(settings.value("boards.remind", community)))
    now = Quarter.of(today)
    for quarter in (now.before, now):
        if quarter.last - days <= today <= quarter.last + days:
            yield from _reminder(community, quarter)


def _reminder(community: Place, quarter: Quarter) -> Iterator[Due]:
    silent = [one for one in members(community, quarter) if one.silent]
    if silent:
        branches = Counter(one.member.org.name if one.member.org else str(_("未编支部")) for one in silent)
        named = "、".join(_("%(branch)s %(n)s 人", branch=name, n=n) for name, n in branches.most_common(NAMED))
        if len(branches) > NAMED:
            named = _("%(names)s等", names=named)
        text = _("%(quarter)s还有 %(n)s 名党员没有践诺进展：%(branches)s", quarter=quarter.title, n=len(silent), branches=named)
        yield Due(text, f"/office/boards/quarters/{quarter.code}", _("去登记"), str(_("党员承诺")), quarter.last)
