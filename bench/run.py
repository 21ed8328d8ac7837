"""All benchmarks or one, on an example community that is served for it and thrown away."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager

import stage
from bench import browser, casts, forms, meetings, pages, papers, posters
from bench.measure import FULL, QUICK, Result
from bench.results import row, table
from core.text import _

BENCHES = {
    "pages": pages, "meetings": meetings, "forms": forms, "ballots": casts, "papers": papers, "posters": posters,
}  # fmt: skip


def run(name: str | None, quick: bool, told=print) -> str:
    """Measure, telling each line as it is known; answers the whole table."""
    effort, results = QUICK if quick else FULL, []
    if name in (None, "papers", "posters") and browser.browser() is None:
        told(_("没有找到 Chromium，没有测打印。"))
    with stage.example() as community, bare_server(community) as port:
        for result in _each(name, community, port, effort):
            results.append(result)
            told(row(result))
    return table(results, effort)


def _each(name: str | None, community: stage.Stage, port: int, effort) -> Iterator[Result]:
    for known, bench in BENCHES.items():
        if name in (None, known) and (bench not in (papers, posters) or browser.browser()):
            yield from bench.measure(community, port, effort)


@contextmanager
def bare_server(community: stage.Stage) -> Iterator[int]:
    """The yardstick beside it."""
    port = stage.free_port()
    with stage.serving([sys.executable, "-m", "bench.bare", str(port)], port, community.environment()):
        yield port
