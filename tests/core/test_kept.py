"""Pages kept ready: who gets which, when they are made anew, and what is never kept."""

import gzip

import pytest
from werkzeug.test import Client

from blueprints.home import queries
from core import clock, settings
from core.db import writing
from core.records.places import Place
from tests import make
from tests.counting import selects, statements


@pytest.fixture
def kept(app):
    """The pages this process keeps."""
    return app.wsgi_app.wsgi_app.pages


@pytest.fixture
def reader(app, community):
    """Somebody with headers of their own."""
    return Client(app, use_cookies=False)


def test_the_second_reader_costs_one_look_at_the_version(client, kept):
    first = client.get("/")
    with statements() as sent:
        again = client.get("/")
    assert again.data == first.data
    assert dict(again.headers) == dict(first.headers)
    assert len(selects(sent)) == 1
    assert len(kept) == 1


def test_every_recorded_act_makes_a_page_anew(client, community):
    client.get("/boards/")
    make.member(community, stairwell="7幢1单元")
    assert "7幢" in client.get("/boards/").text


def test_another_day_another_page(client, community, kept):
    client.get("/")
    with clock.on(clock.today().replace(day=1)), statements() as sent:
        client.get("/")
    assert len(selects(sent)) > 1 or clock.today().day == 1
    assert len(kept) == 1


def test_whoever_has_it_already_gets_no_body(client):
    first = client.get("/")
    for known in (first.headers["ETag"], f'W/{first.headers["ETag"]}', f'"other", {first.headers["ETag"]}'):
        again = client.get("/", headers={"If-None-Match": known})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == first.headers["ETag"]
        assert again.headers["Content-Security-Policy"]
    assert client.get("/", headers={"If-None-Match": '"other"'}).status_code == 200


def test_packed_and_plain_are_kept_apart(reader):
    packed = reader.get("/", headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == reader.get("/").data
    assert reader.get("/", headers={"Accept-Encoding": "gzip"}).data == packed.data


@pytest.mark.parametrize(("name", "value"), [("mode", "elder"), ("lang", "en")])
def test_a_reader_s_preference_is_another_page(client, name, value):
    plain = client.get("/").data
    client.set_cookie(name, value)
    asked = client.get("/").data
    assert asked != plain
    client.set_cookie("other", "1")
    assert client.get("/").data == asked
    client.delete_cookie(name)
    assert client.get("/").data == plain


def test_a_cookie_that_says_nothing_shares_the_page(reader, kept):
    assert reader.get("/", headers={"Cookie": "a=1"}).data == reader.get("/", headers={"Cookie": "b=2"}).data
    assert len(kept) == 1


def test_another_community_has_pages_of_its_own(client, community):
    make.community("桂园社区")
    slug = Place.get(Place.name == "桂园社区").slug
    client.get("/"), client.get(f"/c/{slug}/")
    assert "桂园社区" in client.get(f"/c/{slug}/").text
    assert "桂园社区" not in client.get("/").text


def test_what_is_not_marked_is_not_kept(client, community, kept):
    client.as_(make.account(community))
    for path in ("/office", "/suggestions/new", "/login", "/nothing", "/healthz", "/search?q=梅苑"):
        client.get(path)
    assert not kept


def test_a_refused_page_is_not_kept(client, kept):
    assert client.get("/notices/999").status_code == 404
    assert not kept


def test_a_page_made_while_something_changed_is_not_taken_for_new(client, community, monkeypatch):
    """The version is read before the page: what changes in between makes the next reader's page anew."""
    seen = queries.doors

    def slow(place):
        found = seen(place)
        with writing():
            make.person(place)
            settings.put("office.phone", "62880001", place)
            Place.update(version=Place.version + 1).where(Place.id == place.id).execute()
        return found

    monkeypatch.setattr(queries, "doors", slow)
    client.get("/")
    monkeypatch.setattr(queries, "doors", seen)
    assert "62880001" in client.get("/").text
