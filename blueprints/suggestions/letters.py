"""Letters of the box (7.4, 7.5): the answer to whoever asked, the way to another office, the slip for a door."""

from dataclasses import dataclass
from datetime import date, timedelta

from blueprints.organisation.queries import body_of
from blueprints.suggestions import queries
from blueprints.suggestions.kinds import State, StepKind
from blueprints.suggestions.models import Reply, Suggestion, SuggestionStep
from core import settings, zh
from core.history import steps
from core.printing.said import AsSaid
from core.text import _l, in_chinese

settings.declare(
    "suggestions.appeal_days", _l("对答复不满意，几日内可以再提出"), 15, _l("办公惯例"), group="suggestions"
)
settings.declare(
    "suggestions.appeal_to", _l("对答复不满意，可以向哪里提出"), "街道党工委办公室", _l("办公惯例"), group="suggestions"
)


@dataclass(frozen=True)
class LetterSheet:
    """A letter as print/official.html takes it; ``said`` and ``receipt`` are for the one that goes to another office."""

    number: str
    title: str
    addressee: str
    text: str
    signed_by: str
    signed_on: str
    head: str = "plain"
    issuing_body: str = ""
    attached: tuple[str, ...] = ()
    copies_to: str = ""
    printed_by: str = ""
    printed_on: str = ""
    copies: int | None = None
    said: tuple[str, ...] = ()
    place: str = ""
    receipt: str = ""


@dataclass(frozen=True)
class Written:
    """What a letter to the asker says, before it is laid out."""

    title: str
    lines: list[str]
    day: date


def written(suggestion: Suggestion) -> Written | None:
    """The answer, or why there is none and who has it; None while nothing can be said yet."""
    matter = queries.matter(suggestion)
    if answer := queries.last_reply(suggestion):
        return Written("答复函", _answer(answer, suggestion), answer.day)
    if matter.state is State.REJECTED:
        return Written("不予受理告知书", _rejection(suggestion, _step(matter, StepKind.REJECTED)), matter.closed_on)
    if matter.state is State.TRANSFERRED and (passed_on := _step(matter, StepKind.TRANSFERRED)):
        return Written("转送告知书", _passed_on(suggestion, passed_on), matter.closed_on)
    return None


@in_chinese()
def to_asker(suggestion: Suggestion) -> LetterSheet:
    """7.4: the letter to whoever asked; each of those whose messages were merged gets their own."""
    letter = written(suggestion)
    return LetterSheet(
        number=suggestion.number, title=f"关于编号{suggestion.number}|{suggestion.kind.title}的{letter.title}",
        addressee=AsSaid(suggestion.asker or "提出人"), text="\n".join(letter.lines), signed_by=body_of(suggestion.place),
        signed_on=zh.day(letter.day),
    )  # fmt: skip


def _answer(answer: Reply, suggestion: Suggestion) -> list[str]:
    known = settings.values(suggestion.place)
    lines = [f"{_opening(suggestion)}，经核实，答复如下："]
    parts = [("核实情况", answer.found), ("办理情况", answer.done), ("未能办理的事项及原因", answer.undone)]
    for at, (heading, words) in enumerate([part for part in parts if part[1]], 1):
        lines += [f"{zh.number(at)}、{heading}", *words.splitlines()]
    if answer.next_on:
        lines.append(f"后续进展将于{zh.day(answer.next_on)}前再次答复您。")
    until = answer.day + timedelta(days=int(known["suggestions.appeal_days"]))
    lines.append(f"如对答复不满意，可于{zh.day(until)}前向{known['suggestions.appeal_to']}提出。")
    return [*lines, _contact(known)]


def _opening(suggestion: Suggestion) -> str:
    day, summary = suggestion.received_on, queries.matter(suggestion).summary
    return f"您于{day.month}月{day.day}日反映的{f'“{summary}”' if summary else '事项'}（编号{suggestion.number}）"


