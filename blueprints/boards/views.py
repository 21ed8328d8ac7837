"""Boards for residents; for staff the plan of all boards and one stairwell with all that may be done to it."""

from flask import Blueprint, Response, abort, g, request, url_for

from blueprints.boards import categories, issuing, posters, posting, queries, rules
from blueprints.boards.models import CommitmentState, ConsentForm, Field
from blueprints.boards.posting import BoardState
from blueprints.organisation import queries as organisation
from blueprints.organisation import rules as organisation_rules
from blueprints.people import queries as people
from blueprints.people.models import PartyMember
from core import clock, settings
from core.access import Can, needs, public
from core.page import done, kept, page, wants_box
from core.refusal import Refused
from core.web import row_number

bp = Blueprint("boards", __name__)


def stairwell_or_404(slug):
    return organisation.stairwell(g.place, slug) or abort(404)


def member_or_404(number):
    query = people.members(g.place).where(PartyMember.place.in_(g.actor.communities(Can.BOARDS_READ)))
    return query.where(PartyMember.id == number).first() or abort(404)


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
    rows = list(queries.on_boards(g.place, year, stairwell=stairwell))
    members = posters.cards(rows, queries.agreed(g.place), queries.last_done(g.place, year, stairwell))
    buildings = organisation.by_building(list(organisation.stairwells(g.place)))
    return _hidden(page(
        "boards/show.html", stairwell=stairwell, year=year, members=members, buildings=buildings,
        hung=queries.hanging(g.place).get(stairwell.id), leader=organisation.leaders(g.place).get(stairwell.id),
    ))  # fmt: skip


@bp.get("/boards/<slug>/photos/<int:number>")
@public
def photo(slug, number):
    """A member's photo, as long as the member agrees and something of theirs hangs here."""
    g.place or abort(404)
    shown = queries.on_boards(g.place, rules.current_year(g.place), stairwell=stairwell_or_404(slug))
    row = shown.where(PartyMember.id == number).first() or abort(404)
    if row.member.photo is None or "photo" not in queries.agreed(g.place).get(number, ()):
        abort(404)
    return _hidden(Response(bytes(row.member.photo.content), mimetype=row.member.photo.media_type))


def _hidden(answer):
    # Boards are for the people of the house, not for search engines.
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer


@bp.get("/office/boards")
@needs(Can.BOARDS_READ)
def coverage():
    chosen = organisation.stairwell(g.place, request.args.get("at", ""))
    boards = posting.boards(g.place, chosen if wants_box() else None)
    asked = request.args.get("state", "")
    state = BoardState(asked) if asked in set(BoardState) else None
    year = rules.current_year(g.place)
    return page(
        "boards/coverage.html", "pane", year=year, boards=boards, tally=posting.tally(boards), state=state,
        board=next((board for board in boards if board.place == chosen), None), table=request.args.get("view") == "table",
        counts=queries.counts(g.place, year), coverage=queries.coverage(g.place), State=CommitmentState,
        BoardState=BoardState, leader=organisation.leaders(g.place).get(chosen.id) if chosen else None,
        promises=queries.of_stairwell(g.actor, g.place, chosen, year) if chosen else {},
        changed=sum(board.hung is None or bool(board.reasons) for board in boards if board.members),
    )  # fmt: skip


@bp.get("/office/boards/<slug>")
@needs(Can.BOARDS_READ)
def stairwell(slug):
    return stairwell_page(stairwell_or_404(slug))


