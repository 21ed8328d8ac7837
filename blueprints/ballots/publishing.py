"""What residents are told: a notice of the vote before it, and its result as far as the poll's rules allow."""

from importlib import import_module
from importlib.util import find_spec

from blueprints.ballots import announcing, chain, reports
from blueprints.ballots.kinds import PollStatus
from blueprints.ballots.models import Poll
from blueprints.ballots.steps import step
from core import clock, settings
from core.access import Actor
from core.audit import Act
from core.refusal import Refused
from core.text import _l
from core.workdays import add_workdays, office_calendar

settings.declare(
    "polls.objection_days", _l("结果公布后的异议期（工作日），过后才能归档和销毁"), 5, _l("当地惯例；0 为不设"), group="ballots"
)
ANNOUNCED = (PollStatus.FROZEN, PollStatus.SEALED, PollStatus.OPEN)


class NoNotices(Refused):
    sentence = _l("这套系统没有装“公示公告”，请打印后张贴。")
    status = 409


class AlreadyDrafted(Refused):
    sentence = _l("公告草稿已经起草过了，请到“公示公告”里修改。")
    status = 409


def announce(actor: Actor, poll: Poll) -> int:
    """投票公告 as a draft of the notices area; answers its number. Once drafted it is changed there."""
    with step(poll, *ANNOUNCED) as fresh:
        if fresh.announcement:
            raise AlreadyDrafted()
        number = _draft(actor, fresh, "ANNOUNCEMENT", announcing.announcement_title(fresh), announcing.announcement_text(fresh))
        if number is None:
            raise NoNotices()
        fresh.announcement = number
        chain.record(actor, fresh, "announced", notice=number)
    return number


def publish(actor: Actor, poll: Poll) -> int | None:
    """Answers the number of the drafted notice, None in an office without the notices area."""
    with step(poll, PollStatus.SIGNED) as fresh:
        sheet = reports.notice(fresh)
        fresh.status = PollStatus.PUBLISHED
        fresh.notice = _draft(actor, fresh, "RESULT", sheet.title, sheet.text)
        days = settings.value("polls.objection_days", fresh.place)
        fresh.objections_until = add_workdays(clock.today(), days, office_calendar())[0] if days else None
        chain.record(actor, fresh, "published", Act.POLL_PUBLISHED, counts=fresh.show_counts, digest=fresh.digest)
    return poll.notice


def _draft(actor: Actor, poll: Poll, kind: str, title: str, text: str) -> int | None:
    """A draft like any other: somebody else approves it before it hangs."""
    if find_spec("blueprints.notices") is None:
        return None
    rules, records = (import_module(f"blueprints.notices.{name}") for name in ("rules", "models"))
    return rules.draft(actor, poll.place, records.NoticeKind[kind], title=title, body=text).id
