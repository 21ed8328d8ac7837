"""The register of issued papers at the office: list, one entry, spreadsheet, on paper."""

from functools import partial

from flask import Blueprint, abort, g, request, url_for

from blueprints.papers import queries, rules, sheets
from blueprints.papers.queries import Asked
from core.access import Can, needs
from core.answers import file_answer, pdf_answer
from core.issued.kinds import KINDS, kind
from core.page import done, page
from core.printing.printer import pdf
from core.records.papers import IssuedPaper, PaperState
from core.spreadsheets.writing import write_table
from core.text import _, _l
from core.web import row_number, words_asked

bp = Blueprint("papers_desk", __name__, url_prefix="/office/papers")
ROWS = 50
kind(queries.LEDGER, _l("签发文件登记簿"), Can.PAPERS_READ, desk=lambda _paper: "/office/papers", dated=True)


def _asked():
    values = request.values
    year = values.get("year", 0, type=row_number)
    return Asked(year if year in queries.years(g.place) else 0, values.get("kind", ""), values.get("state", ""), words_asked())


def _found(asked):
    return queries.narrowed(queries.visible_to(g.actor, g.place), asked)


@bp.get("")
@needs(Can.PAPERS_READ)
def index():
    asked, number = _asked(), max(1, request.args.get("page", 1, type=row_number))
    found = _found(asked)
    return page(
        "papers/register.html", "papers", rows=list(found.paginate(number, ROWS)), total=found.count(), number=number,
        most=ROWS, asked=asked, runs=queries.runs(g.actor, g.place, asked.year) if number == 1 and asked.plain() else [],
        years=queries.years(g.place), kinds=queries.kinds_of(g.actor, g.place), State=PaperState, title_of=sheets.title_of,
    )  # fmt: skip


@bp.get("/<int:number>")
@needs(Can.PAPERS_READ)
def show(number):
    paper = _paper_or_404(number)
    declared = KINDS[paper.kind]
    return page(
        "papers/entry.html", paper=paper, kind=declared, versions=queries.versions(paper), desk=declared.desk(paper),
        readable=bool(paper.content_id) and declared.readable(g.actor, paper),
    )  # fmt: skip


def _paper_or_404(number):
    return queries.visible_to(g.actor, g.place).where(IssuedPaper.id == number).first() or abort(404)


@bp.get("/<int:number>/copy.pdf")
@needs(Can.PAPERS_READ)
def copy(number):
    """The copy as it was issued, also of a version another has replaced."""
    paper = _paper_or_404(number)
    if not paper.content_id or not KINDS[paper.kind].readable(g.actor, paper):
        abort(404)
    return pdf_answer(bytes(paper.content.content), f"{paper.title}-{paper.code}")


@bp.get("/ledger.xlsx")
@needs(Can.PAPERS_READ)
def export():
    headers = [
        _("序号"), _("种类"), _("标题"), _("编号"), _("版次"), _("页数"), _("签发日期"), _("签发人"), _("核对码"), _("状态"),
        _("由哪一份代替"), _("指纹"),
    ]  # fmt: skip
    lines = sheets.lines(list(_found(_asked())))
    rows = [
        [n, one.kind, one.title, one.number, one.version, one.pages, one.issued_on, one.issued_by, one.code, one.state,
         one.replaced_by, one.digest]
        for n, one in enumerate(lines, 1)
    ]  # fmt: skip
    return file_answer(write_table(_("签发文件登记簿"), headers, rows), _("签发文件登记簿.xlsx"))


@bp.get("/ledger.pdf")
@needs(Can.PAPERS_READ)
def ledger():
    return pdf_answer(rules.shown(g.place, queries.LEDGER, _drawing(), None), _("签发文件登记簿"))


@bp.post("/prints")
@needs(Can.PAPERS_ISSUE)
def issue():
    rules.issue(g.actor, g.place, g.place, queries.LEDGER, _l("签发文件登记簿"), _drawing(), None)
    asked = {name: value for name, value in request.values.items() if name in ("year", "kind", "state", "q")}
    return done(url_for(".ledger", **asked))


def _drawing():
    asked = _asked()
    papers = list(_found(asked).where(IssuedPaper.kind != queries.LEDGER))
    part = "　".join(filter(None, [
        f"{asked.year}年" if asked.year else "", sheets.title_of(asked.kind) if asked.kind else "", asked.words,
    ]))  # fmt: skip
    runs = queries.runs(g.actor, g.place, asked.year) if asked.plain() else []
    return partial(pdf, "papers/print/register.html", sheets.register(g.place, papers, runs, part))
