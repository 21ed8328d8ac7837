"""Papers of co-building: agreements to be signed, labels, the list of telephones."""

from functools import partial

from flask import Blueprint, abort, g, url_for

from blueprints.cobuilding import queries, registers, sheets
from blueprints.cobuilding.models import Agreement
from blueprints.papers import rules as papers
from core import settings
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import done
from core.printing.printer import pdf
from core.registers import ledger, sheet
from core.text import _, _l, in_chinese

bp = Blueprint("cobuilding_prints", __name__)
AGREEMENT, LABELS = "cobuilding/print/agreement.html", "cobuilding/print/labels.html"
KIND, PHONES = "agreement", "unit-phones"
papers.kind(KIND, _l("共建协议书"), Can.UNITS_READ, desk=lambda paper: f"/office/agreements/{paper.subject_id}")
papers.kind(PHONES, _l("成员单位通讯录"), Can.UNITS_READ, desk=lambda _paper: "/office/units", dated=True)


def agreement_or_404(number):
    query = ledger.visible_to(registers.AGREEMENTS, g.actor, g.place)
    return query.where(Agreement.id == number).first() or abort(404)


def _drawn(row, **marks):
    return pdf(AGREEMENT, sheets.agreement(row, settings.value("agreements.renew_days", row.place_id)), **marks)


@bp.get("/office/agreements/<int:number>/agreement.pdf")
@needs(Can.UNITS_READ)
def agreement(number):
    row = agreement_or_404(number)
    return pdf_answer(papers.copy(row, KIND, row.version) or _drawn(row, draft=True), f"{row.title}-{row.unit.name}")


@bp.post("/office/agreements/<int:number>/prints")
@needs(Can.UNITS_EDIT)
def issue(number):
    row = agreement_or_404(number)
    with in_chinese():
        papers.issue(
            g.actor, g.place, row, KIND, _("%(title)s（%(unit)s）", title=row.title, unit=row.unit.name),
            lambda code: _drawn(row, code=code), row.version, row.number,
        )  # fmt: skip
    return done(url_for("cobuilding_prints.agreement", number=number))


def _phones():
    rows = queries.visible_to(g.actor, g.place).where(queries.belonging())
    return partial(pdf, sheet.TEMPLATE, sheets.phones(g.place, rows))


@bp.get("/office/units/phones.pdf")
@needs(Can.UNITS_READ)
def phones():
    return pdf_answer(papers.shown(g.place, PHONES, _phones(), None), f"{g.place.name}{_('成员单位通讯录')}")


@bp.post("/office/units/phones/prints")
@needs(Can.UNITS_EDIT)
def issue_phones():
    papers.issue(g.actor, g.place, g.place, PHONES, _l("成员单位通讯录"), _phones(), None)
    return done(url_for("cobuilding_prints.phones"))


@bp.get("/office/units/labels.pdf")
@needs(Can.UNITS_READ)
def labels():
    return pdf_answer(pdf(LABELS, sheets.labels(g.place)), f"{g.place.name}成员单位标签")
