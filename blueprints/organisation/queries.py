"""Reads of the two trees."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from peewee import ModelSelect

from blueprints.organisation.models import GridPost, OrgEvent
from blueprints.people.models import PartyMember
from core import clock, settings
from core.access import Actor, Can
from core.records.people import Person
from core.records.places import PartyOrg, Place, PlaceKind
from core.search import MOST, Hit
from core.stairwells import stairwell as spelled
from core.stairwells import stairwell_slug
from core.text import _, _l

settings.declare("office.superior", _l("上级党组织全称（请示、报告的主送机关）"), "", group="office")


def standing(model: type[Place] | type[PartyOrg], on: date | None = None):
    """The condition that a place or organisation exists on a day."""
    day = on or clock.today()
    return (model.since.is_null(True) | (model.since <= day)) & (model.until.is_null(True) | (model.until > day))


def stairwells(community: Place, on: date | None = None) -> ModelSelect:
    """All stairwells in building order."""
    return (
        Place.select()
        .where((Place.community == community) & (Place.kind == PlaceKind.STAIRWELL) & standing(Place, on))
        .order_by(Place.position, Place.id)
    )


def houses(actor: Actor, community: Place) -> ModelSelect:
    """Buildings and stairwells the actor may see, those that ended too."""
    kinds = Place.kind.in_((PlaceKind.BUILDING, PlaceKind.STAIRWELL))
    return Place.select().where((Place.community == community) & kinds & Place.community.in_(actor.communities(Can.ORGANISATION_READ)))


def stairwells_of(building: Place, on: date | None = None) -> ModelSelect:
    """The stairwells of one building."""
    return (
        Place.select()
        .where((Place.parent == building) & (Place.kind == PlaceKind.STAIRWELL) & standing(Place, on))
        .order_by(Place.position, Place.id)
    )


def stairwell(community: Place, slug: str) -> Place | None:
    """The stairwell behind an address such as 3-2, or None."""
    return Place.get_or_none(
        (Place.community == community) & (Place.kind == PlaceKind.STAIRWELL) & (Place.slug == slug)
    )


def building(community: Place, slug: str) -> Place | None:
    """The building behind an address such as 3, or None."""
    return Place.get_or_none((Place.parent == community) & (Place.kind == PlaceKind.BUILDING) & (Place.slug == slug))


def by_building(places: list[Place]) -> list[tuple[int, list[Place]]]:
    """Stairwells grouped by their building, keeping the order."""
    groups: dict[int, list[Place]] = defaultdict(list)
    for place in places:
        groups[place.parent_id].append(place)
    return list(groups.items())


def visible_orgs(actor: Actor, community: Place, on: date | None = None) -> ModelSelect:
    """The Party tree of a community as it stood on a day."""
    scope = PartyOrg.place.in_(actor.communities(Can.ORGANISATION_READ))
    return (
        PartyOrg.select()
        .where(scope & (PartyOrg.place == community) & standing(PartyOrg, on))
        .order_by(PartyOrg.position, PartyOrg.id)
    )


def organisations(actor: Actor, community: Place) -> ModelSelect:
    """All Party organisations of a community, those that ended too."""
    scope = PartyOrg.place.in_(actor.communities(Can.ORGANISATION_READ))
    return PartyOrg.select().where(scope & (PartyOrg.place == community)).order_by(PartyOrg.position, PartyOrg.id)


def events(org: PartyOrg) -> ModelSelect:
    """The steps of an organisation's life, and of those whose members came to it; the newest first."""
    return (
        OrgEvent.select().where((OrgEvent.org == org) | (OrgEvent.other == org)).order_by(OrgEvent.day.desc(), OrgEvent.id.desc())
    )


def members_of(org: PartyOrg) -> ModelSelect:
    """Who belongs to it today, in stroke order of names."""
    return (
        PartyMember.select(PartyMember, Person).join(Person)
        .where((PartyMember.org == org) & PartyMember.until.is_null(True)).order_by(Person.sort_key, PartyMember.id)
    )  # fmt: skip


def superior_of(place: Place) -> str:
    """Whom this community's reports are addressed to: the setting, else the sub-district's working committee."""
    above = place.parent.name if place.parent_id else ""
    return settings.value("office.superior", place) or (f"中共{above}工作委员会" if above else "上级党组织")


def committee_of(community: Place) -> PartyOrg | None:
    """The community's own Party organisation, the root of its branches."""
    return PartyOrg.get_or_none((PartyOrg.place == community) & PartyOrg.parent.is_null(True))


def body_of(community: Place) -> str:
    """Who signs for the community: its committee in full, else its own name."""
    committee = committee_of(community)
    return committee.full_name if committee else community.name


def stairwell_called(community: Place, name: str) -> Place | None:
    """The stairwell written 3幢2单元, 3栋2单元 or 3-2, or None."""
    parts = spelled(name)
    slug = stairwell_slug(*parts) if parts else name
    return Place.get_or_none(
        (Place.community == community)
        & (Place.kind == PlaceKind.STAIRWELL)
        & ((Place.name == name) | (Place.slug == slug))
    )


def public_search(community: Place, words: str) -> Iterator[Hit]:
    """Stairwells by what is written on their door: 3幢2单元, 3幢, 3-2."""
    found = Place.name.contains(words) | (Place.slug == words)
    for place in stairwells(community).where(found).limit(MOST):
        yield Hit(place.name, f"/boards/{place.slug}", str(_("党员承诺")))


def branches(community: Place) -> ModelSelect:
    """Today's Party organisations of a community that members can belong to, in their own order."""
    return (
        PartyOrg.select()
        .where((PartyOrg.place == community) & PartyOrg.parent.is_null(False) & standing(PartyOrg))
        .order_by(PartyOrg.position, PartyOrg.id)
    )


def community_of(place: Place) -> Place | int:
    """The community a place lies in; zones and groups hang below it directly."""
    if place.kind in (PlaceKind.ZONE, PlaceKind.GROUP):
        return place.parent_id
    return place.community_id or place


def leaders(community: Place, on: date | None = None) -> dict[int, GridPost]:
    """Who leads each stairwell, group and zone on a day (today), with the person joined."""
    day = on or clock.today()
    held = (GridPost.since <= day) & (GridPost.until.is_null(True) | (GridPost.until > day))
    rows = (
        GridPost.select(GridPost, Person).join(Person).where((Person.place == community) & held).order_by(GridPost.id)
    )
    return {post.place_id: post for post in rows}


def former_leaders(place: Place) -> ModelSelect:
    """Everybody who led a place, the newest first."""
    return GridPost.select(GridPost, Person).join(Person).where(GridPost.place == place).order_by(GridPost.id.desc())


def residents(place: Place) -> ModelSelect:
    """People on file in a stairwell, in stroke order."""
    return Person.select().where(Person.stairwell == place).order_by(Person.sort_key, Person.id)
