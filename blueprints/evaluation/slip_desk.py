"""评议票 at the office: which stairwells' slips were counted, and the sums typed in."""

from flask import Blueprint, abort, flash, g, request, url_for

from blueprints.evaluation import queries, slips
from blueprints.evaluation.forms import SlipsForm
from blueprints.evaluation.models import SlipCount, SlipSum, Verdict
from blueprints.evaluation.views import round_or_404
from blueprints.organisation import queries as organisation
from core.access import Can, needs
from core.page import done, page
from core.refusal import Refused, Stale
from core.text import _
from core.web import row_number

bp = Blueprint("slip_desk", __name__)


@bp.get("/office/evaluations/<int:year>/slips")
@needs(Can.BOARDS_EDIT)
def index(year):
    row = round_or_404(year)
    hung = {one.stairwell_id for one in queries.promises_of(g.place, year)}
    places = [place for place in organisation.stairwells(g.place) if place.id in hung]
    return page(
        "evaluation/slips.html", row=row, houses=organisation.by_building(places), counts=queries.slip_counts(row),
        answered=queries.answered(row), places=places,
    )  # fmt: skip


@bp.route("/office/evaluations/<int:year>/slips/<slug>", methods=["GET", "POST"])
@needs(Can.BOARDS_EDIT)
def count(year, slug):
    row, place = round_or_404(year), organisation.stairwell(g.place, slug) or abort(404)
    known = SlipCount.get_or_none(round=row, stairwell=place)
    if request.method == "GET":
        return _count(row, place, known)
    form = SlipsForm()
    if not form.validate():
        return _count(row, place, known, form, 422)
    try:
        slips.count(
            g.actor, row, place, row_number(form.version.data or "0"), form.slips.data, _sums(row, place),
            form.counted_by.data, form.checked_by.data, form.words.data or "",
        )  # fmt: skip
    except Refused as refusal:
        if isinstance(refusal, Stale):
            form.version.data = str(known.version)
        return _count(row, place, known, form, refusal.status, str(refusal))
    flash(_("%(place)s的评议票已登记。", place=place.name), "ok")
    return done(url_for("slip_desk.index", year=year))


def _sums(row, place):
    return {
        line.row.id: {verdict: _number(request.form.get(f"{verdict}-{line.row.id}", "")) for verdict in Verdict}
        for line in queries.lines(row, stairwell=place)
    }  # fmt: skip


def _number(text):
    """What was typed into a cell of a sum; blank is nothing, and what is no number is refused as below nothing."""
    text = text.strip()
    return int(text) if text.isdecimal() and len(text) < 6 else 0 if not text else -1


def _count(row, place, known, form=None, status=200, error=""):
    said = {}
    if form is not None:
        said = dict(request.form)
    elif known is not None:
        for one in SlipSum.select().where(SlipSum.count == known):
            said |= {f"{verdict}-{one.commitment_id}": getattr(one, verdict.value) for verdict in Verdict}
    return page(
        "evaluation/count.html", row=row, stairwell=place, lines=queries.lines(row, stairwell=place), known=known, said=said,
        form=form or SlipsForm(formdata=None, obj=known, data={} if known else {"version": "0"}), Verdict=Verdict, status=status,
        error=error,
    )  # fmt: skip
