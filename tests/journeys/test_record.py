"""Two people take the record of a meeting for two hours: nothing is lost when the network or the server goes."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.commands import linli
from tests.journeys.conftest import PASSWORD, Walker, founded

pytestmark = pytest.mark.browser
DATA = Path(__file__).parent.parent.parent / "data"
DESKTOP = {"width": 1280, "height": 860}


@pytest.fixture(scope="module")
def house(tmp_path_factory):
    """An office of its own, because its server is stopped and started on the way."""
    house = founded(tmp_path_factory.mktemp("record"))
    house.linli("account", "add", "沈兰英", "--role", "staff", stdin=PASSWORD + "\n")
    meeting = json.loads((DATA / "joint-meeting.json").read_text(encoding="utf-8"))
    for key in ("number", "issued_on"):
        del meeting[key]
    file = house.instance / "meeting.json"
    file.write_text(json.dumps(meeting, ensure_ascii=False), encoding="utf-8")
    linli("import", "meeting", str(file), instance=house.instance)
    house.starts()
    yield house
    house.stops()


@pytest.fixture
def taker(chromium, house):
    contexts = []

    def enter(login):
        context = chromium.new_context(viewport=DESKTOP, locale="zh-CN", base_url=house.address)
        contexts.append(context)
        return Walker(context.new_page(), True).signs_in(login).opens("/office/meetings/1/record")

    yield enter
    for context in contexts:
        context.close()


def saved(walker):
    expect(walker.page.locator("[data-state]")).to_have_text(re.compile(r"已保存 \d\d:\d\d:\d\d"), timeout=20_000)
    return walker


def fields(walker, item, name="text"):
    return walker.page.locator(f"[data-item] >> nth={item - 1} >> [data-field={name}]")


def test_nothing_is_lost_and_nobody_overwrites_another(house, taker):
    anna = taker("沈兰英")
    anna.page.locator("[data-item] >> nth=1 >> [data-add=report]").click()
    anna.page.keyboard.type("申请在1幢至5幢实施照明改造")
    anna.page.keyboard.press("Alt+2")
    expect(fields(anna, 2, "speaker")).not_to_have_value("")
    anna.page.keyboard.type("可在周末开放操场")
    saved(anna).looks()

    bert = taker("干事")
    expect(fields(bert, 2).nth(1)).to_have_value("可在周末开放操场")
    bert.sees("沈兰英正在写第 2 项")
    bert.page.locator("[data-item] >> nth=2 >> [data-add=view]").click()
    bert.page.keyboard.type("先试一个月")
    saved(bert)
    expect(fields(anna, 3)).to_have_value("先试一个月", timeout=20_000)

    # The network goes: typing goes on, the page says what is not saved yet.
    anna.page.context.set_offline(True)
    fields(anna, 2).nth(1).fill("可在周末开放操场，派出所负责秩序")
    expect(anna.page.locator("[data-state]")).to_contain_text("网络断了，还有 1 处没存上", timeout=20_000)
    fields(bert, 2).nth(1).fill("只能周六开放操场")
    saved(bert)
    anna.page.context.set_offline(False)
    anna.sees("干事刚才也改了这里，写的是：").sees("只能周六开放操场")
    expect(fields(anna, 2).nth(1)).to_have_value("可在周末开放操场，派出所负责秩序")
    anna.failures.clear()  # the browser reports what it could not reach
    anna.presses("用我写的")
    saved(anna)
    expect(fields(bert, 2).nth(1)).to_have_value("可在周末开放操场，派出所负责秩序", timeout=20_000)

    # Whoever opens the page meanwhile chooses too: both texts stand there until somebody has.
    anna.page.context.set_offline(True)
    fields(anna, 3).fill("先试一个季度")
    fields(bert, 3).fill("先试半年")
    saved(bert)
    anna.page.context.set_offline(False)
    anna.sees("先试半年")
    anna.failures.clear()
    anna.opens("/office/meetings/1/record").sees("先试一个季度").presses("换成这一份")
    expect(fields(anna, 3)).to_have_value("先试一个季度")
    expect(fields(bert, 3)).to_have_value("先试一个季度", timeout=20_000)

    # The server is killed, and then the window goes: what was typed waits on this machine.
    house.dies()
    anna.page.keyboard.press("Control+Enter")
    fields(anna, 2).nth(1).fill("停机时写的话")
    anna.page.wait_for_timeout(600)
    address, page = anna.page.url, anna.page.context.new_page()
    anna.page.close()
    house.starts()
    page.goto(address)
    again = Walker(page, True)
    saved(again).looks()
    expect(fields(again, 2).nth(1)).to_have_value("停机时写的话")
    expect(fields(bert, 2).nth(1)).to_have_value("停机时写的话", timeout=30_000)

    # A passage goes and comes back; then the draft of the minutes is put together.
    again.page.locator("[data-item] >> nth=2 >> [data-drop]").click()
    again.page.get_by_role("button", name="撤销").click()
    saved(again)
    again.follows("按会议记录起草纪要").sees("还没有保存")
    text = again.page.locator("#agenda-1-discussion").input_value()
    assert text == "会议听取了区供电营业部关于老旧楼道照明改造的工作申请的汇报。申请在1幢至5幢实施照明改造。"
    assert again.page.locator("#agenda-2-discussion").input_value().endswith("会议认为，先试一个季度。")
