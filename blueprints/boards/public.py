"""Boards for residents: a page for each stairwell and each building, for the house and not for the whole internet."""

from flask import Blueprint, Response, abort, g, request

from blueprints.boards import doorway, posters, queries, reported, rules
from blueprints.evaluation import queries as evaluation
from blueprints.organisation import queries as organisation
from blueprints.people.models import PartyMember
from core import callers
from core.access import public
from core.page import kept, page

bp = Blueprint("boards_public", __name__)


@bp.get("/boards/")
@public
def index():
    return _given(_index) if _opens() else _closed()


@kept
def _index():
    lit = queries.published_stairwells(g.place)
    return _hidden(page("boards/index.html", buildings=_buildings(), lit=lit))


@bp.get("/boards/<slug>")
@public
def show(slug):
    """One stairwell (3-2), or all of a building (3)."""
    return _given(_show, slug) if _opens(slug) else _closed()


@kept
def _show(slug):
    place = organisation.stairwell(g.place, slug)
    return _stairwell(place) if place else _building(organisation.building(g.place, slug) or abort(404))


def _stairwell(place):
    year = rules.current_year(g.place)
    rows = list(queries.on_boards(g.place, year, stairwell=place))
    return _hidden(page(
        "boards/show.html", stairwell=place, year=year, buildings=_buildings(), key=_key(),
        members=posters.cards(rows, queries.agreed(g.place), reported.last_done(g.place, year, place)),
        hearing=evaluation.hearing(g.place), results=evaluation.results(g.place, year, place),
        hung=queries.hanging(g.place).get(place.id), leader=organisation.leaders(g.place).get(place.id),
    ))  # fmt: skip


def _building(place):
    year, parts = rules.current_year(g.place), list(organisation.stairwells_of(place))
    rows = list(queries.on_boards(g.place, year, within=place))
    agreed, done = queries.agreed(g.place), reported.last_done(g.place, year)
    members = {part.id: posters.cards([row for row in rows if row.stairwell_id == part.id], agreed, done) for part in parts}
    return _hidden(page(
        "boards/building.html", building=place, year=year, parts=parts, members=members, buildings=_buildings(), key=_key(),
        leaders=organisation.leaders(g.place),
    ))  # fmt: skip


@bp.get("/boards/<slug>/photos/<int:number>")
@public
def photo(slug, number):
    """A member's photo, as long as the member agrees and something of theirs hangs here."""
    place = organisation.stairwell(g.place, slug) or abort(404)
    if not (_opens(slug) or _opens(slug.split("-")[0])):
        return _closed()
    shown = queries.on_boards(g.place, rules.current_year(g.place), stairwell=place)
    row = shown.where(PartyMember.id == number).first() or abort(404)
    if row.member.photo is None or "photo" not in queries.agreed(g.place).get(number, ()):
        abort(404)
    return _hidden(Response(bytes(row.member.photo.content), mimetype=row.member.photo.media_type))


def _buildings():
    return organisation.by_building(list(organisation.stairwells(g.place)))


def _opens(slug=""):
    """Whether whoever asks sits in the house's own network or scanned the poster of this place."""
    values = g.settings
    if not values["boards.local"] or doorway.is_local(callers.address(request.environ), values["boards.networks"]):
        return True
    return _scanned(slug)


def _scanned(slug):
    return bool(slug and _key()) and doorway.of(g.place).fits(slug, _key())


def _given(view, *slug):
    """A page that may be kept, unless its reader is let in by a network of the settings: the next may sit elsewhere."""
    keeps = not g.settings["boards.local"] or callers.near(request.environ) or _scanned("".join(slug))
    return (view if keeps else view.__wrapped__)(*slug)


def _key():
    return request.args.get("k", "")[:40]


def _closed():
    """The same answer whether there is such a board or not."""
    return _hidden(page("boards/closed.html", status=404))


def _hidden(answer):
    # Boards are for the people of the house, not for search engines.
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer
