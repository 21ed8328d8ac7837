"""What every reader shares: one sheet as lines of texts, the limits, and the refusals of whole files."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from core.partial_dates import Number
from core.refusal import Refused
from core.spreadsheets.cells import Day
from core.text import _l

MEGABYTE = 1024 * 1024
MOST_BYTES = 10 * MEGABYTE
MOST_UNPACKED = 64 * MEGABYTE
MOST_RATIO = 150  # Real sheets pack 5 to 30 times; zip bombs a thousand times.
MOST_PARTS = 2_000
MOST_ROWS = 20_000
MOST_COLUMNS = 100
LAST_ROW = 1_048_576

Line = tuple[int, list[str]]


class NotASpreadsheet(Refused):
    sentence = _l("这个文件不是电子表格。请上传 .xlsx、.xls 或 .csv 文件。")


class Damaged(Refused):
    sentence = _l("这个表格文件已损坏，打不开。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。")


class Locked(Refused):
    sentence = _l("这个表格设有打开密码，无法读取。请取消密码后再上传。")


class OtherFormat(Refused):
    sentence = _l("这个文件的实际格式是%(format)s。请用 Excel 或 WPS 打开后另存为 .xlsx 再上传。")


class EmptyFile(Refused):
    sentence = _l("这个文件是空的，没有内容可以导入。")


class TooLarge(Refused):
    sentence = _l("这个表格太大：最多 %(rows)s 行、%(columns)s 列，%(megabytes)s MB。请删去多余内容或分成几个文件。")

    def __init__(self) -> None:
        super().__init__(rows=MOST_ROWS, columns=MOST_COLUMNS, megabytes=MOST_BYTES // MEGABYTE)


@dataclass
class Grid:
    """One sheet: ``lines`` yields (row number, cells) for rows that hold anything; ``merged`` lists
    vertical merges as (first row, last row, first column, last column), rows from 1, columns from 0."""

    title: str
    lines: Callable[[], Iterator[Line]]
    merged: Callable[[], list[tuple[int, int, int, int]]] = field(default=lambda: [])


def guarded(reader: Callable, *arguments):
    """Damage shows as nearly any exception inside the readers; to the office it is one thing."""
    try:
        return reader(*arguments)
    except (Refused, MemoryError):
        raise
    except Exception as error:
        raise Damaged() from error


def within_limits(lines: Callable[[], Iterator[Line]]) -> Callable[[], Iterator[Line]]:
    """The same lines, with damage met on the way refused and the limits held."""

    def held() -> Iterator[Line]:
        filled, steps = 0, lines()
        while (line := guarded(next, steps, None)) is not None:
            number, cells = line
            while cells and not cells[-1].strip():
                cells.pop()
            filled += bool(cells)
            if filled > MOST_ROWS or len(cells) > MOST_COLUMNS:
                raise TooLarge()
            if cells:
                yield number, cells

    return held


def typed_text(value: object, number_format: str = "General") -> str:
    """A typed value as the sheet shows it, as far as its meaning goes."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date):
        return Day(value.isoformat()[: _precision(number_format)])
    if isinstance(value, time | timedelta):
        return str(value)
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    if isinstance(value, float) and (places := _places(number_format)):
        return f"{value:.{places}f}"
    return Number(value)


def _places(number_format: str) -> int:
    """Decimal places that a plain number format such as 0.00 shows; 0 where it is another format."""
    plain = (number_format or "").split(";")[0].rstrip("_ ")
    head, point, tail = plain.partition(".")
    return len(tail) if point and set(tail) == {"0"} and set(head) <= set("#,0") else 0


def _precision(number_format: str) -> int:
    """Characters of an ISO date that its cell shows: a cell as 1978年2月 keeps the month only."""
    shown = re.sub(r"\"[^\"]*\"|\[[^\]]*\]|\\.", "", (number_format or "").lower())
    if "d" in shown or not re.search("[ym]", shown):
        return 10
    return 7 if "m" in shown else 4
