"""Issuing minutes: the number rises, the paper is printed with it and entered in the register, all or nothing."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from blueprints.meetings import exchange, following, rules, sending, sheets
from blueprints.meetings.models import Meeting, MeetingSeries
from blueprints.meetings.protocol import Protocol, protocol_of
from blueprints.meetings.states import MeetingState
from blueprints.papers import rules as papers
from core import clock, history, numbers, settings
from core.access import Actor, Can
from core.audit import Act, record
from core.db import writing
from core.printing.paper import Attachment
from core.printing.printer import pdf
from core.refusal import Refused
from core.text import _l

KIND = "minutes"
ATTEMPTS = 3
papers.kind(
    KIND, _l("会议纪要"), Can.MEETINGS_READ, page=lambda paper: f"/meetings/{paper.subject_id}",
    desk=lambda paper: f"/office/meetings/{paper.subject_id}",
)  # fmt: skip


class ChairNotYet(Refused):
    sentence = _l("主持人%(chair)s还没有核对纪要。请发给主持人核对，或登记已在纸质稿上核对，再签发。")
    status = 409


class _Overtaken(Exception):
    """Another paper took the number this one was printed with."""


@dataclass(frozen=True)
class Paper:
    """Minutes printed with a number, on their way into the register."""

    protocol: Protocol
    code: str
    content: bytes


def printed(
    meeting: Meeting, protocol: Protocol, code: str | None = None, draft: bool = False, draw: Callable | None = None
) -> bytes:
    """The minutes as a PDF with the meeting's file inside; equal words give equal bytes."""
    name = f"{meeting.title}.json"
    inside = [Attachment(name, exchange.file_of(protocol), str(_l("会议记录数据")))]
    sheet = sheets.minutes(protocol, meeting.ordinal, meeting.series)
    return (draw or pdf)("meetings/print/minutes.html", sheet, draft=draft, code=code, attachments=inside)


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
        return register(actor, fresh, _printed_with(fresh, year, serial))


def _approved(meeting: Meeting, version: int) -> Meeting:
    fresh = history.unchanged(meeting, version)
    if fresh.state is not MeetingState.APPROVED:
        raise rules.WrongState(state=fresh.state.title)
    if fresh.chair_checked_on is None and settings.value("meetings.chair_check", fresh.place_id):
        raise ChairNotYet(chair=fresh.chair)
    return fresh


def _printed_with(meeting: Meeting, year: int, serial: int) -> Paper:
    protocol = replace(protocol_of(meeting), number=(year, serial), issued_on=clock.today())
    code = papers.new_code()
    return Paper(protocol, code, printed(meeting, protocol, code))


def _enter(actor: Actor, meeting: Meeting, paper: Paper) -> Meeting:
    year, serial = paper.protocol.number
    if numbers.take(meeting.place, counter(meeting.series), year) != serial:
        raise _Overtaken
    return register(actor, meeting, paper)


def register(actor: Actor, meeting: Meeting, paper: Paper) -> Meeting:
    """The paper is out: number, register of issued papers, who gets it, what the next meeting will hear."""
    protocol = paper.protocol
    meeting.number_year, meeting.number_serial = protocol.number
    meeting.issued_on, meeting.state = protocol.issued_on, MeetingState.ISSUED
    meeting.version += 1
    meeting.save()
    number = sheets.number_text(meeting.series, protocol)
    title = f"{meeting.series.name}{number}"
    papers.enter(actor, meeting.place, meeting, KIND, title, paper.code, paper.content, number=number)
    sending.list_receivers(meeting)
    following.carry_on(meeting)
    history.step(actor, meeting, number)
    record(actor, Act.MEETING_ISSUED, meeting, meeting.place_id, number=number, title=meeting.title)
    return meeting
