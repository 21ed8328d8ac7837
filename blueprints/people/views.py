"""People: the roster of members, one member by hand, the residents' representatives."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.organisation import queries as organisation
from blueprints.people import membership, queries, rules
from blueprints.people.forms import EndForm, MemberForm
from blueprints.people.models import PartyMember
from core import clock
from core.access import Can, needs
from core.page import done, page
from core.refusal import Refused
from core.web import row_number

bp = Blueprint("people", __name__)


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
    known = {name: request.args.get(name, "")[:80] for name in ("stairwell", "branch")}
    form = MemberForm(data=known)
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
