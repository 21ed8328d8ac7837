"""Several communities in one instance: founded beside the first, run by their own people, apart in everything."""

import pytest

from blueprints.boards import rules as boards
from blueprints.office import queries, rules
from core import settings
from core.access import Can, Role, actor_of, console
from core.links import community_address
from core.records.people import Account
from core.records.places import PartyOrg, Place
from tests import make
from tests.commands import linli

PASSWORD = "宝剑锋从磨砺出，梅花香自苦寒来"


@pytest.fixture
def administrator(client, community):
    return client.as_(make.account(community, Role.ADMINISTRATOR))


def test_one_more_is_founded_on_its_page_with_its_own_people(administrator, community, monkeypatch):
    monkeypatch.delenv("LINLI_URL", raising=False)
    settings.put("office.address", "http://10.0.0.5:8000", community)
    answer = administrator.submit("/office/communities", form="communities", community="兰苑社区", login="兰书记", name="兰静", password=PASSWORD)
    assert answer.status_code == 303
    place = Place.get(Place.name == "兰苑社区")
    actor = actor_of(Account.get(Account.login == "兰书记"))
    assert (actor.can(Can.ACCOUNTS_EDIT, place), actor.can(Can.BOARDS_REVIEW, place), actor.can(Can.OFFICE_ENTER, community)) == (True, True, False)
    assert PartyOrg.get(PartyOrg.place == place).full_name == "中共兰苑社区委员会"
    assert community_address(place) == f"http://10.0.0.5:8000/c/{place.slug}"
    text = administrator.get("/office/communities").text
    assert "兰苑社区已建立，网址是 http://10.0.0.5:8000/c/c2/，用账号 兰书记 登录。" in text
    administrator.get("/office/communities")
    assert not administrator.page.xpath("//table//a")  # who founds it does not work there


def test_who_has_an_account_works_in_both_and_goes_over(administrator, client, community):
    account = make.account(community, Role.SECRETARY)
    client.as_(account)
    assert "换社区" not in client.get("/office").text
    rules.found_another(console(), "兰苑社区", account.login, "")
    place = Place.get(Place.name == "兰苑社区")
    client.as_(account)
    assert "换社区" in client.get("/office").text
    client.get("/office/communities")
    assert client.page.xpath("//table//a/@href") == [f"/c/{place.slug}/office"]
    assert [row.name for row in queries.communities(actor_of(account))] == [community.name, "兰苑社区"]


@pytest.mark.parametrize(
    ("typed", "words"),
    [({"community": "梅苑社区"}, "已经有一个叫“梅苑社区”的社区了"), ({"password": "短"}, "密码至少 12 个字"), ({"community": " "}, "请填写")],
)
def test_what_cannot_be_founded_is_told_and_nothing_is_left(administrator, community, typed, words):
    whole = {"community": "兰苑社区", "login": "兰书记", "name": "", "password": PASSWORD}
    answer = administrator.submit("/office/communities", form="communities", **whole | typed)
    assert (answer.status_code, words in answer.text) == (422, True)
    assert not Place.select().where(Place.name == "兰苑社区").exists()
    assert not Account.select().where(Account.login == "兰书记").exists()


def test_only_an_administrator_founds(client, community):
    client.as_(make.account(community, Role.STAFF))
    assert "再建一个社区" not in client.get("/office/communities").text
    assert client.post("/office/communities", data={}).status_code in (400, 403)


def test_nothing_of_one_is_seen_in_the_other(client, community):
    boards.propose(make.actor(community), make.member(community, "陈䶮"), "每周清扫楼道一次")
    place, account = rules.found_another(console(), "兰苑社区", "兰书记", PASSWORD)
    client.as_(account, at=f"/c/{place.slug}")
    for path in ("people", "boards", "boards/commitments", "search?q=陈䶮", "imports", "papers", "jobs", "check-ins", "organisation", "audit"):
        answer = client.get(f"/c/{place.slug}/office/{path}")
        assert answer.status_code == 200, path
        assert "陈䶮" not in "".join(client.page.xpath("//main//text()")).replace("“陈䶮”", ""), path
    assert client.get(f"/c/{place.slug}/boards/3-2").status_code == 404


def test_from_the_command_line(tmp_path):
    linli("init", "--community", "梅苑社区", "--account", "书记", instance=tmp_path, stdin=PASSWORD + "\n")
    told = linli("community", "add", "兰苑社区", "--account", "兰书记", instance=tmp_path, stdin=PASSWORD + "\n")
    assert "兰苑社区已建立" in told.stdout
    assert "/c/c2/" in linli("community", "list", instance=tmp_path).stdout.splitlines()[1]
    again = linli("community", "add", "兰苑社区", "--account", "书记", instance=tmp_path, check=False)
    assert (again.returncode, "已经有一个叫" in again.stderr) == (1, True)
