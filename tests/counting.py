"""How many statements a piece of work sends to the database."""

import re
from contextlib import contextmanager

from core.db import database, is_sqlite


class Sent(str):
    """The text of a statement, with the values that went with it."""

    def __new__(cls, sql, values=()):
        made = super().__new__(cls, sql)
        made.values = values
        return made


@contextmanager
def statements():
    """The list grows by every statement sent while the block runs."""
    sent, handle = [], database.obj
    execute = handle.execute_sql

    def counted(sql, *args, **kwargs):
        sent.append(Sent(sql, *args[:1]))
        return execute(sql, *args, **kwargs)

    handle.execute_sql = counted
    try:
        yield sent
    finally:
        handle.execute_sql = execute


SCAN = {True: re.compile(r"SCAN (?!CONSTANT)(\w+)"), False: re.compile(r"Seq Scan on (\w+)(?: (\w+))?")}


def scans(sent):
    """(table, statement) wherever the database would read a table from end to end for want of an index."""
    for sql in sent:
        rows = database.execute_sql(f"EXPLAIN {'QUERY PLAN ' if is_sqlite() else ''}{sql}", sql.values).fetchall()
        for row in rows:
            found = SCAN[is_sqlite()].search(row[-1])
            if found:
                yield named(found[1], sql), sql


def named(name, sql):
    """The table behind an alias such as t1."""
    found = re.search(rf'"(\w+)" AS "{name}"', sql)
    return found[1] if found else name


def selects(sent):
    """Those that read."""
    return [sql for sql in sent if sql.startswith("SELECT")]
