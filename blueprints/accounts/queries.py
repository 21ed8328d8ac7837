"""Reads of accounts."""

from collections import defaultdict

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
