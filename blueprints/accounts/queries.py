"""Reads of accounts."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from peewee import ModelSelect

from core.access import Actor, Can, Role
from core.records.people import Account, RoleGrant
from core.records.places import Place


def visible_to(actor: Actor, community: Place) -> ModelSelect:
    """Accounts that ever held a role in this community."""
    here = RoleGrant.select(RoleGrant.account).where(
        RoleGrant.place.in_([community.id, community.parent_id])
        & RoleGrant.place.in_([*actor.communities(Can.ACCOUNTS_EDIT), community.parent_id])
    )
    return Account.select().where(Account.id.in_(here)).order_by(Account.login)


def roles(community: Place) -> dict[int, list[Role]]:
    """Per account the roles it holds here today, in the order they were given."""
    held: dict[int, list[Role]] = defaultdict(list)
    grants = RoleGrant.select(RoleGrant.account, RoleGrant.role).where(
        (RoleGrant.place == community) & RoleGrant.until.is_null(True)
    )
    for account, role in grants.order_by(RoleGrant.id).tuples():
        held[account].append(Role(role))
    return held


def past(account: Account, community: Place) -> Iterator[tuple[Role, date, date | None]]:
    """Every role the account holds or held here, with its days; the newest first."""
    grants = account.grants.where(RoleGrant.place == community).order_by(RoleGrant.since.desc(), RoleGrant.id.desc())
    for grant in grants:
        yield Role(grant.role), grant.since, grant.until
