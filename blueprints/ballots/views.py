"""Polls for residents: what is asked, how the vote is kept secret, how many took part, what came out."""

from flask import Blueprint, abort, g, request

from blueprints.ballots import box as ballot_box
from blueprints.ballots import feedback, outcomes, queries, reports, slips, words
from blueprints.ballots.forms import FeedbackForm, ReceiptForm
from blueprints.ballots.models import Poll, PollStatus
from blueprints.ballots.nominees import in_order
from blueprints.ballots.refusals import Refused as BoxSays
from blueprints.ballots.reports import FINAL
from blueprints.ballots.steps import file_of, look
from core import clock
from core.access import public
from core.answers import file_answer
from core.limits import Limit
from core.page import kept, page
from core.refusal import Refused
from core.text import _, _l

bp = Blueprint("ballots", __name__)
answers = Limit(60)  # a whole hall may share one address
PUBLISHED = (PollStatus.PUBLISHED, PollStatus.ARCHIVED)


def shown_or_404(number):
    g.place or abort(404)
    found = queries.shown_publicly(g.place).where(Poll.id == number).first() or abort(404)
    return look(found)


@bp.get("/polls/")
@public
def index():
    g.place or abort(404)
    rows = [look(row) for row in queries.shown_publicly(g.place).limit(50)]
    return page("ballots/index.html", rows=rows, State=PollStatus)


@bp.get("/polls/secrecy")
@public
@kept
def secrecy():
    """Why nobody knows who voted what, in two hundred words and a picture."""
    return page("ballots/secrecy.html")


@bp.get("/polls/limits")
@public
@kept
def limits():
    """What the system does not protect against, said plainly."""
    return page("ballots/limits.html")


@bp.route("/polls/feedback", methods=["GET", "POST"])
@public
def say():
    """How the vote was run, in one tick; nothing of the ballot travels here, not even that there was one."""
    form, rows = FeedbackForm(), list(feedback.asked(g.place))
    chosen = next((row for row in rows if str(row.id) == form.poll.data), rows[0] if rows else None)
    several = [(row.id, str(row)) for row in rows] if len(rows) > 1 else []
    if not (form.validate_on_submit() and chosen):
        return _say(form, chosen, several, 422 if form.is_submitted() else 200)
    try:
        if not answers.allow(request.remote_addr or ""):
            raise TooManyAnswers()
        feedback.answer(chosen, feedback.Opinion(form.opinion.data), form.nonce)
    except Refused as refusal:
        return _say(form, chosen, several, refusal.status, str(refusal))
    return page("ballots/feedback.html", poll=chosen, several=[], form=form, thanked=True, error="")


def _say(form, chosen, several, status=200, error=""):
    form.poll.data = str(chosen.id) if chosen else ""
    return page("ballots/feedback.html", poll=chosen, several=several, form=form, thanked=False, error=error, status=status)


class TooManyAnswers(Refused):
    sentence = _l("这里提交的评价太多，请过一分钟再试。")
    status = 429


@bp.get("/polls/<int:number>")
@public
def show(number):
    return _show(shown_or_404(number), ReceiptForm())


def _show(poll, form, found=None, status=200):
    published = poll.status in PUBLISHED
    counts = published and outcomes.counts_shown(poll)
    return page(
        "ballots/show.html", poll=poll, people=list(in_order(poll)), turnout=queries.turnout(poll), published=published,
        paragraphs=reports.notice_paragraphs(poll) if published else [], words=words, form=form, found=found,
        groups=outcomes.groups(poll) if counts else [], counts=counts,
        pass_title=outcomes.pass_title(poll), opinion=feedback.in_words(poll) if published else "", State=PollStatus, status=status,
    )  # fmt: skip


@bp.post("/polls/<int:number>/receipts")
@public
def check_receipt(number):
    """Whether a ballot with this receipt lies in the box; who asks is nowhere written."""
    poll, form = shown_or_404(number), ReceiptForm()
    if poll.status not in (*FINAL, PollStatus.COUNTED, PollStatus.UNSEALED) or not form.validate():
        return _show(poll, form, status=422)
    try:
        rid = slips.receipt_id(slips.read_receipt(form.receipt.data))
    except BoxSays:
        form.receipt.errors = [_("凭据是 20 个字母和数字，请照抄下的逐个核对。")]
        return _show(poll, form, status=422)
    return _show(poll, form, rid.hex() in _receipts(poll))


def _receipts(poll):
    path = file_of(poll)
    return [rid.hex() for rid in ballot_box.receipt_ids(path)] if path.exists() else reports.receipts(poll)


@bp.get("/polls/<int:number>/result.json")
@public
def result_file(number):
    """A, for everybody and for the verifier, where the poll's rules publish the counts."""
    poll = shown_or_404(number)
    if poll.status not in PUBLISHED or not outcomes.counts_shown(poll):
        abort(404)
    return file_answer(poll.result.encode(), _("结果-%(title)s.json", title=poll))


@bp.get("/polls/<int:number>/turnout")
@public
def turnout(number):
    poll = shown_or_404(number)
    return page(
        "ballots/turnout.html", "turnout", poll=poll, turnout=queries.turnout(poll), updated=f"{clock.local(clock.now()):%H:%M}",
        line=_half(poll), quorum=words.quorum_words(poll), State=PollStatus,
    )  # fmt: skip


def _half(poll):
    """Where the bar is marked: the quorum the poll froze, else more than half."""
    part, whole = poll.rules.get("quorum") or (1, 2)
    entitled = queries.turnout(poll).entitled
    return -(-part * entitled // whole) if poll.rules.get("quorum") else entitled // 2 + 1
