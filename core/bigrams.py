"""Chinese text for searching: overlapping pairs of characters, which a plain LIKE or a full-text MATCH can find alike."""

import re
from functools import reduce
from operator import and_

from core.spreadsheets.cells import HAN
from core.stairwells import fold

RUNS = re.compile(rf"[{HAN}]+|[^\W_{HAN}]+")
HAN_RUN = re.compile(rf"[{HAN}]")


def _runs(text: str) -> list[str]:
    return RUNS.findall(fold(text).casefold())


def _pairs(run: str) -> list[str]:
    return [run[place : place + 2] for place in range(len(run) - 1)]


def bigrams(text: str) -> str:
    """What the search column holds: 梅苑社区 → 梅苑 苑社 社区 区; Latin words and numbers stay whole."""
    words = []
    for run in _runs(text):
        words += [*_pairs(run), run[-1]] if HAN_RUN.match(run) else [run]
    return " ".join(words)


def phrase(query: str) -> str:
    """What to look for in that column, as one unbroken piece; its last word may be the beginning of a longer one."""
    runs = _runs(query)
    words = []
    for place, run in enumerate(runs, 1):
        if not HAN_RUN.match(run):
            words.append(run)
        elif place < len(runs):
            words += [*_pairs(run), run[-1]]
        else:
            # The end stays open: nothing is known of the character behind it.
            words += _pairs(run) or [run]
    return " ".join(words)


def phrases(query: str) -> list[str]:
    """One phrase for each word the asker set apart by spaces; all of them must be found."""
    return [found for word in fold(query).split() if (found := phrase(word))]


LONGEST_ENTRY = 20  # of a word in Latin letters or digits
LAST = "\U0010ffff"


def words(text: str) -> list[str]:
    """The different entries of a bigram column, for a table that points from each to where it stands."""
    return sorted({word[:LONGEST_ENTRY] for word in text.split()})


def entries(wanted: list[str]) -> tuple[list[str], list[str]]:
    """The entries to look ``phrases`` up by: whole ones, and beginnings (a single character, a Latin word at the end)."""
    whole, beginnings = [], []
    for each in wanted:
        *firsts, last = each.split()
        whole += firsts
        (whole if len(last) == 2 and HAN_RUN.match(last) else beginnings).append(last)
    return [word[:LONGEST_ENTRY] for word in whole], [word[:LONGEST_ENTRY] for word in beginnings]


def matching(column, query: str):
    """The condition that every word of the query stands in the bigram column; None for an empty query.

    A phrase holds only letters, digits and spaces, so LIKE needs no escaping on either database.
    """
    wanted = [column.contains(found) for found in phrases(query)]
    return reduce(and_, wanted) if wanted else None
