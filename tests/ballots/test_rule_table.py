"""The table of rules: every figure here is a case an election office argues about."""

from dataclasses import replace
from fractions import Fraction

import pytest

from blueprints.ballots import outcome, tally
from blueprints.ballots.ballot import BODY_OPTIONS, Kind, Option
from blueprints.ballots.body import Vote
from blueprints.ballots.outcome import RULES, Basis, Elected, Merge, Rules
from blueprints.ballots.tally import Count, Row
from tests.ballots import polls
from tests.ballots.desks import full_meeting, with_figures

FOUR_FIFTHS, HALF = (4, 5), (1, 2)


@pytest.mark.parametrize(
    ("present", "entitled", "quorum", "strictly", "met"),
    [
        (39, 50, FOUR_FIFTHS, False, False),
        (40, 50, FOUR_FIFTHS, False, True),
        (41, 50, FOUR_FIFTHS, False, True),
        (40, 51, FOUR_FIFTHS, False, False),
        (41, 51, FOUR_FIFTHS, False, True),
        (4, 5, FOUR_FIFTHS, False, True),
        (40, 50, FOUR_FIFTHS, True, False),
        (25, 50, HALF, False, True),
        (24, 50, HALF, False, False),
        (25, 50, HALF, True, False),
        (26, 51, HALF, True, True),
        (0, 50, None, False, True),
        (85, 100, (17, 20), False, True),
        (84, 100, (17, 20), False, False),
    ],
)
def test_quorum(present, entitled, quorum, strictly, met):
    assert outcome.quorum_met(present, entitled, quorum, strictly) is met


@pytest.mark.parametrize(
    ("votes", "base", "threshold", "passed"),
    [
        (50, 100, HALF, False),
        (51, 100, HALF, True),
        (50, 101, HALF, False),
        (51, 101, HALF, True),
        (1, 1, HALF, True),
        (1, 2, HALF, False),
        (0, 0, HALF, False),
        (66, 99, (2, 3), False),
        (67, 99, (2, 3), True),
        (10**15, 2 * 10**15, HALF, False),
        (10**15 + 1, 2 * 10**15 + 1, HALF, True),
    ],
)
def test_exactly_half_fails_and_one_more_wins(votes, base, threshold, passed):
    assert outcome.passes(votes, base, threshold) is passed


@pytest.mark.parametrize(("seats", "least"), [(1, 2), (2, 3), (3, 4), (5, 6), (7, 9), (9, 11), (11, 14)])
def test_a_fifth_more_candidates_than_seats(seats, least):
    assert outcome.least_candidates(seats) == least


@pytest.mark.parametrize(
    ("basis", "base"),
    [
        (Basis.ENTITLED, 120),
        (Basis.PRESENT, 100),
        (Basis.TAKING_PART, 98),
        (Basis.RECOVERED, 98),
        (Basis.VALID, 90),
    ],
)
def test_what_a_majority_is_counted_of(basis, base):
    assert outcome.base_of(basis, 120, 100, Count(90, 8, ())) == base


@pytest.mark.parametrize(
    ("basis", "winners"),
    [
        (Basis.VALID, ("甲", "乙", "丙")),
        (Basis.TAKING_PART, ("甲", "乙")),
        (Basis.PRESENT, ("甲", "乙")),
        (Basis.ENTITLED, ("甲",)),
    ],
)
def test_the_basis_changes_the_winner(basis, winners):
    base = outcome.base_of(basis, 120, 100, Count(90, 8, ()))
    assert outcome.elect({"甲": 61, "乙": 51, "丙": 46, "丁": 45}, base, 3).elected == winners


@pytest.mark.parametrize(
    ("votes", "seats", "expected"),
    [
        ({"甲": 90, "乙": 80, "丙": 70}, 2, Elected(("甲", "乙"))),
        ({"丙": 70, "乙": 80, "甲": 90}, 2, Elected(("甲", "乙"))),
        ({"甲": 90, "乙": 70, "丙": 70}, 2, Elected(("甲",), ("乙", "丙"), 1)),
        ({"甲": 90, "乙": 90, "丙": 70}, 2, Elected(("甲", "乙"))),
        ({"甲": 80, "乙": 80, "丙": 80}, 2, Elected((), ("甲", "乙", "丙"), 2)),
        ({"甲": 90, "乙": 70, "丙": 70, "丁": 70}, 3, Elected(("甲",), ("乙", "丙", "丁"), 2)),
        ({"甲": 90, "乙": 50, "丙": 40}, 2, Elected(("甲",), vacant=1)),
        ({"甲": 90, "乙": 50, "丙": 50}, 2, Elected(("甲",), vacant=1)),
        ({"甲": 50, "乙": 50}, 2, Elected((), vacant=2)),
        ({"甲": 70, "乙": 70}, 2, Elected(("甲", "乙"))),
        ({}, 3, Elected((), vacant=3)),
        ({"甲": 90, "另选者": 60, "乙": 55}, 2, Elected(("甲", "另选者"))),
        ({"甲": 100}, 1, Elected(("甲",))),
    ],
)
def test_ranking_ties_and_shortage(votes, seats, expected):
    assert outcome.elect(votes, 100, seats) == expected


@pytest.mark.parametrize(
    ("votes", "seats", "expected"),
    [
        ({"乙": 40, "丙": 30}, 1, Elected(("乙",))),
        ({"乙": 35, "丙": 35}, 1, Elected((), ("乙", "丙"), 1)),
        ({"乙": 3, "丙": 2, "丁": 2}, 2, Elected(("乙",), ("丙", "丁"), 1)),
    ],
)
def test_a_new_vote_after_a_tie_asks_no_majority(votes, seats, expected):
    assert outcome.most_votes(votes, seats) == expected


@pytest.mark.parametrize(
    ("result", "agreeing", "agreed"),
    [
        (Elected(("甲", "乙"), vacant=1), 51, True),
        (Elected(("甲", "乙"), vacant=1), 50, False),
        (Elected((), vacant=3), 100, False),
        (Elected(("甲",), ("乙", "丙"), 1), 100, False),
    ],
)
def test_fewer_seats_need_the_meeting_s_majority(result, agreeing, agreed):
    assert outcome.fewer_seats_agreed(result, agreeing, 100) is agreed


def table(*numbers):
    return dict(zip("甲乙丙丁戊己庚辛", numbers, strict=False))


@pytest.mark.parametrize(
    ("rankings", "rules", "names", "settled"),
    [
        ((table(9, 8, 7, 3, 1), table(9, 8, 7, 1, 4)), {}, "甲乙丙戊", True),
        ((table(9, 8, 7, 3, 1), table(9, 8, 1, 7, 4)), {}, "甲乙丁丙", True),
        ((table(9, 8, 7, 0, 0), table(9, 0, 0, 8, 7)), {}, "甲乙丁丙戊", False),
        ((table(9, 8, 7, 0, 0, 0), table(0, 0, 0, 9, 8, 7)), {}, "甲丁乙戊丙己", False),
        ((table(9, 8, 7, 7), table(9, 8, 7, 0)), {}, "甲乙丙丁", True),
        ((table(9, 8, 7, 6, 5), table(1, 2, 3, 9, 9)), {"merge": Merge.SUM}, "丁戊甲乙丙", False),
        ((table(9, 8, 7, 6, 5), table(1, 2, 4, 9, 9)), {"merge": Merge.SUM, "target": 3}, "丁戊丙", True),
        ((table(9, 8, 7, 6, 5),), {}, "甲乙丙丁", True),
        ((table(2, 1),), {}, "甲乙", True),
        ((table(2, 0, 1),), {}, "甲丙", True),
    ],
)
def test_recommendations_of_two_classes_are_merged(rankings, rules, names, settled):
    merged = outcome.recommend(rankings, replace(RULES[Kind.RECOMMENDATION], **rules))
    assert (sorted(merged.names), merged.settled) == (sorted(names), settled)


def graded(valid, *counts):
    return Count(valid, 0, (Row(counts, unmarked=valid - sum(counts)),))


@pytest.mark.parametrize(
    ("counts", "expected", "grade"),
    [
        ([(graded(10, 5, 3, 2, 0), (1, 1))], ["1/2", "3/10", "1/5", "0"], (0,)),
        ([(graded(10, 4, 4, 2, 0), (1, 1))], ["2/5", "2/5", "1/5", "0"], (0, 1)),
        ([(graded(10, 0, 0, 0, 0), (1, 1))], ["0", "0", "0", "0"], ()),
        ([(graded(10, 10, 0, 0, 0), (3, 5)), (graded(30, 0, 30, 0, 0), (2, 5))], ["3/5", "2/5", "0", "0"], (0,)),
        ([(graded(10, 10, 0, 0, 0), (2, 5)), (graded(30, 0, 30, 0, 0), (3, 5))], ["2/5", "3/5", "0", "0"], (1,)),
        ([(graded(0, 0, 0, 0, 0), (3, 5)), (graded(3, 1, 2, 0, 0), (2, 5))], ["1/3", "2/3", "0", "0"], (1,)),
        ([(graded(0, 0, 0, 0, 0), (1, 1))], ["0", "0", "0", "0"], ()),
        ([(graded(3, 1, 1, 0, 0), (1, 3)), (graded(7, 7, 0, 0, 0), (1, 3))], ["2/3", "1/6", "0", "0"], (0,)),
    ],
)
def test_appraisal_shares_are_weighted_by_class(counts, expected, grade):
    found = outcome.shares(counts, 0)
    assert list(found) == [Fraction(text) for text in expected]
    assert outcome.grades(found) == grade


@pytest.mark.parametrize(
    ("best", "people", "cap", "warned"),
    [(3, 9, (1, 3), False), (4, 9, (1, 3), True), (3, 10, (1, 3), False), (4, 11, (1, 3), True), (9, 9, None, False)],
)
def test_more_than_a_third_at_the_best_grade_is_a_warning(best, people, cap, warned):
    assert outcome.too_many_best([(0,)] * best + [(1,)] * (people - best), cap) is warned


