"""The six ones fill themselves: each item looks for its evidence in the records that are there anyway."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date

from peewee import JOIN, fn

from blueprints.bodies import queries as bodies
from blueprints.cobuilding import queries as cobuilding
from blueprints.cobuilding.models import Agreement, AgreementTask, Liaison, MemberUnit, TaskState, UnitRequest
from blueprints.meetings.models import Meeting, MeetingState
from blueprints.plans import queries as plans
from blueprints.plans.models import PlanItem, PlanState
from blueprints.sharing.models import Project, ResourceKind, SharedResource
from blueprints.sixones.models import OURS, THEIRS, Item, SixOnesNote, Standing
from core import clock
from core.records.places import Place
from core.text import _

SERIES = 2  # so many make a series (一系列)
MOST = 20  # records that show one item


@dataclass(frozen=True)
class Proof:
    """A record that shows something of an item: what it says, where it stands, whether it alone is enough."""

    words: str
    url: str
    enough: bool = True


@dataclass(frozen=True)
class Line:
    """One item of one side: how far it is, what shows it, and what the office noted."""

    item: Item
    state: Standing
    proofs: tuple[Proof, ...]
    note: SixOnesNote | None


Evidence = dict[int | None, list[Proof]]  # by unit; None is the community itself


Among = Collection[int] | None  # which units are asked for; None is every one


def _of(column, among: Among):
    """The condition that a row belongs to one of the units asked for."""
    return True if among is None else column.in_(list(among))


def _in(year: int, column):
    return (column >= date(year, 1, 1)) & (column <= date(year, 12, 31))


def _plan(place: Place, year: int, among: Among) -> Evidence:
    plan = plans.plan_of(place, year)
    if plan is None:
        return {}
    words = _("%(year)s 年度共建计划", year=year)
    return {None: [Proof(words, f"/office/plans/{plan.id}", plan.state is PlanState.ADOPTED)]}


def _theme(place: Place, year: int, among: Among) -> Evidence:
    return {None: [Proof(row.text, f"/office/focuses/{row.id}") for row in bodies.focuses(place, year)]}


def _rules(place: Place, year: int, among: Among) -> Evidence:
    return {None: [Proof(row.title, f"/office/charters/{row.id}") for row in bodies.rules_in_force(place, last_day(year))]}


def _meeting(place: Place, year: int, among: Among) -> Evidence:
    none = (MeetingState.PLANNED, MeetingState.CANCELLED)
    held = Meeting.select().where((Meeting.place == place) & (Meeting.year == year) & Meeting.state.not_in(none))
    return {None: [Proof(one.title, f"/office/meetings/{one.id}") for one in held.order_by(Meeting.held_at).limit(5)]}


def _activities(place: Place, year: int, among: Among) -> Evidence:
    return {None: _series(list(plans.activities(place, year)))}


def _series(activities: list) -> list[Proof]:
    return [Proof(one.name, f"/office/joint-activities/{one.id}", len(activities) >= SERIES) for one in activities]


def _surroundings(place: Place, year: int, among: Among) -> Evidence:
    asked = (UnitRequest.place == place) & (UnitRequest.void == "") & ~UnitRequest.ours & _in(year, UnitRequest.received_on)
    rows = UnitRequest.select().where(asked).order_by((UnitRequest.state == TaskState.DONE).desc(), UnitRequest.id.desc()).limit(MOST)
    return {None: [Proof(row.matter, f"/office/unit-requests/{row.id}", row.state is TaskState.DONE) for row in rows]}


def _scheme(place: Place, year: int, among: Among) -> Evidence:
    holds = (Agreement.since <= date(year, 12, 31)) & (Agreement.until >= date(year, 1, 1)) & (Agreement.void == "")
    rows = Agreement.select().where((Agreement.place == place) & holds & _of(Agreement.unit, among))
    return _by_unit((row.unit_id, Proof(row.title, f"/office/agreements/{row.id}")) for row in rows)


def _liaison(place: Place, year: int, among: Among) -> Evidence:
    rows = Liaison.select(Liaison, MemberUnit).join(MemberUnit).where(
        (MemberUnit.place == place) & Liaison.until.is_null() & _of(Liaison.unit, among)
    )
    return _by_unit((row.unit_id, Proof(row.name, f"/office/units/{row.unit_id}")) for row in rows if row.name)


def _service(place: Place, year: int, among: Among) -> Evidence:
    tasks = AgreementTask.select(AgreementTask, Agreement).join(Agreement).where(
        (AgreementTask.place == place) & (AgreementTask.void == "") & _in(year, AgreementTask.due_on) & _of(Agreement.unit, among)
    )
    done = [(row.agreement.unit_id, Proof(row.text, f"/office/agreement-tasks/{row.id}", row.state is TaskState.DONE)) for row in tasks]
    projects = Project.select(Project, SharedResource).join(SharedResource, JOIN.LEFT_OUTER).where(
        (Project.place == place) & (Project.void == "") & _in(year, Project.since)
        & _of(fn.COALESCE(Project.unit, SharedResource.unit), among)
    )
    done += [(_giver(row), Proof(row.name, f"/office/projects/{row.id}", row.until is not None)) for row in projects]
    if plan := plans.plan_of(place, year):
        rows = plans.items(plan).where(PlanItem.unit.is_null(False) & _of(PlanItem.unit, among))
        done += [(row.unit_id, Proof(row.name, f"/office/plans/{plan.id}", row.state is TaskState.DONE)) for row in rows]
    return _by_unit(done)


def _giver(project: Project) -> int | None:
    return project.unit_id or (project.resource.unit_id if project.resource_id else None)


def _taking_part(place: Place, year: int, among: Among) -> Evidence:
    return {unit: _series(held) for unit, held in plans.took_part(place, year, among).items()}


def _base(place: Place, year: int, among: Among) -> Evidence:
    venues = (SharedResource.kind == ResourceKind.VENUE) & (SharedResource.void == "")
    stands = SharedResource.until.is_null() | (SharedResource.until > date(year, 1, 1))
    rows = SharedResource.select().where((SharedResource.place == place) & venues & stands & _of(SharedResource.unit, among))
    return _by_unit((row.unit_id, Proof(row.name, f"/office/resources/{row.id}")) for row in rows)


def _by_unit(found) -> Evidence:
    proofs: Evidence = defaultdict(list)
    for unit, proof in found:
        if unit is not None:
            proofs[unit].append(proof)
    return proofs


# What no record can show (a team of volunteers) is noted by hand.
SOURCES: dict[Item, Callable[[Place, int, Among], Evidence]] = {
    Item.THEME: _theme, Item.RULES: _rules, Item.PLAN: _plan, Item.MEETING: _meeting, Item.ACTIVITIES: _activities,
    Item.SURROUNDINGS: _surroundings, Item.SCHEME: _scheme, Item.LIAISON: _liaison, Item.SERVICE: _service, Item.TAKING_PART: _taking_part, Item.BASE: _base,
}  # fmt: skip


def lines(place: Place, year: int, units: Collection[MemberUnit] | None = None) -> dict[int | None, list[Line]]:
    """Both sides' six items in a year: the community under None, units (those given, else all) under their numbers."""
    if units is None:
        units = list(cobuilding.units(place).where(cobuilding.belonging(last_day(year))))
    among = [unit.id for unit in units]
    found = {item: source(place, year, among) for item, source in SOURCES.items()}
    notes = {(note.unit_id, note.item): note for note in _notes(place, year, among)}
    sides = {None: OURS} | dict.fromkeys(among, THEIRS)
    return {
        side: [_line(item, found.get(item, {}).get(side, []), notes.get((side, item))) for item in items]
        for side, items in sides.items()
    }


