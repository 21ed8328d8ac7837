"""Accounts: who may sign in, with which roles; passwords."""

import secrets
from datetime import date

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from core import clock
from core.access import Actor, Can, Role, communities_below
from core.audit import Act, record
from core.db import writing
from core.limits import hashing
from core.records.people import Account, RoleGrant
from core.records.places import Place
from core.refusal import Refused
from core.text import _l

PASSWORD_LENGTH = 12
hasher = PasswordHasher()


class PasswordTooShort(Refused):
    sentence = _l("密码至少 %(least)s 个字。可以用一句好记的话，不要求大小写和符号。")


class LoginTaken(Refused):
    sentence = _l("账号“%(login)s”已经有人用了，请换一个。")


class LoginMissing(Refused):
    sentence = _l("请填写账号名。")


class WrongPassword(Refused):
    sentence = _l("账号或密码不对。请检查大小写；忘记密码请找管理员重设。")


class TooManyAttempts(Refused):
    sentence = _l("试的次数太多了，请过一分钟再登录。")
    status = 429


class UnknownRole(Refused):
    sentence = _l("没有“%(role)s”这个岗位，可选：%(known)s。")


class UnknownAccount(Refused):
    sentence = _l("没有叫“%(login)s”的账号。")


class StillNeeded(Refused):
    sentence = _l("这是最后一个管理员账号，不能停用。请先给别人加上管理员岗位。")


def check_password(password: str) -> None:
    """At least 12 characters, no composition rules (contract)."""
    if len(password) < PASSWORD_LENGTH:
        raise PasswordTooShort(least=PASSWORD_LENGTH)


def add_account(actor: Actor, place: Place, login: str, password: str, *roles: Role, name: str = "") -> Account:
    """A new account with its roles at one place."""
    login = login.strip()
    if not login:
        raise LoginMissing()
    check_password(password)
    with writing():
        if Account.select().where(Account.login == login).exists():
            raise LoginTaken(login=login)
        account = Account.create(
            login=login, name=name or login, password=hasher.hash(password), seal=secrets.token_hex(8),
            created_at=clock.now(),
        )  # fmt: skip
        record(actor, Act.ACCOUNT_ADDED, account, place, login=login)
        for role in roles:
            grant(actor, account, role, place)
    return account


def grant(actor: Actor, account: Account, role: Role, place: Place, since: date | None = None) -> RoleGrant:
    """Give an account a role at a place from a day on."""
    with writing():
        given = RoleGrant.create(account=account, role=role, place=place, since=since or clock.today())
        record(actor, Act.ACCOUNT_CHANGED, account, place, role=role)
    return given


def sign_in(login: str, password: str) -> Account:
    """The account behind these words; the same sentence and the same time whether name or password is wrong."""
    account = Account.get_or_none((Account.login == login.strip()) & Account.active)
    try:
        with hashing.turn():
            hasher.verify(account.password if account else _nobody(), password)
    except VerificationError:
        raise WrongPassword() from None
    if account is None:
        raise WrongPassword()
    return account


def signed_in(actor: Actor, account: Account) -> None:
    """Leave a trace of the sign-in."""
    with writing():
        account.signed_in_at = clock.now()
        account.save()
        record(actor, Act.SIGNED_IN, account)


_nobody_hash = ""


def _nobody() -> str:
    global _nobody_hash
    _nobody_hash = _nobody_hash or hasher.hash(secrets.token_hex(16))
    return _nobody_hash


def reset_password(actor: Actor, login: str, password: str) -> Account:
    """A new password, which ends every session of the account."""
    check_password(password)
    account = Account.get_or_none(Account.login == login)
    if account is None:
        raise UnknownAccount(login=login)
    with writing():
        account.password, account.seal = hasher.hash(password), secrets.token_hex(8)
        account.save()
        record(actor, Act.ACCOUNT_CHANGED, account, None, password="reset")
    return account


class NotOnlyHere(Refused):
    sentence = _l("%(name)s在别的社区也有岗位，不能在这里停用或恢复。请只改本社区的岗位，并与那边的管理员联系。")
    status = 403


def change_password(actor: Actor, account: Account, old: str, new: str) -> Account:
    """One's own new password; every other session of the account ends."""
    sign_in(account.login, old)
    return reset_password(actor, account.login, new)


def set_active(actor: Actor, place: Place, account: Account, active: bool) -> None:
    """Let an account sign in or not; the last administrator can't be shut out."""
    with writing():
        if not _holds_only_below(actor, account):
            raise NotOnlyHere(name=account.name)
        if not active and _last_administrator(place, account):
            raise StillNeeded()
        account.active, account.seal = active, secrets.token_hex(8)
        account.save()
        record(actor, Act.ACCOUNT_CHANGED, account, place, active=active)


def _holds_only_below(actor: Actor, account: Account) -> bool:
    """An account is one for the whole instance: who shuts it must look after every community it works in."""
    places = account.grants.select(RoleGrant.place).where(RoleGrant.until.is_null(True)).tuples()
    return all(actor.can(Can.ACCOUNTS_EDIT, one) for (place,) in places for one in communities_below(place))


def _last_administrator(place: Place, account: Account) -> bool:
    others = (
        RoleGrant.select()
        .join(Account)
        .where(
            (RoleGrant.role == Role.ADMINISTRATOR) & RoleGrant.until.is_null(True) & (RoleGrant.place == place)
            & (Account.id != account.id) & Account.active
        )
    )
    return not others.exists()


def change_roles(actor: Actor, place: Place, account: Account, roles: set[Role]) -> None:
    """The roles an account holds here from today; what it no longer holds ends today."""
    with writing():
        if Role.ADMINISTRATOR not in roles and _last_administrator(place, account):
            raise StillNeeded()
        held = {}
        for given in account.grants.where((RoleGrant.place == place) & RoleGrant.until.is_null(True)):
            held[Role(given.role)] = given
        for role in held.keys() - roles:
            held[role].until = clock.today()
            held[role].save()
        for role in roles - held.keys():
            _give_again(account, role, place)
        record(actor, Act.ACCOUNT_CHANGED, account, place, roles=sorted(roles))


def _give_again(account: Account, role: Role, place: Place) -> None:
    """A role taken and given back on one day is the same grant."""
    RoleGrant.insert(account=account, role=role, place=place, since=clock.today(), until=None).on_conflict(
        conflict_target=[RoleGrant.account, RoleGrant.role, RoleGrant.place, RoleGrant.since], update={RoleGrant.until: None}
    ).execute()
