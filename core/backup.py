"""Backup and restore: one snapshot as JSON lines per table, the same on SQLite and PostgreSQL.

It also moves an office from one database to the other, and keeps a copy before each migration.
Ballot boxes are never in it (decision 21): a restored box could be opened twice.
"""

import base64
import hashlib
import io
import json
import secrets
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path

from peewee import AutoField, BooleanField, ForeignKeyField
from playhouse.migrations import Runner

from core import clock, instance
from core.access import console
from core.audit import Act, record
from core.db import MIGRATIONS, Record, database, is_sqlite, migrate, writing
from core.records.places import Place
from core.records.work import Setting
from core.refusal import Refused
from core.text import _l

FORMAT = 1
LEFT_OUT = {"job"}  # its results are files of 30 days, made again by one press
GENERATION = "instance.generation"


class NotABackup(Refused):
    sentence = _l("“%(name)s”不是邻里的备份文件，或者已经损坏（%(why)s）。请换一个备份。")


class NotEmpty(Refused):
    sentence = _l("这里已经有数据，不能覆盖。请把 LINLI_INSTANCE 指到一个空文件夹（或空数据库）再恢复。")


class NewerBackup(Refused):
    sentence = _l("这个备份来自更新的程序（%(version)s），请先升级程序再恢复。")


def tables(models: list[type[Record]]) -> list[type[Record]]:
    """What a backup holds, in creation order: whatever is pointed at comes first."""
    there = set(database.get_tables())
    return [model for model in models if model._meta.table_name in there - LEFT_OUT]


def write_backup(path: Path, models: list[type[Record]]) -> dict[str, int]:
    """Write a consistent copy while others go on working; rows per table. The file appears whole or not at all."""
    counts, digests = {}, {}
    part = path.with_name(path.name + ".part")
    part.unlink(missing_ok=True)
    part.touch(mode=0o600)  # before the first name is in it
    with _snapshot(), zipfile.ZipFile(part, "w", zipfile.ZIP_DEFLATED) as archive:
        for model in tables(models):
            name, content, counts[model._meta.table_name] = _lines(model)
            digests[name] = hashlib.sha256(content).hexdigest()
            _put(archive, name, content)
        about = {"format": FORMAT, "version": _version(), "day": clock.today().isoformat(), "digests": digests}
        _put(archive, "backup.json", json.dumps(about, indent=1).encode())
    part.replace(path)
    return counts


@contextmanager
def _snapshot() -> Iterator[None]:
    """One reading transaction over all tables."""
    if database.in_transaction():
        yield
    elif is_sqlite():
        with database.atomic("DEFERRED"):
            yield
    else:
        with database.atomic():
            database.execute_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
            yield


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> None:
    # Midnight: a backup must not tell when within the day something was written.
    entry = zipfile.ZipInfo(name, (*clock.today().timetuple()[:3], 0, 0, 0))
    archive.writestr(entry, content, zipfile.ZIP_DEFLATED)


def _lines(model: type[Record]) -> tuple[str, bytes, int]:
    """The table as it stands in the database, which may be older than the records of this program."""
    table = model._meta.table_name
    columns = [column.name for column in database.get_columns(table)]
    listed = ", ".join(f'"{column}"' for column in columns)
    out, count = io.StringIO(), 0
    key = ", ".join(f'"{field.column_name}"' for field in model._meta.get_primary_keys())
    for row in database.execute_sql(f'SELECT {listed} FROM "{table}" ORDER BY {key}'):
        values = {column: _plain(value) for column, value in zip(columns, row, strict=True)}
        out.write(json.dumps(values, ensure_ascii=False) + "\n")
        count += 1
    return f"{table}.jsonl", out.getvalue().encode(), count


def _plain(value: object) -> object:
    if isinstance(value, bytes | bytearray | memoryview):
        return {"base64": base64.b64encode(bytes(value)).decode()}
    return value.isoformat(" ") if isinstance(value, datetime) else str(value) if isinstance(value, date) else value


def _version() -> str:
    applied = [row.name for row in Runner(database.obj, str(MIGRATIONS)).status() if row.applied]
    return applied[-1] if applied else ""


