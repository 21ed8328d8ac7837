"""今日要办: what all areas want done, sorted by how much it presses."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib import import_module

from blueprints.office import keeping
from blueprints.people import queries as people
from core import clock
from core.access import Actor, Can
from core.due import Card, Due
from core.links import base_address, is_loopback
from core.records.people import Account
from core.records.places import Place
from core.registers import ledger
from core.text import _
from core.workdays import office_calendar

# Areas with something due; each has queries.due(actor, community) -> Iterable[Due].
DUE_AREAS = (
    "notices", "boards", "suggestions", "visits", "meetings", "ballots", "plans", "bodies", "workaccess", "inservice", "elections",
    "disclosures", "evaluation",
)  # fmt: skip
# Areas that show how they stand; each has queries.card(actor, community) -> Card | None.
CARD_AREAS = ("boards", "ballots")
WEEK = timedelta(days=7)


@dataclass
class Today:
    """What is to be done: ``due`` today or overdue, ``waiting`` for somebody, on ``paper``, ``coming`` within a week, ``later``."""

    first: list[Due] = field(default_factory=list)
    due: list[Due] = field(default_factory=list)
    waiting: list[Due] = field(default_factory=list)
    paper: list[Due] = field(default_factory=list)
    coming: list[Due] = field(default_factory=list)
    later: list[Due] = field(default_factory=list)
    own: int = 0  # how many stand in the actor's own name

    @property
    def pressing(self) -> list[Due]:
        """What cannot wait until tomorrow, paper too."""
        return [*self.first, *self.due]

    @property
    def next(self) -> Due | None:
        """What comes first after today."""
        return next(iter([*self.coming, *self.later]), None)

    @property
    def count(self) -> int:
        return sum(map(len, (self.first, self.due, self.waiting, self.paper, self.coming, self.later)))


def today(actor: Actor, community: Place, day: date, mine: bool = False) -> Today:
    """Everything the actor has to do, or only what is in the actor's own name; overdue first."""
    found = Today(first=[] if mine else list(_first_steps(actor, community)))
    for row in sorted(rows_of(actor, community), key=lambda row: row.day or date.max):
        own = row.who == actor.name
        found.own += own
        if own or not mine:
            _place(found, row, day).append(row)
    return found


def _place(found: Today, row: Due, day: date) -> list[Due]:
    """Where a thing to do is listed; what presses stands with what presses, on paper or not."""
    if row.day is not None and row.day <= day:
        return found.due
    if row.paper:
        return found.paper
    if row.day is None:
        return found.waiting
    return found.coming if row.day <= day + WEEK else found.later


def rows_of(actor: Actor, community: Place) -> Iterator[Due]:
    """What the areas and the registers want done, in no order."""
    for area in DUE_AREAS:
        yield from import_module(f"blueprints.{area}.queries").due(actor, community)
    for register in import_module("registers").ALL:
        yield from ledger.due(register, actor, community)
    yield from _kept_too_long(actor, community)
    yield from _next_year(actor, community, clock.today())


NOTICE_MONTH = 11  # the State Council announces the next year's holidays in November


def _next_year(actor: Actor, community: Place, today: date) -> Iterator[Due]:
    """The holidays of the year to come, as soon as they are announced and while nobody entered them."""
    year = today.year + 1
    if today.month >= NOTICE_MONTH and actor.can(Can.SETTINGS_EDIT, community) and not office_calendar().knows(year):
        text = _("%(year)s年的放假安排还没有录入，跨年的期限只能估算", year=year)
        yield Due(text, f"/office/calendar?year={year}", _("去录入"), _("工作日历"), date(today.year, 12, 31))


def cards(actor: Actor, community: Place) -> list[Card]:
    """How boards, votes and whatever else has a card stand."""
    found = [import_module(f"blueprints.{area}.queries").card(actor, community) for area in CARD_AREAS]
    return [card for card in found if card is not None]


def _first_steps(actor: Actor, community: Place) -> Iterator[Due]:
    """What a newly founded community lacks, in the order it is wanted."""
    if actor.can(Can.PEOPLE_IMPORT, community) and not people.has_members(community):
        yield Due(_("还没有党员名册，先导入现有的 Excel 名册"), "/office/imports/members", _("去导入"), _("人员名册"))
    if actor.can(Can.ACCOUNTS_EDIT, community) and Account.select().where(Account.active).count() == 1:
        text = _("只有一个账号：公示、纪要要另一人审核，录票要两个人，请再建一个")
        yield Due(text, "/office/accounts/new", _("建账号"), _("账号与岗位"))
    if actor.can(Can.SETTINGS_EDIT, community) and is_loopback(base_address(community)):
        text = _("还没有填本系统的网址，二维码手机打不开")
        yield Due(text, "/office/settings/office", _("去填写"), _("设置"))


def _kept_too_long(actor: Actor, community: Place) -> Iterator[Due]:
    """What the years of keeping are over for."""
    number = sum(one.number for one in keeping.past(actor, community)) if actor.can(Can.SUGGESTIONS_ASSIGN, community) else 0
    if number:
        yield Due(_("%(n)s 条内容到了保存期限", n=number), "/office/keeping", _("去清除"), _("意见箱"))
