"""两推一选 in the office: the list, one election as a line of five stages, each stage's page, the names carried on."""

from functools import partial

from flask import Blueprint, abort, g, request, url_for

from blueprints.ballots import queries as ballots
from blueprints.ballots.models import PollStatus, Source
from blueprints.elections import carrying, printing, queries, rules
from blueprints.elections.forms import CandidateForm, DocumentForm, NamesForm, NewProcessForm, PlanForm
from blueprints.elections.models import (
    ElectionCandidate,
    ElectionDocument,
    ElectionProcess,
    ProcessState,
    Stage,
    StageState,
)
from blueprints.papers import rules as papers
from core import history
from core.access import Can, needs
from core.answers import file_answer, pdf_answer
from core.page import done, page
from core.records.people import Sex
from core.refusal import Refused
from core.text import _, _l
from core.web import row_number, shown_version

bp = Blueprint("elections", __name__, url_prefix="/office/elections")


def process_or_404(number):
    return queries.visible_to(g.actor, g.place).where(ElectionProcess.id == number).first() or abort(404)


def stage_or_404(number, stage):
    if stage not in set(map(str, Stage)):
        abort(404)
    process = process_or_404(number)
    row = next(row for row in queries.stages_of(process) if row.stage is Stage(stage))
    row.process = process
    return row


@bp.get("")
@needs(Can.POLLS_READ)
def index():
    rows = [(at, queries.next_act(at)) for at in queries.where_they_stand(queries.visible_to(g.actor, g.place))]
    return page("elections/index.html", rows=rows, State=ProcessState)


@bp.route("/new", methods=["GET", "POST"])
@needs(Can.POLLS_PREPARE)
def create():
    form = NewProcessForm()
    if not form.validate_on_submit():
        return page("elections/new.html", form=form, error="", status=422 if form.is_submitted() else 200)
    try:
        made = rules.begin(g.actor, g.place, form.title.data, form.body.data, form.seats.data)
    except Refused as refusal:
        return page("elections/new.html", form=form, error=str(refusal), status=refusal.status)
    return done(url_for("elections.show", number=made.id))


@bp.get("/<int:number>")
@needs(Can.POLLS_READ)
def show(number):
    return _show(process_or_404(number))


def _show(process, status=200, error=""):
    rows = queries.stages_of(process)
    told = {row.stage: ballots.told_by_name(row.poll) for row in rows if row.poll is not None and ballots.is_decided(row.poll)}
    (at,) = queries.where_they_stand([process])
    return page(
        "elections/show.html", process=process, rows=rows, now=at.row, act=queries.next_act(at),
        notice_of=queries.notice_of, people=list(queries.in_order(process)), told=told, steps=list(history.steps(process)),
        State=ProcessState, StageState=StageState, Stage=Stage, PollStatus=PollStatus, error=error, status=status,
    )  # fmt: skip


@bp.post("/<int:number>/stop")
@needs(Can.POLLS_PREPARE)
def stop(number):
    process = process_or_404(number)
    try:
        rules.stop(g.actor, process, request.form.get("reason", ""), shown_version())
    except Refused as refusal:
        return _show(process_or_404(number), refusal.status, str(refusal))
    return done(url_for("elections.show", number=number))


@bp.get("/<int:number>/<stage>")
@needs(Can.POLLS_READ)
def stage(number, stage):
    return _stage(stage_or_404(number, stage))


def _stage(row, status=200, error="", document=None, plan=None):
    if plan is None:
        plan = PlanForm(formdata=None, obj=row)
        plan.version.data = str(row.process.version)
    return page(
        "elections/stage.html", process=row.process, row=row, documents=list(row.documents.order_by(ElectionDocument.id)),
        form=document or DocumentForm(formdata=None), plan=plan, notice=queries.notice_of(row), ready=rules.is_ready(row),
        free=queries.free_polls(row) if row.stage in queries.VOTED else [], votes=row.stage in queries.VOTED, Source=Source,
        State=ProcessState, StageState=StageState, Stage=Stage, PollStatus=PollStatus, error=error, status=status,
    )  # fmt: skip


@bp.post("/<int:number>/<stage>/plan")
@needs(Can.POLLS_PREPARE)
def plan(number, stage):
    row, form = stage_or_404(number, stage), PlanForm()
    if not form.validate():
        return _stage(row, 422, plan=form)
    return _act(row, lambda: rules.plan(g.actor, row, form.due_on.data, form.note.data or "", shown_version()))


def _act(row, act):
    """One act on a stage, then its page; what is refused is said there."""
    number, stage = row.process_id, row.stage.value
    try:
        act()
    except Refused as refusal:
        return _stage(stage_or_404(number, stage), refusal.status, str(refusal))
    return done(url_for("elections.stage", number=number, stage=stage))


@bp.post("/<int:number>/<stage>/documents")
@needs(Can.POLLS_PREPARE)
def file(number, stage):
    row, form = stage_or_404(number, stage), DocumentForm()
    if not form.validate():
        return _stage(row, 422, document=form)
    upload = form.file.data
    try:
        content = upload.read() if upload else b""
        rules.file(g.actor, row, form.title.data, form.number.data or "", form.dated.data, content, upload.filename if upload else "")
    except Refused as refusal:
        return _stage(row, refusal.status, str(refusal), document=form)
    return done(url_for("elections.stage", number=number, stage=stage))


def document_or_404(row, which):
    return row.documents.where(ElectionDocument.id == which).first() or abort(404)


