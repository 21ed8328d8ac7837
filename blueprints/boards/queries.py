"""Reads of commitments and boards; every list here is one query."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from peewee import JOIN, ModelSelect, fn

from blueprints.boards import codes, reported
from blueprints.boards.doorway import of as doorway  # noqa: F401 (the area's door for others)
from blueprints.boards.models import (
    PRINTED_STATES,
    SHOWN_STATES,
    Commitment,
    CommitmentState,
    CommitmentStep,
    Consent,
    PostingLog,
)
from blueprints.people import queries as people
from blueprints.people.models import PartyMember
from core.access import Actor, Can
from core.bigrams import matching
from core.due import Card, Due
from core.records.papers import IssuedPaper
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


def member_here(actor: Actor, community: Place, number: int) -> PartyMember | None:
    """A member of this community whose promises the actor may see."""
    return people.members(community).where(
        (PartyMember.id == number) & PartyMember.place.in_(actor.communities(Can.BOARDS_READ))
    ).first()


@dataclass(frozen=True)
class Narrow:
    """What a list of commitments is narrowed to; ids of stairwell and branch are 0 where all are meant."""

    stairwell: int = 0
    branch: int = 0
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.stairwell or self.branch or self.words)


def narrowed(query: ModelSelect, to: Narrow) -> ModelSelect:
    """Of one stairwell, one branch, with these words in the name or the promise."""
    if to.stairwell:
        query = query.where(Commitment.stairwell == to.stairwell)
    if to.branch:
        query = query.where(PartyMember.org == to.branch)
    if to.words:
        named = matching(Person.bigrams, to.words)
        found = Commitment.text.contains(to.words)
        query = query.where(found if named is None else named | found)
    return query


def in_state(query: ModelSelect, state: CommitmentState | None, year: int) -> ModelSelect:
    """Narrow a list of commitments to a year and, where asked, a state."""
    narrowed = query.where(Commitment.year == year)
    return narrowed.where(Commitment.state == state) if state else narrowed


def counts(community: Place, year: int, to: Narrow | None = None) -> Counter:
    """How many commitments of a year are in each state."""
    query = (
        Commitment.select(Commitment.state, fn.COUNT(Commitment.id))
        .join(PartyMember)
        .join(Person)
        .where((Commitment.place == community) & (Commitment.year == year))
        .group_by(Commitment.state)
    )
    return Counter(dict(narrowed(query, to or Narrow()).tuples()))


def copied(community: Place, year: int, least: int) -> set[str]:
    """Promises that ``least`` members or more made in the same words."""
    rows = (
        Commitment.select(Commitment.text)
        .where(
            (Commitment.place == community) & (Commitment.year == year)
            & (Commitment.state != CommitmentState.WITHDRAWN)
        )
        .group_by(Commitment.text)
        .having(fn.COUNT(Commitment.member.distinct()) >= least)
        .tuples()
    )  # fmt: skip
    return {row[0] for row in rows}


def promises(community: Place, year: int) -> dict[int, list[str]]:
    """Per member what is promised this year, in the order it was written down."""
    rows = (
        Commitment.select(Commitment.member, Commitment.text)
        .where(
            (Commitment.place == community) & (Commitment.year == year)
            & (Commitment.state != CommitmentState.WITHDRAWN)
        )
        .order_by(Commitment.id)
        .tuples()
    )  # fmt: skip
    found: dict[int, list[str]] = defaultdict(list)
    for member, text in rows:
        found[member].append(text)
    return found


def on_boards(
    community: Place, year: int, states: Iterable[CommitmentState] = SHOWN_STATES, stairwell: Place | None = None,
    within: Place | None = None,
) -> ModelSelect:  # fmt: skip
    """What hangs or will hang: commitments of members still here, in building order, then stroke order of names.

    Of one ``stairwell``, or of all those ``within`` a building.
    """
    query = _joined().where(
        (Commitment.place == community)
        & (Commitment.year == year)
        & Commitment.state.in_(states)
        & PartyMember.until.is_null(True)
    )
    query = query.where(Place.parent == within) if within else query
    return query.where(Commitment.stairwell == stairwell) if stairwell else query


def reported_amounts(community: Place, year: int) -> dict[int, int]:
    """Per promise how much was reported of it."""
    return {number: done.amount for number, done in reported.done(community, year).items()}


def names_shown(community: Place, stairwell: Place) -> list[str]:
    """Whom a stairwell's board names today, in its order."""
    from blueprints.boards import rules

    rows = on_boards(community, rules.current_year(community), stairwell=stairwell)
    return list(dict.fromkeys(row.member.person.name for row in rows))


def of_stairwell(actor: Actor, community: Place, stairwell: Place, year: int) -> dict[int, list[Commitment]]:
    """All of a stairwell's commitments by member, those returned and withdrawn too."""
    found: dict[int, list[Commitment]] = defaultdict(list)
    query = visible_to(actor, community).where((Commitment.stairwell == stairwell) & (Commitment.year == year))
    for commitment in query:
        found[commitment.member_id].append(commitment)
    return found


