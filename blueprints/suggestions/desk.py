"""The office's side of the box: one message with all that may be done to it; messages typed in."""

from functools import partial

from flask import Blueprint, abort, flash, g, request, url_for

from blueprints.organisation import queries as organisation
from blueprints.suggestions import deadlines, forms, handling, printing, queries, rules, templates
from blueprints.suggestions.acts import DEEDS, Forms, open_acts
from blueprints.suggestions.kinds import Source, State
from blueprints.suggestions.models import Suggestion
from blueprints.suggestions.views import again, chosen, received, uploaded
from core import clock, images
from core.access import Can, needs
from core.answers import file_answer
from core.history import steps
from core.page import done, page
from core.refusal import AlreadyDone, Refused
from core.text import _
from core.web import row_number, shown_version

bp = Blueprint("suggestion_desk", __name__)


def suggestion_or_404(number):
    return queries.visible_to(g.actor, g.place).where(Suggestion.number == number).first() or abort(404)


@bp.route("/office/suggestions/new", methods=["GET", "POST"])
@needs(Can.SUGGESTIONS_HANDLE)
def new():
    request.keep_files(images.MOST_BYTES, rules.PHOTOS)
    stairwells = list(organisation.stairwells(g.place))
    form = forms.RecordForm(received_on=clock.today())
    form.offer(stairwells)
    if not form.validate_on_submit():
        return _record(form, 422 if form.is_submitted() else 200)
    try:
        message = form.message(stairwells, uploaded(form))
        entered = rules.submit(
            g.place, message, form.nonce.data, actor=g.actor, source=Source(form.source.data),
            received_on=form.received_on.data,
        )  # fmt: skip
        return received(*entered, staff=True)
    except AlreadyDone as told:
        return again(form.nonce.data, told, staff=True)
    except Refused as refusal:
        return _record(form, refusal.status, str(refusal))


def _record(form, status, error=""):
    return page("suggestions/record.html", form=form, error=error, status=status, lost=chosen(form))


@bp.get("/office/suggestions/<number>")
@needs(Can.SUGGESTIONS_READ)
def show(number):
    return _show(suggestion_or_404(number))


def _show(suggestion, bound=None, status=200, error=""):
    """One message; a refused form comes back as it was filled in."""
    lights = deadlines.Lights(g.place)
    template = templates.chosen(g.place, request.args.get("template", 0, type=row_number))
    return page(
        "suggestions/show.html", suggestion=suggestion, steps=list(steps(suggestion)), light=lights.of(suggestion),
        last_day=lights.last_day(suggestion), forms=Forms(suggestion, bound, template), error=error,
        may=open_acts(g.actor, suggestion), asked=queries.waiting_extension(suggestion),
        knows=queries.knows_asker(g.actor, suggestion), photos=suggestion.photos.count(), bound=bound, status=status,
        assists=[assist.account for assist in suggestion.assists], papers=list(printing.menu(g.actor, suggestion)),
        latest=deadlines.latest_extension(suggestion.due_on, g.place), publishable=handling.may_publish(suggestion),
        paces=deadlines.spans(g.place), State=State, headline=queries.headline, picked=template,
        templates=templates.offered(g.place, suggestion), same=list(queries.duplicates(g.actor, suggestion)),
    )  # fmt: skip


def act(name, number):
    """Parse one act's form, act, and show the message again."""
    suggestion = suggestion_or_404(number)
    form = Forms(suggestion).bound(name)
    if not form.validate_on_submit():
        return _show(suggestion, form, 422)
    try:
        DEEDS[name].do(g.actor, suggestion, shown_version(f"{name}-"), form)
    except Refused as refusal:
        return _show(suggestion_or_404(number), form, refusal.status, str(refusal))
    if queries.visible_to(g.actor, g.place).where(Suggestion.number == number).exists():
        return done(url_for("suggestion_desk.show", number=number))
    flash(_("%(number)s 涉及同事，已转给上一级办理，这里不再显示。", number=number))
    return done(url_for("suggestion_queue.index"))


for _name, _deed in DEEDS.items():
    bp.add_url_rule(
        f"/office/suggestions/<number>/{_deed.noun}", _name, needs(_deed.permission)(partial(act, _name)), methods=["POST"]
    )


@bp.post("/office/suggestions/usual-templates")
@needs(Can.SUGGESTIONS_HANDLE)
def usual_templates():
    templates.begin(g.actor, g.place)
    return done(url_for("reply-templates.index"))


@bp.get("/office/suggestions/<number>/photos/<int:position>")
@needs(Can.SUGGESTIONS_READ)
def photo(number, position):
    suggestion = suggestion_or_404(number)
    found = queries.photo(suggestion, position) or abort(404)
    return file_answer(bytes(found.content), _("照片-%(number)s-%(photo)s.jpg", number=number, photo=position))
