"""The life of a meeting: enter, amend, submit, approve or send back, call off; what is issued is never edited."""

from datetime import datetime, time

from blueprints.meetings import agenda, checks, queries, seats, sheets
from blueprints.meetings.models import Meeting, MeetingSeries
from blueprints.meetings.protocol import Protocol, protocol_of
from blueprints.meetings.states import MeetingState, Presence
from core import clock, settings, zh
from core.access import Actor, Can, accounts_holding
from core.audit import Act, record
from core.db import writing
from core.history import step, unchanged
from core.printing.paper import check_glyphs
from core.refusal import Refused
from core.text import _l

settings.declare("meetings.number", _l("纪要编号的写法（{年}、{号}会换成数字）"), "〔{年}〕{号}号", _l("GB/T 9704 7.2.5；也可写“第{号}期”"), group="meetings")
settings.declare("meetings.reports", _l("每年向联席会议汇报的次数"), 2, _l("联席会议制度：每年至少汇报两次"), group="meetings")
settings.declare("meetings.report_words", _l("议题标题里有这些词的算一次汇报"), "通报 汇报 报告", group="meetings")
settings.declare("meetings.remind_days", _l("议定事项到期前几天起提醒"), 7, group="meetings")
settings.declare("meetings.bodies", _l("责任单位里不用对照名册的叫法"), "社区党委 社区居委会 居委会 社区 各成员单位 各党支部", group="meetings")
settings.declare("meetings.chair_check", _l("签发前要有主持人核对"), True, _l("纪要由主持人审阅后签发"), group="meetings")
ANNOUNCED = ("held_at", "ended_at", "venue", "ordinal")  # what a calendar shows
UNISSUED = (MeetingState.PLANNED, MeetingState.HELD, MeetingState.DRAFTED, MeetingState.APPROVED)


class Issued(Refused):
    sentence = _l("这次会议的纪要已经签发，不能再改。内容有误请另发更正。")
    status = 409


class WrongState(Refused):
    sentence = _l("这次会议现在是“%(state)s”，不能这样办理。请刷新后再看。")
    status = 409


class OrdinalTaken(Refused):
    sentence = _l("%(year)s 年第 %(ordinal)s 次会议已经登记过了，请到列表里修改那一次。")
    status = 409


class NothingDecided(Refused):
    sentence = _l("还不能送审：%(missing)s。请先补上。")


class NotHeldYet(Refused):
    sentence = _l("会议定在 %(when)s，还没有开，不能送审。时间改过的请先修改会议。")
    status = 409


class OwnDraft(Refused):
    sentence = _l("纪要是您自己送审的，要由另一位有审核权限的同志审核。")
    status = 403


class ReasonMissing(Refused):
    sentence = _l("退回时请写明理由，起草人才知道怎么改。")


class NotAnHour(Refused):
    sentence = _l("散会时间应是开会当天、开会以后的时间，例如 16:10。")


class CancelReasonMissing(Refused):
    sentence = _l("取消会议请写明原因，它会告诉各成员单位，并写进日历。")


def enter(actor: Actor, series: MeetingSeries, protocol: Protocol, ordinal: int | None = None) -> Meeting:
    """A meeting enters the house: planned while it lies ahead, else held; who is on the roster is expected."""
    checks.check(protocol, series.place)
    year = clock.local(protocol.held_at).year
    with writing():
        ordinal = ordinal or queries.next_ordinal(series, year)
        _free(series.id, year, ordinal)
        ahead = protocol.held_at > clock.now() and not protocol.sitting(Presence.PRESENT)
        meeting = Meeting.create(
            place=series.place_id, series=series, year=year, ordinal=ordinal, **_head(protocol),
            state=MeetingState.PLANNED if ahead else MeetingState.HELD,
        )  # fmt: skip
        seats.write(meeting, protocol) if protocol.seats else seats.expect(meeting)
        agenda.write(meeting, protocol)
        step(actor, meeting)
        record(actor, Act.MEETING_ENTERED, meeting, meeting.place_id, title=meeting.title)
    return meeting


