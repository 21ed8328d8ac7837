"""At the door of the meeting: the voters' roll with its ticks, slips that come back."""

from flask import abort, g, request, url_for

from blueprints.ballots import desk, proxies, queries, roll, words
from blueprints.ballots.ceremony import bp
from blueprints.ballots.forms import SlipReturnForm
from blueprints.ballots.kinds import SpoilReason
from blueprints.ballots.models import PollStatus, RollEntry
from blueprints.ballots.office import poll_or_404
from blueprints.ballots.sheets import classes
from core.access import Can, needs
from core.page import done, page, wants_box
from core.refusal import Refused

TICKABLE = (*roll.DURING, *roll.CORRECTING)


@bp.get("/<int:number>/roll")
@needs(Can.POLLS_READ)
def voters(number):
    return _roll(poll_or_404(number))


def _roll(poll, status=200, error=""):
    q, show = request.args.get("q", "").strip()[:40], request.args.get("show", "")
    given, held = _mandates(poll)
    return page(
        "ballots/roll.html", "voters", poll=poll, rows=queries.voters(poll, q, show), q_roll=q, show=show,
        given=given, held=held, reasons=words.reasons_left_out(), totals=_totals(poll), tickable=poll.status in TICKABLE, State=PollStatus, error=error, status=status,
    )  # fmt: skip


def _mandates(poll):
    """Whose vote is in whose hands, by the number of either line of the roll."""
    given, held = {}, {}
    for row in proxies.told(poll):
        given[row.principal_id] = row
        held.setdefault(row.holder_id, []).append(row)
    return given, held


def _totals(poll):
    return [(row, roll.ticks(row)) for row in classes(poll)]


def entry_or_404(poll, which):
    row = queries.roll_of(poll).where(RollEntry.id == which).first() or abort(404)
    return roll.ticked(poll, [row])[0]


@bp.post("/<int:number>/roll/<int:which>")
@needs(Can.POLLS_RUN)
def tick(number, which):
    """Set or take back one tick; only this line and the totals are drawn anew where htmx asks."""
    poll = poll_or_404(number)
    entry = entry_or_404(poll, which)
    name, off, _rest = request.form.get("tick", "").partition("!")
    if name not in roll.TICKS:
        abort(422)
    try:
        fresh = roll.tick(entry, **{name: not off})
    except Refused as refusal:
        if wants_box():
            return lined(poll, entry, str(refusal))
        return _roll(poll, refusal.status, str(refusal))
    back = url_for("polls.voters", number=number, q=request.args.get("q", ""), show=request.args.get("show", ""))
    return done(f"{back}#r{which}", lambda: lined(poll, fresh))


def lined(poll, entry, error=""):
    """One line of the roll with the totals, for htmx."""
    given, held = _mandates(poll)
    return page("ballots/_line.html", poll=poll, row=entry, given=given, held=held, totals=_totals(poll), tickable=True, error=error, alone=True)


@bp.post("/<int:number>/roll/<int:which>/exclusion")
@needs(Can.POLLS_PREPARE)
def exclude(number, which):
    poll = poll_or_404(number)
    entry, reason = entry_or_404(poll, which), request.form.get("reason", "")
    try:
        if not reason.strip() and not entry.excluded:
            raise roll.ExclusionReasonMissing()
        roll.exclude(g.actor, entry, reason)
    except Refused as refusal:
        return _roll(poll, refusal.status, str(refusal))
    return done(url_for("polls.voters", number=number) + f"#r{which}")


@bp.post("/<int:number>/roll/renewal")
@needs(Can.POLLS_PREPARE)
def renew(number):
    poll = poll_or_404(number)
    try:
        roll.renew(g.actor, poll)
    except Refused as refusal:
        return _roll(poll, refusal.status, str(refusal))
    return done(url_for("polls.voters", number=number))


@bp.route("/<int:number>/returns", methods=["GET", "POST"])
@needs(Can.POLLS_RUN)
def returns(number):
    """Slips that come back: for a paper ballot, spoiled, or exchanged."""
    poll, form = poll_or_404(number), SlipReturnForm()
    if not form.validate_on_submit():
        return _returns(poll, form, 422 if form.is_submitted() else 200)
    try:
        if form.act.data == "surrender":
            desk.surrender(g.actor, poll, form.code.data)
        else:
            reason = "：".join(filter(None, (str(SpoilReason(form.reason.data).title), (form.note.data or "").strip())))
            desk.spoil(g.actor, poll, form.code.data, reason, form.act.data == "replace")
    except Refused as refusal:
        return _returns(poll, form, refusal.status, str(refusal))
    return done(url_for("polls.returns", number=number, done=form.act.data))


def _returns(poll, form, status=200, error=""):
    return page(
        "ballots/returns.html", poll=poll, form=form, error=error, done=request.args.get("done", ""), State=PollStatus,
        status=status,
    )  # fmt: skip
