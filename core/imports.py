"""Imports as a whole: every row written by one is logged, so that it can be taken back as a whole."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum

from core import clock
from core.access import Actor, Can
from core.audit import Act, record
from core.db import Record, writing
from core.preview import PERSON, Plan, Unclear
from core.records.places import Place
from core.records.work import ImportBatch, ImportChange, ImportState
from core.refusal import Refused
from core.roster import Declaration
from core.text import _l


class RowsChanged(Refused):
    sentence = _l("这次导入之后，%(names)s又有改动，不能整批撤销。请先核对这些记录。")
    status = 409


class AlreadyUndone(Refused):
    sentence = _l("这次导入已经撤销过了。")
    status = 409


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
        """Change a row of this import; a value that is already so is left alone."""
        before = frozen(row)
        for name, value in values.items():
            setattr(row, name, value)
        after = frozen(row)
        if before != after:
            row.save()
            self.changes.append((row._meta.table_name, row.id, before, after))
        return row


def frozen(row: Record) -> dict[str, object]:
    """The row's own column values as JSON can carry them; a row just made has its blank ones too."""
    return {name: _plain(row.__data__.get(name)) for name in row._meta.sorted_field_names}


def _plain(value: object) -> object:
    if isinstance(value, Enum):
        return value.value
    return value.isoformat() if isinstance(value, date | datetime) else value


@dataclass(frozen=True)
class Roster:
    """How an area takes in and gives out one kind of sheet.

    ``existing(place)`` answers dict rows with their id, ``write(writer, id or None, values)`` adds or
    changes one, ``remove(writer, id)`` ends one that is no longer on the sheet (never deletes).
    """

    declaration: Declaration
    existing: Callable[[Place], list[dict[str, object]]]
    write: Callable[[Writer, int | None, dict[str, object]], None]
    remove: Callable[[Writer, int], None]
    permission: Can
    identify: tuple = PERSON


def apply(
    actor: Actor, place: Place, roster: Roster, plan: Plan, file_name: str,
    remove_missing: bool = False, same_as: dict[int, int] | None = None,
) -> ImportBatch:  # fmt: skip
    """Write a previewed plan in one transaction, all of it or nothing.

    ``same_as`` (sheet row → id on file) settles unclear rows; an unsettled one is added.
    """
    with writing():
        writer = Writer(actor, place)
        for row in plan.added:
            roster.write(writer, None, row.values)
        for change in plan.changed:
            new = {key: value for key, (_old, value) in change.fields.items()}
            roster.write(writer, change.record["id"], {**change.record, **new})
        for unclear in plan.unclear:
            roster.write(writer, _settled(unclear, same_as or {}), unclear.row.values)
        if remove_missing:
            for row in plan.missing:
                roster.remove(writer, row["id"])
        return _keep(actor, place, roster.declaration.kind, file_name, writer, plan)


def _settled(unclear: Unclear, same_as: dict[int, int]) -> int | None:
    chosen = same_as.get(unclear.row.number)
    if chosen is not None and chosen not in {record["id"] for record in unclear.records}:
        raise NotOneOfThem(row=unclear.row.number)
    return chosen


def _keep(actor: Actor, place: Place, kind: str, file_name: str, writer: Writer, plan: Plan) -> ImportBatch:
    batch = ImportBatch.create(
        place=place, account=actor.account_id, kind=kind, file_name=file_name, report={}, created_at=clock.now()
    )
    batch.report = plan.report(applied=True, batch=batch.id)
    batch.save()
    rows = [
        {"batch": batch.id, "table": table, "row": row, "before": before, "after": after}
        for table, row, before, after in writer.changes
    ]
    for start in range(0, len(rows), 500):
        ImportChange.insert_many(rows[start : start + 500]).execute()
    record(actor, Act.IMPORTED, batch, place, kind=kind, file=file_name, rows=len(rows))
    return batch


def undo(actor: Actor, batch: ImportBatch) -> None:
    """Take one import back as a whole; refused by name when its rows changed since (decision 7)."""
    with writing():
        taken = (
            ImportBatch.update(state=ImportState.UNDONE)
            .where((ImportBatch.id == batch.id) & (ImportBatch.state == ImportState.APPLIED))
            .execute()
        )
        if not taken:
            raise AlreadyUndone()
        changes = list(batch.changes.order_by(ImportChange.id.desc()))
        _refuse_if_changed(changes)
        for change in changes:
            _take_back(change)
        record(actor, Act.IMPORT_UNDONE, batch, batch.place, rows=len(changes))


def _models() -> dict[str, type[Record]]:
    return {model._meta.table_name: model for model in Record.__subclasses__()}


def _refuse_if_changed(changes: Iterable[ImportChange]) -> None:
    models, seen, names = _models(), set(), []
    for change in changes:
        if (change.table, change.row) in seen:
            continue
        seen.add((change.table, change.row))
        row = models[change.table].get_or_none(change.row)
        if row is None or frozen(row) != change.after or (change.before is None and _pointed_at(models, row, changes)):
            names.append(_name_of(change))
    if names:
        raise RowsChanged(names="、".join(dict.fromkeys(names[:5])))


def _name_of(change: ImportChange) -> str:
    person = change.after.get("person")
    if person:
        from core.records.people import Person

        found = Person.get_or_none(person)
        return found.name if found else str(person)
    return str(change.after.get("name") or change.after.get("text") or change.row)


def _pointed_at(models: dict, row: Record, changes: Iterable[ImportChange]) -> bool:
    """Whether rows outside the import refer to this one, so that it can't be removed."""
    own = {(change.table, change.row) for change in changes if change.before is None}
    for field_, model in row._meta.backrefs.items():
        if field_.on_delete == "CASCADE":
            continue
        for other in model.select(model._meta.primary_key).where(field_ == row.id).tuples():
            if (model._meta.table_name, other[0]) not in own:
                return True
    return False


def _take_back(change: ImportChange) -> None:
    model = _models()[change.table]
    if change.before is None:
        model.delete().where(model.id == change.row).execute()
    else:
        columns = {name: value for name, value in change.before.items() if name != "id"}
        model.update(**columns).where(model.id == change.row).execute()


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
