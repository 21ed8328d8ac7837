"""A unit's own pages behind its personal link: answer a notice, propose, sign for minutes, say how a task stands.

No account, no cookie, no referrer, nothing consumed by looking: a messenger's preview opens pages too.
"""

import functools

from flask import Blueprint, Response, abort, g, request, url_for

from blueprints.meetings import (
    bearers,
    calendar,
    calling,
    decided,
    issuing,
    ledger,
    printing,
    proposing,
    queries,
    sending,
    sheets,
)
from blueprints.meetings.link_forms import ProposalForm, ReceiptForm, ReceivedForm, TaskForm
from blueprints.meetings.models import Meeting, MeetingSeries, Resolution, ResolutionStep
from blueprints.meetings.protocol import protocol_of
from blueprints.meetings.states import Answer, MeetingState, Way
from blueprints.meetings.writings import Delivery
from core import clock, evidence
from core.access import Actor, public
from core.answers import file_answer, pdf_answer
from core.limits import Limit
from core.page import done, page
from core.printing.printer import pdf_for_residents
from core.refusal import Refused
from core.spreadsheets.grids.base import MOST_BYTES
from core.text import _
from core.web import files_sent

bp = Blueprint("unit_pages", __name__, url_prefix="/l/<token>/unit")
asking = Limit(120)  # a minute from one address: an office's people share one
SHOWN = 20


@bp.after_request
def leave_no_mark(answer):
    """The address is the key: it goes into no cache, no search engine and no other page's log."""
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["Referrer-Policy"] = "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


def borne(view):
    """Find who holds the link, or answer that it ended; ``g.bearer`` acts under the unit's name."""

    @functools.wraps(view)
    def opened(token, **values):
        if not asking.allow(request.remote_addr or ""):
            abort(429)
        g.bearer = bearers.bearer(token, g.place)
        if g.bearer is None:
            return page("meetings/unit/ended.html", status=404)
        g.token = token
        return view(**values)

    return public(opened)


def actor():
    return Actor(name=g.bearer.name[:80])


def address(name, **values):
    """An address of this link, in the reader's mode: preferences set no cookie here."""
    mode = request.args.get("mode")
    return url_for(f"unit_pages.{name}", token=g.token, **values, **({"mode": mode} if mode else {}))


def seat_or_404(number):
    return bearers.meetings(g.bearer).where(Meeting.id == number).first() or abort(404)


def delivery_or_404(number):
    return bearers.deliveries(g.bearer).where(Meeting.id == number).first() or abort(404)


def task_or_404(number):
    return bearers.tasks(g.bearer).where(Resolution.id == number).first() or abort(404)


@bp.get("")
@borne
def index():
    return _index()


def _index(status=200, error=""):
    seats = bearers.meetings(g.bearer)
    ahead = (Meeting.state == MeetingState.PLANNED) | ((Meeting.state == MeetingState.CANCELLED) & (Meeting.held_at > clock.now()))
    tasks = list(decided.ledger(bearers.tasks(g.bearer), "open").limit(SHOWN))
    return page(
        "meetings/unit/index.html", seats=list(seats.where(ahead).order_by(Meeting.held_at).limit(SHOWN)), tasks=tasks,
        lights={row.id: decided.light(row) for row in tasks}, proposals=list(bearers.proposals(g.bearer).limit(SHOWN)),
        papers=list(bearers.deliveries(g.bearer).limit(SHOWN)), mine=address, State=MeetingState, received=ReceivedForm(formdata=None), status=status, error=error, **_numbers(),
    )  # fmt: skip


def _numbers():
    rows = [row.meeting for row in bearers.deliveries(g.bearer).limit(SHOWN)]
    return {"numbers": queries.numbers(rows, g.place)}


@bp.route("/meetings/<int:number>", methods=["GET", "POST"])
@borne
def meeting(number):
    seat = seat_or_404(number)
    known = {"answer": seat.answer, "names": seat.names, "post": seat.post, "reason": seat.reason}
    form = ReceiptForm(data=known)
    if not form.validate_on_submit():
        return _meeting(seat, form, 422 if form.is_submitted() else 200)
    try:
        calling.answer(
            actor(), seat, Answer(form.answer.data), form.names.data or "", form.post.data or "", form.reason.data or ""
        )
    except Refused as refusal:
        return _meeting(seat, form, refusal.status, str(refusal))
    return done(address("meeting", number=number))


