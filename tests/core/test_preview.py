"""Who is who: identity, namesakes, repeats, doubts and what counts as a change."""

import pytest

from core.spreadsheets.reading import BY_NAME, PERSON, Column, Declaration, Kind, Row, Sheet, preview
from tests.core.sheets import ROSTER


def sheet_of(*people) -> Sheet:
    """A sheet as read() gives it; rows number from 3."""
    blank = {"name": "", "sex": "", "birth": "", "phone": "", "stairwell": "", "branch": ""}
    rows = [Row(number, {**blank, **person}) for number, person in enumerate(people, 3)]
    return Sheet("名册", 2, {"name": "姓名"}, ROSTER, rows=rows)


def record(key, **values):
    return {"id": key, "sex": "", "birth": "", "phone": "", "stairwell": "", "branch": "", **values}


WANG = {"name": "王芳", "sex": "f", "birth": "1978-02", "phone": "15400000001", "stairwell": "3幢2单元"}


def counts(plan):
    return [len(part) for part in (plan.added, plan.changed, plan.unchanged, plan.missing, plan.refused, plan.unclear)]


def test_everything_is_new_to_an_empty_file():
    assert counts(preview(sheet_of(WANG, {**WANG, "name": "李四"}), [], PERSON)) == [2, 0, 0, 0, 0, 0]


def test_the_same_again_changes_nothing():
    assert counts(preview(sheet_of(WANG), [record(1, **WANG)], PERSON)) == [0, 0, 1, 0, 0, 0]


def test_a_new_phone_is_a_change():
    plan = preview(sheet_of({**WANG, "phone": "15400000002"}), [record(1, **WANG)], PERSON)
    assert plan.changed[0].fields == {"phone": ("15400000001", "15400000002")}
    assert plan.changed[0].record["id"] == 1


@pytest.mark.parametrize("blank", ["phone", "branch", "stairwell", "sex"])
def test_a_blank_in_the_offices_list_says_nothing(blank):
    plan = preview(sheet_of({**WANG, blank: ""}), [record(1, **WANG)], PERSON)
    assert counts(plan) == [0, 0, 1, 0, 0, 0]


def test_an_emptied_cell_of_an_export_empties_the_field():
    plan = preview(sheet_of({**WANG, "id": 1, "phone": ""}), [record(1, **WANG)], PERSON)
    assert plan.changed[0].fields == {"phone": ("15400000001", "")}


def test_the_number_finds_a_renamed_person():
    plan = preview(sheet_of({**WANG, "id": 1, "name": "王方"}), [record(1, **WANG)], PERSON)
    assert plan.changed[0].fields == {"name": ("王芳", "王方")}


def test_a_number_from_another_office_is_doubted():
    stranger = {"id": 1, "name": "赵六", "birth": "1950-01", "phone": "15400000009"}
    plan = preview(sheet_of(stranger), [record(1, **WANG)], PERSON)
    assert counts(plan) == [0, 0, 0, 0, 0, 1]
    assert "王芳" in plan.unclear[0].reason


def test_the_birth_month_decides_and_the_day_does_not():
    on_file = [record(1, **{**WANG, "birth": "1978-02-15"})]
    assert counts(preview(sheet_of(WANG), on_file, PERSON)) == [0, 0, 1, 0, 0, 0]
    plan = preview(sheet_of({**WANG, "birth": "1978-02-16"}), on_file, PERSON)
    assert plan.changed[0].fields == {"birth": ("1978-02-15", "1978-02-16")}


def test_true_namesakes_of_one_stairwell_are_two_people():
    older = {**WANG, "birth": "1953-01", "phone": "15400000003"}
    assert counts(preview(sheet_of(WANG, older), [], PERSON)) == [2, 0, 0, 0, 0, 0]
    assert counts(preview(sheet_of(WANG, older), [record(1, **WANG)], PERSON)) == [1, 0, 1, 0, 0, 0]
    both = [record(1, **older), record(2, **WANG)]
    assert counts(preview(sheet_of(WANG, older), both, PERSON)) == [0, 0, 2, 0, 0, 0]


