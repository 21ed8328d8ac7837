"""What a roster is: the columns an area declares, and the rows that came out of a file."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from core.refusal import Refused
from core.spreadsheets.cells import Kind, words_of


@dataclass(frozen=True)
class Column:
    """One column; ``names`` are other headers of the same meaning, ``fills`` marks columns an office
    leaves blank for "as above", and a header of a column with ``refuse`` refuses the whole file."""

    key: str
    title: str
    names: tuple[str, ...] = ()
    kind: Kind = Kind.TEXT
    required: bool = False
    choices: type[Enum] | Mapping[str, object] | None = None
    refuse: type[Refused] | None = None
    fills: bool = False
    longest: int = 200

    @property
    def words(self) -> dict[str, object]:
        """Accepted words of a CHOICE column, in the language of this moment, and the value behind each."""
        return words_of(self.choices or {})


@dataclass(frozen=True)
class Declaration:
    """A roster: its name on the command line, its title on paper, its columns in the order of an export."""

    kind: str
    title: str
    columns: tuple[Column, ...]

    def __getitem__(self, key: str) -> Column:
        return next(column for column in self.columns if column.key == key)


@dataclass(frozen=True)
class Row:
    """One clean row; ``number`` is its row in the sheet, as the office sees it."""

    number: int
    values: dict[str, object]


@dataclass(frozen=True)
class Refusal:
    """One cell that could not be taken, and why; its whole row stays out."""

    row: int
    column: str
    value: str
    reason: str

    def report(self) -> dict[str, object]:
        """The refusal as ``import --json`` prints it."""
        return {"row": self.row, "column": self.column, "value": self.value, "reason": self.reason}


@dataclass
class Sheet:
    """What was understood of a file; ``other_sheets`` hold the same header and were not read, ``blanks`` counts
    rows whose blank cells may mean "as above"."""

    title: str
    header_row: int
    columns: dict[str, str]
    declaration: Declaration
    unknown: list[str] = field(default_factory=list)
    other_sheets: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    refused: list[Refusal] = field(default_factory=list)
    headers: list[str] = field(default_factory=list)
    blanks: int = 0
