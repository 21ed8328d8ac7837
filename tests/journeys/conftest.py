"""Journeys: a real server on a real database file, a real Chromium, axe on every page opened."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect, sync_playwright

from tests.commands import environment, linli

ROOT = Path(__file__).parent.parent.parent
PASSWORD = "宝剑锋从磨砺出，梅花香自苦寒来"
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 860}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip


@pytest.fixture(scope="session")
def office(tmp_path_factory):
    """A served community with its secretary's account; stopped at the end."""
    opened = founded(tmp_path_factory.mktemp("journey"))
    opened.starts()
    yield opened
    opened.stops()


def founded(instance):
    """A community with its secretary and a clerk, not served yet, and the port it will have."""
    linli("init", "--community", "梅苑社区", "--account", "书记", instance=instance, stdin=PASSWORD + "\n")
    for role, name in (("staff", "干事"),):
        linli("account", "add", name, "--role", role, instance=instance, stdin=PASSWORD + "\n")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return Office(probe.getsockname()[1], instance)


def _wait(address):
    end = time.monotonic() + 60
    while True:
        try:
            return urllib.request.urlopen(f"{address}/healthz", timeout=2).read()
        except OSError:
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.1)


class Office:
    """Where the journey takes place."""

    def __init__(self, port, instance):
        self.port, self.address, self.instance, self.server = port, f"http://127.0.0.1:{port}", instance, None

    def starts(self):
        self.server = subprocess.Popen(
            [sys.executable, "command_line.py", "run", "--host", "127.0.0.1", "--port", str(self.port)],
            cwd=ROOT, env=environment(self.instance), start_new_session=True, stdin=subprocess.DEVNULL,
        )  # fmt: skip
        _wait(self.address)

    def stops(self):
        os.killpg(self.server.pid, signal.SIGTERM)
        self.server.wait(15)

    def dies(self):
        """The plug is pulled: no process gets to tidy up."""
        os.killpg(self.server.pid, signal.SIGKILL)
        self.server.wait(15)

    def linli(self, *arguments, stdin=""):
        return linli(*arguments, instance=self.instance, stdin=stdin)


@pytest.fixture(scope="session")
def chromium():
    with sync_playwright() as playwright:
        found = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=found, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def person(chromium, office):
    """Opens browsers for people: ``person()`` on a desktop, ``person(phone=True, elder=True, script=False)``."""
    contexts = []

    def enter(phone=False, elder=False, script=True):
        context = chromium.new_context(
            viewport=PHONE if phone else DESKTOP, java_script_enabled=True, locale="zh-CN", base_url=office.address
        ) if script else chromium.new_context(
            viewport=PHONE if phone else DESKTOP, java_script_enabled=False, locale="zh-CN", base_url=office.address
        )  # fmt: skip
        contexts.append(context)
        if elder:
            context.add_cookies([{"name": "mode", "value": "elder", "url": office.address}])
        return Walker(context.new_page(), script)

    yield enter
    for context in contexts:
        context.close()


class Walker:
    """Somebody at a browser; every page opened is checked by axe and for sideways scrolling."""

    def __init__(self, page, script):
        self.page, self.script = page, script
        self.failures = []
        page.on("pageerror", lambda error: self.failures.append(str(error)))
        page.on("console", lambda message: message.type == "error" and self.failures.append(message.text))

    def opens(self, path):
        self.page.goto(path)
        return self.looks()

    def looks(self):
        """Check the page as it stands now."""
        self.page.wait_for_load_state("load")
        if self.script:
            found = Axe().run(self.page, options={"resultTypes": ["violations"]})
            assert found.violations_count == 0, f"{self.page.url}\n{found.generate_report()}"
            wide = self.page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            assert wide <= 0, f"{self.page.url} scrolls {wide} px sideways"
            assert not self.failures, self.failures
        return self

    def signs_in(self, login="书记"):
        self.opens("/login")
        self.page.get_by_label("账号", exact=True).fill(login)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        self.page.wait_for_url("**/office")
        return self.looks()

    def presses(self, name, exact=False):
        self.page.get_by_role("button", name=name, exact=exact).first.click()
        return self.looks()

    def follows(self, name, exact=False):
        self.page.get_by_role("link", name=name, exact=exact).first.click()
        return self.looks()

    def fetches(self, name):
        """The bytes behind a link, as this browser would save them."""
        link = self.page.get_by_role("link", name=name).first.get_attribute("href")
        answer = self.page.request.get(link)
        assert answer.ok, f"{link}: {answer.status}"
        return answer.body()

    def sees(self, words, seconds=20):
        """Wait until the words stand on the page; long work is given more seconds."""
        expect(self.page.locator("body")).to_contain_text(words, timeout=seconds * 1000)
        return self
