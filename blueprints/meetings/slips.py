"""Sheets of what stands around the minutes: raw record, corrigendum, reminder slip, list of receivers, ledger."""

from collections.abc import Iterable
from dataclasses import dataclass

from blueprints.meetings import decided, sheets
from blueprints.meetings.models import Meeting
from blueprints.meetings.protocol import Protocol
from blueprints.meetings.reminding import Slip
from blueprints.meetings.states import LineKind, Presence
from blueprints.meetings.writings import Corrigendum, Delivery, RecordLine
from core import clock, settings
from core.printing.gongwen import day, numeral
from core.records.places import Place


@dataclass(frozen=True)
class Spoken:
    """One line of the record: its kind in words, who, when if the office keeps times, what."""

    kind: str
    who: str
    at: str
    text: str


@dataclass(frozen=True)
class RecordSheet:
    """会议记录: internal, word for word, signed by chair and recorder."""

    body: str
    title: str
    facts: tuple[tuple[str, str], ...]
    items: tuple[tuple[str, str, tuple[Spoken, ...]], ...]
    ended: str
    edition: int


@dataclass(frozen=True)
class CorrigendumSheet:
    """更正说明 as an official paper: which paper, where, the wrong words and the right ones, why."""

    head: str
    issuing_body: str
    number: str
    title: str
    addressee: str
    text: str
    attached: tuple[str, ...]
    signed_by: str
    signed_on: str
    copies_to: str
    printed_by: str
    printed_on: str
    copies: int | None = None


@dataclass(frozen=True)
class ReminderSheet:
    """督办单 for one unit: what is still to be done, by when, and a strip to reply on."""

    body: str
    title: str
    unit: str
    on: str
    reply_by: str
    rows: tuple[tuple[str, str, str, str], ...]  # meeting, text, due, how it stands
    contact: str
    link: str


@dataclass(frozen=True)
class DeliverySheet:
    """分送登记表, to be signed by whoever takes a copy."""

    body: str
    title: str
    number: str
    rows: tuple[tuple[str, str, str, str], ...]  # receiver, how, day, who signed for it


@dataclass(frozen=True)
class LedgerLine:
    """One decision in the ledger."""

    meeting: str
    text: str
    lead: str
    assisting: str
    due: str
    progress: str
    state: str
    evidence: str


@dataclass(frozen=True)
class LedgerSheet:
    """议定事项台账 as it stands on a day, the next to fall due first."""

    body: str
    title: str
    asked: str
    on: str
    lines: tuple[LedgerLine, ...]


def record(meeting: Meeting, protocol: Protocol, written: dict[int, list[RecordLine]]) -> RecordSheet:
    """The raw record as it stands."""
    held, ended = clock.local(meeting.held_at), meeting.ended_at and clock.local(meeting.ended_at)
    items = tuple(
        (f"{numeral(n)}、{item.title}", item.reported_by, tuple(map(_spoken, written.get(item.row, ()))))
        for n, item in enumerate(protocol.items, 1)
    )
    facts = (
        ("时间", f"{sheets.when(protocol)}至{ended:%H:%M}" if ended and ended.date() == held.date() else sheets.when(protocol)),
        ("地点", meeting.venue), ("主持", meeting.chair), ("记录", meeting.recorder),
        *((str(presence.title), _people(protocol, presence)) for presence in (Presence.PRESENT, Presence.OBSERVER, Presence.ON_LEAVE, Presence.ABSENT)),
    )  # fmt: skip
    return RecordSheet(
        body=meeting.issuing_body, title=f"{sheets.called(protocol, meeting.ordinal, meeting.series)}记录",
        facts=tuple(fact for fact in facts if fact[1]), items=items, ended=f"{ended:%H:%M}" if ended else "",
        edition=meeting.record_edition,
    )  # fmt: skip


def _people(protocol: Protocol, presence: Presence) -> str:
    seats = (seat for seat in protocol.seats if seat.presence is presence)
    return "；".join(f"{seat.unit}{seat.names}{f'（{seat.note}）' if seat.note else ''}" for seat in seats)


def _spoken(line: RecordLine) -> Spoken:
    text = line.text
    if line.kind is LineKind.DECISION:
        told = (f"责任单位：{line.responsible}" if line.responsible else "", f"时限：{day(line.due_on)}" if line.due_on else "")
        extra = "；".join(filter(None, told))
        text = f"{text}（{extra}）" if extra else text
    at = f"{clock.local(line.said_at):%H:%M}" if line.said_at else ""
    return Spoken(str(line.kind.title), line.speaker, at, text)


def corrigendum(row: Corrigendum, number: str) -> CorrigendumSheet:
    """The correction of issued minutes."""
    meeting = row.meeting
    series = meeting.series
    pattern = str(settings.value("meetings.number", meeting.place_id))
    old = series.mark + sheets.numbered(pattern, meeting.number_year, meeting.number_serial)
    passage = f"{row.passage}中" if row.passage else ""
    issued = day(row.issued_on or clock.today())
    text = (
        f"{day(meeting.issued_on)}印发的《{series.name}》（{old}）有误，现更正如下：\n"
        f"{passage}“{row.wrong.rstrip('。')}”更正为“{row.right.rstrip('。')}”。\n更正原因：{row.reason.rstrip('。')}。\n"
        "其余内容不变。原件与本说明一并存档，以本说明为准。"
    )
    return CorrigendumSheet(
        head="plain", issuing_body=meeting.issuing_body, number=number, title=f"关于{series.name}|{old}的更正说明",
        addressee="、".join(meeting.copies_to), text=text, attached=(), signed_by=meeting.issuing_body, signed_on=issued,
        copies_to="", printed_by="", printed_on=issued,
    )  # fmt: skip


def reminder(community: Place, body: str, slip: Slip) -> ReminderSheet:
    """One unit's slip; it is asked to reply within a week."""
    phone = str(settings.value("office.phone", community))
    return ReminderSheet(
        body=body, title="联席会议议定事项督办单", unit=slip.name, on=day(clock.today()), reply_by="收到后5个工作日内",
        rows=tuple((row.meeting.title, row.text, day(row.due), decided.light(row)[1]) for row in slip.rows),
        contact=f"电话：{phone}" if phone else "", link=slip.address,
    )  # fmt: skip


def deliveries(meeting: Meeting, protocol: Protocol, rows: Iterable[Delivery]) -> DeliverySheet:
    """The list that goes with the copies."""
    return DeliverySheet(
        body=meeting.issuing_body, title="会议纪要分送登记表",
        number=f"{meeting.series.name}{sheets.number_text(meeting.series, protocol)}",
        rows=tuple((row.receiver, str(row.way.title) if row.way else "", day(row.sent_on), _signed(row)) for row in rows),
    )  # fmt: skip


def _signed(row: Delivery) -> str:
    """Who signed, with the day; blank is the room to sign in."""
    return f"{row.signed_by or '已签收'}　{row.opened_on:%m.%d}" if row.opened_on else ""
