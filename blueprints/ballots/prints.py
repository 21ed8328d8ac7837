"""The papers of a poll: what was issued, else as it stands now."""

from functools import partial

from flask import abort, g, url_for

from blueprints.ballots import printing, queries, reports
from blueprints.ballots.count_room import bp
from blueprints.ballots.models import Poll, PollStatus
from blueprints.ballots.office import poll_or_404, shown
from blueprints.papers import rules as papers
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import done
from core.records.papers import IssuedPaper
from core.refusal import Refused
from core.text import _l

TITLES = {
    "ballots": _l("纸质选票"), "profiles": _l("候选人简介"), "roll": _l("签到与领票册"), "record": _l("封箱、开箱记录"),
    "tally": _l("正字计票单"), "reports": _l("报告单"), "result": _l("结果公告"),
}  # fmt: skip
ISSUED = {"reports": printing.four_reports, "result": printing.notice, "profiles": printing.profiles}
for _paper in ISSUED:
    papers.kind(
        _paper, TITLES[_paper], Can.POLLS_READ, desk=lambda paper: f"/office/polls/{paper.subject_id}",
        visible=lambda actor, place: IssuedPaper.subject_id.in_(queries.visible_to(actor, place).select(Poll.id).order_by()),
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
        return papers.shown(poll, paper, partial(ISSUED[paper], poll))
    if paper == "ballots":
        return printing.ballots(poll, draft=poll.status is PollStatus.DRAFT)
    return {"roll": printing.roll, "record": printing.record, "tally": printing.tallies}[paper](poll)


@bp.post("/<int:number>/prints/<paper>")
@needs(Can.POLLS_RUN)
def issue(number, paper):
    """Enter a paper in the register of issued papers, with a code anybody can check."""
    poll = poll_or_404(number)
    if paper not in ISSUED:
        abort(404)
    try:
        if poll.status is PollStatus.DRAFT or not (paper == "profiles" or reports.is_final(poll)):
            raise NotSigned()
        title = _l("%(paper)s：%(title)s", paper=TITLES[paper], title=poll)
        papers.issue(g.actor, g.place, poll, paper, title, partial(ISSUED[paper], poll))
    except Refused as refusal:
        return shown(poll, refusal.status, str(refusal))
    return done(url_for("polls.paper", number=number, paper=paper))


class NotSigned(Refused):
    sentence = _l("票样定稿以后才能印发候选人简介，签字以后才能印发报告单和结果公告；现在可以先印草稿核对。")
    status = 409
