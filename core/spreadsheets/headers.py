"""Finding the header: which row names the columns, by meaning, whatever titles stand above it."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice

from openpyxl.utils import get_column_letter

from core.refusal import Refused
from core.spreadsheets.cells import HAN, squeeze
from core.spreadsheets.grids.base import EmptyFile, Grid, Line
from core.spreadsheets.id_numbers import holds_id_number
from core.spreadsheets.roster import Column, Declaration
from core.text import _l

TITLE_ROWS = 30  # As many filled rows may stand above the header.
SAMPLED = 40  # so many rows below it tell what a column holds
SERIAL = {"序号", "序", "NO.", "NO", "#", "编号"}


class NoHeader(Refused):
    sentence = _l("没有找到表头。表里应有一行写着：%(expected)s。请核对是不是选对了文件。")


class IdCardColumn(Refused):
    sentence = _l("表里有“%(header)s”一列。本系统不保存身份证号码，请删去这一列后再导入。")


# At the end of a header's meaning: 党员身份证号 holds numbers, 身份证复印件 does not.
ID_NUMBERS = re.compile(r"(?:身份证|身份证件|公民身份|居民身份|身份|证件)(?:号|号码|编号)$|身份证$")


@dataclass(frozen=True)
class Told:
    """What somebody said of a file; what they left open is found by meaning.

    ``mapping`` (key → header, "" leaves a column out) overrules what the headers say, ``remembered``
    (squeezed header → key, "" for one that means nothing) is how earlier files of the office were mapped;
    ``header_row`` 0 says that the sheet has no header, whose columns are then called A列, B列 ….
    """

    mapping: Mapping[str, str] = field(default_factory=dict)
    remembered: Mapping[str, str] = field(default_factory=dict)
    sheet: str = ""
    header_row: int | None = None


class Header:
    """A row read as a header: which declared column stands where."""

    def __init__(self, row: int, texts: list[str], declaration: Declaration, told: Told) -> None:
        self.row, self.said = row, [re.sub(r"\s+", " ", text).strip() for text in texts]
        self.texts = _labels(self.said)
        self.places = {key: self.texts.index(text) for key, text in told.mapping.items() if text and text in self.texts}
        mapped = all(key in self.places for key, text in told.mapping.items() if text)
        columns = [column for column in declaration.columns if column.key not in told.mapping and not column.refuse]
        self._remember(told.remembered, {column.key for column in columns})
        # Full wordings first, so that a bracket may tell two headers apart.
        for wording in (squeeze, _bare, _first):
            self._match(wording, columns)
        self.complete = mapped and all(c.key in self.places for c in declaration.columns if c.required)

    def _remember(self, remembered: Mapping[str, str], keys: set[str]) -> None:
        known = {place: remembered[squeeze(text)] for place, text in enumerate(self.texts) if squeeze(text) in remembered}
        self.ignored = {place for place, key in known.items() if not key}
        for place, key in known.items():
            if key in keys and place not in self.places.values():
                self.places.setdefault(key, place)

    def _match(self, wording: Callable[[str], str], columns: list[Column]) -> None:
        there: dict[str, int] = {}
        for place, text in enumerate(self.said):
            if text and place not in self.places.values() and place not in self.ignored:
                there.setdefault(wording(text), place)
        for column in columns:
            if column.key in self.places:
                continue
            found = (there.pop(wording(asked), None) for asked in (column.title, *column.names))
            place = next((place for place in found if place is not None), None)
            if place is not None:
                self.places[column.key] = place

    def refuse(self, columns: tuple[Column, ...], below: list[list[str]]) -> None:
        """Refuses the file where a header names what must not be kept, or a column holds it under another name."""
        self._refuse_id_numbers(below)
        for text in self.texts:
            words = {squeeze(text), _bare(text), _first(text)}
            if any(ID_NUMBERS.search(word) for word in words):
                raise IdCardColumn(header=text)
            for column in columns:
                if column.refuse and words & {squeeze(word) for word in (column.title, *column.names)}:
                    raise column.refuse(header=text)

    def _refuse_id_numbers(self, below: list[list[str]]) -> None:
        for place, text in enumerate(self.texts):
            filled = [cells[place] for cells in below if place < len(cells) and cells[place].strip()]
            if filled and sum(map(holds_id_number, filled)) * 2 >= len(filled):
                raise IdCardColumn(header=text)

    @property
    def columns(self) -> dict[str, str]:
        """Key → header text as it stands in the sheet."""
        return {key: self.texts[place] for key, place in self.places.items()}

    @property
    def unknown(self) -> list[str]:
        """Headers that stand for nothing declared; serial numbers are not worth a word."""
        used = set(self.places.values())
        named = ((place, text) for place, text in enumerate(self.texts) if text != letter(place))
        return [text for place, text in named if place not in used | self.ignored and squeeze(text) not in SERIAL]


def letter(place: int) -> str:
    """What a column without a header is called."""
    return f"{get_column_letter(place + 1)}列"


def _labels(texts: list[str]) -> list[str]:
    """The headers, every one different, so that a form can name them."""
    labels: list[str] = []
    for place, text in enumerate(texts):
        labels.append(f"{text} {letter(place)}" if text in labels else text or letter(place))
    return labels


def _bare(text: str) -> str:
    """A header's meaning: without brackets, units, stars and colons."""
    plain = re.sub(r"\(.*?\)|\[.*?\]|【.*?】|〔.*?〕|<.*?>", "", squeeze(text))
    return re.sub(r"/[人元个名]$|[*:：、.。_\-★☆]", "", plain)


