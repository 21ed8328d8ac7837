"""Public pages kept ready: the next reader gets them before the application is even asked.

A page is good until its community changes (each recorded act raises the version), the local day turns, or the reader
asks in another way; that nothing of the reader is in it is promised by whoever marks a view with ``kept``.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache

from werkzeug.http import parse_cookie

from core import community
from core.callers import near
from core.compress import WILLING, whole
from core.db import database

MOST = 300  # pages a process keeps; the oldest go first
PREFERENCES = ("mode", "lang")
ASKED = (
    "SCRIPT_NAME", "PATH_INFO", "QUERY_STRING", "HTTP_HOST", "wsgi.url_scheme", "HTTP_HX_REQUEST", "HTTP_HX_BOOSTED",
    "HTTP_HX_HISTORY_RESTORE_REQUEST", "HTTP_HX_TARGET",
)  # fmt: skip
MARK = "linli.kept"  # where a view leaves the stamp of a page that may be kept
LEFT_OUT = {"Content-Length", "Content-Type", "Content-Encoding"}  # of an answer without a body


@dataclass(frozen=True)
class Kept:
    """An answer as it went out; ``etag`` without the sign of a weak one."""

    stamp: community.Stamp
    etag: str
    headers: list[tuple[str, str]]
    body: bytes


class KeptPages:
    """WSGI wrapper that keeps what ``kept`` views answer and says 304 to those who have it."""

    def __init__(self, application: Callable) -> None:
        self.application = application
        self.pages: OrderedDict[tuple, Kept] = OrderedDict()

    def __call__(self, environ: dict, start_response: Callable) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "GET":
            return self.application(environ, start_response)
        key = question(environ)
        page = self.pages.get(key)
        if page is None or not still_good(page, environ):
            return self.make(key, environ, start_response)
        return give(page, environ, start_response)

    def make(self, key: tuple, environ: dict, start_response: Callable) -> Iterable[bytes]:
        """Ask the application; a page that may be kept is, any other answer goes on as it comes."""
        begun = []
        answer = self.application(environ, lambda *given: begun.append(given))
        status, headers, *failure = begun[-1]
        if MARK not in environ or not status.startswith("200"):
            start_response(status, headers, *failure)
            return answer
        etag = next(value for name, value in headers if name == "ETag").removeprefix("W/")
        page = self.pages[key] = Kept(environ[MARK], etag, headers, whole(answer))
        while len(self.pages) > MOST:
            self.pages.popitem(last=False)
        return give(page, environ, start_response)


def question(environ: dict) -> tuple:
    """All that a public page may depend on in what a browser sends, and whether it sits in the house's own network."""
    willing = WILLING.search(environ.get("HTTP_ACCEPT_ENCODING", "")) is not None
    return (near(environ), willing, preferences(environ.get("HTTP_COOKIE", "")), *map(environ.get, ASKED))


@lru_cache(maxsize=1024)
def preferences(cookies: str) -> tuple:
    """Mode and language as the application will read them out of this header, however oddly it is written."""
    read = parse_cookie(cookies)
    return tuple(map(read.get, PREFERENCES))


def still_good(page: Kept, environ: dict) -> bool:
    """Whether nothing was recorded since, and it is the same day."""
    database.connect(reuse_if_open=True)
    try:
        return page.stamp == community.stamp(environ.get("linli.community"))
    finally:
        community.give_back()


def give(page: Kept, environ: dict, start_response: Callable) -> Iterable[bytes]:
    """The page, or word that the reader's own copy is still right."""
    if page.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
        start_response("304 NOT MODIFIED", [(name, value) for name, value in page.headers if name not in LEFT_OUT])
        return []
    start_response("200 OK", page.headers)
    return [page.body]
