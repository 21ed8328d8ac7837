"""The six ones fill themselves from what is on file; the office notes only what no record shows."""

import io

import pdfplumber
import pytest

from blueprints.cobuilding import registers as cobuilding
from blueprints.cobuilding import rules as units
from blueprints.plans import registers as plans
from blueprints.sharing import registers as sharing
from blueprints.sixones import queries, rules
from blueprints.sixones.models import OURS, THEIRS, Item, SixOnesNote, Standing
from core import clock
from core.access import Role
from tests import entries, make

YEAR = clock.today().year


@pytest.fixture
def staff(client, community):
    return client.as_(make.account(community, Role.STAFF))


@pytest.fixture
def school(community):
    values = {"name": "市第三中学", "joined": "2024-03", "liaison": "吴文斌"}
    return units.add_unit(make.actor(community), community, values)


def states(community, side):
    return {line.item: line.state for line in queries.lines(community, YEAR)[side.id if side else None]}


def test_each_side_has_six(community, school):
    found = queries.lines(community, YEAR)
    assert [line.item for line in found[None]] == list(OURS)
    assert [line.item for line in found[school.id]] == list(THEIRS)


@pytest.mark.parametrize(
    ("register", "changed", "item", "state"),
    [
        (cobuilding.AGREEMENTS, {}, Item.SCHEME, Standing.DONE),
        (sharing.RESOURCES, {"kind": "venue"}, Item.BASE, Standing.DONE),
        (plans.ACTIVITIES, {"sponsors": ""}, Item.TAKING_PART, Standing.UNDER_WAY),
        (sharing.PROJECTS, {"need": "", "resource": "", "until": ""}, Item.SERVICE, Standing.UNDER_WAY),
        (sharing.PROJECTS, {"need": "", "resource": ""}, Item.SERVICE, Standing.DONE),
    ],
)
def test_a_record_shows_an_item_of_its_unit(community, school, register, changed, item, state):
    assert states(community, school)[item] is Standing.NOT_STARTED
    span = {"since": f"{YEAR}-01-01", "until": f"{YEAR}-12-31"} if register is cobuilding.AGREEMENTS else {}
    entries.entry(register, community, unit=school.id, **span, **changed)
    assert states(community, school)[item] is state


def test_a_liaison_on_file_is_enough(community, school):
    assert states(community, school)[Item.LIAISON] is Standing.DONE


def test_two_activities_make_a_series(community, school):
    for _time in range(2):
        entries.entry(plans.ACTIVITIES, community, unit="", sponsors="市第三中学")
    assert states(community, school)[Item.TAKING_PART] is Standing.DONE
    assert states(community, None)[Item.ACTIVITIES] is Standing.DONE


def test_a_meeting_held_and_a_plan_adopted_show_the_community_s_side(community):
    make.meeting(community)
    assert states(community, None)[Item.MEETING] is Standing.DONE
    assert states(community, None)[Item.PLAN] is Standing.NOT_STARTED


def test_what_no_record_shows_is_noted(staff, community, school):
    path = f"/office/six-ones/{school.id}"
    staff.submit(f"{path}/team", state="done", words="教师志愿队12人")
    assert "教师志愿队12人" in staff.get(path).text
    assert states(community, school)[Item.TEAM] is Standing.DONE
    staff.submit(f"{path}/team", state="not_applicable", words="已并入街道队伍")
    assert states(community, school)[Item.TEAM] is Standing.NOT_APPLICABLE
    assert SixOnesNote.select().count() == 1


def test_a_note_never_takes_back_what_records_show(community, school):
    rules.put_down(make.actor(community), community, school, YEAR, Item.LIAISON, 0, {"state": Standing.NOT_STARTED})
    assert states(community, school)[Item.LIAISON] is Standing.DONE


def test_an_item_of_the_other_side_is_not_found(staff, school):
    assert staff.get(f"/office/six-ones/{school.id}/theme").status_code == 404
    assert staff.get("/office/six-ones/0/team").status_code == 404


def test_the_table_on_paper_and_as_a_sheet(staff, community, school):
    with pdfplumber.open(io.BytesIO(staff.get(f"/office/six-ones/{school.id}/sheet.pdf").data)) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages).replace("\n", "")
    for line in (*OURS, *THEIRS):
        assert str(line.title) in text
    assert staff.get("/office/six-ones.xlsx").status_code == 200


def test_many_units_cost_no_more_queries(staff, community):
    from playhouse.test_utils import count_queries

    counts = []
    for more in (3, 30):
        for _n in range(more):
            units.add_unit(make.actor(community), community, {"name": f"单位{next(make.counter)}", "joined": "2024"})
        with count_queries() as counter:
            staff.get("/office/six-ones")
        counts.append(counter.count)
    assert counts[0] == counts[1]
