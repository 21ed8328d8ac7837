"""Boards for residents: who may open them, what stands on them, and that nobody is found by name."""

import pytest
from werkzeug.test import Client as Browser

import wsgi
from blueprints.boards import doorway, rules
from blueprints.organisation import rules as organisation
from blueprints.people import photos
from core import settings
from core.access import console
from core.records.people import Person
from tests import make
from tests.core.test_images import picture

OUTSIDE = {"REMOTE_ADDR": "8.8.8.8"}


@pytest.fixture
def door(community):
    return doorway.of(community)


@pytest.fixture
def promise(shown, community):
    return shown(community, "钱<b>多多")


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "10.1.2.3", "172.16.5.5", "192.168.1.7", "169.254.1.1", "::1", "fe80::1%eth0", "fd12::7", "::ffff:192.168.1.7"]
)
def test_the_house_s_own_network_is_local(address):
    assert doorway.is_local(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "172.32.0.1", "2400:3200::1", "::ffff:8.8.8.8", "0.0.0.0", "", None, "unknown"])
def test_everything_else_is_not(address):
    assert not doorway.is_local(address)


def test_a_network_of_the_community_s_own_counts_as_local():
    assert doorway.is_local("203.0.113.9", "203.0.113.0/24 2001:db8::/32")
    assert doorway.is_local("2001:db8::9", "203.0.113.0/24 2001:db8::/32")
    assert not doorway.is_local("203.0.114.9", "203.0.113.0/24")
    assert doorway.typed_networks("203.0.113.7/24，198.51.100.1") == "203.0.113.0/24 198.51.100.1/32"
    with pytest.raises(doorway.NotANetwork, match="社区"):
        doorway.typed_networks("社区的网")


def test_a_token_opens_its_own_stairwell_only_and_is_equal_for_ever(community, door):
    token = door.token("3-2")
    assert len(token) == doorway.LETTERS
    assert doorway.of(community).token("3-2") == token
    assert door.fits("3-2", token.upper())
    assert not door.fits("3-3", token)
    assert not door.fits("3", token)
    assert not door.fits("3-2", "")
    assert doorway.of(make.community("兰苑社区")).token("3-2") != token
    assert door.leads_to("3-2") == f"http://linli.test/boards/3-2?k={token}"


def test_from_outside_a_board_opens_by_its_poster_s_code_alone(client, promise, door):
    refused = client.get("/boards/3-2", environ_base=OUTSIDE)
    assert refused.status_code == 404
    assert "请扫公示牌上的码" in refused.text
    assert "钱" not in refused.text
    assert refused.headers["X-Robots-Tag"] == "noindex"
    opened = client.get(f"/boards/3-2?k={door.token('3-2')}", environ_base=OUTSIDE)
    assert opened.status_code == 200
    assert "钱&lt;b&gt;多多" in opened.text
    assert 'name="robots" content="noindex"' in opened.text
    assert "picker" not in opened.text
    for path in ("/boards/", "/boards/3", "/boards/9-9", f"/boards/4-1?k={door.token('3-2')}"):
        assert "请扫公示牌上的码" in client.get(path, environ_base=OUTSIDE).text


def test_what_is_kept_for_neighbours_is_not_given_to_strangers(client, promise):
    assert client.get("/boards/3-2").status_code == 200
    assert client.get("/boards/3-2", environ_base=OUTSIDE).status_code == 404
    assert client.get("/boards/3-2").status_code == 200


def test_what_is_shown_to_one_more_network_is_not_given_to_others(client, promise, community):
    settings.put("boards.networks", "8.8.8.0/24", community)
    rules.consent(console(), promise.member, ["post"], "signed")
    for path in ("/boards/3-2", "/boards/3-2?k=wrong", "/boards/"):
        assert client.get(path, environ_base=OUTSIDE).status_code == 200
        assert client.get(path, environ_base={"REMOTE_ADDR": "9.9.9.9"}).status_code == 404


