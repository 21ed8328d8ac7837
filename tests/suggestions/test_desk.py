"""One message at its desk: templates, helpers by ticking, those who asked for the same, papers in the menu."""

import pytest

from blueprints.suggestions import leaving, templates
from blueprints.suggestions.kinds import Kind, Way
from blueprints.suggestions.models import ReplyTemplate
from core.access import Role, actor_of
from core.records.papers import IssuedPaper
from tests import entries, make
from tests.suggestions.working import assigned, now, registered, replied


@pytest.fixture
def account(community):
    return make.account(community, Role.SECRETARY, "沈兰英")


@pytest.fixture
def office(client, account):
    return client.as_(account)


def test_a_template_fills_the_answer_and_its_blanks_must_be_filled(office, say, secretary, community):
    assert office.submit("/office/reply-templates", form="usual-templates").status_code == 303
    assert ReplyTemplate.select().count() == 6
    templates.begin(secretary, community)
    assert ReplyTemplate.select().count() == 6
    row = assigned(secretary, say(kind=Kind.COMPLAINT), secretary)
    path = f"/office/suggestions/{row.number}"
    page = office.get(path).text
    assert "公共设施维修" in page
    assert "感谢表扬" not in page
    chosen = ReplyTemplate.get(ReplyTemplate.title == "公共设施维修")
    filled = office.submit(f"{path}?template={chosen.id}", form="replies")
    assert filled.status_code == 422
    assert "还有没填的空" in filled.text
    assert "现场查看" in filled.text
    sent = office.send(path, form="replies", **{"reply-found": "已查看。", "reply-done": "已修好。", "reply-way": "door"})
    assert sent.status_code == 303
    assert row.replies.get().way is Way.DOOR


def test_a_template_of_another_community_fills_nothing(office, say, secretary):
    foreign = entries.entry(templates.TEMPLATES, make.community("兰苑社区"), found="别处的话")
    row = assigned(secretary, say(), secretary)
    assert "别处的话" not in office.get(f"/office/suggestions/{row.number}?template={foreign.id}").text


def test_helpers_are_ticked(office, say, secretary, community):
    helpers = [make.account(community, Role.STAFF, name) for name in ("何静", "任远")]
    row = registered(secretary, say())
    path = f"/office/suggestions/{row.number}"
    office.get(path)
    boxes = office.page.xpath("//input[@name='assign-assisting']")
    assert {box.get("type") for box in boxes} == {"checkbox"}
    lead = str(secretary.account_id)
    chosen = {"assign-lead": lead, "assign-assisting": [str(helper.id) for helper in helpers]}
    assert office.send(path, form="assignments", **chosen).status_code == 303
    assert {assist.account for assist in now(row).assists} == set(helpers)


def test_those_who_asked_for_the_same_stand_beside_it(office, account, say, secretary):
    main, other = registered(secretary, say("小广场没有椅子")), say("小广场请装座椅")
    path = f"/office/suggestions/{other.number}"
    assert office.submit(path, form="merges", **{"merge-number": main.number}).status_code == 303
    assert f"并到编号 {main.number}" in office.get(path).text
    page = office.get(f"/office/suggestions/{main.number}").text
    assert "另有 1 位提出人" in page
    assert other.number in page


def test_the_menu_has_the_papers_there_are(office, say, secretary):
    row = replied(secretary, say(asker="张三"))
    page = office.get(f"/office/suggestions/{row.number}").text
    for paper in ("slip", "letter", "door", "asker"):
        assert f"/{paper}.pdf" in page, paper
    for paper in ("transfer", "sealed", "cover", "extension"):
        assert f"/{paper}.pdf" not in page, paper
    assert office.send("/", form="prints/door").status_code == 303
    assert IssuedPaper.get().kind == "suggestion-door"
    office.get(f"/office/suggestions/{row.number}")
    token = office.page.xpath("//input[@name='csrf_token']/@value")[0]
    assert office.post(f"/office/suggestions/{row.number}/prints/asker", data={"csrf_token": token}).status_code == 404


def test_sealing_counts_the_pages_that_were_printed(office, say, secretary):
    row = registered(secretary, say("某党员收了好处", Kind.SUPERVISION, about="王大山"))
    path = f"/office/suggestions/{row.number}"
    assert office.submit(path, form="seals", **{"seal-where": "街道纪工委"}).status_code == 303
    assert "密封移送件共 1 页" in office.get(path).text
    assert "好处" not in office.get(path).text


def test_of_those_who_asked_only_visible_ones_are_listed(client, community, say, secretary):
    """Later words may hide one of them from whoever handles the rest."""
    from blueprints.suggestions import rules

    clerk = make.account(community, Role.STAFF, "何静")
    main, other = registered(secretary, say("小广场没有椅子")), say("小广场请装座椅")
    leaving.merge(secretary, other, other.version, main)
    rules.add_words(other, "何静说不给装", "n1")
    page = client.as_(clerk).get(f"/office/suggestions/{main.number}").text
    assert other.number not in page
    assert actor_of(clerk).account_id == clerk.id
