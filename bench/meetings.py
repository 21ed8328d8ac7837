"""Pages of meetings where 380 units met for ten years, against the same pages where 16 units met for one.

Run as ``python -m bench.meetings`` it fills two communities of the stage's own instance and prints their addresses.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from bench.measure import HERE, Effort, Result, WrongAnswers, by_turns, rate, request
from stage import Stage

SMALL, LARGE = (16, 1), (380, 10)  # units, years
A_YEAR = 4  # meetings of a year
STAFF = "干事"
YARDSTICK = "16 units, one year"
# What is opened, with {issued} the newest meeting with minutes and {ahead} the next one.
PAGES = (
    "/office/meetings", "/office/meetings/{issued}", "/office/meetings/{ahead}", "/office/meetings/{issued}/edit",
    "/office/meetings/new?series={series}", "/office/meetings/{ahead}/seats", "/office/meetings/{ahead}/invitations",
    "/office/meetings/{ahead}/record", "/office/meetings/{issued}/deliveries", "/office/resolutions",
    "/office/resolutions?show=", "/office/resolutions/{resolution}", "/office/resolutions/reminders", "/meetings/",
    "/meetings/{issued}", "/office/units", "/office/units/{unit}", "/office/agreements", "/office/agreements/{agreement}",
    "/office/agreement-tasks", "/office/pairings", "/office/unit-requests", "/office/job-offers", "/office/six-ones",
    "/office/six-ones/{unit}", "/office/sharing", "/office/resources", "/office/joint-activities", "/office/plans/{plan}",
    "/office/bodies", "/office/work-access",
)  # fmt: skip


def measure(stage: Stage, _bare: int, effort: Effort) -> Iterator[Result]:
    """Every page of meetings once, both communities by turns."""
    done = subprocess.run(
        [sys.executable, "-m", "bench.meetings"], env=stage.environment(), cwd=HERE, capture_output=True, text=True
    )
    if done.returncode:
        raise WrongAnswers(why=done.stderr.strip().splitlines()[-1])
    few = replace(effort, requests=max(4, effort.requests // 10))
    small, large = (_requests(stage, **told) for told in json.loads(done.stdout))
    yield by_turns(
        f"meetings: {len(PAGES)} pages, 380 units × 10 years", YARDSTICK, "requests/s", effort.rounds,
        lambda: rate(stage.port, large, few, 200), lambda: rate(stage.port, small, few, 200),
    )  # fmt: skip


def _requests(stage: Stage, slug: str, numbers: dict[str, int]) -> list[str]:
    at = f"/c/{slug}"
    cookie = stage.signed_in(STAFF, at)
    return [request("GET", at + page.format(**numbers), Cookie=cookie) for page in PAGES]


def fill(place, units: int, years: int) -> dict[str, int]:
    """A community where so many units met four times in each of so many years, and will meet once more.

    Answers the numbers of what ``PAGES`` open. Old years are written row by row, not through the rules: what they cost
    is not measured.
    """
    from blueprints.cobuilding.models import MemberUnit
    from blueprints.meetings import rules, seats, sending, series
    from blueprints.meetings.models import Meeting, Resolution
    from blueprints.meetings.protocol import Item, Protocol
    from core import clock
    from core.access import console
    from core.db import writing

    with writing():
        for at in range(units):
            MemberUnit.create(place=place, name=f"驻区单位{at:03}", nature="机关", joined="2003")
        found = series.found_series(console(), place, {
            "name": f"{place.name}党建工作联席会议纪要", "issuing_body": "社区党委", "copies_to": ["各成员单位"],
        })  # fmt: skip
        now = clock.now()
        for back in range(years * A_YEAR, 0, -1):
            last = _held(found, now - timedelta(days=91 * back), units)
        sending.list_receivers(last)
        ahead = rules.enter(console(), found, Protocol(
            series=found.name, issuing_body="社区党委", held_at=now + timedelta(days=9), chair="沈国庆", items=(Item("关于照明"),),
        ))  # fmt: skip
        seats.expect(ahead)
        row = Resolution.select().where(Resolution.meeting == last).order_by(Resolution.id).first()
        built = _built_together(place, years)
    return {"issued": last.id, "ahead": ahead.id, "series": found.id, "resolution": row.id, "meetings": Meeting.select().count()} | built


def _built_together(place, years: int) -> dict[str, int]:
    """Every year each unit had an agreement with two tasks and took part in an activity; each asks, offers and is paired."""
    from datetime import date

    from peewee import chunked

    from blueprints.cobuilding.models import (
        Agreement,
        AgreementTask,
        JobOffer,
        Liaison,
        MemberUnit,
        Pairing,
        TaskState,
        UnitRequest,
    )
    from blueprints.plans import rules as plans
    from blueprints.plans.models import JointActivity, PlanItem
    from blueprints.sharing.models import SharedResource
    from core import clock
    from core.access import console

    def put(model, rows):
        for some in chunked(rows, 90):
            model.insert_many(some).execute()

    units, year = [unit for (unit,) in MemberUnit.select(MemberUnit.id).where(MemberUnit.place == place).tuples()], clock.today().year
    of = {"place": place}
    put(Liaison, [{"unit": unit, "name": "吴文斌", "phone": "15400000001"} for unit in units])
    put(Pairing, [{**of, "unit": unit, "kind": "agreed", "since": date(year, 1, 1)} for unit in units[::2]])
    put(JobOffer, [{**of, "unit": unit, "post": "保安", "posts": 10, "since": date(year, 1, 1)} for unit in units])
    put(UnitRequest, [{**of, "unit": unit, "matter": "门口路灯", "kind": "service", "received_on": date(year, 1, 1)} for unit in units])
    put(SharedResource, [{**of, "unit": unit, "name": f"会议室{unit}", "kind": "venue"} for unit in units])
    for back in range(years):
        then = year - back
        span = {"since": date(then, 1, 1), "until": date(then, 12, 31), "not_renewed": "" if not back else "期满"}
        put(Agreement, [{**of, "unit": unit, "title": f"{then}年协议", **span} for unit in units])
        put(JointActivity, [{**of, "unit": units[n % len(units)], "name": f"活动{n}", "on": date(then, 6, 1)} for n in range(12)])
    made = [row for (row,) in Agreement.select(Agreement.id).where(Agreement.place == place).tuples()]
    put(AgreementTask, [
        {**of, "agreement": row, "text": "开放操场", "due_on": date(year, 12, 31), "state": TaskState.DONE} for row in made for _two in "ab"
    ])  # fmt: skip
    plan = plans.begin(console(), place, year)
    put(PlanItem, [{"plan": plan, "position": n, "name": f"项目{n}", "unit": units[n % len(units)], "month": n % 12 + 1} for n in range(20)])
    return {"unit": units[5], "agreement": made[5], "plan": plan.id}


def _held(series, when, units: int):
    """One meeting of the past: all units seated, eight decisions, minutes issued."""
    from peewee import chunked

    from blueprints.cobuilding.models import MemberUnit
    from blueprints.meetings import queries
    from blueprints.meetings.models import AgendaItem, Attendance, Meeting, Resolution, ResolutionOwner
    from blueprints.meetings.states import MeetingState, Presence, ResolutionState
    from core import clock

    year = clock.local(when).year
    serial = queries.next_ordinal(series, year)
    meeting = Meeting.create(
        place=series.place_id, series=series, year=year, ordinal=serial, held_at=when, chair="沈国庆", issuing_body="社区党委",
        state=MeetingState.ISSUED, number_year=year, number_serial=serial, issued_on=when.date(), copies_to=["各成员单位"],
    )  # fmt: skip
    names = list(MemberUnit.select(MemberUnit.name, MemberUnit.id).where(MemberUnit.place == series.place_id).tuples())
    rows = [
        {"meeting": meeting, "position": at, "unit_text": name, "unit": unit, "presence": Presence.PRESENT, "names": f"代表{at}"}
        for at, (name, unit) in enumerate(names[:units])
    ]
    for some in chunked(rows, 100):
        Attendance.insert_many(some).execute()
    for at in range(4):
        item = AgendaItem.create(meeting=meeting, position=at, title=f"关于第{at}件事的汇报", reported_by=names[at][0], discussion="会议听取了汇报。" * 20, public_title="汇报")
        for part in range(2):
            resolution = Resolution.create(
                meeting=meeting, item=item, position=part, text=f"第{at}件事第{part}条由各单位落实。", public_text="落实。",
                responsible=names[at + part][0], due_on=when.date() + timedelta(days=200),
                state=ResolutionState.DONE if part else ResolutionState.UNDER_WAY,
            )  # fmt: skip
            ResolutionOwner.create(resolution=resolution, position=0, text=names[(at + part) % units][0], unit=names[(at + part) % units][1], settled=True)
    return meeting


def main() -> None:
    """For ``measure``: both communities, with the clerk of the example at work in each."""
    from app import create_app
    from blueprints.organisation.rules import found_community
    from core import clock
    from core.access import Role, console
    from core.db import database, writing
    from core.records.people import Account, RoleGrant

    with create_app().app_context():
        database.connect(reuse_if_open=True)
        told = []
        for name, (units, years) in (("小社区", SMALL), ("大社区", LARGE)):
            place = found_community(console(), name)
            with writing():
                RoleGrant.create(account=Account.get(Account.login == STAFF), role=Role.STAFF, place=place, since=clock.today())
            told.append({"slug": place.slug, "numbers": fill(place, units, years)})
        print(json.dumps(told))


if __name__ == "__main__":
    main()
