"""The residents' front door and its search."""

import pytest

from tests import make


def test_the_front_door_leads_everywhere(client):
    text = client.get("/").text
    for path in ("/notices/", "/boards/", "/suggestions/new", "/search", "/privacy"):
        assert f'href="{path}"' in text, path


def test_search_finds_stairwells_and_never_people(client, community):
    make.member(community, "欧阳修文", stairwell="3幢2单元")
    assert "/boards/3-2" in client.get("/search?q=3幢").text
    assert "没有找到" in client.get("/search?q=欧阳修文").text
    assert "没有找到" in client.get("/search?q=%25").text


def test_health_asks_the_database(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.text) == (200, "ok\n")


def test_an_error_page_says_what_to_do(client):
    answer = client.get("/no-such-page")
    assert (answer.status_code, "没有找到这一页" in answer.text) == (404, True)


def test_another_community_is_reached_by_its_prefix(client):
    make.community("兰苑社区")
    assert "兰苑社区" in client.get("/c/c2/").text
    assert client.get("/c/nowhere/boards/").status_code == 404


@pytest.mark.parametrize("path", ["/", "/setup", "/login", "/office", "/office/suggestions", "/meetings/calendar.ics"])
def test_a_community_nobody_founded_has_no_pages(client, community, path):
    client.as_(make.account(community), at="/c/nowhere")
    assert client.get(f"/c/nowhere{path}").status_code == 404


@pytest.mark.parametrize(("path", "status"), [("/", 303), ("/healthz", 200), ("/setup", 200), ("/privacy", 200), ("/notices/", 404)])
def test_before_set_up_only_what_needs_no_community_opens(app, db, path, status):
    assert app.test_client().get(path).status_code == status


def test_a_number_no_row_can_have_is_not_found(client, community):
    client.as_(make.account(community))
    for path in ("/notices/99999999999999999999", "/office/jobs/99999999999999999999", "/office/jobs/4294967296"):
        assert client.get(path).status_code == 404, path
    assert client.get("/office/audit?from=99999999999999999999").status_code == 200


def test_large_type_and_language_go_along_to_the_vote(client, community):
    """The voting pages read no cookie."""
    client.set_cookie("mode", "elder")
    client.set_cookie("lang", "en")
    assert client.get("/").text.count('href="/vote?mode=elder&amp;lang=en"') == 2
    client.set_cookie("mode", "")
    client.set_cookie("lang", "zh")
    assert client.get("/").text.count('href="/vote"') == 2
