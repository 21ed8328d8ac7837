"""The table: ratios measured in one run on one machine, described so that somebody else can judge them."""

import os
import platform
import re
import sqlite3
from collections.abc import Sequence
from pathlib import Path

from bench.measure import Effort, Result
from core import clock

HEAD = """# Ratios measured in one run

Each line is a ratio of ours to a yardstick, both measured by turns in the same minutes on the same machine: what else
the machine did met both alike. More than 1 is faster than the yardstick. A ratio says nothing about another machine's
absolute speed, and there is no mark to pass. Bare views run under the same server (gunicorn, threads) with the same
settings, without the middleware around ours. Made by `./linli bench --out bench/RESULTS.md`; `bench/` says what is
measured.
"""


def table(results: Sequence[Result], effort: Effort) -> str:
    """The whole page as Markdown; its last line is the summary."""
    head = ["| what | against | ratio: median | least | most | ours, median | theirs, median |", "|---|---|--:|--:|--:|--:|--:|"]
    rows = [row(result) for result in results]
    return "\n".join([HEAD, machine(effort), "", *head, *rows, "", summary(results)]) + "\n"


def row(result: Result) -> str:
    """One line of the table."""
    ours, theirs = (sorted(figures)[len(figures) // 2] for figures in (result.ours, result.theirs))
    ratios = f"{result.ratio:.2f} | {min(result.ratios):.2f} | {max(result.ratios):.2f}"
    return f"| {result.name} | {result.yardstick} | {ratios} | {ours:.3g} {result.unit} | {theirs:.3g} {result.unit} |"


def summary(results: Sequence[Result]) -> str:
    """All medians in a line."""
    return "Medians: " + "; ".join(f"{one.name} {one.ratio:.2f} ({one.yardstick})" for one in results)


def machine(effort: Effort) -> str:
    """What it was measured on; never what the machine is called."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores, load = len(os.sched_getaffinity(0)), os.getloadavg()[0]
    processor = _first(r"model name\s*: (.+)", "/proc/cpuinfo") or platform.machine()
    system = _first(r'PRETTY_NAME="(.+)"', "/etc/os-release") or platform.system()
    return (
        f"{clock.today()}: {processor}, {cores} cores shared with the load generator, {memory:.0f} GiB, {system},"
        f" Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, load {load:.1f} at the end;"
        f" {effort.rounds} pairs a line (papers at most 5), {effort.requests} requests to a kept page in each half of a pair, fewer to what is slower,"
        f" {effort.connections} connections (ballots 50)."
    )  # fmt: skip


def _first(pattern: str, file: str) -> str:
    found = re.search(pattern, Path(file).read_text()) if Path(file).exists() else None
    return found[1].strip() if found else ""
