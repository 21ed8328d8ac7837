"""From year to year: the new one begun from the old, the old one archived; the categories a community sorts by."""

from flask import Blueprint, abort, flash, g, request, url_for

from blueprints.boards import categories, rules, years
from blueprints.boards.models import Category, OwnCategory
from blueprints.organisation import queries as organisation
from core import clock
from core.access import Can, needs
from core.page import done, page
from core.refusal import Refused
from core.text import _
from core.web import row_number

bp = Blueprint("promise_years", __name__)


@bp.get("/office/boards/years")
@needs(Can.BOARDS_READ)
def index():
    return _index()


def _index(status=200, error=None):
    return page(
        "boards/years.html", years=years.years(g.place), current=rules.current_year(g.place), today=clock.today(),
        status=status, error=error,
    )  # fmt: skip


@bp.get("/office/boards/years/<int:year>/start")
@needs(Can.BOARDS_EDIT)
def choose(year):
    """Who and which of last year's promises the new year begins with."""
    return _choose(year)


def _choose(year, status=200, error=None):
    branch = request.args.get("branch", 0, type=row_number)
    rows = [row for row in years.to_take_over(g.place, year - 1) if not branch or row.member.org_id == branch]
    return page(
        "boards/year_start.html", year=year, rows=rows, branch=branch, branches=list(organisation.branches(g.place)),
        status=status, error=error, ticked=set(request.form.getlist("ids")) if error else None,
    )  # fmt: skip


@bp.post("/office/boards/years/<int:year>/start")
@needs(Can.BOARDS_EDIT)
def begin(year):
    chosen = None if request.form.get("all") else set(request.form.getlist("ids", type=row_number))
    try:
        count = years.begin(g.actor, g.place, year, chosen)
    except Refused as refusal:
        return _choose(year, refusal.status, str(refusal)) if chosen is not None else _index(refusal.status, str(refusal))
    flash(_("已沿用 %(n)s 条，作为%(year)s年度的提诺，等支部审核。上一年的没有动。", n=count, year=year), "ok")
    return done(url_for("commitments.index", year=year, state="proposed"))


@bp.post("/office/boards/years/<int:year>/archive")
@needs(Can.BOARDS_REVIEW)
def archive(year):
    try:
        count = years.archive(g.actor, g.place, year)
    except Refused as refusal:
        return _index(refusal.status, str(refusal))
    flash(_("%(year)s年度的 %(n)s 条承诺已归档，仍可查看。", year=year, n=count), "ok")
    return done(url_for("promise_years.index"))


@bp.route("/office/boards/categories", methods=["GET", "POST"])
@needs(Can.BOARDS_EDIT)
def kinds():
    if request.method == "GET":
        return _kinds()
    try:
        categories.add(g.actor, g.place, request.form.get("name", ""), request.form.get("words", "")[:200])
    except Refused as refusal:
        return _kinds(refusal.status, str(refusal))
    return done(url_for("promise_years.kinds"))


def _kinds(status=200, error=None):
    return page(
        "boards/categories.html", own=categories.own(g.place, ended=True), Category=Category, status=status, error=error,
        typed=request.form,
    )  # fmt: skip


@bp.post("/office/boards/categories/<int:number>")
@needs(Can.BOARDS_EDIT)
def change_kind(number):
    row = OwnCategory.get_or_none((OwnCategory.id == number) & (OwnCategory.place == g.place)) or abort(404)
    try:
        if request.form.get("end"):
            categories.end(g.actor, row)
        else:
            categories.change(g.actor, row, request.form.get("name", ""), request.form.get("words", "")[:200])
    except Refused as refusal:
        return _kinds(refusal.status, str(refusal))
    return done(url_for("promise_years.kinds"))
