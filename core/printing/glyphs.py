"""Which font draws a character, and how wide: asked before printing, because no engine says it afterwards."""

import subprocess
import unicodedata
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[2] / "fonts"
FACES = {
    "fang": "FandolFang-Regular.otf",
    "rare": "LinliRare.ttf",
    "hei": "LinliHei.otf",
    "kai": "LinliKai.ttf",
    "song": "LinliSong-Bold.otf",
    "digits": "LinliDigits.otf",
}
# The order in which a role looks for a character; the style sheets name the same families in the same order.
STACKS = {
    "fang": ("fang", "rare", "kai", "hei"),
    "hei": ("hei", "kai", "fang", "rare"),
    "kai": ("kai", "hei", "fang", "rare"),
    "song": ("song", "kai", "hei", "fang", "rare"),
}
SYSTEM = "Noto Serif CJK SC"


def family(face: str) -> str:
    """The name a face bears in the style sheets, and so in the PDF: another name there means a fallback."""
    return f"Linli {face.title()}"


@cache
def advances(face: str) -> dict[int, float]:
    """The width of every character a face holds, in parts of its size."""
    with TTFont(FONTS / FACES[face], lazy=True) as font:
        widths, em = font["hmtx"].metrics, font["head"].unitsPerEm
        return {code: widths[glyph][0] / em for code, glyph in font.getBestCmap().items()}


@cache
def system_characters() -> frozenset[int]:
    """What the system's Noto Serif CJK holds; empty where it is not installed."""
    try:
        command = ["fc-list", "-f", "%{file}\n", SYSTEM]
        files = subprocess.run(command, capture_output=True, text=True, timeout=10).stdout.split("\n")
    except (OSError, subprocess.SubprocessError):
        return frozenset()
    return frozenset().union(*map(_characters, sorted(set(filter(None, files)))))


def _characters(path: str) -> set[int]:
    with TTFont(path, fontNumber=0, lazy=True) as font:  # The languages of a collection share their characters.
        return set(font.getBestCmap())


@cache
def face_of(character: str, role: str) -> str | None:
    """The face that draws a character in a role: one of ours, ``noto`` of the system, or None."""
    code = ord(character)
    for face in STACKS[role]:
        if code in advances(face):
            return face
    return "noto" if code in system_characters() else None


def advance(character: str, face: str) -> float:
    """How wide a face draws a character, in parts of the size."""
    return advances(face).get(ord(character), 1.0) if face in FACES else 1.0


def unprintable(text: str) -> list[str]:
    """The characters of a text that no font here can draw, each once, in order."""
    return [c for c in dict.fromkeys(text) if not _is_invisible(c) and face_of(c, "fang") is None]


def _is_invisible(character: str) -> bool:
    return character.isspace() or unicodedata.category(character) in ("Cc", "Cf")
