"""The queue: which messages a list shows and in what order, and how many there are behind each filter."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from urllib.parse import urlencode

from peewee import SQL, Case, Expression, ModelSelect, Select, fn

from blueprints.suggestions import words
from blueprints.suggestions.concern import hidden_rows
from blueprints.suggestions.deadlines import near_until
from blueprints.suggestions.kinds import Kind, Rating, Source, State
from blueprints.suggestions.models import Assist, SavedFilter, Suggestion
from blueprints.suggestions.queries import visible_to
from core import clock
from core.access import Actor, Can
from core.db import database
from core.records.places import Place
from core.spreadsheets.cells import clean
from core.text import _, _l

MOST_COUNTED = 1000  # beyond it a count says 1000+, so that it costs the same however long the list is
SHOWS = {
    "open": _l("待办"), "late": _l("超期"), "near": _l("临期"), "lead": _l("我主办"), "assist": _l("我协办"),
    "unassigned": _l("未交办"), "replied": _l("已答复"), "unhappy": _l("不满意"), "done": _l("已办结"),
}  # fmt: skip
NOT_COUNTED = ("assist",)  # nothing orders messages by who helps, so its number would cost a look at all that are open
OPEN_SHOWS = ("open", "late", "near", "lead", "assist", "unassigned")


@dataclass(frozen=True)
class Listing:
    """What of the queue is asked for, as it stands in the address; an unknown value asks for nothing."""

    show: str = "open"
    kind: str = ""
    source: str = ""
    stairwell: str = ""
    handler: str = ""
    q: str = ""

    @classmethod
    def asked(cls, values: Mapping[str, str]) -> "Listing":
        """Out of an address or a saved filter."""
        given = {name: clean(str(values.get(name, ""))[:80]) for name in cls.__dataclass_fields__}
        return cls(**{**given, "show": given["show"] if given["show"] in SHOWS else "open"})

    @property
    def narrowed(self) -> bool:
        """Whether more than a show was chosen."""
        return self != Listing(self.show)

    def arguments(self, **changed: str) -> dict[str, str]:
        """The address's arguments, those left blank not among them."""
        return {name: value for name, value in asdict(replace(self, **changed)).items() if value}

    def query(self) -> str:
        """How a filter is kept."""
        return urlencode(self.arguments())


def shows(actor: Actor, community: Place) -> dict[str, Expression]:
    """Each filter of the queue as a condition; ``deadline_on`` stands exactly on open messages."""
    today, deadline = clock.today(), Suggestion.deadline_on
    helps = fn.EXISTS(Assist.select(Assist.id).where((Assist.suggestion == Suggestion.id) & (Assist.account == actor.account_id)))
    return {
        "open": deadline.is_null(False),
        "late": deadline < today,
        "near": deadline.between(today, near_until(community, today)),
        "lead": (Suggestion.lead == actor.account_id) & deadline.is_null(False),
        "assist": deadline.is_null(False) & helps,
        "unassigned": Suggestion.lead.is_null() & deadline.is_null(False),
        "replied": Suggestion.state == State.REPLIED,
        "unhappy": (Suggestion.state == State.REPLIED) & (Suggestion.rating == Rating.DISSATISFIED),
        "done": Suggestion.closed_on.is_null(False),
    }


def chosen(actor: Actor, community: Place, listing: Listing) -> ModelSelect:
    """The messages of a list: open ones by deadline, answered and finished ones the newest first."""
    query = visible_to(actor, community).where(shows(actor, community)[listing.show], *_narrowing(community, listing))
    if listing.show in OPEN_SHOWS:
        return query.order_by(Suggestion.deadline_on, Suggestion.id)
    newest = Suggestion.closed_on if listing.show == "done" else Suggestion.answered_on
    return query.order_by(newest.desc(), Suggestion.id.desc())


def _narrowing(community: Place, listing: Listing) -> list[Expression]:
    found = []
    if listing.kind in set(Kind):
        found.append(Suggestion.kind == listing.kind)
    if listing.source in set(Source):
        found.append(Suggestion.source == listing.source)
    if listing.stairwell:
        here = Place.select(Place.id).where((Place.community == community) & (Place.slug == listing.stairwell))
        found.append(Suggestion.stairwell.in_(here))
    if listing.handler.isdecimal() and len(listing.handler) < 10:
        found.append(Suggestion.lead == int(listing.handler))
    if said := words.found(community, listing.q):
        found.append(said)
    return found


def counts(actor: Actor, community: Place) -> dict[str, int]:
    """How many messages stand behind each filter, one more than is told at most.

    Counted off the indexes as if nothing were hidden, then what this actor must not know of is taken off: there are few
    of those, and asking every row would cost several times as much.
    """
    conditions = {name: test for name, test in shows(actor, community).items() if name not in NOT_COUNTED}
    here = Suggestion.place == (community.id if actor.can(Can.SUGGESTIONS_READ, community) else 0)
    off = _hidden(actor, community, here, list(conditions.values()))
    rows = [Suggestion.select(SQL("1")).where(here & test) for test in conditions.values()]  # off the index alone
    columns = [_counted(row, MOST_COUNTED + 1 + hidden) for row, hidden in zip(rows, off, strict=True)]
    found = next(iter(Select(columns=columns).tuples().execute(database)))
    return {name: number - hidden for name, number, hidden in zip(conditions, found, off, strict=True)}


def _hidden(actor: Actor, community: Place, here: Expression, conditions: list[Expression]) -> list[int]:
    """How many messages behind each condition the actor must not know of."""
    sums = [fn.COALESCE(fn.SUM(Case(None, [(test, 1)], 0)), 0) for test in conditions]
    query = Suggestion.select(*sums).where(here & Suggestion.id.in_(hidden_rows(actor, community)))
    return [int(number) for number in query.tuples().first()]


def count(query: ModelSelect) -> int:
    """How many messages a list holds, as far as they are told."""
    column = _counted(query.select(Suggestion.id).order_by(), MOST_COUNTED + 1)
    return next(iter(Select(columns=[column]).tuples().execute(database)))[0]


def _counted(query: ModelSelect, most: int) -> Select:
    rows = query.limit(most).alias("counted")
    return Select([rows], [fn.COUNT(SQL("*"))])


def told(number: int) -> str:
    """Exact to a thousand, then 1000+."""
    return f"{MOST_COUNTED}+" if number > MOST_COUNTED else str(number)


def saved(actor: Actor, community: Place) -> ModelSelect:
    """The filters somebody keeps for themselves."""
    mine = (SavedFilter.account == actor.account_id) & (SavedFilter.place == community)
    return SavedFilter.select().where(mine).order_by(SavedFilter.id)


def in_words(listing: Listing, community: Place, handlers: Mapping[str, str]) -> str:
    """What a list is narrowed to, for its caption and the name proposed for a filter."""
    parts = [str(SHOWS[listing.show])]
    if listing.kind in set(Kind):
        parts.append(str(Kind(listing.kind).title))
    if listing.source in set(Source):
        parts.append(str(Source(listing.source).title))
    place = Place.get_or_none((Place.community == community) & (Place.slug == listing.stairwell)) if listing.stairwell else None
    parts += [place.name] if place else []
    parts += [handlers[listing.handler]] if listing.handler in handlers else []
    parts += [_("含“%(words)s”", words=listing.q)] if listing.q else []
    return " · ".join(parts)
