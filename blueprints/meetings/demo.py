"""The example community's joint meetings: one issued, one waiting for review, one planned."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from blueprints.meetings import bringing, ledger, rules
from blueprints.meetings.models import Meeting, MeetingSeries, Resolution
from blueprints.meetings.protocol import Decision, Item, Protocol, Seat
from blueprints.meetings.states import Presence, ResolutionState
from core import clock
from core.access import Actor
from core.records.places import Place
from core.workdays import add_workdays

FILE = Path(__file__).parent.parent.parent / "data" / "joint-meeting.json"
LIGHTS = (
    "会议就1幢至5幢楼道照明改造的施工协调进行了讨论。区供电营业部介绍了施工顺序，社区居委会通报了入户告知情况，"
    "明泉物业公司提出施工期间保留一侧通道。会议同意按楼道逐个施工、逐个恢复。"
)

PROGRESS = (
    (ResolutionState.DONE, "14家单位已核对，2家更换了联络员。"),
    (ResolutionState.UNDER_WAY, "票样和候选人简介已送印，按楼道分发。"),
)


def load(staff: dict[str, Actor], place: Place, today: date) -> Iterator[date]:
    """The file of the repository comes in as issued; what followed it is this office's own."""
    clerk = staff["干事"]
    yield add_workdays(today, -6)[0]
    issued, _new = bringing.bring_in(clerk, place, FILE.read_bytes())
    yield add_workdays(today, -2)[0]
    waiting = rules.enter(clerk, issued.series, _coordination(issued.series))
    rules.submit(clerk, waiting, waiting.version)
    _report(clerk, issued)
    yield today
    rules.enter(clerk, issued.series, _next(issued.series, add_workdays(today, 15)[0]))


def _report(clerk: Actor, meeting: Meeting) -> None:
    """What became of the first decisions; before the day of the meeting there is nothing to report."""
    if clock.today() < clock.local(meeting.held_at).date():
        return
    rows = meeting.resolutions.order_by(Resolution.due_on, Resolution.id)
    for row, (state, note) in zip(rows, PROGRESS, strict=False):
        ledger.progress(clerk, row, row.version, state, note, clock.today())


def _coordination(series: MeetingSeries) -> Protocol:
    day = clock.today()
    decided = Decision("每个楼道施工当天完成并恢复照明，次日上午由楼组长和居民代表现场查看。", "区供电营业部、明泉物业公司", day + timedelta(days=21))
    return Protocol(
        **_head(series, day, time(9)), ended_at=clock.utc(datetime.combine(day, time(10, 20))),
        seats=(
            Seat(Presence.PRESENT, "梅苑社区党委", "沈国庆"), Seat(Presence.PRESENT, "区供电营业部", "何永康"),
            Seat(Presence.PRESENT, "明泉物业公司", "金阿根"), Seat(Presence.ON_LEAVE, "城中派出所", "高志强"),
        ),
        items=(Item("关于楼道照明改造的施工协调", "区供电营业部", LIGHTS, (decided,)),),
    )  # fmt: skip


def _next(series: MeetingSeries, day: date) -> Protocol:
    items = (Item("关于年度共建项目完成情况的报告", "梅苑社区党委"), Item("关于下一年度共建计划的协商", "梅苑社区居委会"))
    return Protocol(**_head(series, day, time(14)), items=items)


def _head(series: MeetingSeries, day: date, hour: time) -> dict[str, object]:
    return {
        "series": series.name, "issuing_body": series.issuing_body, "printed_by": series.printed_by,
        "copies_to": tuple(series.copies_to), "held_at": clock.utc(datetime.combine(day, hour)),
        "venue": "社区党员服务中心二楼会议室", "chair": "沈国庆（社区党委书记、居委会主任）", "recorder": "陆静怡",
        "signatory": "沈国庆",
    }  # fmt: skip
