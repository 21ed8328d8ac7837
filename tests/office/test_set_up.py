"""The set-up page: its two choices, and the code that a stranger on the network does not have."""

import stat

import pytest

from blueprints.office import code, demo, rules
from blueprints.people.models import PartyMember
from core.access import console
from core.links import base_address
from core.records.places import Place, PlaceKind
from tests.commands import linli

PASSWORD = "宝剑锋从磨砺出，梅花香自苦寒来"
OWN = {"community": "兰苑社区", "login": "书记", "password": PASSWORD}
AWAY = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture
def visitor(app, db):
    """A browser on a system nobody has set up."""
    client = app.test_client()
    yield client
    code.forget()


@pytest.fixture
def stranger(visitor):
    """The same from another computer."""
    visitor.environ_base.update(AWAY)
    return visitor


def communities():
    return [place.name for place in Place.select().where(Place.kind == PlaceKind.COMMUNITY)]


def test_the_front_door_of_an_empty_system_leads_to_set_up(visitor):
    answer = visitor.get("/")
    assert (answer.status_code, answer.location) == (303, "/setup")
    assert visitor.get("/setup").status_code == 200


def test_founding_signs_in_and_closes_the_page(visitor):
    answer = visitor.submit("/setup", form="/setup", **OWN)
    assert (answer.status_code, answer.location) == (303, "/office")
    assert visitor.get("/office").status_code == 200
    assert communities() == ["兰苑社区"]
    assert visitor.get("/setup").status_code == 303


def test_a_short_password_founds_nothing(visitor):
    answer = visitor.submit("/setup", form="/setup", **{**OWN, "password": "短"})
    assert answer.status_code == 422
    assert visitor.page.xpath("//*[@id='errs']//a/@href") == ["#password"]
    assert "至少 12 个字" in answer.text
    assert not communities()


def test_an_address_without_http_is_made_one_a_telephone_opens(visitor, monkeypatch):
    monkeypatch.delenv("LINLI_URL", raising=False)
    visitor.submit("/setup", form="/setup", **OWN, address=" 192.168.1.20:8000/ ")
    assert base_address(Place.get(Place.name == "兰苑社区")) == "http://192.168.1.20:8000"


@pytest.mark.parametrize("typed", ["还没有", "http://", "192.168.1.20 8000", "javascript://x"])
def test_what_is_no_address_founds_nothing(visitor, typed):
    answer = visitor.submit("/setup", form="/setup", **OWN, address=typed)
    assert answer.status_code == 422
    assert f"“{typed}”不是网址" in answer.text
    assert not communities()


def test_a_new_community_is_told_its_first_steps_and_owes_nothing_from_before(visitor, monkeypatch):
    monkeypatch.delenv("LINLI_URL", raising=False)
    visitor.submit("/setup", form="/setup", **OWN)
    today = visitor.get("/office").text
    assert today.index("先导入现有的 Excel 名册") < today.index("只有一个账号") < today.index("还没有填本系统的网址")
    assert "财务公开还没有发布" not in today


def test_the_example_is_the_second_choice(visitor):
    answer = visitor.submit("/setup", form="/setup/example")
    assert (answer.status_code, answer.location) == (303, "/office/example")
    page = visitor.get("/office/example").text
    assert "试投用的票码" in page
    assert "示例社区：这里的人名、电话和事项都是虚构的。" in page
    assert communities() == [demo.COMMUNITY]
    assert visitor.get("/office/example").location == "/office"



def test_the_example_loads_into_an_empty_system_only(community):
    with pytest.raises(demo.NotEmpty):
        demo.load(console())
    assert not PartyMember.select().exists()



def test_a_stranger_needs_the_code(stranger):
    assert "安装码" in stranger.get("/setup").text
    for form, values in (("/setup", {**OWN, "code": "2222-2222-2222"}), ("/setup/example", {"code": ""})):
        answer = stranger.submit("/setup", form=form, **values)
        assert answer.status_code == 422
        assert "安装码不对" in answer.text
    assert not communities()


def test_a_stranger_with_the_code_founds(stranger):
    given = code.code().replace("-", " ").lower()
    assert stranger.submit("/setup", form="/setup", **OWN, code=given).status_code == 303
    assert communities() == ["兰苑社区"]


def test_a_stranger_with_the_code_loads_the_example(stranger):
    assert stranger.submit("/setup", form="/setup/example", code=code.code()).status_code == 303
    assert communities() == [demo.COMMUNITY]


def test_nobody_needs_the_code_at_the_machine_itself(visitor):
    assert "安装码" not in visitor.get("/setup").text
    assert "安装码" not in visitor.get("/setup", environ_base={"REMOTE_ADDR": "::1"}).text


@pytest.mark.parametrize(
    "request_", [{"headers": {"X-Forwarded-For": "192.0.2.7"}}, {"base_url": "http://linli.example.org"}]
)
def test_a_proxy_on_the_machine_lets_no_stranger_in(visitor, request_):
    assert "安装码" in visitor.get("/setup", **request_).text


def test_the_code_is_its_owners_alone_and_goes_with_set_up(tmp_path, monkeypatch):
    monkeypatch.setenv("LINLI_INSTANCE", str(tmp_path))
    made = code.code()
    assert made == code.code()
    assert stat.S_IMODE(code.path().stat().st_mode) == 0o600
    linli("init", "--community", "兰苑社区", "--account", "书记", instance=tmp_path, stdin=PASSWORD + "\n")
    assert not code.path().exists()


def test_a_refused_set_up_keeps_the_code(visitor):
    made = code.code()
    with pytest.raises(rules.AlreadySetUp):
        rules.set_up("兰苑社区", "书记", PASSWORD, console()) and rules.set_up("兰苑社区", "书记", PASSWORD, console())
    assert code.code() == made
