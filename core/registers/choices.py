"""Records that entries of many registers point at, as {words: id} of a community."""

from peewee import JOIN

from core.access import Can, accounts_holding
from core.records.people import Account, Person
from core.records.places import PartyOrg, Place, PlaceKind


def people(place: Place) -> dict[str, int]:
    """Everybody on file in stroke order; namesakes are told apart by their stairwell."""
    rows = list(Person.select(Person, Place).join(Place, JOIN.LEFT_OUTER, on=Person.stairwell).where(Person.place == place).order_by(Person.sort_key))
    names = [row.name for row in rows]
    return {row.name if names.count(row.name) == 1 else f"{row.name}（{row.stairwell or row.id}）": row.id for row in rows}


def stairwells(place: Place) -> dict[str, int]:
    """The community's stairwells in building order."""
    inside = (Place.community == place) & (Place.kind == PlaceKind.STAIRWELL) & Place.until.is_null(True)
    return {row.name: row.id for row in Place.select().where(inside).order_by(Place.position, Place.id)}


def branches(place: Place) -> dict[str, int]:
    """The Party organisations of a community that stand today."""
    rows = PartyOrg.select().where((PartyOrg.place == place) & PartyOrg.until.is_null(True))
    return {row.name: row.id for row in rows.order_by(PartyOrg.position, PartyOrg.id)}


def accounts(place: Place) -> dict[str, int]:
    """Everybody who works in the community's office, by name."""
    rows = Account.select().where(Account.id.in_(accounts_holding(Can.OFFICE_ENTER, place))).order_by(Account.id)
    return {row.name: row.id for row in rows}
