"""How many statements a piece of work sends to the database."""

from contextlib import contextmanager

from core.db import database


@contextmanager
def statements():
    """The list grows by every statement sent while the block runs."""
    sent, handle = [], database.obj
    execute = handle.execute_sql

    def counted(sql, *args, **kwargs):
        sent.append(sql)
        return execute(sql, *args, **kwargs)

    handle.execute_sql = counted
    try:
        yield sent
    finally:
        handle.execute_sql = execute


def selects(sent):
    """Those that read."""
    return [sql for sql in sent if sql.startswith("SELECT")]
