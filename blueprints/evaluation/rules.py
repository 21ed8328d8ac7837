"""评诺: a year's promises in three voices: the member's own word, residents' sums, what the branch found."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from blueprints.boards import queries as boards
from blueprints.boards import rules as promises
from blueprints.boards.models import SHOWN_STATES, Commitment, CommitmentState, Outcome, Way
from blueprints.evaluation.models import Answers, EvaluationRound, Finding, Heard, OwnWord, Verdict
from core import clock, settings, zh
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.history import unchanged
from core.records.places import Place
from core.refusal import Refused
from core.text import _l

settings.declare("evaluation.least", _l("居民评议满几份才显示数字"), 5, group="evaluation", source=_l("份数太少，等于说出了是谁评的"))
settings.declare("evaluation.per_day", _l("一个楼道一天最多收几份扫码评议"), 30, group="evaluation", source=_l("防止一个人反复提交"))
settings.declare("evaluation.month", _l("几月起提醒开始年终评诺"), 12, group="evaluation")


class YearTaken(Refused):
    sentence = _l("%(year)s年度已经有评诺了，请直接打开。")
    status = 409


class NothingToEvaluate(Refused):
    sentence = _l("%(year)s年度没有公示过的承诺，没有可评的。")


class EndsBeforeItBegins(Refused):
    sentence = _l("结束日期早于开始日期，请核对。")


class ResultsKnown(Refused):
    """Whoever saw the sums and then hears one voice more knows what that voice said."""

    sentence = _l("居民评议已经结束，结果已经能看到，不能再改日期或者重新开放。")
    status = 409


class NotYetBegun(Refused):
    sentence = _l("%(year)s年度评诺还没有开始。")
    status = 409


class OutcomeMissing(Refused):
    sentence = _l("请选一项：已兑现、基本兑现或未兑现。")


class OwnReasonMissing(Refused):
    sentence = _l("没有兑现的，请写一下原因。")


class AlreadyFound(Refused):
    sentence = _l("支部已经评定，不能再改自评。")
    status = 409


class StillHearing(Refused):
    sentence = _l("居民评议到%(day)s为止，支部评定要在这以后进行。")
    status = 409


class NotChecked(Refused):
    sentence = _l("“%(text)s”评为未兑现，要先核实：请写明谁核实的、哪天核实的。")


class CheckedLater(Refused):
    sentence = _l("核实日期 %(day)s 还没有到，请核对。")


class NothingMarked(Refused):
    sentence = _l("还没有评，请至少评一条；不清楚的可以不评。")


class NoLongerHeard(Refused):
    sentence = _l("这次评议已经结束，谢谢您。平时有话，请投意见箱。")
    status = 409


class DayIsFull(Refused):
    sentence = _l("今天这个楼道收到的评议已经很多了，请明天再评，或者填纸质的评议票。")
    status = 429


@dataclass(frozen=True)
class Found:
    """What the branch found of one promise; ``reason`` is the member's own where it was not honoured."""

    commitment: Commitment
    outcome: Outcome
    reason: str = ""


def begin(actor: Actor, place: Place, year: int, first: date, last: date) -> EvaluationRound:
    """开始评诺: residents are heard from the first day to the last; a year gone by may be entered from paper."""
    if last < first:
        raise EndsBeforeItBegins()
    with writing():
        unchanged(place, None)  # Two desks at once must not begin the same year twice.
        if EvaluationRound.select().where((EvaluationRound.place == place) & (EvaluationRound.year == year)).exists():
            raise YearTaken(year=year)
        rows = list(boards.on_boards(place, year))
        if not rows:
            raise NothingToEvaluate(year=year)
        made = EvaluationRound.create(place=place, year=year, first=first, last=last)
        ready(made, rows)
        record(actor, Act.EVALUATION_SET, made, place, year=year, first=first, last=last)
    return made


def ready(row: EvaluationRound, rows: Iterable[Commitment]) -> None:
    """Every sum stands at nothing before anybody is heard: a row made by the first voice would tell of it."""
    for one in rows:
        Heard.get_or_create(commitment=one, defaults={"round": row})
        Answers.get_or_create(round=row, stairwell=one.stairwell_id)


def move(actor: Actor, row: EvaluationRound, version: int | None, first: date, last: date) -> EvaluationRound:
    """Other days, as long as residents are still heard. Raises ResultsKnown afterwards."""
    if last < first:
        raise EndsBeforeItBegins()
    with writing():
        fresh = unchanged(row, version)
        if fresh.over:
            raise ResultsKnown()
        fresh.first, fresh.last, fresh.version = first, last, fresh.version + 1
        fresh.save()
        record(actor, Act.EVALUATION_SET, fresh, fresh.place_id, first=first, last=last)
    return fresh


