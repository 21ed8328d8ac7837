"""From the office's own Excel file to a poster that hangs in every stairwell, and the day it has to be replaced."""

import io
from pathlib import Path

import pdfplumber
import pytest

from tests.core.test_images import picture

pytestmark = pytest.mark.browser
ROSTER = Path(__file__).parent.parent.parent / "data" / "members.xlsx"


@pytest.fixture(scope="module")
def imported(office):
    office.linli("import", "members", str(ROSTER), "--apply")
    return office


def words(pdf, page=0):
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return "".join(document.pages[page].extract_text().split())


def upload(walker):
    walker.opens("/office/imports/members")
    walker.page.get_by_label("名册文件").set_input_files(ROSTER)
    return walker.presses("预览").sees("会新增的（187 条）")


def test_an_import_is_undone_as_a_whole_and_done_again(office, person):
    secretary = person().signs_in()
    upload(secretary).presses("确认导入").sees("第 1 批导入")
    secretary.presses("撤销第 1 批导入").sees("已撤销")
    secretary.opens("/office/people").sees("还没有党员名册")
    secretary.opens("/office/boards").sees("还没有党员名册")
    upload(secretary).presses("确认导入").sees("第 2 批导入")
    secretary.opens("/office").sees("187 条承诺等支部审核")


def test_reviews_in_bulk_without_a_script(office, person):
    secretary = person(script=False).signs_in()
    secretary.opens("/office/boards/commitments?state=proposed")
    for name in ("文秀英", "曹淑芬"):
        secretary.page.get_by_label(f"选中{name}的承诺").first.check()
    secretary.presses("同意选中的").sees("待公示 2")
    secretary.page.get_by_label("选中贺珍的承诺").first.check()
    secretary.page.locator("summary", has_text="退回修改").click()
    secretary.presses("退回选中的").sees("退回时请写明理由")
    assert secretary.page.get_by_label("选中贺珍的承诺").first.is_checked()
    secretary.page.get_by_label("退回理由").fill("请写明在哪里辅导")
    secretary.presses("退回选中的").sees("已退回 1")
    secretary.opens("/office/boards/commitments?q=贺珍").sees("请写明在哪里辅导")


def test_secretary_reviews_publishes_prints_and_hangs(office, person):
    secretary = person().signs_in()
    secretary.opens("/office/boards/commitments?state=proposed")
    secretary.page.get_by_label("全选").check()
    assert secretary.page.locator("input[name=ids]:not(:checked)").count() == 0
    secretary.presses("同意选中的").sees("待公示 186")
    secretary.opens("/office/boards/commitments?q=贺珍&state=returned").follows("办理贺珍的承诺")
    secretary.page.get_by_label("承诺事项").fill("在社区图书室开设暑期作业辅导角，7—8月每周三下午2小时")
    secretary.presses("保存").sees("待审核")
    secretary.opens("/office/boards/commitments?state=proposed").presses("全部同意（1 条）")
    secretary.opens("/office/boards/commitments?state=approved").presses("全部公示上墙（187 条）").sees("公示中 187")
    secretary.opens("/office/boards").sees("未张贴 67").presses("打印全部 67 块").sees("下载", seconds=180)
    pdf = secretary.fetches("下载")
    assert "公示牌张贴清单" in words(pdf)
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        posters = ["".join(page.extract_text().split()) for page in document.pages[-67:]]
    assert all("核对码" in text and "样稿" not in text for text in posters)
    secretary.opens("/office/boards").sees("待张贴 67").follows("登记张贴")
    secretary.page.get_by_label("张贴人").fill("何静")
    secretary.presses("登记选中的已张贴").sees("在期 67")


def test_a_changed_promise_asks_for_a_new_board(office, person):
    secretary = person().signs_in()
    secretary.opens("/office/boards")
    secretary.page.locator(".plan a[aria-label^='1幢1单元']").click()
    secretary.sees("何静").looks()
    assert secretary.page.url.endswith("at=1-1")
    assert secretary.page.locator(".plan a[aria-current]").get_attribute("aria-label").startswith("1幢1单元")
    secretary.follows("打开这个楼道").follows("维护1幢1单元门前绿化带")
    secretary.page.get_by_label("数量或标准").fill("全年26次")
    secretary.presses("保存")
    secretary.opens("/office").sees("1 块公示牌需要更换：1幢1单元")
    secretary.opens("/office/boards?state=outdated&view=table").sees("文秀英的承诺改动后还没有公示")
    for state, button in (("proposed", "全部同意（1 条）"), ("approved", "全部公示上墙（1 条）")):
        secretary.opens(f"/office/boards/commitments?state={state}").presses(button)
    secretary.opens("/office/boards/1-1").sees("文秀英的承诺有改动")
    issued = secretary.page.context.request
    answer = issued.get("/office/boards/1-1/poster.pdf")
    assert "草稿" in words(answer.body())
    with secretary.page.expect_request("**/poster.pdf?size=A4*"):
        secretary.page.get_by_role("button", name="打印公示牌").click()
    assert "第2版" in words(issued.get("/office/boards/1-1/poster.pdf").body())
    secretary.page.wait_for_load_state("load")
    secretary.failures.clear()  # Chromium's own PDF page asks for an icon at the root.
    secretary.opens("/office/boards/1-1").sees("登记已张贴")
    secretary.page.get_by_label("张贴人").fill("何静")
    secretary.presses("登记已张贴").sees("第2版")
    secretary.opens("/office/boards").sees("在期 67")


