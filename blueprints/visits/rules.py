"""Visits recorded and corrected; a wish becomes a message of the box as it was written down."""

from dataclasses import dataclass, replace
from datetime import date

from blueprints.suggestions import rules as suggestions
from blueprints.suggestions.models import Kind, Source, Suggestion
from blueprints.suggestions.rules import Message, speaks_of
from blueprints.visits.models import HomeVisit, Topic
from core import clock
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.history import unchanged
from core.records.places import Place
from core.refusal import Refused
from core.spreadsheets.cells import clean
from core.spreadsheets.id_numbers import holds_id_number
from core.text import _l


class NotYetVisited(Refused):
    sentence = _l("走访日期不能晚于今天。")


class AgainTooEarly(Refused):
    sentence = _l("回访日期不能早于走访日期。")


class NothingWished(Refused):
    sentence = _l("没有写诉求，不能转为意见。")


class AlreadyMessage(Refused):
    sentence = _l("这条诉求已经转为意见了。")
    status = 409


class IdNumberInVisit(Refused):
    sentence = _l("内容里有身份证号码。本系统不保存身份证号码，请删去。")


@dataclass(frozen=True)
class Visit:
    """What is written down of a visit."""

    visited_on: date
    visitors: str
    stairwell: Place
    topic: Topic
    door: str = ""
    name: str = ""
    phone: str = ""
    wish: str = ""
    again_on: date | None = None
    again: str = ""


def enter(actor: Actor, community: Place, visit: Visit, nonce: str) -> tuple[HomeVisit, Suggestion | None, str]:
    """A visit goes on file; a wish that speaks of somebody of the office becomes a message at once, and is kept nowhere else.

    Answers the visit, and the message with its receipt code where there is one.
    """
    visit = _checked(visit)
    with writing():
        row = HomeVisit.create(place=community, recorded_by=actor.account_id, **_values(visit))
        record(actor, Act.VISIT_RECORDED, row, community, day=visit.visited_on, stairwell=visit.stairwell.name)
        return _about_somebody(actor, row, nonce)


def _about_somebody(actor: Actor, row: HomeVisit, nonce: str) -> tuple[HomeVisit, Suggestion | None, str]:
    if not row.wish or not speaks_of(row.place, row.wish):
        return row, None, ""
    message, code = become_message(actor, row, row.version, Kind.OPINION, False, nonce)
    return HomeVisit.get_by_id(row.id), message, code


def correct(
    actor: Actor, row: HomeVisit, version: int, visit: Visit, nonce: str
) -> tuple[HomeVisit, Suggestion | None, str]:  # fmt: skip
    """Written anew, with the same care for a wish that speaks of somebody now; one that became a message is corrected there."""
    visit = _checked(visit)
    with writing():
        fresh = unchanged(row, version)
        if fresh.suggestion_id:
            visit = replace(visit, wish="", name="", phone="")
        for name, value in _values(visit).items():
            setattr(fresh, name, value)
        fresh.version += 1
        fresh.save()
        record(actor, Act.VISIT_CHANGED, fresh, fresh.place_id)
        return _about_somebody(actor, fresh, nonce)


def become_message(
    actor: Actor, row: HomeVisit, version: int, kind: Kind, consent: bool, nonce: str
) -> tuple[Suggestion, str]:  # fmt: skip
    """转为意见 without a word typed again: wish, name and telephone move over; answers the message and its receipt code."""
    with writing():
        fresh = unchanged(row, version)
        if fresh.suggestion_id:
            raise AlreadyMessage()
        if not fresh.wish:
            raise NothingWished()
        # The door stays with the name: both are for whoever handles the message, not for the whole office.
        asker = " ".join(filter(None, [fresh.name, fresh.door]))[:40]
        message = Message(
            kind=kind, text=fresh.wish, stairwell=fresh.stairwell, asker=asker, phone=fresh.phone, consent=consent
        )
        entered, code = suggestions.submit(
            fresh.place, message, nonce, actor=actor, source=Source.VISIT, received_on=fresh.visited_on
        )
        fresh.suggestion, fresh.wish, fresh.name, fresh.phone = entered, "", "", ""
        fresh.version += 1
        fresh.save()
    return entered, code


def _values(visit: Visit) -> dict[str, object]:
    return {name: getattr(visit, name) for name in Visit.__dataclass_fields__}


def _checked(visit: Visit) -> Visit:
    if visit.visited_on > clock.today():
        raise NotYetVisited()
    if visit.again_on and visit.again_on < visit.visited_on:
        raise AgainTooEarly()
    tidy = replace(visit, wish=clean(visit.wish), again=clean(visit.again))
    if any(holds_id_number(text) for text in (tidy.wish, tidy.again, tidy.name, tidy.door)):
        raise IdNumberInVisit()
    return tidy
