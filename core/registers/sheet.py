"""A register on paper and as a spreadsheet."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from peewee import ModelSelect, fn

from core import clock, zh
from core.db import Record
from core.records.places import Place
from core.registers.declaration import Register
from core.registers.ledger import shown, words_of
from core.spreadsheets.writing import write_table
from core.text import _, in_chinese

TEMPLATE = "registers/print/register.html"
USUAL = 30  # the share of a column that claims none


@dataclass(frozen=True)
class Head:
    """A column of the paper: its title, its share of the width in per cent, whether it holds figures."""

    title: str
    width: float
    figures: bool


@dataclass(frozen=True)
class RegisterSheet:
    """A ledger as it stood on a day; ``totals`` has a text for every column, all blank where nothing is summed."""

    title: str
    body: str
    note: str
    day: str
    landscape: bool
    heads: tuple[Head, ...]
    rows: tuple[tuple[str, ...], ...]
    totals: tuple[str, ...]
    signatures: tuple[str, ...]


@in_chinese()
def sheet(register: Register, place: Place, rows: Sequence[Record], on: date | None = None, narrowed: str = "") -> RegisterSheet:
    """The entries of a list in its order; ``narrowed`` says of what it is a part."""
    note = _("共 %(count)s 条", count=len(rows))
    return RegisterSheet(
        title=str(register.title), body=place.name, note=f"{note}　{narrowed}".strip(), day=zh.day(on or clock.today()),
        landscape=register.landscape, heads=tuple(_heads(register)),
        rows=tuple(tuple(shown(register, row, line.key) for line in register.listed) for row in rows),
        totals=tuple(sums(register, rows)), signatures=register.signatures,
    )  # fmt: skip


def _heads(register: Register) -> Iterator[Head]:
    whole = sum(line.width or USUAL for line in register.listed)
    for line in register.listed:
        yield Head(str(line.title), round(96 * (line.width or USUAL) / whole, 2), line.figures)


def sums(register: Register, rows: Sequence[Record]) -> list[str]:
    """The sums under these rows, a text for every listed column; an empty list where nothing is summed."""
    summed = {line.key: sum(getattr(row, line.key) or 0 for row in rows) for line in register.listed if line.total}
    return _told(register, summed) if rows else []


def totals(register: Register, found: ModelSelect) -> list[str]:
    """The same of everything found, however much of it a page shows."""
    keys = [line.key for line in register.listed if line.total]
    if not keys:
        return []
    asked = found.select(*(fn.SUM(getattr(register.model, key)) for key in keys)).order_by()
    summed = dict(zip(keys, asked.tuples().first(), strict=True))
    return _told(register, summed) if any(value is not None for value in summed.values()) else []


def _told(register: Register, summed: dict[str, int]) -> list[str]:
    if not summed:
        return []
    return [words_of(line.kind, summed[line.key] or 0) if line.total else "" for line in register.listed]


@in_chinese()
def table(register: Register, rows: Sequence[Record]) -> bytes:
    """The entries as .xlsx for reading: what the list shows, in words."""
    heads = [str(line.title) for line in register.lines]
    return write_table(str(register.title), heads, [[shown(register, row, line.key) for line in register.lines] for row in rows])
