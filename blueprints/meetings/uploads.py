"""A meeting out of a file on a page: looked at first, written when somebody confirms it."""

from flask import Blueprint, g, request, url_for

from blueprints.meetings import bringing, sheets
from blueprints.meetings.exchange import NoFile
from blueprints.meetings.states import Presence
from core.access import Can, needs
from core.page import done, page
from core.refusal import Refused

bp = Blueprint("meeting_files", __name__, url_prefix="/office/meetings/files")
LARGEST = 512 * 1024  # a form field carries the file from preview to confirmation


@bp.get("")
@needs(Can.MEETINGS_WRITE)
def choose():
    return page("meetings/upload.html")


@bp.post("")
@needs(Can.MEETINGS_WRITE)
def preview():
    file = request.files.get("file")
    try:
        content = file.read(LARGEST + 1) if file else b""
        if not content or len(content) > LARGEST:
            raise NoFile()
        found = bringing.preview(g.place, content)
    except Refused as refusal:
        return page("meetings/upload.html", error=str(refusal), status=refusal.status)
    return page(
        "meetings/file_preview.html", found=found, protocol=found.protocol, text=content.decode("utf-8-sig"),
        number=found.series and found.protocol.number and sheets.number_text(found.series, found.protocol),
        when=sheets.when(found.protocol), Presence=Presence,
    )  # fmt: skip


@bp.post("/confirmations")
@needs(Can.MEETINGS_WRITE)
def confirm():
    try:
        meeting, _new = bringing.bring_in(g.actor, g.place, request.form.get("text", "").encode())
    except Refused as refusal:
        return page("meetings/upload.html", error=str(refusal), status=refusal.status)
    return done(url_for("meetings.show", number=meeting.id))
