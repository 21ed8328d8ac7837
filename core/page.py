"""Answers: a whole page or the one box htmx asked for, and pages kept until their community changes."""

import functools
import hashlib
from collections import OrderedDict
from collections.abc import Callable

from flask import Response, g, make_response, redirect, render_template, request
from flask_htmx import HTMX
from jinja2_fragments.flask import render_block

from core import clock
from core.text import current_language

htmx = HTMX()
MODES = ("", "elder", "kiosk")
KEPT = 300  # pages a process keeps; the oldest go first
_kept: OrderedDict[tuple, Response] = OrderedDict()


def wants_box() -> bool:
    """Whether htmx asked for one box of the page, not for the whole of it."""
    return bool(htmx) and not htmx.boosted and not htmx.history_restore_request


def page(template: str, box: str | None = None, status: int = 200, **context) -> Response:
    """``template`` as a whole, or only its block ``box`` (named like the id it replaces) for htmx."""
    only_box = box is not None and wants_box()
    html = render_block(template, box, **context) if only_box else render_template(template, **context)
    answer = make_response(html, 200 if only_box and status == 422 else status)
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
    """Keep a public page per community version, day, mode, language and host; answers If-None-Match with 304."""

    @functools.wraps(view)
    def answer(*args, **kwargs):
        place = g.place
        key = (
            place and (place.id, place.version), request.path, request.query_string, wants_box() and htmx.target,
            mode(), current_language(), clock.today(), request.url_root,
        )  # fmt: skip
        found = _kept.get(key)
        if found is None:
            found = make_response(view(*args, **kwargs))
            if found.status_code == 200:
                found.set_etag(hashlib.blake2b(repr(key).encode() + found.get_data(), digest_size=12).hexdigest())
                found.headers["Cache-Control"] = "no-cache"
                _kept[key] = found
                if len(_kept) > KEPT:
                    _kept.popitem(last=False)
        else:
            _kept.move_to_end(key)
        fresh = Response(found.get_data(), found.status_code, list(found.headers))
        return fresh.make_conditional(request)

    return answer
