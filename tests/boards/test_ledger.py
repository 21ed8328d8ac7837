"""承诺一览表 as a spreadsheet: out and in without loss, edited, refused by reason, taken back as a whole."""

import pytest

from blueprints.boards import categories, doing, rosters, rules
from blueprints.boards.models import Category, Commitment, Own, Progress
from blueprints.people import imports
from core import clock
from core.access import Role
from core.spreadsheets.reading import write
from tests import make
from tests.people.test_imports import dump, numbers


@pytest.fixture
def staff(community):
    return make.actor(community, Role.STAFF)


def kind(community):
    return imports.roster("commitments", community)


def exported(community):
    return imports.export(community, kind(community))[0]


def sheet(community, *rows):
    return write(rosters.declaration(community), rows)


def plan(community, content):
    return imports.plan_of(community, kind(community), content, "一览表.xlsx")[1]


def take_in(staff, community, content, **options):
    return imports.bring_in(staff, community, kind(community), content, "一览表.xlsx", **options)


def test_what_goes_out_comes_back_in(community, staff, shown):
    categories.add(staff, community, "助老服务", "血压")
    row = shown(community, "陈䶮", "每月给老人量血压")
    doing.report(staff, row, doing.Report(clock.today(), 3, "量了三次", "登记本"))
    rules.propose(staff, row.member, "每周清扫楼道一次", target="52次", due_on=clock.today())
    rules.propose(staff, make.member(community, "阿不都热依木·买买提", "4幢1单元"), "每周清扫楼道一次", support="扫把")
    before = dump()
    assert numbers(plan(community, exported(community))) == (0, 0, 3, 0)
    take_in(staff, community, exported(community))
    assert dump() == before


def test_an_office_s_own_list_adds_promises(community, staff):
    make.member(community, "陈䶮", "3幢2单元")
    make.member(community, "陈䶮", "4幢1单元")
    make.member(community, "李堃", "4幢1单元")
    before = dump()
    content = sheet(
        community,
        {"name": "陈䶮", "stairwell": "4幢1单元", "text": "每周清扫一次", "target": "52次", "due": "2026-12", "category": "study"},
        {"name": "李堃", "text": "每月巡查一次"}, {"name": "陈䶮", "text": "每月巡查一次"}, {"name": "不在册", "text": "每月巡查一次"},
    )  # fmt: skip
    found = plan(community, content)
    assert len(found.added) == 2
    assert [(refusal.row, refusal.reason) for refusal in found.refused] == [
        (4, "名册里有 2 位陈䶮，请写明楼道或支部。"), (5, "名册里没有不在册，请先在党员名册里登记。"),
    ]  # fmt: skip
    _plan, batch = take_in(staff, community, content)
    first, second = Commitment.select().order_by(Commitment.id)
    assert (first.goal, first.category, first.due_on.isoformat(), first.stairwell.name) == (52, Category.STUDY, "2026-12-31", "4幢1单元")
    assert second.category is Category.SERVICE
    imports.undo(staff, batch)
    assert dump() == before


def test_an_edited_row_changes_only_that_row_and_is_reviewed_anew(community, staff, shown):
    row, other = shown(community, "陈䶮"), shown(community, "李堃")
    values = rosters.existing(community)
    edited = [{**one, "target": "60次"} if one["id"] == row.id else one for one in values]
    found = plan(community, sheet(community, *edited))
    assert (numbers(found), found.changed[0].fields) == ((0, 1, 1, 0), {"target": ("", "60次")})
    before = dump()
    _plan, batch = take_in(staff, community, sheet(community, *edited))
    assert [(one.goal, one.state) for one in Commitment.select().order_by(Commitment.id)] == [(60, "proposed"), (None, "published")]
    assert other.state == "published"
    imports.undo(staff, batch)
    assert dump() == before


def test_more_done_becomes_an_entry_and_less_is_refused(community, staff, shown):
    row = shown(community, "陈䶮")
    doing.report(staff, row, doing.Report(clock.today(), 3))
    (values,) = rosters.existing(community)
    before = dump()
    _plan, batch = take_in(staff, community, sheet(community, {**values, "done": 5, "evidence": "签到表"}))
    assert [(entry.amount, entry.evidence, entry.way) for entry in Progress.select().order_by(Progress.id)][1] == (2, "签到表", "sheet")
    imports.undo(staff, batch)
    assert dump() == before
    found = plan(community, sheet(community, {**values, "done": 1}))
    assert "完成数只能从表格加上去" in found.refused[0].reason
    waiting = rules.propose(staff, row.member, "每月巡查一次")
    found = plan(community, sheet(community, {**rosters.existing(community)[-1], "done": 1}))
    assert (waiting.state, "还没有公示（待审核）" in found.refused[0].reason) == ("proposed", True)


def test_what_the_system_says_itself_is_no_change(community, staff, shown):
    shown(community, "陈䶮")
    (values,) = rosters.existing(community)
    content = sheet(community, {**values, "state": "已完成", "outcome": "已兑现", "note": "很好", "branch": "别的支部"})
    assert numbers(plan(community, content)) == (0, 0, 1, 0)


def test_what_the_ledger_no_longer_has_is_withdrawn_only_when_asked(community, staff, shown):
    kept, gone = shown(community, "陈䶮"), shown(community, "李堃")
    content = sheet(community, next(one for one in rosters.existing(community) if one["id"] == kept.id))
    take_in(staff, community, content)
    assert Commitment.get_by_id(gone.id).state == "published"
    before = dump()
    _plan, batch = take_in(staff, community, content, remove_missing=True)
    assert (Commitment.get_by_id(gone.id).state, Commitment.get_by_id(kept.id).state) == ("withdrawn", "published")
    imports.undo(staff, batch)
    assert dump() == before


def test_an_unknown_category_names_those_there_are(community, staff, shown):
    shown(community, "陈䶮")
    categories.add(staff, community, "助老服务")
    (values,) = rosters.existing(community)
    content = sheet(community, {**values, "category": "不知道"})
    assert "助老服务" in plan(community, content).refused[0].reason
    take_in(staff, community, sheet(community, {**values, "category": "助老服务"}))
    assert Commitment.get().category == Own("助老服务")


def test_the_ledger_on_its_page_comes_in(client, community, staff, shown):
    import io

    shown(community, "陈䶮")
    client.as_(make.account(community))
    content = client.get("/office/boards/commitments.xlsx").data
    answer = client.submit("/office/imports/commitments", file=(io.BytesIO(content), "一览表.xlsx"))
    assert "没有要写入的" in client.get(answer.location).text
