"""Public notices: what is said, how long it hangs, what was objected, where it was posted."""

from enum import StrEnum

from peewee import (
    BooleanField,
    CharField,
    Check,
    CompositeKey,
    DateField,
    DateTimeField,
    ForeignKeyField,
    IntegerField,
    TextField,
)

from core.db import Choice, Json, Record
from core.records.papers import Blob
from core.records.people import Account
from core.records.places import Place
from core.text import _l


class Affair(StrEnum):
    """三务: whose business a notice discloses."""

    PARTY = "party"
    RESIDENTS = "residents"
    FINANCE = "finance"

    @property
    def title(self):
        return {"party": _l("党务"), "residents": _l("居务"), "finance": _l("财务")}[self.value]


class NoticeKind(StrEnum):
    """What is announced; each kind has its own shortest period (a setting)."""

    ADMISSION = "admission"
    CANDIDATES = "candidates"
    FINANCE = "finance"
    HONOUR = "honour"
    RELIEF = "relief"
    AFFAIRS = "affairs"
    RESULT = "result"
    ANNOUNCEMENT = "announcement"
    NOTIFICATION = "notification"

    @property
    def title(self):
        return {
            "admission": _l("党员发展公示"),
            "candidates": _l("候选人公示"),
            "finance": _l("财务公开"),
            "honour": _l("评优公示"),
            "relief": _l("低保等救助公示"),
            "affairs": _l("三务公开"),
            "result": _l("投票结果公告"),
            "announcement": _l("公告"),
            "notification": _l("通知"),
        }[self.value]

    @property
    def affair(self) -> Affair:
        """The business a notice of this kind usually belongs to."""
        party = (NoticeKind.ADMISSION, NoticeKind.CANDIDATES, NoticeKind.HONOUR, NoticeKind.RESULT)
        if self is NoticeKind.FINANCE:
            return Affair.FINANCE
        return Affair.PARTY if self in party else Affair.RESIDENTS


class NoticeState(StrEnum):
    """The life of a notice; whether its period still runs is told by its dates, not by a state."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"
    CONCLUDED = "concluded"
    ARCHIVED = "archived"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"

    @property
    def title(self):
        return {
            "draft": _l("草稿"),
            "submitted": _l("待审核"),
            "returned": _l("已退回"),
            "approved": _l("待发布"),
            "published": _l("已发布"),
            "concluded": _l("已公布结果"),
            "archived": _l("已归档"),
            "corrected": _l("已更正"),
            "withdrawn": _l("已撤回"),
            "discarded": _l("已作废"),
        }[self.value]


OPEN_STATES = (NoticeState.DRAFT, NoticeState.RETURNED, NoticeState.SUBMITTED, NoticeState.APPROVED)
PUBLIC_STATES = (
    NoticeState.PUBLISHED, NoticeState.CONCLUDED, NoticeState.ARCHIVED, NoticeState.CORRECTED, NoticeState.WITHDRAWN,
)  # fmt: skip
# Relief concerns poor households: nothing of it stays on show when its period is over.
TAKEN_DOWN = (NoticeKind.RELIEF,)


class Notice(Record):
    """One edition of a notice; a correction is a new edition that points at the one it ``corrects``.

    ``title`` may hold ``|`` where its lines should break; ``facts`` is what the model text was filled in with; ``dates``
    are the days of the period, frozen when it was published. ``publish_on``: the day it goes out by itself, as
    ``scheduler`` ordered; ``held_back`` says why it did not. ``box_upheld`` and ``box_refused``: how many objections out
    of the suggestion box were found to hold or not. ``version`` tells an old form from a fresh one; ``alone``
    marks 单人办理.
    """

    place = ForeignKeyField(Place, backref="notices", on_delete="RESTRICT")
    kind = Choice(NoticeKind)
    affair = Choice(Affair)
    state = Choice(NoticeState, default=NoticeState.DRAFT)
    title = CharField(max_length=200, default="")
    issuer = CharField(max_length=120, default="")
    addressee = CharField(max_length=200, default="")
    body = TextField(default="")
    facts = Json(default=dict)
    red = BooleanField(default=False)
    days = IntegerField(default=0)
    workdays = BooleanField(default=True)
    spots = TextField(default="")
    receiver = CharField(max_length=120, default="")
    contact = CharField(max_length=60, default="")
    phone = CharField(max_length=60, default="")
    number = CharField(max_length=60, default="")
    publish_on = DateField(null=True)
    scheduler = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    held_back = CharField(max_length=400, default="")
    published_at = DateTimeField(null=True)
    starts_on = DateField(null=True)
    ends_on = DateField(null=True)
    dates = Json(default=list)
    estimated = BooleanField(default=False)
    edition = IntegerField(default=1)
    first = ForeignKeyField("self", null=True, backref="editions", on_delete="RESTRICT")
    corrects = ForeignKeyField("self", null=True, backref="corrections", on_delete="RESTRICT")
    correction = CharField(max_length=500, default="")
    new_period = BooleanField(default=True)
    submitter = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    approver = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    alone = BooleanField(default=False)
    reason = CharField(max_length=300, default="")
    conclusion = TextField(default="")
    concluded_on = DateField(null=True)
    box_upheld = IntegerField(default=0)
    box_refused = IntegerField(default=0)
    bigrams = TextField(default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = (
            # Lists are read and counted off the first of these alone, however many notices there are.
            (("place", "published_at", "state", "kind", "ends_on", "affair"), False), (("state", "publish_on"), False),
            (("place", "state", "ends_on"), False),
        )  # fmt: skip
        constraints = [
            Check("days >= 0"),
            Check("(starts_on IS NULL) = (ends_on IS NULL)"),
            Check("(state IN ('published', 'concluded', 'archived', 'corrected')) <= (published_at IS NOT NULL)"),
            Check("(state IN ('returned', 'withdrawn')) <= (reason != '')"),
            Check("(state = 'concluded') <= (concluded_on IS NOT NULL)"),
            Check("(corrects_id IS NULL) = (edition = 1)"),
            Check("(publish_on IS NOT NULL) <= (state = 'approved')"),
        ]


class NoticeWord(Record):
    """Where a pair of characters, or a word, is said: what the search looks up (on SQLite the table is its own index)."""

    place = ForeignKeyField(Place, on_delete="CASCADE", index=False)
    word = CharField(max_length=20)
    notice = ForeignKeyField(Notice, on_delete="CASCADE")

    class Meta:
        primary_key = CompositeKey("place", "word", "notice")


class NoticeAttachment(Record):
    """A file that belongs to a notice; ``position`` is its address and never used twice."""

    notice = ForeignKeyField(Notice, backref="attachments", on_delete="CASCADE")
    position = IntegerField()
    name = CharField(max_length=120)
    blob = ForeignKeyField(Blob, on_delete="RESTRICT")

    class Meta:
        indexes = ((("notice", "position"), True),)


class NoticeStep(Record):
    """One step in a notice's life: who, when, to which state, with which words."""

    notice = ForeignKeyField(Notice, backref="steps", on_delete="CASCADE")
    at = DateTimeField()
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    state = Choice(NoticeState)
    note = CharField(max_length=500, default="")

    class Meta:
        indexes = ((("notice", "at"), False),)


