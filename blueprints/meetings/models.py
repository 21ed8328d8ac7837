"""Joint meetings and the bodies beside them: series and rosters, a meeting, its seats, agenda, what was decided."""

import uuid

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
from blueprints.meetings.states import (
    Answer,
    ItemKind,
    MeetingState,
    Presence,
    Quorum,
    ResolutionState,
    SeriesKind,
    Way,
)
from core import clock, zh
from core.db import Choice, Json, Record
from core.records.people import Account
from core.records.places import Place


class MeetingSeries(Record):
    """Meetings of one kind; ``name`` is the mark above its minutes, ``obliged`` counts its yearly reports.

    ``level`` (市、街道、社区…) is data; ``own_roster`` False means that the community's member units meet.
    ``executor`` and ``supervisor`` are who usually carries out and watches over what this body decides.
    """

    place = ForeignKeyField(Place, backref="meeting_series", on_delete="RESTRICT")
    name = CharField(max_length=120)
    kind = Choice(SeriesKind, default=SeriesKind.JOINT)
    level = CharField(max_length=20, default="")
    parent = ForeignKeyField("self", null=True, backref="branches", on_delete="RESTRICT")
    own_roster = BooleanField(default=False)
    quorum = Choice(Quorum, default=Quorum.NONE)
    issuing_body = CharField(max_length=120)
    mark = CharField(max_length=20, default="")
    printed_by = CharField(max_length=120, default="")
    copies_to = Json(default=list)
    plain = BooleanField(default=False)
    open_to_residents = BooleanField(default=True)
    obliged = BooleanField(default=True)
    executor = CharField(max_length=120, default="")
    supervisor = CharField(max_length=120, default="")
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


class SeriesMember(Record):
    """Who belongs to a series with a roster of its own, in [since, until); ``unit`` where the name is one on file."""

    series = ForeignKeyField(MeetingSeries, backref="members", on_delete="CASCADE")
    position = IntegerField()
    name = CharField(max_length=120)
    unit = ForeignKeyField(MemberUnit, null=True, backref="series_seats", on_delete="SET NULL")
    contact = CharField(max_length=80, default="")
    phone = CharField(max_length=40, default="")
    since = DateField(null=True)
    until = DateField(null=True)

    class Meta:
        indexes = ((("series", "position"), False),)
        constraints = [Check("name != ''"), Check("until IS NULL OR since IS NULL OR until >= since")]


def new_uid() -> str:
    """What calendars know a meeting by, whatever address this system has."""
    return str(uuid.uuid4())


class Meeting(Record):
    """One meeting of a series; numbers are given by issuing alone, so drafts have none and nothing is skipped.

    ``sequence`` and ``announced_at`` tell calendars of a new time or place; ``record_revision`` counts what was typed
    into the raw record, ``record_edition`` how often it was closed.
    """

    place = ForeignKeyField(Place, backref="meetings", on_delete="RESTRICT")
    series = ForeignKeyField(MeetingSeries, backref="meetings", on_delete="RESTRICT")
    year = IntegerField()
    ordinal = IntegerField(null=True)
    held_at = DateTimeField()
    ended_at = DateTimeField(null=True)
    venue = CharField(max_length=120, default="")
    chair = CharField(max_length=120, default="")
    recorder = CharField(max_length=120, default="")
    opening = TextField(default="")
    issuing_body = CharField(max_length=120)
    printed_by = CharField(max_length=120, default="")
    signatory = CharField(max_length=120, default="")
    countersigned_by = CharField(max_length=200, default="")
    copies_to = Json(default=list)
    copies = IntegerField(null=True)
    state = Choice(MeetingState, default=MeetingState.PLANNED)
    reason = CharField(max_length=300, default="")
    number_year = IntegerField(null=True)
    number_serial = IntegerField(null=True)
    issued_on = DateField(null=True)
    drafter = ForeignKeyField(Account, null=True, backref="drafted_meetings", on_delete="SET NULL")
    approver = ForeignKeyField(Account, null=True, backref="approved_meetings", on_delete="SET NULL")
    alone = BooleanField(default=False)
    chair_checked_on = DateField(null=True)
    chair_said = CharField(max_length=300, default="")
    uid = CharField(max_length=36, default=new_uid)
    sequence = IntegerField(default=0)
    announced_at = DateTimeField(default=clock.now)
    record_revision = IntegerField(default=0)
    record_edition = IntegerField(default=0)
    record_closed_at = DateTimeField(null=True)
    record_closed_by = ForeignKeyField(Account, null=True, backref="closed_records", on_delete="SET NULL")
    version = IntegerField(default=1)

    class Meta:
        indexes = (
            (("series", "year", "ordinal"), True),
            (("series", "number_year", "number_serial"), True),
            (("place", "state", "held_at"), False),
            (("place", "year", "held_at"), False),
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
        """What the office calls it, e.g. 梅苑社区党建工作联席会议2026年第3次会议; one called off gave its place back."""
        if self.ordinal is None:
            return f"{self.series.meeting_name}（{zh.day(clock.local(self.held_at).date())}）"
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
    """A seat: who is expected, what they answered to the notice, who came; name and people as they are printed.

    ``reason`` says why nobody came, or for whom somebody stands in.
    """

    meeting = ForeignKeyField(Meeting, backref="seats", on_delete="CASCADE")
    position = IntegerField()
    unit_text = CharField(max_length=120)
    unit = ForeignKeyField(MemberUnit, null=True, backref="seats", on_delete="SET NULL")
    member = ForeignKeyField(SeriesMember, null=True, backref="seats", on_delete="SET NULL")
    presence = Choice(Presence, default=Presence.EXPECTED)
    names = CharField(max_length=400, default="")
    post = CharField(max_length=120, default="")
    reason = CharField(max_length=300, default="")
    invited_on = DateField(null=True)
    answer = Choice(Answer, null=True)
    answered_on = DateField(null=True)
    answered_by = Choice(Way, null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = (
            (("meeting", "position"), False),
            (("meeting", "presence"), False),
            (("meeting", "unit_text"), False),
            (("unit",), False),
        )


class AgendaItem(Record):
    """One item; ``kind`` blank is read off the title, ``public_title`` is what residents read."""

    meeting = ForeignKeyField(Meeting, backref="agenda", on_delete="CASCADE")
    position = IntegerField()
    title = CharField(max_length=200)
    kind = Choice(ItemKind, null=True)
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
    supervisor = CharField(max_length=120, default="")
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
    reminded_on = DateField(null=True)

    class Meta:
        indexes = ((("resolution", "position"), True), (("unit",), False), (("text",), False))


class ResolutionStep(Record):
    """One entry of progress, dated by who wrote it; a unit's own (``unit_text``) may wait for the office to look at it."""

    resolution = ForeignKeyField(Resolution, backref="steps", on_delete="CASCADE")
    on = DateField()
    state = Choice(ResolutionState)
    note = CharField(max_length=300)
    evidence = CharField(max_length=200, default="")
    unit_text = CharField(max_length=120, default="")
    waiting = BooleanField(default=False)
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")

    class Meta:
        indexes = ((("resolution", "on"), False),)
