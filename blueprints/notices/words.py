"""Finding notices by words: every pair of characters points at the notices it stands in, however many there are."""

from functools import reduce
from operator import and_

from peewee import Expression, ModelSelect

from blueprints.notices.models import Notice, NoticeWord
from core.bigrams import bigrams, entries, matching, phrases, words
from core.records.places import Place

ENOUGH = 4  # entries that must all stand in a notice before its words are looked at in their order


def index(notice: Notice, text: str) -> None:
    """Write down what a notice is found by; an unchanged one writes nothing."""
    pairs = bigrams(text)
    if pairs == notice.bigrams:
        return
    notice.bigrams = pairs
    notice.save()
    NoticeWord.delete().where(NoticeWord.notice == notice).execute()
    rows = [(notice.place_id, word, notice.id) for word in words(pairs)]
    fields = (NoticeWord.place, NoticeWord.word, NoticeWord.notice)
    for start in range(0, len(rows), 200):
        NoticeWord.insert_many(rows[start : start + 200], fields=fields).execute()


def said(community: Place, query: str) -> Expression | None:
    """The condition that all the words stand in a notice; None where nothing was asked for."""
    wanted = phrases(query)
    if not wanted:
        return None
    whole, beginnings = entries(wanted)
    there = [Notice.id.in_(_there(community, word)) for word in whole[:ENOUGH]]
    # A single pair is found by looking it up. Longer words have an order to keep, and what may be the beginning of
    # a longer one (a single character, Latin letters) is read in the text: databases sort words in different ways.
    looked_up = not beginnings and len(there) == len(wanted)
    return reduce(and_, there if looked_up else [*there, matching(Notice.bigrams, query)])


def _there(community: Place, word: str) -> ModelSelect:
    here = (NoticeWord.place == community) & (NoticeWord.word == word)
    return NoticeWord.select(NoticeWord.notice).where(here)
