"""Sign-in and the accounts' pages."""

import pytest

from blueprints.accounts import rules, views
from core.access import Role, console
from core.limits import Limit
from tests import make

WORDS = "宝剑锋从磨砺出，梅花香自苦寒来"


@pytest.fixture
def clerk(community):
    return rules.add_account(console(), community, "干事", WORDS, Role.STAFF)


def test_sign_in_leads_where_one_wanted_to_go(client, clerk):
    answer = client.submit("/login?next=/office/people", login="干事", password=WORDS)
    assert (answer.status_code, answer.location) == (303, "/office/people")
    assert client.get("/office/people").status_code == 200
    cookie = answer.headers["Set-Cookie"]
    assert all(word in cookie for word in ("Path=/office", "HttpOnly", "SameSite=Lax"))


@pytest.mark.parametrize("target", ["https://evil.example/office", "//evil.example/office", "/office\\evil", "/boards/"])
def test_sign_in_never_leads_out_of_the_office(client, clerk, target):
    answer = client.submit(f"/login?next={target}", login="干事", password=WORDS)
    assert answer.location == "/office"


def test_wrong_words_keep_the_name_and_are_counted(client, clerk, monkeypatch):
    monkeypatch.setattr(views, "attempts", Limit(2))
    for _ in range(2):
        answer = client.submit("/login", login="干事", password="不对不对不对不对不对")
        assert (answer.status_code, 'value="干事"' in answer.text) == (422, True)
    assert client.submit("/login", login="干事", password=WORDS).status_code == 429


def test_public_pages_set_no_cookie(client, clerk):
    for path in ("/", "/boards/", "/login", "/privacy"):
        assert "Set-Cookie" not in client.get(path).headers


def test_signing_out_ends_the_session(client, clerk):
    client.as_(clerk).get("/office")
    client.send("/office", form="sign-out")
    assert client.get("/office").status_code == 303


def test_an_administrator_adds_and_changes_an_account(client, community):
    client.as_(make.account(community, Role.ADMINISTRATOR))
    answer = client.submit(
        "/office/accounts/new", form="new", login="小李", name="李四", password=WORDS, roles=["staff", "scrutineer"]
    )
    assert answer.status_code == 303
    assert "李四" in client.get("/office/accounts").text


def test_a_refused_account_keeps_what_was_typed(client, community, clerk):
    client.as_(make.account(community, Role.ADMINISTRATOR))
    answer = client.submit("/office/accounts/new", form="new", login="干事", name="李四", password=WORDS, roles=["staff"])
    assert (answer.status_code, "已经有人用了" in answer.text, 'value="李四"' in answer.text) == (422, True, True)


def test_settings_are_typed_kept_and_shown(client, community):
    client.as_(make.account(community, Role.SECRETARY))
    client.submit("/office/settings/office", form="office", **{"office.phone": "5550-0186"})
    assert "5550-0186" in client.get("/").text
    answer = client.submit("/office/settings/office", form="office", **{"links.days": "三十"})
    assert (answer.status_code, "要填整数" in answer.text) == (422, True)


def test_the_audit_page_shows_who_did_what(client, community):
    client.as_(make.account(community, Role.SECRETARY, "书记"))
    client.submit("/office/settings/office", form="office", **{"office.phone": "5550-0186"})
    assert "修改设置" in client.get("/office/audit").text


def test_search_finds_two_characters_and_stairwells(client, community):
    make.member(community, "欧阳修文")
    client.as_(make.account(community, Role.SECRETARY))
    assert "欧阳修文" in client.get("/office/search?q=修文").text
    assert "没有找到" in client.get("/office/search?q=不存在").text
    assert client.get("/office/search?q=%25").status_code == 200
