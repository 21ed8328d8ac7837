"""How far the boards had come on any day: counted from the dated steps of promises and the dates of memberships."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from blueprints.boards.categories import in_order
from blueprints.boards.models import SHOWN_STATES, Commitment, CommitmentState, CommitmentStep
from blueprints.boards.rules import current_year
from blueprints.people.models import PartyMember
from core import clock
from core.records.places import Place
from core.spreadsheets.reading import write_table
from core.text import _, in_chinese

MOST_POINTS = 24
DONE = (CommitmentState.FULFILLED, CommitmentState.EVALUATED)


@dataclass(frozen=True)
class Figures:
    """The boards as they stood at the end of a day."""

    day: date
    members: int
    on_show: int
    buildings: int
    stairwells: int
    states: Counter
    categories: Counter

    @property
    def shown(self) -> int:
        """Promises that hung."""
        return sum(self.states[state] for state in SHOWN_STATES)

    @property
    def fulfilled(self) -> int:
        return sum(self.states[state] for state in DONE)

    @property
    def share(self) -> int | None:
        """Fulfilled of those that hung, in whole per cent; None where none hung."""
        return round(self.fulfilled * 100 / self.shown) if self.shown else None


def on(community: Place, day: date) -> Figures:
    """Counted are the promises of the day's own year (today: of the one on the boards); until the first of them hung,
    those of the year before, whose boards were still on the walls."""
    return _counted(community, day, _story(community))


def _story(community: Place) -> list[tuple]:
    """Every step of every promise in order: promise, instant, year, state, category, stairwell, building, member.

    Read at once and sorted out here: to ask for the latest step before each day is slow where there are no statistics.
    """
    steps = (
        CommitmentStep.select(
            CommitmentStep.commitment, CommitmentStep.at, Commitment.year, CommitmentStep.state, Commitment.category,
            Commitment.stairwell, Place.parent, Commitment.member,
        ).join(Commitment).join(Place, on=(Commitment.stairwell == Place.id))
        .where(Commitment.place == community).order_by(CommitmentStep.id)
    )  # fmt: skip
    return list(steps.tuples())


def _counted(community: Place, day: date, story: list[tuple]) -> Figures:
    year = current_year(community) if day >= clock.today() else day.year
    states: Counter = Counter()
    categories: Counter = Counter()
    places, people = {}, set()
    for state, category, stairwell, building, member in _on_the_walls(story, day, year):
        states[state] += 1
        if state in SHOWN_STATES:
            categories[category] += 1
            places[stairwell] = building
            people.add(member)
    return Figures(
        day, _members(community, day), len(people), len(set(places.values())), len(places), states, categories
    )


def _on_the_walls(story: list[tuple], day: date, year: int) -> list[list]:
    rows = _as_of(story, day, year)
    if any(row[0] in SHOWN_STATES for row in rows):
        return rows
    before = _as_of(story, day, year - 1)
    return before if any(row[0] in SHOWN_STATES for row in before) else rows


def _as_of(story: list[tuple], day: date, year: int) -> list[list]:
    """Every promise of a year in the state it had at the end of the day: state, category, stairwell, building, member."""
    end = clock.begins(day + timedelta(1))
    latest = {promise: now for promise, at, of, *now in story if of == year and at < end}
    return list(latest.values())


def _members(community: Place, day: date) -> int:
    since = PartyMember.since.is_null(True) | (PartyMember.since <= day)
    until = PartyMember.until.is_null(True) | (PartyMember.until > day)
    return PartyMember.select().where((PartyMember.place == community) & since & until).count()


def growth(community: Place) -> list[Figures]:
    """At the end of every quarter since something first hung, today last; of a long story the latest part."""
    story = _story(community)
    first = min((at for _promise, at, _year, state, *_rest in story if state is CommitmentState.PUBLISHED), default=None)
    if first is None:
        return []
    days = _quarter_ends(clock.local(first).date(), clock.today())[-MOST_POINTS:]
    return [_counted(community, day, story) for day in days]


def _quarter_ends(first: date, today: date) -> list[date]:
    days, day = [], first
    while day < today:
        month = (day.month - 1) // 3 * 3 + 4
        ends = date(day.year + month // 13, (month - 1) % 12 + 1, 1) - timedelta(1)
        if ends < today:
            days.append(ends)
        day = ends + timedelta(1)
    return [*days, today]


@in_chinese()
def table(points: list[Figures]) -> bytes:
    """The same as .xlsx, a row for each day."""
    states = [state for state in CommitmentState if any(one.states[state] for one in points)]
    kinds = sorted({kind for one in points for kind in one.categories}, key=in_order)
    heads = [
        _("日期"), _("在册党员"), _("公示党员"), _("覆盖楼栋"), _("覆盖楼道"), _("公示承诺"), _("已完成"), _("完成率"),
        *(str(state.title) for state in states), *(str(kind.title) for kind in kinds),
    ]  # fmt: skip
    rows = [
        [
            one.day.isoformat(), one.members, one.on_show, one.buildings, one.stairwells, one.shown, one.fulfilled,
            "" if one.share is None else f"{one.share}%", *(one.states[state] for state in states),
            *(one.categories[kind] for kind in kinds),
        ]
        for one in points
    ]  # fmt: skip
    return write_table(_("承诺公示统计"), heads, rows)

