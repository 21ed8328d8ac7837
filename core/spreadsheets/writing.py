"""Sheets on the way out: everything that is read back by core.spreadsheets.reading comes back the same."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from core.spreadsheets.cells import clean, text_of
from core.spreadsheets.grids.csv import escaped
from core.spreadsheets.roster import Declaration

NARROWEST, WIDEST = 6, 48
# Fixed, so that the same rows always make the same bytes.
STAMP = datetime(2000, 1, 1)
BAD_IN_TITLE = re.compile(r"[\\/*?:\[\]]")


def write(declaration: Declaration, rows: Iterable[Mapping[str, object]], title: str | None = None) -> bytes:
    """The rows as .xlsx under the declared headers; ``title`` adds a title row above them."""
    return write_table(declaration.title, [c.title for c in declaration.columns], _texts(declaration, rows), title)


def write_csv(declaration: Declaration, rows: Iterable[Mapping[str, object]]) -> bytes:
    """The rows as .csv that Excel opens rightly: UTF-8 with mark; nothing in it can start a formula."""
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_MINIMAL)
    writer.writerow([column.title for column in declaration.columns])
    for cells in _texts(declaration, rows):
        writer.writerow([escaped(str(cell)) for cell in cells])
    return out.getvalue().encode("utf-8-sig")


def _texts(declaration: Declaration, rows: Iterable[Mapping[str, object]]) -> list[list[str | int]]:
    columns = [(column.key, column.kind, column.words) for column in declaration.columns]
    return [[text_of(row.get(key), kind, words) for key, kind, words in columns] for row in rows]


def write_table(sheet: str, headers: list[str], rows: list[list[str | int]], title: str | None = None) -> bytes:
    """Any table as .xlsx: bold frozen header, fitting widths, every text as text."""
    book = Workbook(write_only=True)
    page = book.create_sheet(BAD_IN_TITLE.sub(" ", clean(sheet))[:31].strip("'") or "Sheet1")
    for place, header in enumerate(headers):
        widest = max((_width(str(row[place])) for row in rows), default=0)
        fitting = min(WIDEST, max(NARROWEST, _width(header), widest)) + 2
        page.column_dimensions[get_column_letter(place + 1)].width = fitting
    page.freeze_panes = "A3" if title else "A2"
    if title:
        page.append([_cell(page, title, Font(bold=True, size=14))])
    page.append([_cell(page, header, Font(bold=True)) for header in headers])
    for row in rows:
        page.append([_cell(page, text) for text in row])
    return _packed(book)


def _width(text: str) -> int:
    """Columns of the screen the longest line takes; Han takes two."""
    lines = text.splitlines() or [""]
    return max(sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in line) for line in lines)


def _cell(page, text: str | int, font: Font | None = None) -> WriteOnlyCell:
    """A text cell stays text whatever it begins with: a leading = + - @ never becomes a formula."""
    if isinstance(text, int):
        return WriteOnlyCell(page, text)
    cell = WriteOnlyCell(page)
    # Excel reads _x0041_ inside a text as a character code, so the underscore of such a text is written as one.
    cell.value = re.sub(r"_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", clean(text))
    cell.data_type = "s"
    cell.number_format = "@"
    cell.quotePrefix = True
    if font:
        cell.font = font
    if "\n" in text:
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


def _packed(book: Workbook) -> bytes:
    """The workbook's bytes without the hour it was made: the same rows make the same file."""
    raw, out = io.BytesIO(), io.BytesIO()
    book.properties.created = STAMP
    book.save(raw)
    with zipfile.ZipFile(raw) as made, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        for part in made.infolist():
            content = made.read(part)
            if part.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>2000-01-01T00:00:00Z", content)
            packed.writestr(zipfile.ZipInfo(part.filename, STAMP.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()
