"""民主评议党员 at the office: branch by branch the members with what their promises came to, the meeting, the grades."""

from flask import Blueprint, flash, g, request, url_for

from blueprints.evaluation import appraising, queries, sheets
from blueprints.evaluation.forms import MeetingForm
from blueprints.evaluation.models import Appraisal, Grade
from blueprints.evaluation.views import branch_or_404
from blueprints.organisation import queries as organisation
from blueprints.people import queries as people
from blueprints.people.models import PartyMember
from core import clock
from core.access import Can, needs
from core.page import done, page
from core.records.people import Person
from core.refusal import Refused
from core.text import _
from core.web import row_number

bp = Blueprint("appraisals", __name__)
NOTE = 300


@bp.get("/office/appraisals")
@needs(Can.APPRAISALS_READ)
def latest():
    row = queries.rounds(g.place).first()
    return done(url_for("appraisals.index", year=row.year if row else clock.today().year))


@bp.get("/office/appraisals/<int:year>")
@needs(Can.APPRAISALS_READ)
def index(year):
    given = {one.member_id: one for one in queries.visible_appraisals(g.actor, g.place).where(Appraisal.year == year)}
    members = list(people.members(g.place))
    rows = []
    for org in organisation.branches(g.place):
        mine = [one for one in members if one.org_id == org.id]
        grades = [given[one.id].grade for one in mine if one.id in given]
        if mine:
            rows.append((org, mine, grades, appraising.too_many_excellent(g.place, len(grades), grades.count(Grade.EXCELLENT))))
    return page("evaluation/appraisals.html", year=year, rows=rows, met=queries.branch_years(g.place, year), Grade=Grade)


def members_of(org, year):
    """(member, grade or None) of a branch, in stroke order of the names."""
    given = {one.member_id: one for one in queries.visible_appraisals(g.actor, g.place).where(Appraisal.year == year)}
    rows = people.members(g.place).where(PartyMember.org == org).order_by(Person.sort_key, PartyMember.id)
    return [(one, given.get(one.id)) for one in rows]


@bp.get("/office/appraisals/<int:year>/branches/<int:number>")
@needs(Can.APPRAISALS_READ)
def branch(year, number):
    return _branch(branch_or_404(number), year)


def _branch(org, year, form=None, status=200, error=""):
    rows, meeting = members_of(org, year), queries.branch_year(org, year)
    came = queries.outcomes(g.place, year)
    grades = [grade.grade for _member, grade in rows if grade]
    said = {
        one.id: _typed(one.id) if form else (grade.grade.value, grade.note) if grade else ("", "") for one, grade in rows
    }
    return page(
        "evaluation/appraisal.html", org=org, year=year, rows=rows, meeting=meeting, said=said, Grade=Grade, grades=grades,
        came={number: sheets.outcome_words(counts) for number, counts in came.items()}, status=status, error=error,
        too_many=appraising.too_many_excellent(g.place, len(grades), grades.count(Grade.EXCELLENT)),
        form=form if form is not None else _offered(MeetingForm(formdata=None, data=_known(meeting))), part=g.settings["evaluation.excellent"],
    )  # fmt: skip


def _offered(form):
    """The form with the votes one may point at."""
    form.poll.choices = [(0, _("没有另外投票")), *((poll.id, str(poll)) for poll in queries.review_polls(g.actor, g.place))]
    return form


def _known(meeting):
    if meeting is None:
        return {"version": "0", "poll": 0}
    names = ("met_on", "entitled", "present", "words", "version")
    return {name: getattr(meeting, name) for name in names} | {"poll": meeting.poll_id or 0}


def _typed(number):
    return request.form.get(f"grade-{number}", ""), request.form.get(f"note-{number}", "")[:NOTE]


@bp.post("/office/appraisals/<int:year>/branches/<int:number>")
@needs(Can.APPRAISALS_EDIT)
def meet(year, number):
    org, form = branch_or_404(number), _offered(MeetingForm())
    if not form.validate():
        return _branch(org, year, form, 422)
    poll = next((one for one in queries.review_polls(g.actor, g.place) if one.id == form.poll.data), None)
    grades = {one.id: _given(one.id) for one, _grade in members_of(org, year)}
    try:
        appraising.meet(
            g.actor, org, year, row_number(form.version.data or "0"), form.met_on.data, form.entitled.data, form.present.data,
            poll, form.words.data or "", grades,
        )  # fmt: skip
    except Refused as refusal:
        return _branch(org, year, form, refusal.status, str(refusal))
    flash(_("%(branch)s%(year)s年度的评议结果已登记。", branch=org.name, year=year), "ok")
    return done(url_for("appraisals.branch", year=year, number=number))


def _given(number):
    grade, note = _typed(number)
    return (Grade(grade) if grade in set(Grade) else None), note


@bp.post("/office/commendations/years/<int:year>/notice")
@needs(Can.APPRAISALS_EDIT)
def notice(year):
    """A draft of the notice with all names on it; its own approval follows."""
    try:
        number = appraising.draft_notice(g.actor, g.place, year)
    except Refused as refusal:
        flash(str(refusal), "warn")
        return done(url_for("commendations.index"))
    return done(url_for("notices_desk.edit", number=number))
