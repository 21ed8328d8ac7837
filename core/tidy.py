"""Lays the database's bytes anew by the clock, so that none of them tells when within the day a resident wrote.

Rows that residents write have random keys (``RandomKey``), but a database also keeps the order of writing: SQLite in
its log and in the gaps of a page, PostgreSQL in xmin and in the place of a row. Only the clock may start this: laid
anew after every message, the bytes would tell when the last one came.
"""

import shutil
import sys
from collections.abc import Iterable
from pathlib import Path

from peewee import CompositeKey, DatabaseError

from core import clock
from core.db import RandomKey, Record, alone, database, is_sqlite

SMALL = 64 * 2**20  # bytes; laid anew in about a second, so every hour
NIGHT = 3  # o'clock, when larger ones are


def hourly() -> None:
    """What the job process does at each full hour; what fails now, a full disk perhaps, is tried again in an hour."""
    try:
        if size() <= SMALL or clock.local(clock.now()).hour == NIGHT:
            lay_anew()
    except DatabaseError as failure:
        print(f"tidy: {failure}", file=sys.stderr)


def size() -> int:
    """Bytes that would be written anew."""
    if is_sqlite():
        return Path(database.database).stat().st_size
    listed = ", ".join(f"pg_total_relation_size('\"{table}\"')" for table in residents_tables())
    return sum(database.execute_sql(f"SELECT {listed}").fetchone())


def residents_tables() -> list[str]:
    """Tables with rows that residents write; an index kept as a table has no other key than its whole row."""
    keys = (RandomKey, CompositeKey)
    return [model._meta.table_name for model in Record.__subclasses__() if isinstance(model._meta.primary_key, keys)]


def lay_anew() -> None:
    """Every table in the order of its keys, no log; nothing where nothing was written since, or inside a transaction."""
    if database.in_transaction():
        return
    if is_sqlite():
        _lay_file_anew(Path(database.database))
    else:
        for table in residents_tables():
            _lay_table_anew(table)


def forget(models: Iterable[type[Record]]) -> None:
    """What was erased from these tables leaves the database's files: the log, the gaps, PostgreSQL's dead rows."""
    lay_anew()
    if not is_sqlite() and not database.in_transaction():
        for model in models:
            database.execute_sql(f'VACUUM FULL "{model._meta.table_name}"')


def _lay_file_anew(file: Path) -> None:
    log = Path(f"{file}-wal")
    if not log.exists() or log.stat().st_size == 0 or shutil.disk_usage(file.parent).free < 3 * file.stat().st_size:
        return
    with alone():
        database.execute_sql("VACUUM")
        database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _lay_table_anew(table: str) -> None:
    """One transaction has written all rows; then they lie in the order of their keys in a new file of the server."""
    writers = database.execute_sql(f'SELECT count(DISTINCT xmin::text) FROM "{table}"').fetchone()[0]
    if writers > 1:
        column = database.get_primary_keys(table)[0]
        database.execute_sql(f'UPDATE "{table}" SET "{column}" = "{column}"')
        database.execute_sql(f'CLUSTER "{table}" USING "{table}_pkey"')
        database.execute_sql(f'VACUUM "{table}"')  # else every count reads the rows beside the index
