"""Who is responsible where: looked up, drawn into zones and groups, printed."""

from datetime import date

from flask import Blueprint, abort, g, request, url_for

from blueprints.organisation import areas, grid, queries, sheets
from blueprints.papers import rules as papers
from core import clock
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import done, page
from core.printing.printer import pdf
from core.records.places import Place, PlaceKind
from core.refusal import Refused
from core.text import _, _l
from core.web import row_number, shown_version, words_asked

bp = Blueprint("responsible", __name__)
MAP = "responsible-map"
papers.kind(MAP, _l("责任区一览图"), Can.ORGANISATION_READ, desk=lambda _paper: "/office/organisation/responsible", dated=True)


@bp.get("/office/organisation/responsible")
@needs(Can.ORGANISATION_READ)
def index():
    """The whole of it, or the answer to: who is responsible for 3幢2单元 (on a day)?"""
    words, on = words_asked(), _day(request.args.get("on", ""))
    stairwell = queries.stairwell_called(g.place, words) if words else None
    return page(
        "organisation/responsible.html", tree=grid.groups_of(grid.answers(g.place, on)), titles=grid.titles(g.place), words=words,
        on=on, answer=grid.answer(g.place, stairwell, on) if stairwell else None, Kind=PlaceKind,
        former=list(queries.former_leaders(stairwell)) if stairwell else [], posts=queries.leaders(g.place, on),
    )  # fmt: skip


def _day(text):
    try:
        return min(date.fromisoformat(text), clock.today()) if text else clock.today()
    except ValueError:
        return clock.today()


@bp.route("/office/organisation/areas/new", methods=["GET", "POST"])
@needs(Can.ORGANISATION_EDIT)
def draw():
    asked = request.values.get("kind", "")
    kind = PlaceKind(asked) if asked in set(grid.AREAS) else PlaceKind.ZONE
    if request.method == "GET":
        return _form(kind)
    try:
        leader = request.form.get("leader", "")[:120]
        areas.draw(g.actor, g.place, kind, request.form.get("name", ""), _ticked(kind), leader)
    except Refused as refusal:
        return _form(kind, None, refusal.status, str(refusal))
    return done(url_for("responsible.index"))


def area_or_404(number):
    return grid.area(g.place, number) or abort(404)


@bp.route("/office/organisation/areas/<int:number>", methods=["GET", "POST"])
@needs(Can.ORGANISATION_EDIT)
def edit(number):
    area = area_or_404(number)
    if request.method == "GET":
        return _form(area.kind, area)
    try:
        areas.redraw(g.actor, area, shown_version(), request.form.get("name", ""), _ticked(area.kind))
    except Refused as refusal:
        return _form(area.kind, area, refusal.status, str(refusal))
    return done(url_for("responsible.index"))


@bp.post("/office/organisation/areas/<int:number>/leader")
@needs(Can.ORGANISATION_EDIT)
def lead(number):
    area = area_or_404(number)
    try:
        areas.name_leader(g.actor, area, request.form.get("leader", "")[:120], _day(request.form.get("since", "")))
    except Refused as refusal:
        return _form(area.kind, area, refusal.status, str(refusal))
    return done(url_for("responsible.index"))


@bp.post("/office/organisation/areas/<int:number>/dissolution")
@needs(Can.ORGANISATION_EDIT)
def dissolve(number):
    areas.dissolve(g.actor, area_or_404(number))
    return done(url_for("responsible.index"))


def _form(kind, area=None, status=200, error=None):
    parts = {place.id for place in grid.parts(g.place).get(area.id, ())} if area else set()
    return page(
        "organisation/area.html", kind=kind, area=area, error=error, status=status, typed=request.form, Kind=PlaceKind,
        ticked=set(request.form.getlist("parts", type=row_number)) if error and "parts" in request.form else parts,
        buildings=queries.by_building(list(queries.stairwells(g.place))), titles=grid.titles(g.place),
        former=list(queries.former_leaders(area)) if area else [], day=clock.today(),
    )  # fmt: skip


def _ticked(kind):
    """Buildings make up a zone, stairwells a group."""
    wanted = PlaceKind.BUILDING if kind is PlaceKind.ZONE else PlaceKind.STAIRWELL
    numbers = request.form.getlist("parts", type=row_number)
    here = (Place.community == g.place) & (Place.kind == wanted) & Place.id.in_(numbers)
    return list(Place.select().where(here).order_by(Place.position))


@bp.get("/office/organisation/responsible.pdf")
@needs(Can.ORGANISATION_READ)
def map_pdf():
    return pdf_answer(papers.shown(g.place, MAP, _map, None), _("责任区一览图"))


@bp.post("/office/organisation/prints")
@needs(Can.ORGANISATION_EDIT)
def issue_map():
    """The sheet for the wall, in the register of issued papers."""
    papers.issue(g.actor, g.place, g.place, MAP, _l("责任区一览图"), _map, None)
    return done(url_for(".map_pdf"))


def _map(**marks):
    return pdf(sheets.MAP, sheets.map_sheet(g.place), **marks)


@bp.get("/office/organisation/phones.pdf")
@needs(Can.PEOPLE_READ)
def phones_pdf():
    """Private numbers: for those who may see the roster."""
    return pdf_answer(pdf(sheets.PHONES, sheets.phone_sheet(g.place)), _("责任区联络电话"))
