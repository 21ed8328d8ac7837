"""Ways out of the box: not accepted, passed to another office, handed over sealed, handled with another, forgotten."""

from blueprints.papers import rules as papers
from blueprints.suggestions.handling import LEAVING, handling, said
from blueprints.suggestions.kinds import ANSWERED, OPEN, Kind, State, StepKind
from blueprints.suggestions.models import Extension, Reply, Suggestion, SuggestionPhoto, SuggestionStep, SuggestionWord
from blueprints.suggestions.refusals import NoSuchNumber, NotSupervision, OnlySealed, ReasonMissing, WhereToMissing
from blueprints.suggestions.rules import forget_asker, step
from blueprints.suggestions.words import index
from core import clock, tidy, zh
from core.access import Actor
from core.audit import Act
from core.history import unchanged
from core.records.papers import Blob
from core.text import _

# Where words and pictures stand: the server of a large office writes these anew, so that they leave its files too.
TABLES = (Suggestion, SuggestionStep, SuggestionWord, SuggestionPhoto, Reply, Extension, Blob)


def reject(actor: Actor, suggestion: Suggestion, version: int, reason: str, where: str) -> None:
    """不予受理, never bare: why, and who can help instead."""
    reason, where = said(reason, ReasonMissing), said(where, WhereToMissing)
    with handling(actor, suggestion, version, Act.SUGGESTION_PASSED_ON, *OPEN) as row:
        _not_an_accusation(row)
        _leave(row, State.REJECTED, where)
        step(row, StepKind.REJECTED, actor, reason)


def transfer(actor: Actor, suggestion: Suggestion, version: int, where: str, reason: str) -> None:
    """转送 to the office whose matter it is; the asker reads which one."""
    reason, where = said(reason, ReasonMissing), said(where, WhereToMissing)
    with handling(actor, suggestion, version, Act.SUGGESTION_PASSED_ON, *OPEN) as row:
        _not_an_accusation(row)
        _leave(row, State.TRANSFERRED, where)
        step(row, StepKind.TRANSFERRED, actor, reason)


def _not_an_accusation(row: Suggestion) -> None:
    """Words about a member leave sealed or not at all: an open letter, or a refusal, would be the office's judgement."""
    if row.kind is Kind.SUPERVISION:
        raise OnlySealed()


def seal(actor: Actor, suggestion: Suggestion, version: int, where: str, pages: int) -> None:
    """密封移送 of an accusation: after the letter was printed and handed over, nothing of it stands in the database's files.

    ``pages`` is how many the sealed letter has, for the receipt of whoever takes it.
    """
    where = said(where, WhereToMissing)
    with handling(actor, suggestion, version, Act.SUGGESTION_PASSED_ON, *LEAVING) as row:
        if row.kind is not Kind.SUPERVISION:
            raise NotSupervision()
        forget_words(row)
        _leave(row, State.TRANSFERRED, where)
        step(row, StepKind.SEALED, actor, _("密封移送件共 %(pages)s 页，本系统不再保存内容。", pages=pages))
    tidy.forget(TABLES)


def _leave(row: Suggestion, state: State, where: str) -> None:
    row.state, row.sent_to = state, where
    row.answered_on = row.answered_on or clock.today()
    row.closed_on = clock.today()


def forget_words(row: Suggestion) -> None:
    """All that was said about the matter goes; number, kind and days stay for the counts."""
    forget_asker(row)
    row.text = row.summary = row.spot = row.about = ""
    row.published = False
    index(row)
    papers.forget(row)
    SuggestionStep.update(note="").where(SuggestionStep.suggestion == row).execute()
    Extension.update(reason="").where(Extension.suggestion == row).execute()
    Reply.delete().where(Reply.suggestion == row).execute()


def merge(actor: Actor, suggestion: Suggestion, version: int, other: Suggestion | None, typed: str = "") -> None:
    """并案: the same matter is handled once, and every asker reads the answer; words about members are never merged."""
    with handling(actor, suggestion, version, Act.SUGGESTION_PASSED_ON, *OPEN) as row:
        other = other and unchanged(other, None)
        if other is None or not may_merge(row, other):
            raise NoSuchNumber(number=other.number if other else typed)
        row.state, row.duplicate_of, row.closed_on = State.DUPLICATE, other, clock.today()
        Suggestion.update(duplicate_of=other).where(Suggestion.duplicate_of == row).execute()
        _keep_the_earliest_day(actor, row, other)
        step(row, StepKind.DUPLICATE, actor, _("已与编号 %(number)s 的同一件事一起办理。", number=other.number))


def _keep_the_earliest_day(actor: Actor, row: Suggestion, other: Suggestion) -> None:
    """Each asker was told a last day, so the earliest holds for all; only an extension that was granted is for all too."""
    extended = other.extensions.where(Extension.granted).exists()
    if other.state in OPEN and row.due_on < other.due_on and not extended:
        other.due_on = row.due_on
        other.version += 1
        other.save()
        step(other, StepKind.RECKONED, actor, _("并案后按最早的期限，最晚%(day)s答复。", day=zh.day(row.due_on)))


def may_merge(row: Suggestion, other: Suggestion) -> bool:
    """Into one that was registered and is open or answered, of the same community, about the same people if about any."""
    plain = Kind.SUPERVISION not in (row.kind, other.kind)
    handled = other.state in (*OPEN[1:], *ANSWERED)
    return plain and handled and other.id != row.id and other.place_id == row.place_id and _whom(row) == _whom(other)


def _whom(row: Suggestion) -> set[tuple[int | None, int | None]]:
    """Else whoever is kept from one of the two would learn of it from the other."""
    return {(concern.account_id, concern.person_id) for concern in row.concerns}
