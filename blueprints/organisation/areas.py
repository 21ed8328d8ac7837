"""Drawing zones and groups: founded, redrawn, dissolved; what they were stays on file with its days."""

from collections.abc import Collection
from datetime import date

from peewee import JOIN, fn

from blueprints.organisation import grid, rules
from blueprints.organisation.models import AreaPart, GridPost
from core import clock, history
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.records.people import Person
from core.records.places import Place, PlaceKind
from core.refusal import Refused
from core.stairwells import stairwell as spelled
from core.stairwells import stairwell_slug
from core.text import _l


class AreaNameMissing(Refused):
    sentence = _l("请填写名称，例如“东片”“第一组”。")


class AreaNameTaken(Refused):
    sentence = _l("已经有一个叫“%(name)s”的了，请换一个名称。")


class NoParts(Refused):
    sentence = _l("请至少勾选一幢或一个楼道。")


class Namesakes(Refused):
    sentence = _l("名册里有 %(count)s 位%(name)s：%(where)s。请在姓名后面写上楼道，例如“%(example)s”。")


class UnknownThere(Refused):
    sentence = _l("%(where)s的名册里没有%(name)s，请核对姓名和楼道。")


def draw(
    actor: Actor, community: Place, kind: PlaceKind, name: str, parts: Collection[Place], leader: str = ""
) -> Place:
    """A new zone or group of these buildings or stairwells; they leave whatever area of that kind they were in."""
    name = _checked(community, kind, name, parts)
    with writing():
        last = Place.select(fn.COALESCE(fn.MAX(Place.position), 0)).where((Place.parent == community) & (Place.kind == kind))
        position = last.scalar() + 1
        number = Place.select().where((Place.parent == community) & (Place.kind == kind)).count() + 1
        area = Place.create(
            kind=kind, parent=community, name=name, slug=f"{kind}-{number}", position=position, since=clock.today()
        )
        _fill(area, parts)
        record(actor, Act.AREA_CHANGED, area, community, name=name, parts=[place.name for place in parts])
        name_leader(actor, area, leader)
    return area


def redraw(actor: Actor, area: Place, version: int, name: str, parts: Collection[Place]) -> Place:
    """Another name, other buildings or stairwells from today on. Raises Stale when ``version`` is old."""
    name = _checked(area.parent, area.kind, name, parts, area)
    with writing():
        fresh = history.unchanged(area, version)
        fresh.name, fresh.version = name, version + 1
        fresh.save()
        _fill(fresh, parts)
        record(actor, Act.AREA_CHANGED, fresh, fresh.parent_id, name=name, parts=[place.name for place in parts])
    return fresh


def dissolve(actor: Actor, area: Place) -> None:
    """From today the area is no more, nor is anybody its leader."""
    today = clock.today()
    with writing():
        Place.update(until=today, version=Place.version + 1).where(Place.id == area.id).execute()
        AreaPart.update(until=today).where((AreaPart.area == area) & AreaPart.until.is_null(True)).execute()
        GridPost.update(until=today).where((GridPost.place == area) & GridPost.until.is_null(True)).execute()
        record(actor, Act.AREA_CHANGED, area, area.parent_id, name=area.name, dissolved=True)


def _checked(community: Place, kind: PlaceKind, name: str, parts: Collection[Place], area: Place | None = None) -> str:
    name = " ".join(name.split())[:80]
    if not name:
        raise AreaNameMissing()
    if not parts:
        raise NoParts()
    same = grid.areas(community).where((Place.kind == kind) & (Place.name == name))
    if (same.where(Place.id != area.id) if area else same).exists():
        raise AreaNameTaken(name=name)
    return name


def _fill(area: Place, parts: Collection[Place]) -> None:
    """These are its parts from today: others leave it, and these leave what else of that kind they were in."""
    today, wanted = clock.today(), {place.id for place in parts}
    kin = Place.select(Place.id).where((Place.parent == area.parent_id) & (Place.kind == area.kind))
    now = AreaPart.until.is_null(True)
    leaving = (AreaPart.area == area) & AreaPart.part.not_in(wanted)
    moving = AreaPart.area.in_(kin) & (AreaPart.area != area) & AreaPart.part.in_(wanted)
    AreaPart.update(until=today).where(now & (leaving | moving)).execute()
    kept = {row.part_id for row in AreaPart.select().where(now & (AreaPart.area == area))}
    for place in parts:
        if place.id not in kept:
            AreaPart.create(area=area, part=place, since=today)


def name_leader(actor: Actor, area: Place, text: str, since: date | None = None) -> None:
    """The leader of a zone or group as an office writes it: a name, with the stairwell behind it where two bear it.

    Nobody of that name on file: the name then stands on file. Empty: nobody leads it. Raises Namesakes, UnknownThere.
    """
    with writing():
        rules.appoint_leader(actor, area, _person(area.parent, " ".join(text.split())) if text.strip() else None, since)


def _person(community: Place, text: str) -> Person:
    name, _space, where = text.rpartition(" ")
    labels = spelled(where) if name else None
    if labels is None:
        name = text
    named = Person.select(Person, Place).join(Place, JOIN.LEFT_OUTER, on=(Person.stairwell == Place.id))
    found = list(named.where((Person.place == community) & (Person.name == name)).order_by(Person.id))
    if labels is not None:
        found = [one for one in found if one.stairwell and one.stairwell.slug == stairwell_slug(*labels)]
        if not found:
            raise UnknownThere(name=name, where=where)
    if len(found) > 1:
        places = [one.stairwell.name for one in found if one.stairwell] or ["3幢2单元"]
        raise Namesakes(count=len(found), name=name, where="、".join(places), example=f"{name} {places[0]}")
    return found[0] if found else rules.new_person(community, name)