def test_a_caller_behind_a_proxy_nobody_vouched_for_is_a_stranger(client, promise):
    assert client.get("/boards/3-2", headers={"X-Forwarded-For": "192.168.1.7"}).status_code == 404
    assert client.get("/boards/3-2", headers={"Forwarded": "for=192.168.1.7"}).status_code == 404


@pytest.mark.parametrize(("caller", "status"), [("192.168.1.7", 200), ("8.8.8.8", 404)])
def test_a_trusted_proxy_names_the_caller(app, client, promise, caller, status):
    site = Browser(wsgi.trusted(app.wsgi_app, 1))
    answer = site.get("/boards/3-2", headers={"X-Forwarded-For": caller})
    assert answer.status_code == status


def test_the_office_may_open_boards_to_everybody_or_to_one_more_network(client, promise, community):
    settings.put("boards.networks", "8.8.8.0/24", community)
    rules.consent(console(), promise.member, ["post"], "signed")  # the community's version rises, so settings are read anew
    assert client.get("/boards/3-2", environ_base=OUTSIDE).status_code == 200
    settings.put("boards.networks", "", community)
    settings.put("boards.local", False, community)
    rules.consent(console(), promise.member, [], "signed")
    assert client.get("/boards/3-2", environ_base=OUTSIDE).status_code == 200


def test_photos_follow_their_board(client, promise, community, door):
    member = promise.member
    photos.set_photo(console(), member, picture(size=(300, 400)))
    rules.consent(console(), member, ["photo"], "signed")
    path, key = f"/boards/3-2/photos/{member.id}", f"?k={door.token('3-2')}"
    assert f"{path}{key}" in client.get(f"/boards/3-2{key}", environ_base=OUTSIDE).text
    assert client.get(f"{path}{key}", environ_base=OUTSIDE).mimetype == "image/jpeg"
    assert client.get(path, environ_base=OUTSIDE).mimetype == "text/html"
    assert client.get(f"{path}?k={door.token('3')}", environ_base=OUTSIDE).mimetype == "image/jpeg"
    assert path in client.get("/boards/3-2").text


def test_a_building_shows_all_its_stairwells(client, shown, community, door):
    for name, stairwell in (("陈䶮", "3幢1单元"), ("李堃", "3幢2单元"), ("张㛃", "4幢1单元")):
        shown(community, name, stairwell=stairwell)
    make.member(community, "没有承诺", "3幢3单元")
    organisation.leader_chosen(console(), Person.get(Person.name == "陈䶮").stairwell, None, "贺国安")
    page = client.get("/boards/3").text
    assert page.index("3幢1单元") < page.index("陈䶮") < page.index("李堃")
    assert "张㛃" not in page
    assert "楼道负责人 贺国安" in page
    assert "这个楼道还没有公示的承诺" in page
    assert "没有承诺<" not in page
    assert client.get(f"/boards/3?k={door.token('3')}", environ_base=OUTSIDE).status_code == 200
    assert client.get("/boards/99").status_code == 404
    assert 'href="/boards/3"' in client.get("/boards/").text


def test_a_phone_is_shown_only_with_consent(client, promise):
    Person.update(phone="15400000099").where(Person.id == promise.member.person_id).execute()
    rules.consent(console(), promise.member, ["post"], "signed")
    assert "15400000099" not in client.get("/boards/3-2").text
    rules.consent(console(), promise.member, ["phone"], "signed")
    assert 'href="tel:15400000099"' in client.get("/boards/3-2").text


def test_nobody_is_found_by_name(client, promise):
    for words in ("钱", "多多", "钱<b>多多"):
        assert "/boards/" not in client.get("/search", query_string={"q": words}).text.split("<main")[1].split("</main")[0]
    assert "/boards/3-2" in client.get("/search", query_string={"q": "3幢2单元"}).text
