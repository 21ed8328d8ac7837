"""What a copy taken at the door tells about who came after whom: nothing; and what it would tell otherwise."""

import os
import subprocess
import sys

import pytest

from tests import postgres
from tests.ballots.polls import TOP


def copy_at_the_door(folder, weakness="", url=""):
    environment = os.environ | {"LINLI_INSTANCE": str(folder), "DATABASE_URL": url, "SECRET_KEY": "test"}
    command = [sys.executable, "-m", "tests.ballots.door", *filter(None, [weakness])]
    done = subprocess.run(command, cwd=TOP, env=environment, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout.split("\n")


def told(lines):
    return {line for line in lines if line}


def test_nobody_learns_who_came_after_whom(tmp_path):
    assert told(copy_at_the_door(tmp_path)) == set()


@pytest.mark.parametrize(
    ("weakness", "expected"),
    [
        ("database", "open: log of .db: tau 1.00"),
        ("log", "open: time of box"),
        ("length", "open: lines in ticks: tau"),
        ("times", "open: time of .ticks"),
    ],
)
def test_an_order_of_ticks_would_be_found(weakness, expected, tmp_path):
    found = copy_at_the_door(tmp_path, weakness)
    assert any(line.startswith(expected) for line in found), found


@pytest.mark.postgres
@pytest.mark.skipif(postgres.binaries() is None, reason="no PostgreSQL server can be had on this machine")
@pytest.mark.parametrize(("weakness", "expected"), [("", set()), ("database", {"open: writer of roll_entry: tau 1.00"})])
def test_postgresql_keeps_no_order_of_ticks_either(weakness, expected, tmp_path):
    with postgres.server() as url:
        assert {line for line in told(copy_at_the_door(tmp_path, weakness, url)) if "tau" in line} >= expected
