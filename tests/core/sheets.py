"""Small files for the import tests: what an office might send, made on the spot."""

import csv
import io
import zipfile

import openpyxl

from core.spreadsheets.reading import Column, Declaration, Kind

ROSTER = Declaration(
    "people",
    "名册",
    (
        Column("id", "编号", kind=Kind.IDENTITY),
        Column("name", "姓名", ("党员姓名",), Kind.NAME, required=True),
        Column("sex", "性别", kind=Kind.SEX),
        Column("birth", "出生年月", ("出生日期",), Kind.PARTIAL_DATE),
        Column("phone", "联系电话", ("电话", "手机"), Kind.PHONE),
        Column("branch", "所在支部", ("党支部",), fills=True),
        Column("stairwell", "责任区(楼道)", ("楼道",), Kind.STAIRWELL, fills=True),
        Column("children", "子女数", kind=Kind.INTEGER),
        Column("kind", "类别", kind=Kind.CHOICE, choices={"在职": "in_service", "退休": "retired", "离休": "retired"}),
        Column("note", "承诺事项", longest=40),
    ),
)
HEADER = ["姓名", "性别", "出生年月", "联系电话"]


def xlsx(*rows, merges=(), formats=None, hidden=(), **sheets) -> bytes:
    """An .xlsx of one sheet, or of several given by name; formats: cell address → number format."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, lines in ({"名册": rows} | sheets if rows else sheets).items():
        page = book.create_sheet(title)
        for line in lines:
            page.append(line)
        page.sheet_state = "hidden" if title in hidden else "visible"
    for span in merges:
        book.worksheets[0].merge_cells(span)
    for address, shown in (formats or {}).items():
        book.worksheets[0][address].number_format = shown
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_bytes(*rows, encoding="utf-8", delimiter=",") -> bytes:
    """The rows as .csv text in the given encoding."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(rows)
    return out.getvalue().encode(encoding)


def repacked(data: bytes, **parts: bytes) -> bytes:
    """The .xlsx with some of its parts replaced or added; a double underscore stands for the slash."""
    out = io.BytesIO()
    named = {name.replace("__", "/") + ".xml": content for name, content in parts.items()}
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.namelist():
            if part not in named:
                new.writestr(part, old.read(part))
        for part, content in named.items():
            new.writestr(part, content)
    return out.getvalue()
