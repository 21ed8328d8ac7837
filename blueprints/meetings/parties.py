"""Who belongs to a series on a day: its own roster, or the member units of the community; rosters are never mixed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from blueprints.cobuilding import queries as cobuilding
from blueprints.cobuilding.models import MemberUnit
from blueprints.meetings.models import MeetingSeries, SeriesMember
from blueprints.organisation.queries import committee_of
from core import clock
from core.records.places import Place


@dataclass(frozen=True)
class Party:
    """Somebody with a seat: the name as printed, who speaks for it, and the row on file it is."""

    name: str
    contact: str = ""
    phone: str = ""
    unit: int | None = None
    member: int | None = None


def parties(series: MeetingSeries, on: date) -> Iterator[Party]:
    """Everybody entitled to a seat that day, in the order of the roster."""
    if series.own_roster:
        for row in members(series, on):
            yield Party(row.name, row.contact, row.phone, row.unit_id, row.id)
        return
    for name in own_bodies(series.place):
        yield Party(name)
    for unit in cobuilding.units(series.place).where(cobuilding.belonging(on)):
        spoken = unit.liaison if unit.liaison and unit.liaison.id else None
        yield Party(unit.name, spoken.name if spoken else "", spoken.phone if spoken else "", unit.id)


def members(series: MeetingSeries, on: date | None = None):
    """The rows of a series' own roster that hold on a day."""
    return series.members.where(holding(on or clock.today())).order_by(SeriesMember.position, SeriesMember.id)


def holding(on: date):
    """The condition that a row of a roster holds on a day."""
    begun = SeriesMember.since.is_null(True) | (SeriesMember.since <= on)
    return begun & (SeriesMember.until.is_null(True) | (SeriesMember.until > on))


def count(series: MeetingSeries, on: date | None = None) -> int:
    """How many units a series has on a day; the community's own bodies are hosts and not counted."""
    if series.own_roster:
        return members(series, on).count()
    return cobuilding.count(series.place, on)


def own_bodies(community: Place) -> list[str]:
    """Party committee and residents' committee, which sit at the head of the community's own table."""
    committee = committee_of(community)
    return [committee.name if committee else f"{community.name}党委", f"{community.name}居委会"]


def unit_numbers(community: Place) -> dict[str, int]:
    """Units on file by name; of two with the same name the one that still belongs."""
    rows = MemberUnit.select(MemberUnit.name, MemberUnit.id).where(MemberUnit.place == community)
    return dict(rows.order_by(MemberUnit.left.desc(), MemberUnit.id).tuples())


def suggested(community: Place, most: int = 60) -> list[str]:
    """Names offered while somebody types who reports and who answers; a long roster is not sent whole."""
    units = MemberUnit.select(MemberUnit.name).where((MemberUnit.place == community) & cobuilding.belonging())
    return [*own_bodies(community), "各成员单位", *(name for (name,) in units.order_by(MemberUnit.id).limit(most).tuples())]
