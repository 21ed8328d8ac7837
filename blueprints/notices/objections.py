"""Objections that reach the office on paper, by telephone or in person; who raised them stays out of this system."""

from datetime import date

from blueprints.notices.models import Channel, Finding, Notice, NoticeObjection, NoticeState
from blueprints.notices.privacy import stop_text
from blueprints.notices.steps import held
from core import clock
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.history import step
from core.refusal import Refused
from core.text import _l


class ObjectionTooEarly(Refused):
    sentence = _l("日期不对：异议只能在发布之后、今天之前收到。")


def note(actor: Actor, notice: Notice, received_on: date, channel: Channel, words: str = "") -> NoticeObjection:
    """登记异议: that one came, when and how, and what it is about, without names."""
    stop_text(_l("异议内容"), words)
    with writing():
        fresh = held(notice, None, NoticeState.PUBLISHED)
        if not clock.local(fresh.published_at).date() <= received_on <= clock.today():
            raise ObjectionTooEarly()
        objection = NoticeObjection.create(notice=fresh, received_on=received_on, channel=channel, note=words.strip())
        step(actor, fresh, str(_l("登记异议 1 件")))
        record(actor, Act.NOTICE_OBJECTION, fresh, fresh.place_id, objection=objection.id, channel=channel)
    return objection


def settle(actor: Actor, objection: NoticeObjection, finding: Finding, words: str = "") -> None:
    """核实: whether it holds, and what was done."""
    stop_text(_l("核实情况"), words)
    with writing():
        fresh = held(objection.notice, None, NoticeState.PUBLISHED, NoticeState.CONCLUDED)
        objection.finding, objection.handling = finding, words.strip()
        objection.save()
        record(actor, Act.NOTICE_OBJECTION, fresh, fresh.place_id, objection=objection.id, finding=finding)
