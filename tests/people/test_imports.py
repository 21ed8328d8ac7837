"""Rosters in and out: what counts as a change, what several promises mean, an import taken back as a whole."""

import json
from pathlib import Path

import pytest

from blueprints.boards import rules as boards
from blueprints.boards.models import Commitment, CommitmentState
from blueprints.people import imports, membership
from blueprints.people.models import PartyMember, Representative
from blueprints.people.rosters import MEMBERS
from core.access import Role, console
from core.db import Record
from core.records.places import PartyOrg, Place
from core.records.work import AuditEntry
from core.spreadsheets.imports import NotOneOfThem, frozen
from core.spreadsheets.reading import write
from core.spreadsheets.undo import AlreadyUndone, RowsChanged
from tests import make

ROSTER = Path(__file__).parents[2] / "data" / "members.xlsx"
# What an undo leaves: the trail, the list of imports, and the count of acts by which cached pages know their age.
KEPT = {"audit_entry", "audit_detail", "audit_head", "import_batch", "import_change"}
WEN = {"name": "文秀英", "sex": "f", "birth": "1978-02", "stairwell": "1幢1单元", "branch": "第一党支部", "phone": "15489541301"}


@pytest.fixture
def staff(community):
    return make.actor(community, Role.STAFF)


def sheet(*rows):
    return write(MEMBERS, [{"id": None, **row} for row in rows])


def take_in(staff, community, content=None, kind="members", **options):
    content = content or ROSTER.read_bytes()
    return imports.bring_in(staff, community, imports.roster(kind, community), content, "名册.xlsx", **options)


def plan(community, content):
    return imports.plan_of(community, imports.roster("members", community), content, "名册.xlsx")[1]


def numbers(found):
    return len(found.added), len(found.changed), len(found.unchanged), len(found.missing)


def dump():
    """Every table as it is exported, without what an undo leaves."""
    tables = {}
    for model in Record.__subclasses__():
        if model._meta.table_name not in KEPT:
            rows = [frozen(row) for row in model.select().order_by(*model._meta.get_primary_keys())]
            tables[model._meta.table_name] = json.dumps(rows, ensure_ascii=False, default=str, sort_keys=True)
    Place_ = json.loads(tables["place"])
    tables["place"] = json.dumps([{**row, "version": 0} if row["kind"] == "community" else row for row in Place_])
    return tables


def only_commitment(**where):
    return Commitment.get(*(getattr(Commitment, name) == value for name, value in where.items()))


def test_the_office_s_own_file_twice_changes_nothing(community, staff):
    take_in(staff, community)
    before = dump()
    again, _batch = take_in(staff, community)
    assert numbers(again) == (0, 0, 187, 0)
    assert dump() == before


def test_what_goes_out_comes_back_in(community, staff):
    take_in(staff, community)
    content, name = imports.export(community, imports.roster("members", community))
    assert name == "梅苑社区党员花名册.xlsx"
    assert numbers(plan(community, content)) == (0, 0, 187, 0)


def test_one_of_several_promises_in_the_office_s_list_is_no_change(community, staff):
    take_in(staff, community, sheet({**WEN, "commitment": "每周清扫楼道一次"}))
    boards.propose(staff, PartyMember.get(), "每月探望老人一次")
    assert numbers(plan(community, sheet({**WEN, "commitment": "每周清扫楼道一次"}))) == (0, 0, 1, 0)
    (change,) = plan(community, sheet({**WEN, "commitment": "每季度议事一次"})).changed
    assert change.fields["commitment"][1].splitlines() == ["每周清扫楼道一次", "每月探望老人一次", "每季度议事一次"]


def test_an_exported_sheet_holds_all_promises(community, staff):
    take_in(staff, community, sheet({**WEN, "commitment": "每周清扫楼道一次\n每月探望老人一次"}))
    assert Commitment.select().count() == 2
    row = {**WEN, "id": PartyMember.get().id}
    assert numbers(plan(community, sheet({**row, "commitment": "每周清扫楼道一次\n每月探望老人一次"}))) == (0, 0, 1, 0)
    edited = sheet({**row, "commitment": "每月探望老人一次\n每季度议事一次"})
    before = dump()
    _plan, batch = take_in(staff, community, edited)
    assert only_commitment(text="每周清扫楼道一次").state is CommitmentState.WITHDRAWN
    assert only_commitment(text="每季度议事一次").state is CommitmentState.PROPOSED
    assert numbers(plan(community, edited)) == (0, 0, 1, 0)
    imports.undo(staff, batch)
    assert dump() == before


def test_a_member_who_moved_takes_the_promises_along(community, staff):
    take_in(staff, community, sheet({**WEN, "commitment": "每周清扫楼道一次"}))
    before = dump()
    _plan, batch = take_in(staff, community, sheet({**WEN, "stairwell": "9幢9单元"}))
    assert Commitment.get().stairwell.name == "9幢9单元"
    imports.undo(staff, batch)
    assert dump() == before


