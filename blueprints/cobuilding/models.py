"""Member units of the joint meeting: who speaks for each, what was agreed with it, what it asks for."""

from enum import StrEnum

from peewee import BooleanField, CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from core.db import Choice, Record
from core.records.people import Account, Person
from core.records.places import PartyOrg, Place
from core.text import _l


class MemberUnit(Record):
    """A unit of the joint meeting; ``joined`` and ``left`` are partial dates, and a coarse one counts from its first day."""

    place = ForeignKeyField(Place, backref="units", on_delete="RESTRICT")
    name = CharField(max_length=120)
    nature = CharField(max_length=40, default="")
    party_org = CharField(max_length=120, default="")
    members = IntegerField(null=True)
    activists = IntegerField(null=True)
    head = CharField(max_length=80, default="")
    resource = TextField(default="")
    joined = CharField(max_length=10, default="")
    left = CharField(max_length=10, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "name"), False),)
        constraints = [Check("name != ''"), Check("members >= 0"), Check("activists >= 0")]

    def __str__(self) -> str:
        return self.name


class Liaison(Record):
    """Who speaks for a unit, valid in [since, until); ``person`` where the same name and phone stand on file."""

    unit = ForeignKeyField(MemberUnit, backref="liaisons", on_delete="CASCADE")
    person = ForeignKeyField(Person, null=True, backref="liaisons", on_delete="SET NULL")
    name = CharField(max_length=80, default="")
    phone = CharField(max_length=40, default="")
    since = DateField(null=True)
    until = DateField(null=True)

    class Meta:
        indexes = ((("unit", "until"), False),)
        constraints = [Check("until IS NULL OR since IS NULL OR until >= since")]


class Instructor(Record):
    """党建指导员: who helps a unit to found or lead its Party organisation, valid in [since, until)."""

    place = ForeignKeyField(Place, backref="instructors", on_delete="RESTRICT")
    unit = ForeignKeyField(MemberUnit, backref="instructors", on_delete="RESTRICT")
    name = CharField(max_length=80)
    sent_by = CharField(max_length=120, default="")
    phone = CharField(max_length=40, default="")
    since = DateField(null=True)
    until = DateField(null=True)
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "until"), False), (("unit",), False))
        constraints = [Check("until IS NULL OR since IS NULL OR until >= since")]


class Agreement(Record):
    """共建协议 between the community's Party organisation and a unit's, in force in [since, until).

    ``renews`` is the agreement it follows; one that ends for good says why in ``not_renewed``.
    """

    place = ForeignKeyField(Place, backref="agreements", on_delete="RESTRICT")
    unit = ForeignKeyField(MemberUnit, backref="agreements", on_delete="RESTRICT")
    title = CharField(max_length=120)
    number = CharField(max_length=60, default="")
    purpose = TextField(default="")
    ours = TextField(default="")
    theirs = TextField(default="")
    our_liaison = CharField(max_length=80, default="")
    their_liaison = CharField(max_length=80, default="")
    signed_on = DateField(null=True)
    since = DateField()
    until = DateField()
    renews = ForeignKeyField("self", null=True, backref="renewals", on_delete="SET NULL")
    not_renewed = CharField(max_length=200, default="")
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "until"), False), (("unit",), False))
        constraints = [Check("until >= since")]

    def __str__(self) -> str:
        return self.title


class TaskState(StrEnum):
    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"

    @property
    def title(self):
        return {"not_started": _l("未开始"), "under_way": _l("进行中"), "done": _l("已完成"), "dropped": _l("不再进行")}[
            self.value
        ]


