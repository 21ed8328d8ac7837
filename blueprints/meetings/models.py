"""Joint meetings: series, meeting, who sat there, agenda, what was decided and what became of it."""

from enum import StrEnum

from peewee import (
    BooleanField,
    CharField,
    Check,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from blueprints.cobuilding.models import MemberUnit
from core.db import Choice, Json, Record
from core.records.people import Account
from core.records.places import Place
from core.text import _l


class MeetingState(StrEnum):
    """From the first notice to the numbered minutes; what is issued is never edited."""

    PLANNED = "planned"
    HELD = "held"
    DRAFTED = "drafted"
    APPROVED = "approved"
    ISSUED = "issued"

    @property
    def title(self):
        return {
            "planned": _l("筹备中"),
            "held": _l("已召开"),
            "drafted": _l("待审核"),
            "approved": _l("待签发"),
            "issued": _l("已签发"),
        }[self.value]


class Presence(StrEnum):
    PRESENT = "present"
    ON_LEAVE = "on_leave"
    OBSERVER = "observer"

    @property
    def title(self):
        return {"present": _l("出席"), "on_leave": _l("请假"), "observer": _l("列席")}[self.value]


class ResolutionState(StrEnum):
    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"
    EXTENDED = "extended"
    SUSPENDED = "suspended"

    @property
    def title(self):
        return {
            "not_started": _l("未启动"),
            "under_way": _l("推进中"),
            "done": _l("已完成"),
            "extended": _l("延期"),
            "suspended": _l("暂缓"),
        }[self.value]


# What still has a day to keep; a suspended matter waits for a new decision.
OPEN = (ResolutionState.NOT_STARTED, ResolutionState.UNDER_WAY, ResolutionState.EXTENDED)


class MeetingSeries(Record):
    """Meetings of one kind; ``name`` is the mark above its minutes, ``obliged`` counts its yearly reports."""

    place = ForeignKeyField(Place, backref="meeting_series", on_delete="RESTRICT")
    name = CharField(max_length=120)
    issuing_body = CharField(max_length=120)
    mark = CharField(max_length=20, default="")
    printed_by = CharField(max_length=120, default="")
    copies_to = Json(default=list)
    obliged = BooleanField(default=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "name"), True),)
        constraints = [Check("name != ''")]

    def __str__(self) -> str:
        return self.name

    @property
    def meeting_name(self) -> str:
        """What the meeting itself is called: the mark without 纪要."""
        return self.name.removesuffix("纪要")


class Meeting(Record):
    """One meeting of a series; numbers are given by issuing alone, so drafts have none and nothing is skipped."""

    place = ForeignKeyField(Place, backref="meetings", on_delete="RESTRICT")
    series = ForeignKeyField(MeetingSeries, backref="meetings", on_delete="RESTRICT")
    year = IntegerField()
    ordinal = IntegerField()
    held_at = DateTimeField()
    ended_at = DateTimeField(null=True)
    venue = CharField(max_length=120, default="")
    chair = CharField(max_length=120, default="")
    recorder = CharField(max_length=120, default="")
    opening = TextField(default="")
    issuing_body = CharField(max_length=120)
    printed_by = CharField(max_length=120, default="")
    signatory = CharField(max_length=120, default="")
    copies_to = Json(default=list)
    state = Choice(MeetingState, default=MeetingState.PLANNED)
    reason = CharField(max_length=300, default="")
    number_year = IntegerField(null=True)
    number_serial = IntegerField(null=True)
    issued_on = DateField(null=True)
    drafter = ForeignKeyField(Account, null=True, backref="drafted_meetings", on_delete="SET NULL")
    approver = ForeignKeyField(Account, null=True, backref="approved_meetings", on_delete="SET NULL")
    alone = BooleanField(default=False)
    version = IntegerField(default=1)

    class Meta:
        indexes = (
            (("series", "year", "ordinal"), True),
            (("series", "number_year", "number_serial"), True),
            (("place", "state", "held_at"), False),
        )
        constraints = [
            Check("ended_at IS NULL OR ended_at >= held_at"),
            Check("(state = 'issued') = (number_serial IS NOT NULL)"),
            Check("(number_serial IS NULL) = (issued_on IS NULL)"),
            Check("(number_serial IS NULL) = (number_year IS NULL)"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """What the office calls it, e.g. 梅苑社区党建工作联席会议2026年第3次会议."""
        return f"{self.series.meeting_name}{self.year}年第{self.ordinal}次会议"


class MeetingStep(Record):
    """One step in a meeting's life, by whom; what the timeline and the approval slip show."""

    meeting = ForeignKeyField(Meeting, backref="steps", on_delete="CASCADE")
    at = DateTimeField()
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    state = Choice(MeetingState)
    note = CharField(max_length=300, default="")

    class Meta:
        indexes = ((("meeting", "at"), False),)


class Attendance(Record):
    """A unit at the table: its name and people as printed, and the unit on file where the name is one."""

    meeting = ForeignKeyField(Meeting, backref="seats", on_delete="CASCADE")
    presence = Choice(Presence)
    position = IntegerField()
    unit_text = CharField(max_length=120)
    names = CharField(max_length=400, default="")
    unit = ForeignKeyField(MemberUnit, null=True, backref="seats", on_delete="SET NULL")

    class Meta:
        indexes = ((("meeting", "presence", "position"), True), (("unit",), False))


class AgendaItem(Record):
    """One item; ``public_title`` is what residents read."""

    meeting = ForeignKeyField(Meeting, backref="agenda", on_delete="CASCADE")
    position = IntegerField()
    title = CharField(max_length=200)
    reported_by = CharField(max_length=120, default="")
    discussion = TextField(default="")
    public_title = CharField(max_length=200, default="")

    class Meta:
        indexes = ((("meeting", "position"), True),)


class Resolution(Record):
    """One decision as printed; ``extended_to`` is the later day agreed since, ``public_text`` blank keeps it from residents."""

    meeting = ForeignKeyField(Meeting, backref="resolutions", on_delete="CASCADE")
    item = ForeignKeyField(AgendaItem, backref="resolutions", on_delete="CASCADE")
    position = IntegerField()
    text = TextField()
    responsible = CharField(max_length=300)
    due_on = DateField()
    extended_to = DateField(null=True)
    state = Choice(ResolutionState, default=ResolutionState.NOT_STARTED)
    public_text = TextField(default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("item", "position"), True), (("meeting", "state"), False))
        constraints = [Check("extended_to IS NULL OR extended_to > due_on")]

    @property
    def due(self):
        """The day it has to be done by, with the extension agreed since."""
        return self.extended_to or self.due_on


class ResolutionOwner(Record):
    """One name out of ``responsible``, the first leads; unsettled names wait to be checked (待核对, decision 24)."""

    resolution = ForeignKeyField(Resolution, backref="owners", on_delete="CASCADE")
    position = IntegerField()
    text = CharField(max_length=120)
    unit = ForeignKeyField(MemberUnit, null=True, backref="tasks", on_delete="SET NULL")
    settled = BooleanField(default=False)

    class Meta:
        indexes = ((("resolution", "position"), True), (("unit",), False))


class ResolutionStep(Record):
    """One entry of progress in the ledger, dated by the office."""

    resolution = ForeignKeyField(Resolution, backref="steps", on_delete="CASCADE")
    on = DateField()
    state = Choice(ResolutionState)
    note = CharField(max_length=300)
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")

    class Meta:
        indexes = ((("resolution", "on"), False),)
