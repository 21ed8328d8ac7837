"""The year's plan that all units make together, and the activities they hold together."""

from enum import StrEnum

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from blueprints.cobuilding.models import MemberUnit, TaskState
from blueprints.sharing.models import SharedResource
from core.db import Choice, Record
from core.records.places import Place
from core.text import _l


class PlanState(StrEnum):
    COLLECTING = "collecting"
    DISCUSSED = "discussed"
    ADOPTED = "adopted"

    @property
    def title(self):
        return {"collecting": _l("征集中"), "discussed": _l("协商中"), "adopted": _l("已确定")}[self.value]


class AnnualPlan(Record):
    """年度共建计划: proposals are collected, discussed at the joint meeting, adopted; then only carried out."""

    place = ForeignKeyField(Place, backref="annual_plans", on_delete="RESTRICT")
    year = IntegerField()
    state = Choice(PlanState, default=PlanState.COLLECTING)
    collect_until = DateField(null=True)
    adopted_on = DateField(null=True)
    adopted_by = CharField(max_length=120, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "year"), True),)
        constraints = [Check("(state = 'adopted') = (adopted_on IS NOT NULL)")]


class PlanItem(Record):
    """One item: who proposed it, who carries it out, in which month, and how far it is."""

    plan = ForeignKeyField(AnnualPlan, backref="items", on_delete="CASCADE")
    position = IntegerField()
    name = CharField(max_length=200)
    proposed_by = ForeignKeyField(MemberUnit, null=True, backref="proposed_items", on_delete="RESTRICT")
    unit = ForeignKeyField(MemberUnit, null=True, backref="plan_items", on_delete="RESTRICT")
    responsible = CharField(max_length=200, default="")
    month = IntegerField(null=True)
    venue = CharField(max_length=120, default="")
    people = IntegerField(null=True)
    state = Choice(TaskState, default=TaskState.NOT_STARTED)
    result = CharField(max_length=400, default="")
    declined = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("plan", "position"), False), (("unit",), False))
        constraints = [Check("month BETWEEN 1 AND 12"), Check("people >= 0"), Check("name != ''")]

    def __str__(self) -> str:
        return self.name


class JointActivity(Record):
    """活动共办: an activity units hold together; sponsors as printed, people counted, never named."""

    place = ForeignKeyField(Place, backref="joint_activities", on_delete="RESTRICT")
    name = CharField(max_length=200)
    on = DateField()
    resource = ForeignKeyField(SharedResource, null=True, backref="activities", on_delete="RESTRICT")
    venue = CharField(max_length=120, default="")
    unit = ForeignKeyField(MemberUnit, null=True, backref="led_activities", on_delete="RESTRICT")
    sponsors = CharField(max_length=300, default="")
    item = ForeignKeyField(PlanItem, null=True, backref="activities", on_delete="SET NULL")
    campaign = CharField(max_length=40, default="")
    people = IntegerField(null=True)
    summary = TextField(default="")
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "on"), False), (("unit",), False), (("item",), False), (("resource",), False))
        constraints = [Check("people >= 0")]
