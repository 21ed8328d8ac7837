"""Member units of the joint meeting, and who speaks for each."""

from enum import StrEnum

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from core.db import Choice, Record
from core.records.people import Person
from core.records.places import Place
from core.text import _l


class MemberUnit(Record):
    """A unit of the joint meeting; ``joined`` and ``left`` are partial dates, and a coarse one counts from its first day."""

    place = ForeignKeyField(Place, backref="units", on_delete="RESTRICT")
    name = CharField(max_length=120)
    nature = CharField(max_length=40, default="")
    party_org = CharField(max_length=120, default="")
    members = IntegerField(null=True)
    activists = IntegerField(null=True)
    head = CharField(max_length=80, default="")
    resource = TextField(default="")
    joined = CharField(max_length=10, default="")
    left = CharField(max_length=10, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "name"), False),)
        constraints = [Check("name != ''"), Check("members >= 0"), Check("activists >= 0")]

    def __str__(self) -> str:
        return self.name


class Liaison(Record):
    """Who speaks for a unit, valid in [since, until); ``person`` where the same name and phone stand on file."""

    unit = ForeignKeyField(MemberUnit, backref="liaisons", on_delete="CASCADE")
    person = ForeignKeyField(Person, null=True, backref="liaisons", on_delete="SET NULL")
    name = CharField(max_length=80, default="")
    phone = CharField(max_length=40, default="")
    since = DateField(null=True)
    until = DateField(null=True)

    class Meta:
        indexes = ((("unit", "until"), False),)
        constraints = [Check("until IS NULL OR since IS NULL OR until >= since")]


class ResourceKind(StrEnum):
    VENUE = "venue"
    LECTURER = "lecturer"
    SKILL = "skill"
    EQUIPMENT = "equipment"

    @property
    def title(self):
        return {"venue": _l("场地"), "lecturer": _l("师资"), "skill": _l("技能"), "equipment": _l("设备物品")}[self.value]


class SharedResource(Record):
    """What a unit lets others use; without a unit it is the community's own."""

    place = ForeignKeyField(Place, backref="resources", on_delete="RESTRICT")
    name = CharField(max_length=120)
    kind = Choice(ResourceKind)
    unit = ForeignKeyField(MemberUnit, null=True, backref="resources", on_delete="RESTRICT")
    hours = CharField(max_length=120, default="")
    terms = TextField(default="")
    contact = CharField(max_length=80, default="")
    phone = CharField(max_length=40, default="")
    since = DateField(null=True)
    until = DateField(null=True)
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "kind"), False), (("unit",), False))
        constraints = [Check("until IS NULL OR since IS NULL OR until >= since")]