@pytest.mark.parametrize(
    ("sizes", "groups"),
    [
        ({"A": 5, "B": 5}, [("A",), ("B",)]),
        ({"A": 4, "B": 30}, [("A", "B")]),
        ({"A": 4, "B": 30, "C": 9}, [("A", "C"), ("B",)]),
        ({"A": 2, "B": 2, "C": 30}, [("A", "B", "C")]),
        ({"A": 2, "B": 3, "C": 30}, [("A", "B"), ("C",)]),
        ({"A": 3}, [("A",)]),
        ({"A": 0, "B": 30}, [("A", "B")]),
    ],
)
def test_a_class_below_five_is_never_shown_alone(sizes, groups):
    assert tally.fit_to_show(sizes) == groups


def election(**changes):
    return polls.ballot(**({"kind": Kind.ELECTION, "seats": 3, "cap": 3, "lines": 2} | changes))


@pytest.mark.parametrize(
    ("vote", "void"),
    [
        (Vote((1, 1, 1, 2, 2, 2, 2, 2, 2)), False),
        (Vote((1, 1, 1, 1, 2, 2, 2, 2, 2)), True),
        (Vote((1, 1, 2, 2, 2, 2, 2, 2, 2), ("李四",)), False),
        (Vote((1, 1, 1, 2, 2, 2, 2, 2, 2), ("李四",)), True),
        (Vote((1, 1, 3, 3, 3, 3, 3, 3, 3), ("李四",)), True),
        (Vote((0,) * 9), False),
        (Vote((0,) * 9, whole=True), False),
        (Vote((2,) * 9, ("李四", "李四")), True),
        (Vote((2,) * 9, ("王秋实",)), True),
        (Vote((2,) * 9, ("李四", "张三")), False),
    ],
)
def test_when_a_ballot_is_void(vote, void):
    assert tally.is_void(election(), vote) is void


def test_a_blank_ballot_is_valid_and_abstains_on_every_row():
    ballot = election()
    counted = tally.count(ballot, [Vote((0,) * 9, whole=True), Vote((1, 2, 3) + (0,) * 6), Vote((1,) * 9)])
    assert (counted.valid, counted.void, counted.recovered) == (2, 1, 3)
    assert counted.rows[0] == Row((1, 0, 1))
    assert counted.rows[1] == Row((0, 1, 1))
    assert counted.rows[8] == Row((0, 0, 2))


def test_a_trust_vote_has_no_cap_and_needs_none():
    counted = tally.count(polls.ballot(), [Vote((1,) * 9)] * 3)
    assert (counted.valid, counted.rows[4]) == (3, Row((3, 0, 0)))


def test_an_appraisal_counts_empty_rows_apart():
    ballot = polls.ballot(kind=Kind.APPRAISAL, options=BODY_OPTIONS, lines=1, lines_are_names=False)
    counted = tally.count(ballot, [Vote((1,) + (0,) * 8, ("好",)), Vote((0,) * 9, whole=True)])
    assert counted.rows[0] == Row((1, 0, 0), unmarked=1)
    assert counted.written == {}, "remarks are no names and are not counted"


def test_a_review_may_cap_the_best_grade_on_the_ballot():
    ballot = polls.ballot(kind=Kind.REVIEW, cap=3)
    counted = tally.count(ballot, [Vote((1, 1, 1) + (2,) * 6), Vote((1, 1, 1, 1) + (2,) * 5)])
    assert (counted.valid, counted.void) == (1, 1)


def test_boxes_of_one_ballot_are_added_with_partly_void_rows():
    hall = Count(3, 1, (Row((1, 1, 0), void=1), Row((3, 0, 0))), {"李四": 1})
    moving = Count(2, 0, (Row((2, 0, 0)), Row((0, 1, 1))), {"李四": 1, "张三": 1})
    assert tally.together([hall, moving]) == Count(
        5, 1, (Row((3, 1, 0), void=1), Row((3, 1, 1))), {"张三": 1, "李四": 2}
    )


def test_recovered_above_given_out_makes_the_vote_invalid():
    from blueprints.ballots.equations import invalid

    assert [line.equation for line in invalid(with_figures(full_meeting(), recovered=104))] == [9]
    assert invalid(with_figures(full_meeting(), recovered=103)) == []


def test_a_poll_freezes_its_own_rules():
    assert outcome.rules_of(Kind.TRUST, {}) == Rules(Basis.TAKING_PART)
    frozen = {"basis": "entitled", "threshold": [2, 3], "quorum": [1, 2], "elsewhere": 1}
    assert outcome.rules_of(Kind.TRUST, frozen) == Rules(Basis.ENTITLED, (2, 3), (1, 2))
    assert outcome.rules_of(Kind.RECOMMENDATION, {"merge": "sum"}).merge is Merge.SUM


def test_every_kind_has_its_rules():
    assert set(RULES) == set(Kind)
    assert RULES[Kind.ELECTION].quorum == (4, 5)
    assert RULES[Kind.TRUST].quorum is None
    assert Option("信任", "ring") in polls.ballot().options
