"""Posters of the box on screen and to the print room."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.organisation import queries as organisation
from blueprints.suggestions import boxes
from blueprints.suggestions.boxes import Box
from core import jobs
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import done, page
from core.printing.printer import pdf
from core.text import _

bp = Blueprint("suggestion_boxes", __name__)


def _box():
    return Box(request.values["box"]) if request.values.get("box") in set(Box) else Box.GENERAL


def _size():
    return "A3" if request.values.get("size") == "A3" else "A4"


@bp.get("/office/suggestion-boxes")
@needs(Can.SUGGESTIONS_HANDLE)
def index():
    return page("suggestions/boxes.html", stairwells=list(organisation.stairwells(g.place)), Box=Box, which=_box())


@bp.get("/office/suggestion-boxes/<slug>/poster.pdf")
@needs(Can.SUGGESTIONS_HANDLE)
def poster(slug):
    stairwell = organisation.stairwell(g.place, slug) or abort(404)
    sheet = boxes.unissued(g.place, stairwell, _box(), _size())
    return pdf_answer(pdf(boxes.TEMPLATE, sheet), f"{sheet.title}-{stairwell.name}")


@bp.post("/office/suggestion-boxes/<slug>/prints")
@needs(Can.SUGGESTIONS_HANDLE)
def issue(slug):
    stairwell = organisation.stairwell(g.place, slug) or abort(404)
    boxes.enter(g.actor, g.place, stairwell, _box())
    return done(url_for("suggestion_boxes.poster", slug=slug, box=_box().value, size=_size()))


@bp.post("/office/suggestion-boxes/posters")
@needs(Can.SUGGESTIONS_HANDLE)
def posters():
    title = _("全部楼道的%(box)s海报（%(size)s）", box=_box().title, size=_size())
    job = jobs.order(
        g.actor, g.place, "suggestions.boxes", title, f"{title}.pdf", box=_box().value, size=_size(),
        account=g.actor.account_id,
    )  # fmt: skip
    return done(url_for("jobs.show", number=job.id))
