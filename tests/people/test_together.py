"""Imports and edits at the same time, on real databases: whatever was acknowledged is there afterwards."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import postgres

SCRIPT = """
import json, sys, threading
from app import create_app
from core import audit
from core.access import console
from core.db import database, migrate
app = create_app()
from blueprints.boards import rules as boards
from blueprints.boards.models import Commitment
from blueprints.organisation.rules import found_community
from blueprints.people import imports, membership, queries, uploads
from blueprints.people.models import PartyMember
from blueprints.people.rosters import MEMBERS
from core.records.people import Person
from core.refusal import Stale
from core.spreadsheets.reading import write
NAMES = [f"王{chr(0x4E00 + n)}" for n in range(40)]
base = [{"id": None, "name": name, "birth": f"19{40 + n}-01", "phone": f"154000000{n:02}", "stairwell": f"{n % 9 + 1}幢1单元"} for n, name in enumerate(NAMES)]
def sheet(**more):
    declaration = MEMBERS
    return write(declaration, [{**row, "phone": "", **more} for row in base])
def here(work):
    with app.app_context():
        database.connect(reuse_if_open=True)
        try:
            work()
        except Exception as error:
            failures.append(repr(error))
        finally:
            database.close()
def setting_up():
    migrate()
    found_community(console(), "梅苑社区")
    place = queries.Place.get(queries.Place.kind == "community")
    imports.bring_in(console(), place, imports.roster("members", place), write(MEMBERS, base), "a.xlsx")
def place_here():
    return queries.Place.get(queries.Place.kind == "community")
def importing(key, value):
    def work():
        place = place_here()
        roster = imports.roster("members", place)
        upload = uploads.keep(place, roster, "members", sheet(**{key: value}), "b.xlsx")
        while True:
            seen = uploads.plan_of(place, roster, upload)[1].digest
            try:
                return uploads.confirm(console(), place, roster, upload, seen)
            except uploads.MeanwhileChanged:
                continue
    return work
def editing(names):
    def work():
        place = place_here()
        for name in names:
            while True:
                member = queries.members(place).where(Person.name == name).get()
                values = {**membership.member_values(member), "phone": f"155{NAMES.index(name):08}"}
                del values["commitment"]
                try:
                    membership.change_member(console(), member, member.person.version, values)
                    break
                except Stale:
                    continue
    return work
def promising():
    place = place_here()
    for member in list(queries.members(place)):
        boards.approve(console(), [boards.propose(console(), member, f"每月巡查{member.id}次")])
failures = []
here(setting_up)
threads = [threading.Thread(target=here, args=(work,)) for work in (
    importing("employer", "丰禾超市"), importing("post", "楼道长"), editing(NAMES[:20]), editing(NAMES[20:]), promising)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
with app.app_context():
    database.connect(reuse_if_open=True)
    rows = sorted((m.person.name, m.person.phone, m.employer, m.post) for m in PartyMember.select())
    promises = Commitment.select().where(Commitment.state == "approved").count()
    faults = list(audit.faults())
    database.close()
wanted = sorted((name, f"155{n:08}", "丰禾超市", "楼道长") for n, name in enumerate(NAMES))
print(json.dumps([failures, rows == wanted, [r for r in rows if tuple(r) not in wanted][:3], promises, faults]))
"""


def at_once(folder, url=""):
    environment = {**os.environ, "LINLI_INSTANCE": str(folder), "DATABASE_URL": url, "PYTHONUTF8": "1"}
    root = Path(__file__).parents[2]
    done = subprocess.run([sys.executable, "-c", SCRIPT], cwd=root, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    failures, kept, lost, promises, faults = json.loads(done.stdout)
    assert (failures, kept, lost, promises, faults) == ([], True, [], 40, [])


def test_imports_and_edits_at_once_lose_nothing_on_sqlite(tmp_path):
    at_once(tmp_path)


@pytest.mark.postgres
def test_imports_and_edits_at_once_lose_nothing_on_postgresql(tmp_path):
    if postgres.binaries() is None:
        pytest.skip("no PostgreSQL server can be had on this machine")
    with postgres.server() as url:
        at_once(tmp_path, url)
