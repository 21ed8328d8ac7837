"""Numbers under several hands at once, processes and threads, on real databases: none twice, none left out."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres

PROCESSES, EACH = 4, 3
SCRIPT = """
import json, multiprocessing, sys, threading
from datetime import timedelta
from app import create_app
from core import clock
from core.access import console
from core.db import database, migrate
app = create_app()
from blueprints.meetings import issuing, rules, series
from blueprints.meetings.models import Meeting
from blueprints.meetings.protocol import Protocol
from blueprints.organisation.rules import found_community
from models import IssuedPaper
issuing.pdf = lambda *_args, **_options: b"%PDF-"
processes, each = map(int, sys.argv[1:])

def connected(work):
    with app.app_context():
        database.connect(reuse_if_open=True)
        try:
            return work()
        finally:
            database.close()

def prepared():
    migrate()
    place = found_community(console(), "梅苑社区")
    made = Protocol(series="联席会议纪要", issuing_body="党委", held_at=clock.now() - timedelta(days=1))
    found = series.series_of(console(), place, made)
    for _ in range(processes * each):
        rules.enter(console(), found, made)
    Meeting.update(state="approved", chair_checked_on=clock.today()).execute()
    return [row.id for row in Meeting.select()]

def office(numbers, start, failures):
    '''One process whose threads issue a paper each, all at the same moment.'''
    def hand(number):
        try:
            connected(lambda: issuing.issue(console(), Meeting.get_by_id(number), 1))
        except Exception as error:
            failures.put(repr(error))
    threads = [threading.Thread(target=hand, args=(number,)) for number in numbers]
    start.wait()
    [thread.start() for thread in threads]
    [thread.join() for thread in threads]

numbers = connected(prepared)
if hasattr(database.obj, "close_all"):  # a pooled connection must not be shared by the forked processes
    database.obj.close_all()
fork = multiprocessing.get_context("fork")
start, failures = fork.Barrier(processes), fork.SimpleQueue()
offices = [fork.Process(target=office, args=(numbers[at::processes], start, failures)) for at in range(processes)]
[one.start() for one in offices]
[one.join() for one in offices]
told = []
while not failures.empty():
    told.append(failures.get())
serials = connected(lambda: sorted(row.number_serial or 0 for row in Meeting.select()))
papers = connected(lambda: sorted(row.number for row in IssuedPaper.select()))
print(json.dumps([serials, papers, told, [one.exitcode for one in offices]]))
"""


def race(folder, url=""):
    environment = {**os.environ, "LINLI_INSTANCE": str(folder), "DATABASE_URL": url, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", SCRIPT, str(PROCESSES), str(EACH)]
    root = Path(__file__).parents[2]
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=True, timeout=120)
    serials, numbers, failures, ends = json.loads(done.stdout)
    assert (failures, ends) == ([], [0] * PROCESSES)
    assert serials == list(range(1, PROCESSES * EACH + 1))
    assert len(set(numbers)) == PROCESSES * EACH


def test_twelve_papers_at_once_from_four_processes_on_sqlite(tmp_path):
    race(tmp_path)


@pytest.mark.postgres
def test_twelve_papers_at_once_from_four_processes_on_postgresql(tmp_path):
    if postgres.binaries() is None:
        pytest.skip("no PostgreSQL server can be had on this machine")
    with postgres.server() as url:
        race(tmp_path, url)
