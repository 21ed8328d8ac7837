"""What comes after a notice is out, or goes with it: files, objections, sheets on walls, the result."""

from flask import abort, g, request

from blueprints.notices import attachments, objections, postings, rules
from blueprints.notices.desk import act, bp, invalid, notice_or_404
from blueprints.notices.forms import FindingForm, ObjectionForm, PostingForm, ResultForm
from blueprints.notices.models import Channel, Finding, NoticeAttachment, NoticeObjection, NoticePosting
from blueprints.notices.views import file_of
from blueprints.organisation.queries import stairwells
from core import clock
from core.access import Can, needs
from core.answers import file_answer
from core.web import row_number, shown_version


@bp.post("/<int:number>/results")
@needs(Can.NOTICES_WRITE)
def conclude(number):
    form = ResultForm()
    counts = {"upheld": form.upheld.data or 0, "refused": form.refused.data or 0}
    return act(
        number, lambda notice: rules.conclude(g.actor, notice, form.conclusion.data or "", shown_version(), **counts),
        result_form=form,
    )  # fmt: skip


@bp.post("/<int:number>/objections")
@needs(Can.NOTICES_WRITE)
def object_to(number):
    notice, form = notice_or_404(number), ObjectionForm(prefix="objection")
    if not form.validate():
        return invalid(notice, objection_form=form)
    channel, words = Channel(form.channel.data), form.note.data or ""
    return act(
        number, lambda found: objections.note(g.actor, found, form.received_on.data, channel, words) and found,
        objection_form=form,
    )  # fmt: skip


@bp.post("/<int:number>/objections/<int:which>")
@needs(Can.NOTICES_WRITE)
def settle(number, which):
    found = notice_or_404(number).objections.where(NoticeObjection.id == which).first() or abort(404)
    form = FindingForm()
    if not form.validate():
        abort(422)
    return act(number, lambda _notice: objections.settle(g.actor, found, Finding(form.finding.data), form.note.data or ""))


@bp.post("/<int:number>/postings")
@needs(Can.NOTICES_WRITE)
def post(number):
    notice, form = notice_or_404(number), PostingForm(prefix="posting")
    if not form.validate():
        return invalid(notice, posting_form=form)
    walls = [*(form.spots.data or "").splitlines(), *([place.name for place in stairwells(g.place)] if form.stairwells.data else [])]
    return act(
        number, lambda found: postings.post(g.actor, found, walls, form.posted_on.data, form.posted_by.data) and found,
        posting_form=form,
    )  # fmt: skip


@bp.post("/<int:number>/postings/<int:which>/photo")
@needs(Can.NOTICES_WRITE)
def picture(number, which):
    found = _posting_or_404(number, which)
    file = request.files.get("photo")
    data = file.read() if file and not request.form.get("removal") else b""
    return act(number, lambda _notice: postings.picture(g.actor, found, data))


@bp.get("/<int:number>/postings/<int:which>/photo.jpg")
@needs(Can.NOTICES_READ)
def photo(number, which):
    found = _posting_or_404(number, which)
    if found.photo_id is None:
        abort(404)
    return file_answer(bytes(found.photo.content), f"{found.spot}.jpg")


def _posting_or_404(number, which):
    return notice_or_404(number).postings.where(NoticePosting.id == which).first() or abort(404)


@bp.post("/<int:number>/removals")
@needs(Can.NOTICES_WRITE)
def take_down(number):
    ids = request.form.getlist("ids", type=row_number)
    return act(number, lambda notice: postings.take_down(g.actor, notice, ids, clock.today()) and notice)


@bp.post("/<int:number>/attachments")
@needs(Can.NOTICES_WRITE)
def attach(number):
    file = request.files.get("file")
    data, name = (file.read(), file.filename or "") if file else (b"", "")
    return act(number, lambda notice: attachments.attach(g.actor, notice, data, name).notice)


@bp.get("/<int:number>/attachments/<int:position>")
@needs(Can.NOTICES_READ)
def attachment(number, position):
    return file_of(notice_or_404(number), position)


@bp.post("/<int:number>/attachments/<int:position>/removal")
@needs(Can.NOTICES_WRITE)
def detach(number, position):
    found = notice_or_404(number).attachments.where(NoticeAttachment.position == position).first() or abort(404)
    return act(number, lambda _notice: attachments.detach(g.actor, found))
