"""Meetings for staff: enter, submit, check, approve, issue, print; who sees a draft is the queries' matter."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.meetings import (
    correcting,
    decided,
    desk,
    issuing,
    ledger,
    parties,
    printing,
    queries,
    recording,
    rules,
    seats,
)
from blueprints.meetings.forms import MeetingForm
from blueprints.meetings.models import Meeting, MeetingSeries
from blueprints.meetings.states import MeetingState, Presence
from core import clock, history, settings
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import done, page
from core.refusal import Refused
from core.text import _
from core.web import row_number, shown_version

bp = Blueprint("meetings", __name__)
SEATS = 20  # of a long table the page shows the first, the rest stands on the page of seats


def meeting_or_404(number):
    return queries.visible_to(g.actor, g.place).where(Meeting.id == number).first() or abort(404)


def working_or_404(number):
    """A meeting for those who work on it; who only reads does not know of drafts, records and receipts."""
    return meeting_or_404(number) if g.actor.can(Can.MEETINGS_WRITE, g.place) else abort(404)


def series_or_404(number):
    return queries.series(g.actor, g.place).where(MeetingSeries.id == number).first() or abort(404)


@bp.get("/office/meetings")
@needs(Can.MEETINGS_READ)
def meetings():
    mine = queries.visible_to(g.actor, g.place)
    years = queries.years(mine)
    year = request.args.get("year", years[0] if years else clock.today().year, type=row_number)
    rows = list(queries.in_year(mine, year))
    return page(
        "meetings/index.html", "list", rows=rows, agenda=queries.agenda(rows), year=year, years=years,
        series=list(queries.series(g.actor, g.place)), seats=queries.seat_counts(rows),
        numbers=queries.numbers(rows, g.place), State=MeetingState, Presence=Presence,
        reports=settings.value("meetings.reports", g.place),
    )  # fmt: skip


@bp.route("/office/meetings/new", methods=["GET", "POST"])
@needs(Can.MEETINGS_WRITE)
def add():
    chosen = request.args.get("series", type=row_number)
    if chosen is None:
        return done(url_for("meeting_series.add"))
    series = series_or_404(chosen)
    form = MeetingForm(data=desk.blank(g.actor, series))
    if (answer := _unfinished(form, series, None)) is not None:
        return answer
    try:
        meeting = rules.enter(g.actor, series, form.protocol(series), form.ordinal.data)
    except Refused as refusal:
        return _edit(form, series, None, refusal.status, str(refusal))
    return done(url_for("meetings.show", number=meeting.id))


@bp.route("/office/meetings/<int:number>/edit", methods=["GET", "POST"])
@needs(Can.MEETINGS_WRITE)
def edit(number):
    meeting = meeting_or_404(number)
    drafted = request.method == "GET" and "draft" in request.args
    form = MeetingForm(data=desk.drafted(meeting) if drafted else desk.stored(meeting))
    if (answer := _unfinished(form, meeting.series, meeting)) is not None:
        return answer
    try:
        rules.amend(g.actor, meeting, shown_version(), form.protocol(meeting.series), form.ordinal.data)
    except Refused as refusal:
        form.version.data = meeting.version
        return _edit(form, meeting.series, meeting, refusal.status, str(refusal))
    return done(url_for("meetings.show", number=number))


def _unfinished(form, series, meeting):
    """The form once more: opened, a row added or taken away, or something to mend; None when it can be written."""
    if request.method == "GET" or request.form.get("more"):
        if request.method == "POST":
            form.more(request.form["more"])
        return _edit(form, series, meeting, 200)
    form.fill_usual(series)
    return None if form.validate_on_submit() else _edit(form, series, meeting, 422)


def _edit(form, series, meeting, status, error=None):
    return page(
        "meetings/edit.html", form=form, series=series, meeting=meeting, error=error, status=status,
        bodies=parties.suggested(g.place), drafted="draft" in request.args,
        written=bool(meeting and recording.standing(meeting)),
    )  # fmt: skip


@bp.get("/office/meetings/<int:number>")
@needs(Can.MEETINGS_READ)
def show(number):
    return _show(meeting_or_404(number))


def _show(meeting, status=200, error=None):
    items = queries.agenda([meeting])[meeting.id]
    found = seats.counts(meeting)
    return page(
        "meetings/show.html", meeting=meeting, items=items, seats=queries.seated(meeting, SEATS), error=error,
        status=status, counts=found, entitled=seats.entitled(found), most=SEATS, steps=history.steps(meeting),
        State=MeetingState, Presence=Presence, typed=request.form, number=queries.numbers([meeting], g.place)[meeting.id],
        papers=_papers(meeting), lights={row.id: decided.light(row) for item in items for row in item.resolutions},
        own=meeting.drafter_id is not None and meeting.drafter_id == g.actor.account_id, today=clock.today(),
        answers=queries.answer_counts(meeting), written=queries.written(meeting), corrected=correcting.issued(meeting),
        begun=meeting.held_at <= clock.now(), quorum="".join(seats.quorum_missing(meeting)), chair_check=settings.value("meetings.chair_check", g.place),
    )  # fmt: skip


def _papers(meeting):
    detail = _("A4，已签发，归档用") if meeting.state is MeetingState.ISSUED else _("A4，草稿，核对用")
    writes = g.actor.can(Can.MEETINGS_WRITE, g.place)
    others = [
        (kind.title, kind.detail, url_for("meetings.paper", number=meeting.id, kind=name), "")
        for name, kind in printing.KINDS.items()
        if writes or not kind.internal
    ]
    issued = [
        (_("签发%(paper)s", paper=kind.title), _("编核对码、进签发登记"), url_for("meetings.issue_paper", number=meeting.id, kind=name), "post")
        for name, kind in printing.KINDS.items()
        if writes and kind.register and not kind.internal and (name != "public" or meeting.state is MeetingState.ISSUED)
    ]  # fmt: skip
    return [(_("会议纪要"), detail, url_for("meetings.minutes", number=meeting.id), ""), *others, *issued]


def acted(number, act):
    """Do an act on a meeting and go back to its page; a refusal is told there."""
    meeting = meeting_or_404(number)
    try:
        act(meeting)
    except Refused as refusal:
        return _show(meeting_or_404(number), refusal.status, str(refusal))
    return done(url_for("meetings.show", number=number))


@bp.post("/office/meetings/<int:number>/submissions")
@needs(Can.MEETINGS_WRITE)
def submit(number):
    return acted(number, lambda meeting: rules.submit(g.actor, meeting, shown_version()))


@bp.post("/office/meetings/<int:number>/reviews")
@needs(Can.MEETINGS_APPROVE)
def review(number):
    if request.form.get("verdict") == "return":
        reason = request.form.get("reason", "")[:300]
        return acted(number, lambda meeting: rules.send_back(g.actor, meeting, shown_version(), reason))
    return acted(number, lambda meeting: rules.approve(g.actor, meeting, shown_version()))


@bp.post("/office/meetings/<int:number>/chair-checks")
@needs(Can.MEETINGS_WRITE)
def chair_check(number):
    agrees, words = request.form.get("verdict") != "change", request.form.get("chair_words", "")[:300]
    return acted(number, lambda meeting: rules.chair_checked(g.actor, meeting, agrees, words, shown_version()))


@bp.post("/office/meetings/<int:number>/cancellations")
@needs(Can.MEETINGS_WRITE)
def cancel(number):
    reason = request.form.get("cancel_reason", "")[:300]
    return acted(number, lambda meeting: rules.cancel(g.actor, meeting, shown_version(), reason))


@bp.post("/office/meetings/<int:number>/prints")
@needs(Can.MEETINGS_APPROVE)
def issue(number):
    meeting = meeting_or_404(number)
    if meeting.state is not MeetingState.ISSUED:
        try:
            issuing.issue(g.actor, meeting, shown_version())
        except Refused as refusal:
            return _show(meeting_or_404(number), refusal.status, str(refusal))
    return done(url_for("meetings.minutes", number=number))


@bp.post("/office/meetings/<int:number>/prints/<kind>")
@needs(Can.MEETINGS_WRITE)
def issue_paper(number, kind):
    meeting = meeting_or_404(number)
    if kind not in printing.KINDS:
        abort(404)
    try:
        printing.issue(g.actor, meeting, kind)
    except Refused as refusal:
        return _show(meeting, refusal.status, str(refusal))
    return done(url_for("meetings.paper", number=number, kind=kind))


@bp.route("/office/meetings/<int:number>/public", methods=["GET", "POST"])
@needs(Can.MEETINGS_WRITE)
def public_wording(number):
    meeting = meeting_or_404(number)
    items = queries.agenda([meeting])[meeting.id]
    if request.method == "GET":
        return page("meetings/wording.html", meeting=meeting, items=items, typed={}, version=meeting.version)
    texts, titles = _typed("text-"), _typed("title-")
    try:
        ledger.show_residents(g.actor, meeting, shown_version(), titles, texts)
    except Refused as refusal:
        typed = {**{f"text-{key}": text for key, text in texts.items()}, **{f"title-{key}": t for key, t in titles.items()}}
        return page(
            "meetings/wording.html", meeting=meeting, items=items, typed=typed, version=meeting.version,
            error=str(refusal), status=refusal.status,
        )  # fmt: skip
    return done(url_for("meetings.show", number=number))


def _typed(prefix):
    longest = 200 if prefix == "title-" else 2000
    named = {name.removeprefix(prefix): value for name, value in request.form.items() if name.startswith(prefix)}
    return {int(key): value[:longest] for key, value in named.items() if key.isdecimal() and len(key) < 10}


@bp.get("/office/meetings/<int:number>/minutes.pdf")
@needs(Can.MEETINGS_READ)
def minutes(number):
    meeting = meeting_or_404(number)
    return pdf_answer(issuing.minutes_pdf(meeting), printing.file_name(meeting, _("纪要")))


@bp.get("/office/meetings/<int:number>/<kind>.pdf")
@needs(Can.MEETINGS_READ)
def paper(number, kind):
    meeting = meeting_or_404(number)
    found = printing.KINDS.get(kind)
    if found is None or (found.internal and not g.actor.can(Can.MEETINGS_WRITE, g.place)):
        abort(404)
    return pdf_answer(printing.render(meeting, kind), printing.file_name(meeting, found.title))
