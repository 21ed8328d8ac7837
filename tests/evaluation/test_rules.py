"""评诺 in three voices: whose turn it is when, what each needs, what is shown from when on."""

from datetime import date

import pytest

from blueprints.boards.models import Commitment, CommitmentStep, Outcome, Way
from blueprints.boards.rules import WhyNotHonoured
from blueprints.evaluation import queries, rules, slips
from blueprints.evaluation.models import Finding, OwnWord, Verdict
from blueprints.evaluation.rules import Found
from core import settings
from core.db import writing
from core.refusal import Stale
from tests import make
from tests.evaluation.conftest import at

GOOD, FAIR, POOR = Verdict


def counted(actor, row, one, slips_, good, fair, poor, version=0, **more):
    given = {"counted_by": "何静", "checked_by": "阎新"} | more
    return slips.count(actor, row, one.stairwell, version, slips_, {one.id: {GOOD: good, FAIR: fair, POOR: poor}}, **given)


def test_a_year_is_begun_once_and_only_where_something_hung(community, begun, secretary_actor):
    row = begun[0]
    with pytest.raises(rules.YearTaken):
        rules.begin(secretary_actor, community, 2026, row.first, row.last)
    with pytest.raises(rules.NothingToEvaluate):
        rules.begin(secretary_actor, community, 2019, date(2019, 12, 1), date(2019, 12, 2))
    with pytest.raises(rules.EndsBeforeItBegins):
        rules.begin(secretary_actor, community, 2025, row.last, row.first)


def test_days_may_move_until_the_sums_are_known(begun, secretary_actor, monkeypatch):
    row = rules.move(secretary_actor, begun[0], 1, date(2026, 12, 1), date(2026, 12, 10))
    with pytest.raises(Stale):
        rules.move(secretary_actor, row, 1, date(2026, 12, 1), date(2026, 12, 11))
    at(monkeypatch, 12, 11)
    with pytest.raises(rules.ResultsKnown):
        rules.move(secretary_actor, row, row.version, date(2026, 12, 1), date(2026, 12, 31))


def test_a_member_says_the_own_word_anew_until_the_branch_has_found(begun, secretary_actor, monkeypatch):
    row, first, _second = begun
    with pytest.raises(rules.OutcomeMissing):
        rules.own_word(secretary_actor, first, Outcome.OPEN)
    with pytest.raises(rules.OwnReasonMissing):
        rules.own_word(secretary_actor, first, Outcome.NOT_HONOURED, " ")
    rules.own_word(secretary_actor, first, Outcome.HONOURED)
    word = rules.own_word(secretary_actor, first, Outcome.PARTLY, "住院一个月", Way.PAPER)
    assert (OwnWord.get().outcome, word.words, word.way, word.version) == (Outcome.PARTLY, "住院一个月", Way.PAPER, 2)
    at(monkeypatch, 12, 21)
    rules.find(secretary_actor, row, [Found(first, Outcome.PARTLY)])
    with pytest.raises(rules.AlreadyFound):
        rules.own_word(secretary_actor, first, Outcome.HONOURED)


def test_no_own_word_before_the_first_day(begun, secretary_actor, monkeypatch):
    at(monkeypatch, 11, 30)
    with pytest.raises(rules.NotYetBegun):
        rules.own_word(secretary_actor, begun[1], Outcome.HONOURED)


def test_the_branch_finds_after_the_residents_and_not_honoured_only_after_a_check(begun, secretary_actor, monkeypatch):
    row, first, second = begun
    with pytest.raises(rules.StillHearing):
        rules.find(secretary_actor, row, [Found(first, Outcome.HONOURED)])
    at(monkeypatch, 12, 21)
    missed = Found(first, Outcome.NOT_HONOURED, "全年住院")
    with pytest.raises(rules.NotChecked):
        rules.find(secretary_actor, row, [Found(second, Outcome.HONOURED), missed])
    assert not Commitment.select().where(Commitment.outcome != "").exists(), "all or none"
    with pytest.raises(WhyNotHonoured):
        rules.find(secretary_actor, row, [Found(first, Outcome.NOT_HONOURED)], "沈国庆", date(2026, 12, 21))
    with pytest.raises(rules.CheckedLater):
        rules.find(secretary_actor, row, [missed], "沈国庆", date(2026, 12, 22))
    assert rules.find(secretary_actor, row, [Found(second, Outcome.HONOURED), missed], "沈国庆", date(2026, 12, 20)) == 2
    assert Commitment.get_by_id(first.id).reason == "全年住院"
    assert Finding.get(Finding.commitment == first).checked_on == date(2026, 12, 20)
    assert rules.find(secretary_actor, row, [Found(second, Outcome.HONOURED)]) == 0, "what stands is not found again"
    assert CommitmentStep.select().where(CommitmentStep.state == "evaluated").count() == 2


