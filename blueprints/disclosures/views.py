"""三务公开目录 for residents: what is made public, how often, and where it was."""

from flask import Blueprint, g

from blueprints.disclosures import queries
from blueprints.disclosures.desk import year_asked
from blueprints.disclosures.slots import Standing
from blueprints.notices.models import Affair
from core import clock
from core.access import public
from core.page import kept, page

bp = Blueprint("disclosures", __name__)


@bp.get("/disclosures/")
@public
@kept
def index():
    year = min(year_asked(), clock.today().year)
    return page(
        "disclosures/public.html", rows=queries.year(g.place, year), year=year, this_year=clock.today().year, Affair=Affair,
        Standing=Standing, readable=queries.readable(g.place),
    )  # fmt: skip
