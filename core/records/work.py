"""Work that goes on behind the pages: audit chain, jobs, settings, counters, imports, links, calendar."""

from enum import StrEnum

from peewee import BooleanField, CharField, DateField, DateTimeField, ForeignKeyField, IntegerField, TextField

from core.db import Choice, Json, RandomKey, Record
from core.records.people import Account
from core.records.places import Place
from core.text import _l


class AuditEntry(Record):
    """One link of the chain: who did what to what, when; ``digest`` covers it and its predecessor."""

    seq = IntegerField(unique=True)
    at = DateTimeField()
    account = IntegerField(null=True)
    who = CharField(max_length=80)
    act = CharField(max_length=40)
    subject_kind = CharField(max_length=32, default="")
    subject_id = IntegerField(null=True)
    place = ForeignKeyField(Place, null=True, on_delete="RESTRICT")
    detail_digest = CharField(max_length=64)
    digest = CharField(max_length=64)

    class Meta:
        indexes = ((("subject_kind", "subject_id"), False), (("place", "seq"), False))


class AuditDetail(Record):
    """The changed values of an entry; erasable, because the chain holds only their salted digest."""

    entry = ForeignKeyField(AuditEntry, unique=True, backref="details", on_delete="CASCADE")
    salt = CharField(max_length=32)
    values = TextField()


class AuditHead(Record):
    """The single row every writer locks last, so that the chain never forks."""

    seq = IntegerField(default=0)
    digest = CharField(max_length=64, default="")


class JobState(StrEnum):
    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"

    @property
    def title(self):
        return {
            "waiting": _l("排队中"),
            "running": _l("正在生成"),
            "done": _l("已完成"),
            "failed": _l("未完成"),
            "cancelled": _l("已取消"),
        }[self.value]


class Job(Record):
    """A long piece of work; written in the rule's own transaction, so it exists exactly when its cause does."""

    place = ForeignKeyField(Place, null=True, backref="jobs", on_delete="CASCADE")
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    kind = CharField(max_length=40)
    title = CharField(max_length=120)
    arguments = Json(default=dict)
    state = Choice(JobState, default=JobState.WAITING)
    done = IntegerField(default=0)
    total = IntegerField(default=0)
    error = CharField(max_length=400, default="")
    file_name = CharField(max_length=200, default="")
    created_at = DateTimeField()
    finished_at = DateTimeField(null=True)

    class Meta:
        indexes = ((("place", "created_at"), False), (("state",), False))


class Setting(Record):
    """A dated value that overrides a setting's default, for one place or (null) for all."""

    place = ForeignKeyField(Place, null=True, on_delete="CASCADE")
    key = CharField(max_length=60)
    value = Json()
    since = DateField()

    class Meta:
        indexes = ((("place", "key", "since"), True),)


class Counter(Record):
    """The last number given out; it rises in the issuing transaction, so numbers have no gaps."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    kind = CharField(max_length=32)
    year = IntegerField()
    value = IntegerField(default=0)

    class Meta:
        indexes = ((("place", "kind", "year"), True),)


class ImportState(StrEnum):
    APPLIED = "applied"
    UNDONE = "undone"

    @property
    def title(self):
        return {"applied": _l("已导入"), "undone": _l("已撤销")}[self.value]


class ImportBatch(Record):
    """One import of a roster, which can be taken back as a whole."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    kind = CharField(max_length=32)
    file_name = CharField(max_length=200)
    report = Json()
    state = Choice(ImportState, default=ImportState.APPLIED)
    created_at = DateTimeField()


class ImportChange(Record):
    """One row an import wrote: its values before (null: added) and after."""

    batch = ForeignKeyField(ImportBatch, backref="changes", on_delete="CASCADE")
    table = CharField(max_length=60)
    row = IntegerField()
    before = Json(null=True)
    after = Json()


class Link(Record):
    """A personal link: 128 random bits given out, only their hash kept; one purpose, revocable."""

    hash = CharField(max_length=64, unique=True)
    place = ForeignKeyField(Place, on_delete="CASCADE")
    purpose = CharField(max_length=32)
    subject_id = IntegerField()
    created_on = DateField()
    expires_on = DateField()
    revoked = BooleanField(default=False)

    class Meta:
        indexes = ((("purpose", "subject_id"), False),)


class CalendarDay(Record):
    """A day the office marked as working or free, over the public-holiday package."""

    day = DateField(unique=True)
    working = BooleanField()
    note = CharField(max_length=80, default="")


class CalendarYear(Record):
    """A year the package knows nothing of, whose holidays the office entered in full: no longer estimated."""

    year = IntegerField(unique=True)


class UsedForm(Record):
    """The nonce of a public form that was accepted; keeps a second press from being a second row."""

    id = RandomKey()
    nonce = CharField(max_length=64, unique=True)
    day = DateField(index=True)
