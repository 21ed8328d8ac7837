"""姓氏笔画 order: by strokes, then by stroke classes 横竖撇点折, character by character (GF 3003-1999)."""

from functools import cache
from pathlib import Path

TABLE = Path(__file__).parent.parent / "data" / "strokes.tsv"
COMPOUND = {
    "欧阳", "司马", "上官", "诸葛", "东方", "皇甫", "尉迟", "公孙", "慕容", "令狐", "司徒", "司空", "夏侯", "端木", "长孙",
    "宇文", "轩辕", "南宫", "闻人", "澹台", "公冶", "宗政", "濮阳", "淳于", "单于", "太叔", "申屠", "仲孙", "钟离", "万俟",
    "赫连", "百里", "呼延", "东郭", "南门", "羊舌", "微生", "梁丘", "左丘", "西门", "第五", "拓跋", "独孤", "公羊", "谷梁",
}  # fmt: skip
UNKNOWN = "99"


@cache
def table() -> dict[str, tuple[str, str]]:
    """Character → (two-digit number of strokes, its stroke classes in writing order)."""
    rows = {}
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            character, strokes, classes = line.split("\t")
            rows[character] = (f"{int(strokes):02d}", classes)
    return rows


def surname_length(name: str) -> int:
    """2 for compound surnames such as 欧阳, else 1."""
    return 2 if name[:2] in COMPOUND and len(name) > 2 else 1


def sort_key(name: str) -> str:
    """Text that sorts names alike on every database: surname first, a shorter given name before a longer one.

    The characters themselves stand last, so that different names never share a place by chance.
    """
    plain = "".join(name.split())
    surname = surname_length(plain)
    parts = [_weight(plain[:surname]), _weight(plain[surname:])]
    return "!".join(parts)[:160] + "!" + plain.encode("utf-16-be").hex()[:36]


def _weight(text: str) -> str:
    """Each character as strokes and classes, joined so that a prefix sorts first."""
    known = table()
    return "-".join("".join(known.get(character, (UNKNOWN, ""))) for character in text)
