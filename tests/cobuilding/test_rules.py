"""Member units: in and out as a roster, counted on any day, liaisons kept."""

from datetime import date
from pathlib import Path

import pytest

from blueprints.cobuilding import queries, rules, sheets
from blueprints.cobuilding.models import Liaison, MemberUnit
from blueprints.people import imports
from core import clock
from core.access import Role
from core.refusal import Stale
from core.spreadsheets.writing import write_table
from tests import make

UNITS = Path(__file__).parents[2] / "data" / "units.xlsx"
SCHOOL = {"name": "市第三中学", "liaison": "许桂兰", "phone": "15474267142", "joined": "2024-03"}


@pytest.fixture
def staff(community):
    return make.actor(community, Role.STAFF)


@pytest.fixture
def school(community, staff):
    return rules.add_unit(staff, community, SCHOOL)


def bring_in(staff, community, content=None, **options):
    content = content or UNITS.read_bytes()
    return imports.bring_in(staff, community, imports.roster("units", community), content, "units.xlsx", **options)


def test_the_example_list_comes_in_once(community, staff):
    first, _batch = bring_in(staff, community)
    assert (len(first.added), len(first.refused)) == (16, 0)
    again, _ = bring_in(staff, community)
    assert (len(again.added), len(again.changed), len(again.unchanged)) == (0, 0, 16)
    court = queries.visible_to(staff, community).where(MemberUnit.name == "同济堂药房").get()
    assert (court.party_org, court.members, court.liaison.name) == ("无(选派党建指导员)", 2, "方斌")


def test_what_goes_out_comes_back_in_and_one_cell_is_one_change(community, staff, school):
    bring_in(staff, community)
    content, _ = imports.export(community, imports.roster("units", community))
    again, _ = bring_in(staff, community, content)
    assert (len(again.added), len(again.changed), len(again.unchanged)) == (0, 0, 16)
    rules.change_unit(staff, queries.units(community).where(MemberUnit.id == school.id).get(), 2, {**SCHOOL, "members": 87})
    assert len(imports.plan_of(community, imports.roster("units", community), content, "x.xlsx")[1].changed) == 1


def test_an_import_is_taken_back_as_a_whole(community, staff):
    _plan, batch = bring_in(staff, community)
    imports.undo(staff, batch)
    assert MemberUnit.select().count() == Liaison.select().count() == 0


def test_a_unit_not_on_the_sheet_leaves_and_stays_on_file(community, staff):
    gone = rules.add_unit(staff, community, {"name": "旧址商店"})
    bring_in(staff, community, remove_missing=True)
    assert MemberUnit.get_by_id(gone.id).left == clock.today().isoformat()
    assert queries.count(community) == 16


@pytest.mark.parametrize(
    ("day", "number"), [("2023-12-31", 1), ("2024-02-29", 2), ("2024-03-01", 3), ("2025-05-31", 3), ("2025-06-01", 2)]
)
def test_units_are_counted_on_any_day_and_coarse_dates_from_their_first(community, staff, school, day, number):
    rules.add_unit(staff, community, {"name": "甲厂"})
    rules.add_unit(staff, community, {"name": "乙厂", "joined": "2024", "left": "2025-06"})
    assert queries.count(community, date.fromisoformat(day)) == number


def test_a_new_liaison_keeps_the_former(community, staff, school):
    unit = queries.units(community).get()
    rules.change_unit(staff, unit, 1, {**SCHOOL, "liaison": "陈䶮", "phone": "15400000001"})
    former, now = unit.liaisons.order_by(Liaison.id)
    assert (former.name, former.until, now.name, now.since) == ("许桂兰", clock.today(), "陈䶮", clock.today())
    rules.change_unit(staff, unit, 2, {**SCHOOL, "liaison": "陈䶮", "phone": "15400000002"})
    assert [one.phone for one in unit.liaisons.order_by(Liaison.id)] == ["15474267142", "15400000002"]


def test_a_second_editor_is_told(community, staff, school):
    unit = queries.units(community).get()
    rules.change_unit(staff, unit, 1, {**SCHOOL, "head": "周文斌"})
    with pytest.raises(Stale):
        rules.change_unit(staff, unit, 1, {**SCHOOL, "head": "别人"})
    assert MemberUnit.get_by_id(unit.id).head == "周文斌"


def test_names_are_one_and_days_in_order(community, staff, school):
    with pytest.raises(rules.NameTaken, match="市第三中学"):
        rules.add_unit(staff, community, {"name": "市第三中学"})
    with pytest.raises(rules.LeftBeforeJoined):
        rules.add_unit(staff, community, {"name": "丙厂", "joined": "2024-03", "left": "2024-02-28"})
    rules.add_unit(staff, community, {"name": "丁厂", "joined": "2024-03-05", "left": "2024"})


def test_growth_ends_today(community, staff, school):
    rules.add_unit(staff, community, {"name": "甲厂"})
    points = queries.growth(community)
    assert points[0] == (date(2024, 12, 31), 2) if clock.today().year > 2024 else points
    assert points[-1] == (clock.today(), 2)


def test_another_community_sees_nothing(community, school):
    stranger = make.actor(make.community("兰苑社区"))
    assert queries.visible_to(stranger, community).count() == 0


def test_the_joint_meeting_grew_from_300_to_380_units(community, staff):
    """One sheet of 380 rows; who belonged is known on any day, and every unit has its label."""
    heads = ["单位名称", "联络员", "联络员电话", "加入日期"]
    rows = [[f"第{n}单位", f"联络{n}", f"154{n:08}", "2003.1" if n < 300 else "2004.6"] for n in range(380)]
    first, _batch = bring_in(staff, community, write_table("名册", heads, rows))
    assert (len(first.added), len(first.refused)) == (380, 0)
    days = (date(2002, 12, 31), date(2003, 12, 31), date(2004, 5, 31), date(2004, 6, 1))
    assert [queries.count(community, day) for day in days] == [0, 300, 300, 380]
    sheet = sheets.labels(community)
    assert (len(sheet.labels), sheet.labels[379].to) == (380, "联络员　联络379　同志收")
    assert sheets.phones(community, queries.units(community)).rows[0][:6:5] == ("第0单位", "15400000000")