def _contact(known: dict[str, object]) -> str:
    return f"联系电话：{known['office.phone']}。" if known["office.phone"] else "感谢您对社区工作的关心和支持。"


def _rejection(suggestion: Suggestion, reason: SuggestionStep) -> list[str]:
    return [
        f"{_opening(suggestion)}，不属于本社区办理范围，不予受理。原因如下：", *reason.note.splitlines(),
        f"您可以向这里提出：{_receiver(suggestion)}。", _contact(settings.values(suggestion.place)),
    ]  # fmt: skip


def _passed_on(suggestion: Suggestion, reason: SuggestionStep) -> list[str]:
    return [
        f"{_opening(suggestion)}，已于{zh.day(reason.day)}转送{_receiver(suggestion)}办理。转送原因如下：",
        *reason.note.splitlines(), "办理情况由上述单位答复；需要催问的，可以同我们联系。", _contact(settings.values(suggestion.place)),
    ]  # fmt: skip


def _receiver(suggestion: Suggestion) -> str:
    return queries.matter(suggestion).sent_to.rstrip("。")


def _step(suggestion: Suggestion, kind: StepKind) -> SuggestionStep | None:
    return steps(suggestion).where(SuggestionStep.kind == kind).first()


def unit(where: str) -> str:
    """The name of the office out of its name, telephone and address in one line."""
    for mark in "，,；;、（( 　":
        where = where.partition(mark)[0]
    return where


@in_chinese()
def to_office(suggestion: Suggestion) -> LetterSheet:
    """7.5 转送函: the words as they came, without who said them; a strip below is signed and sent back."""
    reason, office = _step(suggestion, StepKind.TRANSFERRED), unit(suggestion.sent_to)
    lines = [
        f"{zh.day(suggestion.received_on)}，我社区收到居民{suggestion.kind.title}1件（编号{suggestion.number}），反映“{suggestion.summary or '见附件'}”。",
        *reason.note.splitlines(), "现将原话转送贵单位，请予办理，并将办理情况函告我社区，以便回复提出人。提出人的姓名和联系方式未随函转送。",
        _contact(settings.values(suggestion.place)),
    ]  # fmt: skip
    return LetterSheet(
        number=suggestion.number, title=f"关于转送居民{suggestion.kind.title}的函", addressee=office, text="\n".join(lines),
        signed_by=body_of(suggestion.place), signed_on=zh.day(reason.day), attached=("居民原话",),
        said=tuple(AsSaid(line) for line in suggestion.text.splitlines()), place=where(suggestion), receipt="转送函及附件",
    )  # fmt: skip


def where(suggestion: Suggestion) -> str:
    """Stairwell and spot as one line."""
    return AsSaid(" ".join(filter(None, [suggestion.stairwell.name if suggestion.stairwell else "", suggestion.spot])))


@dataclass(frozen=True)
class CoverSheet:
    """7.5 移送函 of a sealed letter: how many pages, and nothing of what stands on them."""

    title: str
    body: str
    number: str
    received_on: str
    pages: int
    day: str


@in_chinese()
def cover(suggestion: Suggestion, pages: int, today: date) -> CoverSheet:
    """What goes with the envelope and comes back signed."""
    return CoverSheet("密封移送函", body_of(suggestion.place), suggestion.number, zh.day(suggestion.received_on), pages, zh.day(today))


@dataclass(frozen=True)
class DoorSheet:
    """The answer on a sheet that is folded twice: only the name and the door are seen."""

    title: str
    body: str
    addressee: str
    place: str
    number: str
    lines: tuple[str, ...]
    day: str


@in_chinese()
def door(suggestion: Suggestion) -> DoorSheet:
    """For who has no telephone: the letter, to be put through the door."""
    letter = written(suggestion)
    return DoorSheet(
        title=letter.title, body=body_of(suggestion.place), addressee=AsSaid(suggestion.asker), place=where(suggestion),
        number=suggestion.number, lines=tuple(letter.lines), day=zh.day(letter.day),
    )  # fmt: skip
