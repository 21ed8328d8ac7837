"""Out and in again without loss over any roster; undone byte for byte; the same person once; two communities apart."""

import hashlib
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from blueprints.people import imports
from blueprints.people.models import PartyMember, Representative
from blueprints.people.rosters import CATEGORIES, MEMBERS
from core import backup
from core.access import Role, console
from core.db import Record, database
from core.records.people import Person
from core.records.places import Place
from core.spreadsheets.cells import squeeze
from core.spreadsheets.reading import DITTO, write, write_csv
from tests import make

DATA = Path(__file__).parents[2] / "data"
KEPT = {"audit_entry", "audit_detail", "audit_head", "import_batch", "import_change"}

han = st.sampled_from("王李张刘陈欧阳䶮㛃堃𠮷𬍛秀英国建")
names = st.one_of(
    st.text(han, min_size=2, max_size=4), st.builds(lambda one, two: f"{one}·{two}", st.text(han, min_size=2, max_size=6), st.text(han, min_size=2, max_size=6)),
)  # fmt: skip
words = st.text(st.characters(exclude_categories=("Cc", "Cf", "Cs", "Zl", "Zp"), max_codepoint=0x2FFFF), max_size=12).map(str.strip).filter(lambda text: squeeze(text) not in DITTO)
dates = st.one_of(
    st.just(""), st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(lambda day: day.isoformat()),
    st.builds("{:04}-{:02}".format, st.integers(1900, 2020), st.integers(1, 12)), st.integers(1900, 2020).map(str),
)  # fmt: skip
phones = st.one_of(st.just(""), st.integers(13000000000, 19999999999).map(str), st.just("0571-86010001"))
members = st.fixed_dictionaries({
    "name": names, "sex": st.sampled_from(["", "m", "f"]), "birth": dates, "joined": dates,
    "branch": st.sampled_from(["", "第一党支部", "在职党员支部"]), "stairwell": st.sampled_from(["", "3幢2单元", "甲幢1单元", "12幢10单元"]),
    "phone": phones, "category": st.sampled_from(sorted(set(CATEGORIES.values()))), "employer": words, "post": words,
    "commitment": st.lists(words.filter(bool), max_size=3, unique=True).map("\n".join),
})  # fmt: skip


def exported_tables():
    """Every table as a backup writes it, without what an undo leaves."""
    lines = {}
    for model in backup.tables(Record.__subclasses__()):
        if model._meta.table_name not in KEPT:
            content = backup._lines(model)[1]
            lines[model._meta.table_name] = hashlib.sha256(_without_versions(model, content)).hexdigest()
    return lines


def _without_versions(model, content):
    """The version of a community counts acts, by which cached pages know their age; undo is one more act."""
    if model is not Place:
        return content
    Place.update(version=0).where(Place.kind == "community").execute()
    return backup._lines(model)[1]


@pytest.mark.parametrize("to_bytes", [write, write_csv])
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people=st.lists(members, min_size=1, max_size=8, unique_by=lambda one: one["name"]))
def test_any_roster_goes_out_and_comes_back_unchanged_and_is_taken_back(community, to_bytes, people):
    with database.atomic() as example:
        before = exported_tables()
        roster = imports.roster("members", community)
        given_rows = [{"id": None, **one} for one in people]
        plan, batch = imports.bring_in(console(), community, roster, to_bytes(MEMBERS, given_rows), "名册.xlsx")
        assert (len(plan.added), plan.refused, plan.unclear) == (len(people), [], [])
        out = to_bytes(MEMBERS, roster.existing(community))
        again = imports.plan_of(community, roster, out, "名册.xlsx")[1]
        assert (len(again.unchanged), again.changed, again.added, again.missing, again.refused) == (len(people), [], [], [], [])
        after = exported_tables()
        assert imports.bring_in(console(), community, roster, out, "名册.xlsx")[0].changed == []
        assert exported_tables() == after
        edited = [{**row, "post": "改过的职务"} if place == 0 else row for place, row in enumerate(roster.existing(community))]
        plan, second = imports.bring_in(console(), community, roster, to_bytes(MEMBERS, edited), "名册.xlsx")
        assert [change.record["id"] for change in plan.changed] == [edited[0]["id"]]
        imports.undo(console(), second)
        assert exported_tables() == after
        imports.undo(console(), batch)
        assert exported_tables() == before
        example.rollback()


