"""Settings: found by area and by word, shown with default, source, value in force and what was before."""

from datetime import timedelta

import pytest

from blueprints.office import queries, rules
from core import clock, settings
from core.access import Role, console
from core.records.work import Setting
from tests import make


@pytest.fixture
def secretary(client, community):
    return client.as_(make.account(community))


def test_every_declared_setting_stands_in_a_named_area(app):
    groups = {one.group for one in settings.DECLARED.values()} - {"hidden"}
    assert groups == set(queries.SETTING_AREAS)


def test_the_index_leads_to_every_area(secretary):
    secretary.get("/office/settings")
    links = {link.get("href") for link in secretary.page.xpath("//main//a")}
    assert {f"/office/settings/{key}" for key in queries.SETTING_AREAS} <= links
    for key in queries.SETTING_AREAS:
        assert secretary.get(f"/office/settings/{key}").status_code == 200
    assert secretary.get("/office/settings/hidden").status_code == 404


def test_a_setting_is_found_by_a_word_of_its_title_or_source(secretary):
    page = secretary.get("/office/settings?q=临期").text
    assert "临期提醒（剩余工作日）" in page
    assert "/office/settings/suggestions#suggestions.near_days" in page
    assert "没有这样的设置" in secretary.get("/office/settings?q=不存在的词").text
    assert "临期提醒" in secretary.get("/office/search?q=临期").text


def test_who_may_not_change_settings_does_not_find_them(client, community):
    client.as_(make.account(community, Role.STAFF))
    assert "临期提醒" not in client.get("/office/search?q=临期").text
    assert client.get("/office/settings").status_code == 403


def test_a_departure_from_the_default_is_marked_and_taken_back(secretary, community):
    secretary.submit("/office/settings/suggestions", form="suggestions", **{"suggestions.near_days": "4"})
    assert "1 项不是默认值" in secretary.get("/office/settings").text
    page = secretary.get("/office/settings/suggestions").text
    assert "不是默认值" in page
    assert "默认 2" in page
    assert secretary.send("/office/settings/suggestions", ("reset", "suggestions.near_days"), "suggestions").status_code == 303
    assert settings.value("suggestions.near_days", community) == 2
    assert "不是默认值" not in secretary.get("/office/settings").text


def test_what_was_in_force_before_is_shown_with_its_day(secretary, community):
    then = clock.today() - timedelta(days=40)
    Setting.create(place=community, key="suggestions.near_days", value=3, since=then)
    rules.change_setting(console(), community, "suggestions.near_days", 4)
    page = secretary.get("/office/settings/suggestions").text
    assert "改过 2 次" in page
    assert f"{then.year}年{then.month}月{then.day}日起：3" in page
    assert settings.value("suggestions.near_days", community, then) == 3
    assert settings.value("suggestions.near_days", community, then - timedelta(days=1)) == 2


def test_all_that_is_wrong_is_said_at_once_and_nothing_is_changed(secretary, community):
    answer = secretary.submit(
        "/office/settings/suggestions", form="suggestions",
        **{"suggestions.near_days": "三天", "suggestions.simple_days": "", "suggestions.ordinary_days": "20"},
    )  # fmt: skip
    assert answer.status_code == 422
    assert "有 2 处需要改一下" in answer.text
    assert 'value="三天"' in answer.text
    assert settings.value("suggestions.ordinary_days", community) == 15


def test_one_area_s_form_changes_no_other_area(secretary, community):
    secretary.get("/office/settings/office")
    secretary.send("/office/settings/office", form="office", **{"suggestions.near_days": "9"})
    assert settings.value("suggestions.near_days", community) == 2