def test_a_promise_without_a_stairwell_is_told_and_not_kept(community, staff):
    content = sheet({**WEN, "stairwell": "", "commitment": "每周清扫楼道一次"})
    ((row, name, words),) = imports.remarks(imports.roster("members", community), plan(community, content))
    assert (row, name) == (2, "文秀英")
    assert "责任区" in words
    take_in(staff, community, content)
    assert (PartyMember.select().count(), Commitment.select().count()) == (1, 0)
    assert numbers(plan(community, content)) == (0, 0, 1, 0)


def test_an_unclear_row_that_is_somebody_on_file_keeps_what_the_sheet_leaves_blank(community, staff):
    take_in(staff, community, sheet({**WEN, "employer": "丰禾超市", "post": "楼道长"}))
    known = PartyMember.get()
    content = sheet({**WEN, "birth": "1979-02", "stairwell": "", "branch": ""})
    row = plan(community, content).unclear[0].row.number
    take_in(staff, community, content, same_as={row: known.id})
    after = PartyMember.get()
    assert (after.employer, after.post, after.stairwell.name) == ("丰禾超市", "楼道长", "1幢1单元")
    assert after.person.birth == "1979-02"


def test_an_unclear_row_can_only_be_one_of_those_asked_about(community, staff):
    take_in(staff, community, sheet(WEN, {**WEN, "name": "曹淑芬", "phone": "", "birth": "1960-01"}))
    other = PartyMember.select().order_by(PartyMember.id.desc()).get()
    content = sheet({**WEN, "birth": "1979-02", "stairwell": "", "branch": ""})
    row = plan(community, content).unclear[0].row.number
    with pytest.raises(NotOneOfThem, match=f"第 {row} 行"):
        take_in(staff, community, content, same_as={row: other.id})
    assert PartyMember.select().count() == 2


def test_an_import_is_taken_back_with_its_places_and_branches(community, staff):
    make.member(community, "原有的", "1幢1单元", "第一党支部")
    before = dump()
    _plan, batch = take_in(staff, community)
    assert Place.select().where(Place.kind == "stairwell").count() == 67
    acts = AuditEntry.select().count()
    imports.undo(staff, batch)
    assert dump() == before
    assert AuditEntry.select().count() == acts + 1
    with pytest.raises(AlreadyUndone):
        imports.undo(staff, batch)


def test_a_removal_is_taken_back_too(community, staff):
    take_in(staff, community, sheet(WEN, {**WEN, "name": "曹淑芬", "phone": "", "birth": "1960-01"}))
    before = dump()
    _plan, batch = take_in(staff, community, sheet({**WEN, "post": "楼道长"}), remove_missing=True)
    assert PartyMember.select().where(PartyMember.until.is_null(False)).count() == 1
    imports.undo(staff, batch)
    assert dump() == before


def test_representatives_are_taken_back_as_a_whole(community, staff):
    before = dump()
    roster = Path(__file__).parents[2] / "data" / "representatives.xlsx"
    _plan, batch = take_in(staff, community, roster.read_bytes(), "representatives")
    assert Representative.select().count() == 120
    imports.undo(staff, batch)
    assert dump() == before


@pytest.mark.parametrize("work", ["review", "consent", "person", "promise", "posting"])
def test_what_somebody_worked_with_is_named_and_nothing_is_taken_back(community, staff, work):
    _plan, batch = take_in(staff, community, sheet({**WEN, "commitment": "每周清扫楼道一次"}))
    member, secretary = PartyMember.get(), make.actor(community)
    if work == "review":
        boards.approve(secretary, [Commitment.get()])
    elif work == "consent":
        boards.consent(staff, member, ["phone"], "signed")
    elif work == "person":
        membership.change_member(staff, member, 1, {**WEN, "phone": "15400000009"})
    elif work == "promise":
        boards.propose(staff, member, "每月探望老人一次")
    else:
        make.member(community, "后来的", "1幢1单元", "第一党支部")
    before = dump()
    with pytest.raises(RowsChanged, match="每周清扫" if work == "review" else "1幢1单元|第一党支部" if work == "posting" else "文秀英"):
        imports.undo(staff, batch)
    assert dump() == before
    assert imports.visible_batch(community, batch.id).state == "applied"


def test_many_changed_rows_are_counted(community, staff):
    _plan, batch = take_in(staff, community)
    boards.approve(make.actor(community), list(Commitment.select()))
    with pytest.raises(RowsChanged, match=r"等 1\d\d 条"):
        imports.undo(staff, batch)


def test_a_branch_somebody_added_before_stays(community, staff):
    org = make.member(community, "原有的", "1幢1单元", "第一党支部").org
    _plan, batch = take_in(staff, community, sheet(WEN))
    imports.undo(console(), batch)
    assert PartyOrg.get_by_id(org.id).name == "第一党支部"
