"""Headless Chromium printing the HTML our press gets: once started anew, else one browser that prints page after page."""

import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--headless", "--allow-file-access-from-files", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
FLAGS += ["--no-sandbox"] if os.geteuid() == 0 else []
NEW, WARM = "Chromium, both started anew", "Chromium, both warm"


def browser() -> str | None:
    """The Chromium of this machine."""
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


def page(file: Path, template: str, sheet: object) -> Path:
    """The HTML our press gets, with its stylesheet and fonts beside it, for a browser to print; pictures lie beside it."""
    from core.printing import glyphs, paper, press

    faces = "".join(
        f'@font-face{{font-family:"{glyphs.family(face)}";src:url("{(glyphs.FONTS / name).as_uri()}")}}'
        for face, name in glyphs.FACES.items()
    )
    style = f"<style>{faces}{press.STYLE.read_text(encoding='utf-8')}</style>"
    html = paper.page(template, sheet, example=True).replace("<style>", style + "<style>", 1)
    file.write_text(html.replace("app:///image/", ""), encoding="utf-8")
    return file


def print_anew(html: Path, out: Path) -> None:
    """One start of the browser for one document."""
    command = [browser(), *FLAGS, "--no-pdf-header-footer", f"--print-to-pdf={out}", html.as_uri()]
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def warm() -> Iterator[Callable[[Path], bytes] | None]:
    """One browser for all documents; None without Playwright, which only developers have."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        yield None
        return
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser(), args=FLAGS)
        tab = running.new_page()
        tab.set_default_timeout(300_000)

        def print_page(html: Path) -> bytes:
            tab.goto(html.as_uri())
            return tab.pdf(prefer_css_page_size=True)

        yield print_page
        running.close()