def round_of(place: Place | int, year: int) -> EvaluationRound | None:
    """The evaluation of a year."""
    return EvaluationRound.get_or_none((EvaluationRound.place == place) & (EvaluationRound.year == year))


def own_word(actor: Actor, commitment: Commitment, outcome: Outcome, words: str = "", way: Way = Way.STAFF) -> OwnWord:
    """自评: said anew as often as the member likes until the branch has found; not honoured only with the reason."""
    words = words.strip()
    if outcome is Outcome.OPEN:
        raise OutcomeMissing()
    if outcome is Outcome.NOT_HONOURED and not words:
        raise OwnReasonMissing()
    with writing():
        fresh = unchanged(commitment, None)
        row = round_of(fresh.place_id, fresh.year)
        if row is None or clock.today() < row.first:
            raise NotYetBegun(year=fresh.year)
        if fresh.state is CommitmentState.EVALUATED:
            raise AlreadyFound()
        promises.expect([fresh], SHOWN_STATES)
        word, new = OwnWord.get_or_create(
            commitment=fresh, defaults={"outcome": outcome, "words": words, "way": way, "said_on": clock.today()}
        )
        if not new:
            if (word.outcome, word.words) == (outcome, words):
                return word
            word.outcome, word.words, word.way, word.said_on, word.version = outcome, words, way, clock.today(), word.version + 1
            word.save()
        record(actor, Act.OWN_WORD_GIVEN, fresh, fresh.place_id, outcome=outcome, words=words, way=way)
    return word


def find(
    actor: Actor, row: EvaluationRound, findings: Iterable[Found], checked_by: str = "", checked_on: date | None = None
) -> int:
    """支部评定, all or none: after the residents were heard; not honoured only after a check and with the member's reason.

    How many promises were found anew. Raises StillHearing, NotChecked, and what ``boards.rules.evaluate`` refuses.
    """
    checked_by = " ".join(checked_by.split())
    if checked_on is not None and checked_on > clock.today():
        raise CheckedLater(day=zh.day(checked_on))
    with writing():
        fresh = unchanged(row, None)
        if not fresh.over:
            raise StillHearing(day=zh.day(fresh.last))
        changed = [one for one in findings if (one.outcome, one.reason.strip()) != _stands(one.commitment)]
        for one in changed:
            if one.outcome is Outcome.NOT_HONOURED and not (checked_by and checked_on):
                raise NotChecked(text=one.commitment.text)
            promises.evaluate(actor, [one.commitment], one.outcome, one.reason)
            _checked(one.commitment, checked_by, checked_on)
    return len(changed)


def _stands(commitment: Commitment) -> tuple[Outcome, str]:
    now = Commitment.get_by_id(commitment.id)
    return now.outcome, now.reason


def _checked(commitment: Commitment, by: str, on: date | None) -> None:
    values = {"checked_by": by, "checked_on": on, "found_on": clock.today()}
    finding, new = Finding.get_or_create(commitment=commitment, defaults=values)
    if not new:
        Finding.update(values).where(Finding.id == finding.id).execute()


def hear(row: EvaluationRound, stairwell: Place, marks: Mapping[int, Verdict]) -> None:
    """What one resident said at the code of a stairwell, added to the sums; no trail, for the trail knows the second.

    ``marks`` are verdicts by the number of the promise. Every sum of the stairwell is written, marked or not, so that
    not even the order of writing tells which was. Raises NoLongerHeard, NothingMarked, DayIsFull.
    """
    with writing():
        fresh = unchanged(row, None)
        if not fresh.hears():
            raise NoLongerHeard()
        rows = list(boards.on_boards(fresh.place, fresh.year, stairwell=stairwell))
        if not any(one.id in marks for one in rows):
            raise NothingMarked()
        ready(fresh, rows)
        _let_in(fresh, stairwell)
        for one in rows:
            said = marks.get(one.id)
            sums = {getattr(Heard, verdict.value): getattr(Heard, verdict.value) + int(said is verdict) for verdict in Verdict}
            Heard.update(sums).where(Heard.commitment == one).execute()


def _let_in(row: EvaluationRound, stairwell: Place) -> None:
    """One more today; a day has its limit, for nobody asks who answers."""
    answers, today = Answers.get(round=row, stairwell=stairwell), clock.today()
    so_far = answers.that_day if answers.day == today else 0
    if so_far >= int(settings.value("evaluation.per_day", row.place)):
        raise DayIsFull()
    Answers.update(total=Answers.total + 1, day=today, that_day=so_far + 1).where(Answers.id == answers.id).execute()
