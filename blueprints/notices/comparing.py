"""What a correction changed: the wrong words beside the right ones, as a paper of correction names them."""

from collections.abc import Iterator
from difflib import SequenceMatcher
from itertools import zip_longest

from blueprints.notices.models import Notice

AROUND = 5  # characters of context, so that a reader finds the place
MOST, LONGEST = 12, 40
ENDS = "，。；：、！？（） "


def differences(old: Notice, new: Notice) -> list[tuple[str, str]]:
    """(wrong, right) for each place where title or text differ; "" where something was added or taken out."""
    return list(_lines(_spoken(old), _spoken(new)))[:MOST]


def _spoken(notice: Notice) -> list[str]:
    """Title and text line by line, a row of a table as its cells."""
    rows = [" ".join(cell.strip() for cell in line.strip("| ").split("|")) for line in notice.body.splitlines()]
    return [notice.title.replace("|", ""), *(row for row in rows if row.strip("- "))]


def told(old: Notice, new: Notice) -> str:
    """The same as sentences for the notice of correction; the reason is left to be written."""
    said = [_sentence(_cut(wrong), _cut(right)) for wrong, right in differences(old, new)]
    return f"{'；'.join(said)}。更正原因：×××。" if said else ""


def _sentence(wrong: str, right: str) -> str:
    if not wrong:
        return f"增加“{right}”"
    return f"“{wrong}”更正为“{right}”" if right else f"删去“{wrong}”"


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}……"


def _lines(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            continue
        old, new = before[i1:i2], after[j1:j2]
        for wrong, right in zip_longest(old, new, fillvalue=""):
            yield _words(wrong, right) if wrong and right else (wrong, right)


def _words(wrong: str, right: str) -> tuple[str, str]:
    """The changed words of two lines, with what stands around them up to the next mark."""
    blocks = [block for block in SequenceMatcher(None, wrong, right, autojunk=False).get_opcodes() if block[0] != "equal"]
    first, last = blocks[0], blocks[-1]
    head = _context(wrong[: first[1]][::-1])
    tail = _context(wrong[last[2] :])
    return (
        wrong[first[1] - head : last[2] + tail].strip(ENDS), right[first[3] - head : last[4] + tail].strip(ENDS)
    )  # fmt: skip


def _context(text: str) -> int:
    """How many characters to take along: to the next mark, a few at most."""
    return next((place for place, char in enumerate(text[:AROUND]) if char in ENDS), min(AROUND, len(text)))
