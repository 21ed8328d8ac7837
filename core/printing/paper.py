"""Paper: a frozen sheet of plain values becomes a PDF; pictures and fonts come from us or not at all."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields, is_dataclass
from datetime import UTC, datetime
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from core.example import is_example
from core.links import check_address
from core.printing import fitting, glyphs, gongwen, lines, paragraphs, qr
from core.printing.binding import bind
from core.printing.said import drawable
from core.refusal import Refused
from core.text import _, _l, _n, in_chinese

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
A3_FROM_A4 = 2**0.5
SHEET, END = "<!--sheet-->", "<!--end-->"  # templates/print/base.html


class MissingGlyphs(Refused):
    """A sheet holds characters that no font here can draw; printed, they would be empty boxes."""

    sentence = _l(
        "打印字体里没有这些字，打出来会是空框：%(characters)s。请核对是否写错，或者请管理员安装含有这些字的字体。"
    )


@dataclass(frozen=True)
class Attachment:
    """A file inside the PDF, by default the record a paper was printed from."""

    name: str
    content: bytes
    description: str = ""
    relationship: str = "Data"
    dated: datetime = datetime(2000, 1, 1, tzinfo=UTC)  # A fixed day, so that equal papers have equal bytes.


def render(
    template: str,
    sheet: object,
    *,
    attachments: Sequence[Attachment] = (),
    variant: str | None = "pdf/a-3a",
    draft: bool = False,
    code: str | None = None,
    images: Mapping[str, bytes] | None = None,
    scale: float = 1.0,
    example: bool | None = None,
    address: str = "",
) -> bytes:
    """``templates/<template>`` filled from one sheet, or from a list of sheets one after the other, as a PDF.

    ``address``: what the QR of the check code holds, where it is known better than here.
    """
    from core.printing import press  # Imports WeasyPrint, which the web workers never do.

    return press.press(
        page(
            template, sheet, draft=draft, code=code, address=address,
            example=is_example() if example is None else example,
        ),
        images=images or {},
        attachments=[_embedded(attachment) for attachment in attachments],
        variant=variant,
        scale=scale,
    )


@in_chinese()
def page(
    template: str, sheet: object, *, draft: bool = False, code: str | None = None, example: bool = False,
    address: str = "",
) -> str:  # fmt: skip
    """The HTML a PDF is made from; refuses characters that cannot be printed."""
    sheets = [drawable(one) for one in (sheet if isinstance(sheet, list | tuple) else [sheet])]
    check_glyphs(sheets)
    values = {
        "sheet": sheets[0], "sheets": sheets, "draft": draft, "code": code, "example": example,
        "check_address": address or (check_address(code) if code else None),
    }  # fmt: skip
    return environment().get_template(template).render(values)


def parts(template: str, sheets: Sequence[object], **options: object) -> tuple[str, list[str], str]:
    """The HTML of all sheets in one: what stands before them, each sheet, what stands after."""
    before, *each = page(template, list(sheets), **options).split(SHEET)
    each[-1], after = each[-1].split(END)
    return before, each, after


def render_many(
    template: str,
    sheets: Iterable[object],
    workers: int = 2,
    *,
    together: int = 1,
    images: Mapping[str, bytes] | None = None,
    **options: object,
) -> Iterator[bytes]:
    """One PDF for every ``together`` sheets, in order, as they get ready; whoever counts them has the progress."""
    from core.printing import press

    press.warm()  # The workers are copies of this process, so they start with fonts and styles ready.
    waiting = list(sheets)
    bundles = [waiting[at : at + together] for at in range(0, len(waiting), together)]
    # Asked before the fork, because a database connection must not be shared with the workers.
    options.setdefault("example", is_example())
    work = partial(render, template, images=images, **options)
    with ProcessPoolExecutor(workers, mp_context=get_context("fork")) as pool:
        yield from pool.map(work, bundles)


merge = bind


def check_glyphs(sheets: Sequence[object]) -> None:
    """Refuse what no font can draw, naming each character, the words it stands in and whose they are."""
    found = [
        f"“{one.character}”（{one.words}）" if one.whose in ("", one.words) else f"“{one.character}”（{one.whose}：{one.words}）"
        for one in missing(sheets)
    ]
    if found:
        raise MissingGlyphs(characters="、".join(found))


@dataclass(frozen=True)
class Missing:
    """A character no font here draws, the words around it, and the name of whoever they are about."""

    character: str
    words: str
    whose: str


def missing(sheets: Sequence[object]) -> list[Missing]:
    """What of these sheets would be empty boxes, each character once for everybody it concerns."""
    found: dict[tuple[str, str], Missing] = {}
    for text, whose in _texts(sheets):
        for character in glyphs.unprintable(text):
            found.setdefault((character, whose), Missing(character, _around(text, character), whose))
    return list(found.values())


def _texts(value: object, whose: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a sheet, however deep, with the nearest name above it."""
    if isinstance(value, str):
        yield value, whose
    elif is_dataclass(value):
        named = getattr(value, "name", whose)
        for field in fields(value):
            yield from _texts(getattr(value, field.name), named if isinstance(named, str) else whose)
    elif isinstance(value, Mapping):
        yield from _texts(list(value.items()), whose)
    elif isinstance(value, list | tuple | set | frozenset):
        for item in value:
            yield from _texts(item, whose)


def _around(text: str, character: str) -> str:
    at = text.index(character)
    return text[max(0, at - 4) : at + 5].strip()


def _embedded(attachment: Attachment) -> dict:
    return {
        "string": attachment.content,
        "name": attachment.name,
        "description": attachment.description or attachment.name,
        "relationship": attachment.relationship,
        "created": attachment.dated,
        "modified": attachment.dated,
    }


@cache
def environment() -> Environment:
    """Templates of papers have words of their own, and an undefined name in one is an error."""
    env = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n"],
    )
    env.install_gettext_callables(_, _n, newstyle=False)
    env.filters.update(qr=qr.data_uri, han=gongwen.full_width, cjk_money=gongwen.money, numeral=gongwen.numeral)
    for module, names in (
        (
            paragraphs,
            ("para", "heading", "led", "labelled", "attendance", "body", "blank", "inline", "mark_size", "title_lines"),
        ),
        (gongwen, ("day", "weekday", "numeral")),
        (fitting, ("fitted", "width", "broken")),
    ):
        env.globals.update({name: getattr(module, name) for name in names})
    env.globals.update(grid=lines)
    for name in ("letterhead", "signatures", "fields"):
        env.globals[name] = env.get_template(f"print/{name}.html").module
    return env
