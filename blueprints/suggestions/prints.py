"""Papers of one message: a GET shows what was issued or a draft, a POST issues; nothing of them holds the code."""

from flask import Blueprint, abort, g, request, url_for

from blueprints.organisation import queries as organisation
from blueprints.papers import rules as papers
from blueprints.suggestions import queries, sheets
from blueprints.suggestions.desk import suggestion_or_404
from blueprints.suggestions.models import Kind, Reply, Suggestion
from blueprints.suggestions.rules import trail_place
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import done
from core.printing.printer import pdf
from core.records.papers import IssuedPaper
from core.text import _, _l

bp = Blueprint("suggestion_prints", __name__)
SLIP, LETTER, SEALED = "suggestion-slip", "suggestion-reply", "suggestion-sealed"


def _theirs(actor, place):
    """Of a message about somebody, that person finds no paper either."""
    return IssuedPaper.subject_id.in_(queries.visible_to(actor, place).select(Suggestion.id).order_by())


def _letters(actor, place):
    mine = queries.visible_to(actor, place).select(Suggestion.id).order_by()
    return IssuedPaper.subject_id.in_(Reply.select(Reply.id).where(Reply.suggestion.in_(mine)))


def _knows(actor, paper):
    return queries.knows_asker(actor, Reply.get_by_id(paper.subject_id).suggestion)


papers.kind(SLIP, _l("意见建议办理单"), Can.SUGGESTIONS_READ, visible=_theirs, desk=lambda paper: f"/office/suggestions/{paper.number}")
papers.kind(LETTER, _l("答复函"), Can.SUGGESTIONS_READ, visible=_letters, readable=_knows)
papers.kind(SEALED, _l("移送件"), Can.SUGGESTIONS_ASSIGN, visible=_theirs)


@bp.get("/office/suggestions/blank.pdf")
@needs(Can.SUGGESTIONS_READ)
def blank():
    sheet = sheets.blank(g.place, organisation.stairwell(g.place, request.args.get("place", "")))
    return pdf_answer(pdf("suggestions/print/blank.html", sheet), sheet.title)


@bp.get("/office/suggestions/<number>/slip.pdf")
@needs(Can.SUGGESTIONS_READ)
def slip(number):
    suggestion = suggestion_or_404(number)
    content = papers.copy(suggestion, SLIP, suggestion.version) or _slip(suggestion, draft=True)
    return pdf_answer(content, _("办理单-%(number)s", number=suggestion.number))


@bp.get("/office/suggestions/<number>/letter.pdf")
@needs(Can.SUGGESTIONS_READ)
def letter(number):
    suggestion = suggestion_or_404(number)
    if not queries.knows_asker(g.actor, suggestion):
        abort(403)
    answer = queries.last_reply(suggestion) or abort(404)
    content = papers.copy(answer, LETTER) or _letter(answer, draft=True)
    return pdf_answer(content, _("答复函-%(number)s", number=suggestion.number))


@bp.get("/office/suggestions/<number>/asker.pdf")
@needs(Can.SUGGESTIONS_HANDLE)
def asker(number):
    suggestion = suggestion_or_404(number)
    if not queries.knows_asker(g.actor, suggestion):
        abort(403)
    content = pdf("suggestions/print/asker.html", sheets.asker(suggestion))
    return pdf_answer(content, _("提出人信息页-%(number)s", number=suggestion.number))


@bp.get("/office/suggestions/<number>/sealed.pdf")
@needs(Can.SUGGESTIONS_ASSIGN)
def sealed(number):
    suggestion = suggestion_or_404(number)
    if suggestion.kind is not Kind.SUPERVISION or not suggestion.text:
        abort(404)
    entry = papers.issued(suggestion, SEALED)
    content = _sealed(suggestion, **({"code": entry.code} if entry else {"draft": True}))
    return pdf_answer(content, _("移送件-%(number)s", number=suggestion.number))


def _sealed(suggestion, **marks):
    images = {f"{photo.id}.jpg": bytes(photo.content) for photo in suggestion.photos}
    return pdf("suggestions/print/sealed.html", sheets.sealed(suggestion), images=images, **marks)


@bp.post("/office/suggestions/<number>/prints/sealed")
@needs(Can.SUGGESTIONS_ASSIGN)
def issue_sealed(number):
    """Its number and digest are kept, not a byte of what it says."""
    suggestion = suggestion_or_404(number)
    if suggestion.kind is not Kind.SUPERVISION or not suggestion.text:
        abort(404)
    code = papers.new_code()
    papers.enter(
        g.actor, trail_place(suggestion), suggestion, SEALED, _l("移送件"), code, _sealed(suggestion, code=code),
        number=suggestion.number, sheet={},
    )  # fmt: skip
    return done(url_for(".sealed", number=number))


@bp.post("/office/suggestions/<number>/prints")
@needs(Can.SUGGESTIONS_HANDLE)
def issue(number):
    suggestion = suggestion_or_404(number)
    if request.args.get("paper") == "letter":
        if not queries.knows_asker(g.actor, suggestion):
            abort(403)
        answer = queries.last_reply(suggestion) or abort(404)
        papers.issue(
            g.actor, trail_place(suggestion), answer, LETTER, _l("答复函"), lambda code: _letter(answer, code=code),
            number=suggestion.number,
        )  # fmt: skip
        return done(url_for("suggestion_prints.letter", number=number))
    papers.issue(
        g.actor, trail_place(suggestion), suggestion, SLIP, _l("意见建议办理单"), lambda code: _slip(suggestion, code=code),
        suggestion.version, suggestion.number,
    )  # fmt: skip
    return done(url_for("suggestion_prints.slip", number=number))


def _slip(suggestion, **marks):
    return pdf("suggestions/print/handling.html", sheets.handling(suggestion), **marks)


def _letter(answer, **marks):
    return pdf("print/official.html", sheets.reply(answer), **marks)
