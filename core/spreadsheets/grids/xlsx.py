"""Sheets of an .xlsx file, whose package is checked before any parser sees it."""

import io
import re
import zipfile
from collections.abc import Iterator

import openpyxl
from openpyxl.utils.cell import range_boundaries

from core.spreadsheets.cells import Fault, Formula
from core.spreadsheets.grids.base import (
    LAST_ROW,
    MEGABYTE,
    MOST_COLUMNS,
    MOST_PARTS,
    MOST_RATIO,
    MOST_UNPACKED,
    Damaged,
    Grid,
    Line,
    NotASpreadsheet,
    OtherFormat,
    TooLarge,
    typed_text,
    within_limits,
)  # fmt: skip
from core.text import _l

# XML in 16 bits, with or without its mark: declarations in it would not be found.
OTHER_ENCODINGS = (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<")


def sheets_of(data: bytes) -> list[Grid]:
    check_package(data)
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
    sheets = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"] or book.worksheets
    return [Grid(s.title, within_limits(lambda s=s: _lines(s)), lambda s=s: _merges(s)) for s in sheets]


def check_package(data: bytes) -> None:
    """Refuses zip bombs, other packages and XML that declares entities, before a parser sees any of it."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        parts = package.infolist()
        names = {part.filename for part in parts}
        # A part's name says nothing: the workbook may call anything a sheet, so every part is checked as one.
        if len(parts) > MOST_PARTS or sum(part.file_size for part in parts) > MOST_UNPACKED:
            raise TooLarge()
        if any(part.file_size > max(MEGABYTE, part.compress_size * MOST_RATIO) for part in parts):
            raise TooLarge()
        if "xl/workbook.bin" in names:
            raise OtherFormat(format=".xlsb")
        if "content.xml" in names:
            raise OtherFormat(format=_l("开放文档（.ods）"))
        if "xl/workbook.xml" not in names:
            raise NotASpreadsheet()
        for part in parts:
            content = package.read(part)
            if b"<!DOCTYPE" in content or b"<!ENTITY" in content or content.startswith(OTHER_ENCODINGS):
                raise Damaged()


def _lines(sheet) -> Iterator[Line]:
    sheet.reset_dimensions()  # What the file says of its own size is often wrong.
    rows = sheet.iter_rows(max_row=LAST_ROW, max_col=MOST_COLUMNS + 1)
    last = None
    for number, row in enumerate(rows, 1):
        # Rows the file leaves out come as one and the same empty tuple; a stray cell far below makes a million.
        left_out, last = row is last, row
        if not left_out and any(cell.value is not None for cell in row):
            yield number, [_text(cell) for cell in row]


def _text(cell) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "f":
        return Formula(getattr(value, "text", None) or str(value))
    if cell.data_type == "e":
        return Fault(value)
    if isinstance(value, str):
        # Excel writes control characters as _x000D_, and a literal underscore as _x005F_.
        return value.replace("_x000D_", "").replace("_x005F_", "_") if "_x00" in value else value
    return typed_text(value, cell.number_format)


def _merges(sheet) -> list[tuple[int, int, int, int]]:
    """Read-only sheets do not tell their merged cells, so they are picked out of the sheet's own XML."""
    with sheet._get_source() as source:
        found = re.findall(rb"<(?:\w+:)?mergeCell\s+ref=\"([A-Z]+\d+:[A-Z]+\d+)\"", source.read())
    spans = (range_boundaries(span.decode()) for span in found)
    return [(top, bottom, left - 1, right - 1) for left, top, right, bottom in spans if bottom > top]
