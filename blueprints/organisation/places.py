"""One house or stairwell: what it is called, since when and until when it stands."""

from datetime import date

from flask import Blueprint, abort, g, request, url_for

from blueprints.organisation import houses, queries
from core import audit, clock, zh
from core.access import Can, needs
from core.act_titles import TITLES
from core.page import done, page
from core.records.places import Place, PlaceKind
from core.refusal import Refused
from core.web import shown_version

bp = Blueprint("places", __name__, url_prefix="/office/organisation/places/<int:number>")


def place_or_404(number):
    return queries.houses(g.actor, g.place).where(Place.id == number).first() or abort(404)


@bp.get("")
@needs(Can.ORGANISATION_READ)
def show(number, error="", status=200):
    row = place_or_404(number)
    story = [("past", TITLES[entry.act], f"{zh.moment(entry.at)} · {entry.who}", "") for entry in audit.history(row)]
    return page(
        "organisation/place.html", row=row, error=error, status=status, typed=request.form, day=clock.today(), story=story,
        parts=list(row.parts.order_by(Place.position)), former=list(queries.former_leaders(row)), Kind=PlaceKind,
    )  # fmt: skip


def _act(number, act):
    """Do one act of the rules and show the place again, with what was refused."""
    try:
        act(place_or_404(number))
    except Refused as refusal:
        return show(number, str(refusal), refusal.status)
    return done(url_for("places.show", number=number))


@bp.post("/name")
@needs(Can.ORGANISATION_EDIT)
def rename(number):
    return _act(number, lambda row: houses.rename(g.actor, row, shown_version(), request.form.get("name", "")))


@bp.post("/end")
@needs(Can.ORGANISATION_EDIT)
def end(number):
    return _act(number, lambda row: houses.end(g.actor, row, shown_version(), _day(request.form.get("day", ""))))


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return clock.today()


@bp.post("/return")
@needs(Can.ORGANISATION_EDIT)
def take_up(number):
    return _act(number, lambda row: houses.take_up(g.actor, row, shown_version()))
