"""督办: which units still owe what, one slip each; its link is printed on the slip and shown nowhere else."""

from flask import Blueprint, g, request

from blueprints.meetings import printing, reminding
from core import clock
from core.access import Can, needs
from core.answers import pdf_answer
from core.page import page
from core.refusal import Refused
from core.text import _
from core.web import row_number

bp = Blueprint("reminders", __name__, url_prefix="/office/resolutions/reminders")
ROWS = 20


@bp.get("")
@needs(Can.MEETINGS_WRITE)
def index():
    return _index()


def _index(status=200, error=""):
    late, first = request.args.get("show") == "late", request.args.get("from", 0, type=row_number)
    rows = reminding.debtors(g.place, late)
    return page(
        "meetings/reminders.html", rows=list(rows.offset(first).limit(ROWS).tuples()), total=rows.count(), first=first,
        most=ROWS, late=late, counts=(reminding.debtors(g.place).count(), reminding.debtors(g.place, True).count()),
        today=clock.today(), status=status, error=error,
    )  # fmt: skip


@bp.post("")
@needs(Can.MEETINGS_WRITE)
def slips():
    """The answer is the paper itself: links are kept as hashes, so it cannot be fetched a second time."""
    try:
        made = reminding.slips(g.actor, g.place, request.form.getlist("name")[: ROWS * 2])
        content = printing.reminders(g.actor, g.place, made)
    except Refused as refusal:
        return _index(refusal.status, str(refusal))
    return pdf_answer(content, f"{g.place.name}{_('督办单')}")
