"""Calling a meeting: who is asked to come, with a personal link each, and what they answer (参会回执)."""

from dataclasses import dataclass

from peewee import ModelSelect

from blueprints.meetings import bearers, parties, rules, seats, sheets
from blueprints.meetings.models import Attendance, Meeting
from blueprints.meetings.protocol import Protocol, protocol_of
from blueprints.meetings.states import Answer, MeetingState, Presence, Way
from blueprints.meetings.writings import Delivery
from core import clock
from core.access import Actor
from core.audit import Act, record
from core.db import locked, writing
from core.refusal import Refused
from core.text import _l


class TooLate(Refused):
    sentence = _l("会议已经开过或取消了，不再收回执。有话请打电话告诉社区。")
    status = 409


class NamesMissing(Refused):
    sentence = _l("请写明谁来参加（姓名）。")


class LeaveReasonMissing(Refused):
    sentence = _l("请假请写一句原因。")


class NobodyChosen(Refused):
    sentence = _l("请先勾选要通知的单位。")


class AnswerMissing(Refused):
    sentence = _l("请选一项：参加、委派他人代会，或者请假。")


@dataclass(frozen=True)
class Letter:
    """What one unit gets: its own address, and a message ready to be sent."""

    name: str
    contact: str
    address: str
    message: str


def invited(meeting: Meeting, shown: str = "") -> ModelSelect:
    """The seats of a meeting in order: all, or ``silent`` (asked, no answer), ``new`` (not asked yet), or one answer."""
    conditions = {
        "silent": Attendance.answer.is_null(True) & Attendance.invited_on.is_null(False),
        "new": Attendance.invited_on.is_null(True) & Attendance.answer.is_null(True),
        **{answer.value: Attendance.answer == answer for answer in Answer},
    }
    rows = meeting.seats.order_by(Attendance.position, Attendance.id)
    return rows.where(conditions[shown]) if shown in conditions else rows


def mark(actor: Actor, meeting: Meeting, chosen: list[int], everybody: bool = False) -> list[Attendance]:
    """发通知: the seats chosen (or all guests, not the hosts) are asked from today on; answers the rows."""
    with writing():
        if meeting.state is not MeetingState.PLANNED:
            raise rules.WrongState(state=meeting.state.title)
        seats.expect(meeting)
        rows = invited(meeting)
        hosts = Attendance.unit_text.in_(parties.own_bodies(meeting.place))
        found = list(rows.where(~hosts if everybody else Attendance.id.in_(chosen)))
        if not found:
            raise NobodyChosen()
        ids = [seat.id for seat in found]
        Attendance.update(invited_on=clock.today()).where(Attendance.id.in_(ids)).execute()
        record(actor, Act.MEETING_SUMMONED, meeting, meeting.place_id, title=meeting.title, seats=len(found))
    return found


def call(actor: Actor, meeting: Meeting, chosen: list[int], everybody: bool = False) -> list[Letter]:
    """The same with a link and a message for each; shown once, for only the hashes of links are kept."""
    with writing():
        found = mark(actor, meeting, chosen, everybody)
        protocol = protocol_of(meeting)
        return [_letter(seat, bearers.of_seat(seat, meeting.place), message(meeting, protocol, seat)) for seat in found]


def end_links(actor: Actor, meeting: Meeting, chosen: list[int]) -> int:
    """作废: a liaison changed, or a link went into the wrong hands; answers how many links ended."""
    with writing():
        found = list(invited(meeting).where(Attendance.id.in_(chosen)))
        if not found:
            raise NobodyChosen()
        ended = sum(bearers.revoke(bearers.of_seat(seat, meeting.place)) for seat in found)
        record(actor, Act.MEETING_SUMMONED, meeting, meeting.place_id, links_ended=[seat.unit_text for seat in found])
    return ended


def _letter(seat: Attendance, who: bearers.Bearer, words: str) -> Letter:
    address = bearers.give(who)
    return Letter(seat.unit_text, seat.names, address, f"{words}{address}")


def message(meeting: Meeting, protocol: Protocol, seat: Attendance) -> str:
    """A few lines for WeChat or a text message: whom it is for, when, where, what to do by when; the link follows."""
    where = f"，地点：{meeting.venue}" if meeting.venue else ""
    name = sheets.called(protocol, meeting.ordinal, meeting.series)
    by = sheets.reply_day(protocol)
    return (
        f"{seat.unit_text}{seat.names}：定于{sheets.when(protocol)}召开{name}{where}。"
        f"请于{by.month}月{by.day}日前点开下面的网址反馈参会人员，也可以提议题："
    )


def for_minutes(meeting: Meeting, rows: list[Delivery]) -> list[Letter]:
    """Links to issued minutes for receivers that are units; the others get them on paper."""
    number = sheets.number_text(meeting.series, protocol_of(meeting))
    with writing():
        letters = []
        for row in rows:
            who = bearers.of_delivery(row, meeting.place)
            address = bearers.give(who) if who else ""
            words = f"{row.receiver}：{meeting.series.name}{number}已印发，请点开下面的网址查收：" if who else ""
            letters.append(Letter(row.receiver, "", address, f"{words}{address}"))
    return letters


def answer(
    actor: Actor, seat: Attendance, said: Answer, names: str, post: str = "", reason: str = "", way: Way = Way.LINK
) -> Attendance:
    """参会回执: who comes, or why nobody does; it may be changed until the meeting begins."""
    names, post, reason = names.strip()[:400], post.strip()[:120], reason.strip()[:300]
    if said is not Answer.LEAVE and not names:
        raise NamesMissing()
    if said is Answer.LEAVE and not reason:
        raise LeaveReasonMissing()
    with writing():
        fresh = locked(Attendance.select().where(Attendance.id == seat.id)).get()
        meeting = fresh.meeting
        if meeting.state is not MeetingState.PLANNED or fresh.presence is not Presence.EXPECTED:
            raise TooLate()
        fresh.answer, fresh.answered_on, fresh.answered_by = said, clock.today(), way
        fresh.names = names if said is not Answer.LEAVE else fresh.names
        fresh.post, fresh.reason = post, reason
        fresh.version += 1
        fresh.save()
        record(
            actor, Act.MEETING_ANSWERED, meeting, meeting.place_id, unit=fresh.unit_text, answer=said, names=names,
            post=post, reason=reason, way=way,
        )  # fmt: skip
    return fresh
