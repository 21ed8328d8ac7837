"""What a copy taken at the door tells about who came after whom: nothing; and what it would tell otherwise."""

import os
import subprocess
import sys

import pytest

from tests import postgres
from tests.ballots.polls import TOP


def copy_at_the_door(folder, people=30, weakness="", url=""):
    environment = os.environ | {"LINLI_INSTANCE": str(folder), "DATABASE_URL": url, "SECRET_KEY": "test"}
    command = [sys.executable, "-m", "tests.ballots.door", str(people), *filter(None, [weakness])]
    done = subprocess.run(command, cwd=TOP, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return set(filter(None, done.stdout.split("\n")))


def test_nobody_learns_who_came_after_whom(quick_folder):
    assert copy_at_the_door(quick_folder, 150) == set()


@pytest.mark.parametrize(
    ("weakness", "people", "expected"),
    [
        ("database", 30, "open: log of .db: tau 1.00"),
        ("length", 150, "open: lines in ticks: tau"),
        ("times", 3, "open: time of .ticks"),
    ],
)
def test_an_order_of_ticks_would_be_found(weakness, people, expected, quick_folder):
    found = copy_at_the_door(quick_folder, people, weakness)
    assert any(line.startswith(expected) for line in found), found


@pytest.mark.postgres
@pytest.mark.skipif(postgres.binaries() is None, reason="no PostgreSQL server can be had on this machine")
@pytest.mark.parametrize(("weakness", "expected"), [("", set()), ("database", {"open: writer of roll_entry: tau 1.00"})])
def test_postgresql_keeps_no_order_of_ticks_either(weakness, expected, quick_folder):
    with postgres.server() as url:
        found = {line for line in copy_at_the_door(quick_folder, 30, weakness, url) if "tau" in line}
    assert found >= expected
    assert expected or not found
