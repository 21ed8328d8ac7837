"""The two trees on one page: places and Party organisations."""

from flask import Blueprint, g

from blueprints.organisation import queries
from core.access import Can, needs
from core.page import page

bp = Blueprint("organisation", __name__)


@bp.get("/office/organisation")
@needs(Can.ORGANISATION_READ)
def index():
    stairwells = list(queries.stairwells(g.place))
    return page(
        "organisation/index.html",
        orgs=list(queries.visible_orgs(g.actor, g.place)),
        buildings=queries.by_building(stairwells),
    )
