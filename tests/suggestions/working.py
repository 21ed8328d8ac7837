"""Short cuts through the life of a message, by the rules themselves."""

from blueprints.suggestions import handling
from blueprints.suggestions.models import Kind, Pace, Suggestion, SuggestionStep
from core.records.people import Account


def now(message):
    """The row as it stands."""
    return Suggestion.get_by_id(message.id)


def registered(actor, message, pace=Pace.ORDINARY, summary="三楼感应灯不亮"):
    handling.register(actor, now(message), now(message).version, summary, now(message).kind, pace)
    return now(message)


def assigned(actor, message, lead, **options):
    row = registered(actor, message)
    handling.assign(actor, row, row.version, Account.get_by_id(lead.account_id), **options)
    return now(message)


def replied(actor, message, publish=False):
    row = assigned(actor, message, actor)
    handling.reply(actor, row, row.version, "感应头坏了。", "11月24日物业已换好。", publish=publish)
    return now(message)


def kinds(message):
    return [step.kind for step in message.steps.order_by(SuggestionStep.position)]


__all__ = ["Kind", "assigned", "kinds", "now", "registered", "replied"]
