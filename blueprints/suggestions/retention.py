"""How long words are kept: after some years only number, kind and days remain, for the counts."""

from datetime import date

from peewee import fn

from blueprints.suggestions.handling import forget_words
from blueprints.suggestions.kinds import OPEN
from blueprints.suggestions.models import Suggestion
from core import clock, settings
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.records.places import Place
from core.text import _l

settings.declare("suggestions.keep_years", _l("意见内容保存几年"), 3, _l("办公惯例，以档案规定为准"), group="suggestions")


def purge(actor: Actor, community: Place) -> int:
    """Forget what was finished more than the set years ago; answers how many."""
    limit = _years_before(clock.today(), int(settings.value("suggestions.keep_years", community)))
    finished = fn.COALESCE(Suggestion.closed_on, Suggestion.answered_on)
    old = Suggestion.select().where(
        (Suggestion.place == community) & Suggestion.state.not_in(OPEN) & (finished < limit) & (Suggestion.text != "")
    )
    with writing():
        rows = list(old)
        for row in rows:
            forget_words(row)
            row.version += 1
            row.save()
        if rows:
            record(actor, Act.SUGGESTIONS_PURGED, None, community, count=len(rows), before=limit)
    return len(rows)


def _years_before(day: date, years: int) -> date:
    try:
        return day.replace(year=day.year - years)
    except ValueError:  # 29 February
        return day.replace(year=day.year - years, day=28)
