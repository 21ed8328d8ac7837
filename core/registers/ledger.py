"""Entries of a register: entered, corrected, declared void, shown by files; read, searched, due."""

from collections.abc import Iterator
from datetime import date, timedelta
from enum import Enum
from functools import reduce
from operator import or_

from peewee import ModelSelect

from core import clock, evidence, settings, zh
from core.access import Actor
from core.audit import Act, record
from core.db import Record, writing
from core.due import Due
from core.history import unchanged
from core.records.ledgers import Evidence
from core.records.places import Place
from core.refusal import Refused
from core.registers.declaration import Register, Values
from core.search import MOST, Hit
from core.spreadsheets.cells import BLANK, Kind, text_of
from core.spreadsheets.imports import Roster, Writer
from core.text import _l

MOST_FILES = 10
MOST_NAMED = 200  # records a word may name at once
WORDS = (Kind.TEXT, Kind.NAME, Kind.PHONE)


class EndsBeforeItBegins(Refused):
    sentence = _l("“%(last)s”早于“%(first)s”，请核对两个日期。")


class NoReason(Refused):
    sentence = _l("作废要写明理由，查台账的人才看得明白。")


class Void(Refused):
    sentence = _l("这一条已经作废，不能再改。需要时请另登记一条。")
    status = 409


class TooManyFiles(Refused):
    sentence = _l("一条记录最多放 %(most)s 个附件，请合并后再上传。")


settings.declare("registers.ahead", _l("台账上的期限提前几天提醒"), 7, group="office")


def visible_to(register: Register, actor: Actor, community: Place) -> ModelSelect:
    """Entries the actor may see in this community, void ones included, in the register's own order."""
    model = register.model
    scope = model.place.in_(actor.communities(register.read)) & (model.place == community)
    return model.select().where(scope).order_by(*(register.order or (model.id,)))


def standing(register: Register, on: date | None = None):
    """The condition that an entry counts, and where the register has a span, that it held on a day (default today)."""
    counts = register.model.void == ""
    if register.span is None:
        return counts
    day = on or clock.today()
    since, until = (getattr(register.model, key) for key in register.span)
    return counts & (since.is_null() | (since <= day)) & (until.is_null() | (until > day))


def count(register: Register, community: Place, on: date | None = None) -> int:
    """How many entries stand, or stood on a day."""
    return register.model.select().where((register.model.place == community) & standing(register, on)).count()


def saying(register: Register, community: Place, words: str):
    """The condition that one of an entry's texts holds the words, or the name of a record it points at does."""
    fields = [getattr(register.model, line.key) for line in register.lines if line.kind in WORDS]
    said = [field.contains(words) for field in fields]
    for line in register.lines:
        if line.kind is Kind.CHOICE and not isinstance(line.choices, type):
            named = [number for name, number in line.choices(community).items() if words in name]
            said += [getattr(register.model, line.key).in_(named[:MOST_NAMED])] if named else []
    return reduce(or_, said)


def search(register: Register, actor: Actor, community: Place, words: str) -> Iterator[Hit]:
    """Standing entries the words are found in."""
    rows = visible_to(register, actor, community).where((register.model.void == "") & saying(register, community, words))
    for row in rows.limit(MOST):
        yield Hit(called(register, row), f"/office/{register.key}/{row.id}", str(register.title))


def due(register: Register, actor: Actor, community: Place) -> Iterator[Due]:
    """What 今日要办 shows of a register that has a deadline, to those who keep it."""
    deadline = register.due
    if deadline is None or not actor.can(register.edit, community):
        return
    day = getattr(register.model, deadline.key)
    near = day.is_null(False) & (day <= clock.today() + timedelta(days=settings.value(deadline.ahead, community)))
    # What is due on its own last day is not done with by letting that day pass.
    ends = register.span is not None and deadline.key == register.span[1]
    counts = register.model.void == "" if ends else standing(register)
    for row in visible_to(register, actor, community).where(counts & deadline.open & near):
        url = f"/office/{register.key}/{row.id}"
        yield Due(deadline.sentence(row), url, str(deadline.verb), str(register.title), getattr(row, deadline.key))


def called(register: Register, row: Record) -> str:
    """What people call an entry."""
    return shown(register, row, register.name)


def shown(register: Register, row: Record, key: str) -> str:
    """A line of an entry in words, as list and paper have it."""
    value = getattr(row, key)
    if isinstance(value, Record):
        return str(value)
    return words_of(register[key].kind, value)


def words_of(kind: Kind, value: object) -> str:
    """A plain value in words."""
    if isinstance(value, Enum):
        return str(value.title)
    if kind in (Kind.DAY, Kind.PARTIAL_DATE):
        return zh.day(value) if value else ""
    return str(text_of(value, kind))


