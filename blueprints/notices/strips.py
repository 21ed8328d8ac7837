"""楼道条: a notice in large letters for the door of a stairwell, cut from an A4 sheet."""

from dataclasses import dataclass

from blueprints.notices import wording
from blueprints.notices.markup import Block, blocks
from blueprints.notices.models import TAKEN_DOWN, Notice
from blueprints.organisation.queries import stairwells
from core import settings
from core.printing import gongwen
from core.refusal import Refused
from core.text import _l

TEMPLATE = "notices/print/strip.html"
# Strips on a sheet, size of letters in pt, lines between title and period, letters on a line; measured on the page.
SIZES = ((3, 20, 3, 21), (3, 15, 4, 28), (2, 18, 8, 23), (2, 15, 10, 28))
NAMES = ("姓名", "名单", "推荐对象")


class NotForDoors(Refused):
    sentence = _l("救助公示只贴在公告栏，不印楼道条：不能让一个楼道的人都看到谁家有困难。")


@dataclass(frozen=True)
class StripSheet:
    """Strips of one notice; ``doors`` has what each says of where it hangs, "" where it may hang anywhere."""

    kind: str
    issuing_body: str
    number: str
    title: str
    text: tuple[str, ...]
    whole: bool
    period: str
    ask: str
    signed_on: str
    on_a_sheet: int
    letters: int
    doors: tuple[str, ...]


def sheet(notice: Notice, doors: bool = False) -> StripSheet:
    """As much of the text as stands on a strip; where it is not all of it, the strip says where the rest is read."""
    if notice.kind in TAKEN_DOWN:
        raise NotForDoors()
    parts = blocks(notice.body)
    words = [_words(block) for block in parts if _words(block)]
    on_a_sheet, letters, lines, wide = next(
        (size for size in SIZES if sum(_lines(word, size[3]) for word in words) <= size[2]), SIZES[-1]
    )
    text, cut = _as_much_as_fits(words, lines, wide)
    return StripSheet(
        kind=str(notice.kind.title), issuing_body=notice.issuer, number=notice.number, title=notice.title,
        text=tuple(text), whole=not (cut or any(block.kind == "table" for block in parts)), period=_period(notice),
        ask=f"有不同意见，请打 {notice.phone}" if notice.days and notice.phone else "",
        signed_on=gongwen.day(wording.notice_day(notice)), on_a_sheet=on_a_sheet, letters=letters,
        doors=tuple(place.name for place in stairwells(notice.place)) if doors else ("",) * on_a_sheet,
    )  # fmt: skip


def _words(block: Block) -> str:
    """The words of a block; of a list of people the names, of any other table nothing."""
    if block.kind != "table":
        return block.text
    head, *rows = block.rows
    at = next((number for number, cell in enumerate(head) if cell in NAMES), None)
    return "、".join(row[at] for row in rows) + "。" if at is not None else ""


def _lines(paragraph: str, wide: int) -> int:
    """Lines a paragraph takes, its first two characters in."""
    return -(-(len(paragraph) + 2) // wide)


def _as_much_as_fits(words: list[str], lines: int, wide: int) -> tuple[list[str], bool]:
    """Whole paragraphs while they fit, then the beginning of the next up to a mark, and whether anything is missing."""
    text: list[str] = []
    for paragraph in words:
        taken = _lines(paragraph, wide)
        if taken > lines:
            end = max(paragraph.rfind(mark, 0, lines * wide - 4) for mark in "。；，、")
            return [*text, f"{paragraph[:end]}……"] if end > 20 else text, True
        text.append(paragraph)
        lines -= taken
    return text, False


def _period(notice: Notice) -> str:
    if not notice.starts_on:
        return f"公示{notice.days}{'个工作日' if notice.workdays else '天'}" if notice.days else ""
    first, last = (f"{day.month}月{day.day}日（{gongwen.weekday(day)}）" for day in (notice.starts_on, notice.ends_on))
    closing = settings.value("notices.closing_time", notice.place_id, notice.starts_on)
    return f"公示期 {first}至{last}{closing}"
