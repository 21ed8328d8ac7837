"""The printing press: HTML to PDF by WeasyPrint. Only processes that print import it, for it takes a second."""

import gc
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path

from weasyprint import CSS, HTML, Attachment, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse

from core.printing import glyphs

STYLE = Path(__file__).resolve().parents[2] / "templates" / "print" / "base.css"
# The end matter of an official paper stands on an even page; where a blank page must precede it, it bears no number.
EVEN = "#imprint { break-before: left }"
EVEN_AFTER_BLANK = EVEN + " #imprint { page: unnumbered }"


class AddressRefused(Exception):
    """A sheet asked for something that was not handed over with it; nothing is printed."""


class _Shelf(URLFetcher):
    """Serves our fonts and the pictures handed over; every other address ends the printing."""

    def __init__(self, images: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=("data",), allow_redirects=False)
        self._images = images
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict | None = None) -> URLFetcherResponse:
        if url.startswith("data:"):
            return super().fetch(url, headers)
        found = re.fullmatch(r"app:///(font|image)/([^/?#]+)", url)
        if found and found[1] == "font" and found[2] in glyphs.FACES.values():
            return URLFetcherResponse(url, (glyphs.FONTS / found[2]).read_bytes(), {"Content-Type": "font/otf"})
        if found and found[1] == "image" and found[2] in self._images:
            return URLFetcherResponse(url, self._images[found[2]], {"Content-Type": "application/octet-stream"})
        self.refused.append(url)  # Kept, because drawing an SVG swallows even fatal errors.
        raise FatalURLFetchingError(url)


@cache
def fonts() -> FontConfiguration:
    """One for the life of the process: a new one copies every face to the disk again."""
    return FontConfiguration()


@cache
def _stylesheet(css: str | None = None) -> CSS:
    faces = "".join(
        f'@font-face{{font-family:"{glyphs.family(face)}";src:url("app:///font/{name}")}}'
        for face, name in glyphs.FACES.items()
    )
    text = css if css is not None else faces + STYLE.read_text(encoding="utf-8")
    return CSS(string=text, font_config=fonts(), url_fetcher=_Shelf({}))


def press(
    html: str, *, images: Mapping[str, bytes], attachments: Sequence[Mapping], variant: str | None, scale: float
) -> bytes:
    """A PDF of a page, the same bytes for the same page."""
    options = {"pdf_variant": variant, "attachments": [Attachment(**given) for given in attachments]}
    shelf, pdf = _Shelf(images), b""
    with _collector_resting(), suppress(FatalURLFetchingError):  # A BaseException, which no caller would expect.
        document = _laid_out(HTML(string=html, url_fetcher=shelf), options)
        pdf = document.write_pdf(zoom=scale, **options)
    if shelf.refused:
        raise AddressRefused(shelf.refused[0])
    return pdf


def _laid_out(page: HTML, options: dict) -> Document:
    """Lay out once, and again with the end matter on an even page where it fell on an odd one."""
    document = page.render(font_config=fonts(), stylesheets=[_stylesheet()], **options)
    imprint = _page_of(document, "imprint")
    if not imprint % 2:
        return document
    css = EVEN if _page_of(document, "text-end") == imprint else EVEN_AFTER_BLANK
    return page.render(font_config=fonts(), stylesheets=[_stylesheet(), _stylesheet(css)], **options)


def _page_of(document: Document, anchor: str) -> int:
    """The number of the page an element begins on, 0 where there is none."""
    return next((number for number, page in enumerate(document.pages, 1) if anchor in page.anchors), 0)


@contextmanager
def _collector_resting() -> Iterator[None]:
    """Laying out makes many objects and frees few; looking for garbage meanwhile costs up to a quarter."""
    resting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if resting:
            gc.enable()


def warm() -> None:
    """Get fonts and styles ready before workers are forked."""
    _stylesheet()
