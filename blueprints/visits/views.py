"""走访: the list with its coverage, one visit, and the way of a wish into the box."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.organisation import queries as organisation
from blueprints.suggestions.models import Kind
from blueprints.visits import queries, rules, sheets
from blueprints.visits.forms import MessageForm, VisitForm
from blueprints.visits.models import HomeVisit
from core import clock
from core.access import Can, needs
from core.answers import file_answer, pdf_answer
from core.page import done, page
from core.printing.printer import pdf
from core.refusal import Refused
from core.text import _
from core.web import row_number, shown_version

bp = Blueprint("visits", __name__)
ROWS = 50


def visit_or_404(number):
    return queries.visible_to(g.actor, g.place).where(HomeVisit.id == number).first() or abort(404)


@bp.get("/office/visits")
@needs(Can.VISITS_READ)
def index():
    first, place = request.args.get("from", 0, type=row_number), request.args.get("stairwell", "")
    stairwell = organisation.stairwell(g.place, place) if place else None
    query = queries.visible_to(g.actor, g.place)
    query = query.where(HomeVisit.stairwell == stairwell) if stairwell else query
    rows = list(query.offset(first).limit(ROWS))
    return page(
        "visits/index.html", rows=rows, first=first, step=ROWS, number=query.count(), stairwell=stairwell,
        covered=queries.coverage(g.place, clock.today().year), messages=queries.messages_of(g.actor, g.place, rows),
        knows={row.id for row in rows if queries.knows_door(g.actor, row)},
    )  # fmt: skip


@bp.route("/office/visits/new", methods=["GET", "POST"])
@needs(Can.VISITS_EDIT)
def add():
    form = VisitForm(visited_on=clock.today(), visitors=g.actor.name)
    form.offer(list(organisation.stairwells(g.place)))
    if request.method == "GET" and request.args.get("stairwell") in form.places:
        form.stairwell.data = request.args["stairwell"]
    if not form.validate_on_submit():
        return _edit(form, None, 422 if form.is_submitted() else 200)
    try:
        visit, message, code = rules.enter(g.actor, g.place, form.visit(), form.nonce.data)
    except Refused as refusal:
        return _edit(form, None, refusal.status, str(refusal))
    return _receipt(visit, message, code) if message else done(url_for("visits.show", number=visit.id))


def _edit(form, visit, status, error=""):
    return page("visits/edit.html", form=form, visit=visit, error=error, status=status)


@bp.get("/office/visits/<int:number>")
@needs(Can.VISITS_READ)
def show(number):
    return _show(visit_or_404(number), MessageForm(None, kind=Kind.OPINION.value))


def _show(visit, form, status=200, error=""):
    form.version.data = visit.version
    return page(
        "visits/show.html", visit=visit, form=form, error=error, status=status, knows=queries.knows_door(g.actor, visit),
        message=queries.message_of(g.actor, visit),
    )  # fmt: skip


@bp.route("/office/visits/<int:number>/edit", methods=["GET", "POST"])
@needs(Can.VISITS_EDIT)
def edit(number):
    """For who recorded it and the secretary: others would write over what they cannot read."""
    visit = visit_or_404(number)
    if not queries.knows_door(g.actor, visit):
        abort(404)
    form = VisitForm(obj=visit)
    form.offer(list(organisation.stairwells(g.place)))
    if request.method == "GET":
        form.stairwell.data, form.topic.data = visit.stairwell.slug, visit.topic.value
    if not form.validate_on_submit():
        return _edit(form, visit, 422 if form.is_submitted() else 200)
    try:
        visit, message, code = rules.correct(g.actor, visit, shown_version(), form.visit(), form.nonce.data)
    except Refused as refusal:
        form.version.data = visit_or_404(number).version
        return _edit(form, visit, refusal.status, str(refusal))
    return _receipt(visit, message, code) if message else done(url_for("visits.show", number=number))


@bp.post("/office/visits/<int:number>/messages")
@needs(Can.VISITS_EDIT)
def become_message(number):
    visit = visit_or_404(number)
    if not queries.knows_door(g.actor, visit):
        abort(404)
    form = MessageForm()
    if not form.validate_on_submit():
        return _show(visit, form, 422)
    try:
        message, code = rules.become_message(
            g.actor, visit, shown_version(), Kind(form.kind.data), form.consent.data, form.nonce.data
        )
    except Refused as refusal:
        return _show(visit_or_404(number), form, refusal.status, str(refusal))
    return _receipt(visit, message, code)


def _receipt(visit, message, code):
    """The only page that shows the receipt code, so it answers the form itself."""
    answer = page("visits/receipt.html", visit=visit, message=message, code=code)
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/office/visits/record.pdf")
@needs(Can.VISITS_READ)
def record():
    sheet = sheets.record(g.actor, g.place, request.args.get("year", clock.today().year, type=row_number))
    return pdf_answer(pdf("visits/print/record.html", sheet), f"{sheet.title}-{sheet.period}")


@bp.get("/office/visits/blank.pdf")
@needs(Can.VISITS_READ)
def blank():
    sheet = sheets.blank(g.place)
    return pdf_answer(pdf("visits/print/record.html", sheet), sheet.title)


@bp.get("/office/visits/visits.xlsx")
@needs(Can.VISITS_READ)
def table():
    return file_answer(sheets.table(g.actor, g.place), _("走访记录-%(day)s.xlsx", day=clock.today()))
