"""In-service members who check in where they live: what they took on, what they did, what their employers ask."""

from enum import StrEnum

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from blueprints.cobuilding.models import TaskState
from core.db import Choice, RandomKey, Record
from core.records.people import Person
from core.records.places import Place
from core.text import _l


class CheckIn(Record):
    """在职党员报到: a person of the community whose membership is with an employer, in [since, until)."""

    place = ForeignKeyField(Place, backref="check_ins", on_delete="RESTRICT")
    person = ForeignKeyField(Person, backref="check_ins", on_delete="RESTRICT")
    number = CharField(max_length=20)
    employer = CharField(max_length=120)
    employer_contact = CharField(max_length=80, default="")
    employer_phone = CharField(max_length=40, default="")
    duty = CharField(max_length=80, default="")
    skills = CharField(max_length=200, default="")
    free_time = CharField(max_length=120, default="")
    posts = CharField(max_length=200, default="")
    since = DateField()
    until = DateField(null=True)
    left_to = CharField(max_length=120, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "number"), True), (("place", "until"), False), (("person",), False))
        constraints = [Check("until IS NULL OR until >= since"), Check("employer != ''")]

    def __str__(self) -> str:
        return self.person.name


class Six(StrEnum):
    """The six tasks (六项任务), as they stand on the slip."""

    LIAISON = "liaison"
    EXAMPLE = "example"
    TEAM = "team"
    FAMILY = "family"
    SUGGESTION = "suggestion"
    MATTER = "matter"

    @property
    def title(self):
        return {
            "liaison": _l("当一名联络员"),
            "example": _l("做一个表率"),
            "team": _l("参加一支服务队"),
            "family": _l("联系一户困难家庭"),
            "suggestion": _l("提一条建议"),
            "matter": _l("办一件实事"),
        }[self.value]

    @property
    def word(self) -> str:
        """What names the task in an office's own list, and in a cell too narrow for its title."""
        return {
            "liaison": "联络员", "example": "表率", "team": "服务队", "family": "困难户", "suggestion": "建议", "matter": "实事",
        }[self.value]  # fmt: skip


class CheckInTask(Record):
    """One of the six that somebody took on, and how far it is."""

    check_in = ForeignKeyField(CheckIn, backref="tasks", on_delete="CASCADE")
    task = Choice(Six)
    state = Choice(TaskState, default=TaskState.NOT_STARTED)
    words = CharField(max_length=200, default="")

    class Meta:
        indexes = ((("check_in", "task"), True),)


class Service(Record):
    """One entry of the service card: which day, what, half hours, person-times, who confirmed it."""

    check_in = ForeignKeyField(CheckIn, backref="services", on_delete="CASCADE")
    on = DateField()
    what = CharField(max_length=200)
    half_hours = IntegerField(default=0)
    people = IntegerField(default=1)
    confirmed_by = CharField(max_length=80, default="")

    class Meta:
        indexes = ((("check_in", "on"), False),)
        constraints = [Check("half_hours >= 0"), Check("people > 0")]


class InquiryKind(StrEnum):
    APPRAISAL = "appraisal"
    AWARD = "award"
    ADMISSION = "admission"
    FEEDBACK = "feedback"

    @property
    def title(self):
        return {
            "appraisal": _l("民主评议听取意见"),
            "award": _l("评比先进征求意见"),
            "admission": _l("发展党员调查"),
            "feedback": _l("定期反馈"),
        }[self.value]


class InquiryState(StrEnum):
    ASKED = "asked"
    DRAFTED = "drafted"
    READ = "read"
    ANSWERED = "answered"

    @property
    def title(self):
        return {
            "asked": _l("正在听取意见"),
            "drafted": _l("待本人阅"),
            "read": _l("待答复单位"),
            "answered": _l("已答复"),
        }[self.value]


class Inquiry(Record):
    """三进社区: an employer asks about a member, or is told about one; facts only, read by the member before they leave."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    check_in = ForeignKeyField(CheckIn, backref="inquiries", on_delete="RESTRICT")
    kind = Choice(InquiryKind)
    purpose = CharField(max_length=300, default="")
    asked_on = DateField()
    due_on = DateField(null=True)
    state = Choice(InquiryState, default=InquiryState.ASKED)
    since = DateField(null=True)
    how = CharField(max_length=200, default="")
    findings = TextField(default="")
    member_words = CharField(max_length=400, default="")
    read_on = DateField(null=True)
    answered_on = DateField(null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "state", "due_on"), False), (("check_in",), False))
        constraints = [Check("state NOT IN ('read', 'answered') OR read_on IS NOT NULL")]


class Verdict(StrEnum):
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"
    UNKNOWN = "unknown"

    @property
    def title(self):
        return {"good": _l("满意"), "fair": _l("基本满意"), "poor": _l("不满意"), "unknown": _l("不了解")}[self.value]


class Opinion(Record):
    """What a resident said, without a name and to the day only; the words stay here and are never forwarded."""

    id = RandomKey()
    inquiry = ForeignKeyField(Inquiry, backref="opinions", on_delete="CASCADE")
    verdict = Choice(Verdict)
    words = TextField(default="")
    day = DateField()


class Direction(StrEnum):
    TO_EMPLOYER = "to_employer"
    FROM_EMPLOYER = "from_employer"

    @property
    def title(self):
        return {"to_employer": _l("社区到单位"), "from_employer": _l("单位到社区")}[self.value]


class Contact(Record):
    """双向联系登记: what community and employer told each other."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    employer = CharField(max_length=120)
    direction = Choice(Direction)
    on = DateField()
    matter = CharField(max_length=300)
    result = CharField(max_length=400, default="")
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "on"), False),)


class EmergencyTeam(Record):
    """先遣队: members who step in in an emergency, counted, with what they did."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    name = CharField(max_length=120)
    purpose = CharField(max_length=200, default="")
    leader = CharField(max_length=80, default="")
    phone = CharField(max_length=40, default="")
    people = IntegerField()
    person_times = IntegerField(null=True)
    since = DateField()
    until = DateField(null=True)
    result = TextField(default="")
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "since"), False),)
        constraints = [Check("people > 0"), Check("until IS NULL OR until >= since")]
