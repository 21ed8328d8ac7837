"""走访: who was at which door and what was wished for; nothing about anybody's beliefs, views or moods."""

from enum import StrEnum

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from blueprints.suggestions.models import Suggestion
from core.db import Choice, Record
from core.records.people import Account
from core.records.places import Place
from core.text import _l


class Topic(StrEnum):
    """What a visit was about, in the words of an office's own list."""

    BUILDING = "building"
    SURROUNDINGS = "surroundings"
    SAFETY = "safety"
    ELDERLY = "elderly"
    CHILDREN = "children"
    WORK = "work"
    NEIGHBOURS = "neighbours"
    PAPERWORK = "paperwork"
    OTHER = "other"

    @property
    def title(self):
        return {
            "building": _l("房屋和楼道设施"),
            "surroundings": _l("环境卫生"),
            "safety": _l("消防和治安"),
            "elderly": _l("养老和助餐"),
            "children": _l("孩子和上学"),
            "work": _l("就业"),
            "neighbours": _l("邻里关系"),
            "paperwork": _l("办事和证明"),
            "other": _l("其他"),
        }[self.value]


class HomeVisit(Record):
    """One visit. ``door``, ``name``, ``phone`` and ``wish`` are for who recorded it and for the secretary alone.

    A wish that became a message stands there and no more here: ``suggestion`` is who may be asked about it.
    """

    place = ForeignKeyField(Place, backref="visits", on_delete="RESTRICT")
    visited_on = DateField()
    visitors = CharField(max_length=120)
    stairwell = ForeignKeyField(Place, on_delete="RESTRICT")
    door = CharField(max_length=40, default="")
    topic = Choice(Topic)
    name = CharField(max_length=40, default="")
    phone = CharField(max_length=40, default="")
    wish = TextField(default="")
    suggestion = ForeignKeyField(Suggestion, null=True, backref="visits", on_delete="SET NULL")
    again_on = DateField(null=True)
    again = CharField(max_length=300, default="")
    recorded_by = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "visited_on"), False), (("place", "stairwell", "visited_on"), False))
        constraints = [
            Check("suggestion_id IS NULL OR wish = ''"),
            Check("again_on IS NULL OR again_on >= visited_on"),
        ]
