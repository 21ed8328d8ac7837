"""Papers of the box as plain values in the order they are printed: blank form, receipt, handling slip, reply."""

from dataclasses import dataclass
from datetime import timedelta

from blueprints.organisation.queries import body_of
from blueprints.suggestions import queries
from blueprints.suggestions.deadlines import Lights
from blueprints.suggestions.kinds import OFFERED, State, StepKind
from blueprints.suggestions.models import Reply, Suggestion, SuggestionStep
from core import settings, zh
from core.links import community_address
from core.records.places import Place
from core.text import _l, in_chinese

settings.declare(
    "suggestions.appeal_days", _l("对答复不满意，几日内可以再提出"), 15, _l("办公惯例"), group="suggestions"
)
settings.declare(
    "suggestions.appeal_to", _l("对答复不满意，可以向哪里提出"), "街道党工委办公室", _l("办公惯例"), group="suggestions"
)


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
    words: str
    orders: str
    lead: str
    assisting: str
    due_on: str
    findings: tuple[str, ...]
    result: tuple[str, ...]
    replied_on: str
    rating: str
    follow_up: str
    archived_on: str
    named: bool


@in_chinese()
def handling(suggestion: Suggestion) -> HandlingSheet:
    """The way so far: notes before the closing are findings, those after it the follow-up."""
    steps = list(queries.timeline(suggestion))
    reply = queries.last_reply(suggestion)
    orders = [step.note.partition("：")[2] for step in steps if step.kind is StepKind.ASSIGNED]
    notes = [step for step in steps if step.kind is StepKind.NOTED]
    closed = next((at for at, step in enumerate(steps) if step.kind is StepKind.CLOSED), len(steps))
    return HandlingSheet(
        title="意见建议办理单", body=body_of(suggestion.place), number=suggestion.number,
        source=str(suggestion.source.title), kind=str(suggestion.kind.title),
        received_on=zh.day(suggestion.received_on),
        place=" ".join(filter(None, [suggestion.stairwell.name if suggestion.stairwell else "", suggestion.spot])),
        summary=suggestion.summary, words=suggestion.text, orders=next((one for one in reversed(orders) if one), ""),
        lead=suggestion.lead.name if suggestion.lead else "",
        assisting="、".join(assist.account.name for assist in suggestion.assists), due_on=zh.day(suggestion.due_on),
        findings=tuple(_dated(step) for step in notes if steps.index(step) < closed),
        result=_result(suggestion, reply, steps), replied_on=zh.day(reply.day) if reply else "",
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
    return tuple(line for step in steps if step.kind is gone for line in step.note.splitlines())


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
    return AskerSheet("提出人信息页", body_of(suggestion.place), suggestion.number, suggestion.asker, suggestion.phone)


@dataclass(frozen=True)
class ReplySheet:
    """7.4 答复函, as print/official.html takes it."""

    head: str
    issuing_body: str
    number: str
    title: str
    addressee: str
    text: str
    signed_by: str
    signed_on: str
    attached: tuple[str, ...] = ()
    copies_to: str = ""
    printed_by: str = ""
    printed_on: str = ""
    copies: int | None = None


@in_chinese()
def reply(answer: Reply) -> ReplySheet:
    """The letter of one answer; a message may have several."""
    suggestion = answer.suggestion
    body = body_of(suggestion.place)
    return ReplySheet(
        head="plain", issuing_body=body, number=suggestion.number, title=f"关于编号{suggestion.number}|{suggestion.kind.title}的答复函",
        addressee=suggestion.asker or "提出人", text="\n".join(_letter(answer, suggestion)), signed_by=body,
        signed_on=zh.day(answer.day),
    )  # fmt: skip


def _letter(answer: Reply, suggestion: Suggestion) -> list[str]:
    known = settings.values(suggestion.place)
    day = suggestion.received_on
    lines = [f"您于{day.month}月{day.day}日反映的“{suggestion.summary}”（编号{suggestion.number}），经核实，答复如下："]
    parts = [("核实情况", answer.found), ("办理情况", answer.done), ("未能办理的事项及原因", answer.undone)]
    for at, (heading, words) in enumerate([part for part in parts if part[1]], 1):
        lines += [f"{zh.number(at)}、{heading}", *words.splitlines()]
    if answer.next_on:
        lines.append(f"后续进展将于{zh.day(answer.next_on)}前再次答复您。")
    days, where = known["suggestions.appeal_days"], known["suggestions.appeal_to"]
    lines.append(f"如对答复不满意，可于{zh.day(answer.day + timedelta(days=int(days)))}前向{where}提出。")
    lines.append(f"联系电话：{known['office.phone']}。" if known["office.phone"] else "感谢您对社区工作的关心和支持。")
    return lines


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
    added = [step.note for step in queries.timeline(suggestion) if step.kind is StepKind.ADDED]
    return SealedSheet(
        title="密封移送件", body=body_of(suggestion.place), number=suggestion.number,
        received_on=zh.day(suggestion.received_on), source=str(suggestion.source.title), about=suggestion.about,
        place=" ".join(filter(None, [suggestion.stairwell.name if suggestion.stairwell else "", suggestion.spot])),
        words=tuple("\n".join([suggestion.text, *added]).splitlines()), name=suggestion.asker, phone=suggestion.phone,
        pictures=tuple(f"{photo.id}.jpg" for photo in suggestion.photos),
    )  # fmt: skip
