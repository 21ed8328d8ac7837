"""Who came: seats ticked at the door or afterwards, by several people at once; guests nobody expected."""

from dataclasses import dataclass

from peewee import ModelSelect

from blueprints.meetings import checks, rules, seats
from blueprints.meetings.models import Attendance, Meeting
from blueprints.meetings.states import Answer, MeetingState, Presence
from core import clock
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.refusal import Refused
from core.text import _l

FIELDS = ("presence", "names", "post", "reason")


class NameMissing(Refused):
    sentence = _l("请写明是哪个单位或哪位同志。")


class SeatTaken(Refused):
    sentence = _l("“%(name)s”已经在名单里了，请直接在那一行登记。")
    status = 409


@dataclass(frozen=True)
class Tick:
    """One row as somebody left it, on top of the version they saw."""

    seat: int
    version: int
    presence: Presence
    names: str
    post: str
    reason: str


def shown(meeting: Meeting, asked: str = "", words: str = "") -> ModelSelect:
    """Seats in order, narrowed to a presence and to names the words are found in."""
    rows = meeting.seats.order_by(Attendance.position, Attendance.id)
    rows = rows.where(Attendance.presence == Presence(asked)) if asked in set(Presence) else rows
    return rows.where(Attendance.unit_text.contains(words) | Attendance.names.contains(words)) if words else rows


def register(actor: Actor, meeting: Meeting, ticks: list[Tick]) -> list[str]:
    """Write the rows that changed; answers the names of those somebody else changed meanwhile, which stay as they are."""
    with writing():
        fresh = rules.open_for_changes(meeting, None)
        rows = {row.id: row for row in fresh.seats.where(Attendance.id.in_([tick.seat for tick in ticks]))}
        changed = [tick for tick in ticks if tick.seat in rows and _differs(rows[tick.seat], tick)]
        _check(fresh, [(rows[tick.seat].unit_text, tick.presence) for tick in changed])
        overtaken = [tick for tick in changed if rows[tick.seat].version != tick.version]
        mine = [tick for tick in changed if tick not in overtaken]
        for tick in mine:
            _write(rows[tick.seat], tick)
        if mine:
            _after(actor, fresh, [rows[tick.seat] for tick in mine])
    return [rows[tick.seat].unit_text for tick in overtaken]


def _differs(row: Attendance, tick: Tick) -> bool:
    return any(getattr(row, name) != getattr(tick, name) for name in FIELDS)


def _check(meeting: Meeting, came: list[tuple[str, Presence]]) -> None:
    faults = list(checks.departed_seats(came, meeting.place, clock.local(meeting.held_at).date()))
    if faults:
        raise checks.NotInOrder(faults="\n".join(faults))


def _write(row: Attendance, tick: Tick) -> None:
    """Whoever came after all needs no reason for staying away any more."""
    came = tick.presence is Presence.PRESENT and row.presence in (Presence.ABSENT, Presence.ON_LEAVE)
    reason = "" if came and tick.reason == row.reason else tick.reason
    for name in FIELDS:
        setattr(row, name, getattr(tick, name))
    row.reason = reason
    row.version += 1
    row.save()


def _after(actor: Actor, meeting: Meeting, rows: list[Attendance]) -> None:
    """A draft that was checked is a draft again; the first who came opens the meeting."""
    if meeting.state in (MeetingState.DRAFTED, MeetingState.APPROVED):
        rules.reopened(actor, meeting)
    elif meeting.state is MeetingState.PLANNED and seats.anybody_came(meeting):
        rules.held(actor, meeting)
    told = {row.unit_text: str(row.presence) for row in rows}
    record(actor, Act.MEETING_SEATED, meeting, meeting.place_id, seats=told)


def add(actor: Actor, meeting: Meeting, name: str, names: str, presence: Presence) -> Attendance:
    """Somebody who is not on the roster, mostly an observer."""
    name, names = name.strip()[:120], names.strip()[:400]
    if not name:
        raise NameMissing()
    with writing():
        fresh = rules.open_for_changes(meeting, None)
        _check(fresh, [(name, presence)])
        if fresh.seats.where((Attendance.unit_text == name) & (Attendance.names == names)).exists():
            raise SeatTaken(name=name)
        seat = Attendance.create(
            meeting=fresh, position=seats.next_position(fresh), unit_text=name, names=names, presence=presence
        )
        _after(actor, fresh, [seat])
    return seat


def fill(actor: Actor, meeting: Meeting) -> int:
    """Seats for everybody on the roster who has none: the roster grew, or the meeting came from a file."""
    with writing():
        fresh = rules.open_for_changes(meeting, None)
        added = seats.expect(fresh)
        record(actor, Act.MEETING_SEATED, fresh, fresh.place_id, added=added)
    return added


def take_answers(actor: Actor, meeting: Meeting) -> int:
    """What the receipts say becomes the first tick: those who asked for leave are on leave, the rest stays to be ticked."""
    rows = meeting.seats.where((Attendance.answer == Answer.LEAVE) & (Attendance.presence == Presence.EXPECTED))
    ticks = [Tick(row.id, row.version, Presence.ON_LEAVE, row.names, row.post, row.reason) for row in rows]
    register(actor, meeting, ticks)
    return len(ticks)


def rest_absent(actor: Actor, meeting: Meeting) -> int:
    """Whoever was expected and nobody spoke of stayed away."""
    rows = meeting.seats.where(Attendance.presence == Presence.EXPECTED)
    ticks = [Tick(row.id, row.version, Presence.ABSENT, row.names, row.post, row.reason or "未请假") for row in rows]
    register(actor, meeting, ticks)
    return len(ticks)
