"""Whom a message is about: neither that person nor anybody below ever sees it, lists and counts included."""

import re

from peewee import SQL, Expression, ModelSelect, fn

from blueprints.suggestions.kinds import WORKING, State
from blueprints.suggestions.models import Concern, Suggestion
from core import clock
from core.access import DAY, Actor, Role
from core.records.people import Account, Person, RoleGrant
from core.records.places import Place
from core.stairwells import fold

# How high a post stands in its community; a post in the sub-district above stands one higher.
RANKS = {Role.STAFF: 1, Role.SECRETARY: 2}
TITLES = {
    Role.SECRETARY: ("书记", "主任", "负责人", "领导"),
    Role.STAFF: ("工作人员", "社工", "干事", "网格员", "办事员"),
}
NOBODY = {"", "无", "没有", "不知道", "不清楚", "不涉及", "否", "无人"}
TOP = 99
Whom = set[tuple[int | None, int | None]]


def _grants(community: Place) -> list[tuple[int, str, int]]:
    """Account, role and place of every post held today in the community or above it."""
    today = clock.today()
    rows = RoleGrant.select(RoleGrant.account, RoleGrant.role, RoleGrant.place).where(
        RoleGrant.place.in_([community.id, community.parent_id])
        & (RoleGrant.since <= today)
        & (fn.COALESCE(RoleGrant.until, today + DAY) > today)
    )
    return list(rows.tuples())


def ranks(community: Place) -> dict[int, int]:
    """How high each account stands here today."""
    found: dict[int, int] = {}
    for account, role, place in _grants(community):
        if role in RANKS:
            found[account] = max(found.get(account, 0), RANKS[Role(role)] + (place != community.id))
    return found


def whom(community: Place, text: str, named: str) -> Whom:
    """Accounts and persons a message is about: those named in it, those meant by their post.

    Somebody named whom nobody here knows may be anyone of the staff.
    """
    named = "" if _plain(named) in NOBODY else _plain(named)
    grants = _grants(community)
    found = _named_accounts(grants, _plain(text) + " " + named) | _meant_by_post(community, grants, named)
    found |= {(None, person) for person in _named_persons(community, named)}
    if named and not found:
        found = {(account, None) for account, rank in ranks(community).items() if rank == RANKS[Role.STAFF]}
    return found


def keep_from(row: Suggestion, found: Whom) -> None:
    """Whoever later words are about loses sight of the message, and with it the work on it; the caller saves the row."""
    known = {(one.account_id, one.person_id) for one in row.concerns}
    for account, person in found - known:
        Concern.create(suggestion=row, account=account, person=person)
    if not found - known:
        return
    for helper in row.assists:
        if not may_see(helper.account, row):
            helper.delete_instance()
    if row.lead is not None and not may_see(row.lead, row):
        row.lead = None
        row.state = State.REGISTERED if row.state in WORKING else row.state


def _plain(text: str) -> str:
    return re.sub(r"\s", "", fold(text))


def _named_accounts(grants: list[tuple[int, str, int]], words: str) -> Whom:
    accounts = Account.select(Account, Person).left_outer_join(Person).where(
        Account.id.in_({account for account, _role, _place in grants})
    )
    return {
        (account.id, None)
        for account in accounts
        if any(_is_name(name) and _plain(name) in words for name in (account.name, account.person and account.person.name))
    }


def _is_name(name: str | None) -> bool:
    """An account called 书记 or 干事 is named by its post, and that only where the asker says whom it is about."""
    posts = {word for words in TITLES.values() for word in words} | {str(role.title) for role in Role}
    return len(_plain(name or "")) > 1 and name not in posts


def _meant_by_post(community: Place, grants: list[tuple[int, str, int]], named: str) -> Whom:
    above = "街道" in named or "上级" in named
    return {
        (account, None)
        for account, role, place in grants
        if any(word in named for word in TITLES.get(role, ())) and (place != community.id) == above
    }


def _named_persons(community: Place, named: str) -> list[int]:
    pieces = {named[at : at + length] for length in (2, 3, 4) for at in range(len(named) - length + 1)}
    rows = Person.select(Person.id).where((Person.place == community) & Person.name.in_(pieces | {named}))
    return [number for (number,) in rows.tuples()] if named else []


def _meant(rank: int, standing: dict[int, int], *own: int | None) -> Expression:
    """The condition that a concern is about anybody who stands at ``rank`` or above, or about ``own`` accounts."""
    accounts = {account for account, height in standing.items() if height >= rank} | {one for one in own if one}
    behind = Account.select(Account.person).where(Account.id.in_(accounts) & Account.person.is_null(False)).tuples()
    return Concern.account.in_(accounts) | Concern.person.in_({person for (person,) in behind})


def _about(meant: Expression) -> Expression:
    """The condition that a message is about them; asked of each row by itself, so fifty rows cost fifty looks."""
    return fn.EXISTS(Concern.select(SQL("1")).where((Concern.suggestion == Suggestion.id) & meant))


def _out_of(actor: Actor, community: Place) -> Expression:
    standing = ranks(community)
    own = TOP if actor.everywhere else standing.get(actor.account_id, 0)
    return _meant(own, standing, actor.account_id)


def hidden_from(actor: Actor, community: Place) -> Expression:
    """The condition that this actor must not know of a message."""
    return _about(_out_of(actor, community))


def hidden_rows(actor: Actor, community: Place) -> ModelSelect:
    """The same messages as a list of their keys, for counting what has to be taken off."""
    return Concern.select(Concern.suggestion).where(_out_of(actor, community))


def unseen(community: Place) -> Expression:
    """Messages nobody here may see, because they are about whoever stands highest."""
    standing = ranks(community)
    active = Account.select(Account.id).where(Account.id.in_(set(standing)) & Account.active).tuples()
    top = max((standing[account] for (account,) in active), default=TOP)
    return _about(_meant(top, standing))


def about_the_office(community: Place) -> Expression:
    """Messages somebody of the staff must not know of; a figure everybody reads would tell by one more than the queue."""
    return _about(_meant(min(RANKS.values()), ranks(community)))


def _holds(suggestion: Suggestion, condition: Expression) -> bool:
    return Suggestion.select().where((Suggestion.id == suggestion.id) & condition).exists()


def waits_unseen(suggestion: Suggestion) -> bool:
    """Whether nobody in this system stands above the person a message is about."""
    return _holds(suggestion, unseen(suggestion.place))


def may_see(account: Account, suggestion: Suggestion) -> bool:
    """Whether a message may be given to this account."""
    actor = Actor(account.name, account.id, account.person_id)
    return not _holds(suggestion, hidden_from(actor, suggestion.place))
