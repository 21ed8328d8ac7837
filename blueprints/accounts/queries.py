"""Reads of accounts."""

from peewee import ModelSelect

from core.access import Actor, Can
from core.records.people import Account, RoleGrant
from core.records.places import Place


def visible_to(actor: Actor, community: Place) -> ModelSelect:
    """Accounts that ever held a role in this community."""
    here = RoleGrant.select(RoleGrant.account).where(
        RoleGrant.place.in_([community.id, community.parent_id])
        & RoleGrant.place.in_([*actor.communities(Can.ACCOUNTS_EDIT), community.parent_id])
    )
    return Account.select().where(Account.id.in_(here)).order_by(Account.login)


def roles(account: Account, community: Place) -> list[str]:
    """The roles the account holds here today."""
    grants = account.grants.where((RoleGrant.place == community) & RoleGrant.until.is_null(True))
    return [grant.role for grant in grants.order_by(RoleGrant.id)]
