"""The six ones of both sides: all units at a glance, one side in full, a note where no record shows it."""

from functools import partial

from flask import Blueprint, abort, g, request, url_for

from blueprints.cobuilding import queries as cobuilding
from blueprints.cobuilding.models import MemberUnit
from blueprints.papers import rules as papers
from blueprints.sixones import queries, rules, sheets
from blueprints.sixones.forms import NoteForm
from blueprints.sixones.models import OURS, THEIRS, Item
from core import clock
from core.access import Can, needs
from core.answers import file_answer, pdf_answer
from core.page import done, page
from core.printing.printer import pdf
from core.refusal import Refused
from core.spreadsheets.writing import write_table
from core.text import _, _l
from core.web import row_number, shown_version

bp = Blueprint("sixones", __name__)
ROWS = 20
PAPER, KIND = "sixones/print/sheet.html", "six-ones"
papers.kind(KIND, _l("六个一对照表"), Can.UNITS_READ, desk=lambda _paper: "/office/six-ones", dated=True)


def _year():
    year = request.args.get("year", clock.today().year, type=row_number)
    return year if 2000 <= year <= 2100 else clock.today().year


def unit_or_404(number):
    """A unit; 0 is the community's own side."""
    return None if number == 0 else cobuilding.visible_to(g.actor, g.place).where(MemberUnit.id == number).first() or abort(404)


@bp.get("/office/six-ones")
@needs(Can.UNITS_READ)
def index():
    year, first = _year(), request.args.get("from", 0, type=row_number)
    here = cobuilding.visible_to(g.actor, g.place).where(cobuilding.belonging(queries.last_day(year)))
    units = list(here.offset(first).limit(ROWS))
    found = queries.lines(g.place, year, units)
    return page(
        "sixones/index.html", "sides", year=year, ours=found[None], rows=[(unit, found[unit.id]) for unit in units],
        total=here.count(), first=first, most=ROWS,
    )  # fmt: skip


@bp.get("/office/six-ones.xlsx")
@needs(Can.UNITS_READ)
def table():
    year = _year()
    found = queries.lines(g.place, year)
    names = {None: g.place.name} | {number: name for name, number in cobuilding.unit_names(g.place).items()}
    rows = [[names[side], str(line.item.title), str(line.state.title), "；".join(proof.words for proof in line.proofs)]
            for side, lines in found.items() for line in lines]  # fmt: skip
    heads = [_("单位"), _("内容"), _("状态"), _("佐证")]
    return file_answer(write_table(_("六个一"), heads, rows), f"{g.place.name}{year}六个一.xlsx")


@bp.get("/office/six-ones/<int:number>")
@needs(Can.UNITS_READ)
def show(number):
    unit, year = unit_or_404(number), _year()
    found = queries.lines(g.place, year, [unit] if unit else [])
    return page("sixones/show.html", unit=unit, number=number, year=year, lines=found.get(unit.id if unit else None) or [])


@bp.route("/office/six-ones/<int:number>/<any({}):item>".format(", ".join(Item)), methods=["GET", "POST"])
@needs(Can.UNITS_EDIT)
def note(number, item):
    unit, year, wanted = unit_or_404(number), _year(), Item(item)
    if wanted not in (OURS if unit is None else THEIRS):
        abort(404)
    row = queries.note(g.place, unit, year, wanted)
    data = {**row.__data__, "state": row.state.value} if row else {"version": 0}
    form, error, status = NoteForm(data=data), "", 200
    if form.validate_on_submit():
        try:
            rules.put_down(g.actor, g.place, unit, year, wanted, shown_version(), form.values())
            return done(url_for("sixones.show", number=number, year=year))
        except Refused as refusal:
            error, status = str(refusal), refusal.status
            form.version.data = queries.note(g.place, unit, year, wanted).version
    elif form.is_submitted():
        status = 422
    return page("sixones/note.html", unit=unit, number=number, year=year, item=wanted, form=form, error=error, status=status)


@bp.get("/office/six-ones/<int:number>/sheet.pdf")
@needs(Can.UNITS_READ)
def paper(number):
    unit, year = unit_or_404(number), _year()
    found = queries.lines(g.place, year, [unit] if unit else [])
    sheet = sheets.sheet(g.place, year, found[None], unit, found.get(unit.id) if unit else None)
    content = papers.shown(unit or g.place, KIND, partial(pdf, PAPER, sheet), None)
    return pdf_answer(content, f"{sheet.title}-{unit.name if unit else g.place.name}")


@bp.post("/office/six-ones/<int:number>/prints")
@needs(Can.UNITS_EDIT)
def issue(number):
    unit, year = unit_or_404(number), _year()
    found = queries.lines(g.place, year, [unit] if unit else [])
    sheet = sheets.sheet(g.place, year, found[None], unit, found.get(unit.id) if unit else None)
    title = f"{sheet.title}（{unit.name if unit else g.place.name}）"
    papers.issue(g.actor, g.place, unit or g.place, KIND, title, partial(pdf, PAPER, sheet), None)
    return done(url_for(".paper", number=number, year=year))
