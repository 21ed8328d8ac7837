"""Bodies beside the Party's own tree: leading groups, guidance committees, coordination groups, congresses, councils."""

from enum import StrEnum

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from blueprints.cobuilding.models import MemberUnit
from blueprints.suggestions.models import Suggestion
from core.db import Choice, Record
from core.records.places import Place
from core.text import _l


class BodyKind(StrEnum):
    LEADING_GROUP = "leading_group"
    GUIDANCE = "guidance"
    COORDINATION = "coordination"
    SUB_MEETING = "sub_meeting"
    CONGRESS = "congress"
    COUNCIL = "council"
    MASS = "mass"
    OTHER = "other"

    @property
    def title(self):
        return {
            "leading_group": _l("社区党建工作领导小组"),
            "guidance": _l("社区党建工作指导委员会"),
            "coordination": _l("社区党建工作协调小组"),
            "sub_meeting": _l("联席会议分会"),
            "congress": _l("社区成员代表大会"),
            "council": _l("社区议事委员会"),
            "mass": _l("群团组织"),
            "other": _l("其他"),
        }[self.value]


class Post(StrEnum):
    CHAIR = "chair"
    DEPUTY = "deputy"
    OFFICE_HEAD = "office_head"
    SECRETARY = "secretary"
    MEMBER = "member"

    @property
    def title(self):
        return {
            "chair": _l("组长（主任）"),
            "deputy": _l("副组长（副主任）"),
            "office_head": _l("办公室主任"),
            "secretary": _l("秘书"),
            "member": _l("成员"),
        }[self.value]


class Body(Record):
    """A body that stands in [since, until); ``parent`` is the body it works under."""

    place = ForeignKeyField(Place, backref="bodies", on_delete="RESTRICT")
    name = CharField(max_length=120)
    kind = Choice(BodyKind)
    level = CharField(max_length=40, default="")
    parent = ForeignKeyField("self", null=True, backref="parts", on_delete="RESTRICT")
    office = CharField(max_length=120, default="")
    phone = CharField(max_length=40, default="")
    duties = TextField(default="")
    document = CharField(max_length=120, default="")
    since = DateField(null=True)
    until = DateField(null=True)
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "kind"), False),)
        constraints = [Check("until IS NULL OR since IS NULL OR until >= since")]

    def __str__(self) -> str:
        return self.name


class BodyMember(Record):
    """Who sits on a body, for a unit or by office, in [since, until)."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    body = ForeignKeyField(Body, backref="members", on_delete="RESTRICT")
    name = CharField(max_length=80)
    post = Choice(Post, default=Post.MEMBER)
    unit = ForeignKeyField(MemberUnit, null=True, backref="seats_on_bodies", on_delete="RESTRICT")
    duty = CharField(max_length=120, default="")
    since = DateField(null=True)
    until = DateField(null=True)
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("body", "post"), False), (("place", "until"), False), (("unit",), False))
        constraints = [Check("until IS NULL OR since IS NULL OR until >= since")]


class Charter(Record):
    """章程、制度: one edition of a body's rules; a newer one of the same title takes its place and leaves it readable."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    body = ForeignKeyField(Body, backref="charters", on_delete="RESTRICT")
    title = CharField(max_length=120)
    edition = IntegerField(default=1)
    adopted_on = DateField()
    adopted_by = CharField(max_length=120, default="")
    text = TextField()
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("body", "title", "edition"), False), (("place", "adopted_on"), False))

    def __str__(self) -> str:
        return self.title


class Focus(Record):
    """年度工作重点, and the theme the community works under in a year."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    body = ForeignKeyField(Body, backref="focuses", on_delete="RESTRICT")
    year = IntegerField()
    text = CharField(max_length=300)
    result = CharField(max_length=400, default="")
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "year"), False), (("body",), False))


class BodyActivity(Record):
    """What a body held: a seminar, a visit, an exchange; counted in people, never named."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    body = ForeignKeyField(Body, backref="activities", on_delete="RESTRICT")
    name = CharField(max_length=200)
    on = DateField()
    kind = CharField(max_length=40, default="")
    people = IntegerField(null=True)
    summary = TextField(default="")
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "on"), False), (("body",), False))
        constraints = [Check("people >= 0")]


class PolicyDocument(Record):
    """A document that governs this work, e.g. an 意见 of the city: number, day, what it is about; the scan is evidence."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    title = CharField(max_length=200)
    number = CharField(max_length=60, default="")
    issuer = CharField(max_length=120, default="")
    issued_on = DateField(null=True)
    governs = CharField(max_length=300, default="")
    until = DateField(null=True)
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "issued_on"), False),)


class ContactKind(StrEnum):
    COMMUNITY = "community"
    ENTERPRISE = "enterprise"

    @property
    def title(self):
        return {"community": _l("社区"), "enterprise": _l("企业")}[self.value]


class ContactPoint(Record):
    """联系点: a leader from above keeps in touch with this community, or with a unit in it, in [since, until).

    ``aim`` is what the point is meant to become by ``aim_on``, e.g. a demonstration site; no marks are given.
    """

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    leader = CharField(max_length=80)
    post = CharField(max_length=120, default="")
    kind = Choice(ContactKind, default=ContactKind.COMMUNITY)
    unit = ForeignKeyField(MemberUnit, null=True, backref="contact_points", on_delete="RESTRICT")
    aim = CharField(max_length=120, default="")
    aim_on = DateField(null=True)
    since = DateField(null=True)
    until = DateField(null=True)
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "until"), False), (("unit",), False))
        constraints = [Check("until IS NULL OR since IS NULL OR until >= since")]

    def __str__(self) -> str:
        return self.leader


class ContactVisit(Record):
    """A leader came to a contact point; a ``problem`` heard there may become a message that is dealt with."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    point = ForeignKeyField(ContactPoint, backref="visits", on_delete="RESTRICT")
    on = DateField()
    matter = CharField(max_length=400)
    problem = CharField(max_length=400, default="")
    suggestion = ForeignKeyField(Suggestion, null=True, backref="contact_visits", on_delete="SET NULL")
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "on"), False), (("point",), False))