def test_slips_are_counted_by_two_and_never_more_than_there_are(begun, secretary_actor):
    row, first, _second = begun
    for wrong, refusal in (
        ({"slips_": 0}, slips.HowManySlips), ({"good": 10}, slips.MoreThanSlips), ({"poor": -1}, slips.BelowNothing),
        ({"checked_by": "何静"}, slips.TwoPeople), ({"checked_by": " "}, slips.TwoPeople),
    ):
        given = {"slips_": 10, "good": 8, "fair": 1, "poor": 0} | wrong
        with pytest.raises(refusal):
            counted(secretary_actor, row, first, **given)
    made = counted(secretary_actor, row, first, 10, 8, 1, 0)
    with pytest.raises(Stale):
        counted(secretary_actor, row, first, 10, 8, 1, 0)
    counted(secretary_actor, row, first, 12, 9, 2, 1, version=made.version)
    assert queries.voices(row, [first.id])[first.id] == queries.Voices(9, 2, 1)
    assert queries.sheets(row) == 12


def test_paper_and_code_are_one_sum_shown_after_the_end_and_from_five_on(begun, secretary_actor, monkeypatch):
    row, first, second = begun
    counted(secretary_actor, row, first, 4, 3, 1, 0)
    rules.hear(row, first.stairwell, {first.id: POOR, second.id: GOOD})
    assert [line.voices for line in queries.lines(row, stairwell=first.stairwell)] == [None, None], "still heard"
    at(monkeypatch, 12, 21)
    lines = {line.row.id: line for line in queries.lines(row, stairwell=first.stairwell)}
    assert lines[first.id].voices == queries.Voices(3, 1, 1)
    assert (lines[second.id].voices, lines[second.id].few) == (None, True)
    with writing():
        settings.put("evaluation.least", 1, row.place)
    assert {line.row.id: line for line in queries.lines(row, stairwell=first.stairwell)}[second.id].voices.good == 1


def test_a_day_and_the_days_have_their_limit(begun, monkeypatch):
    row, first, _second = begun
    with writing():
        settings.put("evaluation.per_day", 2, row.place)
    for _one in range(2):
        rules.hear(row, first.stairwell, {first.id: GOOD})
    with pytest.raises(rules.DayIsFull):
        rules.hear(row, first.stairwell, {first.id: GOOD})
    at(monkeypatch, 12, 6)
    rules.hear(row, first.stairwell, {first.id: GOOD})
    with pytest.raises(rules.NothingMarked):
        rules.hear(row, first.stairwell, {})
    with pytest.raises(rules.NothingMarked):
        rules.hear(row, first.stairwell, {999: GOOD})
    at(monkeypatch, 12, 21)
    with pytest.raises(rules.NoLongerHeard):
        rules.hear(row, first.stairwell, {first.id: GOOD})
    assert queries.answered(row)[first.stairwell_id] == 3


def test_what_is_due_follows_the_round(community, promise, secretary_actor, monkeypatch):
    def told():
        return " ".join(one.text for one in queries.due(secretary_actor, community))

    at(monkeypatch, 11, 30)
    first = promise()
    assert told() == ""
    at(monkeypatch, 12, 1)
    assert "可以开始年终评诺" in told()
    row = rules.begin(secretary_actor, community, 2026, date(2026, 12, 1), date(2026, 12, 20))
    assert "1 条承诺没有自评" in told()
    rules.own_word(secretary_actor, first, Outcome.HONOURED)
    assert told() == ""
    at(monkeypatch, 12, 21)
    assert "1 条承诺等支部评定" in told()
    rules.find(secretary_actor, row, [Found(first, Outcome.HONOURED)])
    assert "第一党支部的等次还没有登记" in told()
    assert list(queries.due(make.actor(community, "reader"), community)) == []
