"""Check-in and what follows: tasks taken on, services confirmed, leaving. A person stands on file once."""

from datetime import date

from blueprints.cobuilding.models import TaskState
from blueprints.inservice import queries
from blueprints.inservice.models import CheckIn, CheckInTask, Service, Six
from blueprints.inservice.rosters import CHECK_INS
from blueprints.organisation.rules import stairwell_named
from core import clock, numbers
from core.access import Actor, Can
from core.audit import Act, record
from core.bigrams import bigrams
from core.db import writing
from core.history import unchanged
from core.records.people import Person
from core.records.places import Place
from core.refusal import Refused
from core.spreadsheets.imports import Roster, Writer
from core.spreadsheets.preview import Fields
from core.spreadsheets.roster import Row
from core.strokes import sort_key
from core.text import _l

FIELDS = ("employer", "employer_contact", "employer_phone", "duty", "skills", "free_time", "posts", "left_to")


class CheckedInAlready(Refused):
    sentence = _l("%(name)s（%(employer)s）已经报到了，编号 %(number)s。要改资料请打开那一条。")
    status = 409


class LeftBeforeArrival(Refused):
    sentence = _l("转出日期早于报到日期，请核对。")


class NothingDone(Refused):
    sentence = _l("请写明做了什么。")


def arrive(actor: Actor, place: Place, values: dict[str, object]) -> CheckIn:
    """报到: ``values`` have the roster's keys. Raises CheckedInAlready for the same person of the same employer."""
    with writing():
        unchanged(place, None)  # Two desks at once must not enter the same person twice.
        known = queries.standing(place).where((Person.name == values["name"]) & (CheckIn.employer == values["employer"]))
        for row in known:
            if not values.get("stairwell") or not row.person.stairwell or row.person.stairwell.name == values["stairwell"]:
                raise CheckedInAlready(name=row.person.name, employer=row.employer, number=row.number)
        row = write_check_in(Writer(actor, place), None, values)
        record(actor, Act.CHECKED_IN, row, place, name=row.person.name, employer=row.employer)
    return row


def change(actor: Actor, row: CheckIn, version: int, values: dict[str, object]) -> CheckIn:
    """Correct a check-in. Raises Stale when ``version`` is old."""
    with writing():
        unchanged(row, version)
        before = existing_check_in(queries.one(row.id))
        fresh = write_check_in(Writer(actor, row.place), row.id, {**before, **values})
        record(actor, Act.CHECK_IN_CHANGED, fresh, fresh.place_id, before=before, after=values)
    return fresh


def write_check_in(writer: Writer, number: int | None, values: dict[str, object]) -> CheckIn:
    """Add a check-in from a row of the roster, or change the one on file."""
    stairwell = _stairwell(writer, values)
    fields = {name: values.get(name) or "" for name in FIELDS}
    since, until = _day(values.get("since")) or clock.today(), _day(values.get("until"))
    if until and until < since:
        raise LeftBeforeArrival()
    name = str(values["name"])
    person = {"name": name, "sort_key": sort_key(name), "bigrams": bigrams(name), "phone": values.get("phone") or "", "stairwell": stairwell}
    if number is None:
        someone = _on_file(writer.place, values, stairwell) or writer.add(Person, place=writer.place, **person)
        year = since.year
        row = writer.add(
            CheckIn, place=writer.place, person=someone, since=since, until=until, **fields,
            number=f"{year}-{numbers.take(writer.place, 'check-in', year):03d}",
        )  # fmt: skip
    else:
        row = CheckIn.get_by_id(number)
        writer.change(row.person, **person)
        writer.change(row, since=since, until=until, **fields)
    _take_on(writer, row, str(values.get("tasks") or ""))
    return row


def _stairwell(writer: Writer, values: dict[str, object]) -> Place | None:
    text = values.get("stairwell")
    return stairwell_named(writer.actor, writer.place, str(text), adopt=writer.adopt) if text else None


def _day(value: object) -> date | None:
    return date.fromisoformat(str(value)) if value else None


def _on_file(place: Place, values: dict[str, object], stairwell: Place | None) -> Person | None:
    """Somebody of this name with the same phone, else in the same stairwell (decision 4)."""
    same = (Person.place == place) & (Person.name == values["name"])
    if values.get("phone") and (found := Person.get_or_none(same & (Person.phone == values["phone"]))):
        return found
    return Person.get_or_none(same & (Person.stairwell == stairwell)) if stairwell else None


