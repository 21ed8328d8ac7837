"""Member units: taken in from a roster or typed, changed, ended; a new liaison never overwrites the former."""

from blueprints.cobuilding import queries
from blueprints.cobuilding.models import Liaison, MemberUnit
from blueprints.cobuilding.rosters import UNITS
from core import clock
from core.access import Actor, Can
from core.audit import Act, record
from core.db import writing
from core.history import unchanged
from core.records.people import Person
from core.records.places import Place
from core.refusal import Refused
from core.spreadsheets.imports import Roster, Writer
from core.spreadsheets.preview import BY_NAME
from core.text import _l

FIELDS = ("name", "nature", "party_org", "members", "activists", "head", "resource", "joined", "left")


class NameTaken(Refused):
    sentence = _l("已经有一家叫“%(name)s”的成员单位了。同一单位请修改原来那一条。")
    status = 409


class LeftBeforeJoined(Refused):
    sentence = _l("退出日期 %(left)s 早于加入日期 %(joined)s，请核对。")


def add_unit(actor: Actor, place: Place, values: dict[str, object]) -> MemberUnit:
    """A unit joins; ``values`` have the roster's keys."""
    _check(place, values)
    with writing():
        unit = write_unit(Writer(actor, place), None, values)
        record(actor, Act.UNIT_ADDED, unit, place, name=unit.name)
    return unit


def change_unit(actor: Actor, unit: MemberUnit, version: int, values: dict[str, object]) -> MemberUnit:
    """Correct or end a unit's entry. Raises Stale when ``version`` is old."""
    _check(unit.place, values, unit)
    with writing():
        unchanged(unit, version)
        before = existing_unit(queries.units(unit.place).where(MemberUnit.id == unit.id).get())
        fresh = write_unit(Writer(actor, unit.place), unit.id, values)
        record(actor, Act.UNIT_CHANGED, fresh, unit.place_id, before=before, after=values)
    return fresh


def _check(place: Place, values: dict[str, object], unit: MemberUnit | None = None) -> None:
    joined, left = str(values.get("joined") or ""), str(values.get("left") or "")
    if joined and left and left < joined[: len(left)]:
        raise LeftBeforeJoined(joined=joined, left=left)
    same = MemberUnit.select().where((MemberUnit.place == place) & (MemberUnit.name == values["name"]))
    if any(found != unit for found in same):
        raise NameTaken(name=values["name"])


def existing_units(community: Place) -> list[dict[str, object]]:
    """Units on file in the roster's own columns; those that left stay on the list with their day."""
    return [existing_unit(unit) for unit in queries.units(community)]


def existing_unit(unit: MemberUnit) -> dict[str, object]:
    """One unit as its row of the roster."""
    spokesman = unit.liaison if unit.liaison is not None and unit.liaison.id else None
    return {
        "id": unit.id,
        **{name: getattr(unit, name) for name in FIELDS},
        "liaison": spokesman.name if spokesman else "",
        "phone": spokesman.phone if spokesman else "",
    }


def write_unit(writer: Writer, number: int | None, values: dict[str, object]) -> MemberUnit:
    """Add a unit from a roster row, or change the one on file."""
    fields = {name: _plain(name, values.get(name)) for name in FIELDS}
    if number is None:
        unit = writer.add(MemberUnit, place=writer.place, **fields)
    else:
        unit = MemberUnit.get_by_id(number)
        writer.change(unit, **fields, version=unit.version + 1)
    _write_liaison(writer, unit, str(values.get("liaison") or ""), str(values.get("phone") or ""))
    return unit


def _plain(name: str, value: object) -> object:
    return value if name in ("members", "activists") else value or ""


def _write_liaison(writer: Writer, unit: MemberUnit, name: str, phone: str) -> None:
    now = queries.liaison(unit)
    if now is not None and now.name == name:
        writer.change(now, phone=phone, person=_on_file(unit.place_id, name, phone))
        return
    if now is not None:
        writer.change(now, until=clock.today())
    if name or phone:
        since = None if now is None else clock.today()
        person = _on_file(unit.place_id, name, phone)
        writer.add(Liaison, unit=unit, name=name, phone=phone, person=person, since=since)


def _on_file(place: int, name: str, phone: str) -> Person | None:
    if not (name and phone):
        return None
    return Person.get_or_none((Person.place == place) & (Person.name == name) & (Person.phone == phone))


def end_unit(writer: Writer, number: int) -> None:
    """A unit no longer on the sheet left today; one that had left stays as it was."""
    unit = MemberUnit.get_by_id(number)
    if not unit.left:
        writer.change(unit, left=clock.today().isoformat(), version=unit.version + 1)


ROSTERS: dict[str, Roster] = {
    "units": Roster(
        UNITS, existing_units, write_unit, end_unit, Can.UNITS_EDIT, BY_NAME, onward=("/office/units", _l("看成员单位"))
    )
}
