"""A year's plan from the first proposal to the report."""

import io

import openpyxl
import pdfplumber
import pytest

from blueprints.cobuilding import rules as cobuilding
from blueprints.cobuilding.models import TaskState
from blueprints.plans import queries, registers, rules
from blueprints.plans.models import PlanItem, PlanState
from core import clock
from core.access import Role
from tests import entries, make

YEAR = clock.today().year


@pytest.fixture
def staff(client, community):
    return client.as_(make.account(community, Role.STAFF))


@pytest.fixture
def school(community):
    return cobuilding.add_unit(make.actor(community), community, {"name": "市第三中学", "joined": "2024-03"})


@pytest.fixture
def plan(community):
    return rules.begin(make.actor(community), community, YEAR)


def item(community, plan, **values):
    return rules.write_item(make.actor(community), plan, None, 0, {"name": "义诊进楼道", "responsible": "社区", **values})


def invited(community, plan, unit):
    return "/l/" + rules.invite(make.actor(community), plan, unit).split("/l/")[1]


def test_all_units_get_a_link_of_their_own_as_a_sheet(client, staff, community, school, plan):
    cobuilding.change_unit(make.actor(community), school, 1, {"name": "市第三中学", "liaison": "吴文斌", "joined": "2024-03"})
    cobuilding.add_unit(make.actor(community), community, {"name": "丰禾超市", "joined": "2024-03"})
    answer = staff.submit(f"/office/plans/{plan.id}", ("all", "1"), form="links")
    rows = [row for row in openpyxl.load_workbook(io.BytesIO(answer.data)).active.iter_rows(values_only=True) if row[0] in (1, 2)]
    assert [(row[1], row[2] or "") for row in rows] == [("市第三中学", "吴文斌"), ("丰禾超市", "")]
    paths = ["/l/" + row[3].split("/l/")[1] for row in rows]
    assert paths[0] != paths[1]
    assert "丰禾超市" in client.application.test_client().get(paths[1]).text


def test_an_unknown_unit_gets_no_link(staff, plan):
    token = (staff.get(f"/office/plans/{plan.id}"), staff.page.find(".//input[@name='csrf_token']").get("value"))[1]
    answer = staff.post(f"/office/plans/{plan.id}/links", data={"csrf_token": token, "name": "没有的单位"})
    assert (answer.status_code, "没有叫这个名称的成员单位" in answer.text) == (422, True)


def test_a_unit_proposes_by_its_link_without_an_account(client, staff, community, school, plan):
    staff.submit(f"/office/plans/{plan.id}", form="links", unit=str(school.id))
    address = staff.page.find(".//input[@readonly]").get("value")
    path = "/l/" + address.split("/l/")[1]
    visitor = client.application.test_client()
    answer = visitor.submit(path, name="操场周末开放", month="5", people="200")
    assert (answer.status_code, answer.headers.get("Set-Cookie")) == (303, None)
    assert "操场周末开放" in visitor.get(path).text
    made = PlanItem.get()
    assert (made.proposed_by, made.unit, made.month, made.people) == (school, school, 5, 200)
    assert visitor.get("/l/wrong/plan").status_code == 404
    assert visitor.get(path).headers["Referrer-Policy"] == "no-referrer"


def test_a_pressed_twice_proposal_is_one(client, community, school, plan):
    path = invited(community, plan, school)
    visitor = client.application.test_client()
    visitor.get(path)
    form = {"form_token": visitor.page.find(".//input[@name='form_token']").get("value"), "name": "操场开放"}
    assert [visitor.post(path, data=form).status_code for _press in range(2)] == [303, 409]
    assert PlanItem.select().count() == 1


def test_the_plan_goes_its_way(staff, community, school, plan):
    path = f"/office/plans/{plan.id}"
    assert "还没有一项" in staff.submit(path, form="steps").text
    made = item(community, plan, unit=school.id, responsible="", month=5)
    staff.submit(path, form="steps")
    staff.submit(path, form="steps", adopted_by="第1次联席会议")
    fresh = queries.plan_of(community, YEAR)
    assert (fresh.state, fresh.adopted_on, fresh.adopted_by) == (PlanState.ADOPTED, clock.today(), "第1次联席会议")
    with pytest.raises(rules.Adopted):
        item(community, fresh)
    with pytest.raises(rules.Adopted):
        rules.write_item(make.actor(community), fresh, made, made.version, {"name": "改个名字"})
    edited = staff.submit(f"{path}/items/{made.id}", state="done", result="来了60人")
    assert edited.status_code == 303
    assert PlanItem.get_by_id(made.id).state is TaskState.DONE


