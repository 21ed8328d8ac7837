"""The steps before and around the voting: frozen, sealed, slips printed, opened, closed, and what goes otherwise."""

from flask import current_app, g, request, url_for

from blueprints.ballots import chain, handover, irregular, nominees, printing, queries, rules, sheets
from blueprints.ballots.models import PollStatus, Scrutineer
from blueprints.ballots.office import act, bp, poll_or_404, refused
from blueprints.ballots.steps import WATCHING
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
    """Each sheet becomes a PDF of its own at once, fetched by its holder; the words are on no page."""
    poll = poll_or_404(number)
    if request.method == "GET":
        return _seal(poll)
    try:
        papers = printing.seal(g.actor, poll, request.form.getlist("holder"))
    except Refused as refusal:
        return _seal(poll, refusal.status, str(refusal))
    for which, content in enumerate(papers, 1):
        handover.keep(poll, f"key{which}", content)
    return done(url_for("polls.sealed", number=number))


def _seal(poll, status=200, error=""):
    rows = list(poll.scrutineers.order_by(Scrutineer.id))
    try:
        chosen = {row.name for row in nominees.key_holders(poll)}
    except Refused:
        chosen = set()
    return page("ballots/seal.html", poll=poll, rows=rows, chosen=chosen, error=error, status=status)


@bp.get("/<int:number>/key-sheets")
@needs(Can.POLLS_RUN)
def sealed(number):
    return _sealed(poll_or_404(number))


def _sealed(poll, status=200, error=""):
    holders = {row.sheet: row.name for row in poll.scrutineers.where(Scrutineer.sheet > 0)}
    rows = [(which, holders.get(which, ""), handover.minutes_left(poll, f"key{which}")) for which in range(1, poll.sheets + 1)]
    return page("ballots/sealed.html", poll=poll, rows=rows, error=error, State=PollStatus, status=status)


@bp.post("/<int:number>/key-sheets/<int:which>")
@needs(Can.POLLS_RUN)
def key_sheet(number, which):
    """One sheet for its holder, once; shown for printing, so that no copy is left among the downloads."""
    poll = poll_or_404(number)
    try:
        return pdf_answer(handover.fetch(poll, f"key{which}"), _("密钥单-%(number)s", number=which))
    except Refused as refusal:
        return _sealed(poll, refusal.status, str(refusal))


@bp.route("/<int:number>/slips", methods=["GET", "POST"])
@needs(Can.POLLS_RUN)
def slips(number):
    poll = poll_or_404(number)
    if request.method == "GET":
        return _slips(poll)
    again = bool(request.form.get("again"))
    try:
        handover.keep(poll, "slips", printing.slips(g.actor, poll, request.form.get("reserve", 0, int), again))
    except Refused as refusal:
        return _slips(poll, refusal.status, str(refusal))
    return done(url_for("polls.slips", number=number))


def _slips(poll, status=200, error=""):
    return page(
        "ballots/slips.html", poll=poll, classes=sheets.classes(poll), reserve=settings.value("polls.reserve", g.place),
        loopback=is_loopback(base_address(g.place)), address=base_address(g.place), left=handover.minutes_left(poll, "slips"),
        printable=poll.status in rules.BEFORE_OPENING, error=error, status=status,
    )  # fmt: skip


@bp.post("/<int:number>/slips/file")
@needs(Can.POLLS_RUN)
def slips_file(number):
    """The slips, once: saved as a file, or shown for printing."""
    poll = poll_or_404(number)
    try:
        answer = pdf_answer(handover.fetch(poll, "slips"), _("票码条-%(title)s", title=poll))
    except Refused as refusal:
        return _slips(poll, refusal.status, str(refusal))
    if request.form.get("how") == "save":
        answer.headers["Content-Disposition"] = answer.headers["Content-Disposition"].replace("inline", "attachment", 1)
    return answer


@bp.get("/<int:number>/opening")
@needs(Can.POLLS_RUN)
def opening(number):
    """What the scrutineers compare with their papers before the first vote."""
    return _opening(poll_or_404(number))


def _opening(poll, status=200, error=""):
    counted = "、".join(_("%(title)s %(n)s 张", title=row.title, n=row.slips) for row in sheets.classes(poll))
    return page(
        "ballots/opening.html", poll=poll, cast=queries.turnout(poll).cast, slips=counted, head=chain.head(poll), short=sheets.short,
        watching=[row for row in poll.scrutineers.order_by(Scrutineer.id) if row.role in WATCHING], error=error,
        **refused(error), status=status,
    )  # fmt: skip


@bp.post("/<int:number>/opening")
@needs(Can.POLLS_RUN)
def open_voting(number):
    poll = poll_or_404(number)
    try:
        rules.open_voting(g.actor, poll, debug=current_app.debug, names=by())
    except Refused as refusal:
        return _opening(poll_or_404(number), refusal.status, str(refusal))
    return done(url_for("polls.show", number=poll.id))


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
