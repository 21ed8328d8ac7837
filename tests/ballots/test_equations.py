from dataclasses import replace

import pytest

from blueprints.ballots import equations
from blueprints.ballots.ballot import Kind
from blueprints.ballots.equations import EQUATIONS, reconcile
from blueprints.ballots.tally import Row
from tests.ballots import desks
from tests.ballots.desks import full_meeting, with_figures


def found(desk):
    return sorted({line.equation for line in reconcile(desk).mismatches})


@pytest.mark.parametrize("desk", [desks.full_meeting, desks.appraisal, desks.recommendation, desks.trust])
def test_a_full_meeting_with_audit_spoiled_surrendered_and_moving_ballots_signs(desk):
    checked = reconcile(desk())
    assert [str(line) for line in checked.mismatches] == []
    assert checked.invalid == ()
    assert checked.notes == ()
    assert checked.alarms == ()


def slips(desk, **changes):
    return replace(desk, slips=replace(desk.slips, **changes))


def in_hall(desk, recovered=0, **changes):
    hall = desk.boxes[0]
    changed = replace(hall, recovered=hall.recovered + recovered, count=replace(hall.count, **changes))
    return replace(desk, boxes=(changed, *desk.boxes[1:]))


def first_row(desk, row):
    return slips(desk, rows=(row, *desk.slips.rows[1:]))


# Each figure off by one: the equations named are exactly those in which the figure stands.
OFF_BY_ONE = [
    ("roll", 1, [1]),
    ("excluded", 1, [1]),
    ("entitled", 1, [1]),
    ("slips_printed", 1, [3, 5]),
    ("slips_left", 1, [3, 6]),
    ("slips_drawn", -1, [3, 4, 6, 8]),
    ("ticked_slip", 1, [4]),
    ("replaced", -1, [4]),
    ("spoiled", 1, [5, 6, 8]),
    ("audit_drawn", 1, [3, 6]),
    ("audit_cast", -1, [5, 6, 10]),
    ("cast", -1, [5, 6, 9, 10, 11]),
    ("surrendered", 1, [5, 6, 7, 8]),
    ("never_cast", 1, [5, 6]),
    ("paper_printed", 1, [7]),
    ("paper_left", 1, [7]),
    ("paper_issued", 1, [7, 8]),
    ("ticked_paper", 1, [7]),
    ("paper_replaced", -1, [7]),
    ("paper_spoiled", -1, [7, 8]),
    ("issued", 1, [8]),
    ("recovered", 1, [9, 11]),
    ("valid", 1, [11]),
    ("void", -1, [11]),
    ("bodies", 1, [10]),
    ("stubs", -1, [10]),
    ("used_slips", 1, [10]),
]


@pytest.mark.parametrize(("name", "step", "lines"), OFF_BY_ONE, ids=[name for name, _, _ in OFF_BY_ONE])
def test_a_figure_off_by_one_is_refused_with_its_lines(name, step, lines):
    desk = full_meeting()
    assert found(with_figures(desk, **{name: getattr(desk.figures, name) + step})) == lines


VIOLATED = {
    1: lambda: with_figures(full_meeting(), present=119, mobile=0),
    2: lambda: with_figures(full_meeting(), mobile=2),
    3: lambda: with_figures(full_meeting(), slips_printed=131, never_cast=33),
    4: lambda: with_figures(full_meeting(), ticked_slip=79),
    5: lambda: with_figures(full_meeting(), slips_printed=131, slips_left=30),
    6: lambda: with_figures(full_meeting(), never_cast=33),
    7: lambda: with_figures(full_meeting(), paper_left=35),
    8: lambda: with_figures(full_meeting(), issued=102),
    9: lambda: replace(full_meeting(), boxes=(full_meeting().boxes[0], replace(full_meeting().boxes[1], issued=3))),
    10: lambda: with_figures(full_meeting(), bodies=94),
    11: lambda: with_figures(full_meeting(), valid=97, void=2),
    12: lambda: first_row(full_meeting(), Row((60, 10, 4))),
    13: lambda: slips(full_meeting(), written={"李四": 81}),
    14: lambda: first_row(desks.appraisal(), Row((70, 3, 1, 0), unmarked=2)),
}


@pytest.mark.parametrize("equation", sorted(VIOLATED))
def test_each_equation_alone_blocks_the_signature(equation):
    desk = VIOLATED[equation]()
    assert equation in found(desk)
    lines = [line for line in reconcile(desk).mismatches if line.equation == equation]
    assert all("%" not in str(line) for line in lines)
    assert EQUATIONS[equation - 1](desk), "the equation of this number says so itself"


@pytest.mark.parametrize("equation", sorted(VIOLATED))
def test_without_its_equation_the_difference_would_pass(equation, monkeypatch):
    monkeypatch.setattr(equations, "EQUATIONS", EQUATIONS[: equation - 1] + EQUATIONS[equation:])
    assert equation not in found(VIOLATED[equation]())


