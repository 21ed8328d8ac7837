"""Imports as a whole: every row written by one is logged, so that it can be taken back as a whole."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from core import clock
from core.access import Actor, Can
from core.audit import Act, record
from core.db import Record, writing
from core.records.places import Place
from core.records.work import ImportBatch, ImportChange
from core.refusal import Refused
from core.spreadsheets.preview import PERSON, Differs, Fields, Plan, Unclear, found_fields, preview
from core.spreadsheets.roster import Declaration, Refusal, Row, Sheet
from core.text import _l


class NotOneOfThem(Refused):
    """A form may name any number; only the records the preview asked about may be meant."""

    sentence = _l("第 %(row)s 行选的不是预览里列出的人，没有导入。请重新上传后再选。")
    status = 409


class UnknownBatch(Refused):
    sentence = _l("没有编号为 %(batch)s 的导入记录。")
    status = 404


@dataclass
class Writer:
    """What an import writes through: rows it adds or changes are remembered with their values before and after."""

    actor: Actor
    place: Place
    changes: list[tuple[str, int, dict | None, dict]] = field(default_factory=list)
    memory: dict[object, object] = field(default_factory=dict)

    def once(self, key: object, find: Callable[[], object]) -> object:
        """What ``find`` answers, asked once in an import however many rows name it."""
        if key not in self.memory:
            self.memory[key] = find()
        return self.memory[key]

    def add(self, model: type[Record], **values: object) -> Record:
        """Create a row of this import."""
        row = model.create(**values)
        self.changes.append((model._meta.table_name, row.id, None, frozen(row)))
        return row

    def adopt(self, row: Record) -> Record:
        """Count a row that another area's rule has just made as part of this import."""
        self.changes.append((row._meta.table_name, row.id, None, frozen(row)))
        return row

    def change(self, row: Record, **values: object) -> Record:
        """Change a row of this import; a value that is already so is left alone, a version rises with a change."""
        before = frozen(row)
        for name, value in values.items():
            setattr(row, name, value)
        if before != frozen(row):
            if "version" in row._meta.fields and "version" not in values:
                row.version += 1
            row.save()
            self.changes.append((row._meta.table_name, row.id, before, frozen(row)))
        return row

    def remove(self, row: Record) -> None:
        """Take a row out that nothing else refers to, such as a line of a draft; what ends is changed, not removed."""
        self.changes.append((row._meta.table_name, row.id, frozen(row), {}))
        row.delete_instance()


def frozen(row: Record) -> dict[str, object]:
    """The row's own column values as JSON can carry them; a row just made has its blank ones too."""
    return {name: _plain(row.__data__.get(name)) for name in row._meta.sorted_field_names}


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return value.isoformat(" ")  # as SQLite holds it, so that what is put back is what was there
    return value.isoformat() if isinstance(value, date) else value


@dataclass(frozen=True)
class Roster:
    """How an area takes in and gives out one kind of sheet.

    ``existing(place)`` answers dict rows with their id, ``write(writer, id or None, values)`` adds or
    changes one, ``remove(writer, id)`` ends one that is no longer on the sheet.
    ``differs(record, row, fields)`` may correct what a plain comparison took for a change; ``remark(row)``
    says what of a good row can't be kept, or nothing; ``check(place, id or None, values)`` refuses what no single cell
    can see. ``onward`` is where one goes after an import: path and words.
    """

    declaration: Declaration
    existing: Callable[[Place], list[dict[str, object]]]
    write: Callable[[Writer, int | None, dict[str, object]], None]
    remove: Callable[[Writer, int], None]
    permission: Can
    identify: tuple = PERSON
    differs: Differs | None = None
    remark: Callable[[Row], str] = lambda row: ""
    check: Callable[[Place, int | None, dict[str, object]], None] = lambda place, number, values: None
    onward: tuple[str, object] = ("", "")


def compared(place: Place, roster: Roster, sheet: Sheet) -> Plan:
    """A sheet beside what stands on file; rows that cannot be as a whole are refused with the others."""
    plan = preview(sheet, roster.existing(place), roster.identify, roster.differs)
    plan.added = [row for row in plan.added if _holds(place, roster, plan, row, None, row.values)]
    plan.changed = [
        change for change in plan.changed
        if _holds(place, roster, plan, change.row, change.record["id"], _merged(change.record, change.fields))
    ]  # fmt: skip
    plan.refused.sort(key=lambda refusal: refusal.row)
    return plan


def _holds(place: Place, roster: Roster, plan: Plan, row: Row, number: int | None, values: dict[str, object]) -> bool:
    try:
        roster.check(place, number, values)
    except Refused as reason:
        plan.refused.append(Refusal(row.number, "", plan.name_of(row), str(reason)))
        return False
    return True


def apply(
    actor: Actor, place: Place, roster: Roster, plan: Plan, file_name: str,
    remove_missing: bool = False, same_as: dict[int, int] | None = None, upload: str = "",
) -> ImportBatch:  # fmt: skip
    """Write a previewed plan in one transaction, all of it or nothing.

    ``same_as`` (sheet row → id on file) settles unclear rows; an unsettled one is added. ``upload`` is the key of
    the file while it is kept.
    """
    with writing():
        writer = Writer(actor, place)
        for row in plan.added:
            roster.write(writer, None, row.values)
        for change in plan.changed:
            roster.write(writer, change.record["id"], _merged(change.record, change.fields))
        for unclear in plan.unclear:
            _write_unclear(writer, roster, plan, unclear, (same_as or {}).get(unclear.row.number))
        if remove_missing:
            for row in plan.missing:
                roster.remove(writer, row["id"])
        return _keep(writer, roster.declaration.kind, file_name, plan, upload)


def _merged(record: dict, fields: Fields) -> dict[str, object]:
    return {**record, **{key: new for key, (_old, new) in fields.items()}}


def _write_unclear(writer: Writer, roster: Roster, plan: Plan, unclear: Unclear, chosen: int | None) -> None:
    """The row as the one on file that was chosen, which must be one of those asked about; else somebody new."""
    if chosen is None:
        roster.write(writer, None, unclear.row.values)
        return
    record = next((record for record in unclear.records if record["id"] == chosen), None)
    if record is None:
        raise NotOneOfThem(row=unclear.row.number)
    fields = found_fields(plan.sheet, record, unclear.row, roster.differs)
    roster.write(writer, record["id"], _merged(record, fields))


def _keep(writer: Writer, kind: str, file_name: str, plan: Plan, upload: str) -> ImportBatch:
    actor, place = writer.actor, writer.place
    batch = ImportBatch.create(
        place=place, account=actor.account_id, kind=kind, file_name=file_name, report={}, created_at=clock.now()
    )
    batch.report = {**plan.report(applied=True, batch=batch.id), "upload": upload}
    batch.save()
    rows = [
        {"batch": batch.id, "table": table, "row": row, "before": before, "after": after}
        for table, row, before, after in writer.changes
    ]
    for start in range(0, len(rows), 500):
        ImportChange.insert_many(rows[start : start + 500]).execute()
    record(actor, Act.IMPORTED, batch, place, kind=kind, file=file_name, rows=len(rows))
    return batch


def batch_numbered(number: int) -> ImportBatch:
    """The batch behind ``undo-import N``."""
    batch = ImportBatch.get_or_none(ImportBatch.id == number)
    if batch is None:
        raise UnknownBatch(batch=number)
    return batch


def latest(place: Place, limit: int = 20) -> list[ImportBatch]:
    """The newest imports of a community."""
    return list(
        ImportBatch.select().where(ImportBatch.place == place).order_by(ImportBatch.id.desc()).limit(limit)
    )
