"""Which papers a message has, who may print each, and how they are drawn."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BytesIO

import pikepdf
from peewee import Expression

from blueprints.papers import rules as papers
from blueprints.suggestions import letters, queries, sheets
from blueprints.suggestions.kinds import Kind, State, StepKind
from blueprints.suggestions.models import Extension, Suggestion, SuggestionStep
from blueprints.suggestions.rules import trail_place
from core import clock
from core.access import Actor, Can
from core.printing.printer import pdf
from core.records.papers import IssuedPaper
from core.records.places import Place
from core.text import _l, in_chinese

LETTER = "print/official.html"


def always(_suggestion: Suggestion) -> bool:
    return True


@dataclass(frozen=True)
class Paper:
    """One paper of a message. ``there(suggestion)`` says whether it can be drawn now; ``named`` ones show who asked.

    ``version`` is given for papers that are entered in the register of issued papers: which version of the message
    an issue belongs to. Of those that are not ``kept`` it holds number and digest, not a byte of what they say.
    """

    title: object
    note: object
    template: str
    sheet: Callable[[Suggestion], object]
    there: Callable[[Suggestion], bool] = always
    needs: Can = Can.SUGGESTIONS_READ
    named: bool = False
    version: Callable[[Suggestion], int] | None = None
    kind: str = ""
    kept: bool = True

    def open_to(self, actor: Actor, suggestion: Suggestion) -> bool:
        """Whether this actor may see it."""
        known = not self.named or queries.knows_asker(actor, suggestion)
        return known and actor.can(self.needs, suggestion.place_id)


def _answered(suggestion: Suggestion) -> bool:
    return letters.written(suggestion) is not None


def _letter_version(suggestion: Suggestion) -> int:
    answer = queries.last_reply(suggestion)
    return answer.id if answer else 1


def _passed_on(suggestion: Suggestion) -> bool:
    steps = SuggestionStep.select().where(SuggestionStep.suggestion == suggestion)
    return suggestion.state is State.TRANSFERRED and steps.where(SuggestionStep.kind == StepKind.TRANSFERRED).exists()


def _unsealed(suggestion: Suggestion) -> bool:
    return suggestion.kind is Kind.SUPERVISION and bool(suggestion.text)


def _extended(suggestion: Suggestion) -> bool:
    return Extension.select().where((Extension.suggestion == suggestion) & (Extension.reason != "")).exists()


def _named(suggestion: Suggestion) -> bool:
    return bool(suggestion.asker or suggestion.phone)


def _once(_suggestion: Suggestion) -> int:
    return 1


HANDLE, ASSIGN = Can.SUGGESTIONS_HANDLE, Can.SUGGESTIONS_ASSIGN
PAPERS: dict[str, Paper] = {
    "slip": Paper(
        _l("办理单"), _l("不含提出人"), "suggestions/print/handling.html", sheets.handling,
        version=lambda row: row.version, kind="suggestion-slip",
    ),
    "letter": Paper(
        _l("答复函"), _l("给提出人"), LETTER, letters.to_asker, _answered, named=True, version=_letter_version,
        kind="suggestion-reply",
    ),
    "door": Paper(
        _l("上门投递的答复"), _l("折两折，外面只见姓名"), "suggestions/print/door.html", letters.door, _answered, named=True,
        version=_letter_version, kind="suggestion-door",
    ),
    "transfer": Paper(
        _l("转送函"), _l("给接收单位，带回执"), "suggestions/print/transfer.html", letters.to_office, _passed_on, HANDLE,
        version=_once, kind="suggestion-transfer",
    ),
    "extension": Paper(_l("延期单"), _l("申请人、审批人签字"), "suggestions/print/extension.html", sheets.extension, _extended, HANDLE),
    "asker": Paper(_l("提出人信息页"), _l("不随办理单流转"), "suggestions/print/asker.html", sheets.asker, _named, HANDLE, named=True),
    "sealed": Paper(
        _l("密封移送件"), _l("装袋密封，不留存"), "suggestions/print/sealed.html", sheets.sealed, _unsealed, ASSIGN,
        version=_once, kind="suggestion-sealed", kept=False,
    ),
    "cover": Paper(
        _l("密封移送函"), _l("随袋送出，带回执"), "suggestions/print/cover.html",
        lambda row: letters.cover(row, sealed_pages(row), clock.today()), _unsealed, ASSIGN, version=_once,
        kind="suggestion-cover",
    ),
}  # fmt: skip


def _theirs(actor: Actor, community: Place) -> Expression:
    """Of a message about somebody, that person finds no paper either."""
    return IssuedPaper.subject_id.in_(queries.visible_to(actor, community).select(Suggestion.id).order_by())


def _asker_known(actor: Actor, paper: IssuedPaper) -> bool:
    return queries.knows_asker(actor, Suggestion.get_by_id(paper.subject_id))


for _one in PAPERS.values():
    if _one.kind:
        papers.kind(
            _one.kind, _one.title, _one.needs, visible=_theirs, desk=lambda paper: f"/office/suggestions/{paper.number}",
            **({"readable": _asker_known} if _one.named else {}),
        )  # fmt: skip


def menu(actor: Actor, suggestion: Suggestion) -> Iterator[tuple[str, Paper, bool]]:
    """Name, paper and whether the actor may issue it, of all that can be printed of a message now."""
    for name, paper in PAPERS.items():
        if paper.there(suggestion) and paper.open_to(actor, suggestion):
            yield name, paper, paper.version is not None and actor.can(HANDLE, suggestion.place_id)


def drawn(paper: Paper, suggestion: Suggestion, **marks: object) -> bytes:
    """The paper as it would be printed now."""
    images = {f"{photo.id}.jpg": bytes(photo.content) for photo in suggestion.photos} if paper is PAPERS["sealed"] else {}
    return pdf(paper.template, paper.sheet(suggestion), images=images, **marks)


def copy(paper: Paper, suggestion: Suggestion) -> bytes:
    """What was issued, byte for byte; else as it stands, marked a draft where it may be issued."""
    if paper.version is None:
        return drawn(paper, suggestion)
    entry = papers.issued(suggestion, paper.kind, paper.version(suggestion))
    if entry is None:
        return drawn(paper, suggestion, draft=True)
    return bytes(entry.content.content) if entry.content_id else drawn(paper, suggestion, code=entry.code)


@in_chinese()
def issue(actor: Actor, paper: Paper, suggestion: Suggestion) -> IssuedPaper:
    """签发: with a check code, in the register; of a message about somebody in that of the level above."""
    if not paper.kept:
        code = papers.new_code()
        return papers.enter(
            actor, trail_place(suggestion), suggestion, paper.kind, str(paper.title), code,
            drawn(paper, suggestion, code=code), number=suggestion.number, sheet={},
        )  # fmt: skip
    return papers.issue(
        actor, trail_place(suggestion), suggestion, paper.kind, str(paper.title),
        lambda code: drawn(paper, suggestion, code=code), paper.version(suggestion), suggestion.number,
    )  # fmt: skip


def sealed_pages(suggestion: Suggestion) -> int:
    """How many pages the sealed letter has."""
    with pikepdf.open(BytesIO(drawn(PAPERS["sealed"], suggestion))) as document:
        return len(document.pages)
