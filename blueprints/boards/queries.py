"""Reads of commitments and boards; every list here is one query."""

from collections import Counter
from collections.abc import Iterator

from peewee import JOIN, ModelSelect, fn

from blueprints.boards.models import SHOWN_STATES, Commitment, CommitmentState, CommitmentStep, Consent
from blueprints.organisation.queries import stairwells
from blueprints.people.models import PartyMember
from core.access import Actor, Can
from core.due import Due
from core.records.people import Account, Person
from core.records.places import PartyOrg, Place
from core.search import MOST, Hit
from core.text import _


def visible_to(actor: Actor, community: Place) -> ModelSelect:
    """Commitments the actor may see in this community, with member, person, branch and stairwell joined."""
    return _joined().where(
        Commitment.place.in_(actor.communities(Can.BOARDS_READ)) & (Commitment.place == community)
    )


def _joined() -> ModelSelect:
    return (
        Commitment.select(Commitment, PartyMember, Person, PartyOrg, Place)
        .join(PartyMember)
        .join(Person)
        .switch(PartyMember)
        .join(PartyOrg, JOIN.LEFT_OUTER)
        .switch(Commitment)
        .join(Place, on=(Commitment.stairwell == Place.id))
        .order_by(Place.position, Person.sort_key, Commitment.id)
    )


def in_state(query: ModelSelect, state: CommitmentState | None, year: int) -> ModelSelect:
    """Narrow a list of commitments to a year and, where asked, a state."""
    narrowed = query.where(Commitment.year == year)
    return narrowed.where(Commitment.state == state) if state else narrowed


def counts(community: Place, year: int) -> Counter:
    """How many commitments of a year are in each state."""
    rows = (
        Commitment.select(Commitment.state, fn.COUNT(Commitment.id))
        .where((Commitment.place == community) & (Commitment.year == year))
        .group_by(Commitment.state)
        .tuples()
    )
    return Counter(dict(rows))


def shown_on_board(stairwell: Place, year: int) -> ModelSelect:
    """What hangs in a stairwell: published commitments of members still there, in stroke order of names."""
    return _joined().where(
        (Commitment.stairwell == stairwell)
        & (Commitment.year == year)
        & Commitment.state.in_(SHOWN_STATES)
        & PartyMember.until.is_null(True)
    )


def for_posters(community: Place, year: int, states: tuple[CommitmentState, ...] = SHOWN_STATES) -> ModelSelect:
    """The same for all stairwells at once, in building order."""
    return _joined().where(
        (Commitment.place == community)
        & (Commitment.year == year)
        & Commitment.state.in_(states)
        & PartyMember.until.is_null(True)
    )


def coverage(community: Place) -> tuple[int, int]:
    """Members on file and stairwells that have at least one."""
    return (
        PartyMember.select(
            fn.COUNT(PartyMember.id.distinct()), fn.COUNT(PartyMember.stairwell.distinct())
        )
        .where((PartyMember.place == community) & PartyMember.until.is_null(True))
        .tuples()
        .first()
    )


def published_stairwells(community: Place) -> set[int]:
    """Ids of the stairwells where at least one commitment is on show."""
    rows = (
        Commitment.select(Commitment.stairwell)
        .where((Commitment.place == community) & Commitment.state.in_(SHOWN_STATES))
        .distinct()
        .tuples()
    )
    return {row[0] for row in rows}


def board_states(community: Place, year: int) -> dict[int, Counter]:
    """Per stairwell: how many commitments are in which state (the coverage grid)."""
    rows = (
        Commitment.select(Commitment.stairwell, Commitment.state, fn.COUNT(Commitment.id))
        .where((Commitment.place == community) & (Commitment.year == year))
        .group_by(Commitment.stairwell, Commitment.state)
        .tuples()
    )
    grid: dict[int, Counter] = {place.id: Counter() for place in stairwells(community)}
    for stairwell, state, number in rows:
        grid.setdefault(stairwell, Counter())[state] = number
    return grid


def steps(commitment: Commitment) -> ModelSelect:
    """The life of one commitment, oldest first, with who did each step."""
    return (
        CommitmentStep.select(CommitmentStep, Account)
        .join(Account, JOIN.LEFT_OUTER)
        .where(CommitmentStep.commitment == commitment)
        .order_by(CommitmentStep.at, CommitmentStep.id)
    )


def consents(community: Place) -> dict[int, set[str]]:
    """Per member: the fields that may be shown today beside name and commitments."""
    rows = (
        Consent.select(Consent.member, Consent.fields)
        .join(PartyMember)
        .where((PartyMember.place == community) & Consent.until.is_null(True))
        .tuples()
    )
    return {member: set(fields) for member, fields in rows}


def due(actor: Actor, community: Place) -> Iterator[Due]:
    """What the boards want done: reviews, publishing."""
    if not actor.can(Can.BOARDS_REVIEW, community):
        return
    from blueprints.boards.rules import current_year

    waiting = counts(community, current_year(community))
    for state, verb, text in (
        (CommitmentState.PROPOSED, _("去审核"), _("%(n)s 条承诺等支部审核")),
        (CommitmentState.APPROVED, _("去公示"), _("%(n)s 条承诺已审核，等公示上墙")),
    ):
        if waiting[state]:
            yield Due(text % {"n": waiting[state]}, f"/office/boards/commitments?state={state}", verb, _("党员承诺"))


def search(actor: Actor, community: Place, words: str) -> Iterator[Hit]:
    """Commitments whose words or stairwell match."""
    found = Commitment.text.contains(words) | (Place.name == words)
    for row in visible_to(actor, community).where(found).limit(MOST):
        yield Hit(row.text, f"/office/boards/commitments/{row.id}", str(_("党员承诺")), f"{row.stairwell.name} {row.member.person.name}")
