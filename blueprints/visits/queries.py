"""Reads of visits: lists for the office, what is kept back from whom, how long ago each stairwell was visited."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from peewee import JOIN, Expression, ModelSelect, fn

from blueprints.organisation import queries as organisation
from blueprints.suggestions import queries as suggestions
from blueprints.suggestions.models import Suggestion
from blueprints.visits.models import HomeVisit
from core import clock, settings
from core.access import Actor, Can
from core.due import Due
from core.records.people import Account
from core.records.places import Place
from core.text import _, _l

settings.declare("visits.every_days", _l("每个楼道多少天内走访一次"), 90, _l("办公惯例"), group="visits")


def visible_to(actor: Actor, community: Place) -> ModelSelect:
    """Visits of a community with stairwell and who recorded them, the newest first."""
    return (
        HomeVisit.select(HomeVisit, Place, Account)
        .join(Place, on=(HomeVisit.stairwell == Place.id))
        .switch(HomeVisit)
        .join(Account, JOIN.LEFT_OUTER, on=(HomeVisit.recorded_by == Account.id))
        .where(scope(actor, community))
        .order_by(HomeVisit.visited_on.desc(), HomeVisit.id.desc())
    )


def scope(actor: Actor, community: Place) -> Expression:
    """The condition that the actor may see a visit here."""
    return HomeVisit.place == (community.id if actor.can(Can.VISITS_READ, community) else 0)


def knows_door(actor: Actor, visit: HomeVisit) -> bool:
    """Whether the door, the name and the wish are for this actor: who recorded them, and who answers for the office."""
    own = visit.recorded_by_id is not None and visit.recorded_by_id == actor.account_id
    return own or actor.can(Can.SUGGESTIONS_ASSIGN, visit.place_id)


def message_of(actor: Actor, visit: HomeVisit) -> Suggestion | None:
    """The message a wish became, None also where this actor must not know of it."""
    if visit.suggestion_id is None:
        return None
    return suggestions.visible_to(actor, visit.place).where(Suggestion.id == visit.suggestion_id).first()


def messages_of(actor: Actor, community: Place, visits: list[HomeVisit]) -> dict[int, Suggestion]:
    """The same for a list, by the number of the visit."""
    wanted = [visit.suggestion_id for visit in visits if visit.suggestion_id]
    found = {row.id: row for row in suggestions.visible_to(actor, community).where(Suggestion.id.in_(wanted))}
    return {visit.id: found[visit.suggestion_id] for visit in visits if visit.suggestion_id in found}


@dataclass(frozen=True)
class Covered:
    """A stairwell with the day of its last visit; how many there were this year, never by whom."""

    stairwell: Place
    last: date | None
    number: int
    late: bool


def coverage(community: Place, year: int) -> list[Covered]:
    """Every stairwell in building order; one that was not visited for long is late."""
    days = int(settings.value("visits.every_days", community))
    limit = clock.today() - timedelta(days=days)
    last = dict(
        HomeVisit.select(HomeVisit.stairwell, fn.MAX(HomeVisit.visited_on))
        .where(HomeVisit.place == community).group_by(HomeVisit.stairwell).tuples()
    )  # fmt: skip
    numbers = dict(
        HomeVisit.select(HomeVisit.stairwell, fn.COUNT(HomeVisit.id))
        .where((HomeVisit.place == community) & HomeVisit.visited_on.between(date(year, 1, 1), date(year, 12, 31)))
        .group_by(HomeVisit.stairwell).tuples()
    )  # fmt: skip
    places = organisation.stairwells(community)
    return [Covered(p, last.get(p.id), numbers.get(p.id, 0), p.id not in last or last[p.id] < limit) for p in places]


def due(actor: Actor, community: Place) -> Iterator[Due]:
    """Visits that were to be repeated."""
    if not actor.can(Can.VISITS_EDIT, community):
        return
    near = clock.today() + timedelta(days=2)
    for visit in visible_to(actor, community).where((HomeVisit.again_on <= near) & (HomeVisit.again == "")):
        text = _("回访%(place)s（%(topic)s）", place=visit.stairwell.name, topic=visit.topic.title)
        who = visit.recorded_by.name if visit.recorded_by else ""
        yield Due(text, f"/office/visits/{visit.id}", _("登记回访"), _("走访"), visit.again_on, who)
