"""A notice from the clerk's draft to the published result, as each person sees it."""

import io
import json
import sqlite3
from datetime import date, timedelta

import pdfplumber
import pytest

from core import clock
from tests import commands

pytestmark = pytest.mark.browser
TITLE = "关于拟接收李明同志为中共预备党员的公示"
BODY = "经第二党支部研究，拟接收李明同志为中共预备党员。\n姓名：李明，性别：男。\n现予以公示，接受党员和居民监督。"


@pytest.fixture(scope="module")
def notice(office):
    """The journey's notice, shared by its legs in order."""
    return {}


def days_later(office, number, days):
    """The period began that many days earlier: what a calendar does, done in the database."""
    with sqlite3.connect(office.instance / "linli.db") as database:
        starts, ends, dates = database.execute(
            "SELECT starts_on, ends_on, dates FROM notice WHERE id = ?", (number,)
        ).fetchone()
        back = timedelta(days=days)
        moved = [(date.fromisoformat(text) - back).isoformat() for text in (starts, ends, *json.loads(dates))]
        database.execute(
            "UPDATE notice SET starts_on = ?, ends_on = ?, dates = ?, published_at = datetime(published_at, ?) WHERE id = ?",
            (moved[0], moved[1], json.dumps(moved[2:]), f"-{days} days", number),
        )
        database.execute("UPDATE place SET version = version + 1")
    database.close()


def test_the_clerk_writes_and_submits(office, person, notice):
    clerk = person().signs_in("干事")
    clerk.opens("/office/notices/new")
    clerk.follows("党员发展公示")
    page = clerk.page
    page.get_by_label("研究的支部").fill("第二党支部")
    page.get_by_label("公示谁").fill("李明 男")
    clerk.presses("写成公示，看看样子").sees("经第二党支部研究").sees("姓名：李明，性别：男").sees("还有“×××”没有填")
    clerk.follows("修改")
    assert page.get_by_label("标题").input_value() == "关于拟接收李明同志|为中共预备党员的公示"
    page.get_by_label("正文").fill(BODY)
    page.get_by_label("办公电话").fill("5550-0186")
    page.get_by_label("联系人").fill("纪春和")
    clerk.sees("已自动存下")
    page.reload()
    clerk.sees("还没有保存")
    assert page.get_by_label("办公电话").input_value() == "5550-0186"
    clerk.presses("保存并预览").sees("自发布之日起计算")
    clerk.presses("提交审核").sees("等另一位有审核权的同事审核")
    notice["number"] = int(page.url.rsplit("/", 1)[1])


def test_the_secretary_approves_and_publishes(office, person, notice):
    secretary = person().signs_in("书记")
    secretary.sees(f"审核：{TITLE}")
    secretary.follows("去审核")
    secretary.presses("同意", exact=True).sees("待发布")
    secretary.presses("现在发布", exact=True).sees("居民看到的页面")
    secretary.sees("已签发，核对码")
    secretary.opens("/office/papers").sees("关于拟接收李明同志").sees("现行有效")
    notice["code"] = secretary.page.locator("td[data-label=核对码]").first.inner_text()
    resident = person(phone=True)
    resident.opens(f"/notices/{notice['number']}")
    resident.sees("李明")


@pytest.mark.parametrize(("elder", "script"), [(False, True), (True, True), (False, False)])
def test_a_resident_reads_it_on_a_phone(office, person, notice, elder, script):
    resident = person(phone=True, elder=elder, script=script)
    resident.opens("/").sees("正在公示").sees("接收李明同志")
    resident.follows("关于拟接收李明同志")
    resident.sees("提出异议").sees("公示期为5个工作日")
    rail = resident.page.locator(".days li")
    assert rail.count() == 5
    first = rail.first.inner_text()
    assert "今天" in first or "第 1 天" in first
    assert resident.page.locator(".days li.done").count() == 0
    resident.follows("提出异议").sees("有不同意见，请写明对象和理由")
    resident.opens("/notices/").sees("接收李明同志")


