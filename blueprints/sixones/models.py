"""六个一 on both sides: six things the community does in a year, six each member unit does."""

from enum import StrEnum

from peewee import CharField, DateField, ForeignKeyField, IntegerField

from blueprints.cobuilding.models import MemberUnit
from core.db import Choice, Record
from core.records.places import Place
from core.text import _l


class Item(StrEnum):
    """The twelve, in the order of the office's paper; the first six are the community's."""

    THEME = "theme"
    PLAN = "plan"
    RULES = "rules"
    MEETING = "meeting"
    ACTIVITIES = "activities"
    SURROUNDINGS = "surroundings"
    SCHEME = "scheme"
    LIAISON = "liaison"
    TEAM = "team"
    SERVICE = "service"
    TAKING_PART = "taking_part"
    BASE = "base"

    @property
    def title(self):
        return {
            "theme": _l("确定一个社区党建主题"),
            "plan": _l("制定一个联手共建规划"),
            "rules": _l("健全一套联手共建制度"),
            "meeting": _l("召开一次年度共建联席会"),
            "activities": _l("组织一系列社区党建活动"),
            "surroundings": _l("提供一个良好的工作生活环境"),
            "scheme": _l("制定一个共建方案"),
            "liaison": _l("明确一名共建联络员"),
            "team": _l("建立一支志愿者服务队"),
            "service": _l("主动为社区办一件实事"),
            "taking_part": _l("参与一系列社区党建活动"),
            "base": _l("建成一个社区共建基地"),
        }[self.value]


OURS, THEIRS = tuple(Item)[:6], tuple(Item)[6:]


class Standing(StrEnum):
    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"
    NOT_APPLICABLE = "not_applicable"

    @property
    def title(self):
        return {
            "not_started": _l("未开始"),
            "under_way": _l("进行中"),
            "done": _l("完成"),
            "not_applicable": _l("不适用"),
        }[self.value]


class SixOnesNote(Record):
    """What no record shows of an item in a year: how far it is, in words, by when; ``unit`` null is the community's side."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    unit = ForeignKeyField(MemberUnit, null=True, backref="six_ones", on_delete="RESTRICT")
    year = IntegerField()
    item = Choice(Item)
    state = Choice(Standing, default=Standing.NOT_STARTED)
    target = CharField(max_length=200, default="")
    words = CharField(max_length=400, default="")
    due_on = DateField(null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "year", "unit", "item"), False),)
