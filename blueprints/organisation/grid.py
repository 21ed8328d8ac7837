"""Who is responsible where: zones (片) and groups (组) over the stairwells, and whoever leads each of them on a day."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from peewee import ModelSelect

from blueprints.organisation import queries
from blueprints.organisation.models import AreaPart, GridPost
from core import clock, settings
from core.records.places import Place, PlaceKind
from core.text import _l

AREAS = (PlaceKind.ZONE, PlaceKind.GROUP)
TITLES = {PlaceKind.ZONE: "organisation.zone", PlaceKind.GROUP: "organisation.group", PlaceKind.STAIRWELL: "boards.leader"}
settings.declare("organisation.zone", _l("片的负责人的叫法"), "片长", group="boards")
settings.declare("organisation.group", _l("组的负责人的叫法"), "组长", group="boards")
settings.declare("boards.leader", _l("楼道负责人的叫法"), "楼道负责人", group="boards")


@dataclass(frozen=True)
class Answer:
    """Who answers for one stairwell: its own leader, the group's, the zone's; each may be missing."""

    stairwell: Place
    zone: Place | None = None
    group: Place | None = None
    posts: dict[int, GridPost] = field(default_factory=dict, hash=False)

    @property
    def steps(self) -> list[tuple[PlaceKind, Place | None, GridPost | None]]:
        """From the zone down: the kind of place, which one, who leads it."""
        places = ((PlaceKind.ZONE, self.zone), (PlaceKind.GROUP, self.group), (PlaceKind.STAIRWELL, self.stairwell))
        return [(kind, place, self.posts.get(place.id) if place else None) for kind, place in places]

    @property
    def leader(self) -> GridPost | None:
        """Whoever leads the stairwell itself."""
        return self.posts.get(self.stairwell.id)


def titles(community: Place) -> dict[PlaceKind, str]:
    """What whoever leads a zone, a group, a stairwell is called here."""
    values = settings.values(community)
    return {kind: str(values[key]) for kind, key in TITLES.items()}


def areas(community: Place, on: date | None = None) -> ModelSelect:
    """Zones, then groups, in their order."""
    return (
        Place.select()
        .where((Place.parent == community) & Place.kind.in_(AREAS) & queries.standing(Place, on))
        .order_by(Place.kind.desc(), Place.position, Place.id)
    )


def area(community: Place, number: int) -> Place | None:
    """One zone or group that still stands, or None."""
    return areas(community).where(Place.id == number).first()


def parts(community: Place, on: date | None = None) -> dict[int, list[Place]]:
    """Per zone or group its buildings or stairwells on a day, in building order."""
    day = on or clock.today()
    held = (AreaPart.since <= day) & (AreaPart.until.is_null(True) | (AreaPart.until > day))
    rows = (
        AreaPart.select(AreaPart, Place).join(Place, on=(AreaPart.part == Place.id))
        .where((Place.community == community) & held).order_by(Place.position, Place.id)
    )  # fmt: skip
    found: dict[int, list[Place]] = defaultdict(list)
    for row in rows:
        found[row.area_id].append(row.part)
    return found


def answers(community: Place, on: date | None = None) -> list[Answer]:
    """Every stairwell in building order with who answers for it on a day; four queries however many there are."""
    known = {place.id: place for place in areas(community, on)}
    inside: dict[PlaceKind, dict[int, Place]] = {kind: {} for kind in AREAS}
    for number, places in parts(community, on).items():
        for place in places if number in known else ():
            inside[known[number].kind][place.id] = known[number]
    posts = queries.leaders(community, on)
    return [
        Answer(place, *(inside[kind].get(place.id) or inside[kind].get(place.parent_id) for kind in AREAS), posts)
        for place in queries.stairwells(community, on)
    ]


def answer(community: Place, stairwell: Place, on: date | None = None) -> Answer:
    """Who is responsible for 3幢2单元."""
    return next(one for one in answers(community, on) if one.stairwell == stairwell)


def groups_of(found: Iterable[Answer]) -> list[tuple[Place | None, list[tuple[Place | None, list[Answer]]]]]:
    """The tree of the telephones: zones with their groups with their stairwells; what belongs to none comes last."""
    zones: dict[int, tuple[Place | None, dict[int, tuple[Place | None, list[Answer]]]]] = {}
    for one in found:
        _zone, inside = zones.setdefault(_order(one.zone), (one.zone, {}))
        inside.setdefault(_order(one.group), (one.group, []))[1].append(one)
    return [(zone, [inside[key] for key in sorted(inside)]) for _key, (zone, inside) in sorted(zones.items())]


def _order(place: Place | None) -> int:
    return place.position if place else 1_000_000
