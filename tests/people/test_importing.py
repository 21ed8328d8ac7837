"""The pages of an import, walked as somebody of the office walks them."""

import io
import os

import openpyxl
import pytest

from blueprints.boards import rules as boards
from blueprints.people import membership, uploads
from blueprints.people.models import PartyMember
from core import jobs
from core.access import Role
from core.records.places import Place
from core.records.work import AuditEntry, HeaderMeaning, ImportBatch
from tests import make
from tests.core.sheets import csv_bytes, repacked, xlsx
from tests.people.test_imports import ROSTER, WEN, sheet

MORE = {**WEN, "name": "曹淑芬", "birth": "1960-01", "phone": ""}
STRANGE = xlsx(["本楼党员"], ["大名", "生于", "打电话找他", "管哪块"], ["王秀䶮", "1955.3", "15400001111", "3-2"])


@pytest.fixture
def staff(client, community):
    return client.as_(make.account(community, Role.STAFF))


@pytest.fixture
def actor(community):
    return make.actor(community, Role.STAFF)


def upload(staff, content, kind="members", name="名册.xlsx"):
    answer = staff.submit(f"/office/imports/{kind}", file=(io.BytesIO(content), name))
    return staff.get(answer.location) if answer.status_code == 303 else answer


def confirm(staff, **values):
    return staff.send("/", form="confirmation", **values)


def means(staff):
    """header → what it is taken for, as the page shows it."""
    form = staff.page.xpath("//form[contains(@action, '/columns')][.//select[@name='means']]")[0]
    heads = form.xpath(".//input[@name='header']/@value")
    return dict(zip(heads, (select.value for select in form.xpath(".//select[@name='means']")), strict=True))


def say(staff, **changed):
    """Name columns on the page: header=key."""
    said = means(staff) | changed
    path = staff.page.xpath("//form[contains(@action, '/columns')]/@action")[0]
    answer = staff.send(path, form="columns", header=list(said), means=list(said.values()))
    return staff.get(answer.location) if answer.status_code == 303 else answer


def test_the_preview_shows_what_will_happen_and_writes_nothing(staff, community):
    answer = upload(staff, ROSTER.read_bytes())
    assert "会新增的（187 条）" in answer.text
    assert not PartyMember.select().exists()
    assert confirm(staff).status_code == 303
    assert PartyMember.select().count() == 187


def test_the_preview_names_refused_changed_missing_and_homeless(staff, community, actor):
    upload(staff, sheet({**WEN, "commitment": "每周清扫楼道一次"}, MORE))
    confirm(staff)
    content = sheet(
        {**WEN, "post": "楼道长"}, {**WEN, "name": "贺珍", "phone": "154-1", "birth": "1975-04"},
        {**WEN, "name": "金英", "birth": "1956-09", "phone": "", "stairwell": "", "commitment": "每周探望老人一次"},
    )  # fmt: skip
    text = upload(staff, content).text
    for words in ("会改动的（1 条）", "楼道长", "不能导入的（1 处）", "154-1", "这个表里没有的（1 条）", "曹淑芬", "金英：没有写责任区"):
        assert words in text, words
    confirm(staff, remove_missing="1")
    assert PartyMember.select().where(PartyMember.until.is_null(True)).count() == 2


def test_an_import_is_undone_on_its_page_or_refused_by_name(staff, community):
    upload(staff, sheet({**WEN, "commitment": "每周清扫楼道一次"}))
    batch = confirm(staff).location
    boards.consent(make.actor(community), PartyMember.get(), ["phone"], "signed")
    answer = staff.submit(batch, form="undo")
    assert answer.status_code == 409
    assert "文秀英" in answer.text
    upload(staff, sheet({**MORE, "stairwell": "9幢9单元"}))
    batch = confirm(staff).location
    staff.submit(batch, form="undo")
    assert "已撤销" in staff.get(batch).text
    assert not Place.select().where(Place.slug == "9-9").exists()


def test_the_upload_of_another_kind_is_a_sentence(staff):
    answer = upload(staff, b"\x00\x01")
    assert answer.status_code in (415, 422)
    assert staff.submit("/office/imports/members").status_code == 422


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (lambda: repacked(xlsx(["姓名"], ["王芳"]), xl__worksheets__sheet9=b"0" * 90_000_000), "这个表格太大"),
        (lambda: xlsx(["姓名"], ["王芳"])[:-300], "已损坏"), (lambda: xlsx(["姓名", "身份证号"], ["王芳", ""]), "不保存身份证号码"),
        (lambda: csv_bytes(["姓名"], *([f"王{n}"] for n in range(20_001))), "这个表格太大"),
    ],
)  # fmt: skip
def test_what_is_no_usable_table_is_refused_in_a_sentence(staff, content, words):
    answer = upload(staff, content())
    if answer.status_code == 200:  # found out only where all rows are read
        assert words in answer.text
    else:
        assert (answer.status_code, words in answer.text) == (422, True)
    assert not PartyMember.select().exists()


