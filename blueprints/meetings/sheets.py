"""Sheets of the joint meetings: plain values in the order they are printed."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ResolutionLine:
    """One decision as the minutes word it: what, who answers for it, by which day (never 「近期」)."""

    text: str
    responsible: str
    due: str


@dataclass(frozen=True)
class ItemPart:
    """One item of the agenda: 「会议听取了…」 and what was decided."""

    heading: str
    paragraphs: tuple[str, ...]
    resolutions: tuple[ResolutionLine, ...] = ()


@dataclass(frozen=True)
class MinutesSheet:
    """Minutes to GB/T 9704-2012 §10.3: no addressee, no signature, no seal."""

    title_mark: str
    number: str
    title: str  # May be empty: the mark says already what the paper is.
    issuing_body: str
    issued_on: str
    opening: str
    items: tuple[ItemPart, ...]
    present: tuple[tuple[str, str], ...]
    on_leave: tuple[tuple[str, str], ...] = ()
    observers: tuple[tuple[str, str], ...] = ()
    copies_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: str = ""
    copies: int | None = None
