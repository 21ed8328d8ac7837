"""Closing the raw record: no word is changed any more, the paper is signed; it opens again only with a reason."""

import hashlib
import json

from blueprints.meetings.models import Meeting, MeetingStep
from blueprints.meetings.recording import asides, check_open, standing
from core import clock, history
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.refusal import Refused
from core.text import _, _l


class NothingWritten(Refused):
    sentence = _l("会议记录还是空的，没有可以定稿的内容。")


class NotClosed(Refused):
    sentence = _l("会议记录定稿以后才能印出来签名，现在可以先印草稿核对。")
    status = 409


class WhyReopen(Refused):
    sentence = _l("重开会议记录请写明原因，它会留在会议经过里。")


class TwoTexts(Refused):
    sentence = _l("有 %(count)s 处两个人写得不一样，请先选定用哪一份，再定稿。")


def close(actor: Actor, meeting: Meeting, version: int) -> Meeting:
    """定稿: from now on no word is changed; the paper is printed and signed by chair and recorder."""
    with writing():
        fresh = history.unchanged(meeting, version)
        check_open(fresh)
        if not standing(fresh):
            raise NothingWritten()
        if count := asides(fresh).count():
            raise TwoTexts(count=count)
        fresh.record_closed_at, fresh.record_closed_by = clock.now(), actor.account_id
        fresh.record_edition += 1
        fresh.version += 1
        fresh.save()
        _told(actor, fresh, _("会议记录定稿"))
        record(actor, Act.RECORD_CLOSED, fresh, fresh.place_id, edition=fresh.record_edition, digest=digest(fresh))
    return fresh


def reopen(actor: Actor, meeting: Meeting, version: int, reason: str) -> Meeting:
    """重开: with a reason; what was printed stays in the register as the older edition."""
    if not reason.strip():
        raise WhyReopen()
    with writing():
        fresh = history.unchanged(meeting, version)
        fresh.record_closed_at, fresh.record_closed_by = None, None
        fresh.version += 1
        fresh.save()
        _told(actor, fresh, _("会议记录重开：%(reason)s", reason=reason.strip()))
        record(actor, Act.RECORD_REOPENED, fresh, fresh.place_id, reason=reason.strip())
    return fresh


def _told(actor: Actor, meeting: Meeting, note: str) -> None:
    MeetingStep.create(
        meeting=meeting, at=clock.now(), account=actor.account_id, state=meeting.state, note=note[:300]
    )


def digest(meeting: Meeting) -> str:
    """What the trail keeps of a closed record: changed words would give another one."""
    rows = [
        [line.item_id, line.kind, line.speaker, line.text, line.responsible, line.due_on]
        for found in standing(meeting).values() for line in found
    ]  # fmt: skip
    return hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest()
