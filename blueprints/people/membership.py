"""One Party member by hand: added, corrected, ended; the roster and the form write through the same rule."""

from datetime import date

from blueprints.people import queries
from blueprints.people.models import PartyMember
from blueprints.people.rules import member_values, write_member
from core import clock, zh
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.records.people import Person
from core.records.places import Place
from core.refusal import Refused, Stale
from core.spreadsheets.imports import Writer
from core.text import _l


class AlreadyMember(Refused):
    sentence = _l("名册里已经有%(name)s（%(where)s），出生年月或电话相同。要改资料请打开那一条；确实是另一个人，请写明不同的出生年月或电话。")
    status = 409


class NotYet(Refused):
    sentence = _l("%(day)s 还没有到，请到那天再办。")


class EndedAlready(Refused):
    sentence = _l("%(name)s已经不在名册里了。")
    status = 409


def add_member(actor: Actor, place: Place, values: dict[str, object]) -> PartyMember:
    """A member joins the roster today; ``values`` have the roster's keys."""
    known = _same_person(place, values)
    if known is not None:
        raise AlreadyMember(name=known.person.name, where=known.stairwell.name if known.stairwell else known.place.name)
    with writing():
        member = write_member(Writer(actor, place), None, {**values, "since": clock.today()})
        record(actor, Act.PERSON_ADDED, member.person, place, name=member.person.name)
    return member


def _same_person(place: Place, values: dict[str, object]) -> PartyMember | None:
    """Somebody on file with this name and the same birth month or phone (decision 4)."""
    for member in queries.members(place).where(Person.name == values["name"]):
        birth, phone = str(values.get("birth") or ""), values.get("phone")
        if (birth and member.person.birth[:7] == birth[:7]) or (phone and member.person.phone == phone):
            return member
    return None


def change_member(actor: Actor, member: PartyMember, version: int, values: dict[str, object]) -> PartyMember:
    """Correct a member's particulars. Raises Stale when ``version`` is old."""
    with writing():
        if Person.get_by_id(member.person_id).version != version:
            raise Stale(who=str(_l("别人")))
        before = member_values(queries.members(member.place).where(PartyMember.id == member.id).get())
        writer = Writer(actor, member.place)
        fresh = write_member(writer, member.id, values)
        if writer.changes:
            _raise_version(member, version)
            changed = {key: value for key, value in values.items() if before.get(key) != value}
            old = {key: before.get(key) for key in changed}
            record(actor, Act.PERSON_CHANGED, fresh.person, member.place, before=old, after=changed)
    return fresh


def _raise_version(member: PartyMember, version: int) -> None:
    """The form's version covers person and membership, so a change of either makes older forms stale."""
    Person.update(version=version + 1).where(Person.id == member.person_id).execute()


def end_member(actor: Actor, member: PartyMember, day: date, reason: str) -> None:
    """The membership here ends; promises and papers stay on file, the boards want replacing."""
    if day > clock.today():
        raise NotYet(day=zh.day(day))
    with writing():
        ended = PartyMember.update(until=day).where((PartyMember.id == member.id) & PartyMember.until.is_null(True))
        if not ended.execute():
            raise EndedAlready(name=member.person.name)
        record(actor, Act.PERSON_CHANGED, member.person, member.place, until=day, reason=reason.strip())
