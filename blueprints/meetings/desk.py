"""What lies ready when somebody sits down to enter a meeting: seats of all units, words of the last time."""

from blueprints.cobuilding import queries as cobuilding
from blueprints.cobuilding.models import MemberUnit
from blueprints.meetings import queries
from blueprints.meetings.forms import ABSENT, typed
from blueprints.meetings.models import Meeting, MeetingSeries
from blueprints.meetings.protocol import protocol_of
from blueprints.organisation.queries import committee_of
from core import clock
from core.access import Actor
from core.records.places import Place

REPEATED = ("venue", "chair", "recorder", "issuing_body", "printed_by", "signatory", "copies_to")


def blank(actor: Actor, series: MeetingSeries) -> dict[str, object]:
    """A new meeting of a series: everybody's seat, the usual place and people; nobody is ticked."""
    last = queries.visible_to(actor, series.place).where(Meeting.series == series).first()
    usual = typed(protocol_of(last)) if last else {}
    guests = [{**seat, "presence": ABSENT} for seat in usual.get("seats", _own(series.place))]
    return {
        "issuing_body": series.issuing_body, "printed_by": series.printed_by, "copies_to": "、".join(series.copies_to),
        **{name: usual[name] for name in REPEATED if usual.get(name)},
        "ordinal": queries.next_ordinal(series, clock.today().year), "seats": everybody(series.place, guests),
    }  # fmt: skip


def stored(meeting: Meeting) -> dict[str, object]:
    """A meeting as it was entered, with the seats of units that were not ticked."""
    whole = typed(protocol_of(meeting))
    seats = whole.pop("seats")
    return {**whole, "seats": everybody(meeting.place, seats), "ordinal": meeting.ordinal, "version": meeting.version}


def everybody(community: Place, seats: list[dict[str, str]]) -> list[dict[str, str]]:
    """The seats given, then every unit of the joint meeting that has none, with its liaison's name."""
    seated = {seat["unit"] for seat in seats}
    units = cobuilding.units(community).where(cobuilding.belonging())
    empty = [
        {"unit": unit.name, "names": unit.liaison.name if unit.liaison and unit.liaison.id else "", "presence": ABSENT}
        for unit in units if unit.name not in seated
    ]  # fmt: skip
    return [*seats, *empty]


def _own(community: Place) -> list[dict[str, str]]:
    committee = committee_of(community)
    names = [committee.name if committee else f"{community.name}党委", f"{community.name}居委会"]
    return [{"unit": name, "names": "", "presence": ABSENT} for name in names]


def bodies(community: Place) -> list[str]:
    """Names offered while typing who reports and who answers."""
    units = MemberUnit.select(MemberUnit.name).where((MemberUnit.place == community) & cobuilding.belonging())
    return [*(seat["unit"] for seat in _own(community)), "各成员单位", *(name for (name,) in units.tuples())]