def test_nothing_is_adopted_that_nobody_answers_for(community, plan):
    item(community, plan, responsible="")
    discussed = rules.go_on(make.actor(community), plan, 1)
    with pytest.raises(rules.NobodyAnswers):
        rules.go_on(make.actor(community), discussed, 2)


def test_after_the_collection_a_link_refuses(client, community, school, plan):
    path = invited(community, plan, school)
    item(community, plan)
    visitor = client.application.test_client()
    visitor.get(path)
    rules.go_on(make.actor(community), plan, 1)
    answer = visitor.send(path, name="来晚的项目")
    assert (answer.status_code, "不再征集" in answer.text) == (409, True)


def test_a_year_has_one_plan(staff, plan):
    answer = staff.submit("/office/plans", form="plans", year=str(YEAR))
    assert (answer.status_code, "已经建好" in answer.text) == (409, True)


def test_two_at_one_item_are_told(staff, community, plan):
    made = item(community, plan)
    path = f"/office/plans/{plan.id}/items/{made.id}"
    staff.get(path)
    rules.write_item(make.actor(community), plan, made, made.version, {"venue": "操场"})
    answer = staff.send(path, venue="会议室")
    assert (answer.status_code, "会议室" in answer.text) == (409, True)
    assert PlanItem.get_by_id(made.id).venue == "操场"


@pytest.mark.parametrize("kind", ["plan", "report"])
def test_plan_and_report_on_paper(staff, community, school, plan, kind):
    item(community, plan, unit=school.id, month=5, people=60)
    entries.entry(registers.ACTIVITIES, community, people=120)
    path = f"/office/plans/{plan.id}/{kind}.pdf"
    with pdfplumber.open(io.BytesIO(staff.get(path).data)) as pdf:
        text = pdf.pages[0].extract_text().replace("\n", "").replace(" ", "")
    assert ("义诊进楼道" in text, "草稿" in text, "120人次" in text) == (True, True, kind == "report")
    staff.submit(f"/office/plans/{plan.id}", form=f"{kind}/prints")
    with pdfplumber.open(io.BytesIO(staff.get(path).data)) as pdf:
        assert "核对码" in pdf.pages[0].extract_text()


def test_sponsors_are_recognised_as_printed(staff, community, school):
    row = entries.entry(registers.ACTIVITIES, community, unit="", sponsors="市第三中学、某某公司")
    text = staff.get(f"/office/joint-activities/{row.id}").text
    assert text.count("待核对") == 1
    assert queries.took_part(community, YEAR) == {school.id: [row]}


def test_what_is_due_of_a_plan(staff, community, plan):
    rules.go_on(make.actor(community), plan, 1) if item(community, plan, month=1) else None
    adopted = rules.go_on(make.actor(community), queries.plan_of(community, YEAR), 2)
    assert adopted.state is PlanState.ADOPTED
    late = clock.today().month > 1
    assert ("过了计划月份" in staff.get("/office").text) is late


def test_activities_are_counted_by_the_campaign_they_belong_to(staff, community):
    """七进社区、五进家庭: every theme is listed, those used with how many and how many came."""
    for _time in range(2):
        entries.entry(registers.ACTIVITIES, community, campaign="卫生进社区", people=30)
    entries.entry(registers.ACTIVITIES, community, campaign="邻里节", people=5)
    found = queries.campaigns(community, YEAR)
    names = [name for name, _held, _people in found]
    assert (sum(name.endswith("进社区") for name in names), sum(name.endswith("进家庭") for name in names)) == (7, 5)
    assert {name: (held, people) for name, held, people in found if held} == {"卫生进社区": (2, 60), "邻里节": (1, 5)}
    assert "2 次，60 人次" in staff.get("/office/joint-activities").text
