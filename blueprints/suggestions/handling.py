"""What the office does with a message: register, assign, work, reply, close, and the ways out (登记、交办、办理、答复、办结)."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date

from blueprints.suggestions import concern, deadlines
from blueprints.suggestions.kinds import NEVER_PUBLIC, OPEN, WORKING, Kind, Pace, Rating, State, StepKind, Way
from blueprints.suggestions.models import Assist, Concern, Reply, Suggestion
from blueprints.suggestions.refusals import (
    BlankLeft,
    FindingMissing,
    LeadMissing,
    NotForPublic,
    NotForThem,
    NothingChosen,
    NothingDone,
    ReasonMissing,
    StillDissatisfied,
    SummaryMissing,
    WhomToKeepFrom,
    WrongState,
)
from blueprints.suggestions.rules import step, trail_place
from blueprints.suggestions.words import index
from core import clock, zh
from core.access import Actor, Can, actor_of
from core.audit import Act, record
from core.db import writing
from core.history import unchanged
from core.records.people import Account
from core.spreadsheets.cells import clean
from core.text import _, _l

LEAVING = (*OPEN, State.REPLIED)
BLANK = "____"  # what a template leaves open


@contextmanager
def handling(actor: Actor, suggestion: Suggestion, version: int, act: Act, *states: State) -> Iterator[Suggestion]:
    """One verb: the row as it stands, in a state that allows it; saved and recorded, without its words, at the end.

    Raises Stale when somebody, the asker too, changed it after ``version`` was shown.
    """
    with writing():
        row = unchanged(suggestion, version, nobody=_l("提出人"))
        if row.state not in states:
            raise WrongState(state=row.state.title)
        yield row
        row.version += 1
        row.save()
        record(actor, act, row, trail_place(row), state=row.state, version=row.version)


def register(actor: Actor, suggestion: Suggestion, version: int, summary: str, kind: Kind, pace: Pace) -> None:
    """登记受理: the office says in a line what it is and how soon it must answer."""
    summary = said(summary, SummaryMissing)
    with handling(actor, suggestion, version, Act.SUGGESTION_REGISTERED, State.RECEIVED) as row:
        row.summary, row.kind, row.pace, row.state = summary, kind, pace, State.REGISTERED
        row.registered_on = clock.today()
        row.due_on = deadlines.answer_by(row.received_on, pace, row.place)[0]
        index(row)
        concern.keep_from(row, concern.whom(row.place, summary, ""))
        step(row, StepKind.REGISTERED, actor)


def reclassify(actor: Actor, suggestion: Suggestion, version: int, summary: str, kind: Kind) -> None:
    """Another kind or summary than was registered; what turns out to be an accusation is searched no more."""
    summary = said(summary, SummaryMissing)
    with handling(actor, suggestion, version, Act.SUGGESTION_REGISTERED, *OPEN[1:], State.REPLIED) as row:
        row.summary, row.kind = summary, kind
        concern.keep_from(row, concern.whom(row.place, summary, ""))
        row.published = row.published and may_publish(row)
        index(row)
        step(row, StepKind.RECLASSIFIED, actor, f"{kind.title}：{summary}", public=False)


def assign(
    actor: Actor, suggestion: Suggestion, version: int, lead: Account | None, assisting: Sequence[Account] = (),
    note: str = "",
) -> None:  # fmt: skip
    """交办: one account answers for it, others help; nobody it is about."""
    if lead is None:
        raise LeadMissing()
    with handling(actor, suggestion, version, Act.SUGGESTION_ASSIGNED, *OPEN[1:]) as row:
        for account in (lead, *assisting):
            if not may_handle(account, row):
                raise NotForThem(name=account.name)
        row.lead = lead
        if row.state is State.REGISTERED:
            row.state = State.ASSIGNED
        Assist.delete().where(Assist.suggestion == row).execute()
        for account in {one.id: one for one in assisting if one.id != lead.id}.values():
            Assist.create(suggestion=row, account=account)
        names = "、".join([lead.name, *(one.name for one in assisting if one.id != lead.id)])
        step(row, StepKind.ASSIGNED, actor, "：".join(filter(None, [names, clean(note)])), public=False)


def may_handle(account: Account, suggestion: Suggestion) -> bool:
    """Whether an account has the post for it and is not shut out by the conflict rule."""
    return (
        account.active
        and actor_of(account).can(Can.SUGGESTIONS_HANDLE, suggestion.place_id)
        and concern.may_see(account, suggestion)
    )


def assign_all(actor: Actor, chosen: Sequence[tuple[Suggestion, int]], lead: Account | None) -> int:
    """The same lead for as many as were ticked; all of them or none."""
    if not chosen:
        raise NothingChosen()
    with writing():
        for suggestion, version in chosen:
            assign(actor, suggestion, version, lead)
    return len(chosen)


def start(actor: Actor, suggestion: Suggestion, version: int, note: str = "") -> None:
    """开始办理, or on again after waiting; a note stays inside the office."""
    with handling(
        actor, suggestion, version, Act.SUGGESTION_PROGRESS, State.ASSIGNED, State.WAITING, State.REPLIED
    ) as row:
        row.state = State.IN_PROGRESS
        step(row, StepKind.STARTED, actor)
        _note(row, actor, note)


def note(actor: Actor, suggestion: Suggestion, version: int, words: str) -> None:
    """核实情况 and other notes for the handling slip."""
    with handling(actor, suggestion, version, Act.SUGGESTION_PROGRESS, *OPEN[1:], State.REPLIED) as row:
        _note(row, actor, said(words, ReasonMissing))


def _note(row: Suggestion, actor: Actor, words: str) -> None:
    if words.strip():
        step(row, StepKind.NOTED, actor, clean(words), public=False)


def wait(actor: Actor, suggestion: Suggestion, version: int, reason: str) -> None:
    """等待条件: the asker reads what it waits for; the deadline stays."""
    reason = said(reason, ReasonMissing)
    with handling(actor, suggestion, version, Act.SUGGESTION_PROGRESS, State.ASSIGNED, State.IN_PROGRESS) as row:
        row.state = State.WAITING
        step(row, StepKind.WAITING, actor, reason)


def reply(
    actor: Actor, suggestion: Suggestion, version: int, found: str, done: str = "", undone: str = "",
    next_on: date | None = None, publish: bool = False, way: Way = Way.ONLINE,
) -> Reply:  # fmt: skip
    """答复: what was found, what was done or why not; whoever asked reads it with the code, however else it is told."""
    found = said(found, FindingMissing)
    if not done.strip() and not undone.strip():
        raise NothingDone()
    if BLANK in found + done + undone:
        raise BlankLeft()
    with handling(actor, suggestion, version, Act.SUGGESTION_REPLIED, *WORKING, State.REPLIED) as row:
        if publish and not may_publish(row):
            raise NotForPublic()
        row.state, row.published, row.rating = State.REPLIED, publish, None
        row.answered_on = row.answered_on or clock.today()
        answer = Reply.create(
            suggestion=row, day=clock.today(), account=actor.account_id, found=found, done=clean(done),
            undone=clean(undone), next_on=next_on, way=way,
        )  # fmt: skip
        Suggestion.update(rating=None).where(Suggestion.duplicate_of == row).execute()
        step(row, StepKind.REPLIED, actor, answer_text(answer))
    return answer


def may_publish(row: Suggestion) -> bool:
    """Only with the asker's consent, never about a person."""
    return row.consent and row.kind not in NEVER_PUBLIC and not row.concerns.exists()


