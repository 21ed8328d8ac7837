"""What Word and Excel put on the clipboard, brought into the notice's own marks: lines, lists, tables."""

import re
from collections.abc import Iterator

from core.spreadsheets.cells import clean

# Word's manual line break, page break, and the separators of other programs.
BREAKS = re.compile(r"\r\n|[\r\v\f\x85\u2028\u2029]")
# Bullets as letters, and those of the symbol fonts, which arrive as private characters.
BULLET = re.compile(r"^[ \u3000]*[•●○◆◇■□▪▶➢✓√·\uf0b7\uf06c\uf06e\uf0d8\uf0fc\uf0a7][\t \u3000]*")
LIST_TAB = re.compile(r"^(\s*(?:[-*+]|\d{1,3}[.)．、]|[（(][一二三四五六七八九十\d]+[）)]|[一二三四五六七八九十]+、))\t+")
PIPES = str.maketrans({"|": "｜", "\n": " "})


def text(pasted: str) -> str:
    """A text of several lines without control and direction marks; rows of cells become a table."""
    lines = [LIST_TAB.sub(r"\1 ", BULLET.sub("- ", line)) for line in BREAKS.sub("\n", pasted).split("\n")]
    return clean("\n".join(_with_tables(lines)).replace("\xa0", " "))


def one_line(pasted: str) -> str:
    """A text of one line, whatever was pasted."""
    return " ".join(clean(BREAKS.sub(" ", pasted)).split())


def _with_tables(lines: list[str]) -> Iterator[str]:
    """Two or more lines that follow one another with cells between tabs are a table."""
    rows: list[list[str]] = []
    for line in [*lines, ""]:
        cells = line.split("\t")
        if len(cells) > 1:
            rows.append(cells)
            continue
        yield from _table(rows) if len(rows) > 1 else ("　".join(map(str.strip, row)).strip() for row in rows)
        rows = []
        yield line


def _table(rows: list[list[str]]) -> Iterator[str]:
    wide = max(map(len, rows))
    for row in rows:
        yield "| " + " | ".join(cell.strip().translate(PIPES) for cell in [*row, *[""] * (wide - len(row))]) + " |"
