"""What the poll's page lists under its next step: done, still to do, or there when it is wanted."""

from collections.abc import Iterator
from dataclasses import dataclass

from blueprints.ballots import desk, moving, nominees
from blueprints.ballots.hall_sheets import moving_boxes
from blueprints.ballots.kinds import PollStatus, Proxies, ScrutineerRole
from blueprints.ballots.models import AuditSlip, Poll, Proxy
from blueprints.ballots.roll import entitled
from blueprints.ballots.sheets import classes
from blueprints.ballots.steps import WATCHING
from core import zh
from core.access import Can
from core.refusal import Refused
from core.text import _


@dataclass(frozen=True)
class Todo:
    """``done`` is None for what is only there when wanted; ``path`` continues the poll's address."""

    text: str
    note: str
    path: str
    done: bool | None = None
    can: Can = Can.POLLS_READ


def todos(poll: Poll) -> list[Todo]:
    """In the order a secretary does them; the step's own button follows below."""
    found = {
        PollStatus.DRAFT: _draft, PollStatus.FROZEN: _frozen, PollStatus.SEALED: _sealed, PollStatus.OPEN: _open,
        PollStatus.CLOSED: _closed, PollStatus.UNSEALED: _unsealed, PollStatus.COUNTED: _counted,
        PollStatus.SIGNED: _signed, PollStatus.PUBLISHED: _published, PollStatus.ARCHIVED: _kept,
    }.get(poll.status)  # fmt: skip
    return list(found(poll)) if found else []


def _draft(poll: Poll) -> Iterator[Todo]:
    count, voters = poll.nominees.count(), sum(map(entitled, classes(poll)))
    needs_names = poll.kind.value != "recommendation"
    if needs_names:
        yield Todo(_("候选人"), _("已录入 %(n)s 名", n=count), "nominees", count > 0, Can.POLLS_PREPARE)
    yield Todo(_("投票人名册"), _("应到 %(n)s 人", n=voters), "roll", voters > 0)
    yield _watchers(poll)
    said = _("%(day)s，%(place)s", day=zh.day(poll.held_on) or _("日期未定"), place=poll.venue or _("地点未定"))
    yield Todo(_("规则、时间、地点"), said, "edit", bool(poll.held_on and poll.venue), Can.POLLS_PREPARE)
    yield from _proxies(poll)
    yield Todo(_("打印选票草稿核对"), _("定稿后名字和规则不能再改"), "ballots.pdf")


def _watchers(poll: Poll) -> Todo:
    """Two who watch, and one holder for each key sheet."""
    rows = list(poll.scrutineers)
    watching = sum(row.role in WATCHING for row in rows)
    try:
        nominees.key_holders(poll)
        holders = True
    except Refused:
        holders = False
    tellers = sum(row.role is ScrutineerRole.TELLER for row in rows)
    note = _("监票 %(n)s 人，计票 %(m)s 人", n=watching, m=tellers)
    if not holders:
        note = _("%(note)s；密钥单要 %(count)s 位保管人", note=note, count=poll.sheets)
    return Todo(_("监票人和计票人"), note, "scrutineers", watching >= 2 and holders, Can.POLLS_PREPARE)


def _proxies(poll: Poll) -> Iterator[Todo]:
    if poll.proxies is not Proxies.OFF:
        count = Proxy.select().where(Proxy.poll_class.in_(poll.classes)).count()
        yield Todo(_("委托投票"), _("已登记 %(n)s 份，名单要张贴", n=count), "proxies", None, Can.POLLS_PREPARE)


def _papers(poll: Poll) -> Iterator[Todo]:
    yield Todo(_("会场要用的纸"), _("签到册、候选人简介、规则牌"), "papers")
    yield from _proxies(poll)


def _frozen(poll: Poll) -> Iterator[Todo]:
    yield _announced(poll)
    yield _watchers(poll)
    yield from _papers(poll)


