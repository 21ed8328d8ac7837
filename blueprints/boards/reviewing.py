"""Commitments at the office: the list, review and publication in bulk, one with its whole story."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.boards import categories, doing, hanging, queries, reported, rules, years
from blueprints.boards.forms import CommitmentForm, ProgressForm
from blueprints.boards.letters import PURPOSE
from blueprints.boards.models import LIVING, SHOWN_STATES, Commitment, CommitmentState
from blueprints.boards.quarters import Quarter
from blueprints.boards.wording import vague_points, warnings
from blueprints.organisation import queries as organisation
from core import clock, links, settings
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
    return list_page()


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
    return {name: request.args[name] for name in ("state", "stairwell", "branch", "q", "year") if request.args.get(name)}


def asked_year():
    """The year the address names, 0 for none."""
    asked = request.args.get("year", 0, type=row_number)
    return asked if 1900 < asked < 2200 else 0


def chosen_year():
    """The year the list is of: the one on the boards unless another is asked for."""
    return asked_year() or rules.current_year(g.place)


def rows(year):
    """The commitments the address asks for."""
    query = queries.in_state(queries.visible_to(g.actor, g.place), chosen_state(), year)
    return list(queries.narrowed(query, narrow()))


def list_page(status=200, error=None):
    """Promises of a year with all that may be done to several at once; also where a refusal about them is told."""
    values, to = settings.values(g.place), narrow()
    current = int(values["boards.year"]) or clock.today().year
    year = asked_year() or current
    found = rows(year)
    words = str(values["boards.vague"]).split()
    return page(
        "boards/commitments.html", rows=found, state=chosen_state(), year=year, State=CommitmentState, to=to,
        counts=queries.counts(g.place, year, to), copied=queries.copied(g.place, year, values["boards.copied"]),
        warnings={row.id: vague_points(row.text, row.target, words) for row in found}, error=error,
        done=reported.done(g.place, year), current=current, years=years.known(g.place, current),
        quarter=Quarter.of(clock.today()).code, reasons=str(values["boards.reasons"]).splitlines(),
        typed=request.form, reason=request.form.get("reason", ""), ticked=set(request.form.getlist("ids")), status=status,
        stairwells=list(organisation.stairwells(g.place)), branches=list(organisation.branches(g.place)),
        filters=filters(),
    )  # fmt: skip


@bp.post("/office/boards/reviews")
@needs(Can.BOARDS_REVIEW)
def review():
    chosen = chosen_rows()
    try:
        if request.form.get("verdict") == "return":
            rules.send_back(g.actor, chosen, request.form.get("reason", ""))
        elif request.form.get("reason", "").strip():
            raise rules.ReasonForNothing()
        else:
            rules.approve(g.actor, chosen)
    except Refused as refusal:
        return list_page(refusal.status, str(refusal))
    return _again()


@bp.post("/office/boards/publications")
@needs(Can.BOARDS_REVIEW)
def publish():
    try:
        typed = request.form.get("hung_on", "")
        rules.publish(g.actor, chosen_rows(), hanging.day_typed(typed) if typed else None)
    except Refused as refusal:
        return list_page(refusal.status, str(refusal))
    return _again()


@bp.post("/office/boards/withdrawals")
@needs(Can.BOARDS_REVIEW)
def withdraw():
    try:
        rules.withdraw(g.actor, chosen_rows(), request.form.get("reason", ""))
    except Refused as refusal:
        return list_page(refusal.status, str(refusal))
    return _again()


def _again():
    """Back to the same list; the chips say how many went where."""
    return done(url_for("commitments.index", **filters()))


def chosen_rows():
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
    form.category.choices = categories.choices(g.place, commitment.category)
    if not form.validate_on_submit():
        return edit_page(commitment, form, 422 if form.is_submitted() else 200)
    try:
        rules.amend(
            g.actor, commitment, request.form.get("version", 0, type=row_number), text=form.text.data.strip(),
            category=categories.named(g.place, form.category.data) or commitment.category, target=form.target.data.strip(), due_on=form.due_on.data,
            support=form.support.data.strip(),
        )  # fmt: skip
    except Refused as refusal:
        if isinstance(refusal, Stale):
            form.version.data = commitment.version
        return edit_page(commitment, form, refusal.status, str(refusal))
    return done(url_for("commitments.edit", number=number))


@bp.post("/office/boards/commitments/<int:number>/withdrawal")
@needs(Can.BOARDS_REVIEW)
def withdraw_one(number):
    commitment = commitment_or_404(number)
    try:
        rules.withdraw(g.actor, [commitment], request.form.get("reason", "")[:300])
    except Refused as refusal:
        return edit_page(commitment, status=refusal.status, error=str(refusal))
    return done(url_for("commitments.edit", number=number))


def edit_page(commitment, form=None, status=200, error=None, progress=None):
    """One promise with its whole story, and all that may be done to it."""
    if form is None:
        form = CommitmentForm(formdata=None, obj=commitment)
        form.category.choices = categories.choices(g.place, commitment.category)
    usual = min(clock.today(), clock.today().replace(year=commitment.year, month=12, day=31))
    return page(
        "boards/edit.html", commitment=commitment, form=form, error=error, steps=queries.steps(commitment),
        warnings=warnings(form.text.data or "", form.target.data or "", g.place), status=status, State=CommitmentState,
        on_show=commitment.state in SHOWN_STATES, living=commitment.state in LIVING, typed=request.form,
        reports=doing.story(commitment), done=reported.done_of(commitment.id),
        link=links.live(g.place, PURPOSE, commitment.member_id).get(commitment.member_id),
        progress=progress or ProgressForm(formdata=None, data={"done_on": usual}),
    )  # fmt: skip
