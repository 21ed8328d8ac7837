"""For staff: the plan of all boards, and one stairwell with all that may be done to it."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.boards import categories, doorway, hanging, issuing, posting, queries, rules
from blueprints.boards.models import CommitmentState, ConsentForm, Field, PostingLog
from blueprints.boards.posting import BoardState, Gap
from blueprints.boards.quarters import Quarter
from blueprints.organisation import queries as organisation
from blueprints.organisation import rules as organisation_rules
from blueprints.people import queries as people
from blueprints.people.models import PartyMember
from core import clock, settings
from core.access import Can, needs
from core.answers import file_answer
from core.page import done, page, wants_box
from core.refusal import Refused
from core.web import row_number

bp = Blueprint("boards", __name__)


def stairwell_or_404(slug):
    return organisation.stairwell(g.place, slug) or abort(404)


def member_or_404(number):
    query = people.members(g.place).where(PartyMember.place.in_(g.actor.communities(Can.BOARDS_READ)))
    return query.where(PartyMember.id == number).first() or abort(404)


@bp.get("/office/boards")
@needs(Can.BOARDS_READ)
def coverage():
    return coverage_page()


def coverage_page(status=200, error=None):
    """The plan of all boards; also where a refusal about them is told."""
    chosen = organisation.stairwell(g.place, request.args.get("at", ""))
    boards = posting.boards(g.place, chosen if wants_box() else None)
    asked = request.args.get("state", "")
    state = BoardState(asked) if asked in set(BoardState) else Gap(asked) if asked in set(Gap) else None
    year, leaders = rules.current_year(g.place), organisation.leaders(g.place)
    return page(
        "boards/coverage.html", "pane", year=year, boards=boards, tally=posting.tally(boards), state=state,
        board=next((board for board in boards if board.place == chosen), None), table=request.args.get("view") == "table",
        counts=queries.counts(g.place, year), coverage=queries.coverage(g.place), State=CommitmentState,
        BoardState=BoardState, Gap=Gap, leaders=leaders, leader=leaders.get(chosen.id) if chosen else None,
        promises=queries.of_stairwell(g.actor, g.place, chosen, year) if chosen else {},
        changed=sum(board.to_print for board in boards),
        printable=sum(board.printable for board in boards), error=error, status=status,
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
        Field=Field, day=clock.today(), quarter=Quarter.of(clock.today()), categories=categories.choices(g.place),
        hangers=hanging.hangers(g.place), token=doorway.of(g.place).token(place.slug), title=settings.value("boards.leader", g.place), typed=request.form, error=error, status=status,
    )  # fmt: skip


@bp.get("/office/boards/members/<int:number>")
@needs(Can.BOARDS_READ)
def member(number):
    """Where the code on a signed form leads: the member's place on the page of the stairwell."""
    row = member_or_404(number)
    if row.stairwell is None:
        return done(url_for("people.edit", number=number))
    return done(url_for("boards.stairwell", slug=row.stairwell.slug, _anchor=f"m{number}"))


@bp.route("/office/boards/members/<int:number>/consents", methods=["GET", "POST"])
@needs(Can.BOARDS_EDIT)
def agree(number):
    """What a member agreed to and ever agreed to, and which boards have to come down for it."""
    row = member_or_404(number)
    if request.method == "GET":
        return _consents(row)
    fields = [name for name in request.form.getlist("fields") if name in set(Field)]
    form = request.form.get("form", "")
    form = ConsentForm(form) if form in set(ConsentForm) else ConsentForm.SIGNED
    try:
        rules.consent(g.actor, row, fields, form.value, hanging.day_typed(request.form.get("since", "")))
    except Refused as refusal:
        return _consents(row, refusal.status, str(refusal))
    return done(url_for("boards.agree", number=number))


def _consents(row, status=200, error=None):
    history = list(queries.consent_history(row))
    return page(
        "boards/consents.html", member=row, history=history, now=next((one for one in history if one.until is None), None),
        Field=Field, forms=[(one.value, one.title) for one in ConsentForm], day=clock.today(), typed=request.form,
        replace=posting.showing(posting.boards(g.place), row.person.name), error=error, status=status,
    )  # fmt: skip


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
            g.actor, place, request.form.get("person", type=row_number), request.form.get("name", "")[:80],
            hanging.day_typed(request.form.get("since", "")) if request.form.get("since") else None,
        )  # fmt: skip
    except Refused as refusal:
        return stairwell_page(place, refusal.status, str(refusal))
    return done(url_for("boards.stairwell", slug=slug))


@bp.route("/office/boards/postings", methods=["GET", "POST"])
@needs(Can.BOARDS_PRINT)
def hang():
    """登记张贴, for one board or for all that somebody carried round the houses, building by building."""
    boards = [board for board in posting.boards(g.place) if board.issue]
    if request.method == "GET":
        return _hang(boards)
    ticked = set(request.form.getlist("ids", type=row_number))
    chosen, photo = [board for board in boards if board.place.id in ticked], request.files.get("photo")
    try:
        day = hanging.day_typed(request.form.get("hung_on", ""))
        hanging.hang(g.actor, g.place, chosen, day, request.form.get("hung_by", ""), photo.read() if photo else b"")
    except Refused as refusal:
        return _hang(boards, refusal.status, str(refusal))
    one = chosen[0].place.slug if len(chosen) == 1 else None
    return done(url_for("boards.stairwell", slug=one) if one else url_for("boards.coverage"))


def _hang(boards, status=200, error=None):
    asked = request.args.get("at", "")
    wanted = [board for board in boards if board.place.slug == asked] or [b for b in boards if b.unhung_issue]
    ticked = set(request.form.getlist("ids", type=row_number)) if error else set()
    houses = organisation.by_building([board.place for board in wanted])
    by_place = {board.place.id: board for board in wanted}
    return page(
        "boards/postings.html", houses=[[by_place[place.id] for place in places] for _house, places in houses],
        ticked=ticked or ({board.place.id for board in wanted} if not error else set()), error=error, status=status,
        day=request.form.get("hung_on") or clock.today().isoformat(), by=request.form.get("hung_by", ""),
        hangers=hanging.hangers(g.place),
    )  # fmt: skip


def posting_or_404(slug, number):
    return queries.postings(stairwell_or_404(slug)).where(PostingLog.id == number).first() or abort(404)


@bp.get("/office/boards/<slug>/postings/<int:number>.jpg")
@needs(Can.BOARDS_READ)
def hung_photo(slug, number):
    """The board in its place."""
    blob = posting_or_404(slug, number).photo or abort(404)
    return file_answer(bytes(blob.content), "photo.jpg")


@bp.post("/office/boards/<slug>/postings/<int:number>/photo")
@needs(Can.BOARDS_PRINT)
def add_photo(slug, number):
    row, photo = posting_or_404(slug, number), request.files.get("photo")
    try:
        hanging.picture(g.actor, row, photo.read() if photo else b"")
    except Refused as refusal:
        return stairwell_page(row.stairwell, refusal.status, str(refusal))
    return done(url_for("boards.stairwell", slug=slug))


@bp.post("/office/boards/<slug>/postings/<int:number>/withdrawal")
@needs(Can.BOARDS_PRINT)
def take_back(slug, number):
    row = posting_or_404(slug, number)
    try:
        hanging.take_back(g.actor, row)
    except Refused as refusal:
        return stairwell_page(row.stairwell, refusal.status, str(refusal))
    return done(url_for("boards.stairwell", slug=slug))
