"""How long words are kept: after some years only number, kind and days remain, for the counts."""

from peewee import ModelSelect, fn

from blueprints.suggestions.kinds import OPEN
from blueprints.suggestions.leaving import TABLES, forget_words
from blueprints.suggestions.models import Suggestion
from blueprints.suggestions.queries import kept_since, scope
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.records.places import Place
from core.text import _l

__all__ = ["TABLES", "TITLE", "old", "purge"]
TITLE = _l("意见的原话、答复、办理记录、照片、提出人和已签发的函件")


def old(actor: Actor, community: Place) -> ModelSelect:
    """Messages finished so long ago that their words are to be forgotten, as far as the actor may know of them.

    Those about somebody are forgotten by whoever stands above, or by ``./linli suggestions purge``.
    """
    finished = fn.COALESCE(Suggestion.closed_on, Suggestion.answered_on)
    return Suggestion.select().where(
        scope(actor, community) & Suggestion.state.not_in(OPEN) & (finished < kept_since(community))
        & (Suggestion.text != "")
    )  # fmt: skip


def purge(actor: Actor, community: Place) -> int:
    """Forget them; answers how many."""
    with writing():
        rows = list(old(actor, community))
        for row in rows:
            forget_words(row)
            row.version += 1
            row.save()
        if rows:
            record(actor, Act.SUGGESTIONS_PURGED, None, community, count=len(rows), before=kept_since(community))
    return len(rows)
