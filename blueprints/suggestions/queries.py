"""Reads of suggestions; what an actor must not know of is left out before anything is counted or listed."""

from collections.abc import Iterator
from datetime import date
from functools import reduce
from operator import or_

from peewee import JOIN, Expression, ModelSelect, fn

from blueprints.suggestions import receipts, words
from blueprints.suggestions.concern import hidden_from, may_see, ranks
from blueprints.suggestions.deadlines import near_until
from blueprints.suggestions.kinds import ANSWERED, NEVER_PUBLIC, Rating, State, StepKind
from blueprints.suggestions.models import Assist, Concern, Extension, Reply, Suggestion, SuggestionPhoto, SuggestionStep
from blueprints.suggestions.refusals import CodeUnknown
from core import clock, settings
from core.access import Actor, Can
from core.due import Due
from core.history import steps
from core.records.people import Account
from core.records.places import Place
from core.search import MOST, Hit
from core.text import _, _l

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


OWN_WORDS = (StepKind.RECEIVED, StepKind.ADDED, StepKind.RATED, StepKind.WITHDRAWN)


AFTER_ANSWER = (StepKind.RATED, StepKind.WITHDRAWN)


def told_to_asker(suggestion: Suggestion) -> list[SuggestionStep]:
    """What the asker reads: the public steps; of a message handled with another also what the office did there."""
    own = list(steps(suggestion).where(SuggestionStep.public))
    if suggestion.duplicate_of_id is None:
        return own
    merged = next(step.day for step in own if step.kind is StepKind.DUPLICATE)
    told_already = (*OWN_WORDS, *(step.kind for step in own if step.kind is StepKind.REGISTERED))
    office = steps(suggestion.duplicate_of).where(SuggestionStep.public & SuggestionStep.kind.not_in(told_already))
    later = office.where((SuggestionStep.day >= merged) | (SuggestionStep.kind == StepKind.REPLIED))
    # Of one day only that is known: an answer comes before what the asker said about it.
    return sorted([*own, *later], key=lambda step: (step.day, step.kind in AFTER_ANSWER, step.suggestion_id != suggestion.id))


def matter(suggestion: Suggestion) -> Suggestion:
    """The message it is handled with: itself, unless it was merged into another."""
    return suggestion.duplicate_of or suggestion


def may_rate(suggestion: Suggestion) -> bool:
    """Whether the asker still owes a word about the answer."""
    return matter(suggestion).state in (State.REPLIED, State.CLOSED) and suggestion.rating is None and not taken_back(suggestion)


def taken_back(row: Suggestion) -> bool:
    """Whether the asker withdrew; where others asked for the same, the matter goes on without them."""
    steps = SuggestionStep.select().where(SuggestionStep.suggestion == row)
    return row.state is State.WITHDRAWN or steps.where(SuggestionStep.kind == StepKind.WITHDRAWN).exists()


def duplicates(actor: Actor, suggestion: Suggestion) -> ModelSelect:
    """What is handled with a message, as far as the actor may know of it."""
    return visible_to(actor, suggestion.place).where(Suggestion.duplicate_of == suggestion).order_by(Suggestion.number)


def waiting_extension(suggestion: Suggestion) -> Extension | None:
    """The extension asked for and not yet decided."""
    return (
        Extension.select(Extension, Account)
        .join(Account, on=(Extension.asked_by == Account.id))
        .where((Extension.suggestion == suggestion) & Extension.granted.is_null(True))
        .first()
    )


def last_reply(suggestion: Suggestion) -> Reply | None:
    """The answer that counts for everybody who asked: a later one replaces what was answered before."""
    return Reply.select().where(Reply.suggestion == matter(suggestion)).order_by(Reply.id.desc()).first()


settings.declare("suggestions.keep_years", _l("意见和走访内容保存几年"), 3, _l("办公惯例，以档案规定为准"), group="suggestions")


def kept_since(community: Place) -> date:
    """What was finished before this day is forgotten."""
    today, years = clock.today(), int(settings.value("suggestions.keep_years", community))
    try:
        return today.replace(year=today.year - years)
    except ValueError:  # 29 February
        return today.replace(year=today.year - years, day=28)


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
    if actor.can(Can.SUGGESTIONS_ASSIGN, suggestion.place_id):
        return True
    handled = matter(suggestion)
    helps = Assist.select().where((Assist.suggestion == handled) & (Assist.account == actor.account_id))
    return handled.lead_id == actor.account_id or helps.exists()


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


def public_search(community: Place, said: str) -> Iterator[Hit]:
    """Answers shown to all in which all words occur; what the asker wrote is not searched, it is not shown either."""
    query = published(community)
    for word in said.split():
        shown = (Suggestion.summary, Reply.found, Reply.done, Reply.undone)
        query = query.where(reduce(or_, [column.contains(word) for column in shown]))
    for reply in query.limit(MOST) if said.strip() else ():
        yield Hit(headline(reply.suggestion), "/suggestions/", _("意见箱"), reply.suggestion.number)
