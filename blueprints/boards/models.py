"""Public commitments of Party members, and what each agreed to show."""

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

from blueprints.people.models import PartyMember
from core.db import Choice, Json, Record
from core.records.papers import Blob, IssuedPaper
from core.records.people import Account
from core.records.places import Place
from core.text import _l


class CommitmentState(StrEnum):
    """The life of a commitment: 提诺、审诺、亮诺、践诺、评诺、归档."""

    PROPOSED = "proposed"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    FULFILLED = "fulfilled"
    EVALUATED = "evaluated"
    ARCHIVED = "archived"
    WITHDRAWN = "withdrawn"

    @property
    def title(self):
        return {
            "proposed": _l("待审核"),
            "returned": _l("已退回"),
            "approved": _l("待公示"),
            "published": _l("公示中"),
            "fulfilled": _l("已完成"),
            "evaluated": _l("已评诺"),
            "archived": _l("已归档"),
            "withdrawn": _l("已撤下"),
        }[self.value]


PUBLISHED, FULFILLED, EVALUATED = CommitmentState.PUBLISHED, CommitmentState.FULFILLED, CommitmentState.EVALUATED
SHOWN_STATES = (PUBLISHED, FULFILLED, EVALUATED)
PRINTED_STATES = (CommitmentState.PROPOSED, CommitmentState.APPROVED, *SHOWN_STATES)
LIVING = (*PRINTED_STATES, CommitmentState.RETURNED)


class Outcome(StrEnum):
    """评诺: what the branch found at the end of the year."""

    OPEN = ""
    HONOURED = "honoured"
    PARTLY = "partly"
    NOT_HONOURED = "not_honoured"

    @property
    def title(self):
        return {"": "", "honoured": _l("已兑现"), "partly": _l("基本兑现"), "not_honoured": _l("未兑现")}[self.value]


class Category(StrEnum):
    """三示范 (公德、学习、奉献) after 楼道环境, as the source text has them; a community adds its own beside them."""

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


class Own(str):
    """A category of a community's own, stored by its name."""

    __slots__ = ()

    @property
    def title(self) -> str:
        return str(self)

    @property
    def value(self) -> str:
        return str(self)


class CategoryField(CharField):
    """Holds a code of Category, or the name of a category of the community's own."""

    def python_value(self, value):
        return Category(value) if value in set(Category) else Own(value)

    def db_value(self, value):
        return str(getattr(value, "value", value))


class OwnCategory(Record):
    """A category a community added; ``words`` are those by which a promise is taken for one of it."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    name = CharField(max_length=20)
    words = CharField(max_length=200, default="")
    ended = BooleanField(default=False)

    class Meta:
        indexes = ((("place", "name"), True),)
        constraints = [Check("name != ''")]


class Commitment(Record):
    """One promise of one member for one year, shown on the board of a stairwell.

    ``target`` is the number or standard as it is printed (52次); where it is a number, ``goal`` and ``unit`` hold it.
    ``origin`` is last year's promise it was taken over from.
    """

    place = ForeignKeyField(Place, backref="commitments", on_delete="RESTRICT")
    member = ForeignKeyField(PartyMember, backref="commitments", on_delete="RESTRICT")
    stairwell = ForeignKeyField(Place, backref="boards", on_delete="RESTRICT")
    year = IntegerField()
    text = TextField()
    category = CategoryField(max_length=32, default=Category.SERVICE)
    target = CharField(max_length=80, default="")
    goal = IntegerField(null=True, constraints=[Check("goal > 0")])
    unit = CharField(max_length=20, default="")
    due_on = DateField(null=True)
    support = CharField(max_length=120, default="")
    state = Choice(CommitmentState, default=CommitmentState.PROPOSED)
    reason = CharField(max_length=300, default="")
    published_on = DateField(null=True)
    fulfilled_on = DateField(null=True)
    outcome = Choice(Outcome, default=Outcome.OPEN, constraints=[Check("state != 'evaluated' OR outcome != ''")])
    origin = ForeignKeyField("self", null=True, backref="taken_over", on_delete="SET NULL")
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

    @property
    def done(self) -> bool:
        """Whether it was fulfilled as promised, whatever came after."""
        return self.fulfilled_on is not None


class CommitmentStep(Record):
    """One step in a commitment's life; what the timeline shows."""

    commitment = ForeignKeyField(Commitment, backref="steps", on_delete="CASCADE")
    at = DateTimeField()
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    state = Choice(CommitmentState)
    note = CharField(max_length=300, default="")
    who = CharField(max_length=80, default="")

    class Meta:
        indexes = ((("commitment", "at"), False),)


class Way(StrEnum):
    """How a progress entry reached the office."""

    STAFF = "staff"
    LINK = "link"
    PAPER = "paper"
    SHEET = "sheet"

    @property
    def title(self):
        return {
            "staff": _l("工作人员登记"),
            "link": _l("本人链接填报"),
            "paper": _l("践诺登记表"),
            "sheet": _l("表格导入"),
        }[self.value]


class Progress(Record):
    """践诺: what was done of a commitment on a day, how much of it, or why nothing was and what comes next.

    ``evidence`` says where it can be seen (a list, a folder); files lie in Evidence of this record.
    """

    commitment = ForeignKeyField(Commitment, backref="progress", on_delete="CASCADE")
    done_on = DateField()
    amount = IntegerField(default=0)
    note = CharField(max_length=300, default="")
    evidence = CharField(max_length=200, default="")
    hindrance = CharField(max_length=300, default="")
    plan = CharField(max_length=300, default="")
    way = Choice(Way, default=Way.STAFF)
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    at = DateTimeField()

    class Meta:
        indexes = ((("commitment", "done_on"), False),)
        constraints = [Check("amount >= 0"), Check("amount > 0 OR note != '' OR hindrance != ''")]


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
