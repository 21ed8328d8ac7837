"""Forms of the box as plain values in the order they are printed: blank form, receipt, handling slip, extension, sealed."""

from dataclasses import dataclass

from blueprints.organisation.queries import body_of
from blueprints.suggestions import queries
from blueprints.suggestions.deadlines import Lights
from blueprints.suggestions.kinds import OFFERED, State, StepKind
from blueprints.suggestions.letters import where
from blueprints.suggestions.models import Extension, Reply, Suggestion, SuggestionStep
from core import settings, zh
from core.history import steps as steps_of
from core.links import community_address
from core.printing.said import AsSaid
from core.records.people import Account
from core.records.places import Place
from core.text import in_chinese


def _office(community: Place) -> str:
    """Phone and hours as one line; nothing where the office has not said."""
    known = settings.values(community)
    return "，".join(filter(None, [str(known["office.phone"]), str(known["office.hours"])]))


@dataclass(frozen=True)
class BlankSheet:
    """7.1 意见建议单, A5, to be filled in by hand; its QR leads to the same form with the place filled in."""

    title: str
    body: str
    kinds: tuple[str, ...]
    stairwell: str
    address: str
    office: str


@in_chinese()
def blank(community: Place, stairwell: Place | None = None) -> BlankSheet:
    """The empty slip of a community, or of one stairwell."""
    place = f"?place={stairwell.slug}" if stairwell else ""
    return BlankSheet(
        title="意见建议单", body=body_of(community), kinds=tuple(str(kind.title) for kind in OFFERED),
        stairwell=stairwell.name if stairwell else "", address=f"{community_address(community)}/suggestions/new{place}",
        office=_office(community),
    )  # fmt: skip


@dataclass(frozen=True)
class ReceiptSheet:
    """7.2 受理回执: the only paper with the code; it is made from the code in the asker's hand and never kept."""

    title: str
    body: str
    number: str
    received_on: str
    kind: str
    stairwell: str
    due_on: str
    code: tuple[str, ...]
    address: str
    office: str


@in_chinese()
def receipt(suggestion: Suggestion, code: str) -> ReceiptSheet:
    """The receipt, its code in groups of four as it is read out."""
    return ReceiptSheet(
        title="受理回执", body=body_of(suggestion.place), number=suggestion.number,
        received_on=zh.day(suggestion.received_on), kind=str(suggestion.kind.title),
        stairwell=suggestion.stairwell.name if suggestion.stairwell else "",
        due_on=Lights(suggestion.place).last_day(suggestion),
        code=tuple(code[at : at + 4] for at in range(0, len(code), 4)),
        address=f"{community_address(suggestion.place)}/suggestions/track", office=_office(suggestion.place),
    )  # fmt: skip


@dataclass(frozen=True)
class HandlingSheet:
    """7.3 办理单: the way of a message through the office; who asked stands on a slip of its own."""

    title: str
    body: str
    number: str
    source: str
    kind: str
    received_on: str
    place: str
    summary: str
    words: tuple[str, ...]
    orders: str
    lead: str
    assisting: str
    due_on: str
    findings: tuple[str, ...]
    result: tuple[str, ...]
    replied_on: str
    way: str
    rating: str
    follow_up: str
    archived_on: str
    named: bool


@in_chinese()
def handling(suggestion: Suggestion) -> HandlingSheet:
    """The way so far: notes before the closing are findings, those after it the follow-up."""
    steps = list(steps_of(suggestion))
    reply = queries.last_reply(suggestion)
    orders = [step.note.partition("：")[2] for step in steps if step.kind is StepKind.ASSIGNED]
    notes = [step for step in steps if step.kind is StepKind.NOTED]
    closed = next((at for at, step in enumerate(steps) if step.kind is StepKind.CLOSED), len(steps))
    return HandlingSheet(
        title="意见建议办理单", body=body_of(suggestion.place), number=suggestion.number,
        source=str(suggestion.source.title), kind=str(suggestion.kind.title),
        received_on=zh.day(suggestion.received_on),
        place=where(suggestion),
        summary=suggestion.summary, words=tuple(AsSaid(line) for line in suggestion.text.splitlines()), orders=next((one for one in reversed(orders) if one), ""),
        lead=suggestion.lead.name if suggestion.lead else "",
        assisting="、".join(assist.account.name for assist in suggestion.assists), due_on=zh.day(suggestion.due_on),
        findings=tuple(_dated(step) for step in notes if steps.index(step) < closed),
        result=_result(suggestion, reply, steps), replied_on=zh.day(reply.day) if reply else "",
        way=str(reply.way.title) if reply else "",
        rating=str(suggestion.rating.title) if suggestion.rating else "",
        follow_up="；".join(step.note for step in notes if steps.index(step) > closed),
        archived_on=next((zh.day(step.day) for step in steps if step.kind is StepKind.ARCHIVED), ""),
        named=bool(suggestion.asker or suggestion.phone),
    )  # fmt: skip


