"""Everything of the boards that leaves the office on paper."""

from functools import partial

from flask import Blueprint, abort, g, request, url_for

from blueprints.boards import consents, issuing, ledgers, pledges, printing, reviewing
from blueprints.boards.posters import INKS, TEMPLATE, Posters
from blueprints.boards.views import coverage_page, member_or_404, stairwell_or_404, stairwell_page
from blueprints.organisation import queries as organisation
from blueprints.papers import rules as papers
from core import jobs
from core.access import Can, needs
from core.answers import file_answer, pdf_answer
from core.page import done, page
from core.printing.printer import pdf
from core.records.papers import IssuedPaper
from core.records.places import PartyOrg
from core.refusal import Refused
from core.text import _, _l
from core.web import row_number

bp = Blueprint("board_prints", __name__)
LEDGER = "commitment-ledger"
papers.kind(LEDGER, _l("党员公开承诺一览表"), Can.BOARDS_READ, desk=lambda _paper: "/office/boards/commitments", dated=True)


def _look():
    """Paper and ink as asked for, else as set."""
    size, ink = request.values.get("size"), request.values.get("ink")
    return {
        "size": size if size in printing.SIZES else "A4", "ink": ink if ink in dict(INKS) else g.settings["boards.ink"],
    }  # fmt: skip


def _pdf(sheet, draft=False):
    found = issuing.images([sheet])
    return pdf(TEMPLATE, issuing.without_lost_photos(sheet, found), draft=draft, images=found)


@bp.get("/office/boards/<slug>/poster.pdf")
@needs(Can.BOARDS_READ)
def poster(slug):
    place = stairwell_or_404(slug)
    posters = Posters(g.place, place)
    sheet = issuing.best(posters, place, issuing.current(g.place).get(place.id), **_look())
    return pdf_answer(_pdf(sheet, draft=not sheet.code), _("公示牌-%(name)s", name=place.name))


@bp.post("/office/boards/<slug>/prints")
@needs(Can.BOARDS_PRINT)
def issue(slug):
    place = stairwell_or_404(slug)
    try:
        issuing.issue(g.actor, Posters(g.place, place), place, _pdf)
    except Refused as refusal:
        return stairwell_page(place, refusal.status, str(refusal))
    return done(url_for("board_prints.poster", slug=slug, **_look()))


@bp.get("/office/boards/<slug>/prints/<int:version>.pdf")
@needs(Can.BOARDS_READ)
def old_issue(slug, version):
    """Any issue as it was, those that another replaced marked as such."""
    place = stairwell_or_404(slug)
    paper = issuing.issues(place).where(IssuedPaper.version == version).first() or abort(404)
    name = _("公示牌-%(name)s-第%(version)s版", name=place.name, version=version)
    return pdf_answer(_pdf(issuing.printed(g.place, paper, **_look())), name)


@bp.get("/office/boards/printing")
@needs(Can.BOARDS_PRINT)
def choose():
    """What of the boards can be printed, and how."""
    posters = Posters(g.place)
    places = posters.places()
    houses = {place.slug.split("-")[0]: place for place in places}
    return page(
        "boards/printing.html", printable=len(places), changed=len(printing.chosen(posters, printing.Which.CHANGED)),
        inks=INKS, ink=g.settings["boards.ink"],
        buildings=[("", _("不限"))] + [(slug, _("%(n)s幢", n=slug)) for slug in houses],
        papers=[
            (_("张贴清单"), _("按楼栋顺序，带着去贴，贴好打勾"), url_for("board_prints.hanging")),
            (_("承诺一览表"), _("A4 横排"), url_for("board_prints.ledger")),
            (_("责任区一览图"), _("A3，谁负责哪个楼道"), url_for("responsible.map_pdf")),
        ],
    )  # fmt: skip


@bp.post("/office/boards/posters")
@needs(Can.BOARDS_PRINT)
def posters():
    """全部、要换的、一幢: one file, with the list to tick on top."""
    look, which = _look(), request.form.get("building") or request.form.get("which", printing.Which.ALL)
    if which not in set(printing.Which) and organisation.building(g.place, which) is None:
        abort(404)
    try:
        job = printing.order(g.actor, g.place, which, **look)
    except Refused as refusal:
        return coverage_page(refusal.status, str(refusal))
    return done(url_for("jobs.show", number=job.id))


@bp.get("/office/boards/members/<int:number>/pledge.pdf")
@needs(Can.BOARDS_READ)
def pledge(number):
    member = member_or_404(number)
    (sheet,) = pledges.sheets(g.place, [member], reviewing.chosen_year())
    return pdf_answer(pdf(pledges.TEMPLATE, sheet), _("承诺书-%(name)s", name=member.person.name))


@bp.get("/office/boards/members/<int:number>/consent.pdf")
@needs(Can.BOARDS_READ)
def consent(number):
    member = member_or_404(number)
    (sheet,) = consents.sheets(g.place, [member])
    return pdf_answer(pdf(consents.TEMPLATE, sheet), _("同意书-%(name)s", name=member.person.name))


@bp.post("/office/boards/pledges")
@needs(Can.BOARDS_PRINT)
def all_pledges():
    """承诺书 of a branch, of a stairwell or of all, as one file."""
    return _forms(
        "boards.pledges", _("党员公开承诺书（%(of)s）"), year=reviewing.chosen_year(),
        links_too=bool(request.values.get("links")), account=g.actor.account_id,
    )  # fmt: skip


@bp.post("/office/boards/consents")
@needs(Can.BOARDS_PRINT)
def all_consents():
    """同意书 likewise."""
    return _forms("boards.consents", _("个人信息公示同意书（%(of)s）"))


def _forms(kind, words, **more):
    branch, place = _branch(), _place()
    title = words % {"of": branch.name if branch else place.name if place else _("全部党员")}
    job = jobs.order(
        g.actor, g.place, kind, title, f"{title}.pdf", branch=branch.id if branch else 0,
        stairwell=place.id if place else 0, **more,
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
    year = reviewing.chosen_year()
    return partial(pdf, ledgers.LEDGER, ledgers.ledger_sheet(g.place, year, reviewing.rows(year)))


@bp.get("/office/boards/commitments.xlsx")
@needs(Can.BOARDS_READ)
def ledger_file():
    year = reviewing.chosen_year()
    return file_answer(ledgers.ledger_file(g.place, year, reviewing.rows(year)), _("承诺一览表.xlsx"))


@bp.get("/office/boards/hanging.pdf")
@needs(Can.BOARDS_READ)
def hanging():
    return pdf_answer(pdf(ledgers.HANGING, ledgers.hanging_sheet(g.place)), _("公示牌张贴清单"))
