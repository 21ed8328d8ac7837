"""The one sheet of a .csv file, whatever its encoding and separator."""

import csv
import io
from collections.abc import Iterator

from core.partial_dates import Number
from core.spreadsheets.grids.base import Grid, Line, NotASpreadsheet, OtherFormat, within_limits
from core.text import _l

ACTIVE = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r")  # What makes a spreadsheet program calculate.
BINARY = set(map(chr, (*range(9), 14, 15, *range(16, 27))))


def sheet_of(data: bytes, filename: str) -> Grid:
    text = _decoded(data)
    head = text[:200].lstrip().lower()
    if head.startswith(("<!doctype", "<html", "<table", "<?xml", "<meta", "{\\rtf")):
        raise OtherFormat(format=_l("网页或 XML"))
    delimiter = _delimiter(text)
    title = filename.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0]

    def lines() -> Iterator[Line]:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
        start = 1
        for cells in reader:
            yield start, [_cell(cell) for cell in cells]
            start = reader.line_num + 1

    return Grid(title, within_limits(lines))


def _decoded(data: bytes) -> str:
    """Text of a .csv: UTF-8 with or without mark, UTF-16 with mark, else GB18030."""
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if utf16 else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        # Pictures, documents and programs hold control characters that no list does.
        if BINARY.isdisjoint(text):
            return text
    raise NotASpreadsheet()


def _delimiter(text: str) -> str:
    """The separator that cuts the first lines into the most even rows."""
    head = [line for line in text[:20_000].splitlines()[:40] if line.strip()]

    def evenness(mark: str) -> int:
        widths = sorted(len(cells) for cells in csv.reader(head, delimiter=mark))
        return widths[len(widths) // 2]  # a cell of several lines makes fewer rows than lines

    return max(",\t;|", key=evenness)


def _cell(cell: str) -> str:
    """A cell's text; an apostrophe guards a leading = + - @ on export and is taken off here."""
    bare = cell.lstrip("'")
    if bare != cell and bare.startswith(ACTIVE):
        return cell[1:]
    return Number(cell) if cell.replace(".", "", 1).isdecimal() else cell


def escaped(text: str) -> str:
    """The text as a .csv may carry it: a spreadsheet program must not take it for a formula."""
    return "'" + text if text.lstrip("'").startswith(ACTIVE) else text
