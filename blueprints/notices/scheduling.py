"""定时发布: an approved notice goes out by itself on its day, also when nobody is signed in."""

from datetime import date

from blueprints.notices import prints
from blueprints.notices.checks import check
from blueprints.notices.models import Notice, NoticeState
from blueprints.notices.steps import held, move
from core import clock, jobs, settings
from core.access import Actor
from core.audit import Act
from core.db import writing
from core.printing import gongwen
from core.refusal import Refused
from core.text import _, _l

settings.declare("notices.publish_hour", _l("定时发布在几点（0 至 23）"), 8, group="notices")
jobs.every_minute("blueprints.notices.scheduling", "publish_due")
BY_ITSELF = Actor(name="定时发布", everywhere=True)


class DayGone(Refused):
    sentence = _l("定时发布要选今天以后的一天；今天就发布，请按“现在发布”。")


def schedule(actor: Actor, notice: Notice, day: date | None, version: int | None = None) -> Notice:
    """定于某日发布: a notice a second person approved waits for its day."""
    if day is None or day <= clock.today():
        raise DayGone()
    with writing():
        fresh = held(notice, version, NoticeState.APPROVED)
        check(fresh)
        fresh.publish_on, fresh.scheduler, fresh.held_back = day, actor.account_id, ""
        note = _("定于 %(day)s 发布", day=gongwen.day(day))
        move(actor, fresh, NoticeState.APPROVED, Act.NOTICE_SCHEDULED, note, day=day)
    return fresh


def keep_back(actor: Actor, notice: Notice, version: int | None = None) -> Notice:
    """取消定时: it waits for somebody to publish it."""
    with writing():
        fresh = held(notice, version, NoticeState.APPROVED)
        fresh.publish_on, fresh.scheduler, fresh.held_back = None, None, ""
        move(actor, fresh, NoticeState.APPROVED, Act.NOTICE_SCHEDULED, _("取消定时发布"), day=None)
    return fresh


def publish_due() -> int:
    """Publish what is due; asked every minute by the job process, so a day missed while it was off is made up for.

    A notice somebody publishes at the same moment is left to him; one that may not go out says why and waits.
    """
    published = 0
    for notice in Notice.select().where(
        (Notice.state == NoticeState.APPROVED) & (Notice.publish_on <= clock.today()) & (Notice.held_back == "")
    ):
        if not _hour_has_come(notice):
            continue
        try:
            prints.publish(BY_ITSELF, notice, notice.version)
            published += 1
        except Refused as refusal:
            _hold_back(notice, str(refusal))
    return published


def _hour_has_come(notice: Notice) -> bool:
    hour = int(settings.value("notices.publish_hour", notice.place_id))
    return notice.publish_on < clock.today() or clock.local(clock.now()).hour >= hour


def _hold_back(notice: Notice, why: str) -> None:
    """Somebody has to look at it; it is not tried again every minute."""
    try:
        with writing():
            fresh = held(notice, notice.version, NoticeState.APPROVED)
            fresh.held_back = why[:400]
            note = _("没有按时发布：%(why)s", why=why)[:500]
            move(BY_ITSELF, fresh, NoticeState.APPROVED, Act.NOTICE_SCHEDULED, note, held_back=why)
    except Refused:
        return  # Published, changed or withdrawn by somebody in the meantime.
