"""The two trees: Party organisations with their lives, buildings and stairwells; as they stand or stood on a day."""

from datetime import date

from flask import Blueprint, abort, g, request, url_for

from blueprints.organisation import charts, orgs, queries, tree
from blueprints.organisation.forms import EndForm, OrgForm, SplitForm
from core import clock
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import done, page
from core.printing.printer import pdf
from core.records.places import PartyOrg
from core.refusal import Refused
from core.text import _
from core.web import shown_version

bp = Blueprint("organisation", __name__)


def asked_day():
    """The day the trees are shown for; what is no day, or lies ahead, is today."""
    try:
        return min(date.fromisoformat(request.args.get("on", "")), clock.today())
    except ValueError:
        return clock.today()


def org_or_404(number):
    return queries.organisations(g.actor, g.place).where(PartyOrg.id == number).first() or abort(404)


@bp.get("/office/organisation")
@needs(Can.ORGANISATION_READ)
def index():
    day = asked_day()
    roots = tree.tree(g.place, day)
    nodes = list(tree.walk(roots))
    return page(
        "organisation/index.html", nodes=nodes, tally=tree.tally(roots), misfits=[node for node in nodes if node.misfit],
        day=day, now=day == clock.today(), buildings=tree.places_by_building(list(queries.stairwells(g.place, day))),
        leaders=queries.leaders(g.place),
    )  # fmt: skip


@bp.get("/office/organisation.pdf")
@needs(Can.ORGANISATION_READ)
def chart():
    return pdf_answer(pdf("organisation/print/chart.html", charts.chart(g.place, asked_day())), _("党组织架构图"))


def _form(shape, org=None, /, **values):
    """Several of them stand on one page, so each field bears its form's name."""
    form = shape(prefix=f"{shape.__name__.removesuffix('Form').lower()}-", **values)
    others = [(one.id, one.name) for one in queries.visible_orgs(g.actor, g.place) if one != org]
    for name in ("parent", "into"):
        if name in form:
            form[name].choices = others or [(0, "")]
    return form


@bp.route("/office/organisation/new", methods=["GET", "POST"])
@needs(Can.ORGS_EDIT)
def add():
    form = _form(OrgForm, kind="branch", day=clock.today())
    if not form.validate_on_submit():
        return page("organisation/new.html", form=form, error="", status=422 if form.is_submitted() else 200)
    try:
        org = orgs.found(g.actor, g.place, form.values())
    except Refused as refusal:
        return page("organisation/new.html", form=form, error=str(refusal), status=refusal.status)
    return done(url_for("organisation.show", number=org.id))


@bp.get("/office/organisation/<int:number>")
@needs(Can.ORGANISATION_READ)
def show(number):
    return _show(org_or_404(number))


def _show(org, status=200, error="", **typed):
    today = clock.today()
    members = list(queries.members_of(org))
    forms = {
        "change": _form(OrgForm, org, name=org.name, full_name=org.full_name, kind=org.kind.value, parent=org.parent_id or 0, day=today),
        "end": _form(EndForm, org, day=today),
        "split": _form(SplitForm, org, kind=org.kind.value, parent=org.parent_id or org.id, day=today),
    } | typed  # fmt: skip
    forms["split"].members.choices = [(member.id, member.person.name) for member in members]
    return page(
        "organisation/show.html", org=org, events=list(queries.events(org)), members=members, forms=forms, error=error,
        ended=org.until is not None, status=status,
    )  # fmt: skip


def _act(number, shape, name, act):
    """One form of an organisation's page: what it asks is done, or the page says why not with all that was typed."""
    org = org_or_404(number)
    form = _form(shape, org)
    if name == "split":
        form.members.choices = [(member.id, "") for member in queries.members_of(org)]
    if not form.validate():
        return _show(org, 422, **{name: form})
    try:
        act(org, form)
    except Refused as refusal:
        return _show(org, refusal.status, str(refusal), **{name: form})
    return done(url_for("organisation.show", number=org.id))


@bp.post("/office/organisation/<int:number>/changes")
@needs(Can.ORGS_EDIT)
def change(number):
    def act(org, form):
        values = {key: value for key, value in form.values().items() if key != "parent" or org.parent_id}
        orgs.change(g.actor, org, shown_version(), form.day.data, values, form.document.data or "")

    return _act(number, OrgForm, "change", act)


@bp.post("/office/organisation/<int:number>/end")
@needs(Can.ORGS_EDIT)
def end(number):
    return _act(number, EndForm, "end", lambda org, form: orgs.end(g.actor, org, shown_version(), form.day.data, form.document.data or ""))


@bp.post("/office/organisation/<int:number>/merger")
@needs(Can.ORGS_EDIT)
def merge(number):
    def act(org, form):
        orgs.merge(g.actor, org, shown_version(), org_or_404(form.into.data), form.day.data, form.document.data or "")

    return _act(number, EndForm, "end", act)


@bp.post("/office/organisation/<int:number>/split")
@needs(Can.ORGS_EDIT)
def split(number):
    return _act(number, SplitForm, "split", lambda org, form: orgs.split(g.actor, org, shown_version(), form.values(), form.members.data))