def test_the_hall_screen_turns_without_a_hand_and_holds_all(office, person, notice):
    hall = person()
    hall.page.set_viewport_size({"width": 1920, "height": 1080})
    hall.opens("/notices/hall").sees("李明").sees("扫码看全文")
    tall, wide = hall.page.evaluate("[document.documentElement.scrollHeight, document.documentElement.scrollWidth]")
    assert (tall, wide) == (1080, 1920)
    hall.follows("停在这一屏").sees("继续轮播")


def test_a_resident_checks_the_sheet_on_the_wall(office, person, notice):
    resident = person(phone=True)
    resident.opens("/check")
    resident.page.get_by_label("核对码").fill(notice["code"].replace("-", "").lower())
    resident.presses("核对", exact=True).sees("这份文件是真的").sees("现行有效")
    resident.follows("看网上的全文").sees("李明")


def test_the_paper_and_the_feed(office, person, notice, tmp_path):
    number = notice["number"]
    resident = person()
    with pdfplumber.open(io.BytesIO(fetched(resident, f"/notices/{number}.pdf"))) as document:
        text = document.pages[0].extract_text().replace(" ", "")
    assert "拟接收李明同志" in text
    assert "草稿" not in text
    assert b"<entry>" in fetched(resident, "/notices/feed.atom")
    out = tmp_path / "notice.pdf"
    office.linli("print", "notice", str(number), "--out", str(out))
    assert out.read_bytes() == fetched(resident, f"/notices/{number}.pdf")
    refused = commands.linli("print", "notice", "9999", "--out", tmp_path / "none.pdf", instance=office.instance, check=False)
    assert (refused.returncode, "没有编号为 9999 的公示" in refused.stderr, (tmp_path / "none.pdf").exists()) == (1, True, False)


def fetched(walker, path):
    return walker.page.request.get(path).body()


def test_the_period_ends_and_the_result_is_published(office, person, notice):
    number = notice["number"]
    days_later(office, number, 10)
    clerk = person().signs_in("干事")
    clerk.sees("公示期已满，待公布结果")
    clerk.opens(f"/office/notices/{number}")
    clerk.page.get_by_text("登记张贴", exact=True).first.click()
    clerk.page.get_by_label("张贴日期").fill((clock.today() - timedelta(days=5)).isoformat())
    clerk.presses("登记张贴").sees("社区公告栏")
    clerk.presses("公布结果").sees("已公布结果")
    resident = person(phone=True)
    resident.opens(f"/notices/{number}").sees("公示已结束").sees("公示期内未收到异议。").sees("按规定进入下一程序。")
    with pdfplumber.open(io.BytesIO(fetched(resident, f"/notices/{number}/result.pdf"))) as document:
        assert "公示结果" in document.pages[0].extract_text().replace(" ", "")


def test_a_correction_and_a_withdrawal(office, person, notice):
    secretary = person().signs_in("书记")
    secretary.opens(f"/office/notices/{notice['number']}")
    secretary.presses("更正", exact=True).sees("这是更正稿")
    secretary.follows("修改")
    secretary.page.get_by_label("更正说明").fill("“李明”应为“李铭”。")
    secretary.presses("保存并预览").sees("更正说明")
    secretary.page.get_by_text("这一稿不要了").click()
    secretary.presses("作废").sees("已作废")
    secretary.opens(f"/office/notices/{notice['number']}")
    secretary.page.get_by_text("撤回这份公示").click()
    secretary.page.get_by_label("撤回理由").fill("名单有误，另行公示")
    secretary.presses("撤回", exact=True).sees("已撤回")
    resident = person()
    resident.opens(f"/notices/{notice['number']}").sees("名单有误，另行公示")
    assert "拟接收李明同志为中共预备党员。" not in resident.page.content()
