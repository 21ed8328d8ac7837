"""年度共建计划 on paper: while it is made, as adopted, and at the year's end with what came of it."""

from dataclasses import dataclass

from blueprints.cobuilding import queries as cobuilding
from blueprints.organisation.queries import body_of
from blueprints.plans import queries
from blueprints.plans.models import AnnualPlan, PlanItem
from core import clock
from core.printing import gongwen
from core.text import in_chinese


@dataclass(frozen=True)
class ItemLine:
    """One item of the plan."""

    name: str
    proposed_by: str
    responsible: str
    month: str
    venue: str
    people: str
    state: str
    result: str


@dataclass(frozen=True)
class PlanSheet:
    """The plan; ``report`` adds what became of each item and the year's figures in words."""

    title: str
    body: str
    note: str
    day: str
    report: bool
    items: tuple[ItemLine, ...]
    figures: tuple[str, ...]


@in_chinese()
def plan(row: AnnualPlan, report: bool = False) -> PlanSheet:
    """The plan as it stands today."""
    adopted = f"{gongwen.day(row.adopted_on)}{row.adopted_by}确定" if row.adopted_on else str(row.state.title)
    return PlanSheet(
        title=f"{row.year}年度共驻共建{'工作报告' if report else '计划'}", body=body_of(row.place), note=adopted,
        day=gongwen.day(clock.today()), report=report, items=tuple(_line(item) for item in queries.items(row)),
        figures=tuple(_figures(row)) if report else (),
    )  # fmt: skip


def _line(item: PlanItem) -> ItemLine:
    responsible = "、".join(filter(None, [item.unit.name if item.unit_id else "", item.responsible]))
    return ItemLine(
        item.name, item.proposed_by.name if item.proposed_by_id else "社区", responsible or "社区",
        f"{item.month}月" if item.month else "", item.venue, str(item.people) if item.people is not None else "",
        str(item.state.title), item.result,
    )  # fmt: skip


def _figures(row: AnnualPlan):
    community, last = row.place, min(clock.today(), clock.today().replace(year=row.year, month=12, day=31))
    held = list(queries.activities(community, row.year))
    yield f"成员单位{cobuilding.count(community, last)}家，结对{cobuilding.paired(community, last).count()}对。"
    yield "计划项目" + "，".join(f"{title}{number}项" for title, number in queries.progress(row)) + "。"
    yield f"共办活动{len(held)}次，参加{sum(one.people or 0 for one in held)}人次。"
    posts, filled = cobuilding.posts(community, row.year)
    yield f"成员单位提供岗位{posts}个，到岗{filled}人。"
