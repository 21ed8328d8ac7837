"""The pages of an import: choose a file, look at what it would do, say what was not understood, confirm, take back."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.people import imports, uploads
from core.access import Can, needs
from core.answers import file_answer
from core.page import done, page
from core.refusal import Refused
from core.web import row_number

bp = Blueprint("imports", __name__)
FEW, MANY = 5, 50  # rows of one part in the overview, on a page of their own
PARTS = ("unclear", "refused", "changed", "added", "missing", "remarks")
LONG_CELLS = ("commitment", "resource", "text")


def roster_or_404(kind):
    roster = imports.roster(kind, g.place)
    if roster is None or not g.actor.can(roster.permission, g.place):
        abort(404)
    return roster


def upload_or_404(kind, key):
    return uploads.find(g.place, kind, key) or abort(404)


@bp.get("/office/imports")
@needs(Can.PEOPLE_IMPORT)
def index():
    return page("people/imports.html", batches=imports.latest(g.place), kinds=imports.kinds(g.actor, g.place))


@bp.route("/office/imports/<kind>", methods=["GET", "POST"])
@needs(Can.PEOPLE_IMPORT)
def choose(kind):
    roster = roster_or_404(kind)
    if request.method == "GET":
        return page("people/import.html", roster=roster, kind=kind)
    file = request.files.get("file")
    try:
        upload = uploads.keep(g.place, roster, kind, file.read() if file else b"", file.filename if file else "")
    except Refused as refusal:
        return page("people/import.html", roster=roster, kind=kind, error=str(refusal), status=refusal.status)
    return done(url_for("imports.preview", kind=kind, key=upload.key))


@bp.get("/office/imports/<kind>/<key>")
@needs(Can.PEOPLE_IMPORT)
def preview(kind, key):
    part = request.args.get("part", "")
    return _preview(roster_or_404(kind), upload_or_404(kind, key), part if part in PARTS else "")


def _preview(roster, upload, part="", error=None, status=200):
    """All parts with a few rows each, or one part page by page; a file without a header asks where it is."""
    outline = uploads.look(g.place, roster, upload)
    common = {
        "roster": roster, "upload": upload, "outline": outline, "error": error, "status": status, "say": imports.say,
        "long": LONG_CELLS, "kind": upload.kind,
    }  # fmt: skip
    if not outline.complete:
        return page("people/columns.html", **common)
    sheet, plan = uploads.plan_of(g.place, roster, upload)
    rows = {name: getattr(plan, name, None) or [] for name in PARTS} | {"remarks": imports.remarks(roster, plan)}
    counts = {name: len(found) for name, found in rows.items()}
    first = max(1, request.args.get("first", 1, type=row_number)) if part else 1
    shown = {name: found[first - 1 : first - 1 + (MANY if part else FEW)] for name, found in rows.items()}
    return page(
        "people/part.html" if part else "people/preview.html", sheet=sheet, plan=plan, shown=shown, counts=counts,
        part=part, first=first, many=MANY, used=imports.filled_columns(roster, shown["added"]),
        waiting=uploads.unsettled(upload, plan), **common,
    )  # fmt: skip


@bp.post("/office/imports/<kind>/<key>/columns")
@needs(Can.PEOPLE_IMPORT)
def map_columns(kind, key):
    roster, upload = roster_or_404(kind), upload_or_404(kind, key)
    try:
        _as_told(roster, upload)
    except Refused as refusal:
        return _preview(roster, upload, error=str(refusal), status=refusal.status)
    return done(url_for("imports.preview", kind=kind, key=key))


def _as_told(roster, upload):
    """The whole form, or only the button that says what blanks mean."""
    uploads.fill_down(upload, bool(request.form.get("fill_down")))
    if said := _said(roster):
        row = "0" if request.form.get("no_header") else request.form.get("header_row", "")
        row = int(row) if row.isdecimal() and len(row) < 8 else None
        if not uploads.move(g.place, roster, upload, request.form.get("sheet", ""), row):
            uploads.map_columns(g.actor, g.place, roster, upload, said)


def _said(roster):
    """header → key: the form names each header of the file and, beside it, what it means."""
    keys = {column.key for column in roster.declaration.columns}
    pairs = zip(request.form.getlist("header"), request.form.getlist("means"), strict=False)
    return {header: means if means in keys else "" for header, means in pairs}


@bp.post("/office/imports/<kind>/<key>/answers")
@needs(Can.PEOPLE_IMPORT)
def settle(kind, key):
    roster, upload = roster_or_404(kind), upload_or_404(kind, key)
    _settle(roster, upload, request.form.get("every", ""))
    onward = request.form.get("onward", 0, type=row_number)
    where = {"part": "unclear", "first": onward} if onward else {}
    return done(url_for("imports.preview", kind=kind, key=key, **where))


def _settle(roster, upload, every=""):
    """``same-<row>`` holds the id on file, 0 for somebody new."""
    given = {name[5:]: value for name, value in request.form.items() if name.startswith("same-")}
    answers = {int(row): int(value) for row, value in given.items() if _is_number(row) and _is_number(value)}
    if answers or every:
        uploads.settle(upload, uploads.plan_of(g.place, roster, upload)[1], answers, every)


def _is_number(text):
    return text.isdecimal() and len(text) < 10


@bp.post("/office/imports/<kind>/<key>/confirmation")
@needs(Can.PEOPLE_IMPORT)
def confirm(kind, key):
    roster, upload = roster_or_404(kind), upload_or_404(kind, key)
    try:
        _settle(roster, upload)
        batch = uploads.confirm(
            g.actor, g.place, roster, upload, request.form.get("seen", ""), bool(request.form.get("remove_missing"))
        )
    except Refused as refusal:
        return _preview(roster, upload, error=str(refusal), status=refusal.status)
    return done(url_for("imports.batch", number=batch.id))


@bp.get("/office/imports/<kind>/<key>/refused.xlsx")
@needs(Can.PEOPLE_IMPORT)
def refused(kind, key):
    return file_answer(*uploads.refused(g.place, roster_or_404(kind), upload_or_404(kind, key)))


@bp.get("/office/imports/batches/<int:number>")
@needs(Can.PEOPLE_IMPORT)
def batch(number):
    return _batch(imports.visible_batch(g.place, number) or abort(404))


def _batch(found, error=None, status=200):
    kept = uploads.kept(g.place, found.report.get("upload", ""))
    roster = imports.roster(kept.kind if kept else found.kind, g.place)
    return page("people/batch.html", batch=found, roster=roster, kept=kept, error=error, status=status)


@bp.post("/office/imports/batches/<int:number>/undo")
@needs(Can.PEOPLE_IMPORT)
def undo(number):
    found = imports.visible_batch(g.place, number) or abort(404)
    try:
        imports.undo(g.actor, found)
    except Refused as refusal:
        return _batch(found, str(refusal), refusal.status)
    return done(url_for("imports.batch", number=number))


@bp.get("/office/exports/<kind>.xlsx")
@needs(Can.PEOPLE_READ)
def export(kind):
    return file_answer(*imports.export(g.place, roster_or_404(kind)))
