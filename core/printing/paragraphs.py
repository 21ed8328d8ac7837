"""Paragraphs of official papers as HTML: every line is a box of its own, every face a span of its own.

A character from another face inside a run would move the line by 1.4 points; in a span of no height it does not.
"""

import re
from collections.abc import Sequence
from itertools import groupby

from markupsafe import Markup, escape

from core.printing import glyphs, lines
from core.printing.gongwen import full_width
from core.printing.lines import Cell, Run

_LEVELS = (
    (re.compile(r"[一二三四五六七八九十]+、"), 1),
    (re.compile(r"（[一二三四五六七八九十]+）"), 2),
)
_ROLE_OF_LEVEL = {1: "hei", 2: "kai", 3: "fang"}
LONGEST_HEADING = 40
MARK_SIZE = 40.0  # The widest mark of an issuing body, in points; longer names get smaller ones.
TITLE_SIZE = 22.0  # 二号
# Words that a title of this office often holds and no line of it may part.
WHOLE = ("候选人", "信任票", "委员会", "居民代表", "党员大会", "联席会议", "社区", "换届", "选举", "结果", "公告", "公示", "报告")


def para(text: str, role: str = "fang", first: int = 2, rest: int = 0, tag: str = "p") -> Markup:
    """One paragraph, its first line indented by two characters unless told otherwise."""
    return _set([(role, text)], first, rest, tag)


def heading(text: str, level: int = 1) -> Markup:
    """「一、…」 in 黑体, 「（一）…」 in 楷体 (§7.3.3); it never stands alone at the foot of a page."""
    return _set([(_ROLE_OF_LEVEL[level], text)], 2, 0, f"h{level + 1}")


def led(opening: str, text: str, level: int = 2) -> Markup:
    """A paragraph whose first words are its heading."""
    return _set([(_ROLE_OF_LEVEL[level], opening), ("fang", text)], 2, 0, "p")


def labelled(label: str, text: str) -> Markup:
    """「出席：」 and names; further lines begin under the first name (§10.3)."""
    return _set([("hei", label), ("fang", text)], 2, 2 + len(label), "p")


def attendance(label: str, units: Sequence[tuple[str, str]]) -> Markup:
    """「出席：」 with units and their people, no name broken across lines."""
    people = [unit + keep(names) for unit, names in units]
    return labelled(label, "；".join(people) + "。") if people else Markup("")


def keep(names: str) -> str:
    """Names that no line may part, joined by an invisible sign that is never printed."""
    return "、".join(lines.JOINER.join(name) for name in names.split("、"))


def body(text: str) -> Markup:
    """A text typed with one paragraph a line, its headings known by 「一、」 and 「（一）」."""
    return Markup("").join(_typed(line.strip()) for line in text.splitlines() if line.strip())


def _typed(line: str) -> Markup:
    level = next((level for pattern, level in _LEVELS if pattern.match(line)), None)
    if level is None:
        return para(line)
    opening, stop, rest = line.partition("。")
    if not rest and len(line) <= LONGEST_HEADING and not stop:
        return heading(line, level)
    return led(opening + stop, rest, level) if len(opening) <= LONGEST_HEADING else para(line)


def blank(rows: int = 1) -> Markup:
    """Empty lines."""
    return Markup('<div class="blank" style="height:{:.4f}pt"></div>').format(rows * lines.LEAD)


def inline(text: str, role: str = "fang") -> Markup:
    """A short text outside the grid, each character in the face that holds it."""
    cells = tuple((character, glyphs.face_of(character, role) or "noto") for character in full_width(text))
    return _spans(cells)


def mark_size(text: str) -> float:
    """How large the mark of an issuing body may be so that it stays on one line."""
    return round(min(MARK_SIZE, lines.WIDTH / max(1, len(text)) * 0.985), 2)


def title_lines(text: str) -> list[str]:
    """A title in lines of like length, parted at ``|`` where given, never inside a figure or before a mark."""
    if "|" in text:
        return [part.strip() for part in text.split("|") if part.strip()]
    most = int(lines.WIDTH // TITLE_SIZE)
    rows = -(-len(text) // most)
    parts = []
    for left in range(rows, 1, -1):
        at = _best_break(text, round(len(text) / left), most)
        parts.append(text[:at])
        text = text[at:]
    return [*parts, text]


def _best_break(text: str, wanted: int, most: int) -> int:
    """The place nearest to ``wanted`` where a line may end; behind 的、和 or a mark counts as three nearer."""
    inside = {at + off for word in WHOLE for at in _places(word, text) for off in range(1, len(word))}
    places = [at for at in range(2, min(most, len(text) - 1) + 1) if _may_part(text[at - 1], text[at])]
    allowed = [at for at in places if at not in inside] or places
    return min(allowed or [wanted], key=lambda at: abs(at - wanted) - 3 * (text[at - 1] in "的和及与、》”"))


def _places(word: str, text: str) -> list[int]:
    return [at for at in range(len(text)) if text.startswith(word, at)]


def _may_part(before: str, after: str) -> bool:
    together = before.isascii() and (after.isascii() or before.isdigit())
    return not together and after not in lines.NO_START and before not in lines.NO_END


def _set(runs: list[Run], first: int, rest: int, tag: str) -> Markup:
    wide = [(role, full_width(re.sub(r"[ \t\r\n]+", " ", str(text)).strip())) for role, text in runs]
    rows = Markup("").join(map(_row, lines.compose(wide, first, rest)))
    kind = "set announcing" if wide[-1][1].endswith("：") else "set"
    return Markup('<{0} class="{1}">{2}</{0}>').format(tag, kind, rows) if rows else blank()


def _row(line: lines.Line) -> Markup:
    indent = f";padding-left:{line.indent:.3f}pt" if line.indent else ""
    style = f"letter-spacing:{line.tracking:.4f}pt{indent}"
    return Markup('<span class="row" style="{}">{}</span>').format(style, _spans(line.cells))


def _spans(cells: tuple[Cell, ...]) -> Markup:
    """The grid is set in 仿宋; every other face stands in a span."""
    parts = []
    for face, group in groupby(cells, key=lambda cell: cell[1]):
        text = escape("".join(character for character, _face in group))
        parts.append(text if face == "fang" else Markup('<span class="{}">{}</span>').format(face, text))
    return Markup("").join(parts)


WORDS = (
    para,
    heading,
    led,
    labelled,
    attendance,
    body,
    blank,
    inline,
    mark_size,
    title_lines,
)  # What templates may say.
