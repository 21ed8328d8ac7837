"""Forms that came back on paper, typed in: the code on the form opens the page, nobody looks the person up again."""

from flask import Blueprint, abort, flash, g, request, url_for

from blueprints.boards import codes, quarters, queries, reported, rules, signed
from blueprints.boards.models import LIVING, Commitment, ConsentForm, Field
from blueprints.boards.signed import PledgeLine, QuarterLine
from blueprints.boards.views import member_or_404
from core import clock
from core.access import Can, needs
from core.page import done, page
from core.refusal import Refused
from core.text import _
from core.web import row_number

bp = Blueprint("typing_in", __name__)
BLANK_LINES, FEWEST = 5, 8
LONGEST = 300


@bp.get("/office/boards/forms")
@needs(Can.BOARDS_EDIT)
def enter():
    """The box for the code; a scanner types the whole address of the form into it."""
    typed = request.args.get("code", "").strip()[:200]
    if not typed:
        return page("boards/forms.html", typed="", error="")
    code = codes.read(typed)
    if code is None or queries.member_here(g.actor, g.place, code.member) is None:
        error = _("没有编号是“%(code)s”的表，请核对表上右上角的编号。", code=typed[:40])
        return page("boards/forms.html", typed=typed, error=error, status=404)
    return done(url_for("typing_in.form", code=str(code)))


@bp.route("/office/boards/forms/<code>", methods=["GET", "POST"])
@needs(Can.BOARDS_EDIT)
def form(code):
    read = codes.read(code) or abort(404)
    member = member_or_404(read.member)
    return _quarter(member, read) if read.quarter else _pledge(member, read.year or rules.current_year(g.place))


def _typed(*names):
    """The lines of a form as dicts; a tick carries the place of its line."""
    columns = [[text[:LONGEST] for text in request.form.getlist(name)] for name in names]
    return [dict(zip(names, line, strict=True)) for line in zip(*columns, strict=False)]


def _pledge(member, year):
    if request.method == "GET":
        return _pledge_page(member, year)
    lines = _typed("number", "version", "text", "target", "due", "support")
    try:
        given = [PledgeLine(**{**line, "number": _number(line["number"]), "version": _number(line["version"])}) for line in lines]
        fields = [name for name in request.form.getlist("fields") if name in set(Field)]
        how = request.form.get("form", "")
        verdict = request.form.get("verdict", "") if g.actor.can(Can.BOARDS_REVIEW, g.place) else ""
        signed.take_pledge(
            g.actor, member, year, given, fields, how if how in set(ConsentForm) else ConsentForm.SIGNED.value, verdict,
            request.form.get("reason", "")[:LONGEST],
        )  # fmt: skip
    except Refused as refusal:
        return _pledge_page(member, year, lines, str(refusal), refusal.status)
    return _next(member)


def _number(text):
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _pledge_page(member, year, typed=None, error="", status=200):
    on_file = list(queries.visible_to(g.actor, g.place).where(
        (Commitment.member == member) & (Commitment.year == year) & Commitment.state.in_(LIVING)
    ))  # fmt: skip
    lines = typed or [_line(row) for row in on_file]
    lines += [{}] * max(BLANK_LINES if not typed else 0, FEWEST - len(lines))
    consent = queries.consents(g.place).get(member.id)
    return page(
        "boards/pledge_form.html", member=member, year=year, lines=lines, error=error, status=status, Field=Field,
        states={row.id: row.state for row in on_file}, agreed=request.form.getlist("fields") if typed else consent.fields if consent else [],
        forms=[(one.value, one.title) for one in ConsentForm], how=request.form.get("form") or (consent.form if consent else "signed"),
        verdict=request.form.get("verdict", ""), reason=request.form.get("reason", ""),
    )  # fmt: skip


def _line(row):
    return {
        "number": row.id, "version": row.version, "text": row.text, "target": row.target, "support": row.support,
        "due": row.due_on.isoformat() if row.due_on else "",
    }  # fmt: skip


def _quarter(member, code):
    if request.method == "GET":
        return _quarter_page(member, code)
    lines = _typed("number", "day", "amount", "note", "evidence", "hindrance", "plan")
    ticked = set(request.form.getlist("done"))
    try:
        given = [QuarterLine(**{**line, "number": _number(line["number"])}, done=line["number"] in ticked) for line in lines]
        signed.take_quarter(g.actor, member, given, min(code.quarter.last, clock.today()))
    except Refused as refusal:
        return _quarter_page(member, code, lines, str(refusal), refusal.status)
    return _next(member)


def _quarter_page(member, code, typed=(), error="", status=200):
    quarter = code.quarter
    rows = [row for row in quarters.owed(g.place, quarter) if row.member_id == member.id]
    said = {line["number"]: line for line in typed}
    return page(
        "boards/quarter_form.html", member=member, code=code, quarter=quarter, rows=rows, said=said, error=error, status=status,
        done=reported.done(g.place, quarter.year, Commitment.member == member), ticked=request.form.getlist("done"),
        reported=quarters.reported_in(g.place, quarter), usual=min(quarter.last, clock.today()),
    )  # fmt: skip


def _next(member):
    flash(_("%(name)s的表已录入，可以录下一张。", name=member.person.name), "ok")
    return done(url_for("typing_in.enter"))


@bp.get("/office/boards/quarters/<code>")
@needs(Can.BOARDS_READ)
def quarter(code):
    """Who has reported in a quarter and who has not, branch by branch."""
    found = quarters.Quarter.coded(code) or abort(404)
    rows = quarters.members(g.place, found)
    branch = request.args.get("branch", 0, type=row_number)
    silent = bool(request.args.get("silent"))
    shown = [one for one in rows if (not branch or one.member.org_id == branch) and (one.silent or not silent)]
    return page(
        "boards/quarter.html", quarter=found, rows=shown, every=rows, branch=branch, silent=silent,
        now=quarters.Quarter.of(clock.today()),
    )  # fmt: skip
