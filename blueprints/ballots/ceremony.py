"""The steps before and around the voting: frozen, sealed, slips printed, opened, closed, and what goes otherwise."""

from flask import abort, current_app, g, request, url_for

from blueprints.ballots import irregular, nominees, printing, rules, sheets
from blueprints.ballots.models import Scrutineer
from blueprints.ballots.office import act, bp, poll_or_404
from blueprints.ballots.outcomes import groups
from core import settings
from core.access import Can, needs
from core.answers import pdf_answer
from core.links import base_address, is_loopback
from core.page import done, page
from core.refusal import Refused
from core.text import _


def by():
    """The scrutineers ticked as standing by."""
    return request.form.getlist("by")


@bp.post("/<int:number>/freezing")
@needs(Can.POLLS_PREPARE)
def freeze(number):
    return act(number, lambda poll: rules.freeze(g.actor, poll))


@bp.post("/<int:number>/redrafting")
@needs(Can.POLLS_PREPARE)
def redraft(number):
    return act(number, lambda poll: rules.redraft(g.actor, poll))


@bp.route("/<int:number>/sealing", methods=["GET", "POST"])
@needs(Can.POLLS_RUN)
def seal(number):
    """The answer to the POST holds the words; each sheet is printed from this page and from nowhere else."""
    poll = poll_or_404(number)
    if request.method == "GET":
        return _seal(poll)
    try:
        shares = rules.seal(g.actor, poll, request.form.getlist("holder"))
    except Refused as refusal:
        return _seal(poll, refusal.status, str(refusal))
    answer = page("ballots/sealed.html", poll=poll, sheets=sheets.key_sheets(poll, shares))
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _seal(poll, status=200, error=""):
    rows = list(poll.scrutineers.order_by(Scrutineer.id))
    try:
        chosen = {row.name for row in nominees.key_holders(poll)}
    except Refused:
        chosen = set()
    return page("ballots/seal.html", poll=poll, rows=rows, chosen=chosen, error=error, status=status)


@bp.post("/<int:number>/key-sheets")
@needs(Can.POLLS_RUN)
def key_sheet(number):
    """One sheet as PDF from the words that only the holder's own page still has."""
    poll = poll_or_404(number)
    shares, which = request.form.getlist("words"), request.form.get("which", 1, int)
    if not 1 <= which <= poll.sheets or len(shares) != 1:
        abort(422)
    all_sheets = sheets.key_sheets(poll, [shares[0] if one == which else "" for one in range(1, poll.sheets + 1)])
    return pdf_answer(printing.key_sheet(all_sheets[which - 1]), _("密钥单-%(number)s", number=which))


@bp.route("/<int:number>/slips", methods=["GET", "POST"])
@needs(Can.POLLS_RUN)
def slips(number):
    poll = poll_or_404(number)
    if request.method == "GET":
        return _slips(poll)
    again = bool(request.form.get("again"))
    try:
        content = printing.slips(g.actor, poll, request.form.get("reserve", 0, int), again)
    except Refused as refusal:
        return _slips(poll, refusal.status, str(refusal))
    return pdf_answer(content, _("票码条-%(title)s", title=poll))


def _slips(poll, status=200, error=""):
    return page(
        "ballots/slips.html", poll=poll, classes=sheets.classes(poll), reserve=settings.value("polls.reserve", g.place),
        loopback=is_loopback(base_address(g.place)), address=base_address(g.place), error=error, status=status,
    )  # fmt: skip


@bp.post("/<int:number>/opening")
@needs(Can.POLLS_RUN)
def open_voting(number):
    return act(number, lambda poll: rules.open_voting(g.actor, poll, debug=current_app.debug))


@bp.post("/<int:number>/closing")
@needs(Can.POLLS_RUN)
def close(number):
    return act(number, lambda poll: rules.close_voting(g.actor, poll))


@bp.post("/<int:number>/reopening")
@needs(Can.POLLS_RUN)
def reopen(number):
    return act(number, lambda poll: irregular.reopen(g.actor, poll, request.form.get("reason", ""), by()))


@bp.post("/<int:number>/resumption")
@needs(Can.POLLS_RUN)
def resume(number):
    used = request.form.get("used_slips", type=int)
    return act(number, lambda poll: irregular.resume(g.actor, poll, by(), used))


@bp.post("/<int:number>/cancellation")
@needs(Can.POLLS_RUN)
def cancel(number):
    return act(number, lambda poll: irregular.cancel(g.actor, poll, request.form.get("reason", ""), by()))


@bp.post("/<int:number>/repetition")
@needs(Can.POLLS_PREPARE)
def repeat(number):
    """重新投票 among those with equal votes."""
    poll = poll_or_404(number)
    tied = next((group for group in groups(poll) if group.tied), None) or abort(404)
    made = irregular.new_vote(g.actor, poll, tied.tied, tied.tied_seats)
    return done(url_for("polls.show", number=made.id))

