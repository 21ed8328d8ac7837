"""Who is responsible where, on paper: 责任区一览图 for the wall, the telephone tree for the office."""

from dataclasses import dataclass

from blueprints.organisation import grid, queries
from blueprints.organisation.grid import Answer
from core import clock, settings, zh
from core.records.places import Place, PlaceKind
from core.text import _, in_chinese

MAP, PHONES = "organisation/print/map.html", "organisation/print/phones.html"
SIDE_BY_SIDE = 4  # stairwells in one row of the table, so that plan and table share a sheet


@dataclass(frozen=True)
class Door:
    """One stairwell on the plan."""

    number: str
    leader: str


@dataclass(frozen=True)
class House:
    """One building on the plan."""

    name: str
    doors: tuple[Door, ...]


@dataclass(frozen=True)
class Zone:
    """A part of the plan; name and leader are empty where the community is not divided into zones."""

    name: str
    leader: str
    houses: tuple[House, ...]


@dataclass(frozen=True)
class MapRow:
    """One stairwell in the table."""

    stairwell: str
    leader: str
    group: str
    zone: str


@dataclass(frozen=True)
class MapSheet:
    """责任区一览图: plan and table of the same; ``rows`` are already side by side, a row of the table each."""

    title: str
    body: str
    day: str
    leader_title: str
    zone_title: str
    zones: tuple[Zone, ...]
    rows: tuple[tuple[MapRow | None, ...], ...]
    grouped: bool
    zoned: bool
    vacant: int


@dataclass(frozen=True)
class Contact:
    """Somebody's post with the number to call; name and phone are empty where it is vacant."""

    where: str
    title: str
    name: str
    phone: str


@dataclass(frozen=True)
class PhoneGroup:
    """A group with the stairwells below it; without one only stairwells."""

    lead: Contact | None
    stairwells: tuple[Contact, ...]


@dataclass(frozen=True)
class PhoneZone:
    """A zone with its groups; without one only groups."""

    lead: Contact | None
    groups: tuple[PhoneGroup, ...]


@dataclass(frozen=True)
class PhoneSheet:
    """The telephone tree, for the office only."""

    title: str
    body: str
    day: str
    office_phone: str
    zones: tuple[PhoneZone, ...]


@in_chinese()
def map_sheet(community: Place) -> MapSheet:
    """Plan and table as they stand today."""
    found, titles = grid.answers(community), grid.titles(community)
    zones = tuple(
        Zone(zone.name if zone else "", _name(found[0], zone), _houses([one for _group, part in groups for one in part]))
        for zone, groups in grid.groups_of(found)
    )
    rows = [_row(one) for one in found]
    return MapSheet(
        title=_("责任区一览图"), body=queries.body_of(community), day=zh.day(clock.today()),
        leader_title=titles[PlaceKind.STAIRWELL], zone_title=titles[PlaceKind.ZONE], zones=zones, rows=_beside(rows),
        grouped=any(row.group for row in rows), zoned=any(row.zone for row in rows),
        vacant=sum(not row.leader for row in rows),
    )  # fmt: skip


def _houses(found: list[Answer]) -> tuple[House, ...]:
    houses: dict[str, list[Door]] = {}
    for one in sorted(found, key=lambda one: one.stairwell.position):
        building, _dash, number = one.stairwell.slug.partition("-")
        name = _("%(n)s幢", n=building.upper())
        houses.setdefault(name, []).append(Door(number.upper(), one.leader.person.name if one.leader else ""))
    return tuple(House(name, tuple(doors)) for name, doors in houses.items())


def _name(found: Answer, place: Place | None) -> str:
    post = found.posts.get(place.id) if place else None
    return post.person.name if post else ""


def _row(one: Answer) -> MapRow:
    led = [" ".join(filter(None, (place.name, _name(one, place)))) if place else "" for place in (one.group, one.zone)]
    return MapRow(one.stairwell.name, one.leader.person.name if one.leader else "", *led)


def _beside(rows: list[MapRow]) -> tuple[tuple[MapRow | None, ...], ...]:
    """Several columns, each read downwards."""
    high = -(-len(rows) // SIDE_BY_SIDE)
    filled = [*rows, *[None] * (high * SIDE_BY_SIDE - len(rows))]
    return tuple(tuple(filled[at + column * high] for column in range(SIDE_BY_SIDE)) for at in range(high))


@in_chinese()
def phone_sheet(community: Place) -> PhoneSheet:
    """Who calls whom, as it stands today."""
    found, titles = grid.answers(community), grid.titles(community)
    posts = found[0].posts if found else {}

    def contact(place: Place | None) -> Contact | None:
        if place is None:
            return None
        post = posts.get(place.id)
        return Contact(place.name, titles[place.kind], post.person.name if post else "", post.person.phone if post else "")

    zones = tuple(
        PhoneZone(
            contact(zone),
            tuple(PhoneGroup(contact(group), tuple(contact(one.stairwell) for one in part)) for group, part in groups),
        )
        for zone, groups in grid.groups_of(found)
    )
    return PhoneSheet(
        title=_("责任区联络电话"), body=queries.body_of(community), day=zh.day(clock.today()),
        office_phone=str(settings.value("office.phone", community)), zones=zones,
    )  # fmt: skip
