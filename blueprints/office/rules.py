"""Setting up, and the settings of a community."""

import re

from blueprints.accounts.rules import add_account, check_password, grant
from blueprints.disclosures import rules as disclosures
from blueprints.office import code
from blueprints.organisation.rules import found_community
from core import settings
from core.access import Actor, Role
from core.audit import Act, record
from core.db import database, writing
from core.example import SETTING
from core.links import typed_address
from core.records.people import Account
from core.records.places import Place, PlaceKind
from core.refusal import Refused
from core.text import _l

settings.declare("office.phone", _l("公开的办公电话"), "")
settings.declare("office.hours", _l("办公时间"), "")
settings.declare("office.location", _l("办公地点（公示、答复上写的来访地址）"), "")
settings.declare(SETTING, _l("示例社区（虚构数据）"), False, group="hidden")


class WrongSetUpCode(Refused):
    sentence = _l("安装码不对。安装码显示在启动本系统的那台电脑的窗口里，也写在数据文件夹的 setup_code 文件里。")


class AlreadySetUp(Refused):
    sentence = _l("这个系统已经建好社区了，请直接登录。")
    status = 409


def is_empty() -> bool:
    """Whether nothing was set up here yet."""
    return not (Place.select().exists() or Account.select().exists())


def set_up(
    community: str, login: str, password: str, actor: Actor, address: str = "", name: str = ""
) -> tuple[Place, Account]:  # fmt: skip
    """Found the first community with its first account, who is administrator and secretary (decision 12)."""
    check_password(password)
    with writing():
        if not is_empty():
            raise AlreadySetUp()
        place = found_community(actor, community)
        disclosures.usual(actor, place)
        account = add_account(actor, place, login, password, Role.ADMINISTRATOR, Role.SECRETARY, name=name)
        if address:
            change_setting(actor, place, "office.address", typed_address(address))
        database.after_commit(code.forget)
    return place, account


def found_another(actor: Actor, community: str, login: str, password: str, name: str = "") -> tuple[Place, Account]:
    """One more community beside those there are, with its own administrator and secretary; it sees nothing of the others.

    An account there is already keeps its password and gets the two roles there.
    """
    with writing():
        first = Place.select().where(Place.kind == PlaceKind.COMMUNITY).order_by(Place.id).get()
        place = found_community(actor, community)
        disclosures.usual(actor, place)
        roles = (Role.ADMINISTRATOR, Role.SECRETARY)
        account = Account.get_or_none(Account.login == login.strip())
        if account is None:
            account = add_account(actor, place, login, password, *roles, name=name)
        else:
            for role in roles:
                grant(actor, account, role, place)
        if address := settings.value("office.address", first):
            change_setting(actor, place, "office.address", address)
    return place, account


class NotANumber(Refused):
    sentence = _l("“%(title)s”要填整数，最多四位，例如 %(example)s。")


class NotAChoice(Refused):
    sentence = _l("“%(title)s”只能从列出的几项里选。")


def setting_from_text(key: str, text: str) -> object:
    """What was typed for a setting, in the type its default has."""
    declared = settings.DECLARED[key]
    if declared.kind is bool:
        return text == "1"
    if declared.kind is int:
        if not re.fullmatch(r"-?[0-9]{1,4}", text.strip()):
            raise NotANumber(title=declared.title, example=declared.default)
        return int(text)
    if declared.choices and text not in dict(declared.choices):
        raise NotAChoice(title=declared.title)
    return declared.read(text)


def change_settings(actor: Actor, place: Place, typed: dict[str, str]) -> None:
    """A whole page of settings, all of it or nothing."""
    with writing():
        for key, text in typed.items():
            change_setting(actor, place, key, setting_from_text(key, text))


def change_setting(actor: Actor, place: Place, key: str, new: object) -> None:
    """A value that holds at this place from today on."""
    with writing():
        before = settings.value(key, place)
        if before == new:
            return
        settings.put(key, new, place)
        record(actor, Act.SETTING_CHANGED, None, place, key=key, before=before, after=new)
