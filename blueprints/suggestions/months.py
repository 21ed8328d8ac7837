"""Pages of the monthly sheet: figures for the office, what was issued for everybody."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.suggestions import figures, monthly
from core import clock
from core.access import Can, needs, public
from core.answers import file_answer, pdf_answer
from core.page import done, page
from core.printing.printer import pdf
from core.refusal import Refused
from core.text import _

bp = Blueprint("suggestion_months", __name__)


def _month(text):
    """The first day of a month that can be looked at."""
    first = monthly.month_of(text) or abort(404)
    return first if first <= clock.today() else abort(404)


@bp.get("/office/suggestion-months")
@needs(Can.SUGGESTIONS_READ)
def index():
    return _show(_month(request.args.get("month") or f"{clock.today():%Y-%m}"))


def _show(first, status=200, error=""):
    issued = {paper.number: paper for paper in monthly.issued(g.place)}
    return page(
        "suggestions/months.html", month=figures.of_month(g.place, first), heads=monthly.HEADS, error=error, status=status,
        months=list(figures.months(g.place)), issued=issued.get(f"{first:%Y-%m}"),
        answers=list(monthly.answers(g.place, first, clock.today())),
    )  # fmt: skip


@bp.get("/office/suggestion-months/<month>.pdf")
@needs(Can.SUGGESTIONS_READ)
def paper(month):
    first = _month(month)
    content = monthly.copy(g.place, first) or pdf(monthly.TEMPLATE, monthly.sheet(g.place, first), draft=True)
    return pdf_answer(content, _("意见办理月度公开表-%(month)s", month=month))


@bp.get("/office/suggestion-months/<month>.xlsx")
@needs(Can.SUGGESTIONS_READ)
def table(month):
    return file_answer(monthly.table(g.place, _month(month)), _("意见办理月度公开表-%(month)s.xlsx", month=month))


@bp.post("/office/suggestion-months/<month>/prints")
@needs(Can.SUGGESTIONS_ASSIGN)
def issue(month):
    first = _month(month)
    try:
        monthly.issue(g.actor, g.place, first)
    except Refused as refusal:
        return _show(first, refusal.status, str(refusal))
    return done(url_for("suggestion_months.index", month=month))


@bp.get("/suggestions/months/<month>.pdf")
@public
def issued(month):
    content = monthly.copy(g.place, _month(month)) or abort(404)
    return pdf_answer(content, _("意见办理月度公开表-%(month)s", month=month))
