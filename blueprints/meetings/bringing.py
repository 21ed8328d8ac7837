"""A meeting out of a file: looked at first, then written at once; with a number it counts as issued."""

from collections.abc import Iterator
from dataclasses import dataclass

from blueprints.cobuilding.models import MemberUnit
from blueprints.meetings import agenda, checks, exchange, issuing, masking, rules, series, sheets
from blueprints.meetings.models import Meeting, MeetingSeries
from blueprints.meetings.protocol import Protocol, owners, protocol_of
from blueprints.meetings.states import Presence
from blueprints.papers import rules as papers
from core import clock, numbers
from core.access import Actor
from core.db import writing
from core.records.places import Place
from core.refusal import Refused
from core.text import _, _l


class AlreadyThere(Refused):
    sentence = _l("这次会议已经在系统里了（%(title)s），但内容与文件不同，没有改动。请在页面上修改。")
    status = 409


class NumberTaken(Refused):
    sentence = _l("编号 %(number)s 已经用过了，没有重复写入。")
    status = 409


@dataclass(frozen=True)
class Preview:
    """What a file would become: ``known`` the same meeting on file, ``unknown`` names no roster holds."""

    protocol: Protocol
    series: MeetingSeries | None
    known: Meeting | None
    unknown: tuple[str, ...]
    hidden: tuple[tuple[str, str], ...]


def preview(place: Place, content: bytes) -> Preview:
    """Read and checked, nothing written. Raises what bringing it in would raise."""
    protocol = exchange.read(content)
    _check(place, protocol)
    found = MeetingSeries.get_or_none((MeetingSeries.place == place) & (MeetingSeries.name == protocol.series))
    own = agenda.own_bodies(place)
    units = {name for (name,) in MemberUnit.select(MemberUnit.name).where(MemberUnit.place == place).tuples()}
    asked = dict.fromkeys(n for item in protocol.items for d in item.decisions for n in owners(d.responsible))
    mask = masking.mask(place, [*(seat.names for seat in protocol.seats), protocol.chair, protocol.recorder])
    texts = (d.text for item in protocol.items for d in item.decisions)
    return Preview(
        protocol, found, _known(place, protocol), tuple(n for n in asked if n not in units and n not in own),
        tuple((text, shown) for text in texts if (shown := mask.proposal(text)) != text),
    )  # fmt: skip


def _check(place: Place, protocol: Protocol) -> None:
    faults = [*checks.faults(protocol, place), *(_unfit(protocol) if protocol.number else ())]
    if faults:
        raise exchange.NotAMeeting(faults="\n".join(faults[: exchange.MOST_FAULTS]))


def _unfit(protocol: Protocol) -> Iterator[str]:
    """What minutes cannot lack; a meeting still to be issued may be completed on the page."""
    if not protocol.sitting(Presence.PRESENT):
        yield _("已经编号的纪要要有出席单位，attendance 的 present 是空的。")
    if not protocol.chair:
        yield _("已经编号的纪要要写主持人，chair 是空的。")
    if not any(item.decisions for item in protocol.items):
        yield _("已经编号的纪要要有议定事项，items 里一条 resolutions 也没有。")


def bring_in(actor: Actor, place: Place, content: bytes) -> tuple[Meeting, bool]:
    """A meeting out of a file, at once, and whether it was new; with a number it counts as issued."""
    protocol = exchange.read(content)
    _check(place, protocol)
    with writing():
        known = _known(place, protocol)
        if known is not None:
            return known, False
        found = series.series_of(actor, place, protocol)
        meeting = rules.enter(actor, found, protocol, _ordinal(found, protocol))
        return (_issued(actor, meeting, protocol) if protocol.number else meeting), True


def _issued(actor: Actor, meeting: Meeting, protocol: Protocol) -> Meeting:
    year, serial = protocol.number
    numbers.reach(meeting.place, issuing.counter(meeting.series), year, serial)
    code = papers.new_code()
    content = issuing.printed(meeting, protocol, code)
    return issuing.register(actor, meeting, issuing.Paper(protocol, code, content))


def _ordinal(series: MeetingSeries, protocol: Protocol) -> int | None:
    """The third paper of the year is the third meeting, unless that place is taken."""
    year = clock.local(protocol.held_at).year
    if protocol.number is None or protocol.number[0] != year:
        return None
    taken = (Meeting.series == series) & (Meeting.year == year) & (Meeting.ordinal == protocol.number[1])
    return None if Meeting.select().where(taken).exists() else protocol.number[1]


def _known(place: Place, protocol: Protocol) -> Meeting | None:
    """The same meeting on file; refused when it says something else, or when its number belongs to another."""
    rows = Meeting.select().join(MeetingSeries).where((Meeting.place == place) & (MeetingSeries.name == protocol.series))
    same = rows.where(Meeting.held_at == protocol.held_at).first()
    if same is not None:
        if exchange.as_json(protocol_of(same)) != exchange.as_json(protocol):
            raise AlreadyThere(title=same.title)
        return same
    if protocol.number is not None:
        year, serial = protocol.number
        numbered = rows.where((Meeting.number_year == year) & (Meeting.number_serial == serial)).first()
        if numbered is not None:
            raise NumberTaken(number=sheets.number_text(numbered.series, protocol))
    return None
