"""What residents see of joint meetings: masked resolutions of issued minutes, and when the next one is."""

from flask import Blueprint, Response, abort, g, request

from blueprints.meetings import calendar, correcting, printing, queries
from blueprints.meetings.models import Meeting
from core import clock
from core.access import public
from core.answers import pdf_answer
from core.page import kept, page
from core.printing.printer import pdf_for_residents
from core.text import _
from core.web import row_number

bp = Blueprint("residents", __name__)


def meeting_or_404(number):
    return queries.issued(g.place).where(Meeting.id == number).first() or abort(404)


@bp.get("/meetings/")
@public
@kept
def index():
    years = queries.years(queries.issued(g.place))
    year = request.args.get("year", years[0] if years else clock.today().year, type=row_number)
    rows = list(queries.in_year(queries.issued(g.place), year))
    return page(
        "meetings/public/index.html", rows=rows, agenda=queries.agenda(rows), planned=list(queries.planned(g.place)),
        year=year, years=years,
    )  # fmt: skip


@bp.get("/meetings/<int:number>")
@public
@kept
def show(number):
    meeting = meeting_or_404(number)
    return page(
        "meetings/public/show.html", meeting=meeting, items=queries.shown_to_residents(meeting),
        number=queries.numbers([meeting], g.place)[meeting.id], corrected=correcting.for_residents(meeting),
    )  # fmt: skip


@bp.get("/meetings/<int:number>.pdf")
@public
def paper(number):
    meeting = meeting_or_404(number)
    content = printing.render(meeting, "public", draw=pdf_for_residents)
    return pdf_answer(content, printing.file_name(meeting, printing.KINDS["public"].title))


@bp.get("/meetings/<int:number>.ics")
@public
@kept
def event(number):
    """One meeting that lies ahead, or was called off, for a calendar."""
    rows = queries.for_calendars(g.place).where(Meeting.id == number)
    return Response(calendar.file(rows.first() or abort(404)), mimetype="text/calendar")


@bp.get("/meetings/calendar.ics")
@public
@kept
def feed():
    name = _("%(place)s会议", place=g.place.name)
    return Response(calendar.feed(queries.for_calendars(g.place), name), mimetype="text/calendar")
