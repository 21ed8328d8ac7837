"""Houses and stairwells over the years: given another name, no more since a day, taken up again when that was a mistake."""

from datetime import date

from blueprints.organisation.models import AreaPart, GridPost
from blueprints.people.models import PartyMember, Representative
from core import clock, zh
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.history import unchanged
from core.records.places import Place, PlaceKind
from core.refusal import Refused
from core.stairwells import stairwell as spelled
from core.stairwells import stairwell_text
from core.text import _l

HOUSES = (PlaceKind.BUILDING, PlaceKind.STAIRWELL)


class PlaceNameMissing(Refused):
    sentence = _l("请填写名称，例如“3幢2单元”。")


class PlaceNameTaken(Refused):
    sentence = _l("已经有一个叫“%(name)s”的了，请换一个名称。")
    status = 409


class StillLivedIn(Refused):
    sentence = _l("%(name)s还有 %(members)s 名党员、%(speakers)s 名居民代表在册。请先在名册里改到别的楼道，再撤销。")
    status = 409


class StillHasStairwells(Refused):
    sentence = _l("%(name)s还有 %(count)s 个楼道，请先撤销楼道。")
    status = 409


class NoDayOfEnd(Refused):
    sentence = _l("撤销日期 %(day)s 还没有到，或者早于它开始的那天，请核对。")


def rename(actor: Actor, place: Place, version: int, name: str) -> Place:
    """Another name on pages and papers; the address, and with it every code printed on a board, stays. Raises Stale."""
    parts = spelled(name) if place.kind is PlaceKind.STAIRWELL else None
    name = stairwell_text(*parts) if parts else " ".join(name.split())[:80]
    if not name:
        raise PlaceNameMissing()
    with writing():
        fresh = unchanged(place, version)
        same = (Place.community == fresh.community_id) & (Place.name == name) & Place.until.is_null(True) & (Place.id != fresh.id)
        if Place.select().where(same).exists():
            raise PlaceNameTaken(name=name)
        before, fresh.name = fresh.name, name
        return _changed(actor, fresh, before=before, after=name)


def end(actor: Actor, place: Place, version: int, day: date) -> Place:
    """From that day the place is no more, nobody leads it and no area holds it; who lived there is moved first."""
    with writing():
        fresh = unchanged(place, version)
        if day > clock.today() or (fresh.since and day < fresh.since):
            raise NoDayOfEnd(day=zh.day(day))
        _empty(fresh)
        GridPost.update(until=day).where((GridPost.place == fresh) & GridPost.until.is_null(True) & (GridPost.since <= day)).execute()
        AreaPart.update(until=day).where((AreaPart.part == fresh) & AreaPart.until.is_null(True) & (AreaPart.since <= day)).execute()
        fresh.until = day
        return _changed(actor, fresh, ended=day)


def _empty(place: Place) -> None:
    standing = place.parts.where(Place.until.is_null(True)).count()
    if standing:
        raise StillHasStairwells(name=place.name, count=standing)
    members = PartyMember.select().where((PartyMember.stairwell == place) & PartyMember.until.is_null(True)).count()
    speakers = Representative.select().where((Representative.stairwell == place) & Representative.until.is_null(True)).count()
    if members or speakers:
        raise StillLivedIn(name=place.name, members=members, speakers=speakers)


def take_up(actor: Actor, place: Place, version: int) -> Place:
    """The end was a mistake: the place stands again, its house too."""
    with writing():
        fresh = unchanged(place, version)
        fresh.until = None
        if fresh.kind is PlaceKind.STAIRWELL and fresh.parent.until is not None:
            take_up(actor, fresh.parent, fresh.parent.version)
        return _changed(actor, fresh, ended=None)


def _changed(actor: Actor, place: Place, **values: object) -> Place:
    place.version += 1
    place.save()
    record(actor, Act.PLACE_CHANGED, place, place.community_id, name=place.name, **values)
    return place
