"""A member's own promises at a personal link: write, see why one came back, report what was done. No account."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.boards import doing, doorway, reported, rules
from blueprints.boards.doing import Report
from blueprints.boards.forms import OwnProgressForm, OwnPromiseForm, OwnWordForm
from blueprints.boards.letters import PURPOSE
from blueprints.boards.models import LIVING, SHOWN_STATES, Commitment, CommitmentState, Outcome, Way
from blueprints.boards.wording import vague_points
from blueprints.evaluation import queries as evaluation
from blueprints.evaluation import rules as evaluating
from blueprints.people.models import PartyMember
from core import clock, links, settings
from core.access import Actor, public
from core.db import writing
from core.forms import spend
from core.limits import Limit
from core.page import done, page
from core.refusal import Refused
from core.text import _, _l
from core.web import files_sent

bp = Blueprint("own", __name__)
OPEN = (CommitmentState.PROPOSED, CommitmentState.RETURNED)
MOST_WAITING = 10
presses = Limit(20)


class TooManyWaiting(Refused):
    sentence = _l("已经有 %(most)s 条在等支部审核，请等审核以后再写。")


class TooQuick(Refused):
    sentence = _l("点得太快了，请过一分钟再试。")
    status = 429


class NothingChanged(Refused):
    sentence = _l("内容没有改动。请按退回的理由改好，再交给支部。")


class AlreadyReviewed(Refused):
    sentence = _l("这条已经审核过了，要改请告诉支部。")
    status = 409


def member_of(token):
    """Whose link it is; what is over or unknown is not found."""
    link = links.find(token, PURPOSE, g.place) or abort(404)
    return _member(link) or abort(404)


def _member(link):
    query = PartyMember.select().where((PartyMember.id == link.subject_id) & (PartyMember.place == g.place))
    return query.where(PartyMember.until.is_null(True)).first()


@links.opens(PURPOSE, PartyMember)
def show(link, token):
    """The page itself; a link of somebody who left opens nothing."""
    member = _member(link)
    return _page(member, token) if member else page("links/gone.html", status=404)


def _actor(member):
    return Actor(name=_("%(name)s（本人链接）", name=member.person.name), person_id=member.person_id)


def _page(member, token, status=200, error="", form=None, number=0):
    """Everything of this year; ``form`` shown again with what was wrong, for the promise ``number`` (0: a new one)."""
    year = rules.current_year(g.place)
    link, rows = links.find(token, PURPOSE, g.place), list(rules.living(member, year))
    board = doorway.of(g.place).leads_to(member.stairwell.slug) if member.stairwell else ""
    vague = str(settings.value("boards.vague", g.place)).split()
    return page(
        "boards/own.html", member=member, token=token, year=year, rows=rows, status=status, board=board,
        hints={row.id: vague_points(row.text, row.target, vague) for row in rows if row.state in OPEN},
        done=reported.done(g.place, year, Commitment.member == member), error=error, again=form, number=number,
        evaluates=evaluation.begun(g.place, year), words=evaluation.own_words(member, year), Outcome=Outcome,
        until=link.expires_on, OPEN=OPEN, SHOWN=SHOWN_STATES, today=clock.today(),
        fresh=OwnPromiseForm(formdata=None), progress=OwnProgressForm(formdata=None, data={"done_on": clock.today()}),
    )  # fmt: skip


def _accept(member, token, form, act, number=0, thanks=""):
    """One press: the form read, its nonce spent, the act done; refusals on the same page with what was typed."""
    if not presses.allow(token):
        return _page(member, token, 429, str(TooQuick()), form, number)
    if not form.validate_on_submit():
        return _page(member, token, 422, "", form, number)
    try:
        with writing():
            spend(form.nonce)
            act()
    except Refused as refusal:
        return _page(member, token, refusal.status, str(refusal), form, number)
    return done(url_for("links.show", token=token, said=thanks, mode=request.args.get("mode") or None))


@bp.post("/l/<token>/promises")
@public
def propose(token):
    member, form = member_of(token), OwnPromiseForm()
    return _accept(member, token, form, lambda: _propose(member, form), thanks="proposed")


def _propose(member, form):
    year = rules.current_year(g.place)
    waiting = rules.living(member, year).where(Commitment.state.in_(OPEN)).count()
    if waiting >= MOST_WAITING:
        raise TooManyWaiting(most=MOST_WAITING)
    rules.propose(_actor(member), member, form.text.data, target=form.target.data or "", due_on=form.due_on.data)


@bp.post("/l/<token>/promises/<int:number>")
@public
def amend(token, number):
    member, form = member_of(token), OwnPromiseForm()
    row = _own_or_404(member, number)
    return _accept(member, token, form, lambda: _amend(member, row, form), number, "amended")


def _own_or_404(member, number):
    mine = (Commitment.id == number) & (Commitment.member == member) & Commitment.state.in_(LIVING)
    return Commitment.get_or_none(mine) or abort(404)


def _amend(member, row, form):
    if row.state not in OPEN:
        raise AlreadyReviewed()
    said = form.text.data.strip(), (form.target.data or "").strip(), form.due_on.data
    if said == (row.text, row.target, row.due_on):
        raise NothingChanged()
    version = int(form.version.data) if (form.version.data or "").isdecimal() else 0
    rules.amend(_actor(member), row, version, text=said[0], target=said[1], due_on=said[2])


@bp.post("/l/<token>/promises/<int:number>/progress")
@public
def report(token, number):
    member, form = member_of(token), OwnProgressForm()
    row = _own_or_404(member, number)
    return _accept(member, token, form, lambda: _report(member, row, form), number, "reported")


def _report(member, row, form):
    said = Report(form.done_on.data, form.amount.data or 0, form.note.data or "", hindrance=form.hindrance.data or "")
    doing.report(_actor(member), row, said, Way.LINK, files=files_sent())


@bp.post("/l/<token>/promises/<int:number>/word")
@public
def say(token, number):
    """自评: what became of a promise, in the member's own word."""
    member, form = member_of(token), OwnWordForm()
    row = _own_or_404(member, number)
    outcome = Outcome(form.outcome.data) if form.outcome.data in set(Outcome) else Outcome.OPEN
    words = form.words.data or ""
    return _accept(member, token, form, lambda: evaluating.own_word(_actor(member), row, outcome, words, Way.LINK), number, "said")
