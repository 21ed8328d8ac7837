"""The page of the working calendar (工作日历)."""

from datetime import date

from flask import Blueprint, abort, g, request, url_for

from blueprints.office import holidays
from blueprints.office.forms import CalendarForm
from core import clock
from core.access import Can, needs
from core.page import done, page
from core.refusal import Refused
from core.web import row_number
from core.workdays import office_calendar

bp = Blueprint("calendar", __name__)


@bp.get("/office/calendar")
@needs(Can.SETTINGS_EDIT)
def show():
    return _show(CalendarForm(None))


def _show(form, status=200, error=""):
    year = holidays.year_of(request.values.get("year", clock.today().year, type=row_number))
    known = office_calendar()
    return page(
        "office/calendar.html", form=form, error=error, status=status, year=year, this_year=clock.today().year,
        months=holidays.months(year, known), known=known.knows(year), changed=list(holidays.entries(year)),
        tomorrow=clock.today() + holidays.DAY,
    )  # fmt: skip


@bp.post("/office/calendar/days")
@needs(Can.SETTINGS_EDIT)
def mark():
    form = CalendarForm()
    if not form.validate_on_submit():
        return _show(form, 422)
    first = form.first.data
    try:
        holidays.mark(
            g.actor, g.place, first, form.last.data or first, form.working.data == "work", form.note.data or ""
        )
    except Refused as refusal:
        return _show(form, refusal.status, str(refusal))
    return done(url_for("calendar.show", year=first.year))


@bp.post("/office/calendar/removals")
@needs(Can.SETTINGS_EDIT)
def unmark():
    try:
        day = date.fromisoformat(request.form.get("day", ""))
    except ValueError:
        abort(404)
    try:
        holidays.unmark(g.actor, g.place, day)
    except Refused as refusal:
        return _show(CalendarForm(None), refusal.status, str(refusal))
    return done(url_for("calendar.show", year=day.year))


@bp.post("/office/calendar/years")
@needs(Can.SETTINGS_EDIT)
def complete():
    year = holidays.year_of(request.form.get("year", 0, type=row_number))
    try:
        holidays.complete(g.actor, g.place, year)
    except Refused as refusal:
        return _show(CalendarForm(None), refusal.status, str(refusal))
    return done(url_for("calendar.show", year=year))
