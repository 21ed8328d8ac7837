"""The count: boxes entered twice, figures by hand, keys entered, equations, signature, publication, archive."""

from flask import abort, g, request, url_for

from blueprints.ballots import auditing, counting, desk, mending, outcomes, queries, words
from blueprints.ballots.audit import chance
from blueprints.ballots.equations import EQUATIONS
from blueprints.ballots.forms import AuditForm, BoxForm, HandForm, SheetsForm
from blueprints.ballots.hall import bp
from blueprints.ballots.models import BoxKind, PaperBox, PollClass, PollStatus, Scrutineer
from blueprints.ballots.office import poll_or_404, refused, shown
from blueprints.ballots.reports import digests
from blueprints.ballots.sheets import classes
from core.access import Can, needs
from core.page import done, page
from core.refusal import Refused


@bp.get("/<int:number>/desk")
@needs(Can.POLLS_COUNT)
def count_desk(number):
    return _desk(poll_or_404(number))


def _desk(poll, status=200, error="", hand=None, box_form=None):
    groups = [
        (row, hand if hand is not None and hand.poll_class == row.id else _hand(row), box_form or BoxForm(prefix=f"box{row.id}", formdata=None))
        for row in classes(poll)
    ]
    return page(
        "ballots/desk.html", poll=poll, groups=groups, boxes=list(queries.boxes_of(poll)), waiting=desk.waiting(poll),
        mine=_mine(poll), State=PollStatus, countable=poll.status in desk.COUNTING, error=error, status=status,
    )  # fmt: skip


def _hand(row):
    form = HandForm(formdata=None, obj=row, prefix=f"hand{row.id}")
    form.poll_class = row.id
    return form


def _mine(poll):
    """Boxes whose first entry is this account's own: the second is somebody else's."""
    return {entry.box_id for box in queries.boxes_of(poll) for entry in box.entries if entry.account_id == g.actor.account_id}


def class_or_404(poll, which):
    return poll.classes.where(PollClass.id == which).first() or abort(404)


@bp.post("/<int:number>/figures/<int:which>")
@needs(Can.POLLS_COUNT)
def figures(number, which):
    poll = poll_or_404(number)
    row = class_or_404(poll, which)
    form = HandForm(prefix=f"hand{row.id}")
    form.poll_class = row.id
    if not form.validate():
        return _desk(poll, 422, hand=form)
    optional = ("slips_left", "used_slips", "paper_left")
    given = {name: form[name].data if name in optional else form[name].data or 0 for name in desk.BY_HAND}
    try:
        desk.count_by_hand(g.actor, row, **given)
    except Refused as refusal:
        return _desk(poll, refusal.status, str(refusal), hand=form)
    return done(url_for("polls.count_desk", number=number))


@bp.post("/<int:number>/boxes/<int:which>")
@needs(Can.POLLS_COUNT)
def add_box(number, which):
    poll = poll_or_404(number)
    row = class_or_404(poll, which)
    form = BoxForm(prefix=f"box{row.id}")
    if not form.validate():
        return _desk(poll, 422, box_form=form)
    try:
        desk.add_box(g.actor, row, form.name.data or "", BoxKind(form.kind.data), form.issued.data)
    except Refused as refusal:
        return _desk(poll, refusal.status, str(refusal), box_form=form)
    return done(url_for("polls.count_desk", number=number))


def box_or_404(poll, which):
    return queries.boxes_of(poll).where(PaperBox.id == which).first() or abort(404)


@bp.route("/<int:number>/box/<int:which>", methods=["GET", "POST"])
@needs(Can.POLLS_COUNT)
def box(number, which):
    """One blind entry; what the other person wrote is not on this page."""
    poll = poll_or_404(number)
    row = box_or_404(poll, which)
    if request.method == "GET":
        return _box(poll, row)
    try:
        tally = _typed(desk.ballot_beside(poll))
        desk.enter_box(g.actor, row, tally)
    except desk.EntriesDiffer as refusal:
        return _box(poll, row, refusal.status, str(refusal), refusal.places)
    except Refused as refusal:
        return _box(poll, row, refusal.status, str(refusal))
    return done(url_for("polls.count_desk", number=number))


def _typed(ballot):
    """The page's figures; an empty cell counts as none."""

    def number(name):
        text = request.form.get(name, "").strip() or "0"
        if not text.isdigit() or len(text) > 6:
            raise desk.NegativeFigure()
        return int(text)

    width = len(ballot.options) + 2
    rows = tuple(tuple(number(f"r{row}-{column}") for column in range(width)) for row in range(len(ballot.rows)))
    names = [request.form.get(f"w{line}", "").strip() for line in range(30)]
    written = tuple((name, number(f"n{line}")) for line, name in enumerate(names) if name)
    return desk.Tally(number("recovered"), number("valid"), number("void"), rows, written)


