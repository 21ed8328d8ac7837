"""Commitments at the office: the list, review and publication in bulk, one with its whole story."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.boards import queries, rules
from blueprints.boards.forms import CommitmentForm
from blueprints.boards.models import SHOWN_STATES, Category, Commitment, CommitmentState
from blueprints.organisation import queries as organisation
from core import settings
from core.access import Can, needs
from core.page import done, page
from core.refusal import Refused, Stale
from core.web import row_number

bp = Blueprint("commitments", __name__)


def commitment_or_404(number):
    return queries.visible_to(g.actor, g.place).where(Commitment.id == number).first() or abort(404)


@bp.get("/office/boards/commitments")
@needs(Can.BOARDS_READ)
def index():
    return _list()


def narrow():
    """What the list is narrowed to, as the address says it."""
    place = organisation.stairwell(g.place, request.args.get("stairwell", ""))
    branch = request.args.get("branch", 0, type=row_number)
    return queries.Narrow(place.id if place else 0, branch, request.args.get("q", "").strip()[:80])


def chosen_state():
    """The state the list is narrowed to, None for all."""
    asked = request.args.get("state", "")
    return CommitmentState(asked) if asked in set(CommitmentState) else None


def filters():
    """The list's own words of the address, to be carried on; whatever else stands there is dropped."""
    return {name: request.args[name] for name in ("state", "stairwell", "branch", "q") if request.args.get(name)}


def rows(year):
    """The commitments the address asks for."""
    query = queries.in_state(queries.visible_to(g.actor, g.place), chosen_state(), year)
    return list(queries.narrowed(query, narrow()))


def _list(status=200, error=None):
    values = settings.values(g.place)
    year, to = rules.current_year(g.place), narrow()
    found = rows(year)
    words = str(values["boards.vague"]).split()
    return page(
        "boards/commitments.html", rows=found, state=chosen_state(), year=year, State=CommitmentState, to=to,
        counts=queries.counts(g.place, year, to), copied=queries.copied(g.place, year, values["boards.copied"]),
        warnings={row.id: rules.vague_points(row.text, words) for row in found}, error=error,
        reason=request.form.get("reason", ""), ticked=set(request.form.getlist("ids")), status=status,
        stairwells=list(organisation.stairwells(g.place)), branches=list(organisation.branches(g.place)),
        filters=filters(),
    )  # fmt: skip


@bp.post("/office/boards/reviews")
@needs(Can.BOARDS_REVIEW)
def review():
    chosen = _chosen()
    try:
        if request.form.get("verdict") == "return":
            rules.send_back(g.actor, chosen, request.form.get("reason", ""))
        elif request.form.get("reason", "").strip():
            raise rules.ReasonForNothing()
        else:
            rules.approve(g.actor, chosen)
    except Refused as refusal:
        return _list(refusal.status, str(refusal))
    return _again()


@bp.post("/office/boards/publications")
@needs(Can.BOARDS_REVIEW)
def publish():
    try:
        rules.publish(g.actor, _chosen())
    except Refused as refusal:
        return _list(refusal.status, str(refusal))
    return _again()


@bp.post("/office/boards/withdrawals")
@needs(Can.BOARDS_REVIEW)
def withdraw():
    try:
        rules.withdraw(g.actor, _chosen(), request.form.get("reason", ""))
    except Refused as refusal:
        return _list(refusal.status, str(refusal))
    return _again()


def _again():
    """Back to the same list; the chips say how many went where."""
    return done(url_for("commitments.index", **filters()))


def _chosen():
    """The ticked rows, or with 全部 exactly those the page showed: nothing that came in since."""
    ids = request.form.getlist("ids", type=row_number)
    if request.form.get("all"):
        ids = [int(number) for number in request.form.get("shown", "").split(",") if number.isdecimal() and len(number) < 10]
    return list(queries.visible_to(g.actor, g.place).where(Commitment.id.in_(ids)))


@bp.route("/office/boards/commitments/<int:number>", methods=["GET", "POST"])
@needs(Can.BOARDS_EDIT)
def edit(number):
    commitment = commitment_or_404(number)
    form = CommitmentForm(obj=commitment)
    if not form.validate_on_submit():
        return _edit(commitment, form, 422 if form.is_submitted() else 200)
    try:
        rules.amend(
            g.actor, commitment, request.form.get("version", 0, type=row_number), text=form.text.data.strip(),
            category=Category(form.category.data), target=form.target.data.strip(), due_on=form.due_on.data,
        )  # fmt: skip
    except Refused as refusal:
        if isinstance(refusal, Stale):
            form.version.data = commitment.version
        return _edit(commitment, form, refusal.status, str(refusal))
    return done(url_for("boards.stairwell", slug=commitment.stairwell.slug, _anchor=f"m{commitment.member_id}"))


@bp.post("/office/boards/commitments/<int:number>/steps")
@needs(Can.BOARDS_EDIT)
def step(number):
    """践诺: progress, or done as promised."""
    commitment = commitment_or_404(number)
    note = request.form.get("note", "")[:300]
    try:
        if request.form.get("done"):
            rules.fulfil(g.actor, commitment, note)
        else:
            rules.progress(g.actor, commitment, note)
    except Refused as refusal:
        return _edit(commitment, CommitmentForm(formdata=None, obj=commitment), refusal.status, str(refusal))
    return done(url_for("commitments.edit", number=number))


@bp.post("/office/boards/commitments/<int:number>/withdrawal")
@needs(Can.BOARDS_REVIEW)
def withdraw_one(number):
    commitment = commitment_or_404(number)
    try:
        rules.withdraw(g.actor, [commitment], request.form.get("reason", "")[:300])
    except Refused as refusal:
        return _edit(commitment, CommitmentForm(formdata=None, obj=commitment), refusal.status, str(refusal))
    return done(url_for("commitments.edit", number=number))


def _edit(commitment, form, status, error=None):
    return page(
        "boards/edit.html", commitment=commitment, form=form, error=error, steps=queries.steps(commitment),
        warnings=rules.warnings(form.text.data or "", g.place), status=status, State=CommitmentState,
        on_show=commitment.state in SHOWN_STATES, typed=request.form,
    )  # fmt: skip
