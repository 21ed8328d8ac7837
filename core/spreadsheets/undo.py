"""Taking an import back as a whole: refused by name when anybody worked with its rows since (decision 7)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from core import links
from core.access import Actor
from core.audit import Act, record
from core.db import Record, writing
from core.records.ledgers import Evidence
from core.records.papers import IssuedPaper
from core.records.people import Person
from core.records.work import ImportBatch, ImportChange, ImportState, Link
from core.refusal import Refused
from core.spreadsheets.imports import frozen
from core.text import _, _l

TOGETHER = 500  # ids in one query; databases limit them
NAMED = 5


class RowsChanged(Refused):
    sentence = _l("这次导入之后，%(names)s又有改动，不能整批撤销。请先核对这些记录。")
    status = 409


class AlreadyUndone(Refused):
    sentence = _l("这次导入已经撤销过了。")
    status = 409


def undo(actor: Actor, batch: ImportBatch) -> None:
    """Every row as it was before the import; the trail and the list of imports stay."""
    with writing():
        taken = (
            ImportBatch.update(state=ImportState.UNDONE)
            .where((ImportBatch.id == batch.id) & (ImportBatch.state == ImportState.APPLIED))
            .execute()
        )
        if not taken:
            raise AlreadyUndone()
        changes = list(batch.changes.order_by(ImportChange.id.desc()))
        _refuse_if_worked_with(changes)
        models = _models()
        for change in changes:
            _take_back(models[change.table], change)
        record(actor, Act.IMPORT_UNDONE, batch, batch.place, rows=len(changes))


def _models() -> dict[str, type[Record]]:
    return {model._meta.table_name: model for model in Record.__subclasses__()}


def _refuse_if_worked_with(changes: list[ImportChange]) -> None:
    models = _models()
    newest: dict[tuple[str, int], ImportChange] = {}
    for change in changes:
        newest.setdefault((change.table, change.row), change)
    names = [_name_of(change) for change in (*_changed(models, newest), *_pointed_at(models, changes))]
    names = list(dict.fromkeys(names))
    if len(names) > NAMED:
        raise RowsChanged(names=_("%(names)s等 %(count)s 条", names="、".join(names[:NAMED]), count=len(names)))
    if names:
        raise RowsChanged(names="、".join(names))


def _changed(models: dict[str, type[Record]], newest: dict[tuple[str, int], ImportChange]) -> Iterator[ImportChange]:
    """Rows that are no longer as the import left them."""
    for table, rows in _by_table(newest).items():
        model = models[table]
        for ids in _portions(rows):
            found = {row.id: row for row in model.select().where(model.id.in_(ids))}
            for number in ids:
                now = frozen(found[number]) if number in found else {}
                if now != newest[table, number].after:
                    yield newest[table, number]


def _pointed_at(models: dict[str, type[Record]], changes: list[ImportChange]) -> Iterator[ImportChange]:
    """Rows the import added and others now refer to, so that they can't be removed."""
    added = {(change.table, change.row): change for change in changes if change.before is None}
    own = {(change.table, change.row) for change in changes}  # what the import changed points elsewhere again afterwards
    for table, rows in _by_table(added).items():
        for field, other in models[table]._meta.backrefs.items():
            for ids in _portions(rows):
                query = other.select(field, other._meta.primary_key).where(field.in_(ids)).tuples()
                for number, pointing in query:
                    if (other._meta.table_name, pointing) not in own:
                        yield added[table, number]
        for number in _named_by_kind(table, rows):
            yield added[table, number]


def _named_by_kind(table: str, rows: list[int]) -> Iterator[int]:
    """Rows that papers, files or personal links name by kind and number, without a foreign key."""
    purposes = [purpose for purpose, room in links.ROOMS.items() if room.table == table]
    for ids in _portions(rows):
        for other in (IssuedPaper, Evidence):
            query = other.select(other.subject_id).where((other.subject_kind == table) & other.subject_id.in_(ids))
            yield from (row[0] for row in query.tuples())
        query = Link.select(Link.subject_id).where(Link.purpose.in_(purposes) & Link.subject_id.in_(ids))
        yield from (row[0] for row in query.tuples())


def _by_table(rows: Iterable[tuple[str, int]]) -> dict[str, list[int]]:
    tables: dict[str, list[int]] = defaultdict(list)
    for table, number in rows:
        tables[table].append(number)
    return tables


def _portions(ids: list[int]) -> Iterator[list[int]]:
    for start in range(0, len(ids), TOGETHER):
        yield ids[start : start + TOGETHER]


def _name_of(change: ImportChange) -> str:
    """What an official calls the row: a person's name, a promise's words, a place."""
    row = change.after or change.before
    if person := row.get("person"):
        found = Person.get_or_none(person)
        return found.name if found else str(person)
    return str(row.get("name") or row.get("text") or change.row)


def _take_back(model: type[Record], change: ImportChange) -> None:
    if change.before is None:
        model.delete().where(model.id == change.row).execute()
    elif not change.after:
        model.insert(**change.before).execute()
    else:
        columns = {name: value for name, value in change.before.items() if name != "id"}
        model.update(**columns).where(model.id == change.row).execute()
