"""评议票: the paper slips of a stairwell, counted by two people and typed in as sums."""

from collections.abc import Mapping

from blueprints.boards import queries as boards
from blueprints.evaluation.models import EvaluationRound, SlipCount, SlipSum, Verdict
from blueprints.evaluation.rules import NotYetBegun
from core import clock
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.history import unchanged
from core.records.places import Place
from core.refusal import Refused, Stale
from core.text import _l

MOST = 5000
Sums = Mapping[int, Mapping[Verdict, int]]


class HowManySlips(Refused):
    sentence = _l("请填收回多少张评议票（1 到 %(most)s）。")


class TwoPeople(Refused):
    sentence = _l("点票要两个人：请写计票人和复核人，不能是同一个人。")


class MoreThanSlips(Refused):
    sentence = _l("“%(text)s”的三项加起来是 %(sum)s，多于收回的 %(slips)s 张，请重新点一遍。")


class BelowNothing(Refused):
    sentence = _l("“%(text)s”的数字请填 0 或正整数。")


class FoundAlready(Refused):
    sentence = _l("“%(text)s”支部已经评定，评议票不能再改。")
    status = 409


def count(
    actor: Actor, row: EvaluationRound, stairwell: Place, version: int, slips: int, sums: Sums, counted_by: str,
    checked_by: str, words: str = "",
) -> SlipCount:  # fmt: skip
    """The sums of a stairwell's slips, or the corrected ones; a slip left blank at a promise counts for none of the three.

    ``sums`` are by the number of the promise; ``version`` is 0 for a first count. Raises Stale when it is old.
    """
    counted_by, checked_by = " ".join(counted_by.split()), " ".join(checked_by.split())
    if not 0 < slips <= MOST:
        raise HowManySlips(most=MOST)
    if not counted_by or not checked_by or counted_by == checked_by:
        raise TwoPeople()
    with writing():
        fresh = unchanged(row, None)
        if clock.today() < fresh.first:
            raise NotYetBegun(year=fresh.year)
        rows = list(boards.on_boards(fresh.place, fresh.year, stairwell=stairwell))
        for one in rows:
            _fits(one, slips, sums.get(one.id, {}))
        made = _entered(actor, fresh, stairwell, version)
        made.slips, made.counted_by, made.checked_by, made.words = slips, counted_by, checked_by, words.strip()
        made.entered_on, made.account = clock.today(), actor.account_id
        made.save()
        SlipSum.delete().where(SlipSum.count == made).execute()
        for one in rows:
            SlipSum.create(count=made, commitment=one, **{v.value: n for v, n in sums.get(one.id, {}).items()})
        record(actor, Act.SLIPS_COUNTED, made, fresh.place_id, stairwell=stairwell.name, slips=slips, by=[counted_by, checked_by])
    return made


def _fits(one: object, slips: int, said: Mapping[Verdict, int]) -> None:
    if any(number < 0 for number in said.values()):
        raise BelowNothing(text=one.text)
    if sum(said.values()) > slips:
        raise MoreThanSlips(text=one.text, sum=sum(said.values()), slips=slips)
    if one.state.value == "evaluated":
        raise FoundAlready(text=one.text)


def _entered(actor: Actor, row: EvaluationRound, stairwell: Place, version: int) -> SlipCount:
    known = SlipCount.get_or_none(round=row, stairwell=stairwell)
    if known is None:
        return SlipCount(round=row, stairwell=stairwell)
    if known.version != version:
        raise Stale(who=known.account.name if known.account else actor.name)
    known.version += 1
    return known

