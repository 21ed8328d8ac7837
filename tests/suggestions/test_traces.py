"""What a thief's copy tells about when a resident wrote: the day, nothing more; and what it would tell otherwise."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres

TOP = Path(__file__).resolve().parents[2]


def run(folder: Path, url: str, *command: str) -> list[str]:
    environment = os.environ | {"LINLI_INSTANCE": str(folder), "DATABASE_URL": url, "SECRET_KEY": "test"}
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=TOP, env=environment, capture_output=True, text=True, timeout=300, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def copy_of_a_day(folder: Path, messages: int, weakness: str = "", url: str = "") -> tuple[list[str], list[str]]:
    """What a copy shows before the clock has struck the hour, and after."""
    lines = run(folder, url, "tests.suggestions.traces", str(messages), *filter(None, [weakness]))
    return tuple([line.split(": ", 1)[1] for line in lines if line.startswith(when)] for when in ("within", "afterwards"))


def test_a_copy_of_the_file_tells_the_day_alone(quick_folder):
    within, afterwards = copy_of_a_day(quick_folder, 100)
    assert {leak.split(":")[0] for leak in within} == {"frames of the log"}, "until the hour, said in the decision"
    assert afterwards == []


@pytest.mark.postgres
def test_a_copy_of_the_server_tells_the_day_alone(quick_folder):
    if postgres.binaries() is None:
        pytest.skip("no PostgreSQL server can be had on this machine")
    with postgres.server() as url:
        within, afterwards = copy_of_a_day(quick_folder, 60, url=url)
    assert "writer of suggestion: tau 1.00" in within
    assert afterwards == []


def test_keys_and_numbers_that_rise_would_be_found(quick_folder):
    _within, afterwards = copy_of_a_day(quick_folder, 40, "rising")
    found = {leak.split(":")[0] for leak in afterwards}
    assert {"key", "number", "scan", "step", "words in linli.db", "words in backup suggestion.jsonl"} <= found


def test_times_of_files_would_be_found(quick_folder):
    _within, afterwards = copy_of_a_day(quick_folder, 2, "times")
    assert any(leak.startswith("time of linli.db") for leak in afterwards)


def gone(folder, url=""):
    """Which moments left the words in some file."""
    return {line.split()[0] for line in run(folder, url, "tests.suggestions.gone") if line}


def test_what_was_sealed_or_forgotten_is_in_no_file(quick_folder):
    assert gone(quick_folder) == {"accused", "answered"}


@pytest.mark.postgres
def test_nor_in_any_file_of_the_server(quick_folder):
    if postgres.binaries() is None:
        pytest.skip("no PostgreSQL server can be had on this machine")
    with postgres.server() as url:
        assert gone(quick_folder, url) == {"accused", "answered"}
