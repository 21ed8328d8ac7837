"""Finding messages by words: every pair of characters points at the messages it stands in, the newest first.

A word of two characters is one pair, so the newest fifty are read off the index however many there are. The same on
both databases, and what is forgotten leaves no trace in an index that would have to be built anew.
"""

from functools import reduce
from operator import and_

from peewee import JOIN, SQL, Expression, ModelSelect, fn

from blueprints.suggestions.kinds import Kind
from blueprints.suggestions.models import Suggestion, SuggestionWord
from core.bigrams import LAST, bigrams, entries, phrases, words
from core.db import is_sqlite
from core.records.places import Place

ENOUGH = 1000  # entries looked at to find out which of several pairs is the rarest


def index(row: Suggestion) -> None:
    """Write down what a message is found by; words about a member are not searchable, forgotten ones are none."""
    text = f"{row.number} {row.summary} {row.spot} {row.text}" if row.text and row.kind is not Kind.SUPERVISION else ""
    row.bigrams = bigrams(text)
    row.save()
    SuggestionWord.delete().where(SuggestionWord.suggestion == row).execute()
    rows = [(row.place_id, word, row.received_on, row.id) for word in words(row.bigrams)]
    fields = (SuggestionWord.place, SuggestionWord.word, SuggestionWord.received_on, SuggestionWord.suggestion)
    for start in range(0, len(rows), 200):
        SuggestionWord.insert_many(rows[start : start + 200], fields=fields).execute()


def found(community: Place, query: str) -> Expression | None:
    """The condition that all the words stand in a message; None where nothing was asked for."""
    wanted = phrases(query)
    if not wanted:
        return None
    whole, beginnings = entries(wanted)
    at = _is(community, _rarest(community, whole)) if whole else _begins(community, beginnings[0])
    return Suggestion.id.in_(SuggestionWord.select(SuggestionWord.suggestion).where(at)) & _said(wanted)


def newest(messages: ModelSelect, community: Place, query: str) -> ModelSelect:
    """Those of ``messages`` in which all the words stand, the newest first, read only as far as they are taken."""
    wanted = phrases(query)
    whole, _beginnings = entries(wanted)
    if not whole:
        # A single character may begin many pairs; they are brought into one order.
        condition = found(community, query) if wanted else SQL("1 = 0")
        return messages.where(condition).order_by(Suggestion.received_on.desc(), Suggestion.id.desc())
    return (
        messages.join_from(Suggestion, SuggestionWord, JOIN.INNER, on=(SuggestionWord.suggestion == Suggestion.id))
        .where(_is(community, _rarest(community, whole)) & _said(wanted))
        .order_by(SuggestionWord.received_on.desc(), SuggestionWord.suggestion.desc())
    )


def _rarest(community: Place, found: list[str]) -> str:
    if len(found) == 1:
        return found[0]
    return min(found, key=lambda word: SuggestionWord.select().where(_is(community, word)).limit(ENOUGH).count())


def _is(community: Place, word: str) -> Expression:
    return (SuggestionWord.place == community) & (SuggestionWord.word == word)


def _begins(community: Place, word: str) -> Expression:
    return (SuggestionWord.place == community) & SuggestionWord.word.between(word, word + LAST)


def _said(wanted: list[str]) -> Expression:
    """That each phrase stands in one piece.

    Asked by a function: PostgreSQL has no samples of words, and without them it takes LIKE for rarer than it is.
    """
    at = fn.INSTR if is_sqlite() else fn.STRPOS
    return reduce(and_, [at(Suggestion.bigrams, phrase) > 0 for phrase in wanted])
