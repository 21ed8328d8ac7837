"""The roster by hand: found, added, corrected, ended; two people at one form; the pages of an import."""

import io

import pytest

from blueprints.boards import rules as boards
from blueprints.people import membership
from blueprints.people.models import PartyMember
from core import clock
from core.access import Role
from core.records.people import Person
from core.records.places import Place
from tests import make
from tests.counting import selects, statements
from tests.people.test_imports import ROSTER, WEN, sheet


@pytest.fixture
def staff(client, community):
    return client.as_(make.account(community, Role.STAFF))


@pytest.fixture
def actor(community):
    return make.actor(community, Role.STAFF)


NEW = {"name": "陈　䶮", "sex": "m", "birth": "1978年2月", "phone": "154 0000 0001", "stairwell": "３号楼2单元",
       "branch": "第一党支部", "category": "retired", "joined": "199807", "employer": "丰禾超市", "post": "楼道长"}  # fmt: skip


def test_a_member_added_by_hand_is_read_as_a_roster_s_cells_are(staff):
    answer = staff.submit("/office/people/new", **NEW)
    member = PartyMember.get()
    assert answer.location == f"/office/people/{member.id}"
    person = member.person
    assert (person.name, person.birth, person.phone, member.stairwell.name) == ("陈䶮", "1978-02", "15400000001", "3幢2单元")
    assert (member.org.name, member.joined, member.since) == ("第一党支部", "1998-07", clock.today())
    assert "陈䶮" in staff.get("/office/people").text


@pytest.mark.parametrize(
    ("field", "value", "words"),
    [("birth", "1978.13", "月"), ("phone", "12", "电话"), ("stairwell", "东边那栋", "楼道"), ("name", "", "请填写"), ("birth", "110101199003078515", "")],
)
def test_what_cannot_be_understood_is_said_at_the_field(staff, field, value, words):
    answer = staff.submit("/office/people/new", **{**NEW, field: value})
    assert answer.status_code == 422
    assert words in staff.page.xpath(f"string(//p[@id='{field}-e0'])")
    assert not PartyMember.select().exists()


def test_the_same_person_is_not_added_twice(staff):
    staff.submit("/office/people/new", **NEW)
    answer = staff.submit("/office/people/new", **{**NEW, "phone": ""})
    assert answer.status_code == 409
    assert "名册里已经有陈䶮（3幢2单元）" in answer.text
    assert staff.submit("/office/people/new", **{**NEW, "birth": "1990.01", "phone": "15400000002"}).status_code == 303


def test_two_at_one_form_nothing_is_overwritten(staff, actor, community):
    staff.submit("/office/people/new", **NEW)
    member = PartyMember.get()
    path = f"/office/people/{member.id}"
    staff.get(path)
    membership.change_member(actor, member, 1, {**membership.member_values(member), "post": "支部委员"})
    answer = staff.send(path, phone="15400000009")
    assert answer.status_code == 409
    assert 'value="15400000009"' in answer.text
    assert Person.get().phone == "15400000001"
    assert staff.send(path, phone="15400000009").status_code == 303
    assert (Person.get().phone, PartyMember.get().post) == ("15400000009", "楼道长")


def test_a_form_saved_unchanged_changes_nothing(staff):
    staff.submit("/office/people/new", **NEW)
    member = PartyMember.get()
    staff.submit(f"/office/people/{member.id}")
    assert Person.get().version == 1


def test_ending_a_membership_asks_why(staff, actor, community):
    member = make.member(community, "陈䶮")
    boards.propose(actor, member, "每周清扫楼道一次")
    path = f"/office/people/{member.id}"
    assert staff.submit(path, form="end", reason="").status_code == 422
    assert staff.submit(path, form="end", reason="转出", until="2999-01-01").status_code == 422
    assert staff.submit(path, form="end", reason="组织关系转出").status_code == 303
    assert PartyMember.get().until == clock.today()
    assert "陈䶮" not in staff.get("/office/people").text
    assert staff.get(path).status_code == 404


def test_the_list_is_narrowed_in_one_query(staff, community):
    for number in range(10):
        make.member(community, f"陈{number}", f"{number % 3 + 1}幢1单元", f"第{number % 2 + 1}党支部")
    branch = PartyMember.get().org_id
    found = {}
    for query in ("", "?q=陈7", f"?branch={branch}", "?stairwell=2-1", f"?stairwell=2-1&branch={branch}", "?q=没有"):
        with statements() as sent:
            staff.get(f"/office/people{query}")
        found[query] = len(staff.page.xpath("//tbody/tr"))
        assert len([sql for sql in selects(sent) if 'FROM "party_member"' in sql]) == 1, query
    assert list(found.values()) == [10, 1, 5, 3, 1, 0]


def test_the_preview_shows_what_will_happen_and_writes_nothing(staff, community):
    answer = upload(staff, ROSTER.read_bytes())
    assert "会新增的（187 条）" in answer.text
    assert not PartyMember.select().exists()
    assert staff.send("/", form="confirmation").status_code == 303
    assert PartyMember.select().count() == 187


def upload(staff, content):
    return staff.submit("/office/imports/members", file=(io.BytesIO(content), "名册.xlsx"))


def test_the_preview_names_refused_changed_missing_and_homeless(staff, community, actor):
    upload(staff, sheet({**WEN, "commitment": "每周清扫楼道一次"}, {**WEN, "name": "曹淑芬", "birth": "1960-01", "phone": ""}))
    staff.send("/", form="confirmation")
    content = sheet(
        {**WEN, "post": "楼道长"}, {**WEN, "name": "贺珍", "phone": "154-1", "birth": "1975-04"},
        {**WEN, "name": "金英", "birth": "1956-09", "phone": "", "stairwell": "", "commitment": "每周探望老人一次"},
    )  # fmt: skip
    text = upload(staff, content).text
    for words in ("会改动的（1 人）", "楼道长", "不能导入的（1 处）", "154-1", "在册而表里没有的（1 条）", "曹淑芬", "金英：没有写责任区"):
        assert words in text, words
    staff.send("/", form="confirmation", remove_missing="1")
    assert PartyMember.select().where(PartyMember.until.is_null(True)).count() == 2


def test_an_import_is_undone_on_its_page_or_refused_by_name(staff, community):
    upload(staff, sheet({**WEN, "commitment": "每周清扫楼道一次"}))
    batch = staff.send("/", form="confirmation").location
    boards.consent(make.actor(community), PartyMember.get(), ["phone"], "signed")
    answer = staff.submit(batch, form="undo")
    assert answer.status_code == 409
    assert "文秀英" in answer.text
    upload(staff, sheet({**WEN, "name": "曹淑芬", "birth": "1960-01", "phone": "", "stairwell": "9幢9单元"}))
    batch = staff.send("/", form="confirmation").location
    staff.submit(batch, form="undo")
    assert "已撤销" in staff.get(batch).text
    assert not Place.select().where(Place.slug == "9-9").exists()


def test_the_upload_of_another_kind_is_a_sentence(staff):
    answer = upload(staff, b"\x00\x01")
    assert answer.status_code in (415, 422)
    assert staff.submit("/office/imports/members").status_code == 422


def test_a_reader_sees_the_roster_and_may_not_change_it(client, community):
    member = make.member(community, "陈䶮")
    client.as_(make.account(community, Role.READER))
    text = client.get("/office/people").text
    assert "陈䶮" in text
    assert "添加党员" not in text
    assert client.get(f"/office/people/{member.id}").status_code == 403
