"""践诺 at the office: what was done of a promise, with its evidence; how far all are on any day."""

from datetime import date
from functools import partial

from flask import Blueprint, abort, g, request, url_for

from blueprints.boards import doing, figures, growing, queries, rules
from blueprints.boards.doing import Report
from blueprints.boards.forms import ProgressForm
from blueprints.boards.models import Commitment, Progress
from blueprints.boards.reviewing import chosen_rows, commitment_or_404, edit_page, filters, list_page
from blueprints.papers import rules as papers
from core import clock
from core.access import Can, needs
from core.answers import file_answer, pdf_answer
from core.evidence import file_of
from core.page import done, page
from core.printing.printer import pdf
from core.refusal import Refused
from core.text import _, _l
from core.web import files_sent

bp = Blueprint("progress", __name__)
GROWTH = "commitment-growth"
papers.kind(GROWTH, _l("党员公示责任制增长情况"), Can.BOARDS_READ, desk=lambda _paper: "/office/boards/figures", dated=True)


class WrongEntry(Refused):
    sentence = _l("这条进展没有登记：%(why)s")


@bp.post("/office/boards/commitments/<int:number>/progress")
@needs(Can.BOARDS_EDIT)
def report(number):
    commitment, form = commitment_or_404(number), ProgressForm()
    if not form.validate():
        return edit_page(commitment, status=422, progress=form)
    said = Report(
        form.done_on.data, form.amount.data or 0, form.note.data or "", form.evidence.data or "", form.hindrance.data or "",
        form.plan.data or "",
    )  # fmt: skip
    try:
        doing.report(g.actor, commitment, said, done=bool(request.form.get("done")), files=files_sent())
    except Refused as refusal:
        return edit_page(commitment, status=refusal.status, error=str(refusal), progress=form)
    return done(url_for("commitments.edit", number=number, _anchor="progress"))


@bp.post("/office/boards/progress")
@needs(Can.BOARDS_EDIT)
def report_many():
    """What several did together, typed once for all who are ticked."""
    form = ProgressForm()
    try:
        if not form.validate():
            raise WrongEntry(why="；".join(str(error) for errors in form.errors.values() for error in errors))
        said = Report(form.done_on.data, form.amount.data or 0, form.note.data or "", form.evidence.data or "")
        doing.report_many(g.actor, chosen_rows(), said)
    except Refused as refusal:
        return list_page(refusal.status, str(refusal))
    return done(url_for("commitments.index", **filters()))


@bp.post("/office/boards/commitments/<int:number>/reopening")
@needs(Can.BOARDS_EDIT)
def reopen(number):
    commitment = commitment_or_404(number)
    try:
        rules.reopen(g.actor, [commitment])
    except Refused as refusal:
        return edit_page(commitment, status=refusal.status, error=str(refusal))
    return done(url_for("commitments.edit", number=number))


@bp.post("/office/boards/fulfilments")
@needs(Can.BOARDS_EDIT)
def fulfil():
    try:
        rules.fulfil(g.actor, chosen_rows())
    except Refused as refusal:
        return list_page(refusal.status, str(refusal))
    return done(url_for("commitments.index", **filters()))


def entry_or_404(number):
    here = queries.visible_to(g.actor, g.place).select(Commitment.id)
    return Progress.get_or_none((Progress.id == number) & Progress.commitment.in_(here)) or abort(404)


@bp.post("/office/boards/progress/<int:number>/removal")
@needs(Can.BOARDS_EDIT)
def take_back(number):
    entry = entry_or_404(number)
    doing.take_back(g.actor, entry)
    return done(url_for("commitments.edit", number=entry.commitment_id, _anchor="progress"))


@bp.get("/office/boards/progress/<int:number>/files/<int:position>")
@needs(Can.BOARDS_READ)
def evidence(number, position):
    found = file_of(entry_or_404(number), position) or abort(404)
    return file_answer(bytes(found.blob.content), found.name)


@bp.get("/office/boards/figures")
@needs(Can.BOARDS_READ)
def on_a_day():
    """Counts on any day, and how they grew."""
    day = _day(request.args.get("on", "")) or clock.today()
    points = figures.growth(g.place)
    said = growing.said(points[0], points[-1]) if points else ""
    return page("boards/figures.html", figures=figures.on(g.place, day), growth=points, said=said, day=day)


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@bp.get("/office/boards/figures.xlsx")
@needs(Can.BOARDS_READ)
def table():
    return file_answer(figures.table(figures.growth(g.place)), _("承诺公示统计.xlsx"))


def _growth():
    points = figures.growth(g.place) or abort(404)
    return partial(pdf, growing.TEMPLATE, growing.sheet(g.place, points))


@bp.get("/office/boards/figures.pdf")
@needs(Can.BOARDS_READ)
def growth():
    return pdf_answer(papers.shown(g.place, GROWTH, _growth(), None), _("党员公示责任制增长情况"))


@bp.post("/office/boards/figures/prints")
@needs(Can.BOARDS_PRINT)
def issue_growth():
    papers.issue(g.actor, g.place, g.place, GROWTH, _l("党员公示责任制增长情况"), _growth(), None)
    return done(url_for("progress.growth"))