def restore(path: Path, models: list[type[Record]]) -> dict[str, int]:
    """Load a backup into an empty database; every open poll becomes 中断 because the generation changes."""
    with _opened(path) as archive:
        about = _about(archive, path)
        runner = Runner(database.obj, str(MIGRATIONS))
        known = [row.name for row in runner.status() if row.path]
        if about["version"] not in known:
            raise NewerBackup(version=about["version"])
        if Place.table_exists() and Place.select().exists():
            raise NotEmpty()
        runner.up(about["version"])
        with writing():
            counts = {model._meta.table_name: _load(archive, model) for model in tables(models)}
            _new_generation()
    migrate()
    with writing():
        record(console(), Act.BACKUP_RESTORED, None, None, day=about["day"])
    return counts


@contextmanager
def _opened(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        with zipfile.ZipFile(path) as archive:
            yield archive
    except (zipfile.BadZipFile, KeyError, UnicodeDecodeError, json.JSONDecodeError) as failure:
        raise NotABackup(name=path.name, why=type(failure).__name__) from failure


def _about(archive: zipfile.ZipFile, path: Path) -> dict:
    about = json.loads(archive.read("backup.json"))
    for name, digest in about["digests"].items():
        if hashlib.sha256(archive.read(name)).hexdigest() != digest:
            raise NotABackup(name=path.name, why=name)
    return about


def _load(archive: zipfile.ZipFile, model: type[Record]) -> int:
    name = f"{model._meta.table_name}.jsonl"
    if name not in archive.namelist():
        return 0
    rows = [json.loads(line) for line in archive.read(name).decode().splitlines()]
    for row in _parents_first(model, rows):
        columns = ", ".join(f'"{column}"' for column in row)
        marks = ", ".join([database.param] * len(row))
        values = [_stored(model, column, value) for column, value in row.items()]
        database.execute_sql(f'INSERT INTO "{model._meta.table_name}" ({columns}) VALUES ({marks})', values)
    _continue_numbers(model)
    return len(rows)


def _stored(model: type[Record], column: str, value: object) -> object:
    """A value as the other database wants it: SQLite writes yes and no as 1 and 0."""
    if isinstance(value, dict):
        return base64.b64decode(value["base64"])
    is_yes_no = isinstance(model._meta.columns.get(column), BooleanField)
    return bool(value) if is_yes_no and value is not None else value


def _parents_first(model: type[Record], rows: list[dict]) -> Iterator[dict]:
    """Rows ordered so that one that points into its own table comes after the one it points at."""
    own = [f.column_name for f in model._meta.sorted_fields if isinstance(f, ForeignKeyField) and f.rel_model is model]
    if not own:
        yield from rows
        return
    placed, waiting = {None}, rows
    while waiting:
        ready = [row for row in waiting if all(row[column] in placed or row[column] == row["id"] for column in own)]
        if not ready:
            raise NotABackup(name=model._meta.table_name, why="circular")
        yield from ready
        placed |= {row["id"] for row in ready}
        waiting = [row for row in waiting if row["id"] not in placed]


def _continue_numbers(model: type[Record]) -> None:
    """PostgreSQL's sequences know nothing of rows loaded with their numbers."""
    if not is_sqlite() and isinstance(model._meta.primary_key, AutoField):
        table = model._meta.table_name
        database.execute_sql(
            f"SELECT setval(pg_get_serial_sequence('\"{table}\"', 'id'), "
            f'(SELECT COALESCE(MAX(id), 0) + 1 FROM "{table}"), false)'
        )


def upgrade(models: list[type[Record]]) -> list[str]:
    """Migrate; a database that holds anything is copied to instance/backups/ first."""
    runner = Runner(database.obj, str(MIGRATIONS))
    pending = [row for row in runner.status() if row.path and not row.applied]
    if pending and Place.table_exists() and Place.select().exists():
        write_backup(instance.part("backups") / f"before-{pending[0].name}.zip", models)
    return migrate()


def generation() -> str:
    """Which life of this database it is; a ballot box of another life is not continued in silence."""
    row = Setting.get_or_none((Setting.key == GENERATION) & Setting.place.is_null(True))
    return row.value if row else ""


def _new_generation() -> None:
    Setting.delete().where(Setting.key == GENERATION).execute()
    Setting.create(place=None, key=GENERATION, value=secrets.token_hex(8), since=clock.today())
