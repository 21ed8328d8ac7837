"""Old .xls files made byte by byte: no library writes them any more, yet offices still keep them."""

import struct

GENERAL, DATE, MONTH = 0, 1, 2
FORMATS = {GENERAL: (0, None), DATE: (14, None), MONTH: (164, 'yyyy"年"m"月"')}
END = 0xFFFFFFFE


class FormulaCell:
    """A formula whose last result was ``value``."""

    def __init__(self, value: float) -> None:
        self.value = value


class DateCell:
    """A serial number shown as a date, or as a month only."""

    def __init__(self, serial: float, shown: int = DATE) -> None:
        self.serial, self.shown = serial, shown


def xls(rows, merges=(), title="名册") -> bytes:
    """An .xls with one sheet; merges are (first row, last row, first column, last column) from 0."""
    return container(workbook(rows, merges, title))


def _record(code: int, body: bytes = b"") -> bytes:
    return struct.pack("<HH", code, len(body)) + body


def _text(text: str, wide_length: bool = True) -> bytes:
    return struct.pack("<HB" if wide_length else "<BB", len(text), 1) + text.encode("utf-16-le")


def workbook(rows, merges, title) -> bytes:
    head = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0x07CC, 0, 6))
    head += _record(0x0042, struct.pack("<H", 1200))
    head += _record(0x041E, struct.pack("<H", 164) + _text(FORMATS[MONTH][1]))
    for number, _shown in FORMATS.values():
        head += _record(0x00E0, struct.pack("<HHH", 0, number, 0x0001) + bytes(14))
    name = _text(title, wide_length=False)
    sheet_at = len(head) + 4 + 6 + len(name) + 4
    head += _record(0x0085, struct.pack("<IBB", sheet_at, 0, 0) + name) + _record(0x000A)
    body = _record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0x07CC, 0, 6))
    for y, row in enumerate(rows):
        for x, value in enumerate(row):
            body += _cell(y, x, value)
    if merges:
        spans = b"".join(struct.pack("<HHHH", *merge) for merge in merges)
        body += _record(0x00E5, struct.pack("<H", len(merges)) + spans)
    return head + body + _record(0x000A)


def _cell(y: int, x: int, value) -> bytes:
    if value is None:
        return b""
    if isinstance(value, FormulaCell):
        return _record(0x0006, struct.pack("<HHHdHIH", y, x, GENERAL, value.value, 0, 0, 3) + b"\x1e\x01\x00")
    if isinstance(value, DateCell):
        return _record(0x0203, struct.pack("<HHHd", y, x, value.shown, value.serial))
    if isinstance(value, int | float):
        return _record(0x0203, struct.pack("<HHHd", y, x, GENERAL, value))
    return _record(0x0204, struct.pack("<HHH", y, x, GENERAL) + _text(value))


def container(stream: bytes) -> bytes:
    """The compound file around the one stream, which is padded so that it needs no short sectors."""
    stream = stream.ljust(4096, b"\0")
    sectors = -(-len(stream) // 512)
    table = [0xFFFFFFFD, END, *range(3, sectors + 2), END]
    assert len(table) <= 128
    table += [0xFFFFFFFF] * (128 - len(table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    header += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1, 1, 0, 4096, END, 0, END, 0)
    header += struct.pack("<109I", 0, *[0xFFFFFFFF] * 108)
    entries = _entry("Root Entry", 5, 1, END, 0) + _entry("Workbook", 2, 0xFFFFFFFF, 2, len(stream)) + bytes(256)
    return header + struct.pack("<128I", *table) + entries + stream.ljust(sectors * 512, b"\0")


def _entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1)
    return head + struct.pack("<III", 0xFFFFFFFF, 0xFFFFFFFF, child) + bytes(36) + struct.pack("<IQ", start, size)
