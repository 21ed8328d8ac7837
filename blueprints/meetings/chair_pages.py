"""主持人核对: the chair reads the draft behind a personal link and agrees or says what to change; no account is needed."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.meetings import checks, issuing, printing, rules, sheets
from blueprints.meetings.link_forms import ChairForm
from blueprints.meetings.models import Meeting
from blueprints.meetings.protocol import protocol_of
from blueprints.meetings.states import MeetingState
from blueprints.meetings.unit_pages import asking, leave_no_mark
from blueprints.meetings.views import working_or_404
from core import links
from core.access import Actor, Can, needs, public
from core.answers import pdf_answer
from core.audit import Act, record
from core.db import writing
from core.page import done, page
from core.printing.printer import pdf_for_residents
from core.refusal import Refused
from core.text import _

bp = Blueprint("chair_pages", __name__)
PURPOSE = "meeting-draft"
READING = (MeetingState.DRAFTED, MeetingState.APPROVED)


@bp.post("/office/meetings/<int:number>/chair-links")
@needs(Can.MEETINGS_WRITE)
def give(number):
    """A link to the draft for the chair; shown in this answer only."""
    meeting = working_or_404(number)
    if meeting.state not in READING:
        raise rules.WrongState(state=meeting.state.title)
    with writing():
        token = links.give(g.place, PURPOSE, meeting.id)
        record(g.actor, Act.MEETING_CHECKED, meeting, g.place, link="given")
    address = f"{links.community_address(g.place)}/l/{token}/draft"
    answer = page("meetings/chair_link.html", meeting=meeting, address=address)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _meeting(token):
    if not asking.allow(request.remote_addr or ""):
        abort(429)
    link = links.find(token, PURPOSE)
    return Meeting.get_or_none((Meeting.id == link.subject_id) & (Meeting.place == g.place)) if link else None


@bp.route("/l/<token>/draft", methods=["GET", "POST"])
@public
def draft(token):
    return leave_no_mark(_draft(token))


def _draft(token):
    meeting = _meeting(token)
    if meeting is None or meeting.state not in READING:
        return page("meetings/unit/ended.html", status=404)
    form = ChairForm(data={"version": meeting.version})
    if not form.validate_on_submit():
        return _page(meeting, token, form, 422 if form.is_submitted() else 200)
    who = Actor(name="、".join(checks.chairs(meeting.chair))[:80])
    try:
        version = int(form.version.data) if (form.version.data or "").isdecimal() else 0
        rules.chair_checked(who, meeting, form.verdict.data == "agree", form.words.data or "", version)
    except Refused as refusal:
        return _page(meeting, token, form, refusal.status, str(refusal))
    if form.verdict.data == "change":
        return page("meetings/unit/thanks.html", told=_("已退给起草人修改，改好后会再请您看。"))
    return done(url_for("chair_pages.draft", token=token))


def _page(meeting, token, form, status, error=""):
    protocol = protocol_of(meeting)
    sheet = sheets.minutes(protocol, meeting.ordinal, meeting.series)
    form.version.data = meeting.version
    return page("meetings/unit/draft.html", meeting=meeting, sheet=sheet, form=form, token=token, status=status, error=error)


@bp.get("/l/<token>/draft.pdf")
@public
def draft_pdf(token):
    meeting = _meeting(token)
    if meeting is None or meeting.state not in READING:
        abort(404)
    content = issuing.printed(meeting, protocol_of(meeting), draft=True, draw=pdf_for_residents)
    return leave_no_mark(pdf_answer(content, printing.file_name(meeting, _("纪要草稿"))))
