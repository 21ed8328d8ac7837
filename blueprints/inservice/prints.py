"""Papers of in-service members beside slip and card: the register, the receipt alone, the letter by which employers ask."""

from functools import partial

from flask import Blueprint, abort, g, request, url_for

from blueprints.inservice import contacts, queries, sheets
from blueprints.inservice.models import CheckIn, Inquiry
from blueprints.papers import rules as papers
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import done
from core.printing.printer import pdf
from core.text import _, _l, in_chinese

bp = Blueprint("inservice_prints", __name__)
REGISTER, RECEIPT, REQUEST = "inservice/print/register.html", "print/official.html", "inservice/print/request.html"
LISTED, RECEIVED = "check-in-register", "check-in-receipt"
papers.kind(LISTED, _l("在职党员报到登记册"), Can.PEOPLE_READ, desk=lambda _paper: "/office/check-ins", dated=True)
papers.kind(RECEIVED, _l("在职党员报到回执"), Can.PEOPLE_READ, desk=lambda paper: f"/office/check-ins/{paper.subject_id}")


def check_in_or_404(number):
    return queries.visible_to(g.actor, g.place).where(CheckIn.id == number).first() or abort(404)


@bp.get("/office/check-ins/register.pdf")
@needs(Can.PEOPLE_READ)
def register():
    drawing = partial(pdf, REGISTER, sheets.register(g.place))
    return pdf_answer(papers.shown(g.place, LISTED, drawing, None), _("在职党员报到登记册"))


@bp.post("/office/check-ins/register/prints")
@needs(Can.PEOPLE_EDIT)
def issue_register():
    papers.issue(g.actor, g.place, g.place, LISTED, _l("在职党员报到登记册"), partial(pdf, REGISTER, sheets.register(g.place)), None)
    return done(url_for("inservice_prints.register"))


@bp.get("/office/check-ins/<int:number>/receipt.pdf")
@needs(Can.PEOPLE_READ)
def receipt(number):
    row = check_in_or_404(number)
    content = papers.copy(row, RECEIVED, row.version) or pdf(RECEIPT, sheets.receipt(row), draft=True)
    return pdf_answer(content, f"报到回执-{row.person.name}")


@bp.post("/office/check-ins/<int:number>/receipt/prints")
@needs(Can.PEOPLE_EDIT)
def issue_receipt(number):
    row = check_in_or_404(number)
    with in_chinese():
        title = _("报到回执 %(number)s", number=row.number)
        papers.issue(g.actor, g.place, row, RECEIVED, title, lambda code: pdf(RECEIPT, sheets.receipt(row), code=code), row.version, row.number)
        contacts.receipted(g.actor, row, title)
    return done(url_for("inservice_prints.receipt", number=number))


@bp.get("/office/check-ins/<int:number>/request.pdf")
@needs(Can.PEOPLE_EDIT)
def ask(number):
    """Blank, or filled in with one of the member's inquiries."""
    row, which = check_in_or_404(number), request.args.get("inquiry", "")
    inquiry = None
    if which:
        mine = queries.visible_inquiries(g.actor, g.place).where(Inquiry.check_in == row)
        inquiry = mine.where(Inquiry.id == (int(which) if which.isdecimal() and len(which) < 10 else 0)).first() or abort(404)
    return pdf_answer(pdf(REQUEST, sheets.request(row, inquiry)), f"征求意见函-{row.person.name}")
