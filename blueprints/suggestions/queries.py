"""Reads of suggestions; what an actor must not know of is left out before anything is counted or listed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from peewee import JOIN, SQL, Case, ModelSelect, fn

from blueprints.suggestions import receipts
from blueprints.suggestions.concern import about_the_office, hidden_from, may_see, ranks, unseen
from blueprints.suggestions.deadlines import near_until
from blueprints.suggestions.models import (
    ANSWERED,
    NEVER_PUBLIC,
    OPEN,
    Assist,
    Concern,
    Extension,
    Rating,
    Reply,
    State,
    Suggestion,
    SuggestionStep,
)
from blueprints.suggestions.refusals import CodeUnknown
from core import clock
from core.access import Actor, Can
from core.bigrams import matching
from core.due import Due
from core.history import steps
from core.records.people import Account
from core.records.places import Place
from core.search import MOST, Hit
from core.text import _, _n

FINISHED = (State.CLOSED, State.ARCHIVED, State.REJECTED, State.TRANSFERRED, State.DUPLICATE, State.WITHDRAWN)
current_deadline = Case(None, [(Suggestion.state == State.RECEIVED, Suggestion.ack_due_on)], Suggestion.due_on)
Lead = Account.alias()


def visible_to(actor: Actor, community: Place) -> ModelSelect:
    """Messages the actor may see here, with stairwell and lead joined, soonest deadline first."""
    return (
        Suggestion.select(Suggestion, Place, Lead)
        .join(Place, JOIN.LEFT_OUTER, on=(Suggestion.stairwell == Place.id), attr="stairwell")
        .switch(Suggestion)
        .join(Lead, JOIN.LEFT_OUTER, on=(Suggestion.lead == Lead.id), attr="lead")
        .where(
            Suggestion.place.in_(actor.communities(Can.SUGGESTIONS_READ))
            & (Suggestion.place == community)
            & Suggestion.id.not_in(hidden_from(actor, community))
        )
        .order_by(current_deadline, Suggestion.id)
    )


def filters(actor: Actor, community: Place) -> dict[str, object]:
    """The queue's filters by name, each a condition."""
    today = clock.today()
    is_open = Suggestion.state.in_(OPEN)
    mine = (Suggestion.lead == actor.account_id) | Suggestion.id.in_(
        Assist.select(Assist.suggestion).where(Assist.account == actor.account_id)
    )
    near = near_until(community, today)
    return {
        "open": is_open,
        "late": is_open & (current_deadline < today),
        "near": is_open & (current_deadline >= today) & (current_deadline <= near),
        "mine": is_open & mine,
        "unassigned": Suggestion.state.in_([State.RECEIVED, State.REGISTERED]),
        "replied": Suggestion.state == State.REPLIED,
        "done": Suggestion.state.in_(FINISHED),
    }


def counts(actor: Actor, community: Place) -> dict[str, int]:
    """How many messages each filter holds, in one query."""
    conditions = filters(actor, community)
    columns = [fn.COALESCE(fn.SUM(Case(None, [(test, 1)], 0)), 0) for test in conditions.values()]
    row = visible_to(actor, community).select(*columns).order_by().tuples().first()
    return {name: int(number) for name, number in zip(conditions, row, strict=True)}


def search(actor: Actor, community: Place, words: str) -> Iterator[Hit]:
    """Messages in which all words occur; words about members are never found."""
    found = matching(Suggestion.bigrams, words)
    if found is None:
        return
    for row in visible_to(actor, community).where(found).order_by(Suggestion.received_on.desc(), Suggestion.id).limit(MOST):
        note = " · ".join(filter(None, [str(row.state.title), row.stairwell.name if row.stairwell else ""]))
        yield Hit(f"{row.number} {headline(row)}", f"/office/suggestions/{row.id}", _("意见箱"), note)


def due(actor: Actor, community: Place) -> Iterator[Due]:
    """What the box wants done: messages whose deadline is near or past, extensions to decide, unhappy askers."""
    if not actor.can(Can.SUGGESTIONS_HANDLE, community):
        return
    near = near_until(community, clock.today())
    for row in visible_to(actor, community).where(_to_do(near)):
        text = _("%(number)s %(title)s", number=row.number, title=headline(row))
        verb, day = _verb(row)
        yield Due(text, f"/office/suggestions/{row.id}", verb, _("意见箱"), day, row.lead.name if row.lead else "")
    if actor.can(Can.SUGGESTIONS_EXTEND, community):
        yield from _extensions_due(actor, community)


def _to_do(near: date):
    fresh = Suggestion.state.in_([State.RECEIVED, State.REGISTERED])
    unhappy = (Suggestion.state == State.REPLIED) & (Suggestion.rating == Rating.DISSATISFIED)
    return fresh | (Suggestion.state.in_(OPEN) & (Suggestion.due_on <= near)) | unhappy


def _verb(row: Suggestion) -> tuple[str, date | None]:
    if row.state is State.RECEIVED:
        return _("去登记"), row.ack_due_on
    if row.state is State.REPLIED:
        return _("去回访"), None
    return (_("去交办") if row.state is State.REGISTERED else _("去答复")), row.due_on


def _extensions_due(actor: Actor, community: Place) -> Iterator[Due]:
    waiting = Extension.select(Extension.suggestion).where(
        Extension.granted.is_null(True) & (Extension.asked_by != actor.account_id)
    )
    for row in visible_to(actor, community).where(Suggestion.id.in_(waiting)):
        text = _("%(number)s 申请延期，等您审批", number=row.number)
        yield Due(text, f"/office/suggestions/{row.id}", _("去审批"), _("意见箱"), row.due_on)


