"""Answers: a whole page or the one box htmx asked for; which pages may be kept."""

import functools
import hashlib
from collections.abc import Callable

from flask import Response, g, make_response, redirect, request
from flask_htmx import HTMX

from core import clock
from core.kept import MARK
from core.templates import render

htmx = HTMX()
MODES = ("", "elder", "kiosk")


def wants_box() -> bool:
    """Whether htmx asked for one box of the page, not for the whole of it."""
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def page(template: str, box: str | None = None, status: int = 200, **context) -> Response:
    """``template`` as a whole, or only its block ``box`` (named like the id it replaces) for htmx."""
    only_box = box is not None and wants_box()
    answer = make_response(render(template, box if only_box else None, **context), 200 if only_box and status == 422 else status)
    answer.vary.add("HX-Request")
    return answer


def done(url: str, box: Callable[[], Response] | None = None) -> Response:
    """The answer to a successful POST: 303, or the changed box where htmx asked for it."""
    return box() if box is not None and wants_box() else redirect(url, 303)


def mode() -> str:
    """The reader's mode: ``?mode=`` first, then the preference cookie."""
    asked = request.args.get("mode", request.cookies.get("mode", ""))
    return asked if asked in MODES else ""


def kept(view: Callable) -> Callable:
    """Mark a public view whose page depends on nothing but its address, the community's records and the day.

    It is kept until one of them changes (core.kept); whatever else is in it, e.g. a form's token, would be kept too.
    """

    @functools.wraps(view)
    def answer(*args, **kwargs) -> Response:
        made = make_response(view(*args, **kwargs))
        if made.status_code == 200 and g.place is not None:
            made.set_etag(hashlib.blake2b(made.get_data(), digest_size=12).hexdigest())
            made.headers["Cache-Control"] = "no-cache"
            request.environ[MARK] = (g.place.id, g.place.version, clock.today())
        return made

    return answer