def test_formulas_are_refused_and_never_calculated(staff):
    answer = upload(staff, xlsx(["姓名", "联系电话"], ["王芳", "=1+1"], ["李堃", "15400000001"]))
    assert "单元格里是公式" in answer.text
    assert "会新增的（1 条）" in answer.text


def test_headers_nobody_knows_are_guessed_named_and_remembered(staff, community):
    answer = upload(staff, STRANGE)
    assert "没有认出“姓名”" in answer.text
    assert means(staff) == {"大名": "name", "生于": "birth", "打电话找他": "phone", "管哪块": "stairwell"}
    assert "会新增的（1 条）" in say(staff).text
    assert {row.header: row.column for row in HeaderMeaning.select()}["管哪块"] == "stairwell"
    confirm(staff)
    member = PartyMember.get()
    assert (member.person.name, member.person.birth, member.stairwell.name) == ("王秀䶮", "1955-03", "3幢2单元")
    assert "没有要写入的" in upload(staff, STRANGE).text


def test_what_a_header_means_is_the_matter_of_one_office(staff, client, community):
    upload(staff, STRANGE)
    say(staff)
    other = make.community("兰苑社区")
    stranger = client.as_(make.account(other, Role.STAFF), at="/c/c2")
    answer = stranger.submit("/c/c2/office/imports/members", file=(io.BytesIO(STRANGE), "名册.xlsx"))
    assert "没有认出“姓名”" in stranger.get(answer.location).text


def test_a_column_may_be_left_out_and_taken_in_again(staff, community):
    upload(staff, sheet(WEN))
    say(staff, 工作单位="", 职务="employer", 性别="")
    assert means(staff)["性别"] == ""
    acts = AuditEntry.select().where(AuditEntry.act == "import:headers-mapped").count()
    assert (acts, HeaderMeaning.select().count()) == (1, 3)
    upload(staff, sheet(WEN))
    assert (means(staff)["职务"], means(staff)["性别"]) == ("employer", "")
    say(staff, 工作单位="employer", 职务="post", 性别="sex")
    assert not HeaderMeaning.select().exists()


def test_two_headers_cannot_mean_the_same(staff, community):
    upload(staff, sheet(WEN))
    answer = say(staff, 职务="name")
    assert answer.status_code == 422
    assert "“姓名”和“职务”都选成了“姓名”" in answer.text


def test_a_sheet_without_a_header_and_another_sheet(staff, community):
    book = xlsx(一支部=[["姓名", "性别"], ["王芳", "女"]], 花名=[["李堃", "男", "1960.5"], ["张㛃", "女", "1961.6"]])
    upload(staff, book)
    path = staff.page.xpath("//form[contains(@action, '/columns')]/@action")[0]
    staff.get(staff.send(path, form="columns", sheet="花名", no_header="1").location)
    assert means(staff) == {"A列": "name", "B列": "sex", "C列": "birth"}
    assert "会新增的（2 条）" in say(staff).text
    confirm(staff)
    assert sorted(member.person.name for member in PartyMember.select()) == ["张㛃", "李堃"]


def test_blanks_that_may_mean_as_above_are_pointed_out(staff, community):
    rows = [["姓名", "出生年月", "所在支部"], ["王芳", "1950.1", "第一党支部"], ["李堃", "1951.2", None], ["张㛃", "1952.3", None]]
    answer = upload(staff, xlsx(*rows))
    assert "有 2 行的支部" in answer.text
    path = staff.page.xpath("//form[contains(@action, '/columns')][.//button[contains(., '沿用')]]/@action")[0]
    answer = staff.send(path, form="columns")
    staff.get(answer.location)
    confirm(staff)
    assert {member.org.name for member in PartyMember.select()} == {"第一党支部"}


def test_unclear_rows_have_to_be_settled(staff, community):
    upload(staff, sheet(WEN))
    confirm(staff)
    known = PartyMember.get()
    answer = upload(staff, sheet({**WEN, "birth": "1979-02", "post": "楼道长"}))
    assert "出生年月不同：名册 1978.02，表里 1979.02" in answer.text
    answer = confirm(staff)
    assert answer.status_code == 422
    assert "还有 1 行没有认" in answer.text
    confirm(staff, **{"same-2": str(known.id)})
    assert (PartyMember.get().person.birth, PartyMember.get().post) == ("1979-02", "楼道长")


@pytest.mark.parametrize(("every", "count"), [("same", 60), ("new", 120)])
def test_many_unclear_rows_are_settled_page_by_page_or_at_once(staff, community, every, count):
    people = [{**WEN, "name": f"王{chr(0x4E00 + n)}", "phone": f"154000{n:05}"} for n in range(60)]
    upload(staff, sheet(*people))
    confirm(staff)
    upload(staff, sheet(*({**one, "birth": "1979-02"} for one in people)))
    key = staff.page.xpath("//form[contains(@action, '/confirmation')]/@action")[0].rpartition("/")[0]
    staff.get(f"{key}?part=unclear")
    answer = staff.send("/", form="answers", **{"same-2": "0"})
    assert answer.location.endswith("part=unclear&first=51")
    assert "还有 59 行没有认" in staff.get(answer.location).text
    staff.get(key)
    token = staff.page.xpath("//form[contains(@action, '/confirmation')]//input[@name='csrf_token']/@value")[0]
    staff.get(staff.post(f"{key}/answers", data={"csrf_token": token, "every": every}).location)
    confirm(staff)
    assert PartyMember.select().count() == (count if every == "new" else count + 1)


