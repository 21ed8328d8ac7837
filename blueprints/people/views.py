"""People and rosters: lists, and import as preview, confirmation, undo."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.people import imports, queries
from core.access import Can, needs
from core.answers import file_answer
from core.page import done, page
from core.refusal import Refused

bp = Blueprint("people", __name__)


@bp.get("/office/people")
@needs(Can.PEOPLE_READ)
def index():
    return page("people/index.html", members=list(queries.visible_members(g.actor, g.place)))


@bp.get("/office/people/representatives")
@needs(Can.PEOPLE_READ)
def representatives():
    return page("people/representatives.html", rows=list(queries.visible_representatives(g.actor, g.place)))


def roster_or_404(kind):
    roster = imports.roster(kind)
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
        "people/preview.html", "preview", roster=roster, kept=kept, sheet=sheet, plan=plan, fill_down=fill_down,
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
