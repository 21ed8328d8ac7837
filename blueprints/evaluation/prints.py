"""Papers of 评诺, 民主评议 and 表彰: slips for the stairwells, a branch's summary and results, certificates."""

from functools import partial

from flask import Blueprint, abort, g, request, url_for

from blueprints.evaluation import certificates, printing, queries, sheets
from blueprints.evaluation.appraisal_pages import members_of
from blueprints.evaluation.models import BranchYear, Commendation
from blueprints.evaluation.registers import COMMENDATIONS
from blueprints.evaluation.views import branch_or_404, round_or_404
from blueprints.organisation import queries as organisation
from blueprints.papers import rules as papers
from core import jobs
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import done
from core.printing.printer import pdf
from core.refusal import Refused
from core.registers import ledger
from core.registers.pages import show
from core.text import _
from core.web import row_number

bp = Blueprint("evaluation_prints", __name__)


@bp.get("/office/evaluations/<int:year>/slips/<slug>.pdf")
@needs(Can.BOARDS_PRINT)
def slips(year, slug):
    place = organisation.stairwell(g.place, slug) or abort(404)
    return pdf_answer(pdf(printing.SLIP, sheets.slip(round_or_404(year), place)), _("评议票-%(place)s", place=place.name))


@bp.post("/office/evaluations/<int:year>/slips/prints")
@needs(Can.BOARDS_PRINT)
def all_slips(year):
    """So many slips for each stairwell, as one file in building order."""
    row, each = round_or_404(year), min(max(request.form.get("each", 0, type=row_number) or printing.USUAL, 1), printing.MOST)
    title = _("%(year)s年度党员承诺评议票（每个楼道 %(n)s 张）", year=year, n=each)
    job = jobs.order(g.actor, g.place, printing.JOB, title, f"{title}.pdf", year=row.year, each=each)
    return done(url_for("jobs.show", number=job.id))


def _summary(year, number):
    """The subject and the drawing of a branch's summary; what was not evaluated yet is printed as a draft only."""
    org = branch_or_404(number)
    return org, partial(pdf, printing.SUMMARY, sheets.summary(round_or_404(year), org))


@bp.get("/office/evaluations/<int:year>/branches/<int:number>/summary.pdf")
@needs(Can.BOARDS_EDIT)
def summary(year, number):
    org, draw = _summary(year, number)
    return _shown(org, year, printing.SUMMARY_KIND, draw, _("评诺汇总表-%(branch)s", branch=org.name))


def _shown(org, year, kind, draw, name):
    subject = queries.branch_year(org, year)
    return pdf_answer(papers.shown(subject, kind, draw, None) if subject else draw(draft=True), name)


@bp.post("/office/evaluations/<int:year>/branches/<int:number>/prints")
@needs(Can.BOARDS_PRINT)
def issue_summary(year, number):
    org, draw = _summary(year, number)
    printing.issue(g.actor, org, year, printing.SUMMARY_KIND, _("%(branch)s%(year)s年度评诺汇总表", branch=org.name, year=year), draw)
    return done(url_for("evaluation_prints.summary", year=year, number=number))


def _grades(year, number):
    org = branch_or_404(number)
    rows, meeting = members_of(org, year), BranchYear.get_or_none(org=org, year=year)
    return org, partial(pdf, printing.GRADES, sheets.grades(g.place, org, year, meeting, rows))


@bp.get("/office/appraisals/<int:year>/branches/<int:number>/results.pdf")
@needs(Can.APPRAISALS_READ)
def grades(year, number):
    org, draw = _grades(year, number)
    return _shown(org, year, printing.GRADES_KIND, draw, _("民主评议结果汇总-%(branch)s", branch=org.name))


@bp.post("/office/appraisals/<int:year>/branches/<int:number>/prints")
@needs(Can.APPRAISALS_EDIT)
def issue_grades(year, number):
    org, draw = _grades(year, number)
    printing.issue(g.actor, org, year, printing.GRADES_KIND, _("%(branch)s%(year)s年度民主评议结果", branch=org.name, year=year), draw)
    return done(url_for("evaluation_prints.grades", year=year, number=number))


def commendation_or_404(number):
    return ledger.visible_to(COMMENDATIONS, g.actor, g.place).where(Commendation.id == number).first() or abort(404)


@bp.get("/office/commendations/<int:number>/certificate.pdf")
@needs(Can.APPRAISALS_READ)
def certificate(number):
    row = commendation_or_404(number)
    draw = partial(pdf, certificates.TEMPLATE, sheets.certificate(row, certificates.number_of(row)))
    return pdf_answer(papers.shown(row, certificates.KIND, draw, row.version), _("荣誉证书-%(name)s", name=row.name))


@bp.post("/office/commendations/<int:number>/prints")
@needs(Can.APPRAISALS_EDIT)
def issue_certificate(number):
    try:
        certificates.issue(g.actor, commendation_or_404(number), pdf)
    except Refused as refusal:
        return show(COMMENDATIONS, number, str(refusal), refusal.status)
    return done(url_for("evaluation_prints.certificate", number=number))


@bp.post("/office/commendations/years/<int:year>/prints")
@needs(Can.APPRAISALS_EDIT)
def all_certificates(year):
    """Every certificate of a year that was decided, issued where it was not, as one file."""
    title = _("%(year)s年度荣誉证书", year=year)
    job = jobs.order(
        g.actor, g.place, certificates.JOB, title, f"{title}.pdf", year=year, account=g.actor.account_id
    )
    return done(url_for("jobs.show", number=job.id))


