"""Notices for everybody: list, paper, files, feed."""

from flask import Blueprint, abort, g, make_response, request

from blueprints.notices import feed, markup, periods, prints, queries, wording
from blueprints.notices.hall import screens as hall_screens
from blueprints.notices.models import Affair, Notice, NoticeAttachment, NoticeKind, NoticeState
from core import clock, settings
from core.access import public
from core.answers import file_answer, pdf_answer
from core.links import community_address
from core.page import kept, page
from core.printing import gongwen, qr
from core.printing.printer import pdf_for_residents
from core.templates import render
from core.text import _
from core.web import row_number, words_asked

bp = Blueprint("notices", __name__)
ROWS = 20


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
    number, year = max(1, request.args.get("page", 1, type=row_number)), request.args.get("year", 0, type=row_number)
    query = queries.narrowed(queries.public(g.place), g.place, show, kind, words, year if 2000 <= year <= 2200 else 0)
    plain = not (show or kind or words or year)
    if plain:  # What still runs stands first, the rest below.
        query = query.where(~queries.running())
    return page(
        "notices/index.html", running=_listed(queries.current(g.place)) if plain and number == 1 else [],
        rows=_listed(query.paginate(number, ROWS)), total=query.count(), number=number, most=ROWS, show=show, kind=kind, q=words,
        year=year, years=queries.years(g.place), counts=queries.counts(g.place), Affair=Affair, Kind=NoticeKind,
        State=NoticeState, is_running=periods.is_running,
    )  # fmt: skip


def _listed(rows):
    today = clock.today()
    return [(row, periods.progress(row, today), wording.notice_day(row)) for row in rows]


@bp.get("/notices/<int:number>")
@public
@kept
def show(number):
    notice = notice_or_404(number)
    told = wording.objections_told(queries.findings(notice)) if notice.concluded_on else ""
    return page("notices/show.html", **paper(notice), sheet=prints.issued(notice, "notice"), told=told,
                newer=queries.correction_of(notice))  # fmt: skip


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


@bp.get("/notices/hall")
@public
@kept
def hall():
    screens = hall_screens(g.place)
    number, count = request.args.get("n", 0, type=row_number), max(1, len(screens))
    number %= count
    screen = screens[number] if screens else None
    address = community_address(g.place) + "/notices/" + (str(screen.notice.id) if screen else "")
    return page(
        "notices/hall.html", "screen", screen=screen, n=number, count=count, next=(number + 1) % count, before=(number - 1) % count,
        hold=bool(request.args.get("hold")), seconds=max(5, int(settings.value("notices.hall_seconds", g.place))),
        qr=qr.data_uri(address), published_on=wording.notice_day(screen.notice) if screen else None,
        closing_time=settings.value("notices.closing_time", g.place),
    )  # fmt: skip


@bp.get("/notices/feed.atom")
@public
@kept
def atom():
    marked = (NoticeState.CORRECTED, NoticeState.WITHDRAWN)
    xml = render("notices/feed.xml", entries=feed.entries(g.place), marked=marked)
    return make_response(xml, {"Content-Type": "application/atom+xml; charset=utf-8"})
