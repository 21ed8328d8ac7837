"""The example community's three lists: what units share, what is wanted, what came of it; a venue booked next week."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from blueprints.cobuilding.queries import unit_names
from blueprints.sharing import rules
from blueprints.sharing.registers import NEEDS, PROJECTS, RESOURCES
from core.access import Actor
from core.records.places import Place
from core.registers.ledger import enter
from core.workdays import add_workdays

SHARED = (
    ("二楼会议室", "venue", "", "周一至周五 9:00—17:00", "开会、培训，用完关灯"), ("学校操场", "venue", "市第三中学", "周六、周日 8:00—11:00", "不进教学区"),
    ("阅览室", "venue", "新华书店", "每天 9:00—20:00", ""), ("法律咨询", "skill", "正信律师事务所", "每月第一个周三下午", ""),
    ("健康讲座老师", "lecturer", "区人民医院门诊部", "提前一周预约", ""), ("血压计、血糖仪", "equipment", "同济堂药房", "营业时间", "当天归还"),
)  # fmt: skip


def load(staff: dict[str, Actor], place: Place, today: date) -> Iterator[date]:
    """Lists first, then one need that met a resource, and one that waits."""
    clerk = staff["干事"]
    yield add_workdays(today, -30)[0]
    units, began = unit_names(place), (today - timedelta(days=200)).isoformat()
    made = {
        name: enter(RESOURCES, clerk, place, {"name": name, "kind": kind, "unit": units.get(unit, ""), "hours": hours, "terms": terms, "since": began})
        for name, kind, unit, hours, terms in SHARED
    }
    need = enter(NEEDS, clerk, place, {"name": "老年人用药讲座", "kind": "lecturer", "asked_by": "第二党支部", "state": "done"})
    enter(NEEDS, clerk, place, {"name": "合唱队想借地方排练", "kind": "venue", "asked_by": "梅韵合唱队", "detail": "每周一次，20人", "state": "open"})
    enter(PROJECTS, clerk, place, {
        "name": "用药安全讲座", "need": need.id, "resource": made["健康讲座老师"].id, "people": 46,
        "since": add_workdays(today, -20)[0].isoformat(), "until": add_workdays(today, -18)[0].isoformat(),
        "result": "讲了常用药的吃法和保存，现场答疑。",
    })  # fmt: skip
    yield add_workdays(today, -3)[0]
    day = add_workdays(today, 4)[0]
    begins, ends = (datetime.combine(day, time(hour)) for hour in (14, 16))
    rules.book(clerk, made["二楼会议室"], begins, ends, "居民代表学习", "社区居委会", "15400000001")
