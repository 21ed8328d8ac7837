"""Notices that go out with a link each, receipts that come back, and what units propose for the agenda."""

from flask import Blueprint, Response, abort, flash, g, request, url_for

from blueprints.meetings import calendar, calling, printing, proposing, queries
from blueprints.meetings.models import Attendance, MeetingSeries
from blueprints.meetings.states import Answer, MeetingState, ProposalState, Way
from blueprints.meetings.views import meeting_or_404, working_or_404
from blueprints.meetings.writings import Proposal
from core import jobs
from core.access import Can, needs
from core.answers import file_answer
from core.page import done, page
from core.refusal import Refused
from core.spreadsheets.writing import write_table
from core.text import _
from core.web import row_number

bp = Blueprint("invitations", __name__, url_prefix="/office/meetings")
ROWS = 20


@bp.get("/<int:number>/invitations")
@needs(Can.MEETINGS_WRITE)
def index(number):
    return _index(working_or_404(number))


def _index(meeting, status=200, error=""):
    counts = {key: calling.invited(meeting, key).count() for key in ("", "new", "silent", *Answer)}
    asked, first = request.values.get("show", ""), request.values.get("from", 0, type=row_number)
    shown = asked if asked in counts else ""
    rows = calling.invited(meeting, shown)
    return page(
        "meetings/invitations.html", meeting=meeting, rows=list(rows.offset(first).limit(ROWS)), shown=shown, first=first,
        most=ROWS, counts=counts, Answer=Answer, State=MeetingState, status=status, error=error, typed=request.form,
    )  # fmt: skip


@bp.post("/<int:number>/invitations")
@needs(Can.MEETINGS_WRITE)
def call(number):
    """The links are shown in this answer and never again, so it is not followed by another page."""
    meeting = working_or_404(number)
    how, chosen = request.form.get("how", ""), request.form.getlist("seat", type=row_number)
    everybody = request.form.get("all") == "1"
    try:
        if how != "end":
            printing.issue(g.actor, meeting, "notice")
        if how == "print":
            return done(url_for("jobs.show", number=_ordered(meeting, chosen, everybody).id))
        if how == "end":
            flash(_("作废了 %(count)s 个链接。", count=calling.end_links(g.actor, meeting, chosen)))
            return done(url_for("invitations.index", number=number))
        letters = calling.call(g.actor, meeting, chosen, everybody)
    except Refused as refusal:
        return _index(working_or_404(number), refusal.status, str(refusal))
    if how == "file":
        lines = [[n, one.name, one.contact, one.message] for n, one in enumerate(letters, 1)]
        content = write_table(_("会议通知"), ["序号", "单位", "联络员", "发送内容"], lines)
        return file_answer(content, f"{meeting.title}-{_('通知链接')}.xlsx")
    answer = page("meetings/letters.html", meeting=meeting, letters=letters)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _ordered(meeting, chosen, everybody):
    seats = calling.mark(g.actor, meeting, chosen, everybody)
    title = _("会议通知（每家一份）")
    return jobs.order(
        g.actor, g.place, "meetings.notices", title, f"{meeting.title}-{title}.pdf", meeting=meeting.id,
        seats=[seat.id for seat in seats],
    )  # fmt: skip


@bp.get("/<int:number>.ics")
@needs(Can.MEETINGS_READ)
def event(number):
    """The meeting for a calendar of the office, of whatever series."""
    return Response(calendar.file(meeting_or_404(number)), mimetype="text/calendar")


@bp.post("/<int:number>/invitations/<int:seat>/answers")
@needs(Can.MEETINGS_WRITE)
def answer(number, seat):
    """A receipt that came on paper or by telephone."""
    meeting = working_or_404(number)
    row = meeting.seats.where(Attendance.id == seat).first() or abort(404)
    said = request.form.get("answer", "")
    try:
        if said not in set(Answer):
            raise calling.AnswerMissing()
        calling.answer(
            g.actor, row, Answer(said), request.form.get("names", ""), request.form.get("post", ""),
            request.form.get("reason", ""), Way.PAPER,
        )  # fmt: skip
    except Refused as refusal:
        return _index(meeting, refusal.status, str(refusal))
    back = {key: request.form[key] for key in ("show", "from") if request.form.get(key)}
    return done(url_for("invitations.index", number=number, **back))


@bp.route("/proposals", methods=["GET", "POST"])
@needs(Can.MEETINGS_WRITE)
def proposals():
    if request.method == "GET":
        return _proposals()
    series = queries.series(g.actor, g.place).where(MeetingSeries.id == request.form.get("series", 0, type=row_number)).first()
    try:
        proposing.propose(
            g.actor, series or abort(404), request.form.get("unit_text", ""), request.form.get("title", ""),
            request.form.get("words", ""),
        )  # fmt: skip
    except Refused as refusal:
        return _proposals(refusal.status, str(refusal))
    return done(url_for("invitations.proposals"))


def _proposals(status=200, error=""):
    first = request.args.get("from", 0, type=row_number)
    rows = proposing.of_community(g.place)
    return page(
        "meetings/proposals.html", rows=list(rows.offset(first).limit(ROWS)), total=rows.count(), first=first, most=ROWS,
        series=list(queries.series(g.actor, g.place)), ahead=proposing.ahead(g.place), State=ProposalState, status=status,
        error=error, typed=request.form,
    )  # fmt: skip


@bp.post("/proposals/<int:number>/verdicts")
@needs(Can.MEETINGS_WRITE)
def settle(number):
    row = proposing.of_community(g.place).where(Proposal.id == number).first() or abort(404)
    try:
        if request.form.get("verdict") == "take":
            item = proposing.take_up(g.actor, row)
            return done(url_for("meetings.show", number=item.meeting_id))
        proposing.decline(g.actor, row, request.form.get("reason", ""))
    except Refused as refusal:
        return _proposals(refusal.status, str(refusal))
    return done(url_for("invitations.proposals"))
