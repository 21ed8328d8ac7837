"""Papers of one message: a GET shows what was issued or a draft, a POST issues; nothing of them holds the code."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.organisation import queries as organisation
from blueprints.suggestions import printing, sheets
from blueprints.suggestions.desk import suggestion_or_404
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import done
from core.printing.printer import pdf

bp = Blueprint("suggestion_prints", __name__)


@bp.get("/office/suggestions/blank.pdf")
@needs(Can.SUGGESTIONS_READ)
def blank():
    sheet = sheets.blank(g.place, organisation.stairwell(g.place, request.args.get("place", "")))
    return pdf_answer(pdf("suggestions/print/blank.html", sheet), sheet.title)


@bp.get("/office/suggestions/<number>/<paper>.pdf")
@needs(Can.SUGGESTIONS_READ)
def show(number, paper):
    found, suggestion = _paper(number, paper)
    return pdf_answer(printing.copy(found, suggestion), f"{found.title}-{number}")


@bp.post("/office/suggestions/<number>/prints/<paper>")
@needs(Can.SUGGESTIONS_HANDLE)
def issue(number, paper):
    found, suggestion = _paper(number, paper)
    if found.version is None:
        abort(404)
    printing.issue(g.actor, found, suggestion)
    return done(url_for("suggestion_prints.show", number=number, paper=paper))


def _paper(number, name):
    """The paper of a message one may see; what cannot be printed now is not found, what is for others is refused."""
    suggestion = suggestion_or_404(number)
    paper = printing.PAPERS.get(name)
    if paper is None or not paper.there(suggestion):
        abort(404)
    if not paper.open_to(g.actor, suggestion):
        abort(403)
    return paper, suggestion
