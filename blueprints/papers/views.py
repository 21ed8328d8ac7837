"""/check/<code>: whether the sheet on the wall is genuine and current, without personal data."""

from flask import Blueprint, g, request

from blueprints.papers import queries
from core.access import public
from core.issued import codes
from core.issued.kinds import KINDS
from core.limits import Limit
from core.links import community_path
from core.page import page
from core.refusal import Refused
from core.spreadsheets.cells import clean
from core.text import _l

bp = Blueprint("papers", __name__)
# Wrong guesses a minute from one address: with 45 bits in a code, a million papers and a year of guessing find none.
misses = Limit(30)


class TooManyMisses(Refused):
    sentence = _l("查得太快了，请过一分钟再试。")
    status = 429


@bp.get("/check")
@public
def enter():
    code = request.args.get("code", "").strip()
    return check(code) if code else _answer("")


@bp.get("/check/<path:code>")
@public
def check(code):
    try:
        return _answer(code, _paper(code))
    except Refused as refusal:
        return _answer(code, refusal=refusal)


def _paper(code):
    caller = request.remote_addr or ""
    if misses.is_used_up(caller):
        raise TooManyMisses()
    spelled = codes.spelled(code)
    paper = queries.coded(spelled)
    if paper is None:
        misses.allow(caller)
        raise codes.unknown(spelled)
    return paper


def _answer(code, paper=None, refusal=None):
    answer = page(
        "papers/check.html", code=clean(code)[:60], paper=paper, kind=KINDS.get(paper.kind) if paper else None,
        title=_title(paper), newer_title=_title(paper and paper.replaced_by),
        online=_online(paper), newer_online=_online(paper and paper.replaced_by), error=str(refusal) if refusal else "",
        status=refusal.status if refusal else 200,
    )  # fmt: skip
    answer.headers["X-Robots-Tag"] = "noindex"
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _title(paper):
    return KINDS[paper.kind].told(paper) if paper and paper.kind in KINDS else ""


def _online(paper):
    """Where residents can read the same words, so that they can compare; "" where that is no longer shown."""
    path = KINDS[paper.kind].page(paper) if paper and paper.kind in KINDS else ""
    root = request.script_root.removesuffix(f"/c/{g.place.slug}")
    return f"{root}{community_path(paper.place)}{path}" if path else ""