def last_day(year: int) -> date:
    """Up to which day a year is looked at: today, or its end when it is over."""
    return min(clock.today(), date(year, 12, 31))


def _notes(place: Place, year: int, among: Collection[int]) -> Iterator[SixOnesNote]:
    of = SixOnesNote.unit.is_null() | SixOnesNote.unit.in_(list(among))
    return SixOnesNote.select().where((SixOnesNote.place == place) & (SixOnesNote.year == year) & of)


def _line(item: Item, proofs: list[Proof], note: SixOnesNote | None) -> Line:
    """What the office noted counts where it goes further than the records."""
    if any(proof.enough for proof in proofs):
        state = Standing.DONE
    elif proofs:
        state = Standing.UNDER_WAY
    else:
        state = Standing.NOT_STARTED
    if note is not None and (state is not Standing.DONE or note.state is Standing.NOT_APPLICABLE):
        order = list(Standing)
        state = max(state, note.state, key=order.index)
    return Line(item, state, tuple(proofs), note)


def note(place: Place, unit: MemberUnit | None, year: int, item: Item) -> SixOnesNote | None:
    """What the office noted of an item."""
    mine = SixOnesNote.unit == unit if unit is not None else SixOnesNote.unit.is_null()
    where = (SixOnesNote.place == place) & (SixOnesNote.year == year) & (SixOnesNote.item == item) & mine
    return SixOnesNote.get_or_none(where)
