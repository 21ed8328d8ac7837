"""Polls in the office: the list, one poll as a ceremony with its next step, its draft, its people."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.ballots import archiving, feedback, guide, nominees, outcomes, queries, rules, words
from blueprints.ballots.ballot import Kind
from blueprints.ballots.forms import NewPollForm, NomineeForm, PollForm, ProfileForm, ScrutineerForm, options
from blueprints.ballots.models import Nominee, Poll, PollStatus, Scrutineer, ScrutineerRole, Source
from blueprints.ballots.sheets import classes, short
from blueprints.ballots.steps import WATCHING, file_of, look
from core.access import Can, needs
from core.page import done, page
from core.records.people import Account, Sex
from core.refusal import Refused
from core.text import _

bp = Blueprint("polls", __name__, url_prefix="/office/polls")


def poll_or_404(number):
    """The poll this account may see, looked at first: after a restore it is interrupted from here on."""
    return look(queries.visible_to(g.actor, g.place).where(Poll.id == number).first() or abort(404))


@bp.get("")
@needs(Can.POLLS_READ)
def index():
    rows = [look(row) for row in queries.visible_to(g.actor, g.place)]
    return page("ballots/polls.html", rows=rows, next_step=queries.next_step, kind_title=words.kind_title, State=PollStatus)


@bp.route("/new", methods=["GET", "POST"])
@needs(Can.POLLS_PREPARE)
def create():
    form = NewPollForm()
    if not form.validate_on_submit():
        return page("ballots/new.html", form=form, error="", status=422 if form.is_submitted() else 200)
    try:
        sources = [Source(one) for one in form.voters.data]
        poll = rules.create(g.actor, g.place, Kind(form.kind.data), form.title.data, sources, held_on=form.held_on.data)
    except Refused as refusal:
        return page("ballots/new.html", form=form, error=str(refusal), status=refusal.status)
    return done(url_for("polls.edit", number=poll.id))


@bp.get("/<int:number>")
@needs(Can.POLLS_READ)
def show(number):
    return shown(poll_or_404(number))


def shown(poll, status=200, error=""):
    """The poll's own page; a refused step shows it again with the reason on top."""
    return page(
        "ballots/poll.html", poll=poll, stages=queries.stages(poll), next_step=queries.next_step(poll), error=error,
        turnout=queries.turnout(poll), people=list(nominees.in_order(poll)), classes=classes(poll),
        watchers=list(poll.scrutineers.order_by(Scrutineer.id)), watching=[row for row in poll.scrutineers if row.role in WATCHING],
        groups=outcomes.groups(poll), todos=guide.todos(poll), short=short, words=words, State=PollStatus, has_box=file_of(poll).exists(),
        is_over=queries.is_over(poll), holders=list(poll.scrutineers.where(Scrutineer.sheet > 0).order_by(Scrutineer.sheet)),
        destroyed=archiving.destruction(poll), opinion=feedback.in_words(poll), election=poll.in_elections.first(),
        **refused(error), status=status,
    )  # fmt: skip


def refused(error):
    """For the page that shows a refused step again: which one it was, and what was typed and ticked there."""
    return {"refused": request.endpoint if error else "", "typed": request.form}


def act(number, step):
    """One step on one poll, then its page; what is refused is said there and nothing has changed."""
    poll = poll_or_404(number)
    try:
        step(poll)
    except Refused as refusal:
        return shown(poll_or_404(number), refusal.status, str(refusal))
    return done(url_for("polls.show", number=poll.id))


@bp.route("/<int:number>/edit", methods=["GET", "POST"])
@needs(Can.POLLS_PREPARE)
def edit(number):
    poll, form = poll_or_404(number), PollForm()
    if not form.is_submitted():
        form.fill(poll)
    form.suit(poll)
    if not form.is_submitted():
        return _edit(poll, form)
    if not form.validate():
        return _edit(poll, form, 422)
    try:
        rules.amend(g.actor, poll, int(form.version.data or 0), **form.fields(poll))
    except Refused as refusal:
        return _edit(poll, form, refusal.status, str(refusal))
    return done(url_for("polls.show", number=poll.id))


def _edit(poll, form, status=200, error=""):
    return page("ballots/edit.html", poll=poll, form=form, words=words, status=status, error=error)


