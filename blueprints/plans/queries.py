"""Reads of annual plans and joint activities."""

from collections.abc import Collection
from datetime import date

from peewee import JOIN, ModelSelect, fn

from blueprints.cobuilding import queries as cobuilding
from blueprints.cobuilding.models import MemberUnit, TaskState
from blueprints.plans.models import AnnualPlan, JointActivity, PlanItem, PlanState
from core import clock, settings
from core.access import Actor, Can
from core.due import Due
from core.records.places import Place
from core.text import _, _l

OPEN = (TaskState.NOT_STARTED, TaskState.UNDER_WAY)


def visible_to(actor: Actor, community: Place) -> ModelSelect:
    """Plans the actor may see here, the newest year first."""
    scope = AnnualPlan.place.in_(actor.communities(Can.UNITS_READ)) & (AnnualPlan.place == community)
    return AnnualPlan.select().where(scope).order_by(AnnualPlan.year.desc())


def plan_of(community: Place, year: int) -> AnnualPlan | None:
    """The plan of a year."""
    return AnnualPlan.get_or_none((AnnualPlan.place == community) & (AnnualPlan.year == year))


def items(plan: AnnualPlan, declined: bool = False) -> ModelSelect:
    """A plan's items in order of their months, with who proposed and who answers; or those not taken up."""
    proposer = MemberUnit.alias()
    chosen = PlanItem.declined != "" if declined else PlanItem.declined == ""
    return (
        PlanItem.select(PlanItem, MemberUnit, proposer)
        .join(MemberUnit, JOIN.LEFT_OUTER, on=PlanItem.unit, attr="unit")
        .switch(PlanItem)
        .join(proposer, JOIN.LEFT_OUTER, on=PlanItem.proposed_by, attr="proposed_by")
        .where((PlanItem.plan == plan) & chosen)
        .order_by(fn.COALESCE(PlanItem.month, 13), PlanItem.position)
    )


def item_names(community: Place) -> dict[str, int]:
    """Items of adopted plans, the newest year first."""
    rows = (
        PlanItem.select(PlanItem, AnnualPlan).join(AnnualPlan)
        .where((AnnualPlan.place == community) & (PlanItem.declined == ""))
        .order_by(AnnualPlan.year.desc(), PlanItem.position)
    )  # fmt: skip
    return {f"{row.plan.year}年·{row.name}（L{row.id}）": row.id for row in rows}


def of_activity(activity: JointActivity) -> dict[str, object]:
    """Which of the names printed as sponsors are member units, and which nobody knows yet (待核对)."""
    known = cobuilding.unit_names(activity.place)
    names = sponsors(activity.sponsors)
    return {"sponsors": [(name, known.get(name)) for name in names]}


def sponsors(text: str) -> list[str]:
    """The names in a line of sponsors."""
    return [name for part in text.replace("，", "、").replace(",", "、").split("、") if (name := part.strip())]


def took_part(community: Place, year: int, among: Collection[int] | None = None) -> dict[int, list[JointActivity]]:
    """Activities of a year by the units (those asked for, else all) that led or sponsored them."""
    units = MemberUnit.select(MemberUnit.name, MemberUnit.id).where(MemberUnit.place == community)
    known = dict((units if among is None else units.where(MemberUnit.id.in_(list(among)))).tuples())
    found: dict[int, list[JointActivity]] = {}
    for one in activities(community, year):
        units = {known.get(name) for name in sponsors(one.sponsors)} | ({one.unit_id} & set(known.values()))
        for unit in units - {None}:
            found.setdefault(unit, []).append(one)
    return found


def activities(community: Place, year: int) -> ModelSelect:
    """Joint activities of a year, in order of their days."""
    inside = (JointActivity.on >= date(year, 1, 1)) & (JointActivity.on <= date(year, 12, 31))
    return JointActivity.select().where((JointActivity.place == community) & (JointActivity.void == "") & inside).order_by(JointActivity.on)


settings.declare(
    "plans.campaigns", _l("进社区、进家庭的主题（共办活动按它计数）"),
    "道德规范进社区 科教进社区 文体进社区 法律进社区 卫生进社区 环保绿化进社区 婚育新风进社区 道德规范进家庭 科教进家庭 文体进家庭 法律进家庭 卫生进家庭",
    _l("“七进社区”“五进家庭”活动"), group="meetings",
)  # fmt: skip


def campaigns(community: Place, year: int) -> list[tuple[str, int, int]]:
    """Every theme of the settings, then others that were used: how many activities of a year, and how many people came."""
    names = str(settings.value("plans.campaigns", community)).split()
    rows = activities(community, year).select(JointActivity.campaign, fn.COUNT(JointActivity.id), fn.COALESCE(fn.SUM(JointActivity.people), 0))
    found = {name: (held, people) for name, held, people in rows.where(JointActivity.campaign != "").group_by(JointActivity.campaign).order_by(JointActivity.campaign).tuples()}
    return [(name, *found.get(name, (0, 0))) for name in dict.fromkeys([*names, *found])]


def progress(plan: AnnualPlan) -> list[tuple[object, int]]:
    """How many items are in which state."""
    listed = PlanItem.select(PlanItem.state, fn.COUNT(PlanItem.id)).where((PlanItem.plan == plan) & (PlanItem.declined == ""))
    counts = dict(listed.group_by(PlanItem.state).tuples())
    return [(state.title, counts.get(state, 0)) for state in TaskState]


def due(actor: Actor, community: Place):
    """A year without a plan, proposals that are complete, items whose month is over."""
    if not actor.can(Can.UNITS_EDIT, community):
        return
    today, area = clock.today(), _("年度共建计划")
    plan = plan_of(community, today.year)
    if plan is None and today.month <= 3:
        yield Due(_("%(year)s 年的共建计划还没有开始征集", year=today.year), "/office/plans", _("开始征集"), area, date(today.year, 3, 31))
    if plan is None:
        return
    url = f"/office/plans/{plan.id}"
    if plan.state is PlanState.COLLECTING and plan.collect_until and plan.collect_until <= today:
        yield Due(_("%(year)s 年共建计划征集到期，汇总后提交联席会议协商", year=plan.year), url, _("去汇总"), area, plan.collect_until)
    if plan.state is PlanState.ADOPTED:
        late = items(plan).where(PlanItem.state.in_(OPEN) & (PlanItem.month < today.month)).count()
        if late:
            yield Due(_("共建计划有 %(n)s 项过了计划月份还没完成", n=late), url, _("去登记"), area, today.replace(day=1))
