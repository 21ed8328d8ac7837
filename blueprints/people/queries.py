"""Reads of people and memberships."""

from collections.abc import Iterator

from peewee import JOIN, ModelSelect

from blueprints.people.models import PartyMember, Representative
from core.access import Actor, Can
from core.bigrams import matching
from core.records.people import Person
from core.records.places import PartyOrg, Place
from core.search import MOST, Hit
from core.text import _


def members(community: Place) -> ModelSelect:
    """Today's members with person, branch and stairwell joined, in building then stroke order."""
    return (
        PartyMember.select(PartyMember, Person, PartyOrg, Place)
        .join(Person)
        .switch(PartyMember)
        .join(PartyOrg, JOIN.LEFT_OUTER)
        .switch(PartyMember)
        .join(Place, JOIN.LEFT_OUTER, on=(PartyMember.stairwell == Place.id))
        .where((PartyMember.place == community) & PartyMember.until.is_null(True))
        .order_by(Place.position, Person.sort_key, PartyMember.id)
    )


def visible_members(actor: Actor, community: Place) -> ModelSelect:
    """Members the actor may see in this community."""
    return members(community).where(PartyMember.place.in_(actor.communities(Can.PEOPLE_READ)))


def narrowed(query: ModelSelect, words: str = "", branch: int = 0, stairwell: int = 0) -> ModelSelect:
    """Members of a branch, of a stairwell, with these words in name or phone."""
    if words:
        found = Person.phone.contains(words) | (Place.name == words)
        named = matching(Person.bigrams, words)
        query = query.where(found if named is None else named | found)
    query = query.where(PartyMember.org == branch) if branch else query
    return query.where(PartyMember.stairwell == stairwell) if stairwell else query


def representatives(community: Place) -> ModelSelect:
    """Today's residents' representatives with person and stairwell joined, in building then stroke order."""
    return (
        Representative.select(Representative, Person, Place)
        .join(Person)
        .switch(Representative)
        .join(Place, JOIN.LEFT_OUTER, on=(Representative.stairwell == Place.id))
        .where((Representative.place == community) & Representative.until.is_null(True))
        .order_by(Place.position, Person.sort_key, Representative.id)
    )


def visible_representatives(actor: Actor, community: Place) -> ModelSelect:
    """Representatives the actor may see in this community."""
    return representatives(community).where(Representative.place.in_(actor.communities(Can.PEOPLE_READ)))


def has_members(community: Place) -> bool:
    """Whether a roster has been imported at all."""
    return PartyMember.select().where(PartyMember.place == community).exists()


def search(actor: Actor, community: Place, words: str) -> Iterator[Hit]:
    """Members and representatives whose name, phone or stairwell the words are found in."""
    found = matching(Person.bigrams, words) | Person.phone.contains(words) | (Place.name == words)
    for row in visible_members(actor, community).where(found).limit(MOST):
        where = row.stairwell.name if row.stairwell else ""
        yield Hit(row.person.name, f"/office/people/{row.id}", str(_("党员名册")), f"{where} {row.person.phone}")
    for row in visible_representatives(actor, community).where(found).limit(MOST):
        where = row.stairwell.name if row.stairwell else ""
        yield Hit(row.person.name, "/office/people/representatives", str(_("居民代表")), f"{where} {row.person.phone}")
