"""Papers of one member's promises: the letter with the personal link, the form of a quarter; one, a branch's, or all."""

from functools import partial

from flask import Blueprint, abort, g, request, url_for

from blueprints.boards import letters, quarter_boards, quarter_forms
from blueprints.boards.quarters import Quarter
from blueprints.boards.views import member_or_404, stairwell_or_404
from blueprints.organisation import queries as organisation
from blueprints.papers import rules as papers
from core import jobs
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import done
from core.printing.printer import pdf
from core.records.places import PartyOrg
from core.text import _
from core.web import row_number

bp = Blueprint("member_prints", __name__)


@bp.post("/office/boards/members/<int:number>/letter")
@needs(Can.BOARDS_PRINT)
def letter(number):
    """A new link for one member; the answer is the letter itself, because the link is kept nowhere."""
    member = member_or_404(number)
    content = letters.one(g.actor, g.place, member, lambda sheet: pdf(letters.TEMPLATE, sheet))
    return pdf_answer(content, _("个人链接-%(name)s", name=member.person.name))


@bp.post("/office/boards/members/<int:number>/link-end")
@needs(Can.BOARDS_EDIT)
def stop(number):
    member = member_or_404(number)
    letters.stop(g.actor, member)
    return done(url_for("boards.member", number=number))


@bp.post("/office/boards/letters")
@needs(Can.BOARDS_PRINT)
def all_letters():
    branch = branch_or_404()
    title = _("个人链接（%(of)s）", of=branch.name if branch else _("全部党员"))
    job = jobs.order(
        g.actor, g.place, "boards.letters", title, f"{title}.pdf", branch=branch.id if branch else 0,
        everybody=bool(request.form.get("everybody")), account=g.actor.account_id,
    )  # fmt: skip
    return done(url_for("jobs.show", number=job.id))


def branch_or_404():
    """The branch a form names, None for all."""
    number = request.values.get("branch", 0, type=row_number)
    return number and (organisation.branches(g.place).where(PartyOrg.id == number).first() or abort(404))


@bp.get("/office/boards/members/<int:number>/quarters/<code>.pdf")
@needs(Can.BOARDS_READ)
def quarter(number, code):
    member, of = member_or_404(number), Quarter.coded(code) or abort(404)
    sheets = quarter_forms.sheets(g.place, of, [number]) or abort(404)
    return pdf_answer(pdf(quarter_forms.TEMPLATE, sheets[0]), _("践诺登记表-%(name)s", name=member.person.name))


@bp.post("/office/boards/quarters/<code>/prints")
@needs(Can.BOARDS_PRINT)
def all_quarters(code):
    of, branch = Quarter.coded(code) or abort(404), branch_or_404()
    title = _("践诺登记表（%(quarter)s，%(of)s）", quarter=of.title, of=branch.name if branch else _("全部党员"))
    job = jobs.order(
        g.actor, g.place, "boards.quarters", title, f"{title}.pdf", quarter=of.code, branch=branch.id if branch else 0,
        silent=bool(request.form.get("silent")),
    )  # fmt: skip
    return done(url_for("jobs.show", number=job.id))


def _board_of(slug, code):
    """A stairwell with its sheet of the quarter, and how to draw it."""
    of, place = Quarter.coded(code) or abort(404), stairwell_or_404(slug)
    sheet = quarter_boards.sheets(g.place, of).get(place.id) or abort(404)
    return place, sheet, partial(pdf, quarter_boards.TEMPLATE, sheet)


@bp.get("/office/boards/<slug>/quarters/<code>.pdf")
@needs(Can.BOARDS_READ)
def board(slug, code):
    """季度进展公示, beside the board."""
    place, _sheet, draw = _board_of(slug, code)
    return pdf_answer(papers.shown(place, quarter_boards.KIND, draw, None), _("季度进展-%(place)s", place=place.name))


@bp.post("/office/boards/<slug>/quarters/<code>/prints")
@needs(Can.BOARDS_PRINT)
def issue_board(slug, code):
    place, sheet, draw = _board_of(slug, code)
    quarter_boards.issue(g.actor, place, sheet, draw)
    return done(url_for("member_prints.board", slug=slug, code=code))


@bp.post("/office/boards/quarters/<code>/boards")
@needs(Can.BOARDS_PRINT)
def all_boards(code):
    """The sheets of all stairwells as one file."""
    of = Quarter.coded(code) or abort(404)
    title = _("季度进展公示（%(quarter)s，全部楼道）", quarter=of.title)
    job = jobs.order(g.actor, g.place, quarter_boards.JOB, title, f"{title}.pdf", quarter=of.code, account=g.actor.account_id)
    return done(url_for("jobs.show", number=job.id))
