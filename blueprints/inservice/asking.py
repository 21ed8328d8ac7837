"""三进社区、三双向: an employer asks, residents are heard, the member reads, the letter leaves; words of residents never do."""

from datetime import date

from blueprints.inservice.models import CheckIn, Inquiry, InquiryKind, InquiryState, Opinion, Verdict
from core import clock, links
from core.access import VISITOR, Actor
from core.audit import Act, record
from core.db import writing
from core.history import unchanged
from core.refusal import Refused
from core.text import _l

PURPOSE = "opinion"


class WrongState(Refused):
    sentence = _l("这件事现在是“%(state)s”，不能这样办理。请刷新后再看。")
    status = 409


class NoFindings(Refused):
    sentence = _l("请写明了解到的事实，再请本人阅。不要照抄居民的原话。")


class NoLongerAsked(Refused):
    sentence = _l("这次听取意见已经结束，谢谢您。")
    status = 409


def ask(actor: Actor, check_in: CheckIn, kind: InquiryKind, purpose: str, due_on: date | None, since: date | None = None) -> Inquiry:
    """An employer's question is entered, or a feedback begun; ``since`` is the first day it looks back to."""
    with writing():
        row = Inquiry.create(
            place=check_in.place_id, check_in=check_in, kind=kind, purpose=purpose.strip(), asked_on=clock.today(),
            due_on=due_on, since=since,
        )  # fmt: skip
        record(actor, Act.INQUIRY_MADE, row, row.place_id, kind=kind)
    return row


def invite(actor: Actor, inquiry: Inquiry) -> str:
    """The link by which residents say what they think, as often as they like to pass it on; shown once."""
    with writing():
        _in(inquiry, None, InquiryState.ASKED)
        token = links.give(inquiry.place, PURPOSE, inquiry.id)
        record(actor, Act.INQUIRY_CHANGED, inquiry, inquiry.place_id, link=True)
    return token


def hear(inquiry: Inquiry, verdict: Verdict, words: str) -> None:
    """One resident's opinion, by link or off a slip; nothing in the trail, for it knows the second."""
    with writing():
        fresh = unchanged(inquiry, None)
        if fresh.state is not InquiryState.ASKED:
            raise NoLongerAsked()
        Opinion.create(inquiry=fresh, verdict=verdict, words=words.strip(), day=clock.today())


def draft(actor: Actor, inquiry: Inquiry, version: int, how: str, findings: str) -> Inquiry:
    """What was found, in the office's own words; may be written anew until it was answered. Raises NoFindings."""
    if not findings.strip():
        raise NoFindings()
    with writing():
        row = _in(inquiry, version, InquiryState.ASKED, InquiryState.DRAFTED, InquiryState.READ)
        row.how, row.findings, row.state, row.read_on, row.member_words = how.strip(), findings.strip(), InquiryState.DRAFTED, None, ""
        return _kept(actor, row)


def shown_to_member(actor: Actor, inquiry: Inquiry, version: int, member_words: str) -> Inquiry:
    """The member has read what will be sent, and said this."""
    with writing():
        row = _in(inquiry, version, InquiryState.DRAFTED)
        row.state, row.read_on, row.member_words = InquiryState.READ, clock.today(), member_words.strip()
        return _kept(actor, row)


def answered(actor: Actor, inquiry: Inquiry) -> Inquiry:
    """The letter left; only after the member has read it."""
    with writing():
        row = _in(inquiry, None, InquiryState.READ, InquiryState.ANSWERED)
        if row.state is InquiryState.READ:
            row.state, row.answered_on = InquiryState.ANSWERED, clock.today()
            _kept(actor, row)
    return row


def _in(inquiry: Inquiry, version: int | None, *states: InquiryState) -> Inquiry:
    row = unchanged(inquiry, version)
    if row.state not in states:
        raise WrongState(state=row.state.title)
    return row


def _kept(actor: Actor, row: Inquiry) -> Inquiry:
    row.version += 1
    row.save()
    record(actor or VISITOR, Act.INQUIRY_CHANGED, row, row.place_id, state=row.state)
    return row
