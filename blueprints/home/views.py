"""The residents' front door, and whether the house stands (/healthz)."""

from flask import Blueprint, abort, g, redirect, request, url_for

from blueprints.home import queries
from blueprints.notices import queries as notices
from core.access import public
from core.db import database
from core.page import kept, page

bp = Blueprint("home", __name__)


@bp.get("/")
@public
def index():
    if g.place is None:
        return redirect(url_for("office.set_up"), 303)
    if request.args.get("stairwell"):
        return redirect(url_for("boards.show", slug=request.args["stairwell"]), 303)
    return _front()


@kept
def _front():
    return page(
        "home/index.html", doors=queries.doors(g.place), plan=queries.plan(g.place), on_show=notices.on_show(g.place)
    )


@bp.get("/privacy")
@public
@kept
def privacy():
    return page("home/privacy.html")


@bp.get("/accessibility")
@public
@kept
def accessibility():
    return page("home/accessibility.html")


@bp.get("/search")
@public
def search():
    g.place or abort(404)
    words = request.args.get("q", "").strip()[:80]
    answer = page("home/search.html", q=words, hits=queries.search(g.place, words) if words else [])
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@bp.get("/healthz")
@public
def health():
    database.execute_sql("SELECT 1")
    return "ok\n", 200, {"Content-Type": "text/plain", "Cache-Control": "no-store"}
