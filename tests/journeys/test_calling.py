"""Paper ballots called aloud: by keyboard in front of the hall, watched from another computer, taken over, printed."""

import json

import pytest
from playwright.sync_api import expect

from tests.journeys.test_trust_vote import DATA

pytestmark = pytest.mark.browser
NAMES = ("王秋实", "方可", "任远")


@pytest.fixture(scope="module")
def hall(office):
    """A trust vote on paper alone, closed, its box waiting to be called."""
    linli = office.linli
    options = [part for name in NAMES for part in ("--candidate", name)]
    linli("import", "representatives", str(DATA / "representatives.xlsx"), "--apply")
    number = json.loads(linli("poll", "create", "--title", "唱票的信任票", "--json", *options).stdout)["id"]
    for name in ("沈兰英", "曹文", "何静"):
        linli("poll", "scrutineer", number, name, "--no-kin")
    linli("poll", "freeze", number)
    linli("poll", "seal", number)
    linli("poll", "hand", number, "--paper-printed", 10)
    linli("poll", "box", number, "现场票箱")
    linli("poll", "open", number)
    linli("poll", "tick", number, "--first", 3, "--paper")
    linli("poll", "close", number)
    return number


def test_ballots_are_called_by_keyboard_and_watched(hall, person):
    secretary, watcher = person().signs_in(), person().signs_in("干事")
    secretary.opens(f"/office/polls/{hall}/desk").follows("唱票板").presses("开始唱票").sees("这一票")
    watcher.opens(secretary.page.url).sees("正在唱票")
    page = secretary.page
    expect(page.locator("input[name=m0]").first).to_be_focused()
    for keys, sums in (("112", "1"), ("1 0 3".replace(" ", ""), "2")):
        for key in keys:
            page.keyboard.press(key)
        page.keyboard.press("Enter")
        expect(page.locator(".sums dd").first).to_have_text(sums)
        expect(page.locator("input[name=m0]").first).to_be_focused()
    page.keyboard.press("v")
    expect(page.locator(".sums dd").nth(1)).to_have_text("1")
    expect(watcher.page.locator(".sums dd").last).to_have_text("3", timeout=10_000)
    page.keyboard.press("u")
    expect(page.locator(".sums dd").nth(1)).to_have_text("0")
    page.keyboard.press("v")
    expect(page.locator(".sums dd").nth(1)).to_have_text("1")
    page.reload()
    cells = [cell.inner_text() for cell in page.locator("table.calls tbody tr").first.locator("td[data-label]").all()]
    assert cells[0].strip() == "2"
    secretary.looks()
    assert secretary.fetches("打印正字计票单").startswith(b"%PDF")
    secretary.presses("唱完了，作为我的一遍录入").sees("已录一遍")
    watcher.opens(f"/office/polls/{hall}/desk").follows("唱票板").sees("第二遍录完以前，这里不显示票数")


def test_a_phone_without_a_script_calls_name_by_name(hall, person):
    secretary = person(phone=True, script=False).signs_in()
    secretary.opens(f"/office/polls/{hall}/desk").follows("唱票板")
    secretary.page.locator("summary", has_text="清空重唱").click()
    secretary.presses("清空重唱").sees("开始唱票")
    secretary.page.get_by_role("button", name="开始唱票").click()
    secretary.follows("按名字记").presses("有效票 +1").presses("王秋实 信任").sees("王秋实")
    expect(secretary.page.locator(".sums dd").first).to_have_text("1")
