"""What a register is: a ledger of who, what, when and on what evidence, declared once by the area it belongs to.

From one declaration come the list, the form, the history, the sheet on paper, .xlsx in and out, the search and what
is due. ``docs/adding-an-area.md`` shows one whole.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import Enum

from core.access import Can
from core.db import Record
from core.records.places import Place
from core.spreadsheets.cells import Kind
from core.spreadsheets.identity import BY_NAME, Identity
from core.spreadsheets.roster import Column, Declaration
from core.text import in_chinese

Values = dict[str, object]
Choices = type[Enum] | Callable[[Place], Mapping[str, object]]


@dataclass(frozen=True)
class Line(Column):
    """A column that is also a field of the form; its key is the model's field.

    ``choices`` is an enum, or a function of the community that answers {words: value}, for records a row points at
    (``core.registers.choices`` has those everybody needs). ``rows`` makes a field for longer words, ``listed=False``
    keeps a column out of the list and off paper, ``width`` is its share of the paper beside the others', ``total`` sums it
    under the list, ``preset`` says what an empty form begins with.
    """

    choices: Choices | None = None
    hint: object = ""
    rows: int = 0
    listed: bool = True
    width: int = 0
    total: bool = False
    preset: Callable[[], object] | None = None

    @property
    def figures(self) -> bool:
        """Whether it holds figures, which stand right-aligned."""
        return self.kind in (Kind.INTEGER, Kind.MONEY)

    @property
    def short(self) -> bool:
        """Whether its words are too short to be broken."""
        return self.kind in (Kind.DAY, Kind.PARTIAL_DATE, Kind.PHONE, Kind.YES)

    def column(self, place: Place) -> Column:
        """The same as a roster's column, its words those of the community, in Chinese as every sheet is."""
        words = self.choices if isinstance(self.choices, type) or self.choices is None else self.choices(place)
        return Column(
            self.key, str(self.title), self.names, self.kind, self.required, words, self.refuse, self.fills, self.longest
        )  # fmt: skip


@dataclass(frozen=True)
class Deadline:
    """What of a row is due: ``key`` names its day, ``open`` the condition that it still waits.

    ``sentence(row)`` says what has to be done, ``verb`` is the word on the button; it shows so many days before as the
    setting ``ahead`` says.
    """

    key: str
    open: object
    sentence: Callable[[Record], str]
    verb: object
    ahead: str


@dataclass(frozen=True, eq=False)
class Register:
    """A ledger. ``model`` has ``place``, ``version`` and ``void`` (why an entry counts no more, blank while it does)
    beside a field for every line.

    ``name`` is the key by which people call a row; ``span`` names the keys of its first day and of the day on which it
    no longer held, which makes the list answer "on which day?". ``check(place, row or None, values)`` refuses what no
    single line can see. ``note`` says on the page what the register is for. ``template`` extends the page of an entry
    where the area has more to show, and gets what ``more(row)`` answers; so do ``list_template`` and ``beside(place)``
    for the list.
    """

    key: str
    model: type[Record]
    title: object
    entry: object
    read: Can
    edit: Can
    lines: tuple[Line, ...]
    nav: str
    name: str = "name"
    order: tuple = ()
    filters: tuple[str, ...] = ()
    span: tuple[str, str] | None = None
    due: Deadline | None = None
    check: Callable[[Place, Record | None, Values], None] | None = None
    identify: Identity = BY_NAME
    note: object = ""
    landscape: bool = True
    signatures: tuple[str, ...] = ("制表人", "审核人")
    template: str = "registers/show.html"
    more: Callable[[Record], Values] | None = None
    list_template: str = "registers/index.html"
    beside: Callable[[Place], Values] | None = None
    columns: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "columns", tuple(line.key for line in self.lines))

    def __getitem__(self, key: str) -> Line:
        return next(line for line in self.lines if line.key == key)

    @property
    def listed(self) -> tuple[Line, ...]:
        """The columns of the list and of the paper."""
        return tuple(line for line in self.lines if line.listed)

    def heads(self) -> list:
        """The heads of the list, as the table component wants them."""
        return [(line.title, "num") if line.figures else line.title for line in self.listed]

    @in_chinese()
    def declaration(self, place: Place) -> Declaration:
        """The register as the one importer and exporter knows a roster."""
        number = Column("id", "编号", ("系统编号",), Kind.IDENTITY)
        identify = replace(self[self.name], required=True).column(place)
        columns = [identify if line.key == self.name else line.column(place) for line in self.lines]
        return Declaration(self.key, str(self.title), (number, *columns))

