"""How a file is taken before any row is read: what somebody needs to see to say it should be taken otherwise."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from core.refusal import Refused
from core.spreadsheets.cells import HAN, Kind, value_of
from core.spreadsheets.grids import grids
from core.spreadsheets.grids.base import Line
from core.spreadsheets.headers import Header, Told, first_below, first_lines, letter, likeliest
from core.spreadsheets.roster import Column, Declaration
from core.spreadsheets.warned import quietly

SAMPLES = 3  # so many examples of a column are shown
LOOKS_LIKE_A_NAME = re.compile(rf"[{HAN}]{{1,2}}\s*[{HAN}]{{1,2}}|[{HAN}]+·[{HAN}·]+")


@dataclass(frozen=True)
class Heading:
    """One column of a file: its header, what it is taken for ("" for nothing), the first things that stand below it.

    ``guessed`` by those things alone, the header says nothing.
    """

    text: str
    key: str
    samples: tuple[str, ...]
    guessed: bool = False


@dataclass(frozen=True)
class Outline:
    """The likeliest sheet and header of a file; where the header is not ``complete`` the keys are guesses."""

    sheets: tuple[str, ...]
    sheet: str
    header_row: int
    headings: tuple[Heading, ...]
    complete: bool
    lines: tuple[Line, ...]

    @property
    def letters(self) -> list[str]:
        """What the columns of ``lines`` are called."""
        return [letter(place) for place in range(max((len(cells) for _number, cells in self.lines), default=0))]


def outline(data: bytes, filename: str, declaration: Declaration, told: Told) -> Outline:
    """Look at a file; raises what a damaged one, or one that holds ID-card numbers, is refused with."""
    with quietly():
        every = grids(data, filename)
        grid, header, _others = likeliest(every, declaration, told)
        below = first_below(grid, header)
        header.refuse(declaration.columns, below)
        lines = tuple(first_lines(grid))
    headings = list(_headings(header, below))
    if not header.complete:
        headings = list(_guessed(headings, declaration))
    return Outline(tuple(one.title for one in every), grid.title, header.row, tuple(headings), header.complete, lines)


def _headings(header: Header, below: list[list[str]]) -> Iterator[Heading]:
    keys = {place: key for key, place in header.places.items()}
    for place, text in enumerate(header.texts):
        texts = (cells[place].strip() for cells in below if place < len(cells))
        samples = tuple(islice(dict.fromkeys(text for text in texts if text), SAMPLES))
        if samples or text != letter(place):
            yield Heading(text, keys.get(place, ""), samples)


def _guessed(headings: list[Heading], declaration: Declaration) -> Iterator[Heading]:
    """What stands below a header nobody knows tells what it may be; a guess is only offered, never read by."""
    open_columns = [c for c in declaration.columns if c.key not in {one.key for one in headings} and not c.refuse]
    for one in headings:
        found = None if one.key or not one.samples else next((c for c in open_columns if _may_be(c, one.samples)), None)
        if found:
            open_columns.remove(found)
            yield Heading(one.text, found.key, one.samples, guessed=True)
        else:
            yield one


def _may_be(column: Column, samples: tuple[str, ...]) -> bool:
    if column.kind is Kind.NAME:
        return column.required and all(LOOKS_LIKE_A_NAME.fullmatch(text) for text in samples)
    if column.kind in (Kind.TEXT, Kind.IDENTITY, Kind.INTEGER):
        return False
    try:
        return all(value_of(text, column.kind, column.words) not in ("", None) for text in samples)
    except Refused:
        return False
