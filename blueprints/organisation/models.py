"""Who is responsible for a part of the community."""

from peewee import Check, DateField, ForeignKeyField

from core.db import Record
from core.records.people import Person
from core.records.places import Place


class GridPost(Record):
    """A person leads a stairwell (院户长), a group (组长) or a zone (片长) in [since, until); titles are settings."""

    place = ForeignKeyField(Place, backref="leaders", on_delete="RESTRICT")
    person = ForeignKeyField(Person, backref="grid_posts", on_delete="RESTRICT")
    since = DateField()
    until = DateField(null=True)

    class Meta:
        indexes = ((("place", "until"), False),)
        constraints = [Check("until IS NULL OR until >= since")]


class AreaPart(Record):
    """A building or stairwell belongs to a zone or group in [since, until)."""

    area = ForeignKeyField(Place, backref="parts_of_area", on_delete="RESTRICT")
    part = ForeignKeyField(Place, backref="part_of_areas", on_delete="RESTRICT")
    since = DateField()
    until = DateField(null=True)

    class Meta:
        indexes = ((("area", "until"), False), (("part", "until"), False))
        constraints = [Check("until IS NULL OR until >= since")]