def headline(row: Suggestion, most: int = 30) -> str:
    """What a list calls a message: the office's summary, before that its first words."""
    if row.summary or not row.text:
        return row.summary or _("（内容已不保存）")
    words = " ".join(row.text.split())
    return words if len(words) <= most else words[:most] + "…"


def handlers(community: Place, suggestion: Suggestion | None = None) -> list[Account]:
    """Accounts that may handle messages here; for one message, those who may see it."""
    standing = set(ranks(community))
    accounts = Account.select().where(Account.id.in_(standing) & Account.active).order_by(Account.id)
    return [account for account in accounts if suggestion is None or may_see(account, suggestion)]


def handler(community: Place, number: str) -> Account | None:
    """The account chosen from that list."""
    return next((account for account in handlers(community) if str(account.id) == number), None)


def timeline(suggestion: Suggestion, public: bool = False) -> ModelSelect:
    """Steps, oldest first, with who did them; for the asker only what is meant for them."""
    query = steps(suggestion)
    return query.where(SuggestionStep.public) if public else query


def waiting_extension(suggestion: Suggestion) -> Extension | None:
    """The extension asked for and not yet decided."""
    return (
        Extension.select(Extension, Account)
        .join(Account, on=(Extension.asked_by == Account.id))
        .where((Extension.suggestion == suggestion) & Extension.granted.is_null(True))
        .first()
    )


def last_reply(suggestion: Suggestion) -> Reply | None:
    """The answer that counts: a later one replaces what was answered before."""
    return Reply.select().where(Reply.suggestion == suggestion).order_by(Reply.id.desc()).first()


def tracked(community: Place, code: str) -> Suggestion:
    """The message behind a receipt code that was spelled rightly."""
    found = Suggestion.get_or_none((Suggestion.place == community) & (Suggestion.receipt == receipts.digest(code)))
    if found is None:
        raise CodeUnknown()
    return found


def knows_asker(actor: Actor, suggestion: Suggestion) -> bool:
    """Name and phone are for whoever handles or assigns the message."""
    if suggestion.lead_id == actor.account_id or actor.can(Can.SUGGESTIONS_ASSIGN, suggestion.place_id):
        return True
    return (
        Assist.select().where((Assist.suggestion == suggestion) & (Assist.account == actor.account_id)).exists()
    )


def published(community: Place) -> ModelSelect:
    """Answers the asker agreed to show, newest first; nothing about a person is ever among them."""
    latest = Reply.alias()
    newest = latest.select(fn.MAX(latest.id)).where(latest.suggestion == Suggestion.id)
    return (
        Reply.select(Reply, Suggestion)
        .join(Suggestion)
        .where(
            (Suggestion.place == community)
            & Suggestion.published
            & Suggestion.consent
            & Suggestion.state.in_(ANSWERED)
            & Suggestion.kind.not_in(NEVER_PUBLIC)
            & Suggestion.id.not_in(Concern.select(Concern.suggestion))
            & (Reply.id == newest)
        )
        .order_by(Reply.day.desc(), Reply.id.desc())
    )


@dataclass(frozen=True)
class Figures:
    """Honest figures of a year: counts first, a rate only from five on."""

    received: int
    answered: int
    on_time: int
    overdue: int
    ratings: tuple[int, int, int]

    @property
    def on_time_base(self) -> int:
        """What can be judged: answered, and open past their day."""
        return self.answered + self.overdue

    @property
    def on_time_share(self) -> str:
        return share(self.on_time, self.on_time_base)

    @property
    def satisfied_share(self) -> str:
        return share(self.ratings[0] + self.ratings[1], sum(self.ratings))


SMALLEST_BASE = 5


def share(part: int, base: int) -> str:
    """A rate with its numbers; with fewer than five only the numbers, which would point at single people."""
    if base < SMALLEST_BASE:
        return _n("%(part)s 件（共 %(num)s 件）", "%(part)s 件（共 %(num)s 件）", base, part=part)
    return _("%(percent)s%%（%(part)s/%(base)s）", percent=round(100 * part / base), part=part, base=base)


def figures(community: Place, year: int) -> Figures:
    """What the box did in a year; messages nobody may see and those withdrawn are not counted.

    One about the staff counts from the day it is finished: till then the person meant must not notice it.
    """
    today = clock.today()
    answered = Suggestion.answered_on.is_null(False)
    tests = [
        SQL("1 = 1"), answered, answered & (Suggestion.answered_on <= Suggestion.due_on),
        Suggestion.state.in_(OPEN) & (Suggestion.due_on < today), *(Suggestion.rating == rating for rating in Rating),
    ]  # fmt: skip
    row = (
        Suggestion.select(*(fn.COALESCE(fn.SUM(Case(None, [(test, 1)], 0)), 0) for test in tests))
        .where(
            (Suggestion.place == community)
            & Suggestion.received_on.between(date(year, 1, 1), date(year, 12, 31))
            & Suggestion.state.not_in([State.WITHDRAWN, State.DUPLICATE])
            & Suggestion.id.not_in(unseen(community))
            & (Suggestion.state.in_(FINISHED) | Suggestion.id.not_in(about_the_office(community)))
        )
        .tuples()
        .first()
    )
    numbers = [int(number) for number in row]
    return Figures(*numbers[:4], ratings=tuple(numbers[4:]))


def public_search(community: Place, words: str) -> Iterator[Hit]:
    """Answers shown to all in which all words occur; what the asker wrote is not searched, it is not shown either."""
    query = published(community)
    for word in words.split():
        shown = (Suggestion.summary, Reply.found, Reply.done, Reply.undone)
        query = query.where(reduce(or_, [column.contains(word) for column in shown]))
    for reply in query.limit(MOST) if words.strip() else ():
        yield Hit(headline(reply.suggestion), "/suggestions/", _("意见箱"), reply.suggestion.number)
