"""Sheets of the joint meetings: plain values in the order they are printed."""

import re
from dataclasses import dataclass

from blueprints.meetings.models import MeetingSeries, Presence
from blueprints.meetings.protocol import Item, Protocol
from core import clock, settings
from core.gongwen import day, numeral


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


def number_text(series: MeetingSeries, protocol: Protocol) -> str:
    """〔2026〕3号, or 第3期 where the office writes it so; a draft shows where the number will stand."""
    year, serial = protocol.number or (clock.local(protocol.held_at).year, "　")
    pattern = str(settings.value("meetings.number", series.place_id))
    return series.mark + pattern.replace("{年}", str(year)).replace("{号}", str(serial))


def minutes(protocol: Protocol, ordinal: int, series: MeetingSeries) -> MinutesSheet:
    """The minutes of a meeting, the same for the same words."""
    issued = day(protocol.issued_on) if protocol.issued_on else "　　年　月　日"
    return MinutesSheet(
        title_mark=series.name, number=number_text(series, protocol), title="", issuing_body=protocol.issuing_body,
        issued_on=issued, opening=protocol.opening or opening(protocol, ordinal, series),
        items=tuple(_part(item) for item in protocol.items), present=protocol.sitting(Presence.PRESENT),
        on_leave=protocol.sitting(Presence.ON_LEAVE), observers=protocol.sitting(Presence.OBSERVER),
        copies_to=protocol.copies_to, printed_by=protocol.printed_by, printed_on=issued,
    )  # fmt: skip


def _part(item: Item) -> ItemPart:
    paragraphs = tuple(line.strip() for line in item.discussion.splitlines() if line.strip())
    lines = tuple(ResolutionLine(d.text, d.responsible, day(d.due_on)) for d in item.decisions)
    return ItemPart(item.title, paragraphs, lines)


def opening(protocol: Protocol, ordinal: int, series: MeetingSeries) -> str:
    """The first paragraph as minutes begin: day, who chaired, which meeting, what about."""
    held = day(clock.local(protocol.held_at).date())
    place = f"在{protocol.venue}" if protocol.venue else ""
    meeting = f"{series.meeting_name}{clock.local(protocol.held_at).year}年第{numeral(ordinal)}次会议"
    matters = "、".join(re.sub(r"^关于|的?(?:通报|报告)$", "", item.title) for item in protocol.items)
    about = f"，研究{matters}{'等事项' if len(protocol.items) > 1 else ''}" if matters else ""
    return f"{held}，{chairing(protocol.chair)}{place}主持召开{meeting}{about}。议定事项如下："


def chairing(chair: str) -> str:
    """沈国庆（社区党委书记） as minutes say it: the post before the name."""
    found = re.fullmatch(r"([^（(]+)[（(]([^）)]+)[）)]", chair.strip())
    return f"{found[2]}{found[1].strip()}" if found else chair
