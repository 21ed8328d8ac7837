"""Files as rows of texts: .xlsx, .xls and .csv, told apart by content and read within limits."""

from core.spreadsheets.grids import csv, xls, xlsx
from core.spreadsheets.grids.base import MOST_BYTES, EmptyFile, Grid, TooLarge, guarded


def grids(data: bytes, filename: str) -> list[Grid]:
    """The visible sheets of a file; the name only serves as the title of a .csv."""
    if not data.strip():
        raise EmptyFile()
    if len(data) > MOST_BYTES:
        raise TooLarge()
    if data[:4] == b"PK\x03\x04":
        return guarded(xlsx.sheets_of, data)
    if data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return guarded(xls.sheets_of, data)
    return [guarded(csv.sheet_of, data, filename)]
