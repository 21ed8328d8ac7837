"""Numbers without gaps: a counter that rises inside the issuing transaction."""

from core.db import locked
from core.records.places import Place
from core.records.work import Counter


def take(place: Place, kind: str, year: int, start: int = 1) -> int:
    """The next number of this kind and year; call it inside the transaction that issues the paper."""
    Counter.insert(place=place, kind=kind, year=year, value=start - 1).on_conflict_ignore().execute()
    query = Counter.select().where((Counter.place == place) & (Counter.kind == kind) & (Counter.year == year))
    row = locked(query).get()
    row.value += 1
    row.save()
    return row.value


def coming(place: Place, kind: str, year: int, start: int = 1) -> int:
    """The number ``take`` would give out now; whoever prints with it makes sure that it was still free."""
    value = (
        Counter.select(Counter.value)
        .where((Counter.place == place) & (Counter.kind == kind) & (Counter.year == year))
        .scalar()
    )
    return start if value is None else value + 1


def reach(place: Place, kind: str, year: int, number: int) -> None:
    """Make later numbers follow at least ``number`` (a paper brought in with its own number)."""
    Counter.insert(place=place, kind=kind, year=year, value=number).on_conflict_ignore().execute()
    Counter.update(value=number).where(
        (Counter.place == place) & (Counter.kind == kind) & (Counter.year == year) & (Counter.value < number)
    ).execute()
