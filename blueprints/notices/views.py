"""Notices for everybody: list, paper, files, feed."""

from flask import Blueprint, abort, g, make_response, request

from blueprints.notices import markup, periods, prints, queries, wording
from blueprints.notices.models import Affair, Notice, NoticeAttachment, NoticeKind, NoticeState
from core import clock, settings
from core.access import public
from core.answers import file_answer, pdf_answer
from core.page import kept, page
from core.printing import gongwen
from core.printing.printer import pdf_for_residents
from core.templates import render
from core.text import _
from core.web import row_number, words_asked

bp = Blueprint("notices", __name__)
ROWS, NEWEST = 20, 30


def notice_or_404(number):
    return queries.public(g.place).where(Notice.id == number).first() or abort(404)


def readable_or_404(number):
    """The same, where the words themselves may be read: what was withdrawn shows only its title and the reason."""
    notice = notice_or_404(number)
    return notice if notice.state is not NoticeState.WITHDRAWN else abort(404)


@bp.get("/notices/")
@public
@kept
def index():
    show, kind, words = request.args.get("show", ""), request.args.get("kind", ""), words_asked()
    number = max(1, request.args.get("page", 1, type=row_number))
    query = queries.narrowed(queries.public(g.place), show, kind, words)
    today = clock.today()
    rows = list(query.paginate(number, ROWS))
    return page(
        "notices/index.html", rows=[(row, periods.progress(row, today), wording.notice_day(row)) for row in rows], total=query.count(),
        number=number, most=ROWS, show=show, kind=kind, q=words, counts=queries.counts(g.place), Affair=Affair,
        Kind=NoticeKind, State=NoticeState, is_running=periods.is_running,
    )  # fmt: skip


@bp.get("/notices/<int:number>")
@public
@kept
def show(number):
    notice = notice_or_404(number)
    return page("notices/show.html", **paper(notice), found=list(queries.objections(notice)),
                linked=queries.linked_objections(notice), newer=queries.correction_of(notice))  # fmt: skip


def paper(notice):
    """What a page needs to show the notice as the sheet on the wall."""
    return {
        "notice": notice, "text": markup.html(notice.body), "closing": wording.closing(notice),
        "correction": wording.correction_note(notice), "published_on": wording.notice_day(notice),
        "sign": [notice.issuer, gongwen.day(wording.notice_day(notice)) or _("（发布时填日期）")],
        "closing_time": settings.value("notices.closing_time", notice.place_id, notice.starts_on),
        "files": list(queries.attachments(notice)), "progress": periods.progress(notice, clock.today()),
        "State": NoticeState, "running": periods.is_running(notice, clock.today()),
        "over": periods.is_over(notice, clock.today()),
    }  # fmt: skip


@bp.get("/notices/<int:number>.pdf")
@public
def notice_pdf(number):
    return _paper(number, "notice")


@bp.get("/notices/<int:number>/result.pdf")
@public
def result_pdf(number):
    return _paper(number, "result")


def _paper(number, name):
    """The issued copy; residents never meet a draft of a result."""
    notice = readable_or_404(number)
    if not (notice.concluded_on or name == "notice"):
        abort(404)
    return pdf_answer(prints.content(notice, name, draw=pdf_for_residents), prints.file_name(notice, name))


@bp.get("/notices/<int:number>/attachments/<int:position>")
@public
def attachment(number, position):
    return file_of(readable_or_404(number), position)


def file_of(notice, position):
    """An attachment under its readable name; asked for again, only its fingerprint is compared."""
    found = notice.attachments.where(NoticeAttachment.position == position).first() or abort(404)
    answer = file_answer(bytes(found.blob.content), found.name)
    answer.set_etag(found.blob_id)
    answer.headers["Cache-Control"] = "no-cache"
    return answer.make_conditional(request)


@bp.get("/notices/feed.atom")
@public
@kept
def atom():
    rows = list(queries.public(g.place).limit(NEWEST))
    xml = render("notices/feed.xml", rows=rows, State=NoticeState, html=markup.html, closing=wording.closing)
    return make_response(xml, {"Content-Type": "application/atom+xml; charset=utf-8"})
