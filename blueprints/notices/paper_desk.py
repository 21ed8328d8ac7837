"""Papers of notices at the office: a GET shows what was issued or a draft, a POST issues."""

from functools import partial

from flask import Blueprint, abort, g, request, url_for

from blueprints.notices import ledger, prints
from blueprints.notices.desk import notice_or_404, shown
from blueprints.papers import rules as papers
from core import clock
from core.access import Can, needs
from core.answers import file_answer, pdf_answer
from core.page import done
from core.printing.printer import pdf
from core.refusal import Refused
from core.spreadsheets.writing import write_table
from core.text import _, _l
from core.web import row_number

bp = Blueprint("notice_prints", __name__, url_prefix="/office/notices")
papers.kind(ledger.LEDGER, _l("公示公告台账"), Can.NOTICES_READ, desk=lambda _paper: "/office/notices", dated=True)


@bp.get("/<int:number>/<any(notice, result, withdrawal, posting):name>.pdf")
@needs(Can.NOTICES_READ)
def paper(number, name):
    notice, asked = notice_or_404(number), request.args.get("size", "")
    size = asked if asked in prints.SIZES else "A4"
    content = prints.content(notice, name, size, doors=bool(request.args.get("doors")))
    return pdf_answer(content, prints.file_name(notice, name, size))


@bp.post("/<int:number>/prints")
@needs(Can.NOTICES_PRINT)
def issue(number):
    name = request.form.get("paper", "notice")
    if name not in prints.PAPERS:
        abort(404)
    notice = notice_or_404(number)
    try:
        prints.issue(g.actor, notice, name)
    except Refused as refusal:
        return shown(notice, refusal)
    return done(url_for(".paper", number=number, name=name))


@bp.get("/ledger.xlsx")
@needs(Can.NOTICES_READ)
def export():
    headers, rows = ledger.table(g.actor, g.place, list(ledger.published(g.actor, g.place, _year())))
    return file_answer(write_table(_("公示公告台账"), headers, rows), _("公示公告台账-%(year)s.xlsx", year=_year()))


@bp.get("/ledger.pdf")
@needs(Can.NOTICES_READ)
def year_ledger():
    content = papers.shown(g.place, ledger.LEDGER, _drawing(), None)
    return pdf_answer(content, _("公示公告台账-%(year)s", year=_year()))


@bp.post("/ledger/prints")
@needs(Can.NOTICES_PRINT)
def issue_ledger():
    title = _l("公示公告台账（%(year)s年）", year=_year())
    papers.issue(g.actor, g.place, g.place, ledger.LEDGER, title, _drawing(), None)
    return done(url_for(".year_ledger", year=_year()))


def _year():
    year = request.args.get("year", 0, type=row_number)
    return year if 2000 <= year <= 2200 else clock.today().year


def _drawing():
    year = _year()
    rows = list(ledger.published(g.actor, g.place, year))
    return partial(pdf, "notices/print/ledger.html", ledger.sheet(g.actor, g.place, rows, year))
