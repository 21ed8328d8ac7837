"""双向联系登记 by itself: what an employer asked, what it was answered, which receipt it was given, typed by nobody."""

from blueprints.inservice.models import CheckIn, Contact, Direction
from blueprints.inservice.registers import CONTACTS
from core import clock
from core.access import Actor
from core.db import writing
from core.history import unchanged
from core.registers import ledger


def receipted(actor: Actor, check_in: CheckIn, title: str) -> None:
    """The employer was given its receipt; printed again, it is the same receipt."""
    with writing():
        unchanged(check_in, None)
        same = (Contact.place == check_in.place) & (Contact.employer == check_in.employer) & (Contact.matter == title)
        if not Contact.select().where(same).exists():
            told(actor, check_in, Direction.TO_EMPLOYER, title)


def told(actor: Actor, check_in: CheckIn, direction: Direction, matter: str, result: str = "") -> None:
    """One more line of the log, today."""
    with writing():
        values = {"matter": matter, "employer": check_in.employer, "direction": direction.value, "on": clock.today().isoformat(), "result": result}
        ledger.enter(CONTACTS, actor, check_in.place, values)