@bp.route("/<int:number>/nominees", methods=["GET", "POST"])
@needs(Can.POLLS_PREPARE)
def nominate(number):
    poll, form = poll_or_404(number), NomineeForm()
    if not form.validate_on_submit():
        return listed(poll, form, 422 if form.is_submitted() else 200)
    try:
        nominees.nominate(g.actor, poll, **_particulars(form))
    except Refused as refusal:
        return listed(poll, form, refusal.status, str(refusal))
    return done(url_for("polls.nominate", number=number))


def _particulars(form):
    given = {name: (form[name].data or "").strip() for name in ("name", "post", "birth", "joined", "education", "duty")}
    return given | {"sex": Sex(form.sex.data), "position": form.position.data or 0}


def listed(poll, form, status=200, error=""):
    """The candidates in the ballot's order, with a form for one more."""
    rows = list(nominees.in_order(poll))
    return page("ballots/nominees.html", poll=poll, rows=rows, form=form, error=error, State=PollStatus, status=status)


@bp.route("/<int:number>/nominees/<int:which>", methods=["GET", "POST"])
@needs(Can.POLLS_PREPARE)
def nominee(number, which):
    poll = poll_or_404(number)
    row = poll.nominees.where(Nominee.id == which).first() or abort(404)
    form = NomineeForm(obj=row)
    if not form.is_submitted():
        form.sex.data = row.sex.value
    if not form.validate_on_submit():
        return _nominee(poll, row, form, ProfileForm(formdata=None, obj=row), 422 if form.is_submitted() else 200)
    try:
        nominees.change(g.actor, row, **_particulars(form))
    except Refused as refusal:
        return _nominee(poll, row, form, ProfileForm(formdata=None, obj=row), refusal.status, str(refusal))
    return done(url_for("polls.nominate", number=number))


def _nominee(poll, row, form, profile, status=200, error=""):
    return page(
        "ballots/nominee.html", poll=poll, row=row, form=form, profile=profile, error=error, State=PollStatus, status=status
    )


@bp.post("/<int:number>/nominees/<int:which>/profile")
@needs(Can.POLLS_PREPARE)
def describe(number, which):
    poll = poll_or_404(number)
    row = poll.nominees.where(Nominee.id == which).first() or abort(404)
    form = ProfileForm()
    try:
        photo = form.photo.data.read() if form.photo.data else b""
        nominees.describe(g.actor, row, form.profile.data or "", photo)
    except Refused as refusal:
        shown_form = NomineeForm(formdata=None, obj=row)
        return _nominee(poll, row, shown_form, form, refusal.status, str(refusal))
    return done(url_for("polls.nominate", number=number))


@bp.post("/<int:number>/nominees/<int:which>/withdrawal")
@needs(Can.POLLS_PREPARE)
def withdraw(number, which):
    poll = poll_or_404(number)
    row = poll.nominees.where(Nominee.id == which).first() or abort(404)
    try:
        nominees.withdraw(g.actor, row)
    except Refused as refusal:
        return listed(poll, NomineeForm(formdata=None), refusal.status, str(refusal))
    return done(url_for("polls.nominate", number=number))


@bp.route("/<int:number>/scrutineers", methods=["GET", "POST"])
@needs(Can.POLLS_PREPARE)
def scrutineers(number):
    poll, form = poll_or_404(number), ScrutineerForm()
    form.account.choices = options([("", _("不用账号")), *((str(one.id), one.name) for one in queries.tellers(g.place))])
    if not form.validate_on_submit():
        return _scrutineers(poll, form, 422 if form.is_submitted() else 200)
    account = Account.get_by_id(int(form.account.data)) if form.account.data else None
    try:
        nominees.appoint(g.actor, poll, form.name.data, ScrutineerRole(form.role.data), form.no_kin.data, account)
    except Refused as refusal:
        return _scrutineers(poll, form, refusal.status, str(refusal))
    return done(url_for("polls.scrutineers", number=number))


def _scrutineers(poll, form, status=200, error=""):
    rows = list(poll.scrutineers.order_by(Scrutineer.id))
    return page("ballots/scrutineers.html", poll=poll, rows=rows, form=form, error=error, status=status)


@bp.post("/<int:number>/scrutineers/<int:which>/dismissal")
@needs(Can.POLLS_PREPARE)
def dismiss(number, which):
    poll = poll_or_404(number)
    row = poll.scrutineers.where(Scrutineer.id == which).first() or abort(404)
    try:
        nominees.dismiss(g.actor, row)
    except Refused as refusal:
        return shown(poll, refusal.status, str(refusal))
    return done(url_for("polls.scrutineers", number=number))