def answer_text(answer: Reply) -> str:
    """A reply as the asker reads it on the page."""
    parts = [answer.found, answer.done, answer.undone]
    if answer.next_on:
        parts.append(_("下一次答复：%(day)s", day=zh.day(answer.next_on)))
    return "\n".join(filter(None, parts))


def close(actor: Actor, suggestion: Suggestion, version: int, words: str = "") -> None:
    """办结; where the asker was not satisfied, only with what the follow-up call found (回访)."""
    with handling(actor, suggestion, version, Act.SUGGESTION_CLOSED, State.REPLIED) as row:
        if row.rating is Rating.DISSATISFIED and not words.strip():
            raise StillDissatisfied()
        row.state, row.closed_on = State.CLOSED, clock.today()
        step(row, StepKind.CLOSED, actor)
        _note(row, actor, words)


def archive(actor: Actor, suggestion: Suggestion, version: int) -> None:
    """归档: nothing is added any more."""
    with handling(actor, suggestion, version, Act.SUGGESTION_CLOSED, State.CLOSED) as row:
        row.state = State.ARCHIVED
        step(row, StepKind.ARCHIVED, actor, public=False)


def note_concern(actor: Actor, suggestion: Suggestion, version: int, account: Account | None, reason: str) -> None:
    """涉及这位同事: the words do not name them, but whoever reads knows who is meant; even the reader's own name."""
    reason = said(reason, ReasonMissing)
    if account is None:
        raise WhomToKeepFrom()
    with handling(actor, suggestion, version, Act.SUGGESTION_CONCERNS, *LEAVING) as row:
        concern.keep_from(row, {(account.id, None)})
        row.published = row.published and may_publish(row)
        step(row, StepKind.CONCERNS, actor, f"{account.name}：{reason}", public=False)


def clear_concern(actor: Actor, suggestion: Suggestion, version: int, reason: str) -> None:
    """核实涉及的人: whoever stands above found that the message is not about the person it was matched with."""
    reason = said(reason, ReasonMissing)
    with handling(actor, suggestion, version, Act.SUGGESTION_CLEARED, *LEAVING) as row:
        Concern.delete().where(Concern.suggestion == row).execute()
        step(row, StepKind.CLEARED, actor, reason, public=False)


def said(words: str, missing: type[Exception]) -> str:
    """What was typed, tidied; raises ``missing`` where it is nothing."""
    words = clean(words)
    if not words:
        raise missing()
    return words
