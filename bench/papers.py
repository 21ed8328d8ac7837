"""Papers against headless Chromium printing the same HTML: once with both programs started anew, else with both warm.

Run as ``python -m bench.papers`` it works on the stage's own folder and prints its figures as JSON.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from bench.measure import HERE, Effort, Result, WrongAnswers, by_turns
from stage import COMMAND, Stage

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--headless", "--allow-file-access-from-files", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"]
FLAGS += ["--no-sandbox"] if os.geteuid() == 0 else []
NEW, WARM = "Chromium, both started anew", "Chromium, both warm"
MOST_ROUNDS = 5
POSTERS, MINUTES = "67 posters", "minutes, 4 pages"


def measure(stage: Stage, _bare: int, effort: Effort) -> Iterator[Result]:
    """The posters of all stairwells and the minutes of the joint meeting."""
    rounds = str(min(effort.rounds, MOST_ROUNDS))
    done = subprocess.run(
        [sys.executable, "-m", "bench.papers", rounds], env=stage.environment(), cwd=HERE, capture_output=True, text=True
    )  # fmt: skip
    if done.returncode:
        raise WrongAnswers(why=done.stderr.strip().splitlines()[-1])
    yield from (Result(**row) for row in json.loads(done.stdout))


def browser() -> str | None:
    """The Chromium of this machine."""
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


def per_second(work: Callable[[], object]) -> float:
    """How often a second the work could be done."""
    began = time.perf_counter()
    work()
    return 1 / (time.perf_counter() - began)


def results(rounds: int) -> Iterator[Result]:
    """All lines of this table, measured on the instance of this process."""
    from blueprints.boards import issuing
    from blueprints.boards.posters import Posters
    from core.commands import command_community
    from core.printing import paper

    place = command_community(None)
    posters = Posters(place)
    sheets = [posters.sheet(stairwell) for stairwell in posters.places()]
    with tempfile.TemporaryDirectory() as folder:
        pages = {
            POSTERS: _page(Path(folder, "posters.html"), "boards/print/poster.html", sheets),
            MINUTES: _page(Path(folder, "minutes.html"), "meetings/print/minutes.html", minutes()),
        }
        out = Path(folder, "out.pdf")
        yield _line(POSTERS, NEW, rounds, lambda: _command("print", "boards", "--out", out), lambda: _chromium(pages[POSTERS], out))
        sheet = minutes()
        ours = {
            POSTERS: lambda: _drained(issuing.print_all(place, "A4")),
            MINUTES: lambda: paper.render("meetings/print/minutes.html", sheet),
        }
        with _warm_chromium() as warm:
            for name in ours if warm else ():
                yield _line(name, WARM, rounds, ours[name], lambda page=pages[name]: warm(page))


def _line(name: str, yardstick: str, rounds: int, ours: Callable, theirs: Callable) -> Result:
    return by_turns(name, yardstick, "documents/s", rounds, lambda: per_second(ours), lambda: per_second(theirs))


def minutes() -> object:
    """The sheet of the newest issued meeting."""
    from blueprints.meetings import sheets
    from blueprints.meetings.models import Meeting, MeetingState
    from blueprints.meetings.protocol import protocol_of

    meeting = Meeting.select().where(Meeting.state == MeetingState.ISSUED).order_by(Meeting.id.desc()).get()
    return sheets.minutes(protocol_of(meeting), meeting.ordinal, meeting.series)


def _page(file: Path, template: str, sheet: object) -> Path:
    """The HTML our press gets, with its stylesheet and fonts beside it, for a browser to print."""
    from core.printing import glyphs, paper, press

    faces = "".join(
        f'@font-face{{font-family:"{glyphs.family(face)}";src:url("{(glyphs.FONTS / name).as_uri()}")}}'
        for face, name in glyphs.FACES.items()
    )
    style = f"<style>{faces}{press.STYLE.read_text(encoding='utf-8')}</style>"
    html = paper.page(template, sheet, example=True).replace("<style>", style + "<style>", 1)
    file.write_text(html, encoding="utf-8")
    return file


def _drained(steps: Iterator) -> None:
    for _step in steps:
        pass


def _command(*arguments: object) -> None:
    subprocess.run([*COMMAND, *map(str, arguments)], cwd=HERE, check=True, capture_output=True)


def _chromium(page: Path, out: Path) -> None:
    command = [browser(), *FLAGS, "--no-pdf-header-footer", f"--print-to-pdf={out}", page.as_uri()]
    subprocess.run(command, check=True, capture_output=True)


@contextmanager
def _warm_chromium() -> Iterator[Callable[[Path], bytes] | None]:
    """One browser that prints page after page; None without Playwright, which only developers have."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        yield None
        return
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=browser(), args=FLAGS)
        tab = running.new_page()

        def print_page(page: Path) -> bytes:
            tab.goto(page.as_uri())
            return tab.pdf(prefer_css_page_size=True)

        yield print_page
        running.close()


def main(rounds: int) -> None:
    """For ``measure``, in a process of its own on the stage's folder."""
    from app import create_app
    from core.db import database

    with create_app().app_context():
        database.connect(reuse_if_open=True)
        print(json.dumps([asdict(line) for line in results(rounds)]))


if __name__ == "__main__":
    main(int(sys.argv[1]))
