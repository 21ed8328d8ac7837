"""Numbers under several hands at once, on real databases: none twice, none left out."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres

SCRIPT = """
import json, sys, threading
from datetime import timedelta
from app import create_app
from core import clock
from core.access import console
from core.db import database, migrate
app = create_app()
from blueprints.meetings import issuing, rules
from blueprints.meetings.models import Meeting
from blueprints.organisation.rules import found_community
from blueprints.meetings.protocol import Protocol
issuing.pdf = lambda *_args, **_options: b"%PDF-"
with app.app_context():
    database.connect(reuse_if_open=True)
    migrate()
    place = found_community(console(), "梅苑社区")
    made = Protocol(series="联席会议纪要", issuing_body="党委", held_at=clock.now() - timedelta(days=1))
    series = series.series_of(console(), place, made)
    meetings = [rules.enter(console(), series, made) for _ in range(8)]
    Meeting.update(state="approved").execute()
    database.close()
failures = []
def hand(meeting):
    with app.app_context():
        database.connect(reuse_if_open=True)
        try:
            issuing.issue(console(), meeting, 1)
        except Exception as error:
            failures.append(repr(error))
        finally:
            database.close()
threads = [threading.Thread(target=hand, args=(meeting,)) for meeting in meetings]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
with app.app_context():
    database.connect(reuse_if_open=True)
    serials = sorted(row.number_serial or 0 for row in Meeting.select())
    numbers = sorted(row.number for row in __import__("models").IssuedPaper.select())
    database.close()
print(json.dumps([serials, numbers, failures]))
"""


def race(folder, url=""):
    environment = {**os.environ, "LINLI_INSTANCE": str(folder), "DATABASE_URL": url, "PYTHONUTF8": "1"}
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=root, env=environment, capture_output=True, text=True, check=True)
    serials, numbers, failures = json.loads(done.stdout)
    assert failures == []
    assert serials == list(range(1, 9))
    assert len(set(numbers)) == 8


def test_eight_papers_at_once_on_sqlite(tmp_path):
    race(tmp_path)


@pytest.mark.postgres
def test_eight_papers_at_once_on_postgresql(tmp_path):
    if postgres.binaries() is None:
        pytest.skip("no PostgreSQL server can be had on this machine")
    with postgres.server() as url:
        race(tmp_path, url)