def _free(series: int, year: int, ordinal: int, but: int = 0) -> None:
    taken = (Meeting.series == series) & (Meeting.year == year) & (Meeting.ordinal == ordinal) & (Meeting.id != but)
    if Meeting.select().where(taken).exists():
        raise OrdinalTaken(year=year, ordinal=ordinal)


def _head(protocol: Protocol) -> dict[str, object]:
    names = (
        "held_at", "ended_at", "venue", "chair", "recorder", "opening", "issuing_body", "printed_by", "signatory",
        "countersigned_by", "copies",
    )  # fmt: skip
    return {**{name: getattr(protocol, name) for name in names}, "copies_to": list(protocol.copies_to)}


def amend(
    actor: Actor, meeting: Meeting, version: int, protocol: Protocol, ordinal: int | None = None
) -> Meeting:
    """Write the meeting anew, its seats apart; words already submitted are submitted again. Raises Stale, NotInOrder."""
    checks.check(protocol, meeting.place)
    with writing():
        fresh = open_for_changes(meeting, version)
        before = {name: getattr(fresh, name) for name in ANNOUNCED}
        year = clock.local(protocol.held_at).year
        moved = year != fresh.year and ordinal is None
        fresh.year, fresh.ordinal = year, queries.next_ordinal(fresh.series, year) if moved else ordinal or fresh.ordinal
        _free(fresh.series_id, fresh.year, fresh.ordinal, but=fresh.id)
        for name, value in _head(protocol).items():
            setattr(fresh, name, value)
        if before != {name: getattr(fresh, name) for name in ANNOUNCED}:
            announce(fresh)
        agenda.write(fresh, protocol)
        reopened(actor, fresh)
        record(actor, Act.MEETING_CHANGED, fresh, fresh.place_id, title=fresh.title)
    return fresh


def open_for_changes(meeting: Meeting, version: int | None) -> Meeting:
    """The meeting as it stands, if it may still be changed. Raises Stale, Issued, WrongState."""
    fresh = unchanged(meeting, version)
    if fresh.state is MeetingState.ISSUED:
        raise Issued()
    if fresh.state not in UNISSUED:
        raise WrongState(state=fresh.state.title)
    return fresh


def reopened(actor: Actor, meeting: Meeting) -> None:
    """After a change: a draft that was checked is a draft again, and a meeting whose hour has come is held."""
    ahead = meeting.held_at > clock.now() and not (seats.anybody_came(meeting) or queries.written(meeting))
    meeting.state = MeetingState.PLANNED if ahead else MeetingState.HELD
    meeting.approver, meeting.drafter, meeting.alone = None, None, False
    meeting.chair_checked_on, meeting.chair_said = None, ""
    meeting.version += 1
    meeting.save()
    step(actor, meeting)


def held(actor: Actor, meeting: Meeting) -> None:
    """The first who sat down, or the first words written down, open the meeting; inside the caller's transaction."""
    meeting.state = MeetingState.HELD
    meeting.version += 1
    meeting.save()
    step(actor, meeting)
    record(actor, Act.MEETING_CHANGED, meeting, meeting.place_id, state=meeting.state)


def ended(actor: Actor, meeting: Meeting, version: int, wall: str) -> Meeting:
    """散会: ``wall`` is HH:MM of the day it was held, blank for now. Raises Stale, NotAnHour."""
    with writing():
        fresh = open_for_changes(meeting, version)
        day = clock.local(fresh.held_at).date()
        try:
            at = clock.utc(datetime.combine(day, time.fromisoformat(wall))) if wall else clock.now()
        except ValueError:
            raise NotAnHour() from None
        if at < fresh.held_at:
            raise NotAnHour()
        fresh.ended_at = at
        fresh.version += 1
        fresh.save()
        record(actor, Act.MEETING_CHANGED, fresh, fresh.place_id, ended_at=at)
    return fresh


def announce(meeting: Meeting) -> None:
    """Calendars that know the meeting will take the new version."""
    meeting.sequence += 1
    meeting.announced_at = clock.now()


