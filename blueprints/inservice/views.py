"""In-service members for staff: check-ins, the six tasks, the service card."""

from functools import partial

from flask import Blueprint, abort, g, request, url_for

from blueprints.cobuilding.models import TaskState
from blueprints.inservice import contacts, queries, rules, sheets
from blueprints.inservice.forms import CheckInForm, ServiceForm
from blueprints.inservice.models import CheckIn, Service, Six
from blueprints.organisation import queries as organisation
from blueprints.papers import rules as papers
from core import clock
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import done, page
from core.printing.printer import pdf
from core.refusal import Refused
from core.text import _, _l, in_chinese
from core.web import shown_version, words_asked

bp = Blueprint("inservice", __name__)
SLIP, CARD, RECEIPT = "inservice/print/slip.html", "inservice/print/card.html", "check-in"
SERVICES = "service-card"
for _kind, _title in ((RECEIPT, _l("在职党员报到单")), (SERVICES, _l("在职党员服务记录卡"))):
    papers.kind(_kind, _title, Can.PEOPLE_READ, desk=lambda paper: f"/office/check-ins/{paper.subject_id}")


def check_in_or_404(number):
    return queries.visible_to(g.actor, g.place).where(CheckIn.id == number).first() or abort(404)


@bp.get("/office/check-ins")
@needs(Can.PEOPLE_READ)
def index():
    gone, words = request.args.get("show") == "left", words_asked()
    rows = queries.visible_to(g.actor, g.place)
    here = queries.standing(g.place)
    chosen = rows.where(CheckIn.until <= clock.today()) if gone else rows.where(CheckIn.until.is_null() | (CheckIn.until > clock.today()))
    listed = list(queries.narrowed(chosen, words))
    left = rows.where(CheckIn.until <= clock.today()).count()
    return page(
        "inservice/index.html", rows=listed, states=queries.states(listed), gone=gone, words=words,
        counts=(here.count(), left), person_times=queries.person_times(g.place),
    )  # fmt: skip


@bp.route("/office/check-ins/new", methods=["GET", "POST"])
@needs(Can.PEOPLE_EDIT)
def add():
    form = CheckInForm()
    if not form.validate_on_submit():
        return _edit(None, form, 422 if form.is_submitted() else 200)
    try:
        row = rules.arrive(g.actor, g.place, form.values())
    except Refused as refusal:
        return _edit(None, form, refusal.status, str(refusal))
    return done(url_for("inservice.show", number=row.id))


@bp.route("/office/check-ins/<int:number>/edit", methods=["GET", "POST"])
@needs(Can.PEOPLE_EDIT)
def edit(number):
    row = check_in_or_404(number)
    tasks = [one.task.value for one in row.tasks if one.state is not TaskState.DROPPED]
    form = CheckInForm(data={**rules.existing_check_in(row), "tasks": tasks, "since": row.since, "version": row.version})
    if not form.validate_on_submit():
        return _edit(row, form, 422 if form.is_submitted() else 200)
    try:
        rules.change(g.actor, row, shown_version(), form.values())
    except Refused as refusal:
        form.version.data = check_in_or_404(number).version
        return _edit(row, form, refusal.status, str(refusal))
    return done(url_for("inservice.show", number=number))


def _edit(row, form, status, error=""):
    employers = sorted({one.employer for one in queries.standing(g.place)})
    stairwells = [one.name for one in organisation.stairwells(g.place)]
    return page("inservice/edit.html", row=row, form=form, error=error, status=status, employers=employers, stairwells=stairwells)


@bp.get("/office/check-ins/<int:number>")
@needs(Can.PEOPLE_READ)
def show(number, error="", status=200, form=None):
    row = check_in_or_404(number)
    inquiries = queries.visible_inquiries(g.actor, g.place).where(queries.Inquiry.check_in == row)
    return page(
        "inservice/show.html", row=row, tasks={one.task: one for one in row.tasks}, Six=Six, states=TaskState, error=error,
        services=list(row.services.order_by(Service.on.desc(), Service.id.desc())), served=queries.served(row),
        form=form or ServiceForm(formdata=None), inquiries=list(inquiries), status=status,
    )  # fmt: skip


@bp.post("/office/check-ins/<int:number>/tasks")
@needs(Can.PEOPLE_EDIT)
def tasks(number):
    row = check_in_or_404(number)
    told = {six: request.form.get(f"state-{six}", "") for six in Six}
    chosen = {six: (TaskState(state), request.form.get(f"words-{six}", "")[:200]) for six, state in told.items() if state in list(TaskState)}
    try:
        rules.go_on_with(g.actor, row, shown_version(), chosen)
    except Refused as refusal:
        return show(number, str(refusal), refusal.status)
    return done(url_for("inservice.show", number=number))


@bp.post("/office/check-ins/<int:number>/services")
@needs(Can.PEOPLE_EDIT)
def serve(number):
    row, form = check_in_or_404(number), ServiceForm()
    if not form.validate_on_submit():
        return show(number, status=422, form=form)
    half_hours = int((form.hours.data or 0) * 2)
    rules.serve(g.actor, row, form.on.data, form.what.data, half_hours, form.people.data or 1, form.confirmed_by.data or "")
    return done(url_for("inservice.show", number=number))


@bp.post("/office/check-ins/<int:number>/services/<int:which>/removal")
@needs(Can.PEOPLE_EDIT)
def strike(number, which):
    rules.strike(g.actor, check_in_or_404(number).services.where(Service.id == which).first() or abort(404))
    return done(url_for("inservice.show", number=number))


@bp.post("/office/check-ins/<int:number>/departure")
@needs(Can.PEOPLE_EDIT)
def leave(number):
    try:
        rules.leave(g.actor, check_in_or_404(number), shown_version(), clock.today(), request.form.get("left_to", "")[:120])
    except Refused as refusal:
        return show(number, str(refusal), refusal.status)
    return done(url_for("inservice.show", number=number))


@bp.get("/office/check-ins/<int:number>/slip.pdf")
@needs(Can.PEOPLE_READ)
def slip(number):
    row = check_in_or_404(number)
    return pdf_answer(papers.copy(row, RECEIPT, row.version) or pdf(SLIP, sheets.slip(row), draft=True), f"报到单-{row.person.name}")


@bp.post("/office/check-ins/<int:number>/prints")
@needs(Can.PEOPLE_EDIT)
def issue(number):
    row = check_in_or_404(number)
    with in_chinese():
        if request.args.get("paper") == "card":
            title = _("服务记录卡 %(number)s", number=row.number)
            papers.issue(g.actor, g.place, row, SERVICES, title, partial(pdf, CARD, sheets.card(row)), None, row.number)
            return done(url_for("inservice.card", number=number))
        title = _("报到回执 %(number)s", number=row.number)
        papers.issue(g.actor, g.place, row, RECEIPT, title, lambda code: pdf(SLIP, sheets.slip(row), code=code), row.version, row.number)
        contacts.receipted(g.actor, row, title)
    return done(url_for("inservice.slip", number=number))


@bp.get("/office/check-ins/<int:number>/card.pdf")
@needs(Can.PEOPLE_READ)
def card(number):
    row = check_in_or_404(number)
    content = papers.shown(row, SERVICES, partial(pdf, CARD, sheets.card(row)), None)
    return pdf_answer(content, f"服务记录卡-{row.person.name}")
