"""What left the office on paper, and the files that came in."""

from enum import StrEnum

from peewee import BlobField, CharField, Check, DateField, DateTimeField, ForeignKeyField, IntegerField

from core.db import Choice, Json, Record
from core.records.people import Account
from core.records.places import Place
from core.text import _l


class PaperState(StrEnum):
    CURRENT = "current"
    REPLACED = "replaced"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"

    @property
    def title(self):
        return {
            "current": _l("现行有效"), "replaced": _l("已有新版"), "corrected": _l("已更正"), "withdrawn": _l("已撤回"),
        }[self.value]  # fmt: skip


class Blob(Record):
    """A stored file, once however often it is used."""

    sha256 = CharField(max_length=64, primary_key=True)
    content = BlobField()
    media_type = CharField(max_length=80)
    size = IntegerField()


class IssuedPaper(Record):
    """One entry of the register of issued papers; the code belongs to (subject, version), so reprints are equal.

    ``sheet`` keeps what was printed where the bytes are not kept (posters).
    """

    place = ForeignKeyField(Place, backref="papers", on_delete="RESTRICT")
    kind = CharField(max_length=32)
    title = CharField(max_length=200)
    subject_kind = CharField(max_length=32)
    subject_id = IntegerField()
    version = IntegerField(default=1)
    number = CharField(max_length=60, default="")
    code = CharField(max_length=20, unique=True)
    digest = CharField(max_length=64)
    pages = IntegerField(default=1)
    sheet = Json(null=True)
    content = ForeignKeyField(Blob, null=True, on_delete="RESTRICT")
    state = Choice(PaperState, default=PaperState.CURRENT)
    replaced_by = ForeignKeyField("self", null=True, on_delete="SET NULL")
    issued_at = DateTimeField()
    issued_by = ForeignKeyField(Account, null=True, on_delete="SET NULL")

    class Meta:
        indexes = ((("subject_kind", "subject_id", "kind", "version"), True), (("place", "issued_at"), False))


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
