"""Queries asked on every request: their text is made once, which takes longer than most of them do."""

from collections.abc import Callable, Iterable

from peewee import SQL, ModelSelect

from core.db import database


class Asked(str):
    """The name of a value that is known only when the query is asked."""


def asked(name: str) -> SQL:
    """Where a prepared query takes a value."""
    return SQL(database.param, [Asked(name)])


class Prepared:
    """``build`` makes the query with ``asked(name)`` in place of values; rows come as the database gives them."""

    def __init__(self, build: Callable[[], ModelSelect]) -> None:
        self.build = build
        self.made: tuple = (None, "", [])

    def __call__(self, **values: object) -> Iterable[tuple]:
        if self.made[0] is not database.obj:
            self.made = (database.obj, *self.build().sql())
        _handle, text, wanted = self.made
        return database.execute_sql(text, [values[one] if isinstance(one, Asked) else one for one in wanted])
