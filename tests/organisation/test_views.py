"""The two trees on their pages, on paper, and as a spreadsheet."""

import io

import openpyxl
import pytest

from blueprints.organisation import charts, orgs, queries
from blueprints.people import imports
from core import clock
from core.access import Role, console
from core.printing import paper
from core.records.places import PartyOrg
from tests import make


@pytest.fixture
def secretary(client, community):
    return client.as_(make.account(community))


@pytest.fixture
def branch(community):
    for _member in range(3):
        make.member(community, branch="第一党支部")
    return PartyOrg.get(PartyOrg.name == "第一党支部")


def test_a_branch_is_founded_changed_and_ended_on_its_pages(secretary, community):
    day = clock.today().isoformat()
    answer = secretary.submit("/office/organisation/new", form="new", **{"org-name": "第八党支部", "org-document": "委〔2026〕8号"})
    assert answer.status_code == 303
    page = secretary.get(answer.location).text
    assert "中共梅苑社区第八党支部" in page
    assert "委〔2026〕8号" in page
    secretary.submit(answer.location, form="changes", **{"org-name": "西区党支部", "org-day": day})
    assert "第八党支部 → 西区党支部" in secretary.get(answer.location).text
    secretary.get(answer.location)
    form = dict(next(form for form in secretary.page.forms if form.action.endswith("merger")).form_values())
    assert secretary.post(f"{answer.location}/end", data=form).status_code == 303
    assert "西区党支部" not in secretary.get("/office/organisation").text
    assert "撤销" in secretary.get(answer.location).text


def test_the_page_says_what_to_report(secretary, branch, community):
    assert "不足单独成立" not in secretary.get("/office/organisation").text
    make.member(community, branch="第二党支部")
    page = secretary.get("/office/organisation").text
    assert "现为党支部，1 名党员，不足单独成立支部的人数" in page
    assert "党委 1 + 党总支 0 + 党支部 2" in page


def test_another_day_is_shown_with_its_numbers(secretary, branch):
    page = secretary.get("/office/organisation?on=2020-01-01").text
    assert "没有登记转入日期的党员从头算起" in page
    assert "本级党员" in page
    assert secretary.get("/office/organisation?on=nonsense").status_code == 200
    assert "本级党员" in secretary.get("/office/organisation?on=2999-01-01").text


def test_a_refusal_keeps_what_was_typed(secretary, branch):
    path = f"/office/organisation/{branch.id}"
    secretary.get(path)
    answer = secretary.send(path, form="changes", **{"org-name": "梅苑社区党委"})
    assert (answer.status_code, "已经有一个叫" in answer.text, 'value="梅苑社区党委"' in answer.text) == (409, True, True)


def test_a_stale_form_is_told(secretary, branch):
    path = f"/office/organisation/{branch.id}"
    secretary.get(path)
    orgs.change(console(), branch, 1, clock.today(), {"name": "新名支部"})
    assert secretary.send(path, form="changes", **{"org-name": "另一名"}).status_code == 409


def test_members_are_ticked_who_go_to_the_new_branch(secretary, branch):
    path = f"/office/organisation/{branch.id}"
    chosen = str(queries.members_of(branch).first().id)
    answer = secretary.submit(path, form="split", **{"split-name": "第二党支部", "split-members": [chosen]})
    assert answer.status_code == 303
    assert "分出第二党支部，1 名党员随同转入" in secretary.get(path).text


def test_staff_read_and_the_secretary_changes(client, community, branch):
    client.as_(make.account(community, Role.STAFF))
    page = client.get(f"/office/organisation/{branch.id}").text
    assert "更名" not in page
    assert client.post(f"/office/organisation/{branch.id}/end").status_code in (400, 403)


def test_the_chart_on_paper(community, branch):
    sheet = charts.chart(community, clock.today())
    assert sheet.roots[0].name == "梅苑社区党委"
    assert sheet.roots[0].parts[0].about == "党支部 · 3 名党员"
    assert "党委 1 + 党总支 0 + 党支部 1 = 2 个" in paper.page("organisation/print/chart.html", sheet)


def table(*rows):
    book = openpyxl.Workbook()
    for row in (("党组织名称", "类别", "上级", "成立时间"), *rows):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def bring(community, content):
    roster = imports.roster("orgs", community)
    return imports.bring_in(make.actor(community), community, roster, content, "党组织.xlsx")[1]


def test_a_tree_comes_in_from_a_spreadsheet_and_goes_out(community):
    content = table(
        ("东区党总支", "党总支", "", "2021.3.1"), ("东一党支部", "党支部", "东区党总支", "2021-03-01"), ("东二党支部", "", "东区党总支", ""),
    )  # fmt: skip
    bring(community, content)
    east = PartyOrg.get(PartyOrg.name == "东区党总支")
    assert (east.kind, east.parent.name, east.since.isoformat()) == ("general_branch", "梅苑社区党委", "2021-03-01")
    assert [part.name for part in east.parts.order_by(PartyOrg.position)] == ["东一党支部", "东二党支部"]
    roster = imports.roster("orgs", community)
    out, _name = imports.export(community, roster)
    _sheet, plan = imports.plan_of(community, roster, out, "党组织.xlsx")
    assert not plan.added
    assert not plan.changed
