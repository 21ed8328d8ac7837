"""Kinds of meetings at the office, and who belongs to each."""

from flask import Blueprint, abort, flash, g, request, url_for

from blueprints.meetings import parties, queries, series
from blueprints.meetings.forms import SeriesForm
from blueprints.meetings.models import SeriesMember
from blueprints.meetings.views import series_or_404
from core import clock, settings
from core.access import Can, needs
from core.page import done, page
from core.refusal import Refused
from core.text import _
from core.web import row_number, shown_version

bp = Blueprint("meeting_series", __name__, url_prefix="/office/meetings/series")
ROWS = 50


@bp.route("/new", methods=["GET", "POST"])
@needs(Can.MEETINGS_WRITE)
def add():
    form = SeriesForm()
    form.offer(list(queries.series(g.actor, g.place)))
    if not form.validate_on_submit():
        return _edit(form, None, 422 if form.is_submitted() else 200)
    try:
        made = series.found_series(g.actor, g.place, form.values())
    except Refused as refusal:
        return _edit(form, None, refusal.status, str(refusal))
    if made.own_roster:
        return done(url_for("meeting_series.roster", number=made.id))
    return done(url_for("meetings.add", series=made.id))


@bp.route("/<int:number>", methods=["GET", "POST"])
@needs(Can.MEETINGS_WRITE)
def edit(number):
    row = series_or_404(number)
    form = SeriesForm(data=_stored(row))
    form.offer([other for other in queries.series(g.actor, g.place) if other != row])
    if not form.validate_on_submit():
        return _edit(form, row, 422 if form.is_submitted() else 200)
    try:
        series.change_series(g.actor, row, shown_version(), form.values())
    except Refused as refusal:
        form.version.data = row.version
        return _edit(form, row, refusal.status, str(refusal))
    return done(url_for("meetings.meetings"))


def _stored(row):
    """A series as the form's own values."""
    return {
        **{name: getattr(row, name) for name in series.FIELDS}, "copies_to": "、".join(row.copies_to), "version": row.version,
        "parent": row.parent_id or 0, "own_roster": "own" if row.own_roster else "units",
    }  # fmt: skip


def _edit(form, row, status, error=""):
    return page(
        "meetings/series.html", form=form, series=row, error=error, status=status, bodies=parties.suggested(g.place),
        levels=str(settings.value("meetings.levels", g.place)).split(), count=parties.count(row) if row else 0,
    )  # fmt: skip


@bp.route("/<int:number>/roster", methods=["GET", "POST"])
@needs(Can.MEETINGS_WRITE)
def roster(number):
    row = series_or_404(number)
    if request.method == "GET":
        return _roster(row)
    try:
        counts = series.enlist(g.actor, row, series.pasted(request.form.get("names", "")), "others_leave" in request.form)
    except Refused as refusal:
        return _roster(row, str(refusal), refusal.status)
    flash(_("名单已更新：新增 %(joined)s，更正 %(changed)s，退出 %(left)s。", joined=counts["joined"], changed=counts["changed"], left=counts["left"]))
    return done(url_for("meeting_series.roster", number=number))


def _roster(row, error="", status=200):
    first = request.args.get("from", 0, type=row_number)
    rows = list(parties.members(row).offset(first).limit(ROWS)) if row.own_roster else []
    return page(
        "meetings/roster.html", series=row, rows=rows,
        total=parties.count(row), first=first, most=ROWS, error=error, status=status, typed=request.form.get("names", ""),
        today=clock.today(),
    )  # fmt: skip


@bp.post("/<int:number>/roster/<int:member>/departures")
@needs(Can.MEETINGS_WRITE)
def leave(number, member):
    row = series_or_404(number)
    series.leave(g.actor, row.members.where(SeriesMember.id == member).first() or abort(404))
    return done(url_for("meeting_series.roster", number=number))
