"""Work access for staff, and the public list of what was admitted."""

from functools import partial

from flask import Blueprint, abort, g, request, url_for

from blueprints.meetings import queries as meetings
from blueprints.papers import rules as papers
from blueprints.workaccess import queries, rules, sheets
from blueprints.workaccess.forms import ConferForm, RequestForm
from blueprints.workaccess.models import State, WorkRequest
from core import history, settings
from core.access import Can, needs, public
from core.answers import pdf_answer
from core.page import done, kept, page
from core.printing.printer import pdf, pdf_for_residents
from core.refusal import Refused
from core.text import _, _l, in_chinese
from core.web import shown_version

bp = Blueprint("workaccess", __name__)
APPLICATION, LETTER, LIST = "workaccess/print/application.html", "print/official.html", "workaccess/print/admitted.html"
REPLY, ADMITTED = "work-reply", "work-admitted"
papers.kind(REPLY, _l("准入事项复函"), Can.MEETINGS_READ, desk=lambda paper: f"/office/work-access/{paper.subject_id}")
papers.kind(
    ADMITTED, _l("社区工作准入事项清单"), Can.MEETINGS_READ, page=lambda _paper: "/work-access/",
    desk=lambda _paper: "/office/work-access", dated=True,
)  # fmt: skip


def request_or_404(number):
    return queries.visible_to(g.actor, g.place).where(WorkRequest.id == number).first() or abort(404)


@bp.get("/work-access/")
@public
@kept
def admitted():
    one_name = settings.value("workaccess.one_name", g.place)
    return page("workaccess/admitted.html", rows=list(queries.admitted(g.place)), one_name=one_name)


@bp.get("/work-access/list.pdf")
@public
def admitted_list():
    drawing = partial(pdf_for_residents, LIST, sheets.admitted(g.place))
    return pdf_answer(papers.shown(g.place, ADMITTED, drawing, None), _("社区工作准入事项清单"))


@bp.post("/office/work-access/list/prints")
@needs(Can.MEETINGS_WRITE)
def issue_list():
    papers.issue(g.actor, g.place, g.place, ADMITTED, _l("社区工作准入事项清单"), partial(pdf, LIST, sheets.admitted(g.place)), None)
    return done(url_for("workaccess.admitted_list"))


@bp.get("/office/work-access")
@needs(Can.MEETINGS_READ)
def index():
    rows, chosen = queries.visible_to(g.actor, g.place), request.args.get("state", "")
    shown = rows.where(WorkRequest.state == State(chosen)) if chosen in list(State) else rows
    return page("workaccess/index.html", "requests", rows=list(shown), counts=queries.counts(rows), chosen=chosen, State=State)


@bp.route("/office/work-access/new", methods=["GET", "POST"])
@needs(Can.MEETINGS_WRITE)
def add():
    form = RequestForm()
    if form.validate_on_submit():
        row = rules.apply(g.actor, g.place, form.values(), form.demands())
        return done(url_for("workaccess.show", number=row.id))
    return page("workaccess/edit.html", row=None, form=form, error="", status=422 if form.is_submitted() else 200)


@bp.route("/office/work-access/<int:number>/edit", methods=["GET", "POST"])
@needs(Can.MEETINGS_WRITE)
def edit(number):
    row, error = request_or_404(number), ""
    form = RequestForm(data={**row.__data__, "demanded": "\n".join(form.name for form in row.forms)})
    status = 422 if form.is_submitted() else 200
    if form.validate_on_submit():
        try:
            rules.amend(g.actor, row, shown_version(), form.values(), form.demands())
            return done(url_for("workaccess.show", number=number))
        except Refused as refusal:
            error, status = str(refusal), refusal.status
            form.version.data = request_or_404(number).version
    return page("workaccess/edit.html", row=row, form=form, error=error, status=status)


@bp.get("/office/work-access/<int:number>")
@needs(Can.MEETINGS_READ)
def show(number, error="", status=200, conferring=None):
    row = request_or_404(number)
    held = meetings.visible_to(g.actor, g.place).limit(12)
    return page(
        "workaccess/show.html", row=row, steps=list(history.steps(row)), forms=list(row.forms), State=State, error=error,
        conferring=(conferring or ConferForm(formdata=None)).fill(held), status=status, carried=rules.CARRIED,
        one_name=settings.value("workaccess.one_name", g.place),
    )  # fmt: skip


def _act(number, act):
    """Do one act of the rules and show the request again, with what was refused."""
    try:
        act(request_or_404(number))
    except Refused as refusal:
        return show(number, str(refusal), refusal.status)
    return done(url_for("workaccess.show", number=number))


@bp.post("/office/work-access/<int:number>/submission")
@needs(Can.MEETINGS_WRITE)
def submit(number):
    return _act(number, lambda row: rules.submit(g.actor, row, shown_version()))


@bp.post("/office/work-access/<int:number>/conferral")
@needs(Can.MEETINGS_WRITE)
def confer(number):
    form = ConferForm().fill(meetings.visible_to(g.actor, g.place).limit(12))
    meeting = meetings.visible_to(g.actor, g.place).where(meetings.Meeting.id == (form.meeting.data or 0)).first()
    words, opinion = form.words.data or "", form.opinion.data or ""
    return _act(number, lambda row: rules.confer(g.actor, row, shown_version(), meeting, words, opinion))


@bp.post("/office/work-access/<int:number>/decision")
@needs(Can.MEETINGS_APPROVE)
def decide(number):
    admitted, reason = request.form.get("verdict") == "admit", request.form.get("reason", "")[:400]
    by = request.form.get("decided_by", "")[:120]
    return _act(number, lambda row: rules.decide(g.actor, row, shown_version(), admitted, by, reason))


@bp.post("/office/work-access/<int:number>/steps")
@needs(Can.MEETINGS_WRITE)
def carry_out(number):
    row, what, words = request_or_404(number), request.form.get("what", ""), request.form.get("words", "")[:300]
    if what not in rules.CARRIED:
        return show(row.id, str(_("请选择是布置、检查还是考核。")), 422)
    return _act(number, lambda row: rules.carry_out(g.actor, row, shown_version(), what, words))


@bp.post("/office/work-access/<int:number>/<any(leave, withdraw):how>")
@needs(Can.MEETINGS_WRITE)
def end(number, how):
    return _act(number, lambda row: getattr(rules, how)(g.actor, row, shown_version(), request.form.get("words", "")[:300]))


@bp.get("/office/work-access/<int:number>/application.pdf")
@needs(Can.MEETINGS_READ)
def application(number):
    row = request_or_404(number)
    return pdf_answer(pdf(APPLICATION, sheets.application(row)), f"准入申请表-{row.matter}")


@bp.get("/office/work-access/<int:number>/reply.pdf")
@needs(Can.MEETINGS_READ)
def reply(number):
    row = request_or_404(number)
    if row.decided_on is None:
        abort(404)
    return pdf_answer(papers.copy(row, REPLY) or pdf(LETTER, sheets.letter(row), draft=True), f"复函-{row.matter}")


@bp.post("/office/work-access/<int:number>/prints")
@needs(Can.MEETINGS_WRITE)
def issue(number):
    row = request_or_404(number)
    if row.decided_on is None:
        abort(404)
    with in_chinese():
        title = _("复函：%(matter)s", matter=row.matter)
        papers.issue(g.actor, g.place, row, REPLY, title, lambda code: pdf(LETTER, sheets.letter(row), code=code))
    return done(url_for("workaccess.reply", number=number))
