"""/check/<code>: whether the sheet on the wall is genuine and current, without personal data."""

from flask import Blueprint, request

from blueprints.papers import queries
from core.access import public
from core.limits import Limit
from core.page import page

bp = Blueprint("papers", __name__)
guesses = Limit(60)


@bp.get("/check")
@public
def enter():
    code = request.args.get("code", "").strip()
    return check(code) if code else page("papers/check.html", code="", paper=None, searched=False)


@bp.get("/check/<code>")
@public
def check(code):
    if not guesses.allow(request.remote_addr or ""):
        return page("papers/check.html", code=code, paper=None, searched=False, too_fast=True, status=429)
    paper = queries.coded(code)
    answer = page("papers/check.html", code=code, paper=paper, searched=True, status=200 if paper else 404)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
