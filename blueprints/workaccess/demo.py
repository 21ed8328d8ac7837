"""The example community's work access: one matter admitted and under way, one waiting for the joint meeting, one refused at the door."""

from collections.abc import Iterator
from datetime import date, timedelta

from blueprints.meetings.models import Meeting, MeetingState
from blueprints.workaccess import rules
from blueprints.workaccess.registers import FORMS, UNADMITTED
from core.access import Actor
from core.records.places import Place
from core.registers.ledger import enter
from core.workdays import add_workdays

FILLED_ANYWAY = (("老年人情况表", "区民政局", "每半年", "老人、独居、养老"), ("低保对象台账", "区民政局", "每月", "低保、残疾、特困"))


def load(staff: dict[str, Actor], place: Place, today: date) -> Iterator[date]:
    """An application from the department's letter to the check under the one name."""
    clerk, secretary = staff["干事"], staff["书记"]
    yield add_workdays(today, -32)[0]
    for name, department, often, covers in FILLED_ANYWAY:
        enter(FORMS, clerk, place, {"name": name, "department": department, "often": often, "covers": covers})
    row = rules.apply(clerk, place, _wanted(today, "区民政局", "居家养老需求调查"), ["老年人情况统计表"])
    row = rules.submit(clerk, row, row.version)
    yield add_workdays(today, -4)[0]
    met = Meeting.select().where((Meeting.place == place) & (Meeting.state == MeetingState.ISSUED)).first()
    row = rules.confer(clerk, row, row.version, met, "同意，与楼道走访合并进行，不另填表。", "人手够，表格用现有的。")
    row = rules.decide(secretary, row, row.version, True, "", "")
    rules.carry_out(clerk, row, row.version, "task", "由楼组长随走访登记，月底汇总。")
    waiting = rules.apply(clerk, place, _wanted(today, "区统计局", "人口抽样调查入户登记"), ["住户登记表"])
    rules.submit(clerk, waiting, waiting.version)
    enter(UNADMITTED, clerk, place, {
        "matter": "每周上报商铺巡查表", "department": "某街道科室", "asked_on": add_workdays(today, -5)[0].isoformat(), "how": "工作群通知",
        "refused": True, "reported_to": "领导小组办公室", "reported_on": add_workdays(today, -4)[0].isoformat(),
    })  # fmt: skip


def _wanted(today: date, department: str, matter: str) -> dict[str, object]:
    return {
        "department": department, "matter": matter, "contact": "张科长", "basis": "〔2026〕12号第五条", "content": "入户登记，约400户",
        "community_part": "通知居民、陪同入户", "since": today, "until": today + timedelta(days=60), "funds": "每户3元，随任务拨付",
        "people": "部门派2人，培训半天",
    }  # fmt: skip
