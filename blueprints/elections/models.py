"""两推一选: the five stages of a change of committee, each with its documents, its notice and its poll; the names carried along."""

from enum import StrEnum

from peewee import BooleanField, CharField, Check, DateField, DateTimeField, ForeignKeyField, IntegerField, TextField

from blueprints.ballots.models import Poll
from core.db import Choice, Record
from core.records.papers import Blob
from core.records.people import Account, Person, Sex
from core.records.places import Place
from core.text import _l


class Stage(StrEnum):
    """In the order they are gone through; a community may hold one on paper, never in another order."""

    RECOMMENDATION = "recommendation"
    TRUST = "trust"
    REVIEW = "review"
    NOTICE = "notice"
    CONGRESS = "congress"

    @property
    def title(self):
        return {
            "recommendation": _l("党员推荐"),
            "trust": _l("居民代表信任投票"),
            "review": _l("上级审查批复"),
            "notice": _l("候选人公示"),
            "congress": _l("党员大会选举"),
        }[self.value]


ORDER = list(Stage)


class StageState(StrEnum):
    WAITING = "waiting"
    UNDER_WAY = "under_way"
    DONE = "done"

    @property
    def title(self):
        return {"waiting": _l("未开始"), "under_way": _l("进行中"), "done": _l("已完成")}[self.value]


class ProcessState(StrEnum):
    RUNNING = "running"
    FINISHED = "finished"
    STOPPED = "stopped"

    @property
    def title(self):
        return {"running": _l("进行中"), "finished": _l("已完成"), "stopped": _l("已终止")}[self.value]


class ElectionProcess(Record):
    """One change of a committee, from the recommendation to the members' congress; ``body`` is what is elected."""

    place = ForeignKeyField(Place, backref="elections", on_delete="RESTRICT")
    title = CharField(max_length=120)
    body = CharField(max_length=80)
    seats = IntegerField()
    state = Choice(ProcessState, default=ProcessState.RUNNING)
    began_on = DateField()
    reason = CharField(max_length=300, default="")
    version = IntegerField(default=1)

    class Meta:
        indexes = ((("place", "state"), False),)
        constraints = [Check("seats > 0"), Check("(state = 'stopped') <= (reason != '')")]

    def __str__(self) -> str:
        return self.title


class ElectionStage(Record):
    """One stage; ``notice`` is the number of the notice of candidates, ``due_on`` when it has to be done."""

    process = ForeignKeyField(ElectionProcess, backref="stages", on_delete="CASCADE")
    stage = Choice(Stage)
    state = Choice(StageState, default=StageState.WAITING)
    due_on = DateField(null=True)
    done_on = DateField(null=True)
    poll = ForeignKeyField(Poll, null=True, backref="+", unique=True, on_delete="SET NULL")
    notice = IntegerField(null=True)
    note = CharField(max_length=300, default="")

    class Meta:
        indexes = ((("process", "stage"), True),)
        constraints = [Check("(state = 'done') = (done_on IS NOT NULL)")]

    def __str__(self) -> str:
        return str(self.stage.title)


class ElectionStep(Record):
    """What was done in a process: who, when, in which state it stood then, in words."""

    process = ForeignKeyField(ElectionProcess, backref="steps", on_delete="CASCADE")
    at = DateTimeField()
    account = ForeignKeyField(Account, null=True, on_delete="SET NULL")
    state = Choice(ProcessState)
    note = CharField(max_length=500, default="")

    class Meta:
        indexes = ((("process", "at"), False),)


class ElectionDocument(Record):
    """A paper of a stage: the file, or its number and date where the paper itself lies in the archive, or both."""

    stage = ForeignKeyField(ElectionStage, backref="documents", on_delete="CASCADE")
    title = CharField(max_length=120)
    number = CharField(max_length=60, default="")
    dated = DateField(null=True)
    file = ForeignKeyField(Blob, null=True, on_delete="RESTRICT")
    file_name = CharField(max_length=120, default="")

    class Meta:
        constraints = [Check("number != '' OR file_id IS NOT NULL OR dated IS NOT NULL")]

    def __str__(self) -> str:
        return self.title


class ElectionCandidate(Record):
    """Somebody carried from stage to stage; ``dropped`` is the stage after which they stood no longer, with the reason."""

    process = ForeignKeyField(ElectionProcess, backref="candidates", on_delete="CASCADE")
    person = ForeignKeyField(Person, null=True, on_delete="SET NULL")
    name = CharField(max_length=80)
    sort_key = CharField(max_length=200, default="")
    position = IntegerField(default=0)
    sex = Choice(Sex, default=Sex.UNKNOWN)
    birth = CharField(max_length=10, default="")
    joined = CharField(max_length=10, default="")
    education = CharField(max_length=40, default="")
    duty = CharField(max_length=200, default="")
    post = CharField(max_length=80, default="")
    profile = TextField(default="")
    dropped = Choice(Stage, null=True)
    reason = CharField(max_length=200, default="")
    elected = BooleanField(default=False)

    class Meta:
        indexes = ((("process", "name"), True),)
        constraints = [Check("NOT (elected AND dropped IS NOT NULL)")]

    def __str__(self) -> str:
        return self.name