def cancel(actor: Actor, meeting: Meeting, version: int, reason: str) -> Meeting:
    """取消: told in calendars and to units; its place in the year is free for the next one. Raises Stale."""
    if not reason.strip():
        raise CancelReasonMissing()
    with writing():
        fresh = open_for_changes(meeting, version)
        announce(fresh)
        return _move(
            actor, fresh, MeetingState.CANCELLED, Act.MEETING_CANCELLED, reason.strip(), ordinal=None, reason=reason.strip()
        )


def submit(actor: Actor, meeting: Meeting, version: int) -> Meeting:
    """送审: the draft waits for a second person. Raises Stale, NothingDecided, MissingGlyphs."""
    with writing():
        fresh = unchanged(meeting, version)
        if fresh.state not in (MeetingState.HELD, MeetingState.PLANNED):
            raise WrongState(state=fresh.state.title)
        if fresh.held_at > clock.now():
            raise NotHeldYet(when=zh.moment(fresh.held_at))
        missing = [*queries.missing(fresh), *seats.quorum_missing(fresh)]
        if missing:
            raise NothingDecided(missing="、".join(missing))
        check_glyphs([sheets.minutes(protocol_of(fresh), fresh.ordinal, fresh.series)])
        return _move(actor, fresh, MeetingState.DRAFTED, Act.MEETING_SUBMITTED, drafter=actor.account_id, reason="")


def approve(actor: Actor, meeting: Meeting, version: int) -> Meeting:
    """审核同意, by a second person; an office of one approves alone and the slip says so (decision 11)."""
    with writing():
        fresh = unchanged(meeting, version)
        if fresh.state is not MeetingState.DRAFTED:
            raise WrongState(state=fresh.state.title)
        own = fresh.drafter_id is not None and fresh.drafter_id == actor.account_id
        if own and accounts_holding(Can.MEETINGS_APPROVE, fresh.place_id) - {actor.account_id}:
            raise OwnDraft()
        if actor.name in checks.chairs(fresh.chair):
            fresh.chair_checked_on = clock.today()
        return _move(
            actor, fresh, MeetingState.APPROVED, Act.MEETING_APPROVED, approver=actor.account_id, alone=own, reason=""
        )


def send_back(actor: Actor, meeting: Meeting, version: int, reason: str) -> Meeting:
    """退回修改; the reason is what the drafter reads."""
    if not reason.strip():
        raise ReasonMissing()
    with writing():
        fresh = unchanged(meeting, version)
        if fresh.state not in (MeetingState.DRAFTED, MeetingState.APPROVED):
            raise WrongState(state=fresh.state.title)
        return _move(
            actor, fresh, MeetingState.HELD, Act.MEETING_SENT_BACK, reason.strip(), approver=None, reason=reason.strip(),
            chair_checked_on=None,
        )  # fmt: skip


def chair_checked(actor: Actor, meeting: Meeting, agrees: bool, words: str = "", version: int | None = None) -> Meeting:
    """主持人核对: the chair has read the draft and agrees, or says what is to be changed, which sends it back."""
    if not agrees and not words.strip():
        raise ReasonMissing()
    with writing():
        fresh = unchanged(meeting, version)
        if fresh.state not in (MeetingState.DRAFTED, MeetingState.APPROVED):
            raise WrongState(state=fresh.state.title)
        words = words.strip()[:300]
        fresh.chair_checked_on, fresh.chair_said = clock.today() if agrees else None, words
        state = fresh.state if agrees else MeetingState.HELD
        reason = "" if agrees else words
        note = str(_l("主持人已核对")) if agrees else str(_l("主持人：%(words)s")) % {"words": words}
        return _move(actor, fresh, state, Act.MEETING_CHECKED, note[:300], reason=reason)


def _move(actor: Actor, meeting: Meeting, state: MeetingState, act: Act, note: str = "", **changed: object) -> Meeting:
    for name, value in {**changed, "state": state}.items():
        setattr(meeting, name, value)
    meeting.version += 1
    meeting.save()
    step(actor, meeting, note)
    record(actor, act, meeting, meeting.place_id, title=meeting.title, note=note)
    return meeting
