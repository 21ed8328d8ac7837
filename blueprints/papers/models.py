"""Papers that bear no mark: of ballots and slips only their number is kept."""

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField

from core.db import Record
from core.records.people import Account
from core.records.places import Place


class PrintRun(Record):
    """So many sheets of a kind were printed for a record, in all; no code, no digest, no hour."""

    place = ForeignKeyField(Place, backref="print_runs", on_delete="RESTRICT")
    kind = CharField(max_length=32)
    title = CharField(max_length=200)
    subject_kind = CharField(max_length=32)
    subject_id = IntegerField()
    sheets = IntegerField()
    printed_on = DateField()
    printed_by = ForeignKeyField(Account, null=True, on_delete="SET NULL")

    class Meta:
        indexes = ((("subject_kind", "subject_id", "kind"), True), (("place", "printed_on"), False))
        constraints = [Check("sheets > 0")]
