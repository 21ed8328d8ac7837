"""What the office keeps about a poll. Nothing here knows a slip's code, a choice, or when anybody voted."""

from peewee import BooleanField, CharField, Check, DateField, DateTimeField, ForeignKeyField, IntegerField, TextField

from blueprints.ballots.ballot import Kind, Unmarked
from blueprints.ballots.kinds import BoxKind, Grades, PollStatus, Proxies, RecountSource, ScrutineerRole, Source
from core.db import Choice, Json, Record
from core.records.papers import Blob
from core.records.people import Account, Person, Sex
from core.records.places import Place


class Poll(Record):
    """One secret vote. ``key`` names its box file and is no number anybody could guess; ``rules`` are frozen with it.

    ``origin`` is the poll this one repeats or completes; ``consent`` records a meeting that agreed to fewer seats.
    """

    place = ForeignKeyField(Place, backref="polls", on_delete="RESTRICT")
    key = CharField(max_length=32, unique=True)
    kind = Choice(Kind)
    title = CharField(max_length=120)
    purpose = TextField(default="")
    afterwards = CharField(max_length=300, default="")
    status = Choice(PollStatus, default=PollStatus.DRAFT)
    held_on = DateField(null=True)
    opens_at = DateTimeField(null=True)
    closes_at = DateTimeField(null=True)
    venue = CharField(max_length=120, default="")
    rules = Json()
    unmarked = Choice(Unmarked, default=Unmarked.ABSTAINS)
    seats = IntegerField(default=0)
    cap = IntegerField(default=0)
    lines = IntegerField(default=0)
    items = Json(default=list)
    grades = Choice(Grades, default=Grades.PERSON)
    with_words = BooleanField(default=False)
    proxies = Choice(Proxies, default=Proxies.OFF)
    proxies_most = IntegerField(default=1)
    show_counts = BooleanField(default=False)
    sheets = IntegerField(default=3)
    config = CharField(max_length=64, default="")
    public_key = CharField(max_length=64, default="")
    generation = CharField(max_length=32, default="")
    result = TextField(default="")
    digest = CharField(max_length=64, default="")
    invalid = BooleanField(default=False)
    remark = CharField(max_length=400, default="")
    reason = CharField(max_length=300, default="")
    notice = IntegerField(null=True)
    announcement = IntegerField(null=True)
    objections_until = DateField(null=True)
    consent = Json(null=True)
    origin = ForeignKeyField("self", null=True, backref="followers", on_delete="SET NULL")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "status"), False),)
        constraints = [
            Check("sheets IN (1, 3)"),
            Check("(status IN ('draft', 'cancelled')) OR config != ''"),
            Check("(status IN ('signed', 'published', 'archived')) <= (digest != '')"),
            Check("seats >= 0 AND cap >= 0 AND lines >= 0"),
        ]

    def __str__(self) -> str:
        return self.title.replace("|", "")


class PollClass(Record):
    """One class of voters with a ballot of its own, and what was counted by hand for it at the desk.

    A null figure has not been counted yet.
    """

    poll = ForeignKeyField(Poll, backref="classes", on_delete="CASCADE")
    code = CharField(max_length=1)
    title = CharField(max_length=40)
    source = Choice(Source, default=Source.REPRESENTATIVES)
    weight_part = IntegerField(default=1)
    weight_whole = IntegerField(default=1)
    slips = IntegerField(default=0)
    replaced = IntegerField(default=0)
    slips_left = IntegerField(null=True)
    audit_drawn = IntegerField(default=0)
    used_slips = IntegerField(null=True)
    paper_printed = IntegerField(default=0)
    paper_left = IntegerField(null=True)
    paper_spoiled = IntegerField(default=0)
    paper_replaced = IntegerField(default=0)
    bodies = IntegerField(default=0)

    class Meta:
        indexes = ((("poll", "code"), True),)
        constraints = [Check("weight_part > 0 AND weight_whole > 0")]

    def __str__(self) -> str:
        return self.title


class Nominee(Record):
    """Somebody, some body or some motion voted on; ``position`` overrides the stroke order of names."""

    poll = ForeignKeyField(Poll, backref="nominees", on_delete="CASCADE")
    person = ForeignKeyField(Person, null=True, on_delete="SET NULL")
    name = CharField(max_length=80)
    sort_key = CharField(max_length=200, default="")
    position = IntegerField(default=0)
    sex = Choice(Sex, default=Sex.UNKNOWN)
    birth = CharField(max_length=10, default="")
    joined = CharField(max_length=10, default="")
    education = CharField(max_length=40, default="")
    post = CharField(max_length=80, default="")
    duty = CharField(max_length=200, default="")
    recommended = CharField(max_length=80, default="")
    profile = TextField(default="")
    photo = ForeignKeyField(Blob, null=True, on_delete="RESTRICT")

    class Meta:
        indexes = ((("poll", "position", "sort_key"), False),)

    def __str__(self) -> str:
        return self.name


class PaperBox(Record):
    """A box of paper ballots; ``accepted`` is the tally two people entered alike, without seeing one another's."""

    poll_class = ForeignKeyField(PollClass, backref="boxes", on_delete="CASCADE")
    name = CharField(max_length=40)
    kind = Choice(BoxKind, default=BoxKind.HALL)
    issued = IntegerField(null=True)
    accepted = Json(null=True)

    class Meta:
        indexes = ((("poll_class", "name"), True),)

    def __str__(self) -> str:
        return self.name


