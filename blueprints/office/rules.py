"""Accounts, sign-in, settings: the office's own affairs."""

import secrets
from datetime import date

from argon2 import PasswordHasher
from argon2.exceptions import VerificationError

from blueprints.organisation.rules import found_community
from core import clock, settings
from core.access import Actor, Role
from core.audit import Act, record
from core.db import writing
from core.records.people import Account, RoleGrant
from core.records.places import Place
from core.refusal import Refused
from core.text import _l

PASSWORD_LENGTH = 12
settings.declare("office.phone", _l("公开的办公电话"), "")
settings.declare("office.hours", _l("办公时间"), "")
settings.declare("office.sample", _l("示例社区（虚构数据）"), False, group="hidden")
hasher = PasswordHasher()


class PasswordTooShort(Refused):
    sentence = _l("密码至少 %(least)s 个字。可以用一句好记的话，不要求大小写和符号。")


class LoginTaken(Refused):
    sentence = _l("账号“%(login)s”已经有人用了，请换一个。")


class LoginMissing(Refused):
    sentence = _l("请填写账号名。")


class WrongPassword(Refused):
    sentence = _l("账号或密码不对。请检查大小写；忘记密码请找管理员重设。")


class WrongSetUpCode(Refused):
    sentence = _l("安装码不对。安装码显示在启动本系统的那台电脑的窗口里。")


class TooManyAttempts(Refused):
    sentence = _l("试的次数太多了，请过一分钟再登录。")
    status = 429


class AlreadySetUp(Refused):
    sentence = _l("这个系统已经建好社区了，请直接登录。")
    status = 409


class UnknownRole(Refused):
    sentence = _l("没有“%(role)s”这个岗位，可选：%(known)s。")


class UnknownAccount(Refused):
    sentence = _l("没有叫“%(login)s”的账号。")


def set_up(community: str, login: str, password: str, actor: Actor, address: str = "") -> tuple[Place, Account]:
    """Found the first community with its first account, who is administrator and secretary (decision 12)."""
    check_password(password)
    with writing():
        if Place.select().exists() or Account.select().exists():
            raise AlreadySetUp()
        place = found_community(actor, community)
        account = add_account(actor, place, login, password, Role.ADMINISTRATOR)
        grant(actor, account, Role.SECRETARY, place)
        if address:
            change_setting(actor, place, "office.address", address.rstrip("/"))
    return place, account


def check_password(password: str) -> None:
    """At least 12 characters, no composition rules (contract)."""
    if len(password) < PASSWORD_LENGTH:
        raise PasswordTooShort(least=PASSWORD_LENGTH)


def add_account(actor: Actor, place: Place, login: str, password: str, role: Role, name: str = "") -> Account:
    """A new account with one role at one place."""
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


def change_setting(actor: Actor, place: Place, key: str, new: object) -> None:
    """A value that holds at this place from today on."""
    with writing():
        before = settings.value(key, place)
        if before == new:
            return
        settings.put(key, new, place)
        record(actor, Act.SETTING_CHANGED, None, place, key=key, before=before, after=new)
