"""Who is responsible for a part of the community."""

from peewee import Check, DateField, ForeignKeyField

from core.db import Record
from core.records.people import Person
from core.records.places import Place


class GridPost(Record):
    """A person leads a place, e.g. a stairwell as 院户长, in [since, until); what the post is called is a setting."""

    place = ForeignKeyField(Place, backref="leaders", on_delete="RESTRICT")
    person = ForeignKeyField(Person, backref="grid_posts", on_delete="RESTRICT")
    since = DateField()
    until = DateField(null=True)

    class Meta:
        indexes = ((("place", "until"), False),)
        constraints = [Check("until IS NULL OR until >= since")]
