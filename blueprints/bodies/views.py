"""Contact points: what was heard there goes to those who deal with messages."""

from flask import Blueprint, abort, g, url_for

from blueprints.bodies import registers, rules
from blueprints.bodies.models import ContactVisit
from core.access import Can, needs
from core.page import done
from core.refusal import Refused
from core.registers import ledger, pages
from core.web import shown_version

bp = Blueprint("contacts", __name__)


@bp.post("/office/contact-visits/<int:number>/messages")
@needs(Can.MEETINGS_WRITE)
def become_message(number):
    visit = ledger.visible_to(registers.POINT_VISITS, g.actor, g.place).where(ContactVisit.id == number).first() or abort(404)
    try:
        rules.become_message(g.actor, visit, shown_version())
    except Refused as refusal:
        return pages.show(registers.POINT_VISITS, number, str(refusal), refusal.status)
    return done(url_for("contact-visits.show", number=number))
