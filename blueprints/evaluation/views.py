"""年终评诺 at the office: the days, how far each branch is, own words, the branch's findings."""

from datetime import timedelta

from flask import Blueprint, abort, flash, g, request, url_for

from blueprints.boards.models import Outcome, Way
from blueprints.evaluation import queries, rules
from blueprints.evaluation.forms import DaysForm, FindingForm, RoundForm
from blueprints.evaluation.rules import Found
from blueprints.organisation import queries as organisation
from blueprints.people import queries as people
from blueprints.people.models import PartyMember
from core import clock
from core.access import Can, needs
from core.db import writing
from core.page import done, page
from core.records.places import PartyOrg
from core.refusal import Refused
from core.text import _
from core.web import shown_version

bp = Blueprint("evaluation", __name__)
USUAL_DAYS = timedelta(days=20)
REASON = 300


def round_or_404(year):
    return queries.round_of(g.place, year) or abort(404)


def branch_or_404(number):
    return organisation.branches(g.place).where(PartyOrg.id == number).first() or abort(404)


@bp.get("/office/evaluations")
@needs(Can.BOARDS_EDIT)
def index():
    return _index()


def _index(form=None, status=200, error=""):
    today = clock.today()
    usual = {"year": today.year, "first": today, "last": today + USUAL_DAYS}
    return page(
        "evaluation/index.html", rows=list(queries.rounds(g.place)), form=form or RoundForm(formdata=None, data=usual),
        status=status, error=error,
    )  # fmt: skip


@bp.post("/office/evaluations")
@needs(Can.BOARDS_REVIEW)
def begin():
    form = RoundForm()
    if not form.validate():
        return _index(form, 422)
    try:
        row = rules.begin(g.actor, g.place, form.year.data, form.first.data, form.last.data)
    except Refused as refusal:
        return _index(form, refusal.status, str(refusal))
    return done(url_for("evaluation.show", year=row.year))


@bp.get("/office/evaluations/<int:year>")
@needs(Can.BOARDS_EDIT)
def show(year):
    return _show(round_or_404(year))


def _show(row, form=None, status=200, error=""):
    return page(
        "evaluation/show.html", row=row, branches=queries.branches(row), sheets=queries.sheets(row), today=clock.today(),
        form=form or DaysForm(formdata=None, obj=row), status=status, error=error,
    )  # fmt: skip


@bp.post("/office/evaluations/<int:year>/days")
@needs(Can.BOARDS_REVIEW)
def move(year):
    row, form = round_or_404(year), DaysForm()
    if not form.validate():
        return _show(row, form, 422)
    try:
        rules.move(g.actor, row, shown_version(), form.first.data, form.last.data)
    except Refused as refusal:
        return _show(row, form, refusal.status, str(refusal))
    return done(url_for("evaluation.show", year=year))


@bp.get("/office/evaluations/<int:year>/branches/<int:number>")
@needs(Can.BOARDS_EDIT)
def branch(year, number):
    return _branch(round_or_404(year), branch_or_404(number))


def _branch(row, org, form=None, status=200, error=""):
    lines = queries.lines(row, branch=org.id)
    said = {one.row.id: _typed(one.row.id) if form else _known(one) for one in lines}
    return page(
        "evaluation/branch.html", row=row, org=org, lines=lines, said=said, Outcome=Outcome, status=status, error=error,
        form=form or FindingForm(formdata=None, data={"checked_on": clock.today()}), today=clock.today(),
        willing=sum(bool(one.own) and one.own.outcome is Outcome.HONOURED and not one.found for one in lines),
    )  # fmt: skip


def _known(line):
    """What the form begins with: what was found, else the member's own reason."""
    return line.row.outcome.value, line.row.reason or (line.own.words if line.own else "")


def _typed(number):
    return request.form.get(f"outcome-{number}", ""), request.form.get(f"reason-{number}", "")[:REASON]


@bp.post("/office/evaluations/<int:year>/branches/<int:number>/findings")
@needs(Can.BOARDS_REVIEW)
def find(year, number):
    row, org, form = round_or_404(year), branch_or_404(number), FindingForm()
    if not form.validate():
        return _branch(row, org, form, 422)
    lines = queries.lines(row, branch=org.id)
    try:
        count = rules.find(g.actor, row, list(_findings(lines)), form.checked_by.data or "", form.checked_on.data)
    except Refused as refusal:
        return _branch(row, org, form, refusal.status, str(refusal))
    flash(_("已评定 %(n)s 条。", n=count), "ok")
    return done(url_for("evaluation.branch", year=year, number=number))


def _findings(lines):
    """The rows somebody chose an outcome in; or, with 全部, those their members call honoured."""
    for line in lines:
        outcome, reason = _typed(line.row.id)
        if request.form.get("willing"):
            if line.own and line.own.outcome is Outcome.HONOURED and not line.found:
                yield Found(line.row, Outcome.HONOURED)
        elif outcome in set(Outcome) - {Outcome.OPEN}:
            yield Found(line.row, Outcome(outcome), reason)


def member_or_404(number):
    return people.members(g.place).where(PartyMember.id == number).first() or abort(404)


@bp.route("/office/evaluations/<int:year>/members/<int:number>", methods=["GET", "POST"])
@needs(Can.BOARDS_EDIT)
def member(year, number):
    """自评 as a member said it at the desk, or wrote and signed it."""
    row, one = round_or_404(year), member_or_404(number)
    lines = [line for line in queries.lines(row, branch=one.org_id or 0) if line.row.member_id == number]
    if request.method == "GET":
        return _member(row, one, lines)
    way = Way.PAPER if request.form.get("way") == Way.PAPER else Way.STAFF
    try:
        with writing():
            for line in lines:
                outcome, words = _typed(line.row.id)
                if outcome in set(Outcome) - {Outcome.OPEN}:
                    rules.own_word(g.actor, line.row, Outcome(outcome), words, way)
    except Refused as refusal:
        return _member(row, one, lines, refusal.status, str(refusal))
    flash(_("%(name)s的自评已登记。", name=one.person.name), "ok")
    return done(url_for("evaluation.branch", year=year, number=one.org_id) if one.org_id else url_for("evaluation.show", year=year))


def _member(row, one, lines, status=200, error=""):
    said = {
        line.row.id: _typed(line.row.id) if error else (line.own.outcome.value, line.own.words) if line.own else ("", "")
        for line in lines
    }
    return page(
        "evaluation/member.html", row=row, member=one, lines=lines, said=said, Outcome=Outcome, status=status, error=error,
        way=request.form.get("way", "staff"),
    )  # fmt: skip
