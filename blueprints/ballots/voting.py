"""The voting application: no session, no cookie, no log, and nothing of the main application around it.

It answers /v (from the QR on a slip), /vote and /cast, also below a community's /c/<slug>. A ballot travels from page
to page inside its own form; the server keeps nothing until it lies sealed in the box.
"""

import hashlib
import os
import re
import threading
import traceback
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import jinja2

from . import booth, filling, slips, wording
from .ballot import Ballot
from .refusals import CodeMalformed, CodeUnknown, Refused, TooManyWrongCodes

TOP = Path(__file__).resolve().parents[2]
MODES = ("elder", "kiosk")
LIMIT = 8 * 1024
CLEAR_AFTER = 15
BLANK = "UUU1 UUU2 UUU3 UUU4 UUU5"  # no receipt has the letter U
ADDRESS = re.compile(r"(?P<prefix>/c/[^/]+)?/(?P<page>v|vote|cast)/?$")
REASON = {200: "OK", 404: "Not Found", 405: "Method Not Allowed", 409: "Conflict", 413: "Content Too Large"}
REASON |= {415: "Unsupported Media Type", 422: "Unprocessable Content", 429: "Too Many Requests", 500: "Error"}
HEADERS = [
    ("Content-Type", "text/html; charset=utf-8"),
    ("Cache-Control", "no-store"),
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("X-Robots-Tag", "noindex"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    (
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; font-src 'self';"
        " form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    ),
]

wrong_codes = booth.WrongCodes()
_drawing = threading.Lock()  # the first vote of a meeting draws the page, the thirty beside it wait for that


@dataclass(frozen=True)
class Request:
    method: str
    root: str
    prefix: str
    page: str
    mode: str
    language: str
    address: str

    def link(self, page: str, **changes: str) -> str:
        """Mode and language are carried in the address, since these pages set no cookie."""
        query = {"mode": self.mode, "lang": self.language if self.language != wording.SOURCE else ""} | changes
        kept = urlencode({name: value for name, value in query.items() if value})
        return f"{self.root}{self.prefix}/{page}" + (f"?{kept}" if kept else "")


@dataclass(frozen=True)
class Page:
    status: int
    template: str
    values: dict


class Unreadable(Exception):
    """A request that no form of ours sends."""


def instance_folder() -> Path:
    return _folder(os.environ.get("LINLI_INSTANCE") or "instance")


_folder = cache(Path)


def serves(path: str) -> bool:
    """Which addresses belong to this application and not to the main one."""
    return ADDRESS.fullmatch(path) is not None


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    try:
        status, text = answer(environ)
    except Exception as failure:
        status, text = 500, "<!doctype html><title>出错</title><p>系统出错，选票没有投入票箱。请找监票人。</p>"
        # The message of an exception could quote a ballot, so only its kind and place are told.
        place = traceback.extract_tb(failure.__traceback__)[-1]
        where = f"{Path(place.filename).name}:{place.lineno}"
        environ["wsgi.errors"].write(f"voting: {type(failure).__name__} at {where}\n")
    content = text.encode()
    extra = [("Content-Length", str(len(content)))] + ([("Retry-After", "60")] if status == 429 else [])
    if status in (413, 415):
        extra.append(("Connection", "close"))
    start_response(f"{status} {REASON[status]}", HEADERS + extra)
    return [b"" if environ["REQUEST_METHOD"] == "HEAD" else content]


def answer(environ: dict) -> tuple[int, str]:
    where = ADDRESS.search(environ.get("SCRIPT_NAME", "") + environ.get("PATH_INFO", ""))
    if where is None:
        return 404, "<!doctype html><title>404</title>"
    query = dict(parse_qsl(environ["QUERY_STRING"])) if environ.get("QUERY_STRING") else {}
    request = Request(
        method=environ["REQUEST_METHOD"],
        root=where.string[: where.start()],
        prefix=where["prefix"] or "",
        page=where["page"],
        mode=query.get("mode") if query.get("mode") in MODES else "",
        language=query.get("lang") if query.get("lang") in wording.LANGUAGES else wording.SOURCE,
        address=environ.get("REMOTE_ADDR", ""),
    )
    if request.method in ("GET", "HEAD"):
        return render(request, code_page(request))
    if request.method != "POST":
        return 405, "<!doctype html><title>405</title>"
    status, form = read_form(environ)
    if status != 200:
        return status, f"<!doctype html><title>{status}</title>"
    return render(request, posted(request, form))


def read_form(environ: dict) -> tuple[int, dict[str, str]]:
    """A multipart form could be spooled to disk by whoever reads it, so none is read."""
    if environ.get("CONTENT_TYPE", "").split(";")[0].strip().lower() != "application/x-www-form-urlencoded":
        return 415, {}
    length = environ.get("CONTENT_LENGTH") or ("" if environ.get("wsgi.input_terminated") else "0")
    if length and (not length.isdigit() or int(length) > LIMIT):
        return 413, {}
    content = environ["wsgi.input"].read(int(length) if length else LIMIT + 1)
    if len(content) > LIMIT:
        return 413, {}
    try:
        pairs = parse_qsl(content.decode(), keep_blank_values=True, errors="strict", max_num_fields=500)
    except ValueError:
        return 422, {}
    form = dict(pairs)
    return (200, form) if len(form) == len(pairs) else (422, {})


def posted(request: Request, form: dict[str, str]) -> Page:
    try:
        wrong_codes.refuse_beyond_limit(request.address)
        return cast(form) if request.page == "cast" else step(form)
    except CodeUnknown as refusal:
        wrong_codes.count(request.address)
        return code_page(request, refusal, form)
    except (CodeMalformed, TooManyWrongCodes) as refusal:
        return code_page(request, refusal, form)
    except Refused as refusal:
        return Page(refusal.status, "refused", {"refusal": refusal} | host(request))


def host(request: Request) -> dict[str, str]:
    community, organisation = booth.host(instance_folder(), request.prefix)
    return {"community": community, "organisation": organisation}


def code_page(request: Request, refusal: Refused | None = None, form: dict[str, str] | None = None) -> Page:
    status = refusal.status if refusal else 200
    typed = (form or {}).get("code", "")[:40]
    other = wording.LANGUAGES["en" if request.language == wording.SOURCE else wording.SOURCE]
    return Page(status, "code", {"refusal": refusal, "typed": typed, "other_language": other} | host(request))


def step(form: dict[str, str]) -> Page:
    """The button that was pressed says where to: first to the empty ballot, then to the review and back."""
    wanted = form.get("step", "")
    if wanted not in ("review", "whole", "edit"):
        return Page(200, "ballot", {"paper": booth.enter(instance_folder(), form.get("code", "")), "faults": []})
    paper = booth.fill(instance_folder(), form | ({"whole": "1"} if wanted == "whole" else {}))
    faults = filling.faults(paper.ballot, paper.filled)
    if wanted == "edit":
        return Page(200, "ballot", {"paper": paper, "faults": []})
    if faults:
        return Page(422, "ballot", {"paper": paper, "faults": faults})
    return Page(200, "review", {"paper": paper})


def cast(form: dict[str, str]) -> Page:
    done = booth.cast(instance_folder(), form)
    if isinstance(done, booth.Paper):
        return Page(422, "ballot", {"paper": done, "faults": filling.faults(done.ballot, done.filled)})
    return Page(200, "done", {"cast": done})


def render(request: Request, page: Page) -> tuple[int, str]:
    if page.template == "done":
        return page.status, done_page(request, page.values["cast"])
    return page.status, drawn(request, page)


def done_page(request: Request, done: booth.Cast) -> str:
    """Pages for thousands who vote at once differ in the receipt alone."""
    with _drawing:
        text = blank_page(request.root, request.prefix, request.mode, request.language, done.ballot, done.again)
    for blank, group in zip(BLANK.split(), done.receipt.split(), strict=True):
        text = text.replace(blank, group)
    return text


@lru_cache(maxsize=64)
def blank_page(root: str, prefix: str, mode: str, language: str, ballot: Ballot, again: bool) -> str:
    request = Request("POST", root, prefix, "cast", mode, language, "")
    return drawn(request, Page(200, "done", {"cast": booth.Cast(ballot, BLANK, again)}))


def drawn(request: Request, page: Page) -> str:
    template = pages(request.language).get_template(f"ballots/voting/{page.template}.html")
    return template.render(request=request, link=request.link, clear_after=CLEAR_AFTER, **page.values)


@cache
def pages(language: str) -> jinja2.Environment:
    """Its own small environment: the main application's would bring sessions and logs along."""
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TOP / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def many(one: str, several: str, count: int) -> str:
        return wording.speak(language, one if count == 1 else several)

    made.install_gettext_callables(lambda text: wording.speak(language, text), many, newstyle=True)
    made.globals |= {"static_url": static_url, "told": lambda said: wording.told(language, said)}
    made.filters["in_groups"] = slips.in_groups
    return made


@cache
def static_url(name: str) -> str:
    """The content's digest in the address, so that a browser may keep the file for good."""
    file = TOP / "static" / name
    digest = hashlib.blake2b(file.read_bytes(), digest_size=6).hexdigest() if file.exists() else ""
    return f"/static/{name}" + (f"?v={digest}" if digest else "")