def _dated(step: SuggestionStep) -> str:
    return f"{zh.short_day(step.day)}　{step.note}"


def _result(suggestion: Suggestion, reply: Reply | None, steps: list[SuggestionStep]) -> tuple[str, ...]:
    """What was answered; for what left the office, why and where to."""
    if reply:
        return tuple(filter(None, [reply.found, reply.done, reply.undone]))
    gone = {State.REJECTED: StepKind.REJECTED, State.TRANSFERRED: StepKind.TRANSFERRED}.get(suggestion.state)
    told = {State.REJECTED: "不予受理。可以向这里提出：", State.TRANSFERRED: "已转送："}.get(suggestion.state, "")
    reasons = [line for step in steps if step.kind is gone for line in step.note.splitlines()]
    return tuple([*reasons, f"{told}{suggestion.sent_to}"] if told else reasons)


@dataclass(frozen=True)
class AskerSheet:
    """Who asked, apart from the handling slip, for those who answer."""

    title: str
    body: str
    number: str
    name: str
    phone: str
    note: str = "本页只给承办人和审批人，不随办理单流转，办结后密封。"


@in_chinese()
def asker(suggestion: Suggestion) -> AskerSheet:
    """Name and phone; blank where the asker gave none."""
    named = AsSaid(suggestion.asker), AsSaid(suggestion.phone)
    return AskerSheet("提出人信息页", body_of(suggestion.place), suggestion.number, *named)


@dataclass(frozen=True)
class ExtensionSheet:
    """7.5 延期单: who asked for a later day and why, and who decided."""

    title: str
    body: str
    number: str
    summary: str
    lead: str
    was_due_on: str
    until: str
    reason: str
    asked_by: str
    asked_on: str
    verdict: str
    decided_by: str
    decided_on: str


@in_chinese()
def extension(suggestion: Suggestion) -> ExtensionSheet:
    """The newest application, decided or not."""
    row = (
        Extension.select(Extension, Account).join(Account, on=(Extension.asked_by == Account.id))
        .where(Extension.suggestion == suggestion).order_by(Extension.id.desc()).first()
    )  # fmt: skip
    return ExtensionSheet(
        title="意见办理延期单", body=body_of(suggestion.place), number=suggestion.number, summary=suggestion.summary,
        lead=suggestion.lead.name if suggestion.lead else "", was_due_on=zh.day(row.was_due_on), until=zh.day(row.until),
        reason=row.reason, asked_by=row.asked_by.name, asked_on=zh.day(row.asked_on),
        verdict="" if row.granted is None else "同意" if row.granted else "不同意",
        decided_by=row.decided_by.name if row.decided_by else "", decided_on=zh.day(row.decided_on),
    )  # fmt: skip


@dataclass(frozen=True)
class SealedSheet:
    """7.5 移送件 of an accusation: the words as they came, for the office that may look into them."""

    title: str
    body: str
    number: str
    received_on: str
    source: str
    about: str
    place: str
    words: tuple[str, ...]
    name: str
    phone: str
    pictures: tuple[str, ...]


@in_chinese()
def sealed(suggestion: Suggestion) -> SealedSheet:
    """All the asker said, later words included."""
    added = [step.note for step in steps_of(suggestion) if step.kind is StepKind.ADDED]
    return SealedSheet(
        title="密封移送件", body=body_of(suggestion.place), number=suggestion.number,
        received_on=zh.day(suggestion.received_on), source=str(suggestion.source.title), about=AsSaid(suggestion.about),
        place=where(suggestion),
        words=tuple(AsSaid(line) for text in (suggestion.text, *added) for line in text.splitlines()),
        name=AsSaid(suggestion.asker), phone=AsSaid(suggestion.phone),
        pictures=tuple(f"{photo.id}.jpg" for photo in suggestion.photos),
    )  # fmt: skip
