"""A venue is never given to two at once, and what was given is thanked for."""

import io
import json
import subprocess
import sys
from datetime import datetime, time, timedelta

import pdfplumber
import pytest

from blueprints.sharing import registers, rules
from blueprints.sharing.models import BookingSlot
from core import clock
from core.access import Role
from core.registers import ledger
from tests import entries, make, postgres
from tests.commands import ROOT, environment

DAY = clock.today() + timedelta(days=5)


def at(hour, minute=0):
    return datetime.combine(DAY, time(hour, minute))


@pytest.fixture
def staff(client, community):
    return client.as_(make.account(community, Role.STAFF))


@pytest.fixture
def hall(community):
    return entries.entry(registers.RESOURCES, community, name="二楼会议室", until="")


def book(community, hall, begins, ends, by="第一党支部"):
    return rules.book(make.actor(community), hall, begins, ends, "讲座", by)


@pytest.mark.parametrize(("begins", "ends"), [(at(9), at(11)), (at(10, 30), at(12)), (at(8), at(9, 30)), (at(9, 30), at(10))])
def test_who_comes_second_is_told_who_was_first(community, hall, begins, ends):
    book(community, hall, at(9), at(11))
    with pytest.raises(rules.Taken) as refused:
        book(community, hall, begins, ends, "合唱队")
    assert "第一党支部" in str(refused.value)


def test_one_may_follow_another_and_take_what_was_given_back(community, hall):
    first = book(community, hall, at(9), at(11))
    book(community, hall, at(11), at(12))
    rules.cancel(make.actor(community), first, 1, "改期")
    book(community, hall, at(9), at(11), "合唱队")
    assert BookingSlot.select().count() == 6


@pytest.mark.parametrize(
    ("begins", "ends", "refusal"),
    [(at(11), at(9), rules.EndsBeforeBeginning), (at(9, 10), at(10), rules.NotOnTheHalfHour),
     (at(9), at(9) + timedelta(days=4), rules.TooLong)],
)  # fmt: skip
def test_what_cannot_be_booked_is_said(community, hall, begins, ends, refusal):
    with pytest.raises(refusal):
        book(community, hall, begins, ends)
    assert not BookingSlot.select().exists()


def test_what_is_no_longer_offered_cannot_be_booked(community, hall):
    values = ledger.values_of(registers.RESOURCES, hall) | {"since": "", "until": (DAY - timedelta(days=1)).isoformat()}
    ledger.correct(registers.RESOURCES, make.actor(community), hall, 1, values)
    with pytest.raises(rules.NoLongerOffered):
        book(community, hall, at(9), at(10))


RACE = """
import json, multiprocessing, sys
from datetime import datetime
from app import create_app
from core.access import console
from core.db import database, migrate
app = create_app()
from blueprints.organisation.rules import found_community
from blueprints.sharing import registers, rules
from blueprints.sharing.models import BookingSlot, SharedResource
from tests import entries

def connected(work):
    with app.app_context():
        database.connect(reuse_if_open=True)
        try:
            return work()
        finally:
            database.close()

def prepared():
    migrate()
    entries.entry(registers.RESOURCES, found_community(console(), "梅苑社区"), until="", unit="")

def rival(name, start, answers):
    def book():
        hall = SharedResource.get()
        start.wait()
        try:
            rules.book(console(), hall, datetime(*DAY, 9), datetime(*DAY, 11), "讲座", name)
            answers.put("booked")
        except rules.Taken:
            answers.put("taken")
    connected(book)

DAY = json.loads(sys.argv[1])
connected(prepared)
if hasattr(database.obj, "close_all"):  # a pooled connection must not be shared by the forked processes
    database.obj.close_all()
fork = multiprocessing.get_context("fork")
start, answers = fork.Barrier(6), fork.SimpleQueue()
rivals = [fork.Process(target=rival, args=(f"第{n}党支部", start, answers)) for n in range(6)]
[one.start() for one in rivals]
[one.join() for one in rivals]
print(json.dumps([sorted(answers.get() for _one in rivals), connected(BookingSlot.select().count)]))
"""


def race(folder, url=""):
    """Real processes on a real database, all at the same moment; the unique slot decides, not a look beforehand."""
    seen = environment(folder, **({"DATABASE_URL": url} if url else {}))
    command = [sys.executable, "-c", RACE, json.dumps([DAY.year, DAY.month, DAY.day])]
    done = subprocess.run(command, cwd=ROOT, env=seen, capture_output=True, text=True, check=True, timeout=120)
    assert json.loads(done.stdout) == [["booked", *["taken"] * 5], 4]


def test_of_many_at_once_one_gets_it_on_sqlite(tmp_path):
    race(tmp_path)


@pytest.mark.postgres
def test_of_many_at_once_one_gets_it_on_postgresql(tmp_path):
    if postgres.binaries() is None:
        pytest.skip("no PostgreSQL server can be had on this machine")
    with postgres.server() as url:
        race(tmp_path, url)


def test_a_venue_is_booked_on_the_page(staff, hall):
    path = f"/office/resources/{hall.id}/bookings"
    answer = staff.submit(path, begins=at(9).isoformat()[:16], ends=at(11).isoformat()[:16], purpose="讲座", by="第一党支部")
    assert answer.status_code == 303
    assert "第一党支部" in staff.get(f"/office/resources/{hall.id}").text
    again = staff.submit(path, begins=at(10).isoformat()[:16], ends=at(11).isoformat()[:16], purpose="合唱", by="合唱队")
    assert (again.status_code, "合唱队" in again.text, "已有人订" in again.text) == (409, True, True)
    staff.submit(f"/office/resources/{hall.id}", form="cancellation")
    assert "第一党支部" not in staff.get(f"/office/resources/{hall.id}").text


def test_a_need_meets_a_resource_and_the_giver_is_thanked(staff, community, hall):
    need = entries.entry(registers.NEEDS, community, name="想借地方排练", kind="venue")
    assert "二楼会议室" in staff.get(f"/office/needs/{need.id}").text
    staff.submit(f"/office/projects/new?need={need.id}&resource={hall.id}&name=合唱队排练", people="30", until=DAY.isoformat(), result="每周一次")
    project = registers.PROJECTS.model.get()
    assert (project.need_id, project.resource_id) == (need.id, hall.id)
    assert "合唱队排练" in staff.get("/office/sharing").text
    staff.submit(f"/office/projects/{project.id}", form="prints")
    letter = staff.get(f"/office/projects/{project.id}/thanks.pdf").data
    with pdfplumber.open(io.BytesIO(letter)) as pdf:
        text = pdf.pages[0].extract_text().replace("\n", "")
    assert "感谢" in text
    assert "30人次" in text
    assert "草稿" not in text
    assert "合唱队排练" not in staff.get("/office/sharing").text


def test_a_project_without_sides_is_refused(staff):
    answer = staff.submit("/office/projects/new", name="孤零零的项目")
    assert (answer.status_code, "至少要选" in answer.text) == (422, True)
