"""工作事项准入: what departments want communities to do goes through one door, under one name."""

from enum import StrEnum

from peewee import BooleanField, CharField, Check, DateField, DateTimeField, ForeignKeyField, IntegerField, TextField

from blueprints.meetings.models import Meeting
from core.db import Choice, Record
from core.records.people import Account
from core.records.places import Place
from core.text import _l


class State(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    CONSULTED = "consulted"
    APPROVED = "approved"
    REFUSED = "refused"
    ENTERED = "entered"
    LEFT = "left"
    WITHDRAWN = "withdrawn"

    @property
    def title(self):
        return {
            "draft": _l("起草中"),
            "submitted": _l("待联席会议协商"),
            "consulted": _l("待领导小组审批"),
            "approved": _l("已准入"),
            "refused": _l("不予准入"),
            "entered": _l("正在进行"),
            "left": _l("已退出"),
            "withdrawn": _l("已撤回"),
        }[self.value]


WAITING = (State.SUBMITTED, State.CONSULTED)
ADMITTED = (State.APPROVED, State.ENTERED)


class WorkRequest(Record):
    """One matter a department asks to bring into the community, from the form to the day it leaves again."""

    place = ForeignKeyField(Place, backref="work_requests", on_delete="RESTRICT")
    department = CharField(max_length=120)
    contact = CharField(max_length=80, default="")
    phone = CharField(max_length=40, default="")
    matter = CharField(max_length=200)
    basis = CharField(max_length=300)
    content = TextField(default="")
    community_part = TextField(default="")
    since = DateField(null=True)
    until = DateField(null=True)
    funds = CharField(max_length=300, default="")
    people = CharField(max_length=300, default="")
    state = Choice(State, default=State.DRAFT)
    received_on = DateField(null=True)
    due_on = DateField(null=True)
    opinion = TextField(default="")
    meeting = ForeignKeyField(Meeting, null=True, backref="work_requests", on_delete="SET NULL")
    conferred = CharField(max_length=400, default="")
    decided_on = DateField(null=True)
    decided_by = CharField(max_length=120, default="")
    reason = CharField(max_length=400, default="")
    left_on = DateField(null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "state", "due_on"), False),)
        constraints = [
            Check("until IS NULL OR since IS NULL OR until >= since"),
            Check("state != 'refused' OR reason != ''"),
            Check("state NOT IN ('approved', 'refused', 'entered', 'left') OR decided_on IS NOT NULL"),
        ]

    def __str__(self) -> str:
        return self.matter


class WorkStep(Record):
    """One step of a request, by whom; tasks, checks and appraisals in the leading group's name are steps too."""

    request = ForeignKeyField(WorkRequest, backref="steps", on_delete="CASCADE")
    at = DateTimeField()
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    state = Choice(State)
    note = CharField(max_length=400, default="")

    class Meta:
        indexes = ((("request", "at"), False),)


class DemandedForm(Record):
    """A form the matter wants filled in; ``existing`` names one that already asks the same."""

    request = ForeignKeyField(WorkRequest, backref="forms", on_delete="CASCADE")
    position = IntegerField()
    name = CharField(max_length=120)
    existing = CharField(max_length=120, default="")

    class Meta:
        indexes = ((("request", "position"), True),)


class StandingForm(Record):
    """A form the community fills in anyway: what demanded forms are compared with."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    name = CharField(max_length=120)
    department = CharField(max_length=120, default="")
    often = CharField(max_length=40, default="")
    covers = CharField(max_length=400, default="")
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "name"), False),)

    def __str__(self) -> str:
        return self.name


class Unadmitted(Record):
    """未准入事项登记: who asked for work that was never admitted, when, whether it was refused and reported."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    matter = CharField(max_length=200)
    department = CharField(max_length=120)
    asked_on = DateField()
    how = CharField(max_length=120, default="")
    refused = BooleanField(default=True)
    reported_to = CharField(max_length=120, default="")
    reported_on = DateField(null=True)
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "asked_on"), False),)