class RollEntry(Record):
    """Somebody entitled to vote. Ticks carry no time and no order: they are bare facts, and no audit entry names them.

    ``moving_box`` says which box comes to the door where several go round; ``proxy_slip`` and ``proxy_paper`` that somebody
    mandated took a ballot for this voter.
    """

    poll_class = ForeignKeyField(PollClass, backref="roll", on_delete="CASCADE")
    person = ForeignKeyField(Person, on_delete="RESTRICT")
    name = CharField(max_length=80)
    stairwell = CharField(max_length=80, default="")
    position = IntegerField(default=0)
    excluded = CharField(max_length=120, default="")
    absent = BooleanField(default=False)
    mobile = BooleanField(default=False)
    moving_box = ForeignKeyField(PaperBox, null=True, backref="visited", on_delete="SET NULL")
    helped = BooleanField(default=False)
    signed_in = BooleanField(default=False)
    slip_taken = BooleanField(default=False)
    paper_taken = BooleanField(default=False)
    proxy_slip = BooleanField(default=False)
    proxy_paper = BooleanField(default=False)

    class Meta:
        indexes = ((("poll_class", "person"), True), (("poll_class", "position"), False))
        constraints = [
            Check("NOT (slip_taken AND paper_taken)"),
            Check("excluded = '' OR NOT (signed_in OR mobile OR slip_taken OR paper_taken)"),
            Check("NOT (absent AND signed_in)"),
            Check("(slip_taken OR paper_taken) <= (signed_in OR mobile)"),
        ]

    def __str__(self) -> str:
        return self.name


class Scrutineer(Record):
    """Who watches, counts, calls or keeps a key sheet; ``sheet`` is the number of the sheet taken, 0 for none."""

    poll = ForeignKeyField(Poll, backref="scrutineers", on_delete="CASCADE")
    account = ForeignKeyField(Account, null=True, on_delete="RESTRICT")
    name = CharField(max_length=80)
    role = Choice(ScrutineerRole, default=ScrutineerRole.SCRUTINEER)
    no_kin = BooleanField(default=False)
    sheet = IntegerField(default=0)
    signed = BooleanField(default=False)

    class Meta:
        indexes = ((("poll", "name"), True),)
        constraints = [Check("no_kin"), Check("sheet BETWEEN 0 AND 3")]

    def __str__(self) -> str:
        return self.name


class MovingTrip(Record):
    """Where a moving box goes, when, and who carries it; ``carriers`` are names of the poll's own scrutineers."""

    box = ForeignKeyField(PaperBox, backref="trips", unique=True, on_delete="CASCADE")
    route = TextField(default="")
    leaves_at = DateTimeField()
    back_at = DateTimeField()
    carriers = Json(default=list)

    class Meta:
        constraints = [Check("leaves_at < back_at")]


class Proxy(Record):
    """委托: ``holder`` may draw a second ballot for ``principal``, which is then ticked on the principal's line of the roll."""

    poll_class = ForeignKeyField(PollClass, backref="proxies", on_delete="CASCADE")
    principal = ForeignKeyField(RollEntry, backref="mandates", unique=True, on_delete="CASCADE")
    holder = ForeignKeyField(RollEntry, backref="held", on_delete="CASCADE")
    relation = CharField(max_length=40, default="")

    class Meta:
        constraints = [Check("principal_id != holder_id")]


class BoxEntry(Record):
    """What one of two people counted in a box; seen by nobody else until the other has counted the same."""

    box = ForeignKeyField(PaperBox, backref="entries", on_delete="CASCADE")
    account = ForeignKeyField(Account, on_delete="RESTRICT")
    tally = Json()

    class Meta:
        indexes = ((("box", "account"), True),)


class CallBoard(Record):
    """唱票板: what was called out of one box so far. Sums only: a paper ballot is nowhere kept as a whole.

    ``rows`` as in a box's entry, ``written`` names and their votes; ``recent`` are the last moves, for taking them back.
    """

    box = ForeignKeyField(PaperBox, backref="boards", unique=True, on_delete="CASCADE")
    account = ForeignKeyField(Account, on_delete="RESTRICT")
    valid = IntegerField(default=0)
    void = IntegerField(default=0)
    rows = Json(default=list)
    written = Json(default=dict)
    recent = Json(default=list)
    version = IntegerField(default=1)

    class Meta:
        constraints = [Check("valid >= 0 AND void >= 0")]


class AuditSlip(Record):
    """A slip the scrutineers cast as a test: the whole ballot they meant, and the mark that finds it in the box.

    ``found`` is what lay there, None before the opening and where nothing lay.
    """

    poll_class = ForeignKeyField(PollClass, backref="audits", on_delete="CASCADE")
    mark = CharField(max_length=32, unique=True)
    intended = Json()
    found = Json(null=True)


class PollEvent(Record):
    """One line of a poll's own record, chained by hashes; casting a ballot is no event."""

    poll = ForeignKeyField(Poll, backref="events", on_delete="CASCADE")
    seq = IntegerField()
    at = DateTimeField()
    who = CharField(max_length=80)
    kind = CharField(max_length=32)
    values = Json(default=dict)
    digest = CharField(max_length=64)

    class Meta:
        indexes = ((("poll", "seq"), True),)


class Recount(Record):
    """A second count of the same ballots, kept beside the first result and never in its place."""

    poll = ForeignKeyField(Poll, backref="recounts", on_delete="CASCADE")
    at = DateTimeField()
    who = CharField(max_length=80)
    source = Choice(RecountSource)
    reason = CharField(max_length=300)
    witnesses = Json(default=list)
    result = TextField()
    differences = Json(default=list)


class Feedback(Record):
    """What people thought of how a vote was run: three sums, and nothing of who or when."""

    poll = ForeignKeyField(Poll, backref="feedback", unique=True, on_delete="CASCADE")
    good = IntegerField(default=0)
    fair = IntegerField(default=0)
    poor = IntegerField(default=0)
