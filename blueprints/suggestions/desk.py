"""The office's side of the box: the queue, one message with all that may be done to it, its papers."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.organisation import queries as organisation
from blueprints.suggestions import deadlines, extensions, forms, handling, queries, rules
from blueprints.suggestions.acts import Forms, open_acts
from blueprints.suggestions.ledger import ledger_file
from blueprints.suggestions.models import Kind, Pace, Source, State, Suggestion, SuggestionPhoto
from blueprints.suggestions.views import again, received, uploaded
from core import clock
from core.access import Can, needs
from core.answers import file_answer
from core.page import done, page
from core.refusal import AlreadyDone, Refused
from core.text import _
from core.web import row_number, shown_version

bp = Blueprint("suggestion_desk", __name__)
ROWS = 50


def suggestion_or_404(number):
    return queries.visible_to(g.actor, g.place).where(Suggestion.id == number).first() or abort(404)


@bp.get("/office/suggestions")
@needs(Can.SUGGESTIONS_READ)
def queue():
    return _queue()


def _queue(status=200, error="", lead=""):
    name = request.args.get("show", "open")
    conditions = queries.filters(g.actor, g.place)
    condition = conditions.get(name, conditions["open"])
    first = request.args.get("from", 0, type=row_number)
    rows = list(queries.visible_to(g.actor, g.place).where(condition).offset(first).limit(ROWS))
    return page(
        "suggestions/queue.html", "queue", rows=rows, first=first, step=ROWS,
        show=name if name in conditions else "open", counts=queries.counts(g.actor, g.place), error=error, lead=lead,
        lights=deadlines.Lights(g.place), headline=queries.headline, deadline=deadlines.deadline,
        handlers=[(str(one.id), one.name) for one in queries.handlers(g.place)], ticked=set(request.form.getlist("ids")), State=State, status=status,
    )  # fmt: skip


@bp.post("/office/suggestions/assignments")
@needs(Can.SUGGESTIONS_ASSIGN)
def assign_many():
    lead = request.form.get("lead", "")
    try:
        handling.assign_all(g.actor, _ticked(), queries.handler(g.place, lead))
    except Refused as refusal:
        return _queue(refusal.status, str(refusal), lead)
    return done(url_for("suggestion_desk.queue", show="unassigned"), _queue)


def _ticked():
    """The ticked rows, each with the version it was shown in (``12.3``)."""
    pairs = [value.split(".") for value in request.form.getlist("ids")]
    versions = {int(pair[0]): int(pair[1]) for pair in pairs if len(pair) == 2 and "".join(pair).isdecimal() and len(pair[0]) < 10}
    rows = queries.visible_to(g.actor, g.place).where(Suggestion.id.in_(list(versions)))
    return [(row, versions[row.id]) for row in rows]


@bp.get("/office/suggestions/ledger.xlsx")
@needs(Can.SUGGESTIONS_READ)
def ledger():
    return file_answer(ledger_file(g.actor, g.place), _("意见台账-%(day)s.xlsx", day=clock.today()))


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


@bp.get("/office/suggestions/<int:number>")
@needs(Can.SUGGESTIONS_READ)
def show(number):
    return _show(suggestion_or_404(number))


def _show(suggestion, bound=None, status=200, error=""):
    """One message; a refused form comes back as it was filled in."""
    return page(
        "suggestions/show.html", suggestion=suggestion, steps=list(queries.timeline(suggestion)),
        light=deadlines.Lights(g.place).of(suggestion), forms=Forms(suggestion, bound), error=error,
        may=open_acts(g.actor, suggestion), asked=queries.waiting_extension(suggestion),
        knows=queries.knows_asker(g.actor, suggestion), photos=list(suggestion.photos.select(SuggestionPhoto.id)), replies=list(suggestion.replies),
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


@bp.post("/office/suggestions/<int:number>/registrations")
@needs(Can.SUGGESTIONS_HANDLE)
def register(number):
    return _do(number, "register", lambda row, version, form: handling.register(
        g.actor, row, version, form.summary.data, Kind(form.kind.data), Pace(form.pace.data)
    ))  # fmt: skip


@bp.post("/office/suggestions/<int:number>/assignments")
@needs(Can.SUGGESTIONS_ASSIGN)
def assign(number):
    return _do(number, "assign", lambda row, version, form: handling.assign(
        g.actor, row, version, queries.handler(g.place, form.lead.data),
        [queries.handler(g.place, one) for one in form.assisting.data or []], form.words.data or "",
    ))  # fmt: skip


@bp.post("/office/suggestions/<int:number>/starts")
@needs(Can.SUGGESTIONS_HANDLE)
def start(number):
    return _do(number, "start", lambda row, version, form: handling.start(g.actor, row, version, form.words.data or ""))


@bp.post("/office/suggestions/<int:number>/notes")
@needs(Can.SUGGESTIONS_HANDLE)
def note(number):
    return _do(number, "note", lambda row, version, form: handling.note(g.actor, row, version, form.words.data or ""))


@bp.post("/office/suggestions/<int:number>/waits")
@needs(Can.SUGGESTIONS_HANDLE)
def wait(number):
    return _do(number, "wait", lambda row, version, form: handling.wait(g.actor, row, version, form.words.data or ""))


@bp.post("/office/suggestions/<int:number>/replies")
@needs(Can.SUGGESTIONS_HANDLE)
def reply(number):
    return _do(number, "reply", lambda row, version, form: handling.reply(
        g.actor, row, version, form.found.data, form.done.data or "", form.undone.data or "", form.next_on.data,
        form.publish.data,
    ))  # fmt: skip


@bp.post("/office/suggestions/<int:number>/extensions")
@needs(Can.SUGGESTIONS_HANDLE)
def extend(number):
    return _do(number, "extend", lambda row, version, form: extensions.ask(
        g.actor, row, version, form.until.data, form.reason.data
    ))  # fmt: skip


@bp.post("/office/suggestions/<int:number>/extension-decisions")
@needs(Can.SUGGESTIONS_EXTEND)
def decide(number):
    granted = request.form.get("verdict") == "grant"
    return _do(number, "decide", lambda row, version, form: extensions.decide(
        g.actor, row, version, granted, form.words.data or ""
    ))  # fmt: skip


@bp.post("/office/suggestions/<int:number>/closures")
@needs(Can.SUGGESTIONS_HANDLE)
def close(number):
    return _do(number, "close", lambda row, version, form: handling.close(g.actor, row, version, form.words.data or ""))


@bp.post("/office/suggestions/<int:number>/archivings")
@needs(Can.SUGGESTIONS_HANDLE)
def archive(number):
    return _do(number, "archive", lambda row, version, _form: handling.archive(g.actor, row, version))


@bp.post("/office/suggestions/<int:number>/rejections")
@needs(Can.SUGGESTIONS_HANDLE)
def reject(number):
    return _do(number, "reject", lambda row, version, form: handling.reject(
        g.actor, row, version, form.reason.data or "", form.where.data or ""
    ))  # fmt: skip


@bp.post("/office/suggestions/<int:number>/transfers")
@needs(Can.SUGGESTIONS_HANDLE)
def transfer(number):
    return _do(number, "transfer", lambda row, version, form: handling.transfer(
        g.actor, row, version, form.where.data or "", form.reason.data or ""
    ))  # fmt: skip


@bp.post("/office/suggestions/<int:number>/seals")
@needs(Can.SUGGESTIONS_ASSIGN)
def seal(number):
    return _do(number, "seal", lambda row, version, form: handling.seal(
        g.actor, row, version, form.where.data or ""
    ))  # fmt: skip


@bp.post("/office/suggestions/<int:number>/merges")
@needs(Can.SUGGESTIONS_HANDLE)
def merge(number):
    def act(row, version, form):
        typed = form.number.data.strip()
        other = queries.visible_to(g.actor, g.place).where(Suggestion.number == typed).first()
        handling.merge(g.actor, row, version, other, typed)

    return _do(number, "merge", act)


@bp.post("/office/suggestions/<int:number>/clearings")
@needs(Can.SUGGESTIONS_ASSIGN)
def clear(number):
    return _do(number, "clear", lambda row, version, form: handling.clear_concern(
        g.actor, row, version, form.words.data or ""
    ))  # fmt: skip


@bp.get("/office/suggestions/<int:number>/photos/<int:photo>")
@needs(Can.SUGGESTIONS_READ)
def photo(number, photo):
    suggestion = suggestion_or_404(number)
    found = SuggestionPhoto.get_or_none((SuggestionPhoto.suggestion == suggestion) & (SuggestionPhoto.id == photo))
    found = found or abort(404)
    return file_answer(bytes(found.content), _("照片-%(number)s-%(photo)s.jpg", number=suggestion.number, photo=photo))
