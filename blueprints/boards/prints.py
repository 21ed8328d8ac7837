"""Everything of the boards that leaves the office on paper."""

from functools import partial

from flask import Blueprint, abort, g, request, url_for

from blueprints.boards import issuing, ledgers, pledges, reviewing, rules
from blueprints.boards.posters import TEMPLATE, Posters
from blueprints.boards.views import member_or_404, stairwell_or_404, stairwell_page
from blueprints.organisation import queries as organisation
from blueprints.papers import rules as papers
from core import jobs
from core.access import Can, needs
from core.answers import file_answer, pdf_answer
from core.page import done
from core.printing.printer import pdf
from core.records.papers import IssuedPaper
from core.records.places import PartyOrg
from core.refusal import Refused
from core.text import _, _l
from core.web import row_number

bp = Blueprint("board_prints", __name__)
LEDGER = "commitment-ledger"
papers.kind(LEDGER, _l("党员公开承诺一览表"), Can.BOARDS_READ, desk=lambda _paper: "/office/boards/commitments", dated=True)


def _size():
    return "A3" if request.values.get("size") == "A3" else "A4"


def _pdf(sheet, draft=False):
    found = issuing.images([sheet])
    return pdf(TEMPLATE, issuing.without_lost_photos(sheet, found), draft=draft, images=found)


@bp.get("/office/boards/<slug>/poster.pdf")
@needs(Can.BOARDS_READ)
def poster(slug):
    place = stairwell_or_404(slug)
    posters = Posters(g.place, place)
    sheet = issuing.best(posters, place, issuing.current(g.place).get(place.id), _size())
    return pdf_answer(_pdf(sheet, draft=not sheet.code), _("公示牌-%(name)s", name=place.name))


@bp.post("/office/boards/<slug>/prints")
@needs(Can.BOARDS_PRINT)
def issue(slug):
    place = stairwell_or_404(slug)
    try:
        issuing.issue(g.actor, Posters(g.place, place), place, _pdf)
    except Refused as refusal:
        return stairwell_page(place, refusal.status, str(refusal))
    return done(url_for("board_prints.poster", slug=slug, size=_size()))


@bp.get("/office/boards/<slug>/prints/<int:version>.pdf")
@needs(Can.BOARDS_READ)
def old_issue(slug, version):
    """Any issue as it was, those that another replaced marked as such."""
    place = stairwell_or_404(slug)
    paper = issuing.issues(place).where(IssuedPaper.version == version).first() or abort(404)
    name = _("公示牌-%(name)s-第%(version)s版", name=place.name, version=version)
    return pdf_answer(_pdf(issuing.printed(g.place, paper, _size())), name)


@bp.post("/office/boards/posters")
@needs(Can.BOARDS_PRINT)
def posters():
    size, changed = _size(), bool(request.values.get("changed"))
    title = _("要换的公示牌（%(size)s）", size=size) if changed else _("全部楼道公示牌（%(size)s）", size=size)
    job = jobs.order(
        g.actor, g.place, "boards.posters", title, f"{title}.pdf", size=size, account=g.actor.account_id,
        changed=changed,
    )  # fmt: skip
    return done(url_for("jobs.show", number=job.id))


@bp.get("/office/boards/members/<int:number>/pledge.pdf")
@needs(Can.BOARDS_READ)
def pledge(number):
    member = member_or_404(number)
    (sheet,) = pledges.sheets(g.place, [member])
    return pdf_answer(pdf(pledges.TEMPLATE, sheet), _("承诺书-%(name)s", name=member.person.name))


@bp.post("/office/boards/pledges")
@needs(Can.BOARDS_PRINT)
def all_pledges():
    """承诺书 of a branch, of a stairwell or of all, as one file."""
    branch, place = _branch(), _place()
    of = branch.name if branch else place.name if place else _("全部党员")
    title = _("党员公开承诺书（%(of)s）", of=of)
    job = jobs.order(
        g.actor, g.place, "boards.pledges", title, f"{title}.pdf", branch=branch.id if branch else 0,
        stairwell=place.id if place else 0,
    )  # fmt: skip
    return done(url_for("jobs.show", number=job.id))


def _branch():
    number = request.values.get("branch", 0, type=row_number)
    if not number:
        return None
    return organisation.branches(g.place).where(PartyOrg.id == number).first() or abort(404)


def _place():
    slug = request.values.get("stairwell", "")
    return stairwell_or_404(slug) if slug else None


@bp.get("/office/boards/ledger.pdf")
@needs(Can.BOARDS_READ)
def ledger():
    return pdf_answer(papers.shown(g.place, LEDGER, _ledger(), None), _("党员公开承诺一览表"))


@bp.post("/office/boards/ledger/prints")
@needs(Can.BOARDS_PRINT)
def issue_ledger():
    papers.issue(g.actor, g.place, g.place, LEDGER, _l("党员公开承诺一览表"), _ledger(), None)
    return done(url_for(".ledger", **request.args))


def _ledger():
    year = rules.current_year(g.place)
    return partial(pdf, ledgers.LEDGER, ledgers.ledger_sheet(g.place, year, reviewing.rows(year)))


@bp.get("/office/boards/commitments.xlsx")
@needs(Can.BOARDS_READ)
def ledger_file():
    year = rules.current_year(g.place)
    return file_answer(ledgers.ledger_file(g.place, year, reviewing.rows(year)), _("承诺一览表.xlsx"))


@bp.get("/office/boards/hanging.pdf")
@needs(Can.BOARDS_READ)
def hanging():
    return pdf_answer(pdf(ledgers.HANGING, ledgers.hanging_sheet(g.place)), _("公示牌张贴清单"))
