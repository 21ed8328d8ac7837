"""The papers of a poll: what was issued, else as it stands now."""

from functools import partial

from flask import abort, g, url_for

from blueprints.ballots import printing, publishing, queries, reports
from blueprints.ballots.afterwards import bp
from blueprints.ballots.models import Poll, PollStatus
from blueprints.ballots.office import poll_or_404, shown
from blueprints.papers import rules as register
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import done, page
from core.records.papers import IssuedPaper
from core.refusal import Refused
from core.text import _l

TITLES = {
    "ballots": _l("纸质选票"), "profiles": _l("候选人简介"), "roll": _l("签到与领票册"), "record": _l("封箱、开箱记录"),
    "tally": _l("正字计票单"), "returns": _l("废票、交回登记"), "reports": _l("报告单"), "result": _l("结果公告"),
    "announcement": _l("投票公告"), "board": _l("会场规则牌"), "report-up": _l("上报件"),
    "proxies": _l("委托投票名单"),
}  # fmt: skip
ISSUED = {
    "profiles": printing.profiles, "announcement": printing.announcement, "proxies": printing.proxies,
    "reports": printing.four_reports, "result": printing.notice, "report-up": printing.report_up,
}  # fmt: skip
BEFORE = ("profiles", "announcement", "proxies")  # what hangs out before the vote, and is issued anew where it changed


def _theirs(actor, place):
    return IssuedPaper.subject_id.in_(queries.visible_to(actor, place).select(Poll.id).order_by())


for _paper in ISSUED:
    register.kind(
        _paper, TITLES[_paper], Can.POLLS_READ, visible=_theirs,
        desk=lambda paper: f"/office/polls/{paper.subject_id}/papers",
    )  # fmt: skip
PLAIN = {
    "roll": printing.roll, "record": printing.record, "tally": printing.tallies, "returns": printing.returns,
    "board": printing.rule_board,
}  # fmt: skip


@bp.get("/<int:number>/papers")
@needs(Can.POLLS_READ)
def papers(number):
    """Every paper of the poll on one page, in the order it is wanted."""
    poll = poll_or_404(number)
    done_once = {kind for kind in ISSUED if register.issued(poll, kind, None)}
    ready = {kind for kind in ISSUED if _ready(poll, kind) and (kind in BEFORE or kind not in done_once)}
    return page(
        "ballots/papers.html", poll=poll, boxes=list(queries.boxes_of(poll)), ready=ready, done=done_once,
        announceable=poll.status in publishing.ANNOUNCED,
    )  # fmt: skip


@bp.get("/<int:number>/<paper>.pdf")
@needs(Can.POLLS_READ)
def paper(number, paper):
    """A paper that was issued is the same every time; others are printed from what stands on file."""
    poll = poll_or_404(number)
    if paper not in TITLES:
        abort(404)
    try:
        return pdf_answer(_content(poll, paper), f"{TITLES[paper]}-{poll}")
    except Refused as refusal:
        return shown(poll, refusal.status, str(refusal))


def _content(poll, paper):
    if paper in ISSUED:
        return kept(poll, paper)
    if paper == "ballots":
        return printing.ballots(poll, draft=poll.status is PollStatus.DRAFT)
    return PLAIN[paper](poll)


def kept(poll, paper):
    """The copy that was issued, else a draft."""
    return register.shown(poll, paper, partial(ISSUED[paper], poll), None if paper in BEFORE else 1)


@bp.post("/<int:number>/prints/<paper>")
@needs(Can.POLLS_RUN)
def issue(number, paper):
    """Enter a signed paper in the register of issued papers, with a code anybody can check."""
    poll = poll_or_404(number)
    if paper not in ISSUED:
        abort(404)
    try:
        if not _ready(poll, paper):
            raise NotSigned()
        title = _l("%(paper)s：%(title)s", paper=TITLES[paper], title=poll)
        register.issue(g.actor, g.place, poll, paper, title, partial(ISSUED[paper], poll), None if paper in BEFORE else 1)
    except Refused as refusal:
        return shown(poll, refusal.status, str(refusal))
    return done(url_for("polls.paper", number=number, paper=paper))


def _ready(poll, paper):
    """What hangs out before the vote may be issued as soon as the draft is closed; the rest once it is signed, and once."""
    if paper in BEFORE:
        return poll.status is not PollStatus.DRAFT
    return reports.is_final(poll)


class NotSigned(Refused):
    sentence = _l("签字以后才能印发正式的一份，现在可以先印草稿核对。")
    status = 409
