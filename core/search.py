"""One way to search Chinese text on both databases: a column of overlapping pairs, matched as one phrase."""

from dataclasses import dataclass

from peewee import Expression, Field

from core.bigrams import phrase

MOST = 50


@dataclass(frozen=True)
class Hit:
    """One thing found: where it is, what it says, whose area it is."""

    title: str
    url: str
    area: str
    note: str = ""


def matches(column: Field, words: str) -> Expression:
    """The condition that ``column`` (bigrams of the text) holds the words; signs of LIKE count as themselves."""
    return column.contains(phrase(words))
