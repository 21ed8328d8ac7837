"""People and rosters: lists, and import as preview, confirmation, undo."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.organisation import queries as organisation
from blueprints.people import imports, membership, queries, rules
from blueprints.people.forms import EndForm, MemberForm
from blueprints.people.models import PartyMember
from core import clock
from core.access import Can, needs
from core.answers import file_answer
from core.page import done, page
from core.refusal import Refused
from core.web import row_number

bp = Blueprint("people", __name__)
SHOWN = 20  # rows of a preview
LONG_CELLS = ("commitment", "resource")


def member_or_404(number):
    query = queries.visible_members(g.actor, g.place)
    return query.where(PartyMember.id == number).first() or abort(404)


@bp.get("/office/people")
@needs(Can.PEOPLE_READ)
def index():
    words, branch = request.args.get("q", "").strip()[:80], request.args.get("branch", 0, type=row_number)
    place = organisation.stairwell(g.place, request.args.get("stairwell", ""))
    found = queries.narrowed(queries.visible_members(g.actor, g.place), words, branch, place.id if place else 0)
    return page(
        "people/index.html", members=list(found), words=words, branch=branch, place_slug=place.slug if place else "",
        branches=list(organisation.branches(g.place)), stairwells=list(organisation.stairwells(g.place)),
        narrowed=bool(words or branch or place),
    )  # fmt: skip


@bp.route("/office/people/new", methods=["GET", "POST"])
@needs(Can.PEOPLE_EDIT)
def add():
    form = MemberForm()
    if not form.validate_on_submit():
        return _edit(None, form, 422 if form.is_submitted() else 200)
    try:
        member = membership.add_member(g.actor, g.place, form.values())
    except Refused as refusal:
        return _edit(None, form, refusal.status, str(refusal))
    return done(url_for("people.edit", number=member.id))


@bp.route("/office/people/<int:number>", methods=["GET", "POST"])
@needs(Can.PEOPLE_EDIT)
def edit(number):
    member = member_or_404(number)
    form = MemberForm(data={**rules.member_values(member), "version": member.person.version})
    if not form.validate_on_submit():
        return _edit(member, form, 422 if form.is_submitted() else 200)
    try:
        membership.change_member(g.actor, member, request.form.get("version", 0, type=row_number), form.values())
    except Refused as refusal:
        form.version.data = member.person.version
        return _edit(member, form, refusal.status, str(refusal))
    return done(url_for("people.edit", number=number))


def _edit(member, form, status, error=None, ending=None):
    return page(
        "people/edit.html", member=member, form=form, error=error, status=status,
        ending=ending or EndForm(formdata=None, data={"until": clock.today()}),
        branches=list(organisation.branches(g.place)), stairwells=list(organisation.stairwells(g.place)),
    )  # fmt: skip


def _again(member, status, error=None, ending=None):
    values = {**rules.member_values(member), "version": member.person.version}
    return _edit(member, MemberForm(formdata=None, data=values), status, error, ending)


@bp.post("/office/people/<int:number>/end")
@needs(Can.PEOPLE_EDIT)
def end(number):
    member, ending = member_or_404(number), EndForm()
    if not ending.validate_on_submit():
        return _again(member, 422, ending=ending)
    try:
        membership.end_member(g.actor, member, ending.until.data, ending.reason.data)
    except Refused as refusal:
        return _again(member, refusal.status, str(refusal), ending)
    return done(url_for("people.index"))


@bp.get("/office/people/representatives")
@needs(Can.PEOPLE_READ)
def representatives():
    return page("people/representatives.html", rows=list(queries.visible_representatives(g.actor, g.place)))


def roster_or_404(kind):
    roster = imports.roster(kind, g.place)
    if roster is None or not g.actor.can(roster.permission, g.place):
        abort(404)
    return roster


@bp.get("/office/imports")
@needs(Can.PEOPLE_IMPORT)
def batches():
    return page("people/imports.html", batches=imports.latest(g.place), kinds=imports.kinds(g.actor, g.place))


@bp.get("/office/imports/<kind>")
@needs(Can.PEOPLE_IMPORT)
def choose(kind):
    return page("people/import.html", roster=roster_or_404(kind))


@bp.post("/office/imports/<kind>")
@needs(Can.PEOPLE_IMPORT)
def preview(kind):
    roster = roster_or_404(kind)
    file = request.files.get("file")
    try:
        kept = imports.keep(file.read() if file else b"", file.filename if file else "")
        return _preview(roster, kept)
    except Refused as refusal:
        return page("people/import.html", roster=roster, error=str(refusal), status=refusal.status)


@bp.post("/office/imports/<kind>/preview")
@needs(Can.PEOPLE_IMPORT)
def remap(kind):
    roster = roster_or_404(kind)
    kept = imports.kept(request.form.get("kept", ""))
    return _preview(roster, kept, _mapping(roster), bool(request.form.get("fill_down")))


def _mapping(roster):
    chosen = {column.key: request.form.get(f"column-{column.key}") for column in roster.declaration.columns}
    return {key: header for key, header in chosen.items() if header} or None


def _preview(roster, kept, mapping=None, fill_down=False):
    sheet, plan = imports.preview(g.place, roster, kept, mapping, fill_down)
    return page(
        "people/preview.html", roster=roster, kept=kept, sheet=sheet, plan=plan, fill_down=fill_down,
        remarks=imports.remarks(roster, plan), used=imports.filled_columns(roster, plan.added[:SHOWN]), say=imports.say,
        names_missing="、".join(str(record["name"]) for record in plan.missing[:100]), long=LONG_CELLS,
    )  # fmt: skip


@bp.post("/office/imports/<kind>/confirmation")
@needs(Can.PEOPLE_IMPORT)
def confirm(kind):
    roster = roster_or_404(kind)
    kept = imports.kept(request.form.get("kept", ""))
    batch = imports.confirm(
        g.actor, g.place, roster, kept, _mapping(roster), bool(request.form.get("fill_down")),
        bool(request.form.get("remove_missing")), _same_as(),
    )  # fmt: skip
    return done(url_for("people.batch", number=batch.id))


def _same_as():
    """Unclear rows the user settled: ``same-<row>`` holds the id on file, empty for somebody new."""
    answers = {name[5:]: value for name, value in request.form.items() if name.startswith("same-")}
    return {int(row): int(value) for row, value in answers.items() if _is_number(row) and _is_number(value)}


def _is_number(text):
    return text.isdecimal() and len(text) < 10


@bp.post("/office/imports/<kind>/refused")
@needs(Can.PEOPLE_IMPORT)
def refused(kind):
    roster = roster_or_404(kind)
    kept = imports.kept(request.form.get("kept", ""))
    return file_answer(*imports.refused(g.place, roster, kept, _mapping(roster), bool(request.form.get("fill_down"))))


@bp.get("/office/imports/batches/<int:number>")
@needs(Can.PEOPLE_IMPORT)
def batch(number):
    return page("people/batch.html", batch=imports.visible_batch(g.place, number) or abort(404))


@bp.post("/office/imports/batches/<int:number>/undo")
@needs(Can.PEOPLE_IMPORT)
def undo(number):
    found = imports.visible_batch(g.place, number) or abort(404)
    try:
        imports.undo(g.actor, found)
    except Refused as refusal:
        return page("people/batch.html", batch=found, error=str(refusal), status=refusal.status)
    return done(url_for("people.batch", number=number))


@bp.get("/office/exports/<kind>.xlsx")
@needs(Can.PEOPLE_READ)
def export(kind):
    return file_answer(*imports.export(g.place, roster_or_404(kind)))
