"""The ledger of resolutions: what was decided, by whom, by when, and what became of it."""

from datetime import date

from flask import Blueprint, abort, g, request, url_for

from blueprints.cobuilding import queries as cobuilding
from blueprints.cobuilding.models import MemberUnit
from blueprints.meetings import decided, ledger, printing
from blueprints.meetings.forms import ProgressForm
from blueprints.meetings.models import Resolution, ResolutionOwner, ResolutionStep
from blueprints.meetings.states import ResolutionState
from blueprints.papers import rules as papers
from core import evidence
from core.access import Can, needs
from core.answers import file_answer, pdf_answer
from core.page import done, page
from core.refusal import Refused
from core.text import _, _l
from core.web import files_sent, row_number, shown_version

bp = Blueprint("resolutions", __name__)
CHIPS = ("open", "overdue", "unsettled", "waiting")
ROWS = 25


def resolution_or_404(number):
    return decided.resolutions(g.actor, g.place).where(Resolution.id == number).first() or abort(404)


def _shown():
    asked = request.args.get("show", "open")
    return asked if asked in CHIPS or asked in set(ResolutionState) else ""


def _titles():
    words = {"open": _l("未办结"), "overdue": _l("已超期"), "unsettled": _l("责任单位待核对"), "waiting": _l("单位报来待核"), "": _l("全部")}
    return {**words, **{state.value: state.title for state in ResolutionState}}


@bp.get("/office/resolutions")
@needs(Can.MEETINGS_READ)
def index():
    everything, shown = decided.resolutions(g.actor, g.place), _shown()
    first, counts = request.args.get("from", 0, type=row_number), decided.ledger_counts(everything)
    rows = list(decided.ledger(everything, shown).offset(first).limit(ROWS))
    return page(
        "meetings/ledger.html", "ledger", rows=rows, shown=shown, titles=_titles(), first=first, most=ROWS,
        total=counts[shown], counts=counts, owners=decided.owners(rows), last=decided.last_steps(rows),
        lights={row.id: decided.light(row) for row in rows},
    )  # fmt: skip


@bp.get("/office/resolutions.xlsx")
@needs(Can.MEETINGS_READ)
def export():
    rows = list(decided.ledger(decided.resolutions(g.actor, g.place), _shown()))
    return file_answer(printing.ledger_file(rows), f"{g.place.name}{_('议定事项台账')}.xlsx")


@bp.get("/office/resolutions.pdf")
@needs(Can.MEETINGS_READ)
def paper():
    rows = list(decided.ledger(decided.resolutions(g.actor, g.place), _shown()))
    return pdf_answer(papers.shown(g.place, printing.LEDGER, _drawn(rows), None), _("议定事项台账"))


@bp.post("/office/resolutions/prints")
@needs(Can.MEETINGS_WRITE)
def issue():
    rows = list(decided.ledger(decided.resolutions(g.actor, g.place), _shown()))
    papers.issue(g.actor, g.place, g.place, printing.LEDGER, _l("议定事项台账"), _drawn(rows), None)
    return done(url_for(".paper", show=_shown()))


def _drawn(rows):
    return printing.ledger(g.place, rows, _titles()[_shown()])


@bp.get("/office/resolutions/<int:number>")
@needs(Can.MEETINGS_READ)
def show(number):
    resolution = resolution_or_404(number)
    return _show(resolution, _blank(resolution))


def _blank(resolution):
    """Whoever enters progress of what was not begun says that it was."""
    begun = max(resolution.state, ResolutionState.UNDER_WAY, key=list(ResolutionState).index)
    return ProgressForm(data={"state": begun.value, "version": resolution.version}, formdata=None)


def _show(resolution, form, status=200, error=None):
    steps = list(decided.progress(resolution))
    return page(
        "meetings/resolution.html", row=resolution, form=form, error=error, status=status, light=decided.light(resolution),
        owners=decided.owners([resolution])[resolution.id], steps=steps, files=evidence.beside(*steps), State=ResolutionState,
        units=cobuilding.units(g.place).where(cobuilding.belonging()),
    )  # fmt: skip


@bp.post("/office/resolutions/<int:number>/steps")
@needs(Can.MEETINGS_WRITE)
def progress(number):
    resolution = resolution_or_404(number)
    form = ProgressForm()
    if not form.validate_on_submit():
        return _show(resolution, form, 422)
    try:
        ledger.progress(
            g.actor, resolution, shown_version(), ResolutionState(form.state.data), form.note.data,
            form.on.data, form.extended_to.data, form.evidence.data or "", files_sent(),
        )  # fmt: skip
    except Refused as refusal:
        form.version.data = resolution.version
        return _show(resolution, form, refusal.status, str(refusal))
    return done(url_for("resolutions.show", number=number))


def step_or_404(resolution, step):
    return resolution.steps.where(ResolutionStep.id == step).first() or abort(404)


@bp.get("/office/resolutions/<int:number>/steps/<int:step>/files/<int:position>")
@needs(Can.MEETINGS_READ)
def file(number, step, position):
    found = evidence.file_of(step_or_404(resolution_or_404(number), step), position) or abort(404)
    return file_answer(bytes(found.blob.content), found.name)


@bp.post("/office/resolutions/<int:number>/steps/<int:step>/verdicts")
@needs(Can.MEETINGS_WRITE)
def look_at(number, step):
    """What a unit wrote by its link: taken over, or only noted."""
    resolution = resolution_or_404(number)
    try:
        ledger.look_at(g.actor, step_or_404(resolution, step), request.form.get("verdict") == "agree", _day(request.form.get("extended_to", "")))
    except Refused as refusal:
        return _show(resolution, _blank(resolution), refusal.status, str(refusal))
    return done(url_for("resolutions.show", number=number))


def _day(text):
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@bp.post("/office/resolutions/<int:number>/owners")
@needs(Can.MEETINGS_WRITE)
def settle(number):
    resolution = resolution_or_404(number)
    owner = resolution.owners.where(ResolutionOwner.id == request.form.get("owner", 0, type=row_number)).first() or abort(404)
    unit = cobuilding.units(g.place).where(MemberUnit.id == request.form.get("unit", 0, type=row_number)).first()
    ledger.settle(g.actor, owner, unit)
    return done(url_for("resolutions.show", number=number))
