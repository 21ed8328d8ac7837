"""Public commitments of Party members, and what each agreed to show."""

from enum import StrEnum

from peewee import CharField, Check, DateField, DateTimeField, ForeignKeyField, IntegerField, TextField

from blueprints.people.models import PartyMember
from core.db import Choice, Json, Record
from core.records.papers import Blob, IssuedPaper
from core.records.people import Account
from core.records.places import Place
from core.text import _l


class CommitmentState(StrEnum):
    """The life of a commitment: 提诺、审诺、亮诺、践诺、评诺."""

    PROPOSED = "proposed"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    FULFILLED = "fulfilled"
    WITHDRAWN = "withdrawn"

    @property
    def title(self):
        return {
            "proposed": _l("待审核"),
            "returned": _l("已退回"),
            "approved": _l("待公示"),
            "published": _l("公示中"),
            "fulfilled": _l("已完成"),
            "withdrawn": _l("已撤下"),
        }[self.value]


SHOWN_STATES = (CommitmentState.PUBLISHED, CommitmentState.FULFILLED)
PRINTED_STATES = (CommitmentState.PROPOSED, CommitmentState.APPROVED, *SHOWN_STATES)


class Category(StrEnum):
    """三示范 (公德、学习、奉献) after 楼道环境, as the source text has them."""

    STAIRWELL = "stairwell"
    MORALITY = "morality"
    STUDY = "study"
    SERVICE = "service"

    @property
    def title(self):
        return {
            "stairwell": _l("楼道环境"),
            "morality": _l("公德示范"),
            "study": _l("学习示范"),
            "service": _l("奉献示范"),
        }[self.value]


class Commitment(Record):
    """One promise of one member for one year, shown on the board of a stairwell."""

    place = ForeignKeyField(Place, backref="commitments", on_delete="RESTRICT")
    member = ForeignKeyField(PartyMember, backref="commitments", on_delete="RESTRICT")
    stairwell = ForeignKeyField(Place, backref="boards", on_delete="RESTRICT")
    year = IntegerField()
    text = TextField()
    category = Choice(Category, default=Category.SERVICE)
    target = CharField(max_length=80, default="")
    due_on = DateField(null=True)
    state = Choice(CommitmentState, default=CommitmentState.PROPOSED)
    reason = CharField(max_length=300, default="")
    published_on = DateField(null=True)
    version = IntegerField(default=1)

    class Meta:
        indexes = (
            (("place", "year", "state"), False),
            (("stairwell", "year", "state"), False),
            (("member", "year"), False),
        )
        constraints = [
            Check("state != 'returned' OR reason != ''"),
            Check("(state IN ('published', 'fulfilled')) <= (published_on IS NOT NULL)"),
        ]


class CommitmentStep(Record):
    """One step in a commitment's life or one progress entry; what the timeline shows."""

    commitment = ForeignKeyField(Commitment, backref="steps", on_delete="CASCADE")
    at = DateTimeField()
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    state = Choice(CommitmentState)
    note = CharField(max_length=300, default="")

    class Meta:
        indexes = ((("commitment", "at"), False),)


class Field(StrEnum):
    """What a member may agree to show beside name and commitments; birthday and address never."""

    PHOTO = "photo"
    POST = "post"
    UNIT = "unit"
    PHONE = "phone"

    @property
    def title(self):
        return {"photo": _l("照片"), "post": _l("岗位"), "unit": _l("单位"), "phone": _l("电话")}[self.value]


class ConsentForm(StrEnum):
    """How a member said what may be shown."""

    SIGNED = "signed"
    SPOKEN = "spoken"
    MESSAGE = "message"

    @property
    def title(self):
        return {
            "signed": _l("承诺书上签字"),
            "spoken": _l("本人口头同意"),
            "message": _l("短信或微信"),
        }[self.value]


class Consent(Record):
    """Which fields beside name and commitments a member agreed to show, from when, in what form (decision per field)."""

    member = ForeignKeyField(PartyMember, backref="consents", on_delete="CASCADE")
    fields = Json()
    form = CharField(max_length=40)
    since = DateField()
    until = DateField(null=True)

    class Meta:
        indexes = ((("member", "until"), False),)

    @property
    def said(self) -> str:
        """How the member agreed, in words."""
        return str(ConsentForm(self.form).title) if self.form in set(ConsentForm) else self.form


class PostingLog(Record):
    """Which issue of a board was hung when and by whom; the newest entry of a stairwell is what hangs there.

    ``photo`` shows the board in its place, where somebody took one: nobody has to.
    """

    place = ForeignKeyField(Place, backref="postings", on_delete="RESTRICT")
    stairwell = ForeignKeyField(Place, backref="hung", on_delete="RESTRICT")
    paper = ForeignKeyField(IssuedPaper, backref="postings", on_delete="RESTRICT")
    hung_on = DateField()
    hung_by = CharField(max_length=80)
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    photo = ForeignKeyField(Blob, null=True, on_delete="RESTRICT")

    class Meta:
        indexes = ((("place", "stairwell"), False), (("stairwell", "hung_on"), False))
        constraints = [Check("hung_by != ''")]
