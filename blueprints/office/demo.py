"""The example community 梅苑社区: every area tells its part of one story, day by day, through its own rules.

A part is ``blueprints/<area>/demo.py`` with ``load(staff, place, today)``, a generator: it yields the day on which it
goes on, so that the parts are played in the order of their days and the audit trail reads as it would have grown.
What it returns is shown once to whoever loads the example.
"""

import heapq
import secrets
from collections.abc import Iterator
from datetime import date
from importlib import import_module

from blueprints.accounts.rules import add_account
from blueprints.office.rules import change_setting, is_empty, set_up
from core import clock
from core.access import Actor, Role, actor_of
from core.db import writing
from core.example import SETTING
from core.records.people import Account
from core.records.places import Place
from core.refusal import Refused
from core.text import _l
from core.workdays import add_workdays

COMMUNITY = "梅苑社区"
AREAS = (
    "people", "organisation", "boards", "notices", "disclosures", "suggestions", "bodies", "cobuilding", "sharing", "plans", "meetings",
    "workaccess", "ballots", "elections", "inservice", "evaluation",
)  # fmt: skip
WORKDAYS_AGO = 40  # when the story begins
SECRETARY = "书记"
STAFF = {
    "副书记": ("周秀英", Role.SECRETARY),
    "干事": ("陆静怡", Role.STAFF),
    "党员": ("文秀英", Role.MEMBER),
    "上级": ("钱建国", Role.READER),
    "监票人": ("邵凤仙", Role.SCRUTINEER),
}


class NotEmpty(Refused):
    """Made-up people among real ones could not be told apart any more."""

    sentence = _l(
        "示例社区只能装入空的系统，这里已经有社区了。要看示例，请另设一个数据文件夹："
        "LINLI_INSTANCE=文件夹 ./linli demo"
    )
    status = 409


def load(actor: Actor) -> tuple[Place, dict[str, str]]:
    """All of it in one transaction, into an empty system only; answers what is shown once, passwords by login first."""
    today = clock.today()
    began, _estimated = add_workdays(today, -WORKDAYS_AGO)
    passwords = {login: _password() for login in (SECRETARY, *STAFF)}
    with writing():
        if not is_empty():
            raise NotEmpty()
        with clock.on(began):
            place = _found(actor, passwords, today.year)
        told = _play({login: actor_of(account(login)) for login in passwords}, place, began, today)
    return place, passwords | told


def account(login: str) -> Account:
    """The account of somebody in the story."""
    return Account.get(Account.login == login)


def _password() -> str:
    return "-".join(secrets.token_hex(2) for _group in range(4))


def _found(actor: Actor, passwords: dict[str, str], year: int) -> Place:
    place, _secretary = set_up(COMMUNITY, SECRETARY, passwords[SECRETARY], actor, name="沈国庆")
    for login, (name, role) in STAFF.items():
        add_account(actor, place, login, passwords[login], role, name=name)
    for key, value in {
        SETTING: True,
        "boards.year": year,  # the boards stay as they are when the year turns
        "office.phone": "15400000001",
        "office.hours": "周一至周五 8:30—11:30，13:30—17:30",
        "office.location": "梅苑路18号党群服务中心一楼",
    }.items():
        change_setting(actor, place, key, value)
    return place


def _play(staff: dict[str, Actor], place: Place, began: date, today: date) -> dict[str, str]:
    told: dict[str, str] = {}
    parts = [import_module(f"blueprints.{area}.demo").load(staff, place, today) for area in AREAS]
    waiting: list[tuple[date, int, Iterator[date]]] = [(began, turn, part) for turn, part in enumerate(parts)]
    while waiting:
        day, turn, part = heapq.heappop(waiting)
        try:
            with clock.on(day):
                heapq.heappush(waiting, (next(part), turn, part))
        except StopIteration as end:
            told |= end.value or {}
    return told