def _meeting(seat, form, status=200, error=""):
    protocol = protocol_of(seat.meeting)
    return page(
        "meetings/unit/meeting.html", seat=seat, meeting=seat.meeting, form=form, status=status, error=error, mine=address,
        items=protocol.items, when=sheets.when(protocol), reply_day=sheets.reply_day(protocol), State=MeetingState,
        contact=sheets.contacts(seat.meeting, protocol),
    )  # fmt: skip


@bp.get("/meetings/<int:number>.ics")
@borne
def event(number):
    return Response(calendar.file(seat_or_404(number).meeting), mimetype="text/calendar")


@bp.get("/meetings/<int:number>/notice.pdf")
@borne
def notice(number):
    row = seat_or_404(number).meeting
    content = printing.render(row, "notice", draw=pdf_for_residents)
    return pdf_answer(content, printing.file_name(row, printing.KINDS["notice"].title))


@bp.get("/meetings/<int:number>/minutes.pdf")
@borne
def minutes(number):
    row = delivery_or_404(number).meeting
    return pdf_answer(issuing.minutes_pdf(row), printing.file_name(row, _("纪要")))


@bp.post("/meetings/<int:number>/receipts")
@borne
def receipt(number):
    row = delivery_or_404(number)
    form = ReceivedForm()
    if not form.validate():
        return _index(422, next(iter(form.name.errors), _("这一页打开太久了，请再按一次。")))
    sending.signed_for(actor(), Delivery.get_by_id(row.id), form.name.data or "")
    return done(address("index"))


@bp.route("/proposals/new", methods=["GET", "POST"])
@borne
def propose():
    form = ProposalForm()
    form.offer(_series())
    if not form.validate_on_submit():
        return page("meetings/unit/proposal.html", form=form, mine=address, status=422 if form.is_submitted() else 200)
    row = {"unit": g.bearer.subject} if g.bearer.purpose == bearers.UNIT else {}
    row |= {"member": g.bearer.subject} if g.bearer.purpose == bearers.ROSTER else {}
    try:
        proposing.propose(
            actor(), form.chosen(), g.bearer.name, form.title.data or "", form.words.data or "", Way.LINK, form.nonce, **row
        )
    except Refused as refusal:
        return page("meetings/unit/proposal.html", form=form, mine=address, error=str(refusal), status=refusal.status)
    return done(address("index"))


def _series():
    """The series this bearer sits in; one that never sat anywhere yet may address the community's joint meeting."""
    mine = bearers.meetings(g.bearer).select(Meeting.series).order_by()
    rows = list(MeetingSeries.select().where((MeetingSeries.place == g.place) & MeetingSeries.id.in_(mine)))
    return rows or list(MeetingSeries.select().where((MeetingSeries.place == g.place) & ~MeetingSeries.own_roster))


@bp.route("/tasks/<int:number>", methods=["GET", "POST"])
@borne
def task(number):
    request.keep_files(MOST_BYTES, evidence.MOST)
    row = task_or_404(number)
    form = TaskForm()
    if not form.validate_on_submit():
        return _task(row, form, 422 if form.is_submitted() else 200)
    try:
        ledger.report(
            actor(), row, g.bearer.name, form.chosen(), form.note.data or "", form.evidence.data or "", form.nonce, files_sent()
        )
    except Refused as refusal:
        return _task(row, form, refusal.status, str(refusal))
    return done(address("task", number=number))


def _task(row, form, status=200, error=""):
    mine = [step for step in decided.progress(row) if step.unit_text == g.bearer.name or not step.unit_text]
    return page(
        "meetings/unit/task.html", row=row, form=form, steps=mine, files=evidence.beside(*mine), light=decided.light(row), status=status, error=error,
        mine=address,
    )  # fmt: skip


@bp.get("/tasks/<int:number>/steps/<int:step>/files/<int:position>")
@borne
def file(number, step, position):
    """What this unit itself sent; the office's files stay with the office."""
    own = (ResolutionStep.id == step) & (ResolutionStep.unit_text == g.bearer.name)
    found = evidence.file_of(task_or_404(number).steps.where(own).first() or abort(404), position) or abort(404)
    return file_answer(bytes(found.blob.content), found.name)