def _take_on(writer: Writer, row: CheckIn, text: str) -> None:
    """The tasks named, by any word of theirs; what was begun stays."""
    wanted = named(text)
    have = {one.task: one for one in row.tasks}
    for six in Six:
        if six in wanted and six not in have:
            writer.add(CheckInTask, check_in=row, task=six, state=TaskState.NOT_STARTED)
        elif six not in wanted and six in have and have[six].state is TaskState.NOT_STARTED:
            writer.change(have[six], state=TaskState.DROPPED)
        elif six in wanted and have[six].state is TaskState.DROPPED:
            writer.change(have[six], state=TaskState.NOT_STARTED)


def named(text: object) -> set[Six]:
    """The tasks a cell names, by any word of theirs."""
    return {six for six in Six if six.word.removesuffix("户") in str(text or "")}


def check_in_differs(record: Fields, row: Row, fields: Fields) -> Fields:
    """The office's words for the tasks are as good as ours; how far they are is told on the sheet, changed in the system."""
    same = {"states"} | ({"tasks"} if "tasks" in fields and named(fields["tasks"][0]) == named(fields["tasks"][1]) else set())
    return {key: pair for key, pair in fields.items() if key not in same}


def existing_check_ins(community: Place) -> list[dict[str, object]]:
    """Check-ins on file in the roster's columns, those that left included."""
    rows = list(queries.check_ins(community))
    taken = queries.taken(rows)
    return [_as_row(row, taken[row.id]) for row in rows]


def existing_check_in(row: CheckIn) -> dict[str, object]:
    """One check-in as a row of the roster."""
    return _as_row(row, queries.taken([row])[row.id])


def _as_row(row: CheckIn, tasks: list[CheckInTask]) -> dict[str, object]:
    person, taken = row.person, [str(one.task.title) for one in tasks]
    return {
        "id": row.id, "name": person.name, "phone": person.phone,
        "stairwell": person.stairwell.name if person.stairwell else "", "tasks": "、".join(taken),
        "states": queries.how_far(tasks),
        "since": row.since.isoformat(), "until": row.until.isoformat() if row.until else "",
        **{name: getattr(row, name) for name in FIELDS},
    }  # fmt: skip


def end_check_in(writer: Writer, number: int) -> None:
    """Somebody no longer on the sheet left today."""
    row = CheckIn.get_by_id(number)
    if row.until is None:
        writer.change(row, until=clock.today())


def go_on_with(actor: Actor, row: CheckIn, version: int, tasks: dict[Six, tuple[TaskState, str]]) -> CheckIn:
    """The six tasks as they stand now: state and a word each; those not named are not taken on."""
    with writing():
        fresh = unchanged(row, version)
        for six, (state, words) in tasks.items():
            task, _new = CheckInTask.get_or_create(check_in=fresh, task=six)
            task.state, task.words = state, words
            task.save()
        fresh.version += 1
        fresh.save()
        record(actor, Act.CHECK_IN_CHANGED, fresh, fresh.place_id, tasks={six: state for six, (state, _words) in tasks.items()})
    return fresh


def serve(actor: Actor, row: CheckIn, on: date, what: str, half_hours: int, people: int, confirmed_by: str) -> Service:
    """One more line of the service card."""
    if not what.strip():
        raise NothingDone()
    with writing():
        service = Service.create(
            check_in=row, on=on, what=what.strip(), half_hours=half_hours, people=people, confirmed_by=confirmed_by.strip()
        )
        record(actor, Act.CHECK_IN_CHANGED, row, row.place_id, service=service.what, on=on)
    return service


def strike(actor: Actor, service: Service) -> None:
    """A line entered by mistake is taken off the card; the trail keeps it."""
    with writing():
        service.delete_instance()
        record(actor, Act.CHECK_IN_CHANGED, service.check_in, service.check_in.place_id, struck=service.what, on=service.on)


def leave(actor: Actor, row: CheckIn, version: int, on: date, left_to: str) -> CheckIn:
    """转出: moved away or retired into a branch here. Raises LeftBeforeArrival."""
    with writing():
        fresh = unchanged(row, version)
        if on < fresh.since:
            raise LeftBeforeArrival()
        fresh.until, fresh.left_to, fresh.version = on, left_to.strip(), fresh.version + 1
        fresh.save()
        record(actor, Act.CHECK_IN_CHANGED, fresh, fresh.place_id, until=on, left_to=fresh.left_to)
    return fresh


ROSTERS: dict[str, Roster] = {
    "check-ins": Roster(
        CHECK_INS, existing_check_ins, write_check_in, end_check_in, Can.PEOPLE_IMPORT,
        (("name", "phone"), ("name", "employer"), ("name", "stairwell")), check_in_differs,
    )
}  # fmt: skip
