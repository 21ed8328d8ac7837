"""Boards for residents, commitments and posters for staff."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.boards import posters, queries, rules
from blueprints.boards.forms import CommitmentForm
from blueprints.boards.models import Category, Commitment, CommitmentState
from blueprints.organisation import queries as organisation
from core import jobs
from core.access import Can, needs, public
from core.answers import pdf_answer
from core.page import done, kept, page
from core.printer import pdf
from core.refusal import Refused, Stale
from core.text import _
from core.web import row_number

bp = Blueprint("boards", __name__)


def stairwell_or_404(slug):
    return organisation.stairwell(g.place, slug) or abort(404)


def commitment_or_404(number):
    return queries.visible_to(g.actor, g.place).where(Commitment.id == number).first() or abort(404)


@bp.get("/boards/")
@public
def index():
    g.place or abort(404)
    return _index()


@kept
def _index():
    lit = queries.published_stairwells(g.place)
    buildings = organisation.by_building(list(organisation.stairwells(g.place)))
    return _hidden(page("boards/index.html", buildings=buildings, lit=lit))


@bp.get("/boards/<slug>")
@public
def show(slug):
    g.place or abort(404)
    return _show(slug)


@kept
def _show(slug):
    stairwell = stairwell_or_404(slug)
    year = rules.current_year(g.place)
    members = posters.cards(queries.shown_on_board(stairwell, year), queries.consents(g.place))
    return _hidden(page("boards/show.html", stairwell=stairwell, year=year, members=members))


def _hidden(answer):
    # Boards are for the people of the house, not for search engines.
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@bp.get("/office/boards")
@needs(Can.BOARDS_READ)
def coverage():
    year = rules.current_year(g.place)
    stairwells = list(organisation.stairwells(g.place))
    return page(
        "boards/coverage.html", "coverage", year=year, buildings=organisation.by_building(stairwells),
        grid=queries.board_states(g.place, year), counts=queries.counts(g.place, year),
        coverage=queries.coverage(g.place), State=CommitmentState,
    )  # fmt: skip


@bp.get("/office/boards/commitments")
@needs(Can.BOARDS_READ)
def commitments():
    return _list()


def _list(status=200, error=None):
    year = rules.current_year(g.place)
    state = _chosen_state()
    rows = list(queries.in_state(queries.visible_to(g.actor, g.place), state, year))
    return page(
        "boards/commitments.html", "commitments", rows=rows, state=state, year=year, State=CommitmentState,
        counts=queries.counts(g.place, year), warnings={row.id: rules.warnings(row.text, g.place) for row in rows},
        error=error, reason=request.form.get("reason", ""), ticked=set(request.form.getlist("ids")), status=status,
    )  # fmt: skip


def _chosen_state():
    asked = request.args.get("state", "")
    return CommitmentState(asked) if asked in set(CommitmentState) else None


@bp.post("/office/boards/reviews")
@needs(Can.BOARDS_REVIEW)
def review():
    chosen = _chosen()
    try:
        if request.form.get("verdict") == "return":
            rules.send_back(g.actor, chosen, request.form.get("reason", ""))
        else:
            rules.approve(g.actor, chosen)
    except Refused as refusal:
        return _list(refusal.status, str(refusal))
    return done(url_for("boards.commitments", state=CommitmentState.PROPOSED))


@bp.post("/office/boards/publications")
@needs(Can.BOARDS_REVIEW)
def publish():
    try:
        rules.publish(g.actor, _chosen())
    except Refused as refusal:
        return _list(refusal.status, str(refusal))
    return done(url_for("boards.coverage"))


def _chosen():
    """The ticked rows, or all of the state the page showed when 全部 was pressed."""
    query = queries.visible_to(g.actor, g.place)
    if request.form.get("all"):
        return list(queries.in_state(query, CommitmentState(request.form["all"]), rules.current_year(g.place)))
    return list(query.where(Commitment.id.in_(request.form.getlist("ids", type=row_number))))


@bp.route("/office/boards/commitments/<int:number>", methods=["GET", "POST"])
@needs(Can.BOARDS_EDIT)
def edit(number):
    commitment = commitment_or_404(number)
    form = CommitmentForm(obj=commitment)
    if not form.validate_on_submit():
        return _edit(commitment, form, 422 if form.is_submitted() else 200)
    try:
        rules.amend(
            g.actor, commitment, int(form.version.data or 0), text=form.text.data.strip(),
            category=Category(form.category.data), target=form.target.data, due_on=form.due_on.data,
        )  # fmt: skip
    except Stale as stale:
        form.version.data = commitment.version
        return _edit(commitment, form, stale.status, str(stale))
    return done(url_for("boards.commitments"))


def _edit(commitment, form, status, error=None):
    return page(
        "boards/edit.html", commitment=commitment, form=form, error=error, steps=queries.steps(commitment),
        warnings=rules.warnings(form.text.data or "", g.place), status=status,
    )  # fmt: skip


@bp.get("/office/boards/<slug>/poster.pdf")
@needs(Can.BOARDS_READ)
def poster(slug):
    stairwell = stairwell_or_404(slug)
    sheet = posters.poster(g.place, stairwell, _size())
    return pdf_answer(pdf("boards/print/poster.html", sheet, draft=True), _("公示牌-%(name)s", name=stairwell.name))


@bp.post("/office/boards/posters")
@needs(Can.BOARDS_PRINT)
def print_posters():
    size = _size()
    title = _("全部楼道公示牌（%(size)s）", size=size)
    job = jobs.order(g.actor, g.place, "boards.posters", title, f"{title}.pdf", size=size)
    return done(url_for("jobs.show", number=job.id))


def _size():
    return "A3" if request.values.get("size") == "A3" else "A4"
