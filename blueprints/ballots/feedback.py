"""满意度: one short question after a vote about how it was run. Three sums; nothing ties an answer to a ballot or a person.

Like a tick of the roll an answer is no act of the trail: its time beside a vote would be the beginning of a link.
"""

from dataclasses import dataclass
from enum import StrEnum

from peewee import ModelSelect

from blueprints.ballots.kinds import PollStatus
from blueprints.ballots.models import Feedback, Poll
from blueprints.ballots.tally import LEAST_SHOWN
from core.db import writing
from core.forms import spend
from core.records.places import Place
from core.refusal import Refused
from core.text import _, _l

ASKING = (PollStatus.OPEN, PollStatus.CLOSED, PollStatus.UNSEALED, PollStatus.COUNTED, PollStatus.SIGNED)


class Opinion(StrEnum):
    GOOD = "good"
    FAIR = "fair"
    POOR = "poor"

    @property
    def title(self):
        return {"good": _l("满意"), "fair": _l("基本满意"), "poor": _l("不满意")}[self.value]


class NotAsking(Refused):
    sentence = _l("这次投票的评价已经结束，谢谢您。")
    status = 409


def asked(community: Place) -> ModelSelect:
    """The polls residents may say something about now: those one can vote in first, then the newest."""
    order = (Poll.status != PollStatus.OPEN, Poll.id.desc())
    return Poll.select().where((Poll.place == community) & Poll.status.in_(ASKING)).order_by(*order)


def answer(poll: Poll, opinion: Opinion, nonce: str) -> None:
    """One more for a sum; the same form counts once."""
    with writing():
        fresh = Poll.get_by_id(poll.id)
        if fresh.status not in ASKING:
            raise NotAsking()
        spend(nonce)
        Feedback.insert(poll=fresh).on_conflict_ignore().execute()
        column = getattr(Feedback, opinion.value)
        Feedback.update({column: column + 1}).where(Feedback.poll == fresh).execute()


@dataclass(frozen=True)
class Sums:
    good: int
    fair: int
    poor: int

    @property
    def total(self) -> int:
        return self.good + self.fair + self.poor


def sums(poll: Poll) -> Sums | None:
    """None while so few answered that the sums would tell who said what."""
    row = poll.feedback.first()
    found = Sums(row.good, row.fair, row.poor) if row else Sums(0, 0, 0)
    return found if found.total >= LEAST_SHOWN else None


def in_words(poll: Poll) -> str:
    """As page and report tell it; empty where nothing is told."""
    found = sums(poll)
    if found is None:
        return ""
    return _(
        "%(total)s 人对投票的组织作了评价：满意 %(good)s，基本满意 %(fair)s，不满意 %(poor)s。",
        total=found.total, good=found.good, fair=found.fair, poor=found.poor,
    )  # fmt: skip
