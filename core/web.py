"""What every request gets: its community, its actor, the template's globals, the security headers."""

import hashlib
from collections.abc import Callable
from functools import cache
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from flask import Flask, Response, abort, current_app, g, request, url_for
from flask.sessions import SecureCookieSessionInterface
from flask_wtf import CSRFProtect
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup
from werkzeug.routing import IntegerConverter

from core import clock, community, page, settings, signing, zh
from core.access import VISITOR, Can
from core.compress import Compressed
from core.db import database
from core.kept import KeptPages
from core.refusal import Refused
from core.static import StaticFiles
from core.text import _l, current_language

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
}
# What is found under a personal link is nobody else's: no address told on, nothing kept, nothing indexed, no cookie.
PERSONAL = {"Referrer-Policy": "no-referrer", "Cache-Control": "no-store", "X-Robots-Tag": "noindex, nofollow"}
PREFERENCE_SECONDS = 400 * 24 * 3600
LARGEST_NUMBER = 2**31 - 1


class OfficeSession(SecureCookieSessionInterface):
    """The session lives under /office and /login only, so public pages never see or set a cookie of it."""

    def get_cookie_path(self, app):
        return (request.script_root or "") + "/office"

    def get_cookie_secure(self, app):
        return super().get_cookie_secure(app) or request.is_secure


class RowNumber(IntegerConverter):
    """``<int:…>`` in an address: a number no row can have is not found, on either database."""

    def __init__(self, url_map, **options):
        super().__init__(url_map, **{"max": LARGEST_NUMBER, **options})


def files_sent(name: str = "files") -> list[tuple[bytes, str]]:
    """The files chosen in one field, (bytes, name) each."""
    return [(file.read(), file.filename) for file in request.files.getlist(name) if file.filename]


def row_number(text: str) -> int:
    """A row's number out of a form or query; for ``type=`` of Flask's ``get`` and ``getlist``."""
    number = int(text)
    if not 0 <= number <= LARGEST_NUMBER:
        raise ValueError(text)
    return number


def shown_version(prefix: str = "") -> int:
    """The version of the record this form was opened with; what is missing or no number is an old one."""
    return request.form.get(f"{prefix}version", 0, type=row_number)


def words_asked() -> str:
    """What somebody looks for (``?q=``)."""
    return request.args.get("q", "").strip()[:80]


class CommunityPrefix:
    """Middleware: /c/<slug>/… is the same application for another community (SCRIPT_NAME)."""

    def __init__(self, wsgi_app):
        self.wsgi_app = wsgi_app

    def __call__(self, environ, start_response):
        path = environ.get("PATH_INFO", "")
        if path.startswith("/c/"):
            slug, _, rest = path[3:].partition("/")
            environ["linli.community"] = slug
            environ["SCRIPT_NAME"] = environ.get("SCRIPT_NAME", "") + f"/c/{slug}"
            environ["PATH_INFO"] = "/" + rest
        return self.wsgi_app(environ, start_response)


def open_request() -> None:
    """Connection, community and actor of this request; staff's forms are checked against their session."""
    database.connect(reuse_if_open=True)
    settings.remember({})
    g.app = current_app
    g.actor, g.place = VISITOR, None
    slug = request.environ.get("linli.community")
    stands = community.stamp(slug)
    if stands is not None:
        g.place, g.settings = community.opened(stands)
        settings.remember({g.place.id: g.settings})
    elif slug is not None:
        abort(404)
    if request.path.startswith("/office"):
        g.actor = signing.current_actor()
    if "\0" in request.path or b"%00" in request.query_string:
        abort(404)  # no record is called so, and PostgreSQL does not even look


def remember_preferences(answer: Response) -> Response:
    """``?mode=`` and ``?lang=`` set a cookie without identity, but not behind a personal link; headers go on everything."""
    personal = request.path.startswith("/l/")
    for name, allowed in (("mode", page.MODES), ("lang", ("zh", "en"))):
        asked = request.args.get(name)
        if asked in allowed and not personal:
            answer.set_cookie(name, asked, max_age=PREFERENCE_SECONDS, samesite="Lax", httponly=True)
    for name, value in (HEADERS | PERSONAL if personal else HEADERS).items():
        answer.headers.setdefault(name, value)
    if request.path.startswith("/office"):
        answer.headers.setdefault("Cache-Control", "no-store")
    return answer


@cache
def _fingerprint(name: str, stamp: float) -> str:
    return hashlib.blake2b((Path(current_app.static_folder) / name).read_bytes(), digest_size=6).hexdigest()


def static_url(name: str) -> str:
    """The address of a static file; it changes with the content, so browsers may keep it for ever."""
    stamp = (Path(current_app.static_folder) / name).stat().st_mtime
    return url_for("static", filename=name, v=_fingerprint(name, stamp))


def switch(**preference: str) -> str:
    """This page's own address with another mode or language."""
    arguments = {**request.args.to_dict(), **preference}
    return f"?{urlencode(arguments)}"


def voting_address() -> str:
    """Where one votes; those pages read no cookie, so large type and language go along in the address."""
    wanted = {"mode": page.mode(), "lang": "en" if current_language() == "en" else ""}
    carried = urlencode({name: value for name, value in wanted.items() if value})
    return f"{request.script_root}/vote{'?' if carried else ''}{carried}"


def form_token() -> Markup:
    """The hidden field of a hand-written form behind sign-in."""
    return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())


def template_globals() -> dict[str, object]:
    """What every template may use without being told."""
    place = g.get("place")
    today = clock.today()
    return {
        "mode": page.mode(), "lang": current_language(), "voting_address": voting_address(), "actor": g.get("actor", VISITOR), "place": place, "Can": Can,
        "today": today,
        "today_text": f"{zh.short_day(today)} {zh.weekday(today)}",
    }  # fmt: skip


class FromElsewhere(Refused):
    """Public forms have no session to hold a token in, so anybody could fetch one and have a visitor send it."""

    sentence = _l("这张表是从别的网页发来的，没有受理。请直接打开本系统的网址再填一次。")
    status = 403


def sent_from_elsewhere() -> bool:
    """Whether another site's page sent this form; browsers say so, and commands, which do not, carry no cookies."""
    site = request.headers.get("Sec-Fetch-Site")
    if site:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.host


def check_forms(app: Flask) -> None:
    """Staff's forms need their session's token; checked behind the gate, so that strangers learn nothing."""
    csrf = CSRFProtect(app)

    def check_form() -> None:
        view = app.view_functions.get(request.endpoint)
        # Behind a personal link the address is the key; its pages send no referrer, so older browsers name no origin.
        if request.method == "POST" and not request.path.startswith("/l/") and sent_from_elsewhere():
            raise FromElsewhere()
        if request.method == "POST" and getattr(view, "access", None) is not None:
            csrf.protect()

    app.before_request(check_form)


def wrapped(app: Flask) -> Callable:
    """What stands in front of the application; the community's prefix is taken off first, for static files too."""
    return CommunityPrefix(KeptPages(Compressed(StaticFiles(app.wsgi_app, Path(app.static_folder)))))


def init_web(app: Flask) -> None:
    """Hook the above into the application."""
    signing.init_signing(app)
    app.url_map.converters["int"] = RowNumber
    app.wsgi_app = wrapped(app)
    app.before_request(open_request)
    app.after_request(remember_preferences)
    app.context_processor(template_globals)
    # Macros know only the environment's globals, not a page's own values.
    app.jinja_env.globals.update(static_url=static_url, switch=switch, csrf=form_token)
    app.teardown_request(close_request)


def close_request(_failure: BaseException | None) -> None:
    settings.remember(None)
    community.give_back()