class AgreementTask(Record):
    """One thing agreed: how much of it by when, who answers for it on either side, how far it is."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    agreement = ForeignKeyField(Agreement, backref="tasks", on_delete="RESTRICT")
    text = CharField(max_length=300)
    target = IntegerField(null=True)
    counted_in = CharField(max_length=20, default="")
    done = IntegerField(null=True)
    our_owner = CharField(max_length=80, default="")
    their_owner = CharField(max_length=80, default="")
    due_on = DateField()
    state = Choice(TaskState, default=TaskState.NOT_STARTED)
    result = CharField(max_length=400, default="")
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("agreement",), False), (("place", "state", "due_on"), False))
        constraints = [Check("target >= 0"), Check("done >= 0")]


class PairingKind(StrEnum):
    ASSIGNED = "assigned"
    AGREED = "agreed"

    @property
    def title(self):
        return {"assigned": _l("上级挂钩"), "agreed": _l("双方结对")}[self.value]


class Pairing(Record):
    """结对共建: a unit stands by a Party organisation of the community, assigned from above or agreed by both."""

    place = ForeignKeyField(Place, backref="pairings", on_delete="RESTRICT")
    unit = ForeignKeyField(MemberUnit, backref="pairings", on_delete="RESTRICT")
    org = ForeignKeyField(PartyOrg, null=True, backref="pairings", on_delete="RESTRICT")
    kind = Choice(PairingKind)
    reason = CharField(max_length=200, default="")
    document = CharField(max_length=120, default="")
    since = DateField()
    until = DateField(null=True)
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "until"), False), (("unit",), False))
        constraints = [Check("until IS NULL OR until >= since")]


class RequestKind(StrEnum):
    SERVICE = "service"
    SECURITY = "security"
    SANITATION = "sanitation"
    TALENT = "talent"
    OTHER = "other"

    @property
    def title(self):
        return {
            "service": _l("社区服务"),
            "security": _l("综合治理"),
            "sanitation": _l("环境卫生"),
            "talent": _l("人才引进"),
            "other": _l("其他"),
        }[self.value]


class UnitRequest(Record):
    """What a unit asks of the community, or the community of a unit (``ours``), until it is done."""

    place = ForeignKeyField(Place, backref="unit_requests", on_delete="RESTRICT")
    unit = ForeignKeyField(MemberUnit, backref="requests", on_delete="RESTRICT")
    matter = CharField(max_length=200)
    kind = Choice(RequestKind)
    ours = BooleanField(default=False)
    received_on = DateField()
    handler = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    due_on = DateField(null=True)
    state = Choice(TaskState, default=TaskState.NOT_STARTED)
    result = CharField(max_length=400, default="")
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "state", "due_on"), False), (("unit",), False))


class TargetGroup(StrEnum):
    OLDER_JOBLESS = "4050"
    LAID_OFF = "laid_off"
    GRADUATE = "graduate"
    DISABLED = "disabled"
    ANYBODY = "anybody"

    @property
    def title(self):
        return {
            "4050": _l("4050、4048大龄下岗失业人员"),
            "laid_off": _l("下岗失业人员"),
            "graduate": _l("未就业毕业生"),
            "disabled": _l("残疾人"),
            "anybody": _l("不限"),
        }[self.value]


class JobOffer(Record):
    """Posts a unit leaves to the community's people (把岗位让给社区), counted, never a list of persons."""

    place = ForeignKeyField(Place, backref="job_offers", on_delete="RESTRICT")
    unit = ForeignKeyField(MemberUnit, backref="job_offers", on_delete="RESTRICT")
    post = CharField(max_length=120)
    group = Choice(TargetGroup, default=TargetGroup.ANYBODY)
    posts = IntegerField()
    filled = IntegerField(default=0)
    terms = CharField(max_length=300, default="")
    since = DateField()
    until = DateField(null=True)
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "until"), False), (("unit",), False))
        constraints = [Check("posts > 0"), Check("filled >= 0 AND filled <= posts")]


class MutualReview(Record):
    """年度双向评议: what either side says of a year's co-building, in words, without marks."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    unit = ForeignKeyField(MemberUnit, backref="reviews", on_delete="RESTRICT")
    year = IntegerField()
    ours = TextField(default="")
    theirs = TextField(default="")
    agreed = CharField(max_length=300, default="")
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "year"), False), (("unit",), False))