def _announced(poll: Poll) -> Todo:
    note = _("已起草，在“公示公告”里审核发布") if poll.announcement else _("什么时候、在哪里、怎么投")
    return Todo(_("投票公告"), note, "papers#announcement", bool(poll.announcement))


def _sealed(poll: Poll) -> Iterator[Todo]:
    groups = classes(poll)
    slips, paper = sum(row.slips for row in groups), sum(row.paper_printed for row in groups)
    yield Todo(_("票码条"), _("已做 %(n)s 张", n=slips), "slips", slips > 0 or paper > 0, Can.POLLS_RUN)
    boxes = sum(row.boxes.count() for row in groups)
    note = _("纸票 %(n)s 张，票箱 %(m)s 个", n=paper, m=boxes)
    yield Todo(_("纸质选票和票箱"), note, "desk", None if not paper else boxes > 0, Can.POLLS_COUNT)
    for box in moving_boxes(poll):
        planned = moving.trip_of(box) is not None
        yield Todo(box.name, _("路线、时间、护送人员"), f"box/{box.id}/trip", planned, Can.POLLS_RUN)
    yield _announced(poll)
    yield _watchers(poll)
    yield from _papers(poll)
    yield Todo(_("签到、领票"), _("最好在票码条都领完后开始投票"), "roll")


def _open(poll: Poll) -> Iterator[Todo]:
    yield Todo(_("签到、领票"), _("只登记已领，不登记领的是哪一张"), "roll")
    yield Todo(_("票码条处理"), _("换纸票、污损换发、作废"), "returns", None, Can.POLLS_RUN)
    yield from _proxies(poll)
    for box in moving_boxes(poll):
        yield Todo(box.name, _("路线、时间、护送人员"), f"box/{box.id}/trip", moving.trip_of(box) is not None, Can.POLLS_RUN)


def _closed(poll: Poll) -> Iterator[Todo]:
    yield _desk(poll)
    audits = AuditSlip.select().where(AuditSlip.poll_class.in_(poll.classes)).count()
    yield Todo(_("抽查票"), _("已登记 %(n)s 张；开箱以后不能再登记", n=audits), "audits", None, Can.POLLS_COUNT)
    yield Todo(_("名册"), _("漏勾的可以更正"), "roll")


def _desk(poll: Poll) -> Todo:
    missing = desk.waiting(poll)
    note = _("还缺 %(n)s 项", n=len(missing)) if missing else _("剩余票码条、纸票和各票箱都已清点")
    return Todo(_("清点台"), note, "desk", not missing, Can.POLLS_COUNT)


def _unsealed(poll: Poll) -> Iterator[Todo]:
    yield _desk(poll)
    yield Todo(_("核对数字"), _("十四个等式逐条核对"), "equations", None, Can.POLLS_COUNT)


def _counted(poll: Poll) -> Iterator[Todo]:
    yield Todo(_("计票结果"), _("签字前只供监票人核对"), "results")
    yield Todo(_("四张报告单"), _("打印草稿，在纸上核对、签名"), "reports.pdf")
    yield Todo(_("清点台"), _("改了数字要重新计票"), "desk", None, Can.POLLS_COUNT)


def _signed(poll: Poll) -> Iterator[Todo]:
    yield Todo(_("计票结果"), _("摘要与纸质报告单一致"), "results")
    yield Todo(_("印发的纸"), _("报告单、结果公告、上报件"), "papers#issued")
    yield Todo(_("复核计票"), _("有人提出异议时"), "recounts", None, Can.POLLS_COUNT)


def _published(poll: Poll) -> Iterator[Todo]:
    yield from _signed(poll)


def _kept(poll: Poll) -> Iterator[Todo]:
    yield Todo(_("计票结果"), _("摘要与纸质报告单一致"), "results")
    yield Todo(_("印发的纸"), _("报告单、结果公告、上报件"), "papers#issued")
    yield Todo(_("复核计票"), _("销毁密钥单以前还可以"), "recounts", None, Can.POLLS_COUNT)
