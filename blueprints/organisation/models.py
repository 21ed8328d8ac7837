"""Who is responsible for a part of the community; what Party organisations were before, and what became of them."""

from enum import StrEnum

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField

from core.db import Choice, Record
from core.records.people import Person
from core.records.places import OrgKind, PartyOrg, Place
from core.text import _l


class GridPost(Record):
    """A person leads a stairwell (院户长), a group (组长) or a zone (片长) in [since, until); titles are settings."""

    place = ForeignKeyField(Place, backref="leaders", on_delete="RESTRICT")
    person = ForeignKeyField(Person, backref="grid_posts", on_delete="RESTRICT")
    since = DateField()
    until = DateField(null=True)

    class Meta:
        indexes = ((("place", "until"), False),)
        constraints = [Check("until IS NULL OR until >= since")]


class OrgFormer(Record):
    """What an organisation was until before a day; it is what ``PartyOrg`` says since the last of these days."""

    org = ForeignKeyField(PartyOrg, backref="former", on_delete="CASCADE")
    until = DateField()
    kind = Choice(OrgKind)
    name = CharField(max_length=80)
    full_name = CharField(max_length=120, default="")
    parent = ForeignKeyField(PartyOrg, null=True, on_delete="RESTRICT")

    class Meta:
        indexes = ((("org", "until"), False),)


class OrgChange(StrEnum):
    FOUNDED = "founded"
    RENAMED = "renamed"
    RETYPED = "retyped"
    MOVED = "moved"
    MERGED = "merged"
    SPLIT = "split"
    ENDED = "ended"

    @property
    def title(self):
        return {
            "founded": _l("成立"), "renamed": _l("更名"), "retyped": _l("调整设置"), "moved": _l("调整隶属"),
            "merged": _l("合并"), "split": _l("分设"), "ended": _l("撤销"),
        }[self.value]  # fmt: skip


class OrgEvent(Record):
    """One step in an organisation's life with the document it rests on; ``other`` is where its members went, or came from.

    ``members`` is how many went with it.
    """

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    org = ForeignKeyField(PartyOrg, backref="events", on_delete="CASCADE")
    other = ForeignKeyField(PartyOrg, null=True, on_delete="SET NULL")
    change = Choice(OrgChange)
    day = DateField()
    before = CharField(max_length=120, default="")
    after = CharField(max_length=120, default="")
    members = IntegerField(default=0)
    document = CharField(max_length=120, default="")

    class Meta:
        indexes = ((("org", "day"), False), (("place", "day"), False), (("other",), False))


class AreaPart(Record):
    """A building or stairwell belongs to a zone or group in [since, until)."""

    area = ForeignKeyField(Place, backref="parts_of_area", on_delete="RESTRICT")
    part = ForeignKeyField(Place, backref="part_of_areas", on_delete="RESTRICT")
    since = DateField()
    until = DateField(null=True)

    class Meta:
        indexes = ((("area", "until"), False), (("part", "until"), False))
        constraints = [Check("until IS NULL OR until >= since")]
