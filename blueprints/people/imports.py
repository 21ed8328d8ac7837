"""One way in for every roster: declared by the area that owns the records, read, compared and written here."""

from collections.abc import Iterable
from importlib import import_module

from core.access import Actor
from core.db import writing
from core.records.places import Place
from core.records.work import ImportBatch
from core.registers import ledger
from core.registers.declaration import Register
from core.spreadsheets import imports
from core.spreadsheets import undo as taking_back
from core.spreadsheets.cells import text_of
from core.spreadsheets.headers import Told
from core.spreadsheets.imports import Roster
from core.spreadsheets.meanings import remembered
from core.spreadsheets.preview import Plan
from core.spreadsheets.reading import read, write
from core.spreadsheets.roster import Column, Row, Sheet

# Where each kind of roster is declared. A kind that belongs to one record is asked for with its number
# (candidates.12), or whose columns are the community's: there ROSTERS holds a function (place, number or None) →
# Roster or None. Registers are kinds of their own.
MODULES = {
    "members": "people.rules", "representatives": "people.rules", "units": "cobuilding.rules",
    "commitments": "boards.rosters", "candidates": "ballots.rosters_in", "check-ins": "inservice.rules",
    "orgs": "organisation.rules", "leaders": "organisation.rosters_in",
}  # fmt: skip
OF_ONE_RECORD = {"candidates"}  # entered from that record's own page
latest, undo = imports.latest, taking_back.undo


def roster(kind: str, place: Place) -> Roster | None:
    """How this kind of sheet is read and written in a community, None for a kind nobody declares."""
    name, _dot, number = kind.partition(".")
    if name not in MODULES:
        register = next((one for one in _registers() if one.key == kind), None)
        return ledger.roster(register, place) if register else None
    found = import_module(f"blueprints.{MODULES[name]}").ROSTERS[name]
    if isinstance(found, Roster):
        return None if number else found
    return found(place, int(number) if number.isdecimal() and len(number) < 10 else None)


def _registers() -> tuple[Register, ...]:
    return import_module("registers").ALL


def names() -> list[str]:
    """Every kind of sheet that can be imported."""
    return [*(name for name in MODULES if name not in OF_ONE_RECORD), *(register.key for register in _registers())]


def kinds(actor: Actor, place: Place) -> list[Roster]:
    """The rosters this account may import."""
    return [found for kind in names() if (found := roster(kind, place)) and actor.can(found.permission, place)]


def plan_of(
    place: Place, roster: Roster, content: bytes, name: str, fill_down: bool = False
) -> tuple[Sheet, Plan]:
    """The file understood, as this office means its headers, and compared with what stands on file."""
    told = Told(remembered=remembered(place, roster.declaration.kind))
    sheet = read(content, name, roster.declaration, fill_down=fill_down, told=told)
    return sheet, imports.compared(place, roster, sheet)


def remarks(roster: Roster, plan: Plan) -> list[tuple[int, str, str]]:
    """Good rows of which something can't be kept: row, name, why."""
    rows = [*plan.added, *(change.row for change in plan.changed), *(unclear.row for unclear in plan.unclear)]
    return [(row.number, plan.name_of(row), words) for row in rows if (words := roster.remark(row))]


def filled_columns(roster: Roster, rows: Iterable[Row]) -> list[Column]:
    """The columns worth showing beside the name: those in which at least one of the rows has something."""
    rows = list(rows)
    columns = [column for column in roster.declaration.columns if column.key not in ("id", roster.identify[0][0])]
    return [column for column in columns if any(row.values.get(column.key) for row in rows)]


def say(column: Column, value: object) -> str:
    """A value as the office would write it into its own sheet."""
    return str(text_of(value, column.kind, column.words))


def bring_in(
    actor: Actor, place: Place, roster: Roster, content: bytes, name: str, fill_down: bool = False,
    remove_missing: bool = False, same_as: dict[int, int] | None = None,
) -> tuple[Plan, ImportBatch]:  # fmt: skip
    """Read, compare and write in one transaction."""
    with writing():
        _sheet, plan = plan_of(place, roster, content, name, fill_down)
        return plan, imports.apply(actor, place, roster, plan, name, remove_missing, same_as)


def export(place: Place, roster: Roster) -> tuple[bytes, str]:
    """The whole roster as a sheet that imports again without loss."""
    title = str(roster.declaration.title)
    return write(roster.declaration, roster.existing(place)), f"{place.name}{title}.xlsx"


def visible_batch(place: Place, number: int) -> ImportBatch | None:
    """An import of this community."""
    return ImportBatch.get_or_none((ImportBatch.id == number) & (ImportBatch.place == place))
