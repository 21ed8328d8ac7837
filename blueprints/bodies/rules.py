"""A problem heard at a contact point becomes a message, so that it is answered in time like any other."""

import secrets

from blueprints.bodies.models import ContactVisit
from blueprints.suggestions import rules as suggestions
from blueprints.suggestions.models import Kind, Source, Suggestion
from blueprints.suggestions.rules import Message
from core import history
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.refusal import Refused
from core.text import _l


class AlreadyMessage(Refused):
    sentence = _l("这个问题已经转为意见了。")
    status = 409


class NoProblem(Refused):
    sentence = _l("还没有写发现的问题，请先修改这条走访。")


def become_message(actor: Actor, visit: ContactVisit, version: int) -> Suggestion:
    """转为意见: the problem is dealt with by the office with its usual days. Raises Stale, AlreadyMessage, NoProblem."""
    with writing():
        fresh = history.unchanged(visit, version)
        if fresh.suggestion_id:
            raise AlreadyMessage()
        if fresh.void or not fresh.problem:
            raise NoProblem()
        message = Message(kind=Kind.OPINION, text=fresh.problem, asker=fresh.point.leader[:40])
        entered, _code = suggestions.submit(
            fresh.place, message, secrets.token_urlsafe(12), actor=actor, source=Source.VISIT, received_on=fresh.on
        )
        fresh.suggestion, fresh.version = entered, fresh.version + 1
        fresh.save()
        record(actor, Act.ENTRY_CHANGED, fresh, fresh.place_id, message=entered.number)
    return entered