def coverage(community: Place) -> tuple[int, int]:
    """Members on file and stairwells that have at least one."""
    counted = PartyMember.select(fn.COUNT(PartyMember.id.distinct()), fn.COUNT(PartyMember.stairwell.distinct()))
    return counted.where((PartyMember.place == community) & PartyMember.until.is_null(True)).tuples().first()


def published_stairwells(community: Place) -> set[int]:
    """Ids of the stairwells where at least one commitment is on show."""
    rows = (
        Commitment.select(Commitment.stairwell)
        .where((Commitment.place == community) & Commitment.state.in_(SHOWN_STATES))
        .distinct()
        .tuples()
    )
    return {row[0] for row in rows}


def members_of_stairwells(community: Place) -> Counter:
    """How many members each stairwell has today."""
    rows = (
        PartyMember.select(PartyMember.stairwell, fn.COUNT(PartyMember.id))
        .where((PartyMember.place == community) & PartyMember.until.is_null(True))
        .group_by(PartyMember.stairwell)
        .tuples()
    )
    return Counter(dict(rows))


def waiting(community: Place, year: int) -> Counter:
    """Per stairwell: how many commitments are not yet published."""
    states = [state for state in PRINTED_STATES if state not in SHOWN_STATES]
    rows = (
        Commitment.select(Commitment.stairwell, fn.COUNT(Commitment.id))
        .join(PartyMember)
        .where(
            (Commitment.place == community) & (Commitment.year == year) & Commitment.state.in_(states)
            & PartyMember.until.is_null(True)
        )
        .group_by(Commitment.stairwell)
        .tuples()
    )  # fmt: skip
    return Counter(dict(rows))


def steps(commitment: Commitment) -> ModelSelect:
    """The life of one commitment, oldest first, with who did each step."""
    return (
        CommitmentStep.select(CommitmentStep, Account)
        .join(Account, JOIN.LEFT_OUTER)
        .where(CommitmentStep.commitment == commitment)
        .order_by(CommitmentStep.at, CommitmentStep.id)
    )


def consents(community: Place) -> dict[int, Consent]:
    """Per member: what may be shown today beside name and commitments, and how they said so."""
    rows = (
        Consent.select(Consent)
        .join(PartyMember)
        .where((PartyMember.place == community) & Consent.until.is_null(True))
        .order_by(Consent.id)
    )
    return {consent.member_id: consent for consent in rows}


def consent_history(member: PartyMember) -> ModelSelect:
    """Everything a member ever agreed to, the newest first."""
    return member.consents.order_by(Consent.id.desc())


def agreed(community: Place) -> dict[int, set[str]]:
    """Per member: the fields that may be shown today beside name and commitments."""
    return {member: set(consent.fields) for member, consent in consents(community).items()}


def postings(stairwell: Place) -> ModelSelect:
    """What was hung in a stairwell, newest first."""
    rows = PostingLog.select(PostingLog, IssuedPaper).join(IssuedPaper).where(PostingLog.stairwell == stairwell)
    return rows.order_by(PostingLog.id.desc())


def hanging(community: Place) -> dict[int, PostingLog]:
    """Per stairwell: what hangs there now, with its issue."""
    newest = PostingLog.select(fn.MAX(PostingLog.id)).where(PostingLog.place == community).group_by(PostingLog.stairwell)
    rows = PostingLog.select(PostingLog, IssuedPaper).join(IssuedPaper).where(PostingLog.id.in_(newest))
    return {posting.stairwell_id: posting for posting in rows}


def due(actor: Actor, community: Place) -> Iterator[Due]:
    """What the boards want done: reviews, publishing, sheets to hang or to replace."""
    if not actor.can(Can.BOARDS_READ, community):
        return
    from blueprints.boards import hanging, quarters, rules

    if actor.can(Can.BOARDS_REVIEW, community):
        waiting = counts(community, rules.current_year(community))
        for state, verb, text in (
            (CommitmentState.PROPOSED, _("去审核"), _("%(n)s 条承诺等支部审核")),
            (CommitmentState.APPROVED, _("去公示"), _("%(n)s 条承诺已审核，等公示上墙")),
        ):
            if waiting[state]:
                yield Due(text % {"n": waiting[state]}, f"/office/boards/commitments?state={state}", verb, _("党员承诺"))
    yield from quarters.due(actor, community)
    if actor.can(Can.BOARDS_PRINT, community):
        yield from hanging.due(community)


def search(actor: Actor, community: Place, words: str) -> Iterator[Hit]:
    """Commitments whose words or stairwell match; the code of a form on paper leads to where it is typed in."""
    code = codes.read(words)
    member = member_here(actor, community, code.member) if code and actor.can(Can.BOARDS_EDIT, community) else None
    if member is not None:
        yield Hit(member.person.name, f"/office/boards/forms/{code}", str(_("录入纸质表")), str(code))
    found = Commitment.text.contains(words) | (Place.name == words)
    for row in visible_to(actor, community).where(found).limit(MOST):
        yield Hit(row.text, f"/office/boards/commitments/{row.id}", str(_("党员承诺")), f"{row.stairwell.name} {row.member.person.name}")


def card(actor: Actor, community: Place) -> Card | None:
    """How the boards stand, for 今日要办."""
    from blueprints.boards import hanging

    return hanging.card(community) if actor.can(Can.BOARDS_READ, community) else None