def test_two_at_one_promise_are_told_and_nothing_is_lost(imported, person):
    first, second = person(script=False).signs_in(), person(script=False).signs_in("干事")
    for walker in (first, second):
        walker.opens("/office/boards/1-2").page.get_by_role("link", name="每季度组织").click()
    first.page.get_by_label("承诺事项").fill("每季度组织1幢2单元邻里议事一次，全年4次")
    first.presses("保存")
    second.page.get_by_label("承诺事项").fill("每月组织邻里议事一次")
    second.presses("保存").sees("书记已经改过这条记录")
    assert second.page.get_by_label("承诺事项").input_value() == "每月组织邻里议事一次"


def test_consent_leader_and_form_on_the_stairwell_s_page(imported, person):
    clerk = person().signs_in("干事")
    clerk.opens("/office/boards/1-1").follows("修改文秀英同意公示的内容")
    clerk.page.get_by_label("岗位").check()
    clerk.presses("保存").sees("承诺书上签字").follows("1幢1单元").sees("另外同意公示：岗位")
    clerk.page.locator("summary", has_text="更换").click()
    clerk.page.get_by_label("名册里的人").select_option(label="文秀英")
    clerk.page.locator("form[action$='/leader'] button").click()
    clerk.looks().sees("文秀英")
    form = clerk.page.request.get(clerk.page.get_by_role("link", name="打印文秀英的承诺书").get_attribute("href"))
    assert "支部委员" in words(form.body())
    resident = person(phone=True)
    resident.opens("/boards/1-1").sees("楼道负责人 文秀英").sees("支部委员")


@pytest.mark.parametrize("script", [True, False])
def test_a_photo_is_cut_to_the_door(imported, person, script):
    clerk = person(script=script).signs_in("干事")
    clerk.opens("/office/people/1/portrait").page.get_by_label("从文件里选").set_input_files(
        {"name": "a.png", "mimeType": "image/png", "buffer": picture("PNG", (800, 1600))}
    )
    clerk.presses("上传").sees("门里露出哪一块")
    if script:
        box = clerk.page.locator(".cut.live")
        box.wait_for()
        before = clerk.page.get_by_label("上下").input_value()
        box.hover()
        clerk.page.mouse.down()
        clerk.page.mouse.move(box.bounding_box()["x"] + 100, box.bounding_box()["y"] + 60)
        clerk.page.mouse.up()
        assert float(clerk.page.get_by_label("上下").input_value()) > float(before)
        clerk.presses("保存并看样子").sees("门里露出哪一块")
        assert float(clerk.page.get_by_label("上下").input_value()) > float(before)
    else:
        clerk.presses("放大头像").sees("门里露出哪一块")
        assert clerk.page.get_by_label("放大", exact=True).input_value() == "150"
    clerk.presses("删去照片")


def test_who_is_responsible_is_drawn_looked_up_and_printed(imported, person):
    clerk = person(script=False).signs_in("干事")
    clerk.opens("/office/organisation").follows("谁负责哪里").follows("划一片")
    clerk.page.get_by_label("名称").fill("东片")
    for house in ("1幢", "2幢"):
        clerk.page.get_by_label(house, exact=True).check()
    clerk.page.get_by_label("片长").fill("文秀英")
    clerk.presses("保存").sees("东片")
    clerk.page.get_by_label("哪个楼道由谁负责").fill("2-1")
    clerk.presses("查").sees("片长").sees("文秀英")
    assert "责任区一览图" in words(clerk.fetches("责任区一览图 A3"))


@pytest.mark.parametrize("elder", [False, True])
def test_resident_finds_the_board_of_the_stairwell(imported, person, elder):
    resident = person(phone=True, elder=elder)
    resident.opens("/").follows("看承诺").follows("1幢1单元").sees("文秀英").sees("每两周浇水修剪一次")
    resident.page.get_by_role("link", name="2幢", exact=True).click()
    resident.looks().sees("2幢1单元")


def test_resident_without_script(imported, person):
    resident = person(phone=True, script=False)
    resident.opens("/boards/1-1").sees("文秀英")


@pytest.mark.parametrize("phone", [False, True])
def test_every_page_of_the_office_is_clean(imported, person, phone):
    clerk = person(phone=phone).signs_in()
    for path in (
        "/office/boards?at=3-2", "/office/boards?view=table", "/office/boards/3-2", "/office/boards/postings",
        "/office/boards/printing", "/office/boards/members/1/consents", "/office/organisation/responsible",
        "/office/organisation/areas/new?kind=group", "/office/people/1/portrait", "/office/boards?state=leaderless",
        "/office/boards/commitments", "/office/boards/commitments/1", "/office/people", "/office/people/new",
        "/office/people/representatives", "/office/imports", "/office/imports/members", "/office/imports/batches/2",
    ):  # fmt: skip
        clerk.opens(path)
    upload_again(clerk)


def upload_again(clerk):
    clerk.opens("/office/imports/members")
    clerk.page.get_by_label("名册文件").set_input_files(ROSTER)
    clerk.presses("预览").sees("未变")
