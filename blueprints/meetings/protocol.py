"""A whole meeting as plain values: what a file brings, a form sends, the papers print."""

import re
from dataclasses import dataclass
from datetime import date, datetime

from blueprints.meetings.models import AgendaItem, Meeting, Presence, Resolution

LABEL = re.compile(r"^(?:牵头单位|牵头|责任单位|责任人|配合单位|配合|协办单位|协办)[：:]?")


@dataclass(frozen=True)
class Decision:
    """One decision: what, who answers for it as printed, by which day."""

    text: str
    responsible: str
    due_on: date


@dataclass(frozen=True)
class Item:
    """One item of the agenda with what was decided under it."""

    title: str
    reported_by: str = ""
    discussion: str = ""
    decisions: tuple[Decision, ...] = ()


@dataclass(frozen=True)
class Seat:
    """A unit and its people, present, on leave or observing."""

    presence: Presence
    unit: str
    names: str = ""


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
    printed_by: str = ""
    signatory: str = ""
    number: tuple[int, int] | None = None
    issued_on: date | None = None

    def sitting(self, presence: Presence) -> tuple[tuple[str, str], ...]:
        """(unit, names) of everybody with this presence, in order."""
        return tuple((seat.unit, seat.names) for seat in self.seats if seat.presence is presence)


def owners(responsible: str) -> list[str]:
    """The names in ``responsible`` as printed, the first of them in the lead."""
    parts = (LABEL.sub("", part.strip()) for part in re.split(r"[、，,；;\s]+", responsible))
    return list(dict.fromkeys(part for part in parts if part))


def protocol_of(meeting: Meeting) -> Protocol:
    """The stored meeting, in four queries."""
    decided: dict[int, list[Decision]] = {}
    for row in meeting.resolutions.order_by(Resolution.position):
        decided.setdefault(row.item_id, []).append(Decision(row.text, row.responsible, row.due_on))
    return Protocol(
        series=meeting.series.name, issuing_body=meeting.issuing_body, held_at=meeting.held_at,
        ended_at=meeting.ended_at, venue=meeting.venue, chair=meeting.chair, recorder=meeting.recorder,
        opening=meeting.opening, seats=_seats(meeting),
        items=tuple(
            Item(row.title, row.reported_by, row.discussion, tuple(decided.get(row.id, ())))
            for row in meeting.agenda.order_by(AgendaItem.position)
        ),
        copies_to=tuple(meeting.copies_to), printed_by=meeting.printed_by, signatory=meeting.signatory,
        number=(meeting.number_year, meeting.number_serial) if meeting.number_serial else None,
        issued_on=meeting.issued_on,
    )  # fmt: skip


def _seats(meeting: Meeting) -> tuple[Seat, ...]:
    order = list(Presence)
    rows = sorted(meeting.seats, key=lambda row: (order.index(row.presence), row.position))
    return tuple(Seat(row.presence, row.unit_text, row.names) for row in rows)
