"""Papers of bodies."""

from functools import partial

from flask import Blueprint, abort, g, url_for

from blueprints.bodies import registers, sheets
from blueprints.bodies.models import Body, Charter
from blueprints.papers import rules as papers
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import done
from core.printing.printer import pdf
from core.registers import ledger
from core.text import _, _l, in_chinese

bp = Blueprint("body_prints", __name__)
OFFICIAL, SEATS, KIND, MEMBERS = "print/official.html", "bodies/print/seats.html", "charter", "body-members"
papers.kind(KIND, _l("章程和议事规则"), Can.MEETINGS_READ, desk=lambda paper: f"/office/charters/{paper.subject_id}")
papers.kind(MEMBERS, _l("机构成员名单"), Can.MEETINGS_READ, desk=lambda paper: f"/office/bodies/{paper.subject_id}")


def charter_or_404(number):
    return ledger.visible_to(registers.CHARTERS, g.actor, g.place).where(Charter.id == number).first() or abort(404)


@bp.get("/office/charters/<int:number>/charter.pdf")
@needs(Can.MEETINGS_READ)
def charter(number):
    row = charter_or_404(number)
    return pdf_answer(papers.copy(row, KIND, row.version) or pdf(OFFICIAL, sheets.charter(row), draft=True), row.title)


@bp.post("/office/charters/<int:number>/prints")
@needs(Can.MEETINGS_WRITE)
def issue(number):
    row = charter_or_404(number)
    with in_chinese():
        title = _("%(title)s（第%(edition)s版）", title=row.title, edition=row.edition)
        papers.issue(
            g.actor, g.place, row, KIND, title, lambda code: pdf(OFFICIAL, sheets.charter(row), code=code), row.version
        )
    return done(url_for("body_prints.charter", number=number))


@bp.get("/office/bodies/<int:number>/seats.pdf")
@needs(Can.MEETINGS_READ)
def seats(number):
    body = body_or_404(number)
    sheet = sheets.seats(body)
    return pdf_answer(papers.shown(body, MEMBERS, partial(pdf, SEATS, sheet), None), sheet.title)


@bp.post("/office/bodies/<int:number>/prints")
@needs(Can.MEETINGS_WRITE)
def issue_seats(number):
    body = body_or_404(number)
    sheet = sheets.seats(body)
    papers.issue(g.actor, g.place, body, MEMBERS, sheet.title, partial(pdf, SEATS, sheet), None)
    return done(url_for("body_prints.seats", number=number))


def body_or_404(number):
    return ledger.visible_to(registers.BODIES, g.actor, g.place).where(Body.id == number).first() or abort(404)
