"""Issuing minutes: the number rises, the paper is printed with it and entered in the register, all or nothing."""

from dataclasses import dataclass, replace

from blueprints.meetings import exchange, rules, sheets
from blueprints.meetings.models import Meeting, MeetingSeries, MeetingState
from blueprints.meetings.protocol import Protocol, protocol_of
from blueprints.papers import rules as papers
from core import clock, history, numbers
from core.access import Actor, Can
from core.audit import Act, record
from core.db import writing
from core.printing.paper import Attachment
from core.printing.printer import pdf
from core.records.places import Place
from core.refusal import Refused
from core.text import _l

KIND = "minutes"
ATTEMPTS = 3
papers.kind(
    KIND, _l("会议纪要"), Can.MEETINGS_READ, page=lambda paper: f"/meetings/{paper.subject_id}",
    desk=lambda paper: f"/office/meetings/{paper.subject_id}",
)  # fmt: skip


class NumberTaken(Refused):
    sentence = _l("编号 %(number)s 已经用过了，没有重复写入。")
    status = 409


class AlreadyThere(Refused):
    sentence = _l("这次会议已经在系统里了（%(title)s），但内容与文件不同，没有改动。请在页面上修改。")
    status = 409


class _Overtaken(Exception):
    """Another paper took the number this one was printed with."""


@dataclass(frozen=True)
class Paper:
    """Minutes printed with a number, on their way into the register."""

    protocol: Protocol
    code: str
    content: bytes


def printed(meeting: Meeting, protocol: Protocol, code: str | None = None, draft: bool = False) -> bytes:
    """The minutes as a PDF with the meeting's file inside; equal words give equal bytes."""
    name = f"{meeting.title}.json"
    inside = [Attachment(name, exchange.file_of(protocol), str(_l("会议记录数据")))]
    sheet = sheets.minutes(protocol, meeting.ordinal, meeting.series)
    return pdf("meetings/print/minutes.html", sheet, draft=draft, code=code, attachments=inside)


def minutes_pdf(meeting: Meeting) -> bytes:
    """What was issued, byte for byte; before that a draft marked as one."""
    return papers.copy(meeting, KIND) or printed(meeting, protocol_of(meeting), draft=True)


def counter(series: MeetingSeries) -> str:
    """The kind of number of a series."""
    return f"{KIND}-{series.id}"


def issue(actor: Actor, meeting: Meeting, version: int) -> Meeting:
    """签发: the next number of the year, without a gap; printed before the number is taken, so nobody waits for paper."""
    for _attempt in range(ATTEMPTS):
        fresh, year = _approved(meeting, version), clock.today().year
        paper = _printed_with(fresh, year, numbers.coming(fresh.place, counter(fresh.series), year))
        try:
            with writing():
                return _enter(actor, _approved(meeting, version), paper)
        except _Overtaken:
            continue
    with writing():  # Many issue at once: now the others wait for this paper.
        fresh, year = _approved(meeting, version), clock.today().year
        serial = numbers.take(fresh.place, counter(fresh.series), year)
        return _register(actor, fresh, _printed_with(fresh, year, serial))


def _approved(meeting: Meeting, version: int) -> Meeting:
    fresh = history.unchanged(meeting, version)
    if fresh.state is not MeetingState.APPROVED:
        raise rules.WrongState(state=fresh.state.title)
    return fresh


def _printed_with(meeting: Meeting, year: int, serial: int) -> Paper:
    protocol = replace(protocol_of(meeting), number=(year, serial), issued_on=clock.today())
    code = papers.new_code()
    return Paper(protocol, code, printed(meeting, protocol, code))


def _enter(actor: Actor, meeting: Meeting, paper: Paper) -> Meeting:
    year, serial = paper.protocol.number
    if numbers.take(meeting.place, counter(meeting.series), year) != serial:
        raise _Overtaken
    return _register(actor, meeting, paper)


def _register(actor: Actor, meeting: Meeting, paper: Paper) -> Meeting:
    protocol = paper.protocol
    meeting.number_year, meeting.number_serial = protocol.number
    meeting.issued_on, meeting.state = protocol.issued_on, MeetingState.ISSUED
    meeting.version += 1
    meeting.save()
    number = sheets.number_text(meeting.series, protocol)
    title = f"{meeting.series.name}{number}"
    papers.enter(actor, meeting.place, meeting, KIND, title, paper.code, paper.content, number=number)
    history.step(actor, meeting, number)
    record(actor, Act.MEETING_ISSUED, meeting, meeting.place_id, number=number, title=meeting.title)
    return meeting


def bring_in(actor: Actor, place: Place, content: bytes) -> tuple[Meeting, bool]:
    """A meeting out of a file, at once, and whether it was new; with a number it counts as issued."""
    protocol = exchange.read(content)
    with writing():
        known = _known(place, protocol)
        if known is not None:
            return known, False
        series = rules.series_of(actor, place, protocol)
        meeting = rules.enter(actor, series, protocol, _ordinal(series, protocol))
        if protocol.number is None:
            return meeting, True
        year, serial = protocol.number
        numbers.reach(place, counter(series), year, serial)
        code = papers.new_code()
        return _register(actor, meeting, Paper(protocol, code, printed(meeting, protocol, code))), True


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
