"""``/l/<token>/``: what a personal link opens, whatever it was given for; no cookie, no referrer, no log."""

from flask import Blueprint, g

from core import links
from core.access import public
from core.page import page

bp = Blueprint("links", __name__)


@bp.get("/l/<token>/")
@public
def show(token):
    link = links.find(token, place=g.place)
    room = links.ROOMS.get(link.purpose) if link else None
    return room.view(link, token) if room else page("links/gone.html", status=404)
