"""The example community's bodies: the group that leads, the group that coordinates, their rules, a leader's contact point."""

from collections.abc import Iterator
from datetime import date, timedelta

from blueprints.bodies.registers import BODIES, CHARTERS, DOCUMENTS, FOCUSES, HELD, POINT_VISITS, POINTS, SEATS
from core.access import Actor
from core.records.places import Place
from core.registers.ledger import enter
from core.workdays import add_workdays

RULES = """一、总则
协调小组在社区党委领导下开展工作，由社区党委、成员单位党组织负责人组成。
二、会议
（一）协调小组每季度开一次会，由组长召集，通报上次议定事项的落实情况。
（二）议题由成员单位提出，社区党委汇总，会前五个工作日发给各成员单位。
三、共建
成员单位自愿参加，量力而行，不摊派、不收费、不排名。"""
LEADERS = (("顾明远", "chair", "市委副书记"), ("钱卫东", "deputy", "市委组织部部长"), ("周启明", "office_head", "市委组织部副部长"))
COORDINATORS = (("沈国庆", "chair", "社区党委书记"), ("吴文斌", "deputy", "市第三中学副校长"), ("何永康", "member", "区供电营业部主任"))


def load(staff: dict[str, Actor], place: Place, today: date) -> Iterator[date]:
    """What was there long ago, then this year's focus and what was held."""
    clerk, began = staff["干事"], (today - timedelta(days=900)).isoformat()
    yield add_workdays(today, -35)[0]
    enter(DOCUMENTS, clerk, place, {
        "title": "关于开展机关与社区联手共建的意见", "number": "梅委发〔2023〕8号", "issuer": "市委", "issued_on": began,
        "governs": "共建协议、六个一、结对",
    })  # fmt: skip
    top = enter(BODIES, clerk, place, {
        "name": "市社区党建工作领导小组", "kind": "leading_group", "level": "市", "office": "市委组织部", "since": began,
        "document": "梅委发〔2023〕8号",
    })  # fmt: skip
    group = enter(BODIES, clerk, place, {
        "name": "梅苑社区党建工作协调小组", "kind": "coordination", "level": "社区", "parent": top.id,
        "office": "社区党群服务中心", "since": began, "duties": "协调成员单位共驻共建，督促议定事项落实。",
    })  # fmt: skip
    for body, people in ((top, LEADERS), (group, COORDINATORS)):
        for name, post, duty in people:
            enter(SEATS, clerk, place, {"name": name, "body": body.id, "post": post, "duty": duty, "since": began})
    enter(CHARTERS, clerk, place, {
        "title": "协调小组工作制度", "body": group.id, "edition": 1, "adopted_on": began, "adopted_by": "第一次联席会议", "text": RULES,
    })  # fmt: skip
    enter(FOCUSES, clerk, place, {"text": "邻里互助，共建红色楼道", "body": group.id, "year": today.year})
    point = enter(POINTS, clerk, place, {"leader": "顾明远", "post": "市委副书记", "kind": "community", "since": began})
    yield add_workdays(today, -12)[0]
    day = add_workdays(today, -12)[0].isoformat()
    enter(HELD, clerk, place, {"name": "楼道照明改造现场会", "body": group.id, "on": day, "kind": "检查", "people": 18})
    enter(POINT_VISITS, clerk, place, {
        "point": point.id, "on": day, "matter": "看了党员服务中心和三个楼道的公示牌，与六名居民代表座谈。",
        "problem": "3幢北侧非机动车棚晚上没有照明。",
    })  # fmt: skip
