"""Before and after the hall: the vote announced, the result published, repeated, completed, recounted, put away, burnt."""

import io
import zipfile

from flask import abort, g, request, url_for

from blueprints.ballots import archiving, irregular, outcomes, printing, publishing, recounting
from blueprints.ballots.absent import bp
from blueprints.ballots.forms import RecountForm
from blueprints.ballots.kinds import PollStatus, RecountSource
from blueprints.ballots.models import Recount, Scrutineer
from blueprints.ballots.office import act, poll_or_404, refused, shown
from blueprints.ballots.steps import WATCHING, file_of
from core.access import Can, needs
from core.answers import file_answer, pdf_answer
from core.page import done, page
from core.refusal import Refused
from core.text import _
from core.web import row_number


@bp.post("/<int:number>/announcement")
@needs(Can.POLLS_PREPARE)
def announce(number):
    return act(number, lambda poll: publishing.announce(g.actor, poll))


@bp.post("/<int:number>/publication")
@needs(Can.POLLS_RUN)
def publish(number):
    return act(number, lambda poll: publishing.publish(g.actor, poll))


@bp.post("/<int:number>/archive")
@needs(Can.POLLS_RUN)
def archive(number):
    return act(number, lambda poll: archiving.archive(g.actor, poll))


@bp.post("/<int:number>/destruction")
@needs(Can.POLLS_RUN)
def destroy(number):
    names, note = request.form.getlist("by"), request.form.get("note", "")
    burnt = request.form.getlist("burnt", type=row_number)
    return act(number, lambda poll: archiving.destroy(g.actor, poll, names, note, burnt))


@bp.get("/<int:number>/envelope.zip")
@needs(Can.POLLS_COUNT)
def envelope(number):
    """What is sealed into the envelope: result, ballots, record, second counts."""
    poll = poll_or_404(number)
    if not poll.result:
        abort(404)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive_file:
        for name, content in archiving.export(poll).items():
            archive_file.writestr(zipfile.ZipInfo(name), content)
    return file_answer(packed.getvalue(), _("计票封存-%(title)s.zip", title=poll))


@bp.post("/<int:number>/repetition")
@needs(Can.POLLS_PREPARE)
def repeat(number):
    """重新投票 among those with equal votes."""
    poll = poll_or_404(number)
    tied = next((group for group in outcomes.groups(poll) if group.tied), None) or abort(404)
    made = irregular.new_vote(g.actor, poll, tied.tied, tied.tied_seats)
    return done(url_for("polls.show", number=made.id))


@bp.post("/<int:number>/completion")
@needs(Can.POLLS_PREPARE)
def complete(number):
    """另行选举 for the seats nobody was elected to."""
    poll = poll_or_404(number)
    short = next((group for group in outcomes.groups(poll) if group.vacant), None) or abort(404)
    standing = [line.name for line in short.lines if not line.passed]
    made = irregular.another_election(g.actor, poll, standing, short.vacant)
    return done(url_for("polls.show", number=made.id))


@bp.post("/<int:number>/consent")
@needs(Can.POLLS_RUN)
def agree(number):
    """The meeting agreed to fewer seats."""
    agreeing, present = (request.form.get(name, -1, type=row_number) for name in ("agreeing", "present"))
    return act(number, lambda poll: irregular.agree_to_fewer(g.actor, poll, agreeing, present))


@bp.route("/<int:number>/recounts", methods=["GET", "POST"])
@needs(Can.POLLS_COUNT)
def recounts(number):
    """Second counts beside the first; both key sheets in one request, kept nowhere."""
    poll, form = poll_or_404(number), RecountForm()
    if not poll.result:
        abort(404)
    if not form.validate_on_submit():
        return _recounts(poll, form, 422 if form.is_submitted() else 200)
    sheets = [one for one in (form.first.data or "", form.second.data or "") if one.strip()]
    try:
        recounting.recount(
            g.actor, poll, RecountSource(form.source.data), form.reason.data, request.form.getlist("by"), sheets
        )
    except Refused as refusal:
        return _recounts(poll, form, refusal.status, str(refusal))
    return done(url_for("polls.recounts", number=number))


def _recounts(poll, form, status=200, error=""):
    return page(
        "ballots/recounts.html", poll=poll, form=form, rows=list(poll.recounts.order_by(Recount.id.desc())), error=error,
        watching=[row for row in poll.scrutineers.order_by(Scrutineer.id) if row.role in WATCHING], State=PollStatus,
        has_box=file_of(poll).exists(), can=poll.status in recounting.COUNTED,
        **refused(error or form.errors), status=status,
    )  # fmt: skip


@bp.get("/<int:number>/recounts/<int:which>.pdf")
@needs(Can.POLLS_COUNT)
def recount_sheet(number, which):
    poll = poll_or_404(number)
    row = poll.recounts.where(Recount.id == which).first() or abort(404)
    return pdf_answer(printing.recount(row), _("复核计票记录-%(title)s", title=poll))


@bp.get("/<int:number>/destruction.pdf")
@needs(Can.POLLS_READ)
def destruction_sheet(number):
    """销毁记录: to be signed while the sheets burn, or as it was recorded."""
    poll = poll_or_404(number)
    if poll.status not in (PollStatus.ARCHIVED, PollStatus.CANCELLED):
        return shown(poll, 409, _("归档或取消以后才能销毁密钥单。"))
    return pdf_answer(printing.destruction(poll), _("销毁记录-%(title)s", title=poll))
