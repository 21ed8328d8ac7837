"""The example community's co-building: agreements with their tasks, one that ends soon, pairings, requests, posts, reviews."""

from collections.abc import Iterator
from datetime import date, timedelta

from blueprints.cobuilding import agreements
from blueprints.cobuilding.queries import unit_names
from blueprints.cobuilding.registers import AGREEMENTS, INSTRUCTORS, JOBS, PAIRINGS, REQUESTS, REVIEWS, TASKS
from core.access import Actor
from core.records.places import Place
from core.registers.ledger import enter
from core.workdays import add_workdays

# unit, its liaison, days since it began, days until it ends, tasks: (what, target, counted in, done, their owner, days until due, state)
AGREED = (
    ("市第三中学", "吴文斌", 344, 20, (
        ("周末和假期向居民开放操场", 40, "次", 36, "吴文斌", 15, "under_way"), ("选派教师为青少年讲科普课", 6, "次", 6, "许桂兰", 10, "done"),
    )),
    ("区供电营业部", "何永康", 200, 164, (
        ("1幢至5幢楼道照明改造", 22, "个楼道", 7, "何永康", 34, "under_way"), ("为独居老人检查用电线路", 30, "户", 12, "何永康", 60, "under_way"),
    )),
    ("同济堂药房", "方斌", 150, 214, (("每季度为居民测血压、血糖", 4, "次", 3, "方斌", 40, "under_way"),)),
    ("正信律师事务所", "魏文静", 100, 264, (("每月一次法律咨询", 12, "次", 3, "魏文静", 200, "under_way"),)),
    ("明泉物业公司", "金阿根", 90, 274, (("楼道杂物每月清理", 12, "次", 3, "金阿根", 240, "not_started"),)),
)  # fmt: skip
PAIRED = (
    ("市第三中学", "agreed", ""), ("区供电营业部", "agreed", ""), ("城中派出所", "assigned", "缺乏共建资源"),
    ("区人民医院门诊部", "assigned", "缺乏共建资源"), ("正信律师事务所", "agreed", ""),
)  # fmt: skip
WISHES = (
    ("新华书店", "门口非机动车乱停，请社区协调划线", "security", False, 4, "under_way"),
    ("丰禾超市", "夜间卸货噪声，请社区帮助与居民商量时段", "sanitation", False, 9, "not_started"),
    ("环卫所第二中队", "请增加10幢后面垃圾亭的清运次数", "sanitation", True, 6, "under_way"),
)  # fmt: skip
POSTS = (
    ("丰禾超市", "理货员", "4050", 6, 4), ("明泉物业公司", "保洁员", "4050", 8, 5), ("锦程汽车修理厂", "学徒工", "graduate", 2, 1),
)  # fmt: skip


def load(staff: dict[str, Actor], place: Place, today: date) -> Iterator[date]:
    """Agreements are older than the story; what is asked for came in these weeks."""
    clerk = staff["干事"]
    yield add_workdays(today, -34)[0]
    units = unit_names(place)
    for name, liaison, ago, ahead, tasks in AGREED:
        _agree(clerk, place, today, units[name], liaison, today - timedelta(days=ago), today + timedelta(days=ahead), tasks)
    for name, kind, reason in PAIRED:
        since = (today - timedelta(days=400)).isoformat()
        enter(PAIRINGS, clerk, place, {"unit": units[name], "kind": kind, "reason": reason, "since": since})
    enter(INSTRUCTORS, clerk, place, {
        "name": "文秀英", "unit": units["同济堂药房"], "sent_by": "梅苑社区党委", "since": (today - timedelta(days=300)).isoformat(),
    })  # fmt: skip
    enter(REVIEWS, clerk, place, {
        "unit": units["市第三中学"], "year": today.year, "ours": "操场按时开放，秩序好，居民满意。", "theirs": "社区每次都安排两名志愿者值守。",
        "agreed": "暑期增加早晨一小时。",
    })  # fmt: skip
    yield add_workdays(today, -8)[0]
    asked = add_workdays(today, -8)[0].isoformat()
    for name, matter, kind, ours, due, state in WISHES:
        enter(REQUESTS, clerk, place, {
            "unit": units[name], "matter": matter, "kind": kind, "ours": ours, "received_on": asked,
            "due_on": (today + timedelta(days=due)).isoformat(), "state": state,
        })  # fmt: skip
    for name, post, group, posts, filled in POSTS:
        enter(JOBS, clerk, place, {"unit": units[name], "post": post, "group": group, "posts": posts, "filled": filled, "since": asked})


def _agree(clerk: Actor, place: Place, today: date, unit: int, liaison: str, since: date, until: date, tasks: tuple) -> None:
    row = enter(AGREEMENTS, clerk, place, {
        "unit": unit, "title": "联手共建协议书", "purpose": agreements.purpose(), "ours": agreements.ours(),
        "theirs": agreements.theirs(), "our_liaison": "陆静怡", "their_liaison": liaison, "signed_on": since.isoformat(),
        "since": since.isoformat(), "until": until.isoformat(),
    })  # fmt: skip
    for text, target, counted_in, done, owner, days, state in tasks:
        due = min(until, today + timedelta(days=days)).isoformat()
        enter(TASKS, clerk, place, {
            "agreement": row.id, "text": text, "target": target, "counted_in": counted_in, "done": done, "our_owner": "陆静怡",
            "their_owner": owner, "due_on": due, "state": state,
        })  # fmt: skip
