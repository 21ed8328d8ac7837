"""Reads of suggestions; what an actor must not know of is left out before anything is counted or listed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_

from peewee import JOIN, SQL, Case, Expression, ModelSelect, fn

from blueprints.suggestions import receipts, words
from blueprints.suggestions.concern import about_the_office, hidden_from, may_see, ranks
from blueprints.suggestions.deadlines import near_until
from blueprints.suggestions.kinds import ANSWERED, NEVER_PUBLIC, OPEN, Rating, State
from blueprints.suggestions.models import Assist, Concern, Extension, Reply, Suggestion, SuggestionPhoto, SuggestionStep
from blueprints.suggestions.refusals import CodeUnknown
from core import clock
from core.access import Actor, Can
from core.due import Due
from core.history import steps
from core.records.people import Account
from core.records.places import Place
from core.search import MOST, Hit
from core.text import _, _n

FINISHED = (State.CLOSED, State.ARCHIVED, State.REJECTED, State.TRANSFERRED, State.DUPLICATE, State.WITHDRAWN)
Lead = Account.alias()


def visible_to(actor: Actor, community: Place) -> ModelSelect:
    """Messages the actor may see here, with stairwell and lead joined, soonest deadline first."""
    return (
        Suggestion.select(Suggestion, Place, Lead)
        .join(Place, JOIN.LEFT_OUTER, on=(Suggestion.stairwell == Place.id), attr="stairwell")
        .switch(Suggestion)
        .join(Lead, JOIN.LEFT_OUTER, on=(Suggestion.lead == Lead.id), attr="lead")
        .where(scope(actor, community))
        .order_by(Suggestion.deadline_on, Suggestion.id)
    )


def scope(actor: Actor, community: Place) -> Expression:
    """The condition that the actor may see a message here."""
    may_read = actor.can(Can.SUGGESTIONS_READ, community)
    return (Suggestion.place == (community.id if may_read else 0)) & ~hidden_from(actor, community)


def search(actor: Actor, community: Place, query: str) -> Iterator[Hit]:
    """The newest messages in which all words occur; words about members are never found."""
    for row in words.newest(visible_to(actor, community), community, query).limit(MOST):
        note = " · ".join(filter(None, [str(row.state.title), row.stairwell.name if row.stairwell else ""]))
        yield Hit(f"{row.number} {headline(row)}", f"/office/suggestions/{row.number}", _("意见箱"), note)


def due(actor: Actor, community: Place) -> Iterator[Due]:
    """What the box wants done: messages whose deadline is near or past, extensions to decide, unhappy askers."""
    if not actor.can(Can.SUGGESTIONS_HANDLE, community):
        return
    for rows, show in _to_do(visible_to(actor, community), near_until(community, clock.today())):
        for row in rows[:MOST_DUE]:
            text = _("%(number)s %(title)s", number=row.number, title=headline(row))
            verb, day = _verb(row)
            yield Due(text, f"/office/suggestions/{row.number}", verb, _("意见箱"), day, row.lead.name if row.lead else "")
        if len(rows) > MOST_DUE:
            yield Due(_("意见箱里还有更多这样的"), f"/office/suggestions?show={show}", _("查看"), _("意见箱"), rows[MOST_DUE].deadline_on)
    if actor.can(Can.SUGGESTIONS_EXTEND, community):
        yield from _extensions_due(actor, community)


MOST_DUE = 20  # of each sort on the page of what is due; the queue has them all


def _to_do(messages: ModelSelect, near: date) -> Iterator[tuple[list[Suggestion], str]]:
    """What presses, what nobody has yet, whose asker is not satisfied; one more of each than is listed."""
    deadline, nobody = Suggestion.deadline_on, Suggestion.lead.is_null()
    unhappy = (Suggestion.state == State.REPLIED) & (Suggestion.rating == Rating.DISSATISFIED)
    for condition, show in ((deadline <= near, "near"), (nobody & (deadline > near), "unassigned"), (unhappy, "unhappy")):
        yield list(messages.where(condition).limit(MOST_DUE + 1)), show


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
        yield Due(text, f"/office/suggestions/{row.number}", _("去审批"), _("意见箱"), row.due_on)


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


def photo(suggestion: Suggestion, position: int) -> SuggestionPhoto | None:
    """The first, second, third picture of a message; row numbers would tell how many others there are."""
    query = SuggestionPhoto.select().where(SuggestionPhoto.suggestion == suggestion).order_by(SuggestionPhoto.id)
    return query.offset(position - 1).first() if position else None


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
    """What the box did in a year; those withdrawn are not counted, nor are those about anybody who works here.

    The person meant knows what the queue shows: a figure one higher, whenever it rises, would be a message.
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
            & ~about_the_office(community)
        )
        .tuples()
        .first()
    )
    numbers = [int(number) for number in row]
    return Figures(*numbers[:4], ratings=tuple(numbers[4:]))


def public_search(community: Place, said: str) -> Iterator[Hit]:
    """Answers shown to all in which all words occur; what the asker wrote is not searched, it is not shown either."""
    query = published(community)
    for word in said.split():
        shown = (Suggestion.summary, Reply.found, Reply.done, Reply.undone)
        query = query.where(reduce(or_, [column.contains(word) for column in shown]))
    for reply in query.limit(MOST) if said.strip() else ():
        yield Hit(headline(reply.suggestion), "/suggestions/", _("意见箱"), reply.suggestion.number)
