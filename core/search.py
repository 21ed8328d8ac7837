"""What a search finds, area by area; Chinese text is matched by core.bigrams.matching."""

from dataclasses import dataclass

MOST = 50


@dataclass(frozen=True)
class Hit:
    """One thing found: where it is, what it says, whose area it is."""

    title: str
    url: str
    area: str
    note: str = ""
