"""A year's evaluation: the secretary begins it, a resident answers at the code on a slip, slips are counted, a certificate is printed."""

import io
import re
from datetime import timedelta
from pathlib import Path

import pdfplumber
import pytest
import zxingcpp

from core import clock

pytestmark = pytest.mark.browser
YEAR = clock.today().year
ROSTER = Path(__file__).parent.parent.parent / "data" / "members.xlsx"


@pytest.fixture(scope="module")
def imported(office):
    office.linli("import", "members", str(ROSTER), "--apply")
    return office


def code_on(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return zxingcpp.read_barcodes(document.pages[0].to_image(resolution=200).original)[0].text


def test_a_year_is_evaluated_in_three_voices(imported, person):
    secretary = person().signs_in()
    secretary.opens("/office/boards/commitments?state=proposed").presses("全部同意")
    secretary.opens("/office/boards/commitments?state=approved").presses("全部公示上墙")
    secretary.opens("/office/evaluations").sees("还没有安排过评诺")
    secretary.page.get_by_label("到哪天止").fill((clock.today() + timedelta(days=9)).isoformat())
    secretary.presses("开始评诺").sees("居民评议还在进行")
    secretary.opens(f"/office/evaluations/{YEAR}/slips").sees("67 个楼道要评")
    address = code_on(secretary.fetches("打印1幢2单元的评议票"))

    resident = person(phone=True, elder=True)
    path = address[address.index("/boards/") :]
    resident.opens(path.replace("/voice", "")).follows("评一评").sees("不清楚的可以不评")
    resident.page.wait_for_timeout(3200)  # nobody reads and answers within a blink
    resident.page.get_by_label("满意", exact=True).first.check(force=True)
    resident.presses("交给社区").sees("已收到，谢谢您")

    secretary.opens(f"/office/evaluations/{YEAR}/slips/1-2")
    for label, value in (("收回评议票多少张", "6"), ("计票人", "何静"), ("复核人", "阎新")):
        secretary.page.get_by_label(label).fill(value)
    secretary.presses("登记合计").sees("已录入 1 个楼道的票")
    secretary.opens(f"/office/evaluations/{YEAR}").sees("7份")
    secretary.follows("打开在职党员支部").sees("结束后显示")
    secretary.page.get_by_role("link", name=re.compile("^登记.+的自评")).first.click()
    secretary.looks().page.get_by_label("已兑现", exact=True).first.check(force=True)
    secretary.presses("登记自评").sees("的自评已登记")


def test_who_is_commended_gets_a_certificate_after_the_decision(imported, person):
    secretary = person(script=False).signs_in()
    secretary.opens("/office/commendations/new")
    for label, value in (("表彰对象", "文秀英"), ("称号", "公开承诺示范党员"), ("提名会议", "在职党员支部党员大会")):
        secretary.page.get_by_label(label).first.fill(value)
    secretary.page.locator("form:has([name=deeds]) button").last.click()
    secretary.sees("还没有登记决定").follows("修改")
    secretary.page.get_by_label("决定单位").fill("中共梅苑社区委员会")
    secretary.page.get_by_label("决定日期").fill(clock.today().isoformat())
    secretary.page.locator("form:has([name=deeds]) button").last.click()
    secretary.sees("签发证书")
    number = secretary.page.url.rsplit("/", 1)[1]
    assert b"%PDF" in secretary.page.request.get(f"/office/commendations/{number}/certificate.pdf").body()[:10]