def values_of(register: Register, row: Record) -> Values:
    """An entry as plain values under the register's keys."""
    return {line.key: plain(row.__data__.get(line.key), line.kind) for line in register.lines}


def plain(value: object, kind: Kind) -> object:
    """A value as forms, rosters and the audit trail carry it."""
    if value is None:
        return BLANK.get(kind, "")
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date) else value


def enter(register: Register, actor: Actor, place: Place, values: Values) -> Record:
    """A new entry. ``values`` are clean values under the register's keys."""
    check(register, place, None, values)
    with writing():
        row = register.model.create(place=place, **stored(register, values))
        record(actor, Act.ENTRY_ADDED, row, place, **values)
    return row


def correct(register: Register, actor: Actor, row: Record, version: int, values: Values) -> Record:
    """Write an entry anew. Raises Stale when ``version`` is old."""
    check(register, row.place, row, values)
    with writing():
        fresh = in_force(row, version)
        before = values_of(register, fresh)
        changed = {key: value for key, value in values.items() if before[key] != value}
        for key, value in stored(register, changed).items():
            setattr(fresh, key, value)
        fresh.version += 1
        fresh.save()
        record(actor, Act.ENTRY_CHANGED, fresh, fresh.place_id, before={key: before[key] for key in changed}, after=changed)
    return fresh


def void(register: Register, actor: Actor, row: Record, version: int, reason: str) -> Record:
    """作废: the entry stays readable with its reason and counts no more."""
    if not reason.strip():
        raise NoReason()
    with writing():
        fresh = in_force(row, version)
        fresh.void = reason.strip()
        fresh.version += 1
        fresh.save()
        record(actor, Act.ENTRY_VOIDED, fresh, fresh.place_id, reason=fresh.void)
    return fresh


def in_force(row: Record, version: int | None) -> Record:
    """The entry as it stands now, kept from other writers; raises Stale or Void."""
    fresh = unchanged(row, version)
    if fresh.void:
        raise Void()
    return fresh


def check(register: Register, place: Place, row: Record | None, values: Values) -> None:
    """What holds for an entry as a whole."""
    if register.span is not None:
        since, until = (str(values.get(key) or "") for key in register.span)
        if since and until and until < since:
            first, last = (str(register[key].title) for key in register.span)
            raise EndsBeforeItBegins(first=first, last=last)
    if register.check is not None:
        register.check(place, row, values)


def stored(register: Register, values: Values) -> Values:
    """Clean values as the model holds them: codes as what they stand for, a blank where it may be none as none."""
    fields = register.model._meta.fields
    return {key: None if value == "" and fields[key].null else _held(register, key, value) for key, value in values.items()}


def _held(register: Register, key: str, value: object) -> object:
    choices = register[key].choices
    return choices(value) if isinstance(choices, type) else value


def attach(register: Register, actor: Actor, row: Record, data: bytes, filename: str) -> Evidence:
    """Put a file beside an entry, checked by its content."""
    files = evidence.checked([(data, filename)])
    with writing():
        in_force(row, None)
        if len(evidence.beside(row)[row.id]) >= MOST_FILES:
            raise TooManyFiles(most=MOST_FILES)
        (added,) = evidence.lay(row, row.place_id, files)
        record(actor, Act.ENTRY_CHANGED, row, row.place_id, attached=added.name)
    return added


def detach(register: Register, actor: Actor, row: Record, file: Evidence) -> None:
    """Take a file away from an entry, and its bytes where nothing else uses them."""
    with writing():
        in_force(row, None)
        evidence.remove(file)
        record(actor, Act.ENTRY_CHANGED, row, row.place_id, detached=file.name)


def roster(register: Register, community: Place) -> Roster:
    """How the one importer takes a community's register in and gives it out; what the sheet lacks can become void."""

    def existing(place: Place) -> list[Values]:
        rows = register.model.select().where((register.model.place == place) & (register.model.void == ""))
        return [{"id": row.id, **values_of(register, row)} for row in rows.order_by(*(register.order or (register.model.id,)))]

    def write(writer: Writer, number: int | None, values: Values) -> None:
        mine = {line.key: values.get(line.key, BLANK.get(line.kind, "")) for line in register.lines}
        row = register.model.get_by_id(number) if number else None
        check(register, writer.place, row, mine)
        if row is None:
            writer.add(register.model, place=writer.place, **stored(register, mine))
        else:
            writer.change(row, **stored(register, mine))

    def remove(writer: Writer, number: int) -> None:
        writer.change(register.model.get_by_id(number), void=str(_l("导入的表里没有这一行")))

    def holds(place: Place, number: int | None, values: Values) -> None:
        check(register, place, register.model.get_by_id(number) if number else None, values)

    return Roster(
        register.declaration(community), existing, write, remove, register.edit, register.identify, check=holds,
        onward=(f"/office/{register.key}", register.title),
    )  # fmt: skip
