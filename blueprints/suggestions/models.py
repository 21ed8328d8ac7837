"""What residents say to their community, and every step until it is answered."""

from enum import StrEnum

from peewee import BlobField, BooleanField, CharField, Check, DateField, ForeignKeyField, IntegerField, TextField

from core.db import Choice, RandomKey, Record
from core.records.people import Account, Person
from core.records.places import Place
from core.text import _l


class Kind(StrEnum):
    """What somebody wants to say; an objection comes from a notice, not from the open form."""

    OPINION = "opinion"
    SUGGESTION = "suggestion"
    COMPLAINT = "complaint"
    HELP = "help"
    PRAISE = "praise"
    SUPERVISION = "supervision"
    OBJECTION = "objection"

    @property
    def title(self):
        return {
            "opinion": _l("意见"),
            "suggestion": _l("建议"),
            "complaint": _l("投诉"),
            "help": _l("求助"),
            "praise": _l("表扬"),
            "supervision": _l("党员监督"),
            "objection": _l("异议"),
        }[self.value]


OFFERED = tuple(kind for kind in Kind if kind is not Kind.OBJECTION)
# Words about a member and objections are never shown to the public, whatever the asker ticked.
NEVER_PUBLIC = (Kind.SUPERVISION, Kind.OBJECTION)


class Source(StrEnum):
    """How the words arrived; all but the first are typed in by staff."""

    ONLINE = "online"
    PAPER = "paper"
    SPOKEN = "spoken"
    PHONE = "phone"

    @property
    def title(self):
        return {"online": _l("网上"), "paper": _l("纸质"), "spoken": _l("口头"), "phone": _l("电话")}[self.value]


class Pace(StrEnum):
    """How long an answer may take; the working days of each are settings."""

    SIMPLE = "simple"
    ORDINARY = "ordinary"

    @property
    def title(self):
        return {"simple": _l("简单事项"), "ordinary": _l("一般事项")}[self.value]


class State(StrEnum):
    """The life of a suggestion: 登记、交办、办理、答复、办结、归档, and the ways out of it."""

    RECEIVED = "received"
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    REPLIED = "replied"
    CLOSED = "closed"
    ARCHIVED = "archived"
    REJECTED = "rejected"
    TRANSFERRED = "transferred"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"

    @property
    def title(self):
        return {
            "received": _l("待登记"),
            "registered": _l("待交办"),
            "assigned": _l("已交办"),
            "in_progress": _l("办理中"),
            "waiting": _l("等待条件"),
            "replied": _l("已答复"),
            "closed": _l("已办结"),
            "archived": _l("已归档"),
            "rejected": _l("不予受理"),
            "transferred": _l("已转送"),
            "duplicate": _l("已并案"),
            "withdrawn": _l("已撤回"),
        }[self.value]


OPEN = (State.RECEIVED, State.REGISTERED, State.ASSIGNED, State.IN_PROGRESS, State.WAITING)
ANSWERED = (State.REPLIED, State.CLOSED, State.ARCHIVED)


class Rating(StrEnum):
    SATISFIED = "satisfied"
    FAIRLY = "fairly"
    DISSATISFIED = "dissatisfied"

    @property
    def title(self):
        return {"satisfied": _l("满意"), "fairly": _l("基本满意"), "dissatisfied": _l("不满意")}[self.value]


