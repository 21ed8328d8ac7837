"""Lines of official papers: GB/T 9704-2012 wants 22 lines of 28 characters flush on both sides of 156 × 225 mm.

The print engine stretches only spaces, so Chinese lines would stay ragged. They are broken and spread here instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from core.printing.glyphs import advance, face_of

MM = 72 / 25.4
SIZE = 16.0  # 三号, in points
CELLS, ROWS = 28, 22
WIDTH, HEIGHT = 156 * MM, 225 * MM
PITCH = WIDTH / CELLS  # 15.79 pt: 28 characters of 16 pt would be 158 mm wide.
LEAD = (HEIGHT - SIZE) / (ROWS - 1)  # 29.61 pt: the first character begins at 37 mm, the last ends at 262 mm.
HALF = (LEAD - SIZE) / 2  # What a line box adds above and below its characters.
TRACKING = PITCH - SIZE
HANG = 0.4  # What of a closing mark is blank, so that its ink ends at the edge when it hangs over.

CLOSING = frozenset("，。、；：？！）》〉”’〕】」』")
NO_START = CLOSING | frozenset("…—·,.;:?!)]%％℃°")
NO_END = frozenset("（《〈“‘〔【「『([￥")
UNITS = frozenset("年月日号")  # a line ends neither inside a figure nor between 28 and 日
JOINER = "\u2060"  # Unicode's word joiner: no line ends where it stands.

Cell = tuple[str, str]
Run = tuple[str, str]


@dataclass(frozen=True)
class Line:
    """One line: its indent in points, its characters with their faces, and the space added behind each."""

    indent: float
    cells: tuple[Cell, ...]
    tracking: float


def compose(runs: list[Run], first: int = 2, rest: int = 0) -> list[Line]:
    """Break (role, text) runs into lines, the first indented by ``first`` characters, the others by ``rest``."""
    lines: list[Line] = []
    row: list[list[Cell]] = []
    indent = first
    for cluster in clusters(runs):
        if row and not _fits([*row, cluster], CELLS - indent):
            lines.append(_spread(_cells(row), indent))
            row, indent = [], rest
        if row or cluster[0][0] != " ":
            row.append(cluster)
    return [*lines, _spread(_cells(row), indent, last=True)] if row else lines


def clusters(runs: list[Run]) -> list[list[Cell]]:
    """What no line may part: a word or figure, a mark and what it follows, a bracket and what it opens."""
    clusters: list[list[Cell]] = []
    for role, text in runs:
        for character, joined in _joined(text):
            cell = (character, face_of(character, role) or "noto")
            if clusters and (joined or _sticks(character, clusters[-1])):
                clusters[-1].append(cell)
            else:
                clusters.append([cell])
    return clusters


def _joined(text: str) -> Iterator[tuple[str, bool]]:
    """Every character but the joiners, and whether one stood before it."""
    before = ""
    for character in text:
        if character != JOINER:
            yield character, before == JOINER
        before = character


def _sticks(character: str, cluster: list[Cell]) -> bool:
    if len(cluster) > CELLS // 2:
        return False  # An address without end has to be broken somewhere.
    before = cluster[-1][0]
    if " " in (before, character):
        return False
    figure = before.isdigit() and character in UNITS
    return before in NO_END or character in NO_START or figure or (before.isascii() and character.isascii())


def _fits(row: list[list[Cell]], room: int) -> bool:
    """Whether a row fits, where its last mark may hang its blank half over the edge."""
    cells = _cells(row)
    hangs = cells[-1][0] in CLOSING
    return _width(cells) - (PITCH if hangs else 0) <= room * PITCH + 0.01


def _width(cells: tuple[Cell, ...]) -> float:
    return sum(advance(character, face) * SIZE + TRACKING for character, face in cells)


def _cells(row: list[list[Cell]]) -> tuple[Cell, ...]:
    return tuple(cell for cluster in row for cell in cluster)


def _spread(cells: tuple[Cell, ...], indent: int, last: bool = False) -> Line:
    """Share what is missing or too much among the gaps, so that the line ends at the edge; a last one may be short."""
    if cells[-1][0] == " ":
        cells = cells[:-1]
    room = WIDTH - indent * PITCH
    natural = sum(advance(character, face) * SIZE for character, face in cells)
    if _width(cells) <= room + 0.01:
        if last:
            return Line(indent * PITCH, cells, TRACKING)
    elif cells[-1][0] in CLOSING:
        natural -= HANG * SIZE
    return Line(indent * PITCH, cells, (room - natural) / max(1, len(cells) - 1))
