"""What residents say of the promises in their stairwell, at the code on the board: no account, nothing of who or when."""

from flask import Blueprint, abort, g, redirect, request, url_for

from blueprints.boards import queries as boards
from blueprints.evaluation import queries, rules
from blueprints.evaluation.forms import VoiceForm
from blueprints.evaluation.models import Verdict
from blueprints.organisation import queries as organisation
from core.access import public
from core.db import writing
from core.forms import spend
from core.limits import Limit
from core.page import page
from core.printing.gongwen import full_width
from core.refusal import Refused
from core.text import _l

bp = Blueprint("voice", __name__)
presses = Limit(12)  # a minute, for each stairwell


class TooQuick(Refused):
    sentence = _l("现在评的人太多，请过一分钟再按一次，您选的还在。")
    status = 429


@bp.route("/boards/<slug>/voice", methods=["GET", "POST"])
@public
def say(slug):
    """Only with the token of the stairwell's own poster; anything else is not found."""
    key = request.args.get("k", "")[:40]
    place = organisation.stairwell(g.place, slug) or abort(404)
    if not key or not boards.doorway(g.place).fits(slug, key):
        abort(404)
    row = queries.hearing(g.place)
    if row is None:
        return _unmarked(page("evaluation/voice.html", stairwell=place, lines=[], key=key, row=None, said=bool(request.args.get("said"))))
    form = VoiceForm()
    if not form.validate_on_submit():
        return _page(place, row, form, key, 422 if form.is_submitted() else 200)
    try:
        if not presses.allow(slug):
            raise TooQuick()
        with writing():
            spend(form.nonce)
            rules.hear(row, place, _marks())
    except Refused as refusal:
        return _page(place, row, form, key, refusal.status, str(refusal))
    return redirect(url_for("voice.say", slug=slug, k=key, said=1, mode=request.args.get("mode") or None), 303)


def _marks():
    """Verdicts by the number of the promise; what is none is as good as not marked."""
    named = {name.removeprefix("v"): value for name, value in request.form.items() if name.startswith("v")}
    return {int(number): Verdict(value) for number, value in named.items() if number.isdecimal() and len(number) < 10 and value in set(Verdict)}


def _page(place, row, form, key, status, error=""):
    rows = boards.on_boards(g.place, row.year, stairwell=place)
    lines = [(one.id, full_width(one.text), one.member.person.name, one.target) for one in rows]
    return _unmarked(page(
        "evaluation/voice.html", stairwell=place, row=row, lines=lines, key=key, form=form, error=error, status=status,
        said=bool(request.args.get("said")) and request.method == "GET", Verdict=Verdict, marks=request.form,
    ))  # fmt: skip


def _unmarked(answer):
    """Kept by no cache, told to no other page, found by no search engine."""
    answer.headers["Cache-Control"], answer.headers["Referrer-Policy"] = "no-store", "no-referrer"
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer
