"""A resident votes in a real browser: from the QR, without scripts, in large type, and in the booth."""

import re
from contextlib import closing

import pytest
from playwright.sync_api import Error, expect

from blueprints.ballots import box, slips
from blueprints.ballots.body import Vote
from tests.ballots import polls
from tests.journeys.conftest import PHONE, Walker

pytestmark = pytest.mark.browser
BOOTH = {"width": 1280, "height": 800}


@pytest.fixture
def place(tmp_path):
    """A poll behind the whole site, as residents meet it."""
    poll = polls.running(tmp_path, {"R": 40})
    with polls.serving(tmp_path, target="wsgi:build()") as port:
        yield poll, port


@pytest.fixture
def resident(chromium, place):
    contexts = []

    def enter(script=True, viewport=PHONE):
        address = f"http://127.0.0.1:{place[1]}"
        context = chromium.new_context(viewport=viewport, java_script_enabled=script, locale="zh-CN", base_url=address)
        contexts.append(context)
        return Walker(context.new_page(), script)

    yield enter
    for context in contexts:
        assert context.cookies() == []
        context.close()


def tick(page, row, option):
    page.locator(f"#m{row} label").nth(option - 1).click()


@pytest.mark.parametrize("mode", ["", "elder", "kiosk"])
def test_from_the_slip_s_code_into_the_box(resident, place, mode):
    poll, _ = place
    walker = resident(viewport=BOOTH if mode == "kiosk" else PHONE)
    query = f"?mode={mode}" if mode else ""
    walker.page.goto(f"/v{query}#{poll.codes['R'][0]}")
    page = walker.page
    expect(page.locator("#code")).to_have_value(slips.in_groups(poll.codes["R"][0]))
    assert "#" not in page.url, "the code is out of the address"
    walker.looks()
    page.get_by_role("button", name="下一步").click()
    walker.looks()
    assert page.locator("input:checked").count() == 0
    tick(page, 0, 1)
    tick(page, 1, 2)
    page.locator(".tally").get_by_role("button", name="下一步，核对").click()
    walker.looks()
    expect(page.locator(".rev li").first).to_contain_text("信任")
    page.get_by_role("button", name="投入票箱").click()
    walker.looks()
    expect(page.get_by_role("heading", name="已投入票箱")).to_be_visible()
    assert walker.failures == []
    box.close_voting(poll.path)
    assert poll.opened() == [Vote((1, 2, 0, 0, 0, 0, 0, 0, 0))]


def test_the_voter_s_history_holds_no_code_that_was_typed(resident, place):
    poll, _ = place
    page, code = resident().page, poll.codes["R"][0]
    addresses = []
    page.on("framenavigated", lambda frame: addresses.append(frame.url))
    page.goto("/vote")
    page.fill("#code", code)
    page.get_by_role("button", name="下一步").click()
    page.locator(".tally .btn").click()
    page.get_by_role("button", name="投入票箱").click()
    expect(page.locator(".rcode")).to_be_visible()
    assert not [address for address in addresses if code in address]


def test_without_scripts_it_works_too(resident, place):
    poll, _ = place
    page = resident(script=False).page
    page.goto("/vote?mode=elder")
    page.fill("#code", poll.codes["R"][1].lower())
    page.get_by_role("button", name="下一步").click()
    tick(page, 3, 3)
    page.get_by_role("button", name="换标准版，已选的保留").click()
    assert page.locator("#m3 input").nth(2).is_checked()
    page.locator(".tally .btn").click()
    page.get_by_role("button", name="返回修改").click()
    tick(page, 3, 1)
    page.locator(".tally .btn").click()
    page.get_by_role("button", name="投入票箱").click()
    expect(page.get_by_role("heading", name="已投入票箱")).to_be_visible()
    box.close_voting(poll.path)
    assert poll.opened() == [Vote((0, 0, 0, 1, 0, 0, 0, 0, 0))]


def test_faults_are_told_on_top_and_at_the_field(chromium, tmp_path):
    poll = polls.running(tmp_path, unmarked=polls.frozen.Unmarked.REFUSED)
    with polls.serving(tmp_path, target="wsgi:build()") as port:
        context = chromium.new_context(viewport=PHONE, base_url=f"http://127.0.0.1:{port}")
        walker = Walker(context.new_page(), True)
        walker.page.goto("/vote")
        walker.page.fill("#code", poll.codes["R"][0])
        walker.page.get_by_role("button", name="下一步").click()
        for row in range(8):
            tick(walker.page, row, 1)
        walker.page.locator(".tally .btn").click()
        expect(walker.page.locator("#errs")).to_be_focused()
        walker.failures.clear()  # the browser notes a 422 as an error of its own
        walker.looks()
        assert walker.page.title().startswith("出错：")
        walker.page.locator("#errs a").click()
        assert walker.page.url.endswith("#m8")
        context.close()


def test_back_in_the_booth_shows_nothing_of_the_voter_before(resident, place):
    poll, _ = place
    walker = resident(viewport=BOOTH)
    page = walker.page
    page.goto("/vote?mode=kiosk")
    page.fill("#code", poll.codes["R"][2])
    page.get_by_role("button", name="下一步").click()
    tick(page, 0, 1)
    page.get_by_role("button", name="下一步，核对").click()
    page.get_by_role("button", name="投入票箱").click()
    expect(page.get_by_role("heading", name="已投入票箱")).to_be_visible()
    page.get_by_role("link", name="完成，下一位").click()
    for _ in range(3):
        try:
            page.go_back(timeout=4000)
        except Error as failure:
            assert "ERR_CACHE_MISS" in str(failure)  # noqa: PT017
        shown = page.inner_text("body")
        assert not [name for name in polls.NAMES if name in shown]
        assert poll.codes["R"][2] not in page.content()


def test_the_booth_returns_to_the_start_by_itself(resident, place, monkeypatch):
    poll, _ = place
    page = resident(script=False, viewport=BOOTH).page
    page.goto("/vote?mode=kiosk")
    page.fill("#code", poll.codes["R"][3])
    page.get_by_role("button", name="下一步").click()
    page.get_by_role("button", name="下一步，核对").click()
    page.get_by_role("button", name="投入票箱").click()
    expect(page.get_by_role("heading", name="已投入票箱")).to_be_visible()
    expect(page.get_by_role("heading", name="输入票码")).to_be_visible(timeout=20_000)
    expect(page.locator("#code")).to_have_value("")


def test_a_half_filled_ballot_stays_while_others_vote(resident, place):
    poll, port = place
    page = resident().page
    page.clock.install()
    page.goto("/vote")
    page.fill("#code", poll.codes["R"][4])
    page.get_by_role("button", name="下一步").click()
    for row in range(4):
        tick(page, row, 1 + row % 3)
    with closing(polls.Voter(port)) as others:
        for code in poll.codes["R"][10:30]:
            assert others.post("/cast", polls.form(poll, code, slips.draw_nonce(), Vote((2,) * 9))).status == 200
    page.clock.run_for(180_000)  # three minutes, in which every timer of the page would have run
    assert [page.locator(f"#m{row} input").nth(row % 3).is_checked() for row in range(4)] == [True] * 4
    assert not re.search(r'http-equiv="refresh"|hx-[a-z]+=', page.content()), "nothing on the page can reset it"
    page.locator(".tally .btn").click()
    page.get_by_role("button", name="投入票箱").click()
    expect(page.get_by_role("heading", name="已投入票箱")).to_be_visible()