def test_there_are_fourteen():
    assert len(EQUATIONS) == len(VIOLATED) == 14


@pytest.mark.parametrize(
    ("desk", "equation"),
    [
        (with_figures(full_meeting(), replaced=2, ticked_slip=79), 4),
        (with_figures(full_meeting(), audit_cast=21, never_cast=30), 6),
        (with_figures(full_meeting(), cast=79), 6),
        (with_figures(full_meeting(), paper_replaced=2, ticked_paper=22), 7),
        (with_figures(full_meeting(), paper_spoiled=4, cast=79), 9),
        (slips(full_meeting(), rows=(Row((75, 0, 0)), Row((75, 0, 0)), Row((1, 74, 0))), written={}), 13),
        (slips(full_meeting(), written={"王秋实": 1}), 13),
        (in_hall(full_meeting(), valid=17, void=2, written={"李四": 18}, rows=(Row((0, 17, 0)),) * 3), 13),
        (in_hall(full_meeting(), rows=(Row((10, 5, 1)), *full_meeting().boxes[0].count.rows[1:])), 12),
        (slips(desks.recommendation(), written={"张三": 75, "李四": 76}), 14),
        (first_row(desks.trust(), Row((60, 10, 6))), 14),
        (in_hall(full_meeting(), recovered=1), 9),
    ],
)
def test_the_further_lines_of_an_equation(desk, equation):
    assert equation in found(desk)


def test_too_few_present_is_an_outcome_and_not_an_error():
    desk = with_figures(full_meeting(), roll=128, entitled=126)
    checked = reconcile(desk)
    assert checked.mismatches == ()
    assert [line.equation for line in checked.invalid] == [1]
    assert reconcile(with_figures(full_meeting(), roll=127, entitled=125)).invalid == ()


def test_more_recovered_than_given_out_is_an_outcome_and_not_an_error():
    desk = full_meeting()
    hall = desk.boxes[0]
    rows = tuple(replace(row, counts=(row.counts[0], row.counts[1] + 5, row.counts[2])) for row in hall.count.rows)
    stuffed = replace(hall, recovered=24, count=replace(hall.count, valid=22, rows=rows))
    checked = reconcile(with_figures(replace(desk, boxes=(stuffed, desk.boxes[1])), recovered=104, valid=101))
    assert [str(line) for line in checked.mismatches] == []
    assert [line.equation for line in checked.invalid] == [9]


def test_fewer_used_slips_found_is_a_note():
    checked = reconcile(with_figures(full_meeting(), used_slips=90))
    assert checked.mismatches == ()
    assert [line.equation for line in checked.notes] == [10]
    assert reconcile(with_figures(full_meeting(), used_slips=None)).notes == ()


def test_an_audit_slip_that_does_not_agree_is_an_alarm():
    checked = reconcile(with_figures(full_meeting(), audit_agreed=18))
    assert checked.mismatches == ()
    assert checked.notes == ()
    assert str(checked.alarms[0]).startswith("抽查票 19 张，开箱后与事先写下的一致的只有 18 张")


def test_a_paper_only_poll_balances():
    desk = full_meeting()
    none = dict.fromkeys(desk.figures.__dataclass_fields__, 0) | {
        "roll": 30, "entitled": 30, "present": 25, "ticked_paper": 25, "paper_printed": 40, "paper_left": 15,
        "paper_issued": 25, "issued": 25, "recovered": 19, "valid": 17, "void": 2, "used_slips": None,
    }  # fmt: skip
    empty = replace(desk.slips, valid=0, void=0, rows=(Row((0, 0, 0)),) * 3, written={})
    paper = replace(with_figures(desk, **none), slips=empty, boxes=desk.boxes[:1])
    assert [str(line) for line in reconcile(paper).mismatches] == []


def test_a_line_names_box_and_person():
    desk = in_hall(desks.appraisal(), rows=(Row((15, 1, 0, 0), unmarked=2), *desks.appraisal().boxes[0].count.rows[1:]))
    assert [str(line) for line in reconcile(desk).mismatches] == ["现场票箱“王秋实（1）”各栏合计 18，应等于有效票 17。"]
    assert desk.kind is Kind.APPRAISAL


@pytest.mark.parametrize(
    ("desk", "off"),
    [
        (with_figures(full_meeting(), slips_left=28), 1),
        (with_figures(full_meeting(), ticked_slip=79), 1),
        (with_figures(full_meeting(), never_cast=30), -2),
        (with_figures(full_meeting(), used_slips=97), 2),
        (first_row(full_meeting(), Row((60, 10, 3))), -2),
        (slips(full_meeting(), written={"王秋实": 1}), 1),
    ],
)
def test_a_line_says_by_how_much_it_is_off(desk, off):
    assert off in [line.off for line in reconcile(desk).mismatches]
