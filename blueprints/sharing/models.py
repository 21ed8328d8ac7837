"""What units share: resources, needs, the projects that bring both together, and who uses a venue when."""

from enum import StrEnum

from peewee import CharField, Check, DateField, DateTimeField, ForeignKeyField, IntegerField, TextField

from blueprints.cobuilding.models import MemberUnit
from core.db import Choice, Record
from core.records.places import Place
from core.text import _l


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

    def __str__(self) -> str:
        return self.name


class NeedState(StrEnum):
    OPEN = "open"
    MATCHED = "matched"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def title(self):
        return {"open": _l("待对接"), "matched": _l("已对接"), "done": _l("已满足"), "dropped": _l("已撤回")}[self.value]


class Need(Record):
    """What somebody would need others for: the community, a unit, a stairwell."""

    place = ForeignKeyField(Place, backref="needs", on_delete="RESTRICT")
    name = CharField(max_length=120)
    kind = Choice(ResourceKind, null=True)
    unit = ForeignKeyField(MemberUnit, null=True, backref="needs", on_delete="RESTRICT")
    asked_by = CharField(max_length=120, default="")
    detail = TextField(default="")
    wanted_on = CharField(max_length=10, default="")
    state = Choice(NeedState, default=NeedState.OPEN)
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "state"), False), (("unit",), False))

    def __str__(self) -> str:
        return self.name


class Project(Record):
    """A need met with a resource: both sides, what came of it, and that the giver was thanked."""

    place = ForeignKeyField(Place, backref="projects", on_delete="RESTRICT")
    name = CharField(max_length=120)
    need = ForeignKeyField(Need, null=True, backref="projects", on_delete="RESTRICT")
    resource = ForeignKeyField(SharedResource, null=True, backref="projects", on_delete="RESTRICT")
    unit = ForeignKeyField(MemberUnit, null=True, backref="projects", on_delete="RESTRICT")
    people = IntegerField(null=True)
    since = DateField(null=True)
    until = DateField(null=True)
    result = TextField(default="")
    thanked_on = DateField(null=True)
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "since"), False), (("need",), False), (("resource",), False), (("unit",), False))
        constraints = [Check("until IS NULL OR since IS NULL OR until >= since"), Check("people >= 0")]

    def __str__(self) -> str:
        return self.name


class Booking(Record):
    """Somebody uses a resource from one wall-clock moment to another."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    resource = ForeignKeyField(SharedResource, backref="bookings", on_delete="RESTRICT")
    purpose = CharField(max_length=120)
    by = CharField(max_length=120)
    phone = CharField(max_length=40, default="")
    begins_at = DateTimeField()
    ends_at = DateTimeField()
    cancelled = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("resource", "begins_at"), False), (("place", "begins_at"), False))
        constraints = [Check("ends_at > begins_at")]


class BookingSlot(Record):
    """Half an hour of a resource that is taken: the database itself refuses a second taker."""

    booking = ForeignKeyField(Booking, backref="slots", on_delete="CASCADE")
    resource = ForeignKeyField(SharedResource, on_delete="RESTRICT")
    begins_at = DateTimeField()

    class Meta:
        indexes = ((("resource", "begins_at"), True),)
