"""The one importer and exporter: an area declares its columns; this reads, compares and writes them."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping

from core.refusal import Refused
from core.spreadsheets.cells import Kind, Missing, TooLong, squeeze, value_of
from core.spreadsheets.grids import Grid, grids
from core.spreadsheets.grids.base import Line
from core.spreadsheets.headers import Header, IdCardColumn, NoHeader, Told, find_header, letter
from core.spreadsheets.id_numbers import HoldsIdNumber, holds_id_number, without_id_numbers
from core.spreadsheets.preview import BY_NAME, PERSON, Plan, preview
from core.spreadsheets.roster import Column, Declaration, Refusal, Row, Sheet
from core.spreadsheets.warned import quietly
from core.spreadsheets.writing import write, write_csv, write_table
from core.text import _, _l

__all__ = [
    "BY_NAME", "PERSON", "Column", "Declaration", "IdCardColumn", "Kind", "NoHeader", "Plan", "Refusal", "Row",
    "Sheet", "Told", "preview", "read", "refused_file", "write", "write_csv",
]  # fmt: skip

DITTO = {"同上", "上同", "〃", "″", '"', "”", "''", "〞"}
TOTAL = re.compile(r"(?:合|总|小|共|累)计|总数|总人数|共\d+[人名户个]")
FOOTER = re.compile(r"(?:制表|填表|填报|审核|复核|经办|负责|联系)(?:人|单位|日期|时间)?:|(?:备注|说明|注|日期):")


class SameAsAbove(Refused):
    """A ditto mark is only followed where the user asked for it."""

    sentence = _l("单元格写着“%(value)s”，请填写实际内容，或选择“空格沿用上一行”。")


def read(
    data: bytes, filename: str, declaration: Declaration, *,
    mapping: Mapping[str, str] | None = None, fill_down: bool = False, told: Told | None = None,
) -> Sheet:  # fmt: skip
    """The file's clean rows and refused cells; ``mapping`` (key → header, "" leaves a column out)
    overrules what the headers say, ``fill_down`` repeats the row above in merged or left-out cells."""
    with quietly():
        grid, header, others = find_header(grids(data, filename), declaration, told or Told(mapping or {}))
        sheet = Sheet(grid.title, header.row, header.columns, declaration, header.unknown, others)
        sheet.headers = ["" if text == letter(place) and header.row else text for place, text in enumerate(header.texts)]
        columns = [(declaration[key], place, declaration[key].words) for key, place in header.places.items()]
        beside = [place for place in range(len(header.texts)) if place not in header.places.values()]
        filling = [place for column, place, _words in columns if column.fills]
        begun: set[int] = set()
        for number, cells in _body(grid, header, declaration, fill_down):
            blank = {place for place in filling if not cells[place].strip()}
            sheet.blanks += bool(blank & begun)
            begun |= set(filling) - blank
            _take(sheet, columns, number, cells, _told_beside(header, beside, number, cells))
    return sheet


def refused_file(data: bytes, filename: str, sheet: Sheet, refused: list[Refusal] | None = None) -> bytes:
    """The refused rows as the office sent them, the reasons in a last column: to be mended and sent again."""
    reasons: dict[int, list[str]] = defaultdict(list)
    for refusal in sheet.refused if refused is None else refused:
        reasons[refusal.row].append(f"{refusal.column}：{refusal.reason}" if refusal.column else refusal.reason)
    with quietly():
        grid = next(grid for grid in grids(data, filename) if grid.title == sheet.title)
        lines = {number: cells for number, cells in grid.lines() if number in reasons or number == sheet.header_row}
    headers = sheet.headers
    rows = [
        [*(cells + [""] * len(headers))[: len(headers)], "；".join(reasons[number])]
        for number, cells in lines.items()
        if number in reasons
    ]
    return write_table(sheet.title, [*headers, _("未导入原因")], rows)


def _body(grid: Grid, header: Header, declaration: Declaration, fill_down: bool) -> Iterator[Line]:
    """The rows below the header that are about somebody: no totals, footers or repeated headers."""
    places = header.places
    key = next((places[c.key] for c in declaration.columns if c.required and c.key in places), 0)
    fills = {places[c.key] for c in declaration.columns if c.fills and c.key in places}
    merged = _merged_cells(grid) if fill_down else {}
    above: list[str] = []
    for number, cells in grid.lines():
        cells += [""] * (max(places.values()) + 1 - len(cells))
        if number <= header.row or not any(cells[place].strip() for place in places.values()):
            continue
        if squeeze(cells[key]) == squeeze(header.texts[key]) or _closes(cells, key):
            continue
        if fill_down:
            _fill(cells, above, fills | merged.get(number, set()))
        above = cells
        yield number, cells


def _closes(cells: list[str], key: int) -> bool:
    """Totals and signatures under the list; what stands behind a name cannot say so."""
    telling = cells[: key + 1] if cells[key].strip() else cells
    return any(TOTAL.match(word) or FOOTER.match(word) for word in map(squeeze, telling))


def _merged_cells(grid: Grid) -> dict[int, set[int]]:
    """Row → columns whose text stands in the first row of a vertical merge."""
    below: dict[int, set[int]] = defaultdict(set)
    for top, bottom, left, right in grid.merged():
        for row in range(top + 1, bottom + 1):
            below[row].update(range(left, right + 1))
    return below


def _fill(cells: list[str], above: list[str], blanks: set[int]) -> None:
    for place, text in enumerate(cells):
        if place < len(above) and ((place in blanks and not text.strip()) or _is_ditto(text)):
            cells[place] = above[place]


def _is_ditto(text: str) -> bool:
    return len(text) < 8 and squeeze(text) in DITTO


def _told_beside(header: Header, beside: list[int], number: int, cells: list[str]) -> list[Refusal]:
    """An ID-card number in a column that is not read, such as a remark, keeps the row out too."""
    found = (place for place in beside if place < len(cells) and holds_id_number(cells[place]))
    return [Refusal(number, header.texts[place], without_id_numbers(cells[place]), str(HoldsIdNumber())) for place in found]


def _take(
    sheet: Sheet, columns: list[tuple[Column, int, dict]], number: int, cells: list[str], refused: list[Refusal]
) -> None:  # fmt: skip
    """Adds the row, or every reason why it stays out; ``refused`` are those found already."""
    values = {}
    for column, place, words in columns:
        try:
            values[column.key] = _value(column, words, cells[place])
        except Refused as reason:
            refused.append(Refusal(number, sheet.columns[column.key], without_id_numbers(cells[place].strip()), str(reason)))
    if refused:
        sheet.refused += refused
    else:
        sheet.rows.append(Row(number, values))


def _value(column: Column, words: Mapping[str, object], raw: str) -> object:
    if _is_ditto(raw):
        raise SameAsAbove(value=raw.strip())
    value = value_of(raw, column.kind, words)
    if column.required and value in ("", None):
        raise Missing(title=column.title)
    if isinstance(value, str) and len(value) > column.longest:
        raise TooLong(length=len(value), longest=column.longest)
    return value
