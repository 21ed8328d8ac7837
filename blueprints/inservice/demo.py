"""The example community's in-service members: who checked in, what they did, what two employers asked."""

from collections.abc import Iterator
from datetime import date, timedelta

from blueprints.cobuilding.models import TaskState
from blueprints.inservice import asking, queries, rules
from blueprints.inservice.models import CheckIn, InquiryKind, Six, Verdict
from core import clock
from core.access import Actor
from core.records.places import Place
from core.workdays import add_workdays

KEYS = ("name", "employer", "stairwell", "duty", "skills", "free_time", "posts", "tasks")
ARRIVED = (
    ("高志强", "市第一医院", "3幢2单元", "主治医师", "急救、慢病管理", "周末", "健康讲座", "联络员、参加一支服务队、办一件实事"),
    ("冯雅琴", "市第三中学", "4幢1单元", "教师", "书法、作文辅导", "寒暑假", "暑期辅导角", "做一个表率、提一条建议"),
    ("阿不都热西提·阿不力孜", "市供电公司", "7幢2单元", "班长", "水电维修", "周六上午", "楼道维修", "参加一支服务队、联系一户困难家庭"),
    ("吴䶮", "区司法局", "9幢3单元", "科员", "法律咨询", "周三晚上", "法律咨询点", "联络员、办一件实事"),
    ("沈堃", "市公共交通集团", "11幢1单元", "驾驶员", "车辆保养", "轮休日", "楼道巡查", "做一个表率"),
    ("何㛃", "市图书馆", "12幢6单元", "馆员", "阅读推广", "周日下午", "亲子阅读", "提一条建议、办一件实事"),
)
SERVED = (("社区义诊", 4, 26), ("暑期作业辅导", 4, 9), ("检修楼道灯和单元门", 3, 1), ("法律咨询", 4, 7), ("夜间楼道巡查", 2, 1), ("亲子阅读", 3, 14))
ASKED = "拟推荐为市级先进工作者，了解其在社区的表现。"
FOUND = "每月到社区义诊一次，参加楼道清扫两次，居民有急事上门量过血压。"


def load(staff: dict[str, Actor], place: Place, today: date) -> Iterator[date]:
    """Six arrive, serve, and are asked about."""
    clerk = staff["干事"]
    yield add_workdays(today, -33)[0]
    rows = [rules.arrive(clerk, place, dict(zip(KEYS, one, strict=True))) for one in ARRIVED]
    yield add_workdays(today, -20)[0]
    for row, (what, half_hours, people) in zip(rows, SERVED, strict=True):
        rules.serve(clerk, row, clock.today(), what, half_hours, people, "陆静怡")
    for row in rows[:3]:
        first = queries.taken([row])[row.id][0]
        rules.go_on_with(clerk, row, row.version, {Six(first.task): (TaskState.UNDER_WAY, "")})
    yield add_workdays(today, -12)[0]
    _answered(clerk, CheckIn.get_by_id(rows[0].id))
    yield add_workdays(today, -3)[0]
    inquiry = asking.ask(clerk, rows[3], InquiryKind.ADMISSION, "拟接收为预备党员，征求居住地党组织意见。", today + timedelta(days=7))
    for verdict in (Verdict.GOOD, Verdict.GOOD, Verdict.FAIR):
        asking.hear(inquiry, verdict, "")


def _answered(clerk: Actor, row: CheckIn) -> None:
    inquiry = asking.ask(clerk, row, InquiryKind.AWARD, ASKED, None)
    for verdict in (Verdict.GOOD,) * 5 + (Verdict.FAIR,):
        asking.hear(inquiry, verdict, "")
    drafted = asking.draft(clerk, inquiry, 1, "走访楼道居民", FOUND)
    asking.answered(clerk, asking.shown_to_member(clerk, drafted, drafted.version, ""))
