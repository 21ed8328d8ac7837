"""Finding the header: which row names the columns, by meaning, whatever titles stand above it."""

import re
from collections.abc import Callable, Mapping

from core.refusal import Refused
from core.spreadsheets.cells import HAN, squeeze
from core.spreadsheets.grids import Grid
from core.spreadsheets.roster import Column, Declaration
from core.text import _l

TITLE_ROWS = 30  # As many filled rows may stand above the header.
SERIAL = {"序号", "序", "NO.", "NO", "#", "编号"}


class NoHeader(Refused):
    sentence = _l("没有找到表头。表里应有一行写着：%(expected)s。请核对是不是选对了文件。")


class IdCardColumn(Refused):
    sentence = _l("表里有“%(header)s”一列。本系统不保存身份证号码，请删去这一列后再导入。")


# At the end of a header's meaning: 党员身份证号 holds numbers, 身份证复印件 does not.
ID_NUMBERS = re.compile(r"(?:身份证|身份证件|公民身份|居民身份|身份|证件)(?:号|号码|编号)$|身份证$")


class Header:
    """A row read as a header: which declared column stands where; the user's ``mapping`` overrules."""

    def __init__(self, row: int, texts: list[str], declaration: Declaration, mapping: Mapping[str, str]) -> None:
        self.row, self.texts = row, [_tidy(text) for text in texts]
        self.places = {key: self.texts.index(text) for key, text in mapping.items() if text and text in self.texts}
        mapped = all(key in self.places for key, text in mapping.items() if text)
        columns = [column for column in declaration.columns if column.key not in mapping and not column.refuse]
        # Full wordings first, so that a bracket may tell two headers apart.
        for wording in (squeeze, _bare, _first):
            self._match(wording, columns)
        self.complete = mapped and all(c.key in self.places for c in declaration.columns if c.required)

    def _match(self, wording: Callable[[str], str], columns: list[Column]) -> None:
        there: dict[str, int] = {}
        for place, text in enumerate(self.texts):
            if text and place not in self.places.values():
                there.setdefault(wording(text), place)
        for column in columns:
            if column.key in self.places:
                continue
            found = (there.pop(wording(asked), None) for asked in (column.title, *column.names))
            place = next((place for place in found if place is not None), None)
            if place is not None:
                self.places[column.key] = place

    def refuse(self, columns: tuple[Column, ...]) -> None:
        """Refuses the file where a header names what must not be kept."""
        for text in filter(None, self.texts):
            words = {squeeze(text), _bare(text), _first(text)}
            if any(ID_NUMBERS.search(word) for word in words):
                raise IdCardColumn(header=text)
            for column in columns:
                if column.refuse and words & {squeeze(word) for word in (column.title, *column.names)}:
                    raise column.refuse(header=text)

    @property
    def columns(self) -> dict[str, str]:
        """Key → header text as it stands in the sheet."""
        return {key: self.texts[place] for key, place in self.places.items()}

    @property
    def unknown(self) -> list[str]:
        """Headers that stand for nothing declared; serial numbers are not worth a word."""
        used = set(self.places.values())
        return [t for place, t in enumerate(self.texts) if t and place not in used and squeeze(t) not in SERIAL]


def _tidy(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def _bare(text: str) -> str:
    """A header's meaning: without brackets, units, stars and colons."""
    plain = re.sub(r"\(.*?\)|\[.*?\]|【.*?】|〔.*?〕|<.*?>", "", squeeze(text))
    return re.sub(r"/[人元个名]$|[*:：、.。_\-★☆]", "", plain)


def _first(header: str) -> str:
    """The first of several wordings: 手机/电话, 姓名 Name."""
    return re.split(r"[/或]", _bare(re.sub(rf"(?<=[{HAN}])\s*[A-Za-z ]+$", "", header)))[0]


def find_header(
    candidates: list[Grid], declaration: Declaration, mapping: Mapping[str, str]
) -> tuple[Grid, Header, list[str]]:
    """The sheet whose header knows most columns, and the titles of others that have one too."""
    found = [(grid, header) for grid in candidates if (header := _header_of(grid, declaration, mapping))]
    if not found:
        needed = [column.title for column in declaration.columns if column.required]
        raise NoHeader(expected="、".join(text for text in (*mapping.values(), *needed) if text))
    grid, header = max(found, key=lambda pair: len(pair[1].places))
    header.refuse(declaration.columns)
    return grid, header, [other.title for other, _ in found if other is not grid]


def _header_of(grid: Grid, declaration: Declaration, mapping: Mapping[str, str]) -> Header | None:
    best = max(_rows_as_headers(grid, declaration, mapping), key=_worth, default=None)
    return best if best and best.complete else None


def _worth(header: Header) -> tuple[bool, int]:
    return header.complete, len(header.places)


def _rows_as_headers(grid: Grid, declaration: Declaration, mapping: Mapping[str, str]) -> list[Header]:
    """Each of the first rows alone, and each together with the row above it."""
    headers, above = [], None
    for number, cells in grid.lines():
        headers.append(Header(number, cells, declaration, mapping))
        if above:
            headers.append(Header(number, _joined(above, cells), declaration, mapping))
        above = cells
        if len(headers) >= TITLE_ROWS * 2:
            break
    return headers


def _joined(above: list[str], below: list[str]) -> list[str]:
    """Two header rows as one: the lower wording where there is one, as under a merged 联系方式."""
    width = max(len(above), len(below))
    upper, lower = above + [""] * (width - len(above)), below + [""] * (width - len(below))
    return [low if low.strip() else high for high, low in zip(upper, lower, strict=True)]


def header_texts(candidates: list[Grid], declaration: Declaration) -> list[str]:
    """What the likeliest header row says, complete or not: the choices of the page where columns are re-mapped."""
    headers = [header for grid in candidates for header in _rows_as_headers(grid, declaration, {})]
    likeliest = max(headers, key=lambda header: (_worth(header), len(set(header.texts))), default=None)
    return [text for text in likeliest.texts if text] if likeliest else []
