"""From a meeting at the table to minutes on paper, a masked page for residents, and a ledger that is kept."""

import io
import json
from pathlib import Path

import pdfplumber
import pytest

pytestmark = pytest.mark.browser
DATA = Path(__file__).parent.parent.parent / "data"


@pytest.fixture(scope="module")
def prepared(office, tmp_path_factory):
    """Units on file and one meeting held, its minutes not yet issued."""
    office.linli("import", "units", str(DATA / "units.xlsx"), "--apply")
    meeting = json.loads((DATA / "joint-meeting.json").read_text(encoding="utf-8"))
    for key in ("number", "issued_on"):
        del meeting[key]
    file = tmp_path_factory.mktemp("meeting") / "meeting.json"
    file.write_text(json.dumps(meeting, ensure_ascii=False), encoding="utf-8")
    assert "已召开" in office.linli("import", "meeting", str(file)).stdout
    return office


def test_minutes_from_draft_to_residents_and_ledger(prepared, person):
    staff = person().signs_in("干事")
    staff.opens("/office/meetings").follows("2026 年第 1 次会议").sees("议定与落实")
    staff.presses("送审").sees("待审核")
    secretary = person().signs_in("书记")
    # Other journeys leave things to review too: the row is known by its whole sentence.
    secretary.opens("/office").follows("去审核：梅苑社区党建工作联席会议2026年第1次会议的纪要等审核")
    secretary.follows("修改公开措辞").sees("先行改造部分楼栋的7个楼道").sees("有独居老人的7个楼道")
    secretary.opens("/office/meetings/1").presses("审核同意").presses("主持人已核对").sees("已核对。")
    with secretary.page.context.expect_event("response", lambda answer: answer.url.endswith("minutes.pdf")) as got:
        secretary.page.get_by_role("button", name="签发并编号").click()
    assert got.value.ok
    secretary.page.wait_for_load_state("networkidle")
    secretary.failures.clear()  # Beside a bare PDF Chromium asks for a favicon, which we have only in pages.
    secretary.opens("/office/meetings/1").sees("已签发").sees("1号")
    with pdfplumber.open(io.BytesIO(secretary.page.request.get("/office/meetings/1/minutes.pdf").body())) as pdf:
        assert len(pdf.pages) == 4
        assert "核对码" in pdf.pages[0].extract_text()
        assert "未经签发" not in pdf.pages[0].extract_text()
    for elder in (False, True):
        resident = person(phone=True, elder=elder)
        resident.opens("/").follows("联席会议").follows("2026年第1次会议").sees("部分楼栋的7个楼道")
        assert "独居" not in resident.page.content()
        assert "周秀英" not in resident.page.content()
    staff.opens("/office/resolutions").sees("暂缓的“梅香书角”项目").follows("登记进展：各成员单位核对联络员名册")
    staff.page.get_by_label("状态").select_option("done")
    staff.page.get_by_label("进展", exact=True).fill("14家已核对，2家换了联络员")
    staff.presses("登记", exact=True).sees("14家已核对")
    staff.opens("/office/resolutions?show=done").sees("14家已核对")
    person(phone=True).opens("/meetings/1").sees("已完成")


def test_a_meeting_is_typed_without_a_script(prepared, person):
    staff = person(script=False).signs_in("干事")
    staff.opens("/office/meetings").follows("登记一次会议")
    page = staff.page
    page.locator("#held_at").fill("2036-03-05T14:00")
    page.locator("#agenda-0-title").fill("关于通报楼道照明进展")
    page.get_by_role("button", name="给议题 1 加一条议定事项").click()
    page.get_by_role("button", name="加一个议题").click()
    assert page.locator("#agenda-0-title").input_value() == "关于通报楼道照明进展"
    page.locator("#agenda-1-title").fill("关于暑期活动")
    page.get_by_role("button", name="保存", exact=True).click()
    staff.sees("筹备中").sees("关于暑期活动")
    resident = person(phone=True)
    resident.opens("/meetings/").sees("即将召开")
    assert "BEGIN:VEVENT" in resident.page.request.get("/meetings/calendar.ics").text()
    with pdfplumber.open(io.BytesIO(page.request.get(page.url + "/notice.pdf").body())) as pdf:
        assert "参会回执" in "".join(sheet.extract_text() for sheet in pdf.pages)


def test_a_unit_answers_on_a_phone_without_an_account(prepared, person):
    staff = person().signs_in("干事")
    staff.opens("/office/meetings/new?series=1")
    staff.page.locator("#held_at").fill("2036-06-05T14:00")
    staff.presses("保存", exact=True).follows("通知与回执")
    here = staff.page.url
    staff.page.get_by_role("checkbox", name="市第三中学").check()
    staff.presses("给勾选的生成链接").sees("一家一个")
    path = "/l/" + staff.page.locator("textarea").first.input_value().partition("/l/")[2]
    for elder in (False, True):
        unit = person(phone=True, elder=elder)
        unit.opens(path).sees("市第三中学")
        unit.page.get_by_role("link", name="联席会议2036年").last.click()  # another journey planned one before it
        unit.sees("参会回执").looks()
    unit.page.get_by_label("参加", exact=True).check()
    unit.page.get_by_label("参会人姓名").fill("吴文斌")
    unit.presses("交回执").sees("已回：参加 吴文斌")
    assert {cookie["name"] for cookie in unit.page.context.cookies()} <= {"mode"}
    staff.opens(here).sees("吴文斌")


def test_every_page_of_meetings_is_accessible(prepared, person):
    staff = person().signs_in("干事")
    for path in ("/office/units", "/office/units/1", "/office/meetings", "/office/meetings/1", "/office/meetings/1/public",
                 "/office/meetings/series/1", "/office/meetings/new?series=1", "/office/resolutions?show=",
                 "/office/meetings/1/seats", "/office/meetings/1/record", "/office/meetings/1/invitations",
                 "/office/meetings/1/deliveries", "/office/meetings/1/corrigenda", "/office/meetings/proposals",
                 "/office/meetings/files", "/office/resolutions/reminders", "/office/resolutions/1"):  # fmt: skip
        staff.opens(path)
    phone = person(phone=True).signs_in("干事")
    for path in ("/office/units", "/office/meetings/1", "/office/meetings/new?series=1", "/office/resolutions?show=",
                 "/office/meetings/1/seats", "/office/meetings/1/record", "/office/meetings/1/invitations"):  # fmt: skip
        phone.opens(path)
