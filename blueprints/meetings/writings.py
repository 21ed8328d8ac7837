"""What is written around a meeting: what units propose, the raw record line by line, who got the minutes, corrections."""

from peewee import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    FloatField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from blueprints.cobuilding.models import MemberUnit
from blueprints.meetings.models import AgendaItem, Meeting, MeetingSeries, SeriesMember
from blueprints.meetings.states import CorrectionState, LineKind, ProposalState, Way
from core.db import Choice, Json, Record
from core.records.people import Account


class Proposal(Record):
    """What a unit would like to have on the agenda of a series, by its link or told to the office."""

    series = ForeignKeyField(MeetingSeries, backref="proposals", on_delete="CASCADE")
    unit_text = CharField(max_length=120)
    unit = ForeignKeyField(MemberUnit, null=True, backref="proposals", on_delete="SET NULL")
    member = ForeignKeyField(SeriesMember, null=True, backref="proposals", on_delete="SET NULL")
    title = CharField(max_length=200)
    words = TextField(default="")
    on = DateField()
    way = Choice(Way)
    state = Choice(ProposalState, default=ProposalState.OPEN)
    reason = CharField(max_length=300, default="")
    item = ForeignKeyField(AgendaItem, null=True, backref="proposals", on_delete="SET NULL")

    class Meta:
        indexes = ((("series", "state"), False), (("unit",), False))


class RecordLine(Record):
    """A line of the raw record (会议记录); ``uid`` is given by whoever begins it, so that it can be begun without a network.

    ``versions`` counts the writes to each field, ``revision`` is the meeting's count when the line was last touched.
    ``cited`` lines come into the draft of the minutes.
    """

    meeting = ForeignKeyField(Meeting, backref="lines", on_delete="CASCADE")
    item = ForeignKeyField(AgendaItem, backref="lines", on_delete="RESTRICT")
    uid = CharField(max_length=32)
    kind = Choice(LineKind)
    position = FloatField()
    speaker = CharField(max_length=80, default="")
    text = TextField(default="")
    responsible = CharField(max_length=300, default="")
    due_on = CharField(max_length=10, default="")
    cited = BooleanField(default=False)
    said_at = DateTimeField(null=True)
    removed = BooleanField(default=False)
    versions = Json(default=dict)
    revision = IntegerField()
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")

    class Meta:
        indexes = ((("meeting", "uid"), True), (("meeting", "revision"), False), (("item", "position"), False))


class RecordAside(Record):
    """What somebody wrote into a field that another had changed meanwhile; kept until one of the two is chosen."""

    line = ForeignKeyField(RecordLine, backref="asides", on_delete="CASCADE")
    field = CharField(max_length=20)
    value = TextField()
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    at = DateTimeField()

    class Meta:
        indexes = ((("line", "field", "account"), True),)


class RecordWriter(Record):
    """Who has the raw record open, and at which item, so that two do not write the same."""

    meeting = ForeignKeyField(Meeting, backref="writers", on_delete="CASCADE")
    account = ForeignKeyField(Account, on_delete="CASCADE")
    item = IntegerField(default=0)
    at = DateTimeField()

    class Meta:
        indexes = ((("meeting", "account"), True),)


class Delivery(Record):
    """Who gets the minutes (分送), when and how they did; ``opened_on`` is the day ``signed_by`` signed for them."""

    meeting = ForeignKeyField(Meeting, backref="deliveries", on_delete="CASCADE")
    position = IntegerField()
    receiver = CharField(max_length=120)
    unit = ForeignKeyField(MemberUnit, null=True, on_delete="SET NULL")
    member = ForeignKeyField(SeriesMember, null=True, on_delete="SET NULL")
    way = Choice(Way, null=True)
    sent_on = DateField(null=True)
    opened_on = DateField(null=True)
    signed_by = CharField(max_length=40, default="")
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")

    class Meta:
        indexes = ((("meeting", "receiver"), True), (("unit",), False))


class Corrigendum(Record):
    """更正说明: a paper of its own, because issued minutes are not edited; approved by somebody else than its writer."""

    meeting = ForeignKeyField(Meeting, backref="corrigenda", on_delete="RESTRICT")
    passage = CharField(max_length=120, default="")
    wrong = TextField()
    right = TextField()
    reason = CharField(max_length=300)
    state = Choice(CorrectionState, default=CorrectionState.DRAFTED)
    number_year = IntegerField(null=True)
    number_serial = IntegerField(null=True)
    issued_on = DateField(null=True)
    drafter = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    approver = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    alone = BooleanField(default=False)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("meeting", "state"), False),)