def test_what_changed_since_the_preview_is_shown_again_and_not_overwritten(staff, community, actor):
    upload(staff, sheet(WEN, MORE))
    confirm(staff)
    upload(staff, sheet({**WEN, "employer": "丰禾超市"}, MORE))
    member = next(one for one in PartyMember.select() if one.person.name == "曹淑芬")
    membership.change_member(actor, member, 1, {**membership.member_values(member), "phone": "15400000009"})
    assert confirm(staff).status_code == 303  # the edit concerns nothing the sheet says
    assert PartyMember.get_by_id(member.id).person.phone == "15400000009"
    upload(staff, sheet({**WEN, "employer": "明泉物业"}, {**MORE, "post": "组长"}))
    membership.change_member(actor, member, 2, {**membership.member_values(PartyMember.get_by_id(member.id)), "post": "支部委员"})
    answer = confirm(staff)
    assert answer.status_code == 409
    assert "支部委员" in answer.text
    assert PartyMember.get_by_id(member.id).post == "支部委员"
    assert confirm(staff).status_code == 303
    assert PartyMember.get_by_id(member.id).post == "组长"


def test_a_second_press_makes_no_second_import(staff, community):
    upload(staff, sheet(WEN))
    path = staff.page.xpath("//form[contains(@action, '/confirmation')]/@action")[0]
    data = {name: value for form in staff.page.forms if form.action == path for name, value in form.form_values()}
    assert staff.post(path, data=data).location == staff.post(path, data=data).location
    assert ImportBatch.select().count() == 1


def test_refused_rows_come_back_as_a_file_before_and_after(staff, community):
    upload(staff, sheet(WEN, {**MORE, "phone": "154-1"}))
    address = staff.page.xpath("//a[contains(@href, 'refused.xlsx')]/@href")[0]
    before = staff.get(address).data
    staff.get(confirm(staff).location)
    assert not staff.page.xpath("//*[@id='errs']")
    after = staff.get(staff.page.xpath("//a[contains(@href, 'refused.xlsx')]/@href")[0]).data
    rows = [list(openpyxl.load_workbook(io.BytesIO(data)).active.values) for data in (before, after)]
    assert rows[0] == rows[1]
    assert (rows[0][1][1], "不像电话" in rows[0][1][-1], len(rows[0])) == ("曹淑芬", True, 2)


def test_a_long_preview_is_paged_and_small(staff, community):
    people = [{**WEN, "name": f"王{chr(0x4E00 + n)}", "phone": f"154000{n:05}", "commitment": "每周清扫楼道一次。" * 20} for n in range(400)]
    answer = upload(staff, sheet(*people))
    assert len(answer.data) < 60_000
    key = staff.page.xpath("//form[contains(@action, '/confirmation')]/@action")[0].rpartition("/")[0]
    answer = staff.get(f"{key}?part=added&first=351")
    assert "第 351 至 400 条，共 400 条" in answer.text
    assert "王" + chr(0x4E00 + 399) in answer.text
    assert staff.get(f"{key}?part=added&first=9999").status_code == 200


def test_markup_in_a_name_stays_text(staff, community):
    answer = upload(staff, sheet({**WEN, "name": "<script>alert(1)</script>王芳", "employer": "=cmd|' /C calc'!A0"}))
    assert "<script>alert" not in answer.text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;王芳" in answer.text


def test_an_upload_of_another_community_or_kind_is_not_found(staff, client, community):
    upload(staff, sheet(WEN))
    key = staff.page.xpath("//form[contains(@action, '/confirmation')]/@action")[0].split("/")[4]
    assert staff.get(f"/office/imports/members/{key}").status_code == 200
    assert staff.get(f"/office/imports/representatives/{key}").status_code == 404
    assert staff.get("/office/imports/members/..%2Flinli").status_code == 404
    other = make.community("兰苑社区")
    client.as_(make.account(other, Role.STAFF), at="/c/c2")
    assert client.get(f"/c/c2/office/imports/members/{key}").status_code == 404


def test_a_file_nobody_confirmed_is_gone_after_a_day(staff, community):
    upload(staff, sheet(WEN))
    key = staff.page.xpath("//form[contains(@action, '/confirmation')]/@action")[0].split("/")[4]
    jobs.look_after()
    assert uploads.kept(community, key)
    for file in uploads._folder().glob(f"{key}.*"):
        os.utime(file, (0, file.stat().st_mtime - uploads.KEPT_SECONDS - 1))
    jobs.look_after()
    assert not list(uploads._folder().glob(f"{key}.*"))