class Suggestion(Record):
    """One message of a resident; it knows days, never the hour, address or device it came from.

    ``receipt`` is the slow hash of the receipt code, found by itself; ``ack_due_on`` is the last day to register,
    ``due_on`` the last day to answer, ``answered_on`` the day of the reply, rejection or transfer.
    ``subject_kind`` and ``subject_id`` name the record an objection is about.
    """

    id = RandomKey()
    place = ForeignKeyField(Place, backref="suggestions", on_delete="RESTRICT")
    number = CharField(max_length=20)
    receipt = CharField(max_length=64, unique=True)
    receipt_taken = BooleanField(default=False)
    kind = Choice(Kind)
    source = Choice(Source, default=Source.ONLINE)
    text = TextField()
    summary = CharField(max_length=80, default="")
    stairwell = ForeignKeyField(Place, null=True, on_delete="RESTRICT")
    spot = CharField(max_length=120, default="")
    about = CharField(max_length=80, default="")
    asker = CharField(max_length=40, default="")
    phone = CharField(max_length=40, default="")
    consent = BooleanField(default=False)
    published = BooleanField(default=False)
    state = Choice(State, default=State.RECEIVED)
    pace = Choice(Pace, default=Pace.ORDINARY)
    received_on = DateField()
    ack_due_on = DateField()
    due_on = DateField()
    registered_on = DateField(null=True)
    answered_on = DateField(null=True)
    closed_on = DateField(null=True)
    lead = ForeignKeyField(Account, null=True, backref="suggestions", on_delete="RESTRICT")
    rating = Choice(Rating, null=True)
    duplicate_of = ForeignKeyField("self", null=True, backref="duplicates", on_delete="RESTRICT")
    sent_to = CharField(max_length=200, default="")
    subject_kind = CharField(max_length=32, default="")
    subject_id = IntegerField(null=True)
    bigrams = TextField(default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = (
            (("place", "number"), True), (("place", "state", "due_on"), False), (("subject_kind", "subject_id"), False),
        )  # fmt: skip
        constraints = [
            Check("(state = 'duplicate') = (duplicate_of_id IS NOT NULL)"),
            Check("state NOT IN ('assigned', 'in_progress', 'waiting') OR lead_id IS NOT NULL"),
            Check("state NOT IN ('replied', 'rejected', 'transferred') OR answered_on IS NOT NULL"),
        ]


class StepKind(StrEnum):
    """What happened to a suggestion, in the words of its timeline."""

    RECEIVED = "received"
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    STARTED = "started"
    WAITING = "waiting"
    EXTENSION_ASKED = "extension_asked"
    EXTENDED = "extended"
    EXTENSION_REFUSED = "extension_refused"
    REPLIED = "replied"
    ADDED = "added"
    RATED = "rated"
    CLOSED = "closed"
    ARCHIVED = "archived"
    REJECTED = "rejected"
    TRANSFERRED = "transferred"
    SEALED = "sealed"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"
    NOTED = "noted"
    CLEARED = "cleared"

    @property
    def title(self):
        return {
            "received": _l("收到"),
            "registered": _l("登记受理"),
            "assigned": _l("交办"),
            "started": _l("开始办理"),
            "waiting": _l("等待条件"),
            "extension_asked": _l("申请延期"),
            "extended": _l("延期"),
            "extension_refused": _l("不同意延期"),
            "replied": _l("答复"),
            "added": _l("提出人补充"),
            "rated": _l("提出人评价"),
            "closed": _l("办结"),
            "archived": _l("归档"),
            "rejected": _l("不予受理"),
            "transferred": _l("转送"),
            "sealed": _l("密封移送"),
            "duplicate": _l("并案"),
            "withdrawn": _l("提出人撤回"),
            "noted": _l("办理记录"),
            "cleared": _l("核实涉及的人"),
        }[self.value]


class SuggestionStep(Record):
    """One step: which day, who (nobody: the asker), why; ``public`` ones are what the asker reads.

    ``position`` counts within one message, so it tells nothing about the steps of others.
    """

    id = RandomKey()
    suggestion = ForeignKeyField(Suggestion, backref="steps", on_delete="CASCADE")
    position = IntegerField(default=1)
    kind = Choice(StepKind)
    day = DateField()
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    note = TextField(default="")
    public = BooleanField(default=True)


class Concern(Record):
    """Whom a message is about: neither they nor those below them ever see it."""

    id = RandomKey()
    suggestion = ForeignKeyField(Suggestion, backref="concerns", on_delete="CASCADE")
    account = ForeignKeyField(Account, null=True, on_delete="RESTRICT")
    person = ForeignKeyField(Person, null=True, on_delete="RESTRICT")

    class Meta:
        constraints = [Check("(account_id IS NULL) <> (person_id IS NULL)")]


class Assist(Record):
    """协办: an account that helps the lead."""

    suggestion = ForeignKeyField(Suggestion, backref="assists", on_delete="CASCADE")
    account = ForeignKeyField(Account, on_delete="RESTRICT")

    class Meta:
        indexes = ((("suggestion", "account"), True),)


class Extension(Record):
    """A later day asked for before the old one passed, decided by somebody else."""

    suggestion = ForeignKeyField(Suggestion, backref="extensions", on_delete="CASCADE")
    until = DateField()
    reason = CharField(max_length=300)
    asked_by = ForeignKeyField(Account, on_delete="RESTRICT")
    asked_on = DateField()
    decided_by = ForeignKeyField(Account, null=True, on_delete="RESTRICT")
    decided_on = DateField(null=True)
    granted = BooleanField(null=True)

    class Meta:
        constraints = [
            Check("(granted IS NULL) = (decided_by_id IS NULL)"),
            Check("decided_by_id IS NULL OR decided_by_id <> asked_by_id"),
        ]


class Reply(Record):
    """An answer in the order a letter needs: what was found, what was done, what not and why, when next."""

    suggestion = ForeignKeyField(Suggestion, backref="replies", on_delete="CASCADE")
    day = DateField()
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    found = TextField()
    done = TextField(default="")
    undone = TextField(default="")
    next_on = DateField(null=True)


class SuggestionPhoto(Record):
    """A picture, drawn anew so that nothing but the picture is kept; not among the office's files, which know instants."""

    id = RandomKey()
    suggestion = ForeignKeyField(Suggestion, backref="photos", on_delete="CASCADE")
    content = BlobField()


class ReceiptSalt(Record):
    """The one salt of all receipt codes, so that a code's hash is its own key."""

    one = IntegerField(default=1, unique=True)
    salt = CharField(max_length=32)

    class Meta:
        constraints = [Check("one = 1")]