def test_a_row_given_twice_is_refused_with_the_row_it_repeats():
    plan = preview(sheet_of(WANG, WANG), [], PERSON)
    assert counts(plan) == [1, 0, 0, 0, 1, 0]
    assert (plan.refused[0].row, plan.refused[0].value) == (4, "王芳")
    assert "第 3 行" in plan.refused[0].reason


def test_twins_of_name_and_month_are_asked_about_once_and_known_afterwards():
    twin = {**WANG, "phone": "15400000005", "stairwell": "9幢1单元"}
    assert counts(preview(sheet_of(WANG, twin), [], PERSON)) == [1, 0, 0, 0, 0, 1]
    both = [record(1, **WANG), record(2, **twin)]
    assert counts(preview(sheet_of(twin, WANG), both, PERSON)) == [0, 0, 2, 0, 0, 0]
    plan = preview(sheet_of(twin, WANG), both[:1], PERSON)
    assert counts(plan) == [0, 0, 1, 0, 0, 1]
    assert plan.unclear[0].row.values["phone"] == "15400000005"


def test_without_birth_name_and_phone_then_name_and_stairwell():
    nobirth = {**WANG, "birth": ""}
    assert counts(preview(sheet_of(nobirth), [record(1, **nobirth)], PERSON)) == [0, 0, 1, 0, 0, 0]
    moved = {**nobirth, "stairwell": "9幢1单元"}
    assert counts(preview(sheet_of(moved), [record(1, **nobirth)], PERSON)) == [0, 1, 0, 0, 0, 0]
    nophone = {**nobirth, "phone": ""}
    assert counts(preview(sheet_of(nophone), [record(1, **nobirth)], PERSON)) == [0, 0, 1, 0, 0, 0]


def test_a_corrected_birth_month_is_asked_about():
    plan = preview(sheet_of({**WANG, "birth": "1978-03"}), [record(1, **WANG)], PERSON)
    assert counts(plan) == [0, 0, 0, 0, 0, 1]
    assert [r["id"] for r in plan.unclear[0].records] == [1]


def test_another_phone_in_the_same_stairwell_is_asked_about():
    nobirth = {**WANG, "birth": ""}
    plan = preview(sheet_of({**nobirth, "phone": "15400000007"}), [record(1, **nobirth)], PERSON)
    assert counts(plan) == [0, 0, 0, 0, 0, 1]


def test_a_name_alone_is_asked_about():
    plan = preview(sheet_of({"name": "王芳"}), [record(1, **WANG)], PERSON)
    assert counts(plan) == [0, 0, 0, 0, 0, 1]
    assert plan.report()["added"] == 1
    assert plan.report()["missing"] == 0


def test_who_is_on_file_but_not_in_the_sheet_is_missing():
    plan = preview(sheet_of(WANG), [record(1, **WANG), record(2, name="李四", birth="1960-01")], PERSON)
    assert [r["id"] for r in plan.missing] == [2]


def test_units_are_known_by_name_alone():
    units = Declaration("units", "单位", (Column("name", "单位名称", kind=Kind.NAME), Column("head", "负责人")))
    rows = [Row(3, {"name": "邮政支局", "head": "甲"}), Row(4, {"name": "邮政支局", "head": "乙"})]
    sheet = Sheet("单位", 2, {"name": "单位名称"}, units, rows=rows)
    plan = preview(sheet, [{"id": 1, "name": "邮政支局", "head": "丙"}], BY_NAME)
    assert counts(plan) == [0, 1, 0, 0, 1, 0]


def test_an_area_may_correct_what_was_found_to_differ():
    plan = preview(sheet_of({**WANG, "phone": "1"}), [record(1, **WANG)], PERSON, differs=lambda record, row, fields: {})
    assert counts(plan) == [0, 0, 1, 0, 0, 0]


def test_the_report_has_the_agreed_form():
    report = preview(sheet_of(WANG, WANG), [], PERSON).report(applied=True, batch=7)
    assert report["refused"] == [
        {"row": 4, "column": "姓名", "value": "王芳", "reason": "与第 3 行重复，只取前面一行。"}
    ]
    assert (report["applied"], report["batch"], report["sheet"], report["header_row"]) == (True, 7, "名册", 2)
    assert (report["added"], report["changed"], report["unchanged"], report["missing"]) == (1, 0, 0, 0)
    assert report["columns"] == {"name": "姓名"}
