"""What every entry of a register may carry: files as evidence."""

from peewee import CharField, DateField, ForeignKeyField, IntegerField

from core.db import Record
from core.records.papers import Blob
from core.records.places import Place


class Evidence(Record):
    """A file that shows what an entry says: a scanned paper, a photo, a table."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    subject_kind = CharField(max_length=32)
    subject_id = IntegerField()
    position = IntegerField()
    name = CharField(max_length=120)
    blob = ForeignKeyField(Blob, on_delete="RESTRICT")
    added_on = DateField()

    class Meta:
        indexes = ((("subject_kind", "subject_id", "position"), True),)
