"""The example community's zones and whoever leads them: nearly every stairwell has somebody, a few are vacant."""

from collections.abc import Iterator
from datetime import date

from blueprints.organisation import areas, queries, rules
from blueprints.people.models import PartyMember
from core.access import Actor
from core.records.places import Place, PlaceKind
from core.workdays import add_workdays

ZONES = ("东片", "中片", "西片")
IN_A_GROUP, VACANT_EVERY = 9, 8
NUMBERS = "一二三四五六七八"


def load(staff: dict[str, Actor], place: Place, today: date) -> Iterator[date]:
    """Zones of six buildings, groups of nine stairwells, leaders from among the members."""
    clerk = staff["干事"]
    yield add_workdays(today, -37)[0]
    stairwells = list(queries.stairwells(place))
    houses = [places[0].parent for _house, places in queries.by_building(stairwells)]
    first = {}
    for member in PartyMember.select().where(PartyMember.place == place).order_by(PartyMember.id):
        first.setdefault(member.stairwell_id, member.person)
    for number, name in enumerate(ZONES):
        part = houses[number * 6 : number * 6 + 6]
        areas.draw(clerk, place, PlaceKind.ZONE, name, part, _called(first, stairwells[number * 24 + 5]))
    for number, name in enumerate(NUMBERS):
        part = stairwells[number * IN_A_GROUP : (number + 1) * IN_A_GROUP]
        areas.draw(clerk, place, PlaceKind.GROUP, f"第{name}组", part, _called(first, part[2]))
    for number, stairwell in enumerate(stairwells, 1):
        if number % VACANT_EVERY and stairwell.id in first:
            rules.appoint_leader(clerk, stairwell, first[stairwell.id])


def _called(first: dict, stairwell: Place) -> str:
    return f"{first[stairwell.id].name} {stairwell.name}"
