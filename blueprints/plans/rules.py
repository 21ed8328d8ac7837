"""The year's plan: collected, discussed, adopted; after that items are only carried out. Units propose by a link."""

from peewee import fn

from blueprints.cobuilding.models import MemberUnit, TaskState
from blueprints.plans import queries
from blueprints.plans.models import AnnualPlan, PlanItem, PlanState
from core import clock, links, zh
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.history import unchanged
from core.records.places import Place
from core.refusal import Refused
from core.registers.ledger import plain
from core.spreadsheets.cells import Kind
from core.text import _l

NEXT = {PlanState.COLLECTING: PlanState.DISCUSSED, PlanState.DISCUSSED: PlanState.ADOPTED}
FIELDS = ("name", "proposed_by", "unit", "responsible", "month", "venue", "people", "state", "result", "declined")


class YearTaken(Refused):
    sentence = _l("%(year)s 年的共建计划已经建好了。")
    status = 409


class NothingPlanned(Refused):
    sentence = _l("计划里还没有一项，不能进入下一步。请先登记或等单位提出。")


class Adopted(Refused):
    sentence = _l("计划已经联席会议确定，不能再加减项目；只登记进展和结果。")
    status = 409


class ClosedForProposals(Refused):
    sentence = _l("%(year)s 年的计划已经不再征集。有新的想法，请联系社区联络员。")
    status = 409


class NobodyAnswers(Refused):
    sentence = _l("“%(name)s”还没有责任单位，定下来才能确定计划。")


def begin(actor: Actor, place: Place, year: int, collect_until=None) -> AnnualPlan:
    """Open the collection of proposals for a year."""
    with writing():
        if queries.plan_of(place, year) is not None:
            raise YearTaken(year=year)
        plan = AnnualPlan.create(place=place, year=year, collect_until=collect_until)
        record(actor, Act.PLAN_CHANGED, plan, place, year=year, state=plan.state)
    return plan


def go_on(actor: Actor, plan: AnnualPlan, version: int, adopted_by: str = "") -> AnnualPlan:
    """To discussion, then adopted: by which meeting is kept. Raises NothingPlanned or NobodyAnswers."""
    with writing():
        fresh = unchanged(plan, version)
        following = NEXT.get(fresh.state)
        if following is None:
            raise Adopted()
        rows = list(queries.items(fresh))
        if not rows:
            raise NothingPlanned()
        if following is PlanState.ADOPTED:
            without = next((row for row in rows if not (row.unit_id or row.responsible)), None)
            if without is not None:
                raise NobodyAnswers(name=without.name)
            fresh.adopted_on, fresh.adopted_by = clock.today(), adopted_by.strip()
        fresh.state, fresh.version = following, fresh.version + 1
        fresh.save()
        record(actor, Act.PLAN_CHANGED, fresh, fresh.place_id, state=following)
    return fresh


def write_item(actor: Actor, plan: AnnualPlan, item: PlanItem | None, version: int, values: dict[str, object]) -> PlanItem:
    """A new item, or one written anew; of an adopted plan only progress and result."""
    with writing():
        held = unchanged(plan, None)
        row = _added(held) if item is None else unchanged(item, version)
        before = {name: plain(row.__data__.get(name), Kind.TEXT) for name in FIELDS}
        changes = {name: values[name] for name in FIELDS if name in values and (plain(values[name], Kind.TEXT) or "") != (before[name] or "")}
        if held.state is PlanState.ADOPTED and (item is None or set(changes) - {"state", "result"}):
            raise Adopted()
        for name, value in changes.items():
            setattr(row, name, value)
        row.version = (row.version or 0) + (1 if item is not None else 0)
        row.save()
        record(actor, Act.PLAN_CHANGED, row, held.place_id, after={name: str(value) for name, value in changes.items()})
    return row


def _added(plan: AnnualPlan) -> PlanItem:
    last = PlanItem.select(fn.MAX(PlanItem.position)).where(PlanItem.plan == plan).scalar()
    return PlanItem(plan=plan, position=(last or 0) + 1, name="", version=1, state=TaskState.NOT_STARTED)


def invite(actor: Actor, plan: AnnualPlan, unit: MemberUnit) -> str:
    """The address by which a unit proposes items, without an account; shown once."""
    with writing():
        token = links.give(plan.place, purpose(plan), unit.id)
        record(actor, Act.PLAN_CHANGED, plan, plan.place_id, invited=unit.name)
    return f"{links.community_address(plan.place)}/l/{token}/plan"


def invite_all(actor: Actor, plan: AnnualPlan, units: list[MemberUnit]) -> list[tuple[str, str, str]]:
    """(unit, liaison, message with its own address) for each unit; the units have their liaison joined."""
    until = f"{zh.day(plan.collect_until)}前" if plan.collect_until else ""
    words = f"请{until}点开下面的网址，为{plan.year}年度共建计划提项目，可以提几项："
    with writing():
        return [
            (unit.name, unit.liaison.name if unit.liaison else "", f"{unit.name}：{words}{invite(actor, plan, unit)}") for unit in units
        ]


def purpose(plan: AnnualPlan) -> str:
    """What the links of a plan are good for."""
    return f"plan-{plan.id}"


def propose(plan: AnnualPlan, unit: MemberUnit, values: dict[str, object]) -> PlanItem:
    """A unit proposes an item through its link. Raises ClosedForProposals once the plan is no longer collected."""
    with writing():
        held = unchanged(plan, None)
        if held.state is not PlanState.COLLECTING:
            raise ClosedForProposals(year=held.year)
        row = _added(held)
        for name in ("name", "month", "venue", "people"):
            setattr(row, name, values.get(name) or ("" if name in ("name", "venue") else None))
        row.proposed_by = row.unit = unit
        row.save()
        record(Actor(name=unit.name), Act.PLAN_CHANGED, row, held.place_id, proposed=row.name)
    return row
