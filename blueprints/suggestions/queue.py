"""The queue of messages: filters, many assigned at once, the ledger; filters somebody keeps."""

from urllib.parse import parse_qsl

from flask import Blueprint, abort, g, request, url_for

from blueprints.organisation import queries as organisation
from blueprints.suggestions import deadlines, filters, handling, listing, queries
from blueprints.suggestions.forms import FilterForm
from blueprints.suggestions.kinds import Kind, Source, State
from blueprints.suggestions.ledger import ledger_file
from blueprints.suggestions.listing import Listing
from blueprints.suggestions.models import SavedFilter, Suggestion
from core import clock
from core.access import Can, needs
from core.answers import file_answer
from core.page import done, page
from core.refusal import Refused
from core.text import _
from core.web import row_number

bp = Blueprint("suggestion_queue", __name__)
ROWS = 50


@bp.get("/office/suggestions")
@needs(Can.SUGGESTIONS_READ)
def index():
    return _queue(Listing.asked(request.args))


def _queue(asked, status=200, error="", lead="", form=None):
    first = request.args.get("from", 0, type=row_number)
    found = listing.chosen(g.actor, g.place, asked)
    counts = listing.counts(g.actor, g.place)
    handlers = {str(one.id): one.name for one in queries.handlers(g.place)}
    words = listing.in_words(asked, g.place, handlers)
    return page(
        "suggestions/queue.html", "queue", rows=list(found.offset(first).limit(ROWS)), first=first, step=ROWS, asked=asked,
        number=counts[asked.show] if asked.show in counts and not asked.narrowed else listing.count(found), counts=counts, told=listing.told,
        error=error, lead=lead, lights=deadlines.Lights(g.place), headline=queries.headline, handlers=list(handlers.items()),
        stairwells=[(place.slug, place.name) for place in organisation.stairwells(g.place)], options=_options, saved=_saved(asked), words=words,
        form=form or FilterForm(None, title=words[:40]), ticked=set(request.form.getlist("ids")), shows=listing.SHOWS,
        State=State, Kind=Kind, Source=Source, OPEN_SHOWS=listing.OPEN_SHOWS, status=status,
    )  # fmt: skip


def _options(enum):
    return [(member.value, member.title) for member in enum]


def _saved(asked):
    """The account's own filters, each with its list and whether it is the one shown."""
    kept = [(row, Listing.asked(dict(parse_qsl(row.query)))) for row in listing.saved(g.actor, g.place)]
    return [(row, one.arguments(), one == asked) for row, one in kept]


@bp.post("/office/suggestions/assignments")
@needs(Can.SUGGESTIONS_ASSIGN)
def assign_many():
    lead, asked = request.form.get("lead", ""), Listing.asked(request.args)
    try:
        handling.assign_all(g.actor, _ticked(), queries.handler(g.place, lead))
    except Refused as refusal:
        return _queue(asked, refusal.status, str(refusal), lead)
    return done(url_for("suggestion_queue.index", **asked.arguments()))


def _ticked():
    """The ticked rows, each with the version it was shown in (``2026-0012.3``)."""
    pairs = [value.rpartition(".")[::2] for value in request.form.getlist("ids")]
    versions = {number: int(version) for number, version in pairs if version.isdecimal() and len(version) < 10}
    rows = queries.visible_to(g.actor, g.place).where(Suggestion.number.in_(list(versions)))
    return [(row, versions[row.number]) for row in rows]


@bp.get("/office/suggestions/ledger.xlsx")
@needs(Can.SUGGESTIONS_READ)
def ledger():
    """All messages, or those of the list one looks at."""
    asked = Listing.asked(request.args) if request.args else None
    return file_answer(ledger_file(g.actor, g.place, asked), _("意见台账-%(day)s.xlsx", day=clock.today()))


@bp.post("/office/suggestions/filters")
@needs(Can.SUGGESTIONS_READ)
def keep():
    """The list one looks at, under a name of one's own."""
    form, asked = FilterForm(), Listing.asked(request.args)
    if not form.validate_on_submit():
        return _queue(asked, 422, form=form)
    try:
        filters.keep(g.actor, g.place, form.title.data, asked.query())
    except Refused as refusal:
        return _queue(asked, refusal.status, str(refusal), form=form)
    return done(url_for("suggestion_queue.index", **asked.arguments()))


@bp.post("/office/suggestions/filters/<int:which>/removals")
@needs(Can.SUGGESTIONS_READ)
def drop(which):
    row = listing.saved(g.actor, g.place).where(SavedFilter.id == which).first() or abort(404)
    filters.drop(row)
    return done(url_for("suggestion_queue.index"))
