"""Seats: who is expected, what they answered, who came; the quorum where a series asks for one."""

from collections import Counter
from collections.abc import Iterator

from peewee import chunked, fn

from blueprints.meetings import parties
from blueprints.meetings.models import Attendance, Meeting
from blueprints.meetings.protocol import Protocol, Seat
from blueprints.meetings.states import Presence, Quorum
from core import clock
from core.text import _

AT_ONCE = 100  # rows written in one statement
ENTITLED = (Presence.EXPECTED, Presence.PRESENT, Presence.ON_LEAVE, Presence.ABSENT)


def expect(meeting: Meeting) -> int:
    """A seat for everybody on the roster that day who has none yet; answers how many were added."""
    seated = {name for (name,) in meeting.seats.select(Attendance.unit_text).tuples()}
    at = next_position(meeting)
    day = clock.local(meeting.held_at).date()
    missing = {party.name: party for party in parties.parties(meeting.series, day) if party.name not in seated}
    rows = [
        {"meeting": meeting.id, "position": at + n, "unit_text": party.name, "unit": party.unit, "member": party.member,
         "names": party.contact}
        for n, party in enumerate(missing.values())
    ]  # fmt: skip
    for some in chunked(rows, AT_ONCE):
        Attendance.insert_many(some).execute()
    return len(rows)


def next_position(meeting: Meeting) -> int:
    """Behind the last seat."""
    last = meeting.seats.select(fn.MAX(Attendance.position)).scalar()
    return 0 if last is None else last + 1


def write(meeting: Meeting, protocol: Protocol) -> None:
    """The seats a file names, in its order."""
    units = parties.unit_numbers(meeting.place)
    rows = [_row(meeting, position, seat, units) for position, seat in enumerate(protocol.seats)]
    for some in chunked(rows, AT_ONCE):
        Attendance.insert_many(some).execute()


def _row(meeting: Meeting, position: int, seat: Seat, units: dict[str, int]) -> dict[str, object]:
    return {
        "meeting": meeting.id, "position": position, "presence": seat.presence, "unit_text": seat.unit,
        "names": seat.names, "reason": seat.note, "unit": units.get(seat.unit),
    }  # fmt: skip


def anybody_came(meeting: Meeting) -> bool:
    """Whether somebody was ticked as present."""
    return meeting.seats.where(Attendance.presence == Presence.PRESENT).exists()


def counts(meeting: Meeting) -> Counter:
    """Seats by presence."""
    query = meeting.seats.select(Attendance.presence, fn.COUNT(Attendance.id)).group_by(Attendance.presence)
    return Counter(dict(query.order_by().tuples()))


def entitled(found: Counter) -> int:
    """应到: all of the roster, whether they came or not; observers are none of them."""
    return sum(found[presence] for presence in ENTITLED)


def quorum_missing(meeting: Meeting) -> Iterator[str]:
    """What is said where too few came."""
    quorum = meeting.series.quorum
    found = counts(meeting)
    came, due = found[Presence.PRESENT], entitled(found)
    if quorum is not Quorum.NONE and not quorum.reached(came, due):
        yield _("应到 %(due)s，实到 %(came)s，没有达到“%(rule)s”", due=due, came=came, rule=quorum.title)