def _first(header: str) -> str:
    """The first of several wordings: 手机/电话, 姓名 Name."""
    return re.split(r"[/或]", _bare(re.sub(rf"(?<=[{HAN}])\s*[A-Za-z ]+$", "", header)))[0]


def find_header(candidates: list[Grid], declaration: Declaration, told: Told) -> tuple[Grid, Header, list[str]]:
    """The sheet whose header knows most columns, and the titles of others that have one too.

    Raises NoHeader where no row names the required columns.
    """
    grid, header, others = likeliest(candidates, declaration, told)
    if not header.complete:
        needed = [column.title for column in declaration.columns if column.required]
        raise NoHeader(expected="、".join(text for text in (*told.mapping.values(), *needed) if text))
    header.refuse(declaration.columns, first_below(grid, header))
    return grid, header, others


def first_below(grid: Grid, header: Header) -> list[list[str]]:
    """The first rows of the list."""
    return list(islice((cells for number, cells in grid.lines() if number > header.row), SAMPLED))


def likeliest(candidates: list[Grid], declaration: Declaration, told: Told) -> tuple[Grid, Header, list[str]]:
    """The same, whether or not the header is complete: where columns are mapped by hand, it is what there is to choose."""
    asked = [grid for grid in candidates if grid.title == told.sheet] or candidates
    found = [(grid, header) for grid in asked for header in _rows_as_headers(grid, declaration, told)]
    if not found:
        raise EmptyFile()
    best = {id(grid): max((header for one, header in found if one is grid), key=_worth) for grid, _header in found}
    grid = max((one for one in asked if id(one) in best), key=lambda one: _worth(best[id(one)]))
    others = [one.title for one in asked if one is not grid and id(one) in best and best[id(one)].complete]
    return grid, best[id(grid)], others


def _worth(header: Header) -> tuple[bool, int, int]:
    named = {text for place, text in enumerate(header.texts) if text != letter(place)}
    return header.complete, len(header.places), 0 if header.complete else len(named)


def _rows_as_headers(grid: Grid, declaration: Declaration, told: Told) -> Iterator[Header]:
    """Each of the first rows alone, and each together with the row above it; or the one row that was named."""
    above: list[str] = []
    if told.header_row == 0:
        width = max((len(cells) for _number, cells in first_lines(grid)), default=0)
        yield Header(0, [""] * width, declaration, told)
        return
    for number, cells in first_lines(grid):
        if told.header_row in (None, number):
            yield Header(number, cells, declaration, told)
            if above:
                yield Header(number, _joined(above, cells), declaration, told)
        above = cells


def first_lines(grid: Grid) -> Iterator[Line]:
    """The lines among which a header is looked for."""
    return islice(grid.lines(), TITLE_ROWS)


def _joined(above: list[str], below: list[str]) -> list[str]:
    """Two header rows as one: the lower wording where there is one, as under a merged 联系方式."""
    width = max(len(above), len(below))
    upper, lower = above + [""] * (width - len(above)), below + [""] * (width - len(below))
    return [low if low.strip() else high for high, low in zip(upper, lower, strict=True)]
