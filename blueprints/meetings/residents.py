"""What residents see of joint meetings: masked resolutions of issued minutes, and when the next one is."""

from datetime import UTC, timedelta
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, g, url_for
from icalendar import Calendar, Event

from blueprints.meetings import printing, queries
from blueprints.meetings.models import Meeting
from core.access import public
from core.answers import pdf_answer
from core.links import base_address
from core.page import kept, page
from core.printing.printer import pdf_for_residents

bp = Blueprint("residents", __name__)
USUAL_LENGTH = timedelta(hours=2)


def meeting_or_404(number):
    return queries.issued(g.place).where(Meeting.id == number).first() or abort(404)


@bp.get("/meetings/")
@public
@kept
def index():
    rows = list(queries.issued(g.place))
    return page("meetings/public/index.html", rows=rows, agenda=queries.agenda(rows), planned=list(queries.planned(g.place)))


@bp.get("/meetings/<int:number>")
@public
@kept
def show(number):
    meeting = meeting_or_404(number)
    return page(
        "meetings/public/show.html", meeting=meeting, items=queries.shown_to_residents(meeting),
        number=queries.numbers([meeting], g.place)[meeting.id],
    )  # fmt: skip


@bp.get("/meetings/<int:number>.pdf")
@public
def paper(number):
    meeting = meeting_or_404(number)
    content = printing.render(meeting, "public", draw=pdf_for_residents)
    return pdf_answer(content, printing.file_name(meeting, printing.KINDS["public"].title))


@bp.get("/meetings/calendar.ics")
@public
@kept
def calendar():
    whole = Calendar()
    whole.add("prodid", "-//Linli//linli//ZH")
    whole.add("version", "2.0")
    address = base_address(g.place)
    for meeting in queries.planned(g.place):
        event = Event()
        event.add("uid", f"meeting-{meeting.id}@{urlsplit(address).hostname}")
        event.add("dtstamp", meeting.held_at.replace(tzinfo=UTC))
        event.add("dtstart", meeting.held_at.replace(tzinfo=UTC))
        event.add("dtend", (meeting.ended_at or meeting.held_at + USUAL_LENGTH).replace(tzinfo=UTC))
        event.add("sequence", meeting.version)
        event.add("summary", meeting.title)
        event.add("location", meeting.venue)
        event.add("url", address + url_for("residents.index"))
        whole.add_component(event)
    return Response(whole.to_ical(), mimetype="text/calendar")
