"""Pictures of the example community's main pages, for the manual: desktop, telephone, large type."""

import os
import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import stage
from core.refusal import Refused
from core.text import _l

DESKTOP, PHONE = (1280, 860), (390, 844)
FLAGS = ["--no-sandbox"] if os.geteuid() == 0 else []
# An address with * stands for the first link of that list whose words hold what follows.
RESIDENTS = {
    "home": "/", "boards": "/boards/", "board": "/boards/4-2", "notices": "/notices/", "notice": "/notices/*候选人", "suggest": "/suggestions/new",
    "track": "/suggestions/track", "answers": "/suggestions/", "meetings": "/meetings/",
    "meeting": "/meetings/*会议", "vote": "/vote",
    "privacy": "/privacy", "login": "/login",
}  # fmt: skip
OFFICE = {
    "today": "/office", "office-boards": "/office/boards", "commitments": "/office/boards/commitments",
    "office-notices": "/office/notices", "office-notice": "/office/notices*候选人", "office-suggestions": "/office/suggestions",
    "office-suggestion": "/office/suggestions*路灯", "people": "/office/people",
    "import": "/office/imports/members", "organisation": "/office/organisation", "units": "/office/units",
    "office-meetings": "/office/meetings", "office-meeting": "/office/meetings*第 3 次", "polls": "/office/polls", "poll": "/office/polls*信任票",
    "record": "/office/meetings/2/record", "receipts": "/office/meetings/3/invitations", "seats": "/office/meetings/3/seats",
    "deliveries": "/office/meetings/1/deliveries", "resolutions": "/office/resolutions", "print-room": "/office/jobs",
    "settings": "/office/settings", "accounts": "/office/accounts", "audit": "/office/audit",
}  # fmt: skip
SECRETARY = "书记"


class NoBrowser(Refused):
    sentence = _l("截图要用 Playwright 和 Chromium。请先运行 ./linli setup test。")


def take(folder: Path) -> Iterator[Path]:
    """One file after the other, as they are taken."""
    if find_spec("playwright") is None:
        raise NoBrowser()
    folder.mkdir(parents=True, exist_ok=True)
    from playwright.sync_api import Error, sync_playwright

    with stage.example() as community, sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        except Error:
            raise NoBrowser() from None
        with browser:
            yield from _all(browser, community, folder)


def _all(browser, community: stage.Stage, folder: Path) -> Iterator[Path]:
    """Residents see a telephone and large type too; the office sits at a desk."""
    for kind, size, elder in (("desktop", DESKTOP, False), ("phone", PHONE, False), ("elder", PHONE, True)):
        with _visitor(browser, community, size, elder) as visitor:
            yield from _pictures(visitor, community, RESIDENTS, folder, kind)
    with _visitor(browser, community, DESKTOP) as visitor:
        name, _equals, value = community.signed_in(SECRETARY).partition("=")
        visitor.add_cookies([{"name": name, "value": value, "url": f"{community.address}/office"}])
        yield from _pictures(visitor, community, OFFICE, folder, "desktop")


def _visitor(browser, community: stage.Stage, size: tuple[int, int], elder: bool = False):
    width, height = size
    visitor = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN", device_scale_factor=2)
    if elder:
        visitor.add_cookies([{"name": "mode", "value": "elder", "url": community.address}])
    return visitor


def _pictures(visitor, community: stage.Stage, pages: dict[str, str], folder: Path, kind: str) -> Iterator[Path]:
    page = visitor.new_page()
    for name, path in pages.items():
        start, _star, words = path.partition("*")
        answer = page.goto(community.address + start)
        if words:
            answer = page.goto(community.address + page.locator("main a", has_text=words).first.get_attribute("href"))
        if answer.status != 200:
            raise stage.StageFailed(why=f"{path}: {answer.status}")
        file = folder / f"{name}-{kind}.png"
        page.screenshot(path=file, full_page=True, animations="disabled")
        yield file
