"""The example community's plan of the year, adopted and half carried out, and the activities units held together."""

from collections.abc import Iterator
from datetime import date, timedelta

from blueprints.cobuilding.queries import unit_names
from blueprints.plans import rules
from blueprints.plans.models import AnnualPlan
from blueprints.plans.registers import ACTIVITIES
from core.access import Actor
from core.records.places import Place
from core.registers.ledger import enter
from core.workdays import add_workdays

# what, who proposed it, who carries it out, month, where, how many people, how far, what came of it
PLANNED = (
    ("春季义诊进楼道", "区人民医院门诊部", "区人民医院门诊部", 3, "1幢至5幢", 200, "done", "测血压、血糖213人次"),
    ("周末开放操场", "市第三中学", "市第三中学", 4, "学校操场", 1500, "under_way", ""),
    ("楼道照明改造", "区供电营业部", "区供电营业部", 10, "1幢至5幢", None, "under_way", "已改造7个楼道"),
    ("青少年科普课", "", "市第三中学", 7, "社区活动室", 120, "done", "开课6次，138人次"),
    ("冬季消防演练", "城中派出所", "城中派出所", 12, "小区广场", 150, "not_started", ""),
)  # fmt: skip
HELD = (
    ("义诊进楼道", 250, "区人民医院门诊部", "同济堂药房、区人民医院门诊部", 213, "卫生进社区"),
    ("邻里节文艺演出", 60, "", "市第三中学、新华书店、明泉物业公司", 320, "文体进社区"),
    ("反诈宣传进楼道", 25, "城中派出所", "农商银行城中支行、城中派出所", 96, "法律进社区"),
)  # fmt: skip


def load(staff: dict[str, Actor], place: Place, today: date) -> Iterator[date]:
    """The plan as the office would have typed it, adopted by a joint meeting."""
    clerk = staff["干事"]
    yield add_workdays(today, -33)[0]
    units = unit_names(place)
    plan = rules.begin(clerk, place, today.year)
    items = [
        rules.write_item(clerk, plan, None, 0, {
            "name": name, "proposed_by": units.get(proposer), "unit": units.get(unit), "month": month, "venue": venue, "people": people,
        })
        for name, proposer, unit, month, venue, people, _state, _result in PLANNED
    ]  # fmt: skip
    for adopted_by in ("", f"{today.year}年第1次联席会议"):
        rules.go_on(clerk, plan, AnnualPlan.get_by_id(plan.id).version, adopted_by)
    for item, (*_planned, state, result) in zip(items, PLANNED, strict=True):
        rules.write_item(clerk, AnnualPlan.get_by_id(plan.id), item, item.version, {"state": state, "result": result})
    for name, ago, unit, sponsors, people, campaign in HELD:
        enter(ACTIVITIES, clerk, place, {
            "name": name, "on": (today - timedelta(days=ago)).isoformat(), "unit": units.get(unit, ""), "sponsors": sponsors,
            "people": people, "campaign": campaign,
        })  # fmt: skip