@bp.get("/<int:number>/<stage>/documents/<int:which>")
@needs(Can.POLLS_READ)
def document(number, stage, which):
    found = document_or_404(stage_or_404(number, stage), which)
    if found.file_id is None:
        abort(404)
    return file_answer(bytes(found.file.content), found.file_name)


@bp.post("/<int:number>/<stage>/documents/<int:which>/removal")
@needs(Can.POLLS_PREPARE)
def take_off(number, stage, which):
    row = stage_or_404(number, stage)
    found = document_or_404(row, which)
    return _act(row, lambda: rules.take_off(g.actor, found))


@bp.post("/<int:number>/<stage>/poll")
@needs(Can.POLLS_PREPARE)
def poll(number, stage):
    """A new poll prefilled from what stands, or one that was prepared already."""
    row, chosen = stage_or_404(number, stage), request.form.get("poll", 0, type=row_number)
    if chosen:
        found = next((one for one in queries.free_polls(row) if one.id == chosen), None) or abort(404)
        return _act(row, lambda: rules.attach_poll(g.actor, row, found))
    sources = [Source(one) for one in request.form.getlist("voters") if one in set(map(str, Source))]
    try:
        made = carrying.make_poll(g.actor, row, sources)
    except Refused as refusal:
        return _stage(row, refusal.status, str(refusal))
    return done(f"{request.script_root}/office/polls/{made.id}/edit")


@bp.post("/<int:number>/<stage>/notice")
@needs(Can.NOTICES_WRITE)
def notice(number, stage):
    row = stage_or_404(number, stage)
    try:
        made = carrying.draft_notice(g.actor, row)
    except Refused as refusal:
        return _stage(row, refusal.status, str(refusal))
    return done(f"{request.script_root}/office/notices/{made}")


@bp.route("/<int:number>/<stage>/names", methods=["GET", "POST"])
@needs(Can.POLLS_PREPARE)
def names(number, stage):
    """Who goes on to the next stage: ticked from the result, typed only where there was none."""
    row, form = stage_or_404(number, stage), NamesForm()
    if not form.validate_on_submit():
        return _names(row, form, 422 if form.is_submitted() else 200)
    keep = request.form.getlist("keep") or form.names.data or ""
    reasons = {name: request.form.get(f"why-{name}", "").strip() or (form.reason.data or "") for name in request.form.getlist("name")}
    try:
        carrying.conclude(g.actor, row, keep, reasons, shown_version())
    except Refused as refusal:
        return _names(stage_or_404(number, stage), form, refusal.status, str(refusal))
    return done(url_for("elections.show", number=number))


def _names(row, form, status=200, error=""):
    possible, kept = carrying.offered(row)
    decided = row.poll is not None and ballots.is_decided(row.poll)
    ticked = set(request.form.getlist("keep")) if form.is_submitted() else kept
    form.version.data = str(row.process.version)
    return page(
        "elections/names.html", process=row.process, row=row, form=form, possible=possible, ticked=ticked,
        told=ballots.told_by_name(row.poll) if decided else {}, settled=not decided or ballots.is_settled(row.poll),
        over=kept if decided else set(), typed=request.form, ready=rules.is_ready(row), StageState=StageState, Stage=Stage,
        error=error, status=status,
    )  # fmt: skip


@bp.route("/<int:number>/candidates/<int:which>", methods=["GET", "POST"])
@needs(Can.POLLS_PREPARE)
def candidate(number, which):
    process = process_or_404(number)
    row = process.candidates.where(ElectionCandidate.id == which).first() or abort(404)
    form = CandidateForm(obj=row)
    if not form.is_submitted():
        form.sex.data = row.sex.value
    if not form.validate_on_submit():
        return _candidate(process, row, form, 422 if form.is_submitted() else 200)
    given = {name: (form[name].data or "").strip() for name in ("post", "birth", "joined", "education", "duty", "profile")}
    try:
        carrying.describe(g.actor, row, sex=Sex(form.sex.data), position=form.position.data or 0, **given)
    except Refused as refusal:
        return _candidate(process, row, form, refusal.status, str(refusal))
    return done(url_for("elections.show", number=number))


def _candidate(process, row, form, status=200, error=""):
    return page("elections/candidate.html", process=process, row=row, form=form, error=error, status=status)


@bp.get("/<int:number>/request.pdf")
@needs(Can.POLLS_READ)
def request_sheet(number):
    process = process_or_404(number)
    if not queries.standing(process).exists():
        return _show(process, 409, str(carrying.NobodyStands()))
    entry = papers.issued(process, printing.REQUEST, None)
    content = bytes(entry.content.content) if entry else printing.request(process, draft=True)
    return pdf_answer(content, _("请示-%(title)s", title=process))


@bp.post("/<int:number>/prints")
@needs(Can.POLLS_PREPARE)
def issue(number):
    """签发: the letter as it reads now, with a check code; a later one takes the place of the one before."""
    process = process_or_404(number)
    if not queries.standing(process).exists():
        return _show(process, 409, str(carrying.NobodyStands()))
    title = _l("关于%(body)s候选人预备人选的请示", body=process.body)
    papers.issue(g.actor, g.place, process, printing.REQUEST, title, partial(printing.request, process), None)
    return done(url_for("elections.request_sheet", number=number))


@bp.get("/<int:number>/names.pdf")
@needs(Can.POLLS_READ)
def names_sheet(number):
    process = process_or_404(number)
    return pdf_answer(printing.names(process), _("候选人预备人选名册-%(title)s", title=process))
