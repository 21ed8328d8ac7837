"""What becomes of decisions: progress of office and units, reminders, who answers for them, what residents may read."""

from collections.abc import Sequence
from datetime import date

from blueprints.cobuilding.models import MemberUnit
from blueprints.meetings.models import Meeting, Resolution, ResolutionOwner, ResolutionStep
from blueprints.meetings.states import MeetingState, ResolutionState
from core import clock, evidence, zh
from core.access import Actor
from core.audit import Act, record
from core.db import locked, writing
from core.forms import spend
from core.history import unchanged
from core.refusal import Refused
from core.text import _l


class NoteMissing(Refused):
    sentence = _l("请写明进展：做了什么、到哪一步。")


class NotYet(Refused):
    sentence = _l("进展日期 %(day)s 还没有到，请填今天或以前的日期。")


class BeforeMeeting(Refused):
    sentence = _l("进展日期 %(day)s 早于开会那天，请核对。")


class NewDayMissing(Refused):
    sentence = _l("延期要写明新的完成时限，并且晚于原来的 %(due)s。")


class NotIssued(Refused):
    sentence = _l("这次会议的纪要还没有签发，签发后才登记进展。")
    status = 409


class LookedAt(Refused):
    sentence = _l("这条进展已经核过了，请刷新后再看。")
    status = 409


def progress(
    actor: Actor, resolution: Resolution, version: int, state: ResolutionState, note: str, on: date,
    extended_to: date | None = None, shown_by: str = "", files: Sequence[tuple[bytes, str]] = (),
) -> Resolution:  # fmt: skip
    """One entry in the ledger, with what shows it; an extension keeps the day the minutes named.

    ``files`` are (bytes, name), checked by content. Raises Stale when ``version`` is old.
    """
    if not note.strip():
        raise NoteMissing()
    if on > clock.today():
        raise NotYet(day=zh.day(on))
    if on < clock.local(resolution.meeting.held_at).date():
        raise BeforeMeeting(day=zh.day(on))
    kept = evidence.checked(files)
    with writing():
        fresh = _issued(resolution, version)
        _move(fresh, state, extended_to)
        step = ResolutionStep.create(
            resolution=fresh, on=on, state=state, note=note.strip()[:300], evidence=shown_by.strip()[:200],
            account=actor.account_id,
        )  # fmt: skip
        evidence.lay(step, fresh.meeting.place_id, kept)
        record(
            actor, Act.RESOLUTION_PROGRESS, fresh, fresh.meeting.place_id, state=state, note=note, on=on,
            extended_to=fresh.extended_to, evidence=shown_by, files=[file.name for file in kept],
        )  # fmt: skip
    return fresh


def _issued(resolution: Resolution, version: int | None) -> Resolution:
    fresh = unchanged(resolution, version)
    if fresh.meeting.state is not MeetingState.ISSUED:
        raise NotIssued()
    return fresh


def _move(fresh: Resolution, state: ResolutionState, extended_to: date | None) -> None:
    if state is ResolutionState.EXTENDED:
        if extended_to is None or extended_to <= fresh.due:
            raise NewDayMissing(due=zh.day(fresh.due))
        fresh.extended_to = extended_to
    fresh.state = state
    fresh.version += 1
    fresh.save()


def report(
    actor: Actor, resolution: Resolution, unit: str, state: ResolutionState, note: str, shown_by: str = "",
    nonce: str = "", files: Sequence[tuple[bytes, str]] = (),
) -> ResolutionStep:  # fmt: skip
    """A unit says by its link how a decision stands; that it was begun counts at once, the rest waits for the office."""
    if not note.strip():
        raise NoteMissing()
    kept = evidence.checked(files)
    with writing():
        fresh = _issued(resolution, None)
        if nonce:
            spend(nonce)
        begun = state is ResolutionState.UNDER_WAY
        if begun and fresh.state is ResolutionState.NOT_STARTED:
            _move(fresh, state, None)
        step = ResolutionStep.create(
            resolution=fresh, on=clock.today(), state=state, note=note.strip()[:300], evidence=shown_by.strip()[:200],
            unit_text=unit[:120], waiting=not begun,
        )  # fmt: skip
        evidence.lay(step, fresh.meeting.place_id, kept)
        record(actor, Act.RESOLUTION_REPORTED, fresh, fresh.meeting.place_id, unit=unit, state=state, note=note)
    return step


def look_at(actor: Actor, step: ResolutionStep, agreed: bool, extended_to: date | None = None) -> ResolutionStep:
    """核对 what a unit wrote: agreed, the decision stands so; else the words stay and nothing else changes."""
    with writing():
        fresh = locked(ResolutionStep.select().where(ResolutionStep.id == step.id)).get()
        if not fresh.waiting:
            raise LookedAt()
        resolution = _issued(fresh.resolution, None)
        if agreed:
            _move(resolution, fresh.state, extended_to)
        else:
            fresh.state = resolution.state
        fresh.waiting, fresh.account = False, actor.account_id
        fresh.save()
        record(
            actor, Act.RESOLUTION_PROGRESS, resolution, resolution.meeting.place_id, unit=fresh.unit_text,
            agreed=agreed, state=resolution.state, extended_to=resolution.extended_to,
        )  # fmt: skip
    return fresh


def settle(actor: Actor, owner: ResolutionOwner, unit: MemberUnit | None) -> None:
    """待核对 settled: this name means that unit, or (None) nobody on the list of units."""
    with writing():
        ResolutionOwner.update(unit=unit, settled=True).where(ResolutionOwner.id == owner.id).execute()
        meeting = owner.resolution.meeting
        record(
            actor, Act.RESOLUTION_SETTLED, owner.resolution, meeting.place_id, name=owner.text,
            unit=unit.name if unit else None,
        )  # fmt: skip


def show_residents(actor: Actor, meeting: Meeting, version: int, titles: dict[int, str], texts: dict[int, str]) -> Meeting:
    """What residents read of this meeting; the minutes themselves stay as they are. Raises Stale when ``version`` is old."""
    with writing():
        fresh = unchanged(meeting, version)
        for row in fresh.agenda:
            row.public_title = titles.get(row.id, row.public_title).strip()
            row.save()
        for row in fresh.resolutions:
            row.public_text = texts.get(row.id, row.public_text).strip()
            row.save()
        fresh.version += 1
        fresh.save()
        record(actor, Act.MEETING_MASKED, fresh, fresh.place_id, titles=titles, texts=texts)
    return fresh
