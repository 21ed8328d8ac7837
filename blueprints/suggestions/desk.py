"""The office's side of the box: one message with all that may be done to it; messages typed in."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.organisation import queries as organisation
from blueprints.suggestions import deadlines, extensions, forms, handling, queries, rules
from blueprints.suggestions.acts import Forms, open_acts
from blueprints.suggestions.models import Kind, Pace, Source, State, Suggestion
from blueprints.suggestions.views import again, received, uploaded
from core import clock
from core.access import Can, needs
from core.answers import file_answer
from core.page import done, page
from core.refusal import AlreadyDone, Refused
from core.text import _
from core.web import shown_version

bp = Blueprint("suggestion_desk", __name__)


def suggestion_or_404(number):
    return queries.visible_to(g.actor, g.place).where(Suggestion.number == number).first() or abort(404)


@bp.route("/office/suggestions/new", methods=["GET", "POST"])
@needs(Can.SUGGESTIONS_HANDLE)
def new():
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
    return page("suggestions/record.html", form=form, error=error, status=status)


@bp.get("/office/suggestions/<number>")
@needs(Can.SUGGESTIONS_READ)
def show(number):
    return _show(suggestion_or_404(number))


def _show(suggestion, bound=None, status=200, error=""):
    """One message; a refused form comes back as it was filled in."""
    lights = deadlines.Lights(g.place)
    return page(
        "suggestions/show.html", suggestion=suggestion, steps=list(queries.timeline(suggestion)),
        light=lights.of(suggestion), last_day=lights.last_day(suggestion), forms=Forms(suggestion, bound), error=error,
        may=open_acts(g.actor, suggestion), asked=queries.waiting_extension(suggestion),
        knows=queries.knows_asker(g.actor, suggestion), photos=suggestion.photos.count(), replies=list(suggestion.replies),
        status=status, bound=bound, assists=[assist.account for assist in suggestion.assists],
        latest=deadlines.latest_extension(suggestion.due_on, g.place),
        publishable=handling.may_publish(suggestion), paces=deadlines.spans(g.place), State=State, headline=queries.headline,
    )  # fmt: skip


def _do(number, name, act):
    """Parse one act's form, act, and show the message again."""
    suggestion = suggestion_or_404(number)
    form = Forms(suggestion).bound(name)
    if not form.validate_on_submit():
        return _show(suggestion, form, 422)
    try:
        act(suggestion, shown_version(f"{name}-"), form)
    except Refused as refusal:
        return _show(suggestion_or_404(number), form, refusal.status, str(refusal))
    return done(url_for("suggestion_desk.show", number=number))


@bp.post("/office/suggestions/<number>/registrations")
@needs(Can.SUGGESTIONS_HANDLE)
def register(number):
    return _do(number, "register", lambda row, version, form: handling.register(
        g.actor, row, version, form.summary.data, Kind(form.kind.data), Pace(form.pace.data)
    ))  # fmt: skip


@bp.post("/office/suggestions/<number>/assignments")
@needs(Can.SUGGESTIONS_ASSIGN)
def assign(number):
    return _do(number, "assign", lambda row, version, form: handling.assign(
        g.actor, row, version, queries.handler(g.place, form.lead.data),
        [queries.handler(g.place, one) for one in form.assisting.data or []], form.words.data or "",
    ))  # fmt: skip


@bp.post("/office/suggestions/<number>/starts")
@needs(Can.SUGGESTIONS_HANDLE)
def start(number):
    return _do(number, "start", lambda row, version, form: handling.start(g.actor, row, version, form.words.data or ""))


@bp.post("/office/suggestions/<number>/notes")
@needs(Can.SUGGESTIONS_HANDLE)
def note(number):
    return _do(number, "note", lambda row, version, form: handling.note(g.actor, row, version, form.words.data or ""))


@bp.post("/office/suggestions/<number>/waits")
@needs(Can.SUGGESTIONS_HANDLE)
def wait(number):
    return _do(number, "wait", lambda row, version, form: handling.wait(g.actor, row, version, form.words.data or ""))


@bp.post("/office/suggestions/<number>/replies")
@needs(Can.SUGGESTIONS_HANDLE)
def reply(number):
    return _do(number, "reply", lambda row, version, form: handling.reply(
        g.actor, row, version, form.found.data, form.done.data or "", form.undone.data or "", form.next_on.data,
        form.publish.data,
    ))  # fmt: skip


@bp.post("/office/suggestions/<number>/extensions")
@needs(Can.SUGGESTIONS_HANDLE)
def extend(number):
    return _do(number, "extend", lambda row, version, form: extensions.ask(
        g.actor, row, version, form.until.data, form.reason.data
    ))  # fmt: skip


@bp.post("/office/suggestions/<number>/extension-decisions")
@needs(Can.SUGGESTIONS_EXTEND)
def decide(number):
    granted = request.form.get("verdict") == "grant"
    return _do(number, "decide", lambda row, version, form: extensions.decide(
        g.actor, row, version, granted, form.words.data or ""
    ))  # fmt: skip


@bp.post("/office/suggestions/<number>/closures")
@needs(Can.SUGGESTIONS_HANDLE)
def close(number):
    return _do(number, "close", lambda row, version, form: handling.close(g.actor, row, version, form.words.data or ""))


@bp.post("/office/suggestions/<number>/archivings")
@needs(Can.SUGGESTIONS_HANDLE)
def archive(number):
    return _do(number, "archive", lambda row, version, _form: handling.archive(g.actor, row, version))


@bp.post("/office/suggestions/<number>/rejections")
@needs(Can.SUGGESTIONS_HANDLE)
def reject(number):
    return _do(number, "reject", lambda row, version, form: handling.reject(
        g.actor, row, version, form.reason.data or "", form.where.data or ""
    ))  # fmt: skip


@bp.post("/office/suggestions/<number>/transfers")
@needs(Can.SUGGESTIONS_HANDLE)
def transfer(number):
    return _do(number, "transfer", lambda row, version, form: handling.transfer(
        g.actor, row, version, form.where.data or "", form.reason.data or ""
    ))  # fmt: skip


@bp.post("/office/suggestions/<number>/seals")
@needs(Can.SUGGESTIONS_ASSIGN)
def seal(number):
    return _do(number, "seal", lambda row, version, form: handling.seal(
        g.actor, row, version, form.where.data or ""
    ))  # fmt: skip


@bp.post("/office/suggestions/<number>/merges")
@needs(Can.SUGGESTIONS_HANDLE)
def merge(number):
    def act(row, version, form):
        typed = form.number.data.strip()
        other = queries.visible_to(g.actor, g.place).where(Suggestion.number == typed).first()
        handling.merge(g.actor, row, version, other, typed)

    return _do(number, "merge", act)


@bp.post("/office/suggestions/<number>/clearings")
@needs(Can.SUGGESTIONS_ASSIGN)
def clear(number):
    return _do(number, "clear", lambda row, version, form: handling.clear_concern(
        g.actor, row, version, form.words.data or ""
    ))  # fmt: skip


@bp.get("/office/suggestions/<number>/photos/<int:position>")
@needs(Can.SUGGESTIONS_READ)
def photo(number, position):
    suggestion = suggestion_or_404(number)
    found = queries.photo(suggestion, position) or abort(404)
    return file_answer(bytes(found.content), _("照片-%(number)s-%(photo)s.jpg", number=number, photo=position))
