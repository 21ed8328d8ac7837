"""A member's photo at the office: taken, cut to the door of the board, erased."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.people import photos
from blueprints.people.views import member_or_404
from core.access import Can, needs
from core.answers import file_answer
from core.page import done, page
from core.refusal import Refused

bp = Blueprint("portraits", __name__)


@bp.get("/office/people/<int:number>/portrait")
@needs(Can.PEOPLE_EDIT)
def show(number):
    return _show(member_or_404(number))


def _show(member, status=200, error=None):
    return page(
        "people/portrait.html", member=member, cut=photos.cut_of(member), presets=photos.PRESETS, largest=photos.LARGEST,
        error=error, typed=request.form, status=status,
    )  # fmt: skip


@bp.post("/office/people/<int:number>/photo")
@needs(Can.PEOPLE_EDIT)
def take(number):
    """A file from the computer, or what the telephone's camera just took; or none any more."""
    member = member_or_404(number)
    files = [request.files[name] for name in ("camera", "photo") if request.files.get(name)]
    data = b"" if request.form.get("erase") else files[0].read() if files else b""
    try:
        if not data and not request.form.get("erase"):
            raise photos.NoPhoto()
        photos.set_photo(g.actor, member, data)
    except Refused as refusal:
        return _show(member, refusal.status, str(refusal))
    return done(url_for("portraits.show", number=number))


@bp.post("/office/people/<int:number>/cut")
@needs(Can.PEOPLE_EDIT)
def cut(number):
    member, form = member_or_404(number), request.form
    try:
        chosen = photos.PRESETS.get(form.get("preset", "")) or photos.typed_cut(
            form.get("across", ""), form.get("down", ""), form.get("zoom", "")
        )
        photos.cut_photo(g.actor, member, chosen)
    except Refused as refusal:
        return _show(member, refusal.status, str(refusal))
    return done(url_for("portraits.show", number=number))


@bp.get("/office/people/<int:number>/photo.jpg")
@needs(Can.PEOPLE_READ)
def photo(number):
    """What the board shows."""
    blob = member_or_404(number).photo or abort(404)
    return file_answer(bytes(blob.content), "photo.jpg")


@bp.get("/office/people/<int:number>/portrait.jpg")
@needs(Can.PEOPLE_EDIT)
def portrait(number):
    """The whole picture."""
    member = member_or_404(number)
    blob = member.portrait or member.photo or abort(404)
    return file_answer(bytes(blob.content), "portrait.jpg")
