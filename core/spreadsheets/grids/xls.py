"""Sheets of an old .xls file."""

import io
import struct
from collections.abc import Iterator

import xlrd

from core.partial_dates import Number
from core.spreadsheets.cells import Fault, Formula
from core.spreadsheets.grids.base import (
    MOST_COLUMNS,
    Damaged,
    Grid,
    Line,
    Locked,
    NotASpreadsheet,
    typed_text,
    within_limits,
)  # fmt: skip


def sheets_of(data: bytes) -> list[Grid]:
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Locked()
    try:
        # On demand, because otherwise the reader drops the records that tell formulas apart.
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO())
    except xlrd.XLRDError as error:
        if "encrypted" in str(error):
            raise Locked() from error
        # Word documents and other old Office files share the container.
        raise (NotASpreadsheet if "Can't find workbook" in str(error) else Damaged)() from error
    every = [book.sheet_by_index(number) for number in range(book.nsheets)]
    sheets = [sheet for sheet in every if sheet.visibility == 0] or every
    return [Grid(s.name, within_limits(lambda s=s: _lines(book, s)), lambda s=s: _merges(s)) for s in sheets]


def _lines(book, sheet) -> Iterator[Line]:
    formulas = _formulas(book, sheet.number)
    for row in range(sheet.nrows):
        cells = []
        for column, cell in enumerate(sheet.row(row)[: MOST_COLUMNS + 1]):
            text = _text(book, sheet, cell)
            cells.append(Formula(text) if (row, column) in formulas else text)
        yield row + 1, cells


def _formulas(book, number: int) -> set[tuple[int, int]]:
    """Where formulas stand: the reader only hands over their last result, the records tell them apart."""
    where, position, depth = set(), book._sh_abs_posn[number], 0
    while position + 4 <= len(book.mem):
        code, length = struct.unpack_from("<HH", book.mem, position)
        if code == 0x0006:
            where.add(struct.unpack_from("<HH", book.mem, position + 4))
        depth += {0x0809: 1, 0x000A: -1}.get(code, 0)
        if depth <= 0:
            break
        position += 4 + length
    return where


def _text(book, sheet, cell) -> str:
    if cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK):
        return ""
    if cell.ctype == xlrd.XL_CELL_TEXT:
        return cell.value
    if cell.ctype == xlrd.XL_CELL_ERROR:
        return Fault(xlrd.error_text_from_code.get(cell.value, "#?"))
    shown = book.format_map[book.xf_list[cell.xf_index].format_key].format_str
    if cell.ctype == xlrd.XL_CELL_DATE:
        if cell.value < 1:
            return Number(cell.value)
        return typed_text(xlrd.xldate_as_datetime(cell.value, book.datemode), shown)
    return typed_text(bool(cell.value) if cell.ctype == xlrd.XL_CELL_BOOLEAN else cell.value, shown)


def _merges(sheet) -> list[tuple[int, int, int, int]]:
    return [(top + 1, bottom, left, right - 1) for top, bottom, left, right in sheet.merged_cells if bottom - top > 1]
