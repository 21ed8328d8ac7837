"""The page on which an office forgets what it kept long enough."""

from flask import Blueprint, flash, g, url_for

from blueprints.office import keeping
from core import settings
from core.access import Can, needs
from core.page import done, page
from core.text import _

bp = Blueprint("keeping", __name__)


@bp.get("/office/keeping")
@needs(Can.SUGGESTIONS_ASSIGN)
def show():
    years = settings.value("suggestions.keep_years", g.place)
    past = keeping.past(g.actor, g.place)
    return page("office/keeping.html", past=past, years=years, copies=len(keeping.copies()), any=any(one.number for one in past))


@bp.post("/office/keeping/purges")
@needs(Can.SUGGESTIONS_ASSIGN)
def forget():
    number = keeping.forget(g.actor, g.place)
    flash(_("已清除 %(n)s 条内容。以前自己另存的备份里还有，请按规定销毁。", n=number))
    return done(url_for("keeping.show"))