def stairwell_page(place, status=200, error=None):
    """One stairwell as staff see it; also where a refusal about it is told."""
    year = rules.current_year(g.place)
    return page(
        "boards/stairwell.html", stairwell=place, board=posting.boards(g.place, place)[0], year=year,
        members=list(people.members(g.place).where(PartyMember.stairwell == place)),
        promises=queries.of_stairwell(g.actor, g.place, place, year), consents=queries.consents(g.place),
        issues=list(issuing.issues(place)), postings=list(queries.postings(place)),
        leaders=list(organisation.former_leaders(place)), residents=list(organisation.residents(place)),
        Field=Field, forms=[(one.value, one.title) for one in ConsentForm], day=clock.today(),
        categories=categories.choices(g.place),
        title=settings.value("boards.leader", g.place), typed=request.form, error=error, status=status,
    )  # fmt: skip


@bp.get("/office/boards/members/<int:number>")
@needs(Can.BOARDS_READ)
def member(number):
    """Where the code on a signed form leads: the member's place on the page of the stairwell."""
    row = member_or_404(number)
    if row.stairwell is None:
        return done(url_for("people.edit", number=number))
    return done(url_for("boards.stairwell", slug=row.stairwell.slug, _anchor=f"m{number}"))


@bp.post("/office/boards/members/<int:number>/consents")
@needs(Can.BOARDS_EDIT)
def agree(number):
    row = member_or_404(number)
    fields = [name for name in request.form.getlist("fields") if name in set(Field)]
    form = request.form.get("form", "")
    form = ConsentForm(form) if form in set(ConsentForm) else ConsentForm.SIGNED
    rules.consent(g.actor, row, fields, form.value)
    return _back_to(row)


@bp.post("/office/boards/members/<int:number>/commitments")
@needs(Can.BOARDS_EDIT)
def propose(number):
    row = member_or_404(number)
    asked = request.form.get("category", "")
    try:
        rules.propose(
            g.actor, row, request.form.get("text", "")[:300], categories.named(g.place, asked),
            request.form.get("target", "")[:80],
        )  # fmt: skip
    except Refused as refusal:
        return stairwell_page(row.stairwell, refusal.status, str(refusal)) if row.stairwell else abort(404)
    return _back_to(row)


def _back_to(row):
    if row.stairwell is None:
        return done(url_for("people.edit", number=row.id))
    return done(url_for("boards.stairwell", slug=row.stairwell.slug, _anchor=f"m{row.id}"))


@bp.post("/office/boards/<slug>/leader")
@needs(Can.BOARDS_EDIT)
def lead(slug):
    place = stairwell_or_404(slug)
    try:
        organisation_rules.leader_chosen(
            g.actor, place, request.form.get("person", type=row_number), request.form.get("name", "")[:80]
        )
    except Refused as refusal:
        return stairwell_page(place, refusal.status, str(refusal))
    return done(url_for("boards.stairwell", slug=slug))


@bp.route("/office/boards/postings", methods=["GET", "POST"])
@needs(Can.BOARDS_PRINT)
def hang():
    """登记张贴, for one board or for all that somebody carried round the houses."""
    boards = [board for board in posting.boards(g.place) if board.issue]
    if request.method == "GET":
        return _hang(boards)
    ticked = set(request.form.getlist("ids", type=row_number))
    try:
        day = posting.day_typed(request.form.get("hung_on", ""))
        chosen = [board for board in boards if board.place.id in ticked]
        posting.hang(g.actor, g.place, chosen, day, request.form.get("hung_by", ""))
    except Refused as refusal:
        return _hang(boards, refusal.status, str(refusal))
    one = chosen[0].place.slug if len(chosen) == 1 else None
    return done(url_for("boards.stairwell", slug=one) if one else url_for("boards.coverage"))


def _hang(boards, status=200, error=None):
    asked = request.args.get("at", "")
    wanted = [board for board in boards if board.place.slug == asked] or [b for b in boards if b.unhung_issue]
    ticked = set(request.form.getlist("ids", type=row_number)) if error else {board.place.id for board in wanted}
    return page(
        "boards/postings.html", boards=wanted, ticked=ticked, error=error, status=status,
        day=request.form.get("hung_on") or clock.today().isoformat(), by=request.form.get("hung_by", ""),
    )  # fmt: skip
