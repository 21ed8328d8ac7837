"""The database handle: SQLite by default, PostgreSQL by DATABASE_URL; one way to write on both."""

import fcntl
import json
import os
import secrets
import threading
from contextlib import contextmanager, nullcontext, suppress
from datetime import UTC, datetime, time
from pathlib import Path

from peewee import DatabaseProxy, IntegerField, Model, ModelSelect, SqliteDatabase, TextField
from playhouse.db_url import connect
from playhouse.fields import EnumField
from playhouse.migrations import Runner

from core import clock
from core.rows import Select, changing
from core.text import in_chinese

database = DatabaseProxy()
MIGRATIONS = Path(__file__).parent.parent / "migrations"
PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "full",  # what was acknowledged survives a power cut
    "foreign_keys": 1,
    "secure_delete": 1,  # erased words must not stay in free pages
    "journal_size_limit": 4 * 1024 * 1024,
    "cache_size": -16_000,
}
WRITERS = 0x6C696E6C69  # the number PostgreSQL's writers queue at
_thread_gate = threading.Lock()
_lock_file: Path | None = None


class Record(Model):
    """Base of all records; areas add their own fields and constraints."""

    class Meta:
        database = database
        legacy_table_names = False
        only_save_dirty = True

    @classmethod
    def select(cls, *fields) -> Select:
        return Select(cls, fields or cls._meta.sorted_fields, is_default=not fields)


class Json(TextField):
    """A value kept as JSON text: stored and read as a whole, never queried."""

    def db_value(self, value):
        return None if value is None else json.dumps(value, ensure_ascii=False, sort_keys=True)

    def python_value(self, value):
        return None if value is None else json.loads(value)


class RandomKey(IntegerField):
    """The key of a record that residents write: a rising number would stand between those of rows whose instant is known.

    Nine digits, so that it fits the INTEGER of both databases; drawn anew in the rare case that it is taken.
    """

    def __init__(self, **options):
        super().__init__(primary_key=True, default=self.draw, **options)

    def draw(self) -> int:
        while True:
            key = 1 + secrets.randbelow(999_999_999)
            if not self.model.select().where(self == key).exists():
                return key


def Choice(enum, **options) -> EnumField:
    """A column holding an enum's code; the enum owns the titles."""
    return EnumField(enum, max_length=32, **options)


def is_sqlite() -> bool:
    return isinstance(database.obj, SqliteDatabase)


def locked(query: ModelSelect) -> ModelSelect:
    """The same rows, kept from other writers until the transaction ends; SQLite has only one writer anyway."""
    return query if is_sqlite() else query.for_update()


def configure(url: str, instance: Path) -> None:
    """Bind the handle to ``url`` (empty: the instance folder's SQLite file)."""
    global _lock_file
    if not url or url.startswith("sqlite"):
        path = url.removeprefix("sqlite:///") if url else str(instance / "linli.db")
        if not path.startswith(":"):
            _make_private(path)
        handle = SqliteDatabase(path, pragmas=PRAGMAS, timeout=15, lock_type="IMMEDIATE")
        _lock_file = instance / "write.lock"
    else:
        pooled = url.replace("postgres://", "postgresql://").replace("postgresql://", "postgresql+pool://", 1)
        # prepare_threshold: a plan kept for any value knows neither limit nor place, and reads whole tables for fifty rows.
        handle = connect(pooled, max_connections=40, stale_timeout=300, prefer_psycopg3=True, prepare_threshold=None)
        _lock_file = None
    database.initialize(handle)


def _make_private(path: str) -> None:
    """A new file is for its owner alone whatever the umask; SQLite gives its journals the same mode."""
    with suppress(OSError):  # where it cannot be made, connecting says why
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))


@contextmanager
def alone():
    """No other writer of SQLite's file until the end; its times tell the day afterwards, never the hour.

    SQLite's own waiting is unfair: a queue in front of it cuts the slowest writes tenfold.
    """
    with _thread_gate, open(_lock_file, "a") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield
        hide_times()


def hide_times() -> None:
    """A message written at night would else be dated to the second by the files' times until somebody else writes."""
    midnight = clock.utc(datetime.combine(clock.today(), time())).replace(tzinfo=UTC).timestamp()
    for part in ("", "-wal", "-shm"):
        with suppress(FileNotFoundError):
            os.utime(f"{database.database}{part}", (midnight, midnight))


@contextmanager
def writing():
    """One transaction for a rule: fact and audit entry commit or fail together; re-entrant.

    There is one writer at a time on either database: what a rule reads in here nobody changes before it commits,
    and no two rules wait for each other's rows.
    """
    nested = database.in_transaction()
    before = changing.set(True)
    try:
        with in_chinese(), nullcontext() if nested or _lock_file is None else alone(), database.atomic():
            if not nested and not is_sqlite():
                database.execute_sql("SELECT pg_advisory_xact_lock(%s)", (WRITERS,))
            yield
    finally:
        changing.reset(before)


def migrate() -> list[str]:
    """Bring the schema up to this code's version; the applied names, refused when the database is newer."""
    runner = Runner(database.obj, str(MIGRATIONS))
    unknown = [row.name for row in runner.status() if row.path is None]
    if unknown:
        from core.refusal import Refused
        from core.text import _l

        class NewerDatabase(Refused):
            sentence = _l("数据库比这个程序新（%(names)s），请先升级程序再启动。")

        raise NewerDatabase(names="、".join(unknown))
    return runner.up()
