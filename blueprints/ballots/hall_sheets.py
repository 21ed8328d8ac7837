"""Papers of the hall and the door as plain values: mandates, moving boxes, the register of what came back."""

from collections import Counter
from dataclasses import dataclass

from blueprints.ballots import moving, proxies, sheets
from blueprints.ballots.kinds import BoxKind
from blueprints.ballots.models import PaperBox, Poll, PollEvent
from core import clock, settings, zh
from core.text import in_chinese


@dataclass(frozen=True)
class ProxySheet:
    """委托投票名单: who votes for whom, to hang out before the vote."""

    title: str
    community: str
    poll: str
    day: str
    rule: str
    rows: tuple[tuple[str, str, str, str, str], ...]
    phone: str
    body: str


@dataclass(frozen=True)
class TripSheet:
    """流动票箱登记表: route and times to hang out, then names and signatures at each door, then what came back."""

    title: str
    community: str
    poll: str
    day: str
    box: str
    ballots: str
    route: str
    times: str
    issued: str
    carriers: tuple[str, ...]
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class ReturnsSheet:
    """废票、交回登记: slips by reason as the system knows them, paper and void ballots with columns to write in."""

    title: str
    community: str
    poll: str
    day: str
    slips: tuple[tuple[str, tuple[int, ...]], ...]
    classes: tuple[str, ...]
    boxes: tuple[tuple[str, str, str], ...]
    papers: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True)
class RuleBoard:
    """会场规则牌: four pictures and a sentence each, read from across the hall."""

    title: str
    community: str
    day: str
    steps: tuple[tuple[str, str], ...]
    warnings: tuple[str, ...]


@in_chinese()
def rule_board(poll: Poll) -> RuleBoard:
    return RuleBoard(
        title=str(poll), community=poll.place.name, day=sheets.held_on(poll),
        steps=(
            ("领票", "签到后，从箱里自己抽一张票码条；想用纸票的，换一张纸质选票。"),
            ("写票处", "到写票处独自填写。用手机扫码，或在会场设备上输入票码；纸票在格内画○。"),
            ("投票", "核对后投入票箱。看到“已投入票箱”才算投好；纸票对折投进红色票箱。"),
            ("离场", "用过的票码条投入回收箱，从出口离场。"),
        ),
        warnings=("请勿拍照选票，请勿代他人投票", "书写有困难的，请工作人员找不是候选人的人代写"),
    )  # fmt: skip


@in_chinese()
def proxy_list(poll: Poll) -> ProxySheet:
    rows = tuple(
        (row.principal.name, row.principal.stairwell, row.holder.name, row.holder.stairwell, row.relation)
        for row in proxies.of_poll(poll)
    )
    return ProxySheet(
        title="委托投票名单", community=poll.place.name, poll=str(poll), day=zh.day(poll.held_on),
        rule=f"{poll.proxies.title}，每人最多接受{poll.proxies_most}人委托；受托人不得再委托他人，候选人不接受委托。",
        rows=rows, phone=settings.value("office.phone", poll.place), body=settings.value("polls.body", poll.place),
    )  # fmt: skip


@in_chinese()
def trip(box: PaperBox) -> TripSheet:
    """Refuses a box whose way and carriers nobody has entered: without them it may not leave."""
    poll, planned = box.poll_class.poll, moving.trip_of(box)
    if planned is None:
        raise moving.NotPlanned(name=box.name)
    leaves, back = clock.local(planned.leaves_at), clock.local(planned.back_at)
    until = f"{back:%H:%M}" if back.date() == leaves.date() else f"{zh.day(back.date())}{back:%H:%M}"
    return TripSheet(
        title="流动票箱登记表", community=poll.place.name, poll=str(poll), day=zh.day(leaves.date()), box=box.name,
        ballots=box.poll_class.title, route=planned.route, times=f"{zh.day(leaves.date())}{leaves:%H:%M}至{until}",
        issued=str(box.issued or ""), carriers=tuple(planned.carriers),
        rows=tuple((row.name, row.stairwell, "代写" if row.helped else "") for row in moving.visited(box)),
    )  # fmt: skip


@in_chinese()
def returns(poll: Poll) -> ReturnsSheet:
    """What the desk entered one by one, and what people still write by hand."""
    groups = sheets.classes(poll)
    boxes = tuple(
        (group.title, box.name, str(box.accepted["void"]) if box.accepted else "")
        for group in groups
        for box in group.boxes.order_by(PaperBox.id)
    )
    return ReturnsSheet(
        title="废票、交回登记", community=poll.place.name, poll=str(poll), day=sheets.held_on(poll), slips=_by_reason(poll, groups),
        classes=tuple(group.title for group in groups), boxes=boxes,
        papers=tuple((group.title, str(group.paper_spoiled), str(group.paper_replaced)) for group in groups),
    )  # fmt: skip


def _by_reason(poll: Poll, groups) -> tuple[tuple[str, tuple[int, ...]], ...]:
    counts: Counter[tuple[str, str]] = Counter()
    for event in poll.events.where(PollEvent.kind.in_(("surrendered", "spoiled"))).order_by(PollEvent.seq):
        reason = "换领纸质选票" if event.kind == "surrendered" else f"作废：{event.values['reason'].partition('：')[0]}"
        counts[reason, event.values["ballots"]] += 1
        if event.values.get("replaced"):
            counts["其中换发备用票码条", event.values["ballots"]] += 1
    reasons = dict.fromkeys(("换领纸质选票", *sorted(name for name, _code in counts if name.startswith("作废")), "其中换发备用票码条"))
    return tuple((name, tuple(counts[name, group.code] for group in groups)) for name in reasons)


def moving_boxes(poll: Poll) -> list[PaperBox]:
    """The boxes that go round, class by class."""
    return [box for group in sheets.classes(poll) for box in group.boxes.where(PaperBox.kind == BoxKind.MOVING).order_by(PaperBox.id)]
