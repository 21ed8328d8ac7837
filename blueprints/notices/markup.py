"""The simple formatting of a notice's text: the same few marks become a safe page and the paragraphs of a paper."""

import re
from dataclasses import dataclass

import nh3
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from core.text import _

MARKS = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable(["table"]).disable(["image", "code", "fence"])
TAGS = {"p", "h2", "h3", "strong", "em", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "a", "br",
        "blockquote", "hr", "code"}  # fmt: skip
LINKS = {"http", "https", "mailto", "tel"}
DASHES = re.compile(r"\|\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?")
LIST = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s")


@dataclass(frozen=True)
class Block:
    """One piece of a text on paper: a paragraph, a heading of level 1 or 2, an item of a list, or a table's rows."""

    kind: str
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()


def spaced(text: str) -> str:
    """Offices press Enter once between paragraphs; only lists and tables stay together."""
    lines: list[str] = []
    for line in text.replace("\r\n", "\n").replace("\r", "\n").expandtabs(4).split("\n"):
        line = line.strip("　 ") if not LIST.match(line) else line.rstrip("　 ")
        if lines and DASHES.fullmatch(line) and DASHES.fullmatch(lines[-1]):
            continue
        if lines and line and not _together(lines[-1], line):
            lines.append("")
        lines.append(line)
        if _begins_table(lines):
            lines.append("|" + "---|" * (line.strip(" |").count("|") + 1))
    return "\n".join(lines)


def _begins_table(lines: list[str]) -> bool:
    """A table's first row asks for a line of dashes below it, which nobody in an office types."""
    first = lines[-1].lstrip().startswith("|") and lines[-1].count("|") > 1
    return first and not (len(lines) > 1 and lines[-2].lstrip().startswith("|"))


def _together(before: str, line: str) -> bool:
    both_table = before.lstrip().startswith("|") and line.lstrip().startswith("|")
    return both_table or bool(LIST.match(before) and LIST.match(line))


def html(text: str) -> Markup:
    """The text as it stands on a page; nothing but the marks above survives, whatever was typed."""
    tokens = MARKS.parse(spaced(text))
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h2" if token.tag == "h1" else "h3"  # The page's h1 is the title.
        token.attrs.pop("style", None)  # A column's alignment would be an inline style, which the page's policy refuses.
    _name_cells(tokens)
    raw = MARKS.renderer.render(tokens, MARKS.options, {})
    safe = nh3.clean(raw, tags=TAGS, attributes={"a": {"href"}, "ol": {"start"}, "td": {"data-label"}}, url_schemes=LINKS)
    return Markup(safe.replace("<table>", _table_opens()).replace("</table>", "</table></div>"))


def _name_cells(tokens: list[Token]) -> None:
    """Every cell says what its column is called: on a telephone a row becomes a card."""
    heads: list[str] = []
    column = 0
    for at, token in enumerate(tokens):
        if token.type == "table_open":
            heads = []
        elif token.type == "tr_open":
            column = 0
        elif token.type == "th_open":
            heads.append(_words(tokens[at + 1]))
        elif token.type == "td_open":
            token.attrs["data-label"] = heads[column]
            column += 1


def _table_opens() -> str:
    """A wide table scrolls by itself, also by keyboard, so that the page never does."""
    return f'<div class="scroll" role="group" tabindex="0" aria-label="{_("表格")}"><table>'


def plain(text: str) -> str:
    """The words alone, for search, feeds and checks."""
    return "\n".join(" ".join([block.text, *(cell for row in block.rows for cell in row)]).strip() for block in blocks(text))


def blocks(text: str) -> list[Block]:
    """The text as a paper sets it: bold and links become plain words, lists are numbered or dashed."""
    found: list[Block] = []
    lists: list[int | None] = []
    rows: list[list[str]] = []
    opened: list[Token] = []
    for token in MARKS.parse(spaced(text)):
        if token.type == "ordered_list_open":
            lists.append(int(token.attrs.get("start", 1)))
        elif token.type == "bullet_list_open":
            lists.append(None)
        elif token.type in ("ordered_list_close", "bullet_list_close"):
            lists.pop()
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            found.append(Block("table", rows=tuple(map(tuple, rows))))
            rows = []
        elif token.type in ("heading_open", "th_open", "td_open", "list_item_open"):
            opened.append(token)
        elif token.type == "inline":
            _place(_words(token), opened, lists, rows, found)
    return found


def _place(words: str, opened: list[Token], lists: list[int | None], rows: list[list[str]], found: list[Block]) -> None:
    """Put one run of words where the marks around it say."""
    around = opened.pop() if opened else None
    kind = around.type if around else ""
    if kind in ("th_open", "td_open"):
        rows[-1].append(words)
    elif kind == "heading_open":
        found.append(Block("heading", words, level=1 if around.tag == "h1" else 2))
    elif kind == "list_item_open" and lists:
        number = lists[-1]
        if number is not None:
            lists[-1] = number + 1
        found.append(Block("item", f"{number}．{words}" if number is not None else f"— {words}"))
    elif words:
        found.append(Block("paragraph", words))


def _words(token: Token) -> str:
    """The text of an inline token without its marks; a link keeps its address behind its words."""
    parts, address = [], ""
    for child in token.children or ():
        if child.type == "link_open":
            address = str(child.attrs.get("href", ""))
        elif child.type == "link_close":
            shown = parts[-1] if parts else ""
            parts.append(f"（{address}）" if address and address != shown and not address.startswith("tel:") else "")
        elif child.type in ("softbreak", "hardbreak"):
            parts.append("\n")
        elif child.content:
            parts.append(child.content)
    return "".join(parts).strip()
