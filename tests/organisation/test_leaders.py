"""Leaders of stairwells as a sheet: out, filled in, in again, taken back."""

import io

import openpyxl
import pytest

from blueprints.organisation import queries, rules
from blueprints.organisation.models import GridPost
from blueprints.people import imports
from core import clock
from core.access import Role
from core.records.people import Person
from core.records.places import Place
from core.spreadsheets.undo import RowsChanged
from core.spreadsheets.writing import write_table
from tests import make
from tests.people.test_lossless import exported_tables

HEADER = ["楼栋单元", "楼组长", "任职时间"]


@pytest.fixture
def actor(community):
    return make.actor(community, Role.STAFF)


@pytest.fixture
def roster(community):
    for name, where in (("陈䶮", "3幢2单元"), ("王芳", "3幢3单元"), ("王芳", "4幢1单元"), ("李堃", "4幢1单元")):
        make.member(community, name, where)
    return imports.roster("leaders", community)


def take_in(actor, community, roster, *rows, header=HEADER):
    return imports.bring_in(actor, community, roster, write_table("表", header, rows), "表.xlsx")


def led(community):
    posts = queries.leaders(community)
    return {place.name: posts[place.id].person.name for place in queries.stairwells(community) if place.id in posts}


def test_an_office_s_own_list_names_them_all(actor, community, roster):
    before = exported_tables()
    plan, batch = take_in(actor, community, roster, ["3-2", "陈　䶮", "2026.1.5"], ["4幢1单元", "王芳", ""], ["5号楼1单元", "胡某", ""])
    assert (len(plan.changed), len(plan.added), plan.refused) == (2, 1, [])
    assert led(community) == {"3幢2单元": "陈䶮", "4幢1单元": "王芳", "5幢1单元": "胡某"}
    assert GridPost.get(GridPost.since == "2026-01-05").person.name == "陈䶮"
    assert GridPost.get(GridPost.person == Person.get(Person.name == "胡某")).place.slug == "5-1"
    imports.undo(actor, batch)
    assert exported_tables() == before


def test_what_goes_out_comes_back_in_and_an_edited_row_changes_that_row(actor, community, roster):
    take_in(actor, community, roster, ["3-2", "陈䶮", "2026.1.5"], ["3-3", "王芳", "2026.1.5"])
    out, _name = imports.export(community, roster)
    plan = imports.plan_of(community, roster, out, "x.xlsx")[1]
    assert (len(plan.unchanged), plan.changed, plan.added, plan.missing) == (3, [], [], [])
    book = openpyxl.load_workbook(io.BytesIO(out))
    rows = [[cell or "" for cell in row] for row in book.active.values]
    rows[1][2], rows[2][2] = "李堃", ""  # another leader, and nobody
    after, _batch = take_in(actor, community, roster, *rows[1:], header=rows[0])
    assert len(after.changed) == 2
    assert led(community) == {"3幢2单元": "李堃"}
    former = GridPost.get(GridPost.person == Person.get(Person.name == "陈䶮"))
    assert (former.since.isoformat(), former.until) == ("2026-01-05", clock.today())


def test_a_day_alone_is_a_correction(actor, community, roster):
    take_in(actor, community, roster, ["3-2", "陈䶮", ""])
    take_in(actor, community, roster, ["3-2", "陈䶮", "2026-01-05"])
    assert [(row.since.isoformat(), row.until) for row in GridPost.select()] == [("2026-01-05", None)]


@pytest.mark.parametrize(
    ("row", "words"),
    [(["3-2", "王芳", ""], "名册里有 2 位王芳，都不住在3幢2单元"), (["3-2", "陈䶮", "2099-01-01"], "还没有到"), (["东楼", "陈䶮", ""], "看不出是哪个楼道"),
     (["", "陈䶮", ""], "不能空着")],
)  # fmt: skip
def test_what_is_unclear_is_refused_by_its_row(actor, community, roster, row, words):
    plan, _batch = take_in(actor, community, roster, row, ["3-3", "王芳", ""])
    assert [words in str(one.reason) for one in plan.refused] == [True]
    assert led(community) == {"3幢3单元": "王芳"}


def test_a_successor_does_not_begin_before_the_last(actor, community, roster):
    take_in(actor, community, roster, ["3-2", "陈䶮", "2026-02-01"])
    plan, _batch = take_in(actor, community, roster, ["3-2", "李堃", "2026-01-01"])
    assert "不能比它早" in plan.refused[0].reason


def test_who_named_another_since_is_told(actor, community, roster):
    _plan, batch = take_in(actor, community, roster, ["3-2", "陈䶮", ""])
    place = Place.get(Place.slug == "3-2")
    rules.appoint_leader(actor, place, Person.get(Person.name == "李堃"))
    with pytest.raises(RowsChanged):
        imports.undo(actor, batch)


def test_the_plan_leads_to_the_sheet(client, community, roster):
    client.as_(make.account(community, Role.STAFF))
    assert "/office/imports/leaders" in client.get("/office/boards?state=leaderless").text
    assert "/office/exports/leaders.xlsx" in client.get("/office/organisation/responsible").text