def _box(poll, row, status=200, error="", places=()):
    ballot = desk.ballot_beside(poll)
    return page(
        "ballots/box.html", poll=poll, counted=row, ballot=ballot, options=words.options(poll), typed=request.form, places=places,
        graded=poll.kind in words.GRADING, lines=range(max(8, ballot.lines * 4) if ballot.lines else 0), error=error,
        first=not row.entries.count(), status=status,
    )  # fmt: skip


@bp.post("/<int:number>/box/<int:which>/withdrawal")
@needs(Can.POLLS_COUNT)
def withdraw_box(number, which):
    poll = poll_or_404(number)
    try:
        desk.withdraw_entries(g.actor, box_or_404(poll, which))
    except Refused as refusal:
        return _desk(poll, refusal.status, str(refusal))
    return done(url_for("polls.count_desk", number=number))


@bp.route("/<int:number>/audits", methods=["GET", "POST"])
@needs(Can.POLLS_COUNT)
def audits(number):
    """The ballot itself is the form; what is wrong with it is told as the voting page would."""
    poll, form = poll_or_404(number), AuditForm()
    status, error = 422 if form.is_submitted() else 200, ""
    if form.validate_on_submit():
        try:
            intended = auditing.intention(desk.ballot_beside(poll), request.form)
            auditing.declare(g.actor, poll, form.code.data, form.receipt.data, intended)
            return done(url_for("polls.audits", number=number))
        except Refused as refusal:
            status, error = refusal.status, str(refusal)
    rows, ballot = list(auditing.of_poll(poll)), _frozen(poll)
    return page(
        "ballots/audits.html", poll=poll, form=form, rows=rows, State=PollStatus, error=error, ballot=ballot, typed=request.form,
        said=auditing.in_words, options=words.options(poll), chances=[(share, chance(len(rows), share)) for share in (10, 20)],
        status=status,
    )  # fmt: skip


def _frozen(poll):
    """None before the ballot is frozen, and where the box is gone."""
    try:
        return desk.ballot_beside(poll)
    except Refused:
        return None


@bp.route("/<int:number>/unsealing", methods=["GET", "POST"])
@needs(Can.POLLS_COUNT)
def unseal(number):
    """Both sheets in one request; they are in no session and no table."""
    poll, form = poll_or_404(number), SheetsForm()
    status, error = 422 if form.is_submitted() else 200, ""
    if form.validate_on_submit():
        try:
            counting.unseal(g.actor, poll, [one for one in (form.first.data, form.second.data) if one.strip()])
            return done(url_for("polls.show", number=number))
        except Refused as refusal:
            status, error = refusal.status, str(refusal)
    return page("ballots/unseal.html", poll=poll, form=form, error=error, State=PollStatus, status=status)


@bp.post("/<int:number>/count")
@needs(Can.POLLS_COUNT)
def count(number):
    poll = poll_or_404(number)
    try:
        counting.count(g.actor, poll)
    except Refused as refusal:
        return shown(poll_or_404(number), refusal.status, str(refusal))
    return done(url_for("polls.equations", number=number))


@bp.get("/<int:number>/equations")
@needs(Can.POLLS_COUNT)
def equations(number):
    return _equations(poll_or_404(number))


def _equations(poll, status=200, error=""):
    try:
        found = counting.reconciliations(poll) if poll.status in desk.COUNTING[1:] else {}
    except Refused as refusal:
        found, error = {}, error or str(refusal)
    return page(
        "ballots/equations.html", poll=poll, groups=[(row, found[row.code]) for row in classes(poll) if row.code in found],
        number_of=len(EQUATIONS), said=counting.said, waiting=desk.waiting(poll), titles=words.equation_titles(),
        mending=mending, subjects=mending.subjects(), causes=mending.causes(),
        people=list(poll.scrutineers.order_by(Scrutineer.id)), State=PollStatus, error=error, **refused(error), status=status,
    )  # fmt: skip


@bp.post("/<int:number>/signature")
@needs(Can.POLLS_COUNT)
def sign(number):
    poll = poll_or_404(number)
    names, remark = request.form.getlist("by"), request.form.get("remark", "")
    try:
        counting.sign(g.actor, poll, names, remark, bool(request.form.get("invalid")))
    except Refused as refusal:
        return _equations(poll_or_404(number), refusal.status, str(refusal))
    return done(url_for("polls.results", number=number))


@bp.get("/<int:number>/results")
@needs(Can.POLLS_READ)
def results(number):
    poll = poll_or_404(number)
    return page(
        "ballots/results.html", poll=poll, groups=outcomes.groups(poll), pass_title=outcomes.pass_title(poll), words=words,
        combined=outcomes.combined(poll), opinions=counting.opinions(poll) if g.actor.can(Can.POLLS_COUNT, g.place) else [], options=words.options(poll), digests=digests(poll), State=PollStatus,
    )  # fmt: skip
