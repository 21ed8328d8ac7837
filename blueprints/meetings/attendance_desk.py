"""Who came: ticked at the door by one or more people, page by page, whatever the length of the roster."""

from flask import Blueprint, flash, g, request, url_for

from blueprints.meetings import attending, seats
from blueprints.meetings.attending import Tick
from blueprints.meetings.states import MeetingState, Presence
from blueprints.meetings.views import working_or_404
from core.access import Can, needs
from core.page import done, page
from core.refusal import Refused
from core.spreadsheets.cells import clean
from core.text import _
from core.web import row_number, words_asked

bp = Blueprint("attendance", __name__, url_prefix="/office/meetings/<int:number>/seats")
ROWS = 20
LONGEST = {"names": 400, "post": 120, "reason": 300}


@bp.get("")
@needs(Can.MEETINGS_WRITE)
def index(number):
    return _index(working_or_404(number))


def _index(meeting, status=200, error="", typed=None):
    shown, first = request.values.get("show", ""), request.values.get("from", 0, type=row_number)
    rows = attending.shown(meeting, shown, words_asked())
    counts = seats.counts(meeting)
    return page(
        "meetings/seats.html", meeting=meeting, rows=list(rows.offset(first).limit(ROWS)), total=rows.count(),
        first=first, most=ROWS, shown=shown, q=words_asked(), counts=counts, entitled=seats.entitled(counts),
        Presence=Presence, State=MeetingState, status=status, error=error, typed=typed or {},
        quorum="".join(seats.quorum_missing(meeting)),
    )  # fmt: skip


@bp.post("")
@needs(Can.MEETINGS_WRITE)
def register(number):
    meeting = working_or_404(number)
    ticks = [_tick(int(name[9:])) for name in request.form if name.startswith("presence-") and name[9:].isdecimal() and len(name) < 19]
    try:
        overtaken = attending.register(g.actor, meeting, ticks)
    except Refused as refusal:
        return _index(meeting, refusal.status, str(refusal), {tick.seat: tick for tick in ticks})
    if overtaken:
        names = "、".join(overtaken)
        flash(_("%(names)s刚才已由别人登记，您对这几行的改动没有写入，请看一下现在的情况。", names=names), "warn")
    back = {key: request.form[key] for key in ("show", "from", "q") if request.form.get(key)}
    return done(url_for("attendance.index", number=number, **back))


def _tick(seat):
    asked = request.form.get(f"presence-{seat}", "")
    texts = {name: clean(request.form.get(f"{name}-{seat}", ""))[:most] for name, most in LONGEST.items()}
    version = request.form.get(f"version-{seat}", 0, type=row_number)
    return Tick(seat, version, Presence(asked) if asked in set(Presence) else Presence.EXPECTED, **texts)


@bp.post("/guests")
@needs(Can.MEETINGS_WRITE)
def add(number):
    meeting = working_or_404(number)
    asked = request.form.get("presence", "")
    presence = Presence(asked) if asked in (Presence.PRESENT, Presence.OBSERVER, Presence.ON_LEAVE) else Presence.OBSERVER
    name, names = clean(request.form.get("unit_text", "")), clean(request.form.get("names", ""))
    try:
        attending.add(g.actor, meeting, name, names, presence)
    except Refused as refusal:
        return _index(meeting, refusal.status, str(refusal), {"unit_text": name, "names": names})
    return done(url_for("attendance.index", number=number))


@bp.post("/rest")
@needs(Can.MEETINGS_WRITE)
def rest(number):
    """At once: the receipts that asked for leave, the roster's own rows, or everybody not spoken of as absent."""
    meeting = working_or_404(number)
    acts = {"answers": attending.take_answers, "absent": attending.rest_absent, "roster": attending.fill}
    act = acts.get(request.form.get("what", ""))
    try:
        if act is not None:
            flash(_("登记了 %(count)s 家。", count=act(g.actor, meeting)))
    except Refused as refusal:
        return _index(meeting, refusal.status, str(refusal))
    return done(url_for("attendance.index", number=number))
