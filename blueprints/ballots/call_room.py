"""唱票板 in the hall: one account calls, everybody else watches the same strokes grow."""

from flask import abort, g, request, url_for

from blueprints.ballots import board, desk, printing, queries, words
from blueprints.ballots.count_room import box_or_404, bp, class_or_404
from blueprints.ballots.models import PollStatus
from blueprints.ballots.office import poll_or_404
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import done, page
from core.refusal import Refused
from core.text import _
from core.web import shown_version

WAYS = ("ballot", "name")


def way():
    """Ballot by ballot, or name by name."""
    asked = request.values.get("way", "")
    return asked if asked in WAYS else WAYS[0]


@bp.get("/<int:number>/box/<int:which>/board")
@needs(Can.POLLS_COUNT)
def calling(number, which):
    poll = poll_or_404(number)
    return _board(poll, box_or_404(poll, which))


def _board(poll, box, status=200, error=""):
    found = board.board_of(box)
    mine = found is not None and found.account_id == g.actor.account_id
    return page(
        "ballots/board.html", "board", poll=poll, counted=box, found=found, mine=mine, ballot=desk.ballot_beside(poll),
        options=words.options(poll), graded=poll.kind in words.GRADING, way=way(), error=error, State=PollStatus,
        callable=poll.status in desk.COUNTING, hidden=_hidden(box, found, mine), unmarked=words.unmarked_words(poll),
        entered={entry.account_id for entry in box.entries}, status=status,
    )  # fmt: skip


def _hidden(box, found, mine):
    """Once the sums are the first of two entries, whoever makes the second does not read them here."""
    return found is not None and not mine and box.accepted is None and box.entries.count() > 0


@bp.post("/<int:number>/box/<int:which>/board")
@needs(Can.POLLS_COUNT)
def begin_calling(number, which):
    poll = poll_or_404(number)
    box = box_or_404(poll, which)
    try:
        board.begin(g.actor, box)
    except Refused as refusal:
        return _board(poll, box, refusal.status, str(refusal))
    return done(url_for("polls.calling", number=number, which=which))


@bp.post("/<int:number>/box/<int:which>/calls")
@needs(Can.POLLS_COUNT)
def call(number, which):
    """One ballot or one stroke; the board alone comes back where htmx asks, the whole page where it does not."""
    poll = poll_or_404(number)
    box = box_or_404(poll, which)
    found = board.board_of(box) or abort(404)
    try:
        _called(found, request.form.get("do", "ballot"))
    except Refused as refusal:
        return _board(poll, box, refusal.status, str(refusal))
    return done(url_for("polls.calling", number=number, which=which, way=way()), lambda: _board(poll, box))


def _called(found, what):
    """The button says what was called: a ballot, a void one, a stroke in a cell (``r2-1``), a name, or one back."""
    version = shown_version()
    if what == "void":
        return board.call_void(g.actor, found, version)
    if what == "whole":
        return board.call_whole(g.actor, found, version)
    if what == "back":
        return board.take_back(g.actor, found, version)
    if what == "valid":
        return board.stroke(g.actor, found, version)
    if what == "name":
        name = request.form.get("name", "")
        return board.stroke(g.actor, found, version, name=name) if name.strip() else None
    if what.startswith("r"):
        return board.stroke(g.actor, found, version, _cell(what))
    marks = [request.form.get(f"m{row}", "") for row in range(len(found.rows))]
    return board.call(g.actor, found, version, marks, request.form.getlist("name"))


def _cell(text):
    row, _sep, column = text[1:].partition("-")
    if not (row.isdigit() and column.isdigit()):
        raise board.NoSuchCell()
    return int(row), int(column)


@bp.post("/<int:number>/box/<int:which>/board/clearing")
@needs(Can.POLLS_COUNT)
def clear_board(number, which):
    poll = poll_or_404(number)
    box = box_or_404(poll, which)
    try:
        board.clear(g.actor, board.board_of(box) or abort(404))
    except Refused as refusal:
        return _board(poll, box, refusal.status, str(refusal))
    return done(url_for("polls.calling", number=number, which=which))


@bp.post("/<int:number>/box/<int:which>/board/entry")
@needs(Can.POLLS_COUNT)
def take_board(number, which):
    """The sums become one of the two entries of the box."""
    poll = poll_or_404(number)
    box = box_or_404(poll, which)
    try:
        board.take_over(g.actor, board.board_of(box) or abort(404))
    except Refused as refusal:
        return _board(poll, box, refusal.status, str(refusal))
    return done(url_for("polls.count_desk", number=number))


@bp.get("/<int:number>/box/<int:which>/board.pdf")
@needs(Can.POLLS_COUNT)
def board_sheet(number, which):
    """正字计票单 with the strokes as they stand on the board."""
    poll = poll_or_404(number)
    box = box_or_404(poll, which)
    found = board.board_of(box)
    if found is None or _hidden(box, found, found.account_id == g.actor.account_id):
        abort(404)
    return pdf_answer(printing.called(found), _("正字计票单-%(box)s", box=box.name))


@bp.get("/<int:number>/classes/<int:which>/board")
@needs(Can.POLLS_COUNT)
def class_board(number, which):
    """All boxes of one class of ballots together, for the screen in the hall; nothing is called here."""
    poll = poll_or_404(number)
    row = class_or_404(poll, which)
    boxes = list(queries.boxes_of(poll, row))
    boards = [found for box in boxes if (found := board.board_of(box)) and not _hidden(box, found, False)]
    ballot = desk.ballot_beside(poll)
    return page(
        "ballots/class_board.html", "board", poll=poll, group=row, boxes=boxes, called=len(boards), ballot=ballot,
        options=words.options(poll), graded=poll.kind in words.GRADING, found=board.together(boards, ballot), State=PollStatus,
    )  # fmt: skip