@pytest.mark.parametrize(("kind", "count"), [("members", 187), ("representatives", 120), ("units", 16)])
def test_the_example_rosters_go_out_and_come_back_and_are_taken_back(community, kind, count):
    before, roster = exported_tables(), imports.roster(kind, community)
    _plan, batch = imports.bring_in(console(), community, roster, (DATA / f"{kind}.xlsx").read_bytes(), "名册.xlsx")
    after = exported_tables()
    content = imports.export(community, roster)[0]
    plan, _batch = imports.bring_in(console(), community, roster, content, "名册.xlsx")
    assert (len(plan.unchanged), plan.changed, plan.added, plan.missing) == (count, [], [], [])
    assert exported_tables() == after
    assert imports.export(community, roster)[0] == content
    imports.undo(console(), batch)
    assert exported_tables() == before


@pytest.fixture
def both(community):
    return community, make.community("兰苑社区")


def test_two_communities_keep_their_rosters_apart(both, client):
    content = (DATA / "members.xlsx").read_bytes()
    for place in both:
        plan, _batch = imports.bring_in(console(), place, imports.roster("members", place), content, "名册.xlsx")
        assert (len(plan.added), plan.unchanged) == (187, [])
    assert PartyMember.select().count() == 374
    assert Person.select().where(Person.place == both[1]).count() == 187
    shared = Place.select().where((Place.kind == "stairwell") & (Place.community == both[0]) & Place.id.in_(
        PartyMember.select(PartyMember.stairwell).where(PartyMember.place == both[1])))  # fmt: skip
    assert not shared.exists()
    batches = [batch for place in both for batch in imports.latest(place)]
    imports.undo(console(), batches[1])
    assert {row.place_id for row in PartyMember.select()} == {both[0].id}
    client.as_(make.account(both[0], Role.STAFF)).as_(make.account(both[0], Role.STAFF), at="/c/c2")
    assert client.get("/c/c2/office/imports").status_code == 404
    assert client.get(f"/office/imports/batches/{batches[1].id}").status_code == 404


def test_who_is_a_representative_already_is_one_person_and_typed_once(community):
    representatives, roster = imports.roster("representatives", community), imports.roster("members", community)
    values = {"id": None, "name": "陈䶮", "sex": "f", "birth": "1960-03", "stairwell": "3幢2单元", "phone": "15400000001"}
    imports.bring_in(console(), community, representatives, write(representatives.declaration, [values]), "代表.xlsx")
    before = exported_tables()
    as_member = {**values, "phone": "", "birth": "1960-03-08", "stairwell": "4幢1单元", "branch": "第一党支部"}
    _plan, batch = imports.bring_in(console(), community, roster, write(MEMBERS, [as_member]), "名册.xlsx")
    (person,) = Person.select()
    assert (person.phone, person.birth, person.stairwell.name) == ("15400000001", "1960-03-08", "3幢2单元")
    assert (PartyMember.get().person, Representative.get().person) == (person, person)
    imports.undo(console(), batch)
    assert exported_tables() == before


def test_namesakes_stay_two_people(community):
    representatives, roster = imports.roster("representatives", community), imports.roster("members", community)
    old = {"id": None, "name": "陈䶮", "birth": "1960-03", "phone": "15400000001"}
    imports.bring_in(console(), community, representatives, write(representatives.declaration, [old]), "代表.xlsx")
    young = {"id": None, "name": "陈䶮", "birth": "1990-03", "phone": "15400000001"}
    imports.bring_in(console(), community, roster, write(MEMBERS, [young]), "名册.xlsx")
    assert Person.select().count() == 2
