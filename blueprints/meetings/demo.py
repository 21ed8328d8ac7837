"""The example community's joint meetings: one issued, one waiting for review, one planned."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

from blueprints.meetings import bringing, calling, closing, following, ledger, proposing, recording, rules, series
from blueprints.meetings.models import Attendance, Meeting, MeetingSeries, Resolution
from blueprints.meetings.protocol import Decision, Item, Protocol, Seat
from blueprints.meetings.recording import Write
from blueprints.meetings.states import Answer, LineKind, Presence, Quorum, ResolutionState, SeriesKind, Way
from core import clock
from core.access import Actor
from core.printing.gongwen import numeral
from core.records.places import Place
from core.workdays import add_workdays

FILE = Path(__file__).parent.parent.parent / "data" / "joint-meeting.json"
LIGHTS = (
    "会议就1幢至5幢楼道照明改造的施工协调进行了讨论。区供电营业部介绍了施工顺序，社区居委会通报了入户告知情况，"
    "明泉物业公司提出施工期间保留一侧通道。会议同意按楼道逐个施工、逐个恢复。"
)

DELEGATES = ("丁淑芬", "汤家栋", "沈兰英", "许国强", "陆阿妹", "顾建平", "陈桂珍")
SAID = (
    (LineKind.REPORT, "", "施工顺序是1幢到5幢逐个楼道施工，每个楼道当天完工、当天恢复照明。"),
    (LineKind.SPEECH, "陆静怡", "入户告知已经做了三幢，还有两幢这周内跑完，不在家的贴告知单。"),
    (LineKind.SPEECH, "金阿根", "施工的时候要留一侧通道，我们安排一个人看着，别让老人绊着。"),
    (LineKind.VIEW, "", "按楼道逐个施工、逐个恢复的办法可行。"),
    (LineKind.DECISION, "", "每个楼道施工当天完成并恢复照明，次日上午由楼组长和居民代表现场查看。"),
)
ANSWERS = (
    ("市第三中学", Answer.COMING, "吴文斌", "副校长", ""), ("城中派出所", Answer.PROXY, "高志强", "社区民警", "代所长参加"),
    ("新华书店", Answer.LEAVE, "", "", "当天盘点"), ("明泉物业公司", Answer.COMING, "金阿根", "", ""),
)  # fmt: skip

PROGRESS = (
    (ResolutionState.DONE, "14家单位已核对，2家更换了联络员。"),
    (ResolutionState.UNDER_WAY, "票样和候选人简介已送印，按楼道分发。"),
)


def load(staff: dict[str, Actor], place: Place, today: date) -> Iterator[date]:
    """The file of the repository comes in as issued; what followed it is this office's own."""
    clerk = staff["干事"]
    yield add_workdays(today, -6)[0]
    issued, _new = bringing.bring_in(clerk, place, FILE.read_bytes())
    _settle(clerk, place, issued.series)
    yield add_workdays(today, -2)[0]
    waiting = rules.enter(clerk, issued.series, _coordination(issued.series))
    _record(clerk, waiting)
    rules.submit(clerk, waiting, None)
    _report(clerk, issued)
    yield today
    coming = rules.enter(clerk, issued.series, _next(issued.series, add_workdays(today, 15)[0]))
    _answers(clerk, coming)


def _settle(clerk: Actor, place: Place, joint: MeetingSeries) -> None:
    """The community's joint meeting has a level; the congress that decides has a roster of its own."""
    values = {name: getattr(joint, name) for name in series.FIELDS}
    series.change_series(clerk, joint, joint.version, {**values, "level": "社区", "supervisor": ""})
    congress = series.found_series(clerk, place, {
        "name": "梅苑社区居民代表会议决定", "kind": SeriesKind.CONGRESS, "level": "社区", "own_roster": True,
        "quorum": Quorum.HALF, "issuing_body": "梅苑社区居民代表会议", "plain": True, "obliged": False,
        "executor": "梅苑社区居委会", "supervisor": "社区议事委员会", "copies_to": ["各居民小组"],
    })  # fmt: skip
    series.enlist(clerk, congress, [series.Entry(f"第{numeral(n)}居民小组代表", name) for n, name in enumerate(DELEGATES, 1)])


def _record(clerk: Actor, meeting: Meeting) -> None:
    """What was said, word for word, as the minute-taker typed it."""
    item = meeting.agenda.get()
    for n, (kind, speaker, text) in enumerate(SAID):
        fields = {"speaker": speaker, "text": text} if speaker else {"text": text}
        writes = [Write(f"example{n}", item.id, kind, name, value) for name, value in fields.items()]
        recording.write_down(clerk, meeting, writes)
    closing.close(clerk, meeting, None)


def _answers(clerk: Actor, meeting: Meeting) -> None:
    """Some units have answered the notice already, one of them by its link."""
    calling.mark(clerk, meeting, [], everybody=True)
    for name, said, people, post, reason in ANSWERS:
        seat = meeting.seats.where(Attendance.unit_text == name).first()
        if seat is not None:
            calling.answer(clerk, seat, said, people, post, reason, Way.LINK if post else Way.PAPER)
    unit = meeting.seats.where(Attendance.unit_text == "市第三中学").first()
    proposing.propose(
        clerk, meeting.series, "市第三中学", "关于寒假期间开放操场的建议", "每周六上午开放，需要社区安排两名志愿者值守。", Way.LINK,
        unit=unit.unit_id if unit else None,
    )  # fmt: skip


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
    held = clock.utc(datetime.combine(day, time(14)))
    report = filter(None, [following.item(series, held)])
    items = (*report, Item("关于年度共建项目完成情况的报告", "梅苑社区党委"), Item("关于下一年度共建计划的协商", "梅苑社区居委会"))
    return Protocol(**_head(series, day, time(14)), items=items)


def _head(series: MeetingSeries, day: date, hour: time) -> dict[str, object]:
    return {
        "series": series.name, "issuing_body": series.issuing_body, "printed_by": series.printed_by,
        "copies_to": tuple(series.copies_to), "held_at": clock.utc(datetime.combine(day, hour)),
        "venue": "社区党员服务中心二楼会议室", "chair": "沈国庆（社区党委书记、居委会主任）", "recorder": "陆静怡",
        "signatory": "沈国庆",
    }  # fmt: skip
