"""分送: who gets the minutes, and when and how they did; written down when the minutes are issued."""

from datetime import date

from peewee import ModelSelect, chunked, fn

from blueprints.meetings import parties
from blueprints.meetings.models import Meeting
from blueprints.meetings.parties import Party
from blueprints.meetings.states import MeetingState, Way
from blueprints.meetings.writings import Delivery
from core import clock, zh
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.refusal import Refused
from core.text import _l

ALL_UNITS = ("各成员单位", "成员单位")
AT_ONCE = 100


class NothingIssued(Refused):
    sentence = _l("纪要还没有签发，签发后才能分送。")
    status = 409


class NobodyTicked(Refused):
    sentence = _l("请先勾选收件单位。")


class SentTooEarly(Refused):
    sentence = _l("送达日期 %(day)s 早于签发日，或者还没有到，请核对。")


class SignedTooEarly(Refused):
    sentence = _l("签收日期 %(day)s 早于送达日，或者还没有到，请核对。")


class NobodySigned(Refused):
    sentence = _l("请写上签收人，或勾选已经签收的单位。")


class ReceiverMissing(Refused):
    sentence = _l("请写明收件单位。")


def list_receivers(meeting: Meeting) -> None:
    """One row a receiver, 各成员单位 spelled out; inside the transaction that issues."""
    rows = [
        {"meeting": meeting.id, "position": position, "receiver": party.name[:120], "unit": party.unit, "member": party.member}
        for position, party in enumerate(receivers(meeting))
    ]  # fmt: skip
    for some in chunked(rows, AT_ONCE):
        Delivery.insert_many(some).execute()


def receivers(meeting: Meeting) -> list[Party]:
    """Whom 分送 names, each once, in its order."""
    units = parties.unit_numbers(meeting.place)
    own = parties.own_bodies(meeting.place)
    found: dict[str, Party] = {}
    for name in meeting.copies_to:
        if name in ALL_UNITS:
            there = parties.parties(meeting.series, clock.local(meeting.held_at).date())
            found |= {party.name: party for party in there if party.name not in own and party.name not in found}
        elif name:
            found.setdefault(name, Party(name, unit=units.get(name)))
    return list(found.values())


def of_meeting(meeting: Meeting, shown: str = "") -> ModelSelect:
    """The receivers in order: all, or those it was not ``sent`` to yet (``open``), or who signed for it (``opened``)."""
    conditions = {"open": Delivery.sent_on.is_null(True), "sent": Delivery.sent_on.is_null(False),
                  "opened": Delivery.opened_on.is_null(False)}  # fmt: skip
    rows = meeting.deliveries.order_by(Delivery.position, Delivery.id)
    return rows.where(conditions[shown]) if shown in conditions else rows


def send(
    actor: Actor, meeting: Meeting, chosen: list[int], way: Way, on: date, everybody: bool = False
) -> list[Delivery]:
    """Tick off who got it, how, on which day; answers the rows."""
    if meeting.state is not MeetingState.ISSUED:
        raise NothingIssued()
    if on > clock.today() or on < meeting.issued_on:
        raise SentTooEarly(day=zh.day(on))
    with writing():
        rows = of_meeting(meeting, "open") if everybody else of_meeting(meeting).where(Delivery.id.in_(chosen))
        found = list(rows)
        if not found:
            raise NobodyTicked()
        ids = [row.id for row in found]
        Delivery.update(way=way, sent_on=on, account=actor.account_id).where(Delivery.id.in_(ids)).execute()
        record(actor, Act.MINUTES_SENT, meeting, meeting.place_id, receivers=[row.receiver for row in found], way=way, on=on)
    return found


def add_receiver(actor: Actor, meeting: Meeting, name: str) -> Delivery:
    """One more receiver than the paper names; the same name twice is one row."""
    name = name.strip()[:120]
    if not name:
        raise ReceiverMissing()
    if meeting.state is not MeetingState.ISSUED:
        raise NothingIssued()
    with writing():
        known = meeting.deliveries.where(Delivery.receiver == name).first()
        if known is not None:
            return known
        last = meeting.deliveries.select(fn.MAX(Delivery.position)).scalar()
        unit = parties.unit_numbers(meeting.place).get(name)
        made = Delivery.create(meeting=meeting, position=(last or 0) + 1, receiver=name, unit=unit)
        record(actor, Act.MINUTES_SENT, meeting, meeting.place_id, added=name)
    return made


def sign(actor: Actor, meeting: Meeting, signers: dict[int, str], on: date) -> int:
    """签收 as it stands on the list that went round: row → who signed (blank: signed, the name unread); answers how many.

    A copy nobody had ticked off was handed over on paper that day.
    """
    if on > clock.today():
        raise SignedTooEarly(day=zh.day(on))
    with writing():
        rows = list(of_meeting(meeting).where(Delivery.id.in_(list(signers)) & Delivery.opened_on.is_null(True)))
        if not rows:
            raise NobodySigned()
        if any(on < (row.sent_on or meeting.issued_on) for row in rows):
            raise SignedTooEarly(day=zh.day(on))
        for row in rows:
            if row.sent_on is None:
                row.sent_on, row.way, row.account = on, Way.PAPER, actor.account_id
            row.opened_on, row.signed_by = on, " ".join(signers[row.id].split())[:40]
            row.save()
        signed = {row.receiver: row.signed_by for row in rows}
        record(actor, Act.MINUTES_SENT, meeting, meeting.place_id, signed_for=signed, on=on)
    return len(rows)


def signed_for(actor: Actor, delivery: Delivery, name: str = "") -> None:
    """签收 by link: the receiver has it; said by pressing a button, for opening a page may be somebody's preview."""
    if delivery.opened_on is None:
        sign(actor, delivery.meeting, {delivery.id: name}, clock.today())