class Channel(StrEnum):
    LETTER = "letter"
    CALL = "call"
    VISIT = "visit"
    BOX = "box"

    @property
    def title(self):
        return {"letter": _l("来信"), "call": _l("来电"), "visit": _l("来访"), "box": _l("意见箱")}[self.value]


class Finding(StrEnum):
    """What the check of an objection found: 核实情况."""

    PENDING = "pending"
    UPHELD = "upheld"
    NOT_UPHELD = "not_upheld"

    @property
    def title(self):
        return {"pending": _l("待核实"), "upheld": _l("成立"), "not_upheld": _l("不成立")}[self.value]


class NoticeObjection(Record):
    """An objection that came on paper, by telephone or in person; who raised it is not kept here."""

    notice = ForeignKeyField(Notice, backref="objections", on_delete="CASCADE")
    received_on = DateField()
    channel = Choice(Channel)
    note = CharField(max_length=300, default="")
    finding = Choice(Finding, default=Finding.PENDING)
    handling = CharField(max_length=300, default="")


class NoticePosting(Record):
    """One sheet on one wall: where, since when, by whom, and when it came down."""

    notice = ForeignKeyField(Notice, backref="postings", on_delete="CASCADE")
    spot = CharField(max_length=120)
    posted_on = DateField()
    posted_by = CharField(max_length=80)
    removed_on = DateField(null=True)
    photo = ForeignKeyField(Blob, null=True, on_delete="RESTRICT")

    class Meta:
        indexes = ((("notice", "posted_on"), False), (("removed_on", "notice"), False))
        constraints = [Check("removed_on IS NULL OR removed_on >= posted_on")]


class NoticeUnsaved(Record):
    """What somebody typed and has not saved yet; nobody else sees it, it is no fact and leaves no trace."""

    notice = ForeignKeyField(Notice, backref="unsaved", on_delete="CASCADE")
    account = ForeignKeyField(Account, on_delete="CASCADE")
    at = DateTimeField()
    values = Json()

    class Meta:
        indexes = ((("notice", "account"), True),)
