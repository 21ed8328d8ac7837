"""After the minutes are out: who gets them, what has to be corrected in them, the notice of what was decided."""

from datetime import date

from flask import Blueprint, abort, g, request, url_for

from blueprints.meetings import announcing, calling, correcting, printing, sending
from blueprints.meetings.states import CorrectionState, MeetingState, Way
from blueprints.meetings.views import acted, meeting_or_404, working_or_404
from blueprints.meetings.writings import Corrigendum
from core import clock
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import done, page
from core.refusal import Refused
from core.text import _
from core.web import row_number, shown_version

bp = Blueprint("after_meeting", __name__, url_prefix="/office/meetings/<int:number>")
ROWS = 20


@bp.get("/deliveries")
@needs(Can.MEETINGS_WRITE)
def deliveries(number):
    return _deliveries(working_or_404(number))


def _deliveries(meeting, status=200, error=""):
    shown, first = request.values.get("show", ""), request.values.get("from", 0, type=row_number)
    rows = sending.of_meeting(meeting, shown)
    counts = {key: sending.of_meeting(meeting, key).count() for key in ("", "open", "sent", "opened")}
    return page(
        "meetings/deliveries.html", meeting=meeting, rows=list(rows.offset(first).limit(ROWS)), shown=shown, first=first,
        most=ROWS, counts=counts, total=counts.get(shown, 0), Way=Way, status=status, error=error, today=clock.today(),
        typed=request.form, State=MeetingState,
    )  # fmt: skip


@bp.post("/deliveries")
@needs(Can.MEETINGS_WRITE)
def send(number):
    """By link the answer shows the links, once; on paper it is only ticked off."""
    meeting = working_or_404(number)
    chosen, everybody = request.form.getlist("delivery", type=row_number), request.form.get("all") == "1"
    way = Way.LINK if request.form.get("way") == Way.LINK else Way.PAPER
    try:
        rows = sending.send(g.actor, meeting, chosen, way, _day("on"), everybody)
        letters = calling.for_minutes(meeting, rows) if way is Way.LINK else []
    except Refused as refusal:
        return _deliveries(working_or_404(number), refusal.status, str(refusal))
    if not letters:
        return done(url_for("after_meeting.deliveries", number=number))
    answer = page("meetings/letters.html", meeting=meeting, letters=letters)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _day(name):
    try:
        return date.fromisoformat(request.form.get(name, ""))
    except ValueError:
        return clock.today()


@bp.post("/deliveries/signatures")
@needs(Can.MEETINGS_WRITE)
def sign(number):
    """What stands on the list that came back: a name beside a row, or only a tick."""
    meeting = working_or_404(number)
    signers = dict.fromkeys(request.form.getlist("delivery", type=row_number), "")
    named = {key.removeprefix("signer."): value.strip() for key, value in request.form.items() if key.startswith("signer.")}
    signers |= {row_number(key): name for key, name in named.items() if name and key.isdigit()}
    try:
        sending.sign(g.actor, meeting, signers, _day("on"))
    except Refused as refusal:
        return _deliveries(meeting, refusal.status, str(refusal))
    return done(url_for("after_meeting.deliveries", number=number, show=request.form.get("show", "")))


@bp.post("/deliveries/receivers")
@needs(Can.MEETINGS_WRITE)
def add_receiver(number):
    meeting = working_or_404(number)
    try:
        sending.add_receiver(g.actor, meeting, request.form.get("receiver", ""))
    except Refused as refusal:
        return _deliveries(meeting, refusal.status, str(refusal))
    return done(url_for("after_meeting.deliveries", number=number))


def corrigendum_or_404(meeting, which):
    return meeting.corrigenda.where(Corrigendum.id == which).first() or abort(404)


@bp.route("/corrigenda", methods=["GET", "POST"])
@needs(Can.MEETINGS_WRITE)
def corrigenda(number):
    meeting = working_or_404(number)
    if request.method == "GET":
        return _corrigenda(meeting)
    try:
        correcting.draft(g.actor, meeting, _words())
    except Refused as refusal:
        return _corrigenda(meeting, refusal.status, str(refusal))
    return done(url_for("after_meeting.corrigenda", number=number))


def _words():
    longest = {"passage": 120, "wrong": 2000, "right": 2000, "reason": 300}
    return {name: request.form.get(name, "")[:most] for name, most in longest.items()}


def _corrigenda(meeting, status=200, error=""):
    rows = meeting.corrigenda.where(Corrigendum.state != CorrectionState.DISCARDED).order_by(Corrigendum.id)
    return page(
        "meetings/corrigenda.html", meeting=meeting, rows=[(row, correcting.number_text(row)) for row in rows], status=status,
        error=error, typed=request.form, State=CorrectionState, issued=meeting.state is MeetingState.ISSUED,
    )  # fmt: skip


@bp.post("/corrigenda/<int:which>/verdicts")
@needs(Can.MEETINGS_APPROVE)
def decide(number, which):
    meeting = working_or_404(number)
    row = corrigendum_or_404(meeting, which)
    act = correcting.discard if request.form.get("verdict") == "discard" else correcting.issue
    try:
        act(g.actor, row, shown_version())
    except Refused as refusal:
        return _corrigenda(meeting, refusal.status, str(refusal))
    return done(url_for("after_meeting.corrigenda", number=number))


@bp.get("/corrigenda/<int:which>.pdf")
@needs(Can.MEETINGS_READ)
def corrigendum(number, which):
    meeting = meeting_or_404(number)
    row = corrigendum_or_404(meeting, which)
    return pdf_answer(correcting.paper(row), printing.file_name(meeting, _("更正说明")))


@bp.post("/announcements")
@needs(Can.MEETINGS_WRITE)
def announce(number):
    """公告: a draft out of what was decided, in the wording for residents; it goes its own way from there."""
    if not g.actor.can(Can.NOTICES_WRITE, g.place):
        abort(404)
    drafted = []
    answer = acted(number, lambda meeting: drafted.append(announcing.draft(g.actor, meeting)))
    return done(url_for("notices_desk.edit", number=drafted[0].id)) if drafted else answer
