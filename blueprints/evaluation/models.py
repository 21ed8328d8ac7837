"""评诺、民主评议、表彰: what a year's promises came to in three voices, the branch's grades, who was commended.

What residents say is counted, never kept: the only rows they write are sums with random keys, to the day at most.
"""

from datetime import date
from enum import StrEnum

from peewee import CharField, Check, DateField, ForeignKeyField, IntegerField

from blueprints.ballots.models import Poll
from blueprints.boards.models import Commitment, Outcome, Way
from blueprints.people.models import PartyMember
from core import clock
from core.db import Choice, RandomKey, Record
from core.records.people import Account
from core.records.places import PartyOrg, Place
from core.text import _l


class EvaluationRound(Record):
    """评诺 of one year's promises; residents are heard from the ``first`` day to the ``last``."""

    place = ForeignKeyField(Place, backref="evaluation_rounds", on_delete="RESTRICT")
    year = IntegerField()
    first = DateField()
    last = DateField()
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "year"), True),)
        constraints = [Check("last >= first")]

    def __str__(self) -> str:
        return str(self.year)

    def hears(self, day: date | None = None) -> bool:
        """Whether residents are heard on a day (today)."""
        return self.first <= (day or clock.today()) <= self.last

    @property
    def over(self) -> bool:
        """Whether the days for residents are gone by: only then their figures are shown and the branch finds."""
        return clock.today() > self.last


class OwnWord(Record):
    """自评: what the member says became of a promise."""

    commitment = ForeignKeyField(Commitment, unique=True, backref="own_words", on_delete="CASCADE")
    outcome = Choice(Outcome, constraints=[Check("outcome != ''")])
    words = CharField(max_length=300, default="")
    way = Choice(Way, default=Way.STAFF)
    said_on = DateField()
    version = IntegerField(default=1)


class Verdict(StrEnum):
    """What residents may tick."""

    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"

    @property
    def title(self):
        return {"good": _l("满意"), "fair": _l("基本满意"), "poor": _l("不满意")}[self.value]


class Heard(Record):
    """What residents said of one promise at the code on the board: sums, and nothing of who or when."""

    id = RandomKey()
    round = ForeignKeyField(EvaluationRound, backref="heard", on_delete="CASCADE")
    commitment = ForeignKeyField(Commitment, unique=True, on_delete="CASCADE")
    good = IntegerField(default=0)
    fair = IntegerField(default=0)
    poor = IntegerField(default=0)

    class Meta:
        constraints = [Check("good >= 0 AND fair >= 0 AND poor >= 0")]


class Answers(Record):
    """How many answered at the code of one stairwell, in all and on the last day anybody did: so that a day has a limit."""

    id = RandomKey()
    round = ForeignKeyField(EvaluationRound, backref="answers", on_delete="CASCADE")
    stairwell = ForeignKeyField(Place, on_delete="CASCADE")
    total = IntegerField(default=0)
    day = DateField(null=True)
    that_day = IntegerField(default=0)

    class Meta:
        indexes = ((("round", "stairwell"), True),)
        constraints = [Check("that_day <= total")]


class SlipCount(Record):
    """The paper slips of one stairwell, counted by two people and typed in as sums; ``words`` in the counters' own words."""

    round = ForeignKeyField(EvaluationRound, backref="slip_counts", on_delete="CASCADE")
    stairwell = ForeignKeyField(Place, on_delete="RESTRICT")
    slips = IntegerField(constraints=[Check("slips > 0")])
    counted_by = CharField(max_length=40)
    checked_by = CharField(max_length=40)
    words = CharField(max_length=300, default="")
    entered_on = DateField()
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("round", "stairwell"), True),)
        constraints = [Check("counted_by != checked_by")]


class SlipSum(Record):
    """What the slips of a stairwell say of one promise."""

    count = ForeignKeyField(SlipCount, backref="sums", on_delete="CASCADE")
    commitment = ForeignKeyField(Commitment, on_delete="CASCADE")
    good = IntegerField(default=0)
    fair = IntegerField(default=0)
    poor = IntegerField(default=0)

    class Meta:
        indexes = ((("count", "commitment"), True), (("commitment",), False))
        constraints = [Check("good >= 0 AND fair >= 0 AND poor >= 0")]


class Finding(Record):
    """支部评定: who checked a promise on which day before the branch found; what it found stands on the promise."""

    commitment = ForeignKeyField(Commitment, unique=True, backref="findings", on_delete="CASCADE")
    checked_by = CharField(max_length=40, default="")
    checked_on = DateField(null=True)
    found_on = DateField()


class BranchYear(Record):
    """One branch's year: its 民主评议 meeting, who was there, the vote held at it, its conclusion."""

    place = ForeignKeyField(Place, on_delete="RESTRICT")
    org = ForeignKeyField(PartyOrg, backref="years", on_delete="RESTRICT")
    year = IntegerField()
    met_on = DateField(null=True)
    entitled = IntegerField(null=True)
    present = IntegerField(null=True)
    poll = ForeignKeyField(Poll, null=True, on_delete="SET NULL")
    words = CharField(max_length=300, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("org", "year"), True), (("place", "year"), False))
        constraints = [Check("present IS NULL OR entitled IS NULL OR present <= entitled")]

    def __str__(self) -> str:
        return self.org.name


class Grade(StrEnum):
    """The grades of 民主评议党员."""

    EXCELLENT = "excellent"
    QUALIFIED = "qualified"
    BARELY = "barely"
    UNQUALIFIED = "unqualified"

    @property
    def title(self):
        return {
            "excellent": _l("优秀"),
            "qualified": _l("合格"),
            "barely": _l("基本合格"),
            "unqualified": _l("不合格"),
        }[self.value]


class Appraisal(Record):
    """The grade a branch meeting gave one member for one year."""

    place = ForeignKeyField(Place, backref="appraisals", on_delete="RESTRICT")
    member = ForeignKeyField(PartyMember, backref="appraisals", on_delete="RESTRICT")
    year = IntegerField()
    grade = Choice(Grade)
    decided_on = DateField()
    note = CharField(max_length=300, default="")
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "year"), False), (("member", "year"), False))


class Commendation(Record):
    """表彰: who is to be commended for what; ``decided_on`` the naming body decided, before that the name is only put forward."""

    place = ForeignKeyField(Place, backref="commendations", on_delete="RESTRICT")
    name = CharField(max_length=80)
    member = ForeignKeyField(PartyMember, null=True, backref="commendations", on_delete="RESTRICT")
    year = IntegerField()
    title = CharField(max_length=60)
    deeds = CharField(max_length=200, default="")
    put_forward_by = CharField(max_length=80)
    put_forward_on = DateField()
    decided_by = CharField(max_length=80, default="")
    decided_on = DateField(null=True)
    document = CharField(max_length=60, default="")
    void = CharField(max_length=200, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "year"), False), (("member",), False))
        constraints = [Check("decided_on IS NULL OR decided_by != ''"), Check("decided_on IS NULL OR decided_on >= put_forward_on")]

    def __str__(self) -> str:
        return self.name
