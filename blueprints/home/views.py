"""The residents' front door, and whether the house stands (/healthz)."""

from flask import Blueprint, g, redirect, request, url_for

from blueprints.home import queries
from blueprints.notices import queries as notices
from core.access import before_set_up, public
from core.db import database
from core.page import kept, page
from core.web import words_asked

bp = Blueprint("home", __name__)


@bp.get("/")
@public
@before_set_up
def index():
    if g.place is None:
        return redirect(url_for("office.set_up"), 303)
    if request.args.get("stairwell"):
        return redirect(url_for("boards_public.show", slug=request.args["stairwell"]), 303)
    return _front()


@kept
def _front():
    return page(
        "home/index.html", doors=queries.doors(g.place), plan=queries.plan(g.place), on_show=notices.on_show(g.place)
    )


@bp.get("/privacy")
@public
@before_set_up
@kept
def privacy():
    return page("home/privacy.html")


@bp.get("/accessibility")
@public
@before_set_up
@kept
def accessibility():
    return page("home/accessibility.html")


@bp.get("/search")
@public
def search():
    words = words_asked()
    answer = page("home/search.html", q=words, hits=queries.search(g.place, words) if words else [])
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@bp.get("/healthz")
@public
@before_set_up
def health():
    database.execute_sql("SELECT 1")
    return "ok\n", 200, {"Content-Type": "text/plain", "Cache-Control": "no-store"}
