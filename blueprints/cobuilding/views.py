"""Member units for staff: the list as it stood on any day, one unit with its liaisons."""

from datetime import date

from flask import Blueprint, abort, g, request, url_for

from blueprints.cobuilding import queries, registers, renewing, rules
from blueprints.cobuilding.forms import UnitForm
from blueprints.cobuilding.models import Agreement, MemberUnit
from core import clock
from core.access import Can, needs
from core.page import done, page
from core.refusal import Refused
from core.registers import ledger, pages
from core.web import row_number, shown_version

bp = Blueprint("cobuilding", __name__)
ROWS = 20
NATURES = ("机关", "事业单位", "国有企业", "非公企业", "社会组织", "民办非企业")


def unit_or_404(number):
    return queries.visible_to(g.actor, g.place).where(MemberUnit.id == number).first() or abort(404)


@bp.get("/office/units")
@needs(Can.UNITS_READ)
def units():
    day, gone = _day(), request.args.get("show") == "left"
    rows, first = queries.visible_to(g.actor, g.place), request.args.get("from", 0, type=row_number)
    here, left = rows.where(queries.belonging(day)), rows.where(queries.departed(day))
    return page(
        "cobuilding/index.html", "units", rows=list((left if gone else here).offset(first).limit(ROWS)), day=day, gone=gone,
        counts=(here.count(), left.count()), growth=queries.growth(g.place), first=first, most=ROWS,
    )  # fmt: skip


def _day():
    try:
        return date.fromisoformat(request.args.get("on", ""))
    except ValueError:
        return clock.today()


@bp.post("/office/agreements/<int:number>/renewals")
@needs(Can.UNITS_EDIT)
def renew(number):
    row = ledger.visible_to(registers.AGREEMENTS, g.actor, g.place).where(Agreement.id == number).first() or abort(404)
    try:
        new = renewing.renew(g.actor, row, shown_version())
    except Refused as refusal:
        return pages.show(registers.AGREEMENTS, number, str(refusal), refusal.status)
    return done(url_for("agreements.edit", number=new.id))


@bp.route("/office/units/new", methods=["GET", "POST"])
@needs(Can.UNITS_EDIT)
def add():
    form = UnitForm()
    if not form.validate_on_submit():
        return _edit(None, form, 422 if form.is_submitted() else 200)
    try:
        rules.add_unit(g.actor, g.place, form.values())
    except Refused as refusal:
        return _edit(None, form, refusal.status, str(refusal))
    return done(url_for("cobuilding.units"))


@bp.route("/office/units/<int:number>", methods=["GET", "POST"])
@needs(Can.UNITS_EDIT)
def edit(number):
    unit = unit_or_404(number)
    form = UnitForm(data={**rules.existing_unit(unit), "version": unit.version})
    if not form.validate_on_submit():
        return _edit(unit, form, 422 if form.is_submitted() else 200)
    try:
        rules.change_unit(g.actor, unit, shown_version(), form.values())
    except Refused as refusal:
        form.version.data = unit.version
        return _edit(unit, form, refusal.status, str(refusal))
    return done(url_for("cobuilding.units"))


def _edit(unit, form, status, error=None):
    liaisons = queries.liaisons(unit) if unit else []
    return page(
        "cobuilding/edit.html", unit=unit, form=form, error=error, natures=NATURES, status=status,
        liaisons=liaisons,
    )  # fmt: skip
