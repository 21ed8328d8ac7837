"""A whole meeting as plain values: what a file brings, a form sends, the papers print."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from blueprints.meetings.models import AgendaItem, Attendance, Meeting, Resolution
from blueprints.meetings.states import ItemKind, Presence

LABEL = re.compile(r"^(?:牵头单位|牵头|责任单位|责任人|配合单位|配合|协办单位|协办)[：:]?")
IN_FILE = (Presence.PRESENT, Presence.ON_LEAVE, Presence.OBSERVER, Presence.ABSENT)


@dataclass(frozen=True)
class Decision:
    """One decision: what, who answers for it as printed, by which day; ``row`` is the stored one it came from."""

    text: str
    responsible: str
    due_on: date
    supervisor: str = ""
    row: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Item:
    """One item of the agenda with what was decided under it; ``row`` is the stored one it came from."""

    title: str
    reported_by: str = ""
    discussion: str = ""
    decisions: tuple[Decision, ...] = ()
    kind: ItemKind | None = None
    row: int | None = field(default=None, compare=False)


@dataclass(frozen=True)
class Seat:
    """A unit and its people: present, on leave, observing, absent; ``note`` says why, or for whom somebody stands in."""

    presence: Presence
    unit: str
    names: str = ""
    note: str = ""


@dataclass(frozen=True)
class Protocol:
    """The meeting; instants are naive UTC, ``number`` is (year, serial) and comes together with ``issued_on``."""

    series: str
    issuing_body: str
    held_at: datetime
    ended_at: datetime | None = None
    venue: str = ""
    chair: str = ""
    recorder: str = ""
    opening: str = ""
    seats: tuple[Seat, ...] = ()
    items: tuple[Item, ...] = ()
    copies_to: tuple[str, ...] = ()
    copies: int | None = None
    printed_by: str = ""
    signatory: str = ""
    countersigned_by: str = ""
    number: tuple[int, int] | None = None
    issued_on: date | None = None

    def sitting(self, presence: Presence) -> tuple[tuple[str, str], ...]:
        """(unit, names) of everybody with this presence, in order."""
        return tuple((seat.unit, seat.names) for seat in self.seats if seat.presence is presence)


def names(text: str) -> list[str]:
    """Names in a line as an office writes them: 甲厂、乙站."""
    return [part for part in re.split(r"[、，,；;\s]+", text) if part]


def owners(responsible: str) -> list[str]:
    """The names in ``responsible`` as printed, the first of them in the lead."""
    parts = (LABEL.sub("", part) for part in names(responsible))
    return list(dict.fromkeys(part for part in parts if part))


def protocol_of(meeting: Meeting) -> Protocol:
    """The stored meeting, in four queries."""
    decided: dict[int, list[Decision]] = {}
    for row in meeting.resolutions.order_by(Resolution.position):
        said = Decision(row.text, row.responsible, row.due_on, row.supervisor, row.id)
        decided.setdefault(row.item_id, []).append(said)
    return Protocol(
        series=meeting.series.name, issuing_body=meeting.issuing_body, held_at=meeting.held_at,
        ended_at=meeting.ended_at, venue=meeting.venue, chair=meeting.chair, recorder=meeting.recorder,
        opening=meeting.opening, seats=seats_of(meeting),
        items=tuple(
            Item(row.title, row.reported_by, row.discussion, tuple(decided.get(row.id, ())), row.kind, row.id)
            for row in meeting.agenda.order_by(AgendaItem.position)
        ),
        copies_to=tuple(meeting.copies_to), copies=meeting.copies, printed_by=meeting.printed_by,
        signatory=meeting.signatory, countersigned_by=meeting.countersigned_by,
        number=(meeting.number_year, meeting.number_serial) if meeting.number_serial else None,
        issued_on=meeting.issued_on,
    )  # fmt: skip


def seats_of(meeting: Meeting) -> tuple[Seat, ...]:
    """Who came, was excused, observed or stayed away; those nobody spoke of are left out."""
    said = meeting.seats.where(Attendance.presence.in_(IN_FILE)).order_by(Attendance.position, Attendance.id)
    rows = sorted(said, key=lambda row: IN_FILE.index(row.presence))
    return tuple(Seat(row.presence, row.unit_text, row.names, row.reason) for row in rows)
