"""The pages of member units."""

import pytest

from blueprints.cobuilding import rules
from blueprints.cobuilding.models import MemberUnit
from core.access import Role
from tests import make


@pytest.fixture
def staff(client, community):
    return client.as_(make.account(community, Role.STAFF))


@pytest.fixture
def school(community):
    return rules.add_unit(make.actor(community), community, {"name": "市第三中学", "liaison": "许<b>桂兰", "joined": "2024-03"})


def test_a_unit_is_entered_shown_and_ended(staff, community):
    answer = staff.submit(
        "/office/units/new", name="邮政支局", members="12", liaison="张耀祖", phone="1540 7347 585", joined="2024.3"
    )
    assert answer.status_code == 303
    assert "邮政支局" in staff.get("/office/units").text
    unit = MemberUnit.get()
    assert (unit.joined, unit.liaisons.get().phone) == ("2024-03", "15407347585")
    staff.submit(f"/office/units/{unit.id}", left="2025-01-01")
    assert "邮政支局" not in staff.get("/office/units").text
    assert "邮政支局" in staff.get("/office/units?show=left").text
    assert "邮政支局" in staff.get("/office/units?on=2024-12-31").text


def test_wrong_input_is_told_in_sentences_and_kept(staff):
    answer = staff.submit("/office/units/new", name="邮政支局", members="-1", phone="12", joined="春天")
    assert answer.status_code == 422
    for words in ("看不出是哪一年", "不像电话号码", "正整数", "邮政支局"):
        assert words in answer.text


def test_an_id_number_is_refused(staff):
    answer = staff.submit("/office/units/new", name="邮政支局", resource="联系人 11010519491231002X")
    assert (answer.status_code, "身份证" in answer.text) == (422, True)


def test_a_stale_form_keeps_what_was_typed(staff, school, community):
    path = f"/office/units/{school.id}"
    staff.get(path)
    rules.change_unit(make.actor(community), school, 1, {"name": "市第三中学", "head": "周文斌"})
    answer = staff.send(path, head="我填的人")
    assert (answer.status_code, "我填的人" in answer.text) == (409, True)
    assert MemberUnit.get_by_id(school.id).head == "周文斌"
    assert staff.send(path, head="我填的人").status_code == 303


def test_names_are_escaped_and_a_reader_may_not_edit(client, community, school):
    client.as_(make.account(community, Role.READER))
    text = client.get("/office/units").text
    assert "许&lt;b&gt;桂兰" in text
    assert "登记单位" not in text
    assert client.get(f"/office/units/{school.id}").status_code == 403


def test_units_are_found_by_name_and_liaison(staff, school):
    for words in ("第三中", "桂兰"):
        assert "市第三中学" in staff.get(f"/office/search?q={words}").text


def test_a_version_that_is_no_number_is_an_old_one(staff, school):
    path = f"/office/units/{school.id}"
    staff.get(path)
    assert staff.send(path, version="x", head="某人").status_code == 409


def test_the_roster_page_takes_units(staff, school):
    assert "党建联席会成员单位名册" in staff.get("/office/imports/units").text
    assert staff.get("/office/exports/units.xlsx").status_code == 200
