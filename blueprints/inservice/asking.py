"""三进社区、三双向: an employer asks, residents are heard, the member reads, the letter leaves; words of residents never do."""

from datetime import date

from blueprints.inservice import queries
from blueprints.inservice.contacts import told
from blueprints.inservice.models import CheckIn, Direction, Inquiry, InquiryKind, InquiryState, Opinion, Verdict
from core import clock, links
from core.access import VISITOR, Actor
from core.audit import Act, record
from core.db import writing
from core.history import unchanged
from core.records.places import Place
from core.refusal import Refused
from core.text import _l, in_chinese

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
        if kind is not InquiryKind.FEEDBACK:
            told(actor, check_in, Direction.FROM_EMPLOYER, matter(row, "来函"), row.purpose)
    return row


def feed_back(actor: Actor, place: Place) -> int:
    """Begin this quarter's feedback for everybody here who has none yet; how many were begun."""
    since, _last = queries.quarter(clock.today())
    with writing():
        rows = list(queries.without_feedback(place, since))
        for row in rows:
            ask(actor, row, InquiryKind.FEEDBACK, "", None, since)
    return len(rows)


@in_chinese()
def matter(inquiry: Inquiry, what: str) -> str:
    """How the log names an inquiry: by the number of the check-in, for it is read by more people than handle inquiries."""
    return f"{inquiry.kind.title}{what}（报到编号{inquiry.check_in.number}）"


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
    """What was found, in the office's own words; may be written anew until it was answered.

    Raises NoFindings where an employer asked; a regular feedback may say no more than what the card and the tasks do.
    """
    if not findings.strip() and inquiry.kind is not InquiryKind.FEEDBACK:
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
            what = "函" if row.kind is InquiryKind.FEEDBACK else "复函"
            told(actor, row.check_in, Direction.TO_EMPLOYER, matter(row, what))
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
