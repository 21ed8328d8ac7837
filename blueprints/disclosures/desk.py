"""The three-affairs calendar at the office: the year at a glance, and what to do about one period."""

from functools import partial

from flask import Blueprint, abort, g, request, url_for

from blueprints.disclosures import queries, rules, sheets
from blueprints.disclosures.forms import NothingForm, OtherwiseForm
from blueprints.disclosures.slots import Standing
from blueprints.notices.models import Affair
from blueprints.notices.queries import flat
from blueprints.papers import rules as papers
from core import clock
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import done, page
from core.printing.printer import pdf
from core.refusal import Refused
from core.text import _, _l
from core.web import row_number

bp = Blueprint("disclosures_desk", __name__, url_prefix="/office/disclosures")
CATALOGUE = "disclosure-catalogue"
papers.kind(CATALOGUE, _l("三务公开目录"), Can.NOTICES_READ, desk=lambda _paper: "/office/disclosures", dated=True)


def year_asked():
    year = request.args.get("year", 0, type=row_number)
    return year if 2000 <= year <= 2200 else clock.today().year


@bp.get("")
@needs(Can.NOTICES_READ)
def index():
    return _index()


def _index(error="", status=200):
    year = year_asked()
    return page(
        "disclosures/index.html", rows=queries.year(g.place, year), year=year, waiting=queries.open_slots(g.place),
        Affair=Affair, Standing=Standing, today_s=queries.occurrence, error=error, status=status,
    )  # fmt: skip


@bp.post("/catalogue")
@needs(Can.NOTICES_WRITE)
def load():
    try:
        rules.usual(g.actor, g.place)
    except Refused as refusal:
        return _index(str(refusal), refusal.status)
    return done(url_for(".index"))


def slot_or_404(number, covers):
    item = queries.visible_item(g.actor, g.place, number) or abort(404)
    return queries.slot_of(item, covers) or abort(404)


@bp.get("/<int:number>/<covers>")
@needs(Can.NOTICES_READ)
def show(number, covers):
    return _show(slot_or_404(number, covers))


def _show(slot, error="", status=200, **forms):
    usual = {"otherwise": OtherwiseForm(formdata=None), "blank": NothingForm(formdata=None, prefix="blank")}
    return page(
        "disclosures/show.html", slot=slot, Standing=Standing, candidates=queries.publishable(g.actor, slot.item), flat=flat,
        error=error, status=status, **(usual | forms),
    )  # fmt: skip


def _act(number, covers, do):
    slot = slot_or_404(number, covers)
    try:
        do(slot)
    except Refused as refusal:
        return _show(slot, str(refusal), refusal.status)
    return done(url_for(".show", number=number, covers=covers))


@bp.post("/<int:number>/<covers>/notice")
@needs(Can.NOTICES_WRITE)
def by_notice(number, covers):
    """It was disclosed by a notice that is out already."""
    chosen = request.form.get("notice", 0, type=row_number)

    def link(slot):
        notice = next((one for one in queries.publishable(g.actor, slot.item) if one.id == chosen), None)
        rules.disclosed_by(g.actor, slot.item, covers, notice)

    return _act(number, covers, link)


@bp.post("/<int:number>/<covers>/day")
@needs(Can.NOTICES_WRITE)
def otherwise(number, covers):
    form = OtherwiseForm()
    if not form.validate():
        return _show(slot_or_404(number, covers), status=422, otherwise=form)
    return _act(number, covers, lambda slot: rules.disclosed_otherwise(g.actor, slot.item, covers, form.on.data, form.note.data or ""))


@bp.post("/<int:number>/<covers>/nothing")
@needs(Can.NOTICES_WRITE)
def nothing(number, covers):
    form = NothingForm(prefix="blank")
    if not form.validate():
        return _show(slot_or_404(number, covers), status=422, blank=form)
    return _act(number, covers, lambda slot: rules.nothing(g.actor, slot.item, covers, form.note.data or ""))


@bp.post("/<int:number>/<covers>/removal")
@needs(Can.NOTICES_WRITE)
def take_back(number, covers):
    slot = slot_or_404(number, covers)
    if slot.disclosure is not None:
        rules.take_back(g.actor, slot.disclosure)
    return done(url_for(".index"))


@bp.get("/catalogue.pdf")
@needs(Can.NOTICES_READ)
def catalogue():
    title = _("三务公开目录-%(year)s", year=year_asked())
    return pdf_answer(papers.shown(g.place, CATALOGUE, _drawing(), None), title)


@bp.post("/prints")
@needs(Can.NOTICES_PRINT)
def issue():
    title = _l("三务公开目录（%(year)s年）", year=year_asked())
    papers.issue(g.actor, g.place, g.place, CATALOGUE, title, _drawing(), None)
    return done(url_for(".catalogue", year=year_asked()))


def _drawing():
    year = year_asked()
    return partial(pdf, "disclosures/print/catalogue.html", sheets.catalogue(g.place, year, queries.year(g.place, year)))
