"""One way in for every roster: the file is kept beside the database until confirmed, then read once more and written."""

import re
import secrets
import time
from collections.abc import Iterable
from importlib import import_module
from pathlib import Path

from core import instance
from core.access import Actor
from core.db import writing
from core.records.places import Place
from core.records.work import ImportBatch
from core.refusal import Refused
from core.registers import ledger
from core.registers.declaration import Register
from core.spreadsheets import imports
from core.spreadsheets import undo as taking_back
from core.spreadsheets.cells import text_of
from core.spreadsheets.imports import Roster
from core.spreadsheets.preview import Plan
from core.spreadsheets.preview import preview as compare
from core.spreadsheets.reading import read, refused_file, write
from core.spreadsheets.roster import Column, Row, Sheet
from core.text import _, _l

# Where each kind of roster is declared: the area that owns the records.
AREAS = {"members": "people", "representatives": "people", "units": "cobuilding", "check-ins": "inservice", "orgs": "organisation"}
KEPT_SECONDS = 24 * 3600
UNSAFE = re.compile(r"[^\w.()（）·-]")
latest, undo = imports.latest, taking_back.undo


class NoFile(Refused):
    sentence = _l("请先选择一个文件（.xlsx、.xls 或 .csv）。")


class FileGone(Refused):
    sentence = _l("上传的文件已经过期，请重新选择文件。")
    status = 409


def roster(kind: str, place: Place) -> Roster | None:
    """How this kind of sheet is read and written in a community, None for a kind nobody declares."""
    if area := AREAS.get(kind):
        return import_module(f"blueprints.{area}.rules").ROSTERS[kind]
    register = next((one for one in _registers() if one.key == kind), None)
    return ledger.roster(register, place) if register else None


def _registers() -> tuple[Register, ...]:
    return import_module("registers").ALL


def names() -> list[str]:
    """Every kind of sheet that can be imported."""
    return [*AREAS, *(register.key for register in _registers())]


def kinds(actor: Actor, place: Place) -> list[Roster]:
    """The rosters this account may import."""
    return [found for kind in names() if (found := roster(kind, place)) and actor.can(found.permission, place)]


def _folder() -> Path:
    return instance.part("uploads")


def keep(content: bytes, name: str) -> str:
    """Put an upload aside for a day; the key names it in the preview's form."""
    if not content:
        raise NoFile()
    for old in _folder().iterdir():
        if time.time() - old.stat().st_mtime > KEPT_SECONDS:
            old.unlink(missing_ok=True)
    key = f"{secrets.token_hex(12)}-{UNSAFE.sub('_', Path(name).name)[-80:]}"
    (_folder() / key).write_bytes(content)
    return key


def kept(key: str) -> str:
    """The key of an upload still there; it can name nothing outside its folder."""
    if not re.fullmatch(r"[0-9a-f]{24}-[^/\\]+", key) or not (_folder() / key).exists():
        raise FileGone()
    return key


def _open(key: str) -> tuple[bytes, str]:
    return (_folder() / key).read_bytes(), key.partition("-")[2]


def preview(
    place: Place, roster: Roster, key: str, mapping: dict | None = None, fill_down: bool = False
) -> tuple[Sheet, Plan]:
    """What confirming would do; nothing is written."""
    return plan_of(place, roster, *_open(key), mapping, fill_down)


def plan_of(
    place: Place, roster: Roster, content: bytes, name: str, mapping: dict | None = None, fill_down: bool = False
) -> tuple[Sheet, Plan]:
    """The file understood and compared with what stands on file."""
    sheet = read(content, name, roster.declaration, mapping=mapping, fill_down=fill_down)
    return sheet, compare(sheet, roster.existing(place), roster.identify, roster.differs)


def remarks(roster: Roster, plan: Plan) -> list[tuple[int, str, str]]:
    """Good rows of which something can't be kept: row, name, why."""
    rows = [*plan.added, *(change.row for change in plan.changed), *(unclear.row for unclear in plan.unclear)]
    return [(row.number, str(row.values.get("name") or ""), words) for row in rows if (words := roster.remark(row))]


def filled_columns(roster: Roster, rows: Iterable[Row]) -> list[Column]:
    """The columns worth showing beside the name: those in which at least one of the rows has something."""
    rows = list(rows)
    columns = [column for column in roster.declaration.columns if column.key not in ("id", "name")]
    return [column for column in columns if any(row.values.get(column.key) for row in rows)]


def say(column: Column, value: object) -> str:
    """A value as the office would write it into its own sheet."""
    return str(text_of(value, column.kind, column.words))


def confirm(
    actor: Actor, place: Place, roster: Roster, key: str, mapping: dict | None, fill_down: bool,
    remove_missing: bool, same_as: dict[int, int],
) -> ImportBatch:  # fmt: skip
    """Import what was previewed; compared anew inside the transaction, so a change in between is not undone."""
    content, name = _open(key)
    with writing():
        batch = bring_in(actor, place, roster, content, name, mapping, fill_down, remove_missing, same_as)[1]
    (_folder() / key).unlink(missing_ok=True)
    return batch


def bring_in(
    actor: Actor, place: Place, roster: Roster, content: bytes, name: str, mapping: dict | None = None,
    fill_down: bool = False, remove_missing: bool = False, same_as: dict[int, int] | None = None,
) -> tuple[Plan, ImportBatch]:  # fmt: skip
    """Read, compare and write in one transaction."""
    with writing():
        _sheet, plan = plan_of(place, roster, content, name, mapping, fill_down)
        return plan, imports.apply(actor, place, roster, plan, name, remove_missing, same_as)


def refused(place: Place, roster: Roster, key: str, mapping: dict | None, fill_down: bool) -> tuple[bytes, str]:
    """The refused rows as a sheet with reasons, to be mended and imported again."""
    content, name = _open(key)
    sheet, plan = plan_of(place, roster, content, name, mapping, fill_down)
    return refused_file(content, name, sheet, plan.refused), _("未导入的行.xlsx")


def export(place: Place, roster: Roster) -> tuple[bytes, str]:
    """The whole roster as a sheet that imports again without loss."""
    title = str(roster.declaration.title)
    return write(roster.declaration, roster.existing(place)), f"{place.name}{title}.xlsx"


def visible_batch(place: Place, number: int) -> ImportBatch | None:
    """An import of this community."""
    return ImportBatch.get_or_none((ImportBatch.id == number) & (ImportBatch.place == place))
