"""Forms and lists on paper: everything in its place, codes that lead to the record, long names whole."""

import io

import pdfplumber
import pikepdf
import pytest
import zxingcpp

from blueprints.boards import doorway, ledgers, pledges, queries, rules
from blueprints.boards.models import CommitmentState
from core.printing import paper
from core.records.people import Person
from tests import make
from tests.counting import selects, statements

LONG = "阿卜杜热西提·买买提艾力·艾合买提"


@pytest.fixture
def member(community, secretary_actor):
    found = make.member(community, "陈䶮")
    rules.propose(secretary_actor, found, "每周清扫楼道一次", target="52次")
    rules.consent(secretary_actor, found, ["post"], "signed")
    return found


def pages(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return ["".join(page.extract_text().split()) for page in document.pages]


def codes(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return {found.text for found in zxingcpp.read_barcodes(document.pages[0].to_image(resolution=200).original)}


def form(community, *members):
    return paper.render(pledges.TEMPLATE, pledges.sheets(community, members))


def test_a_form_says_what_stands_on_file_and_leaves_room(community, member):
    (text,) = pages(form(community, member))
    for words in (
        "党员公开承诺书", "陈䶮", "第一党支部", "梅苑社区3幢2单元", "每周清扫楼道一次", "52次", f"编号L{member.id}", "需要的支持",
        "作为本社区党员，我就", "承诺人签名", "支部书记签名", "修改后再报", "沿此线剪下", "存根",
    ):  # fmt: skip
        assert words in text, words
    sheet = pledges.sheets(community, [member])[0]
    assert (len(sheet.items), sheet.blanks) == (1, 4)
    assert dict(sheet.fields) == {"照片": False, "岗位": True, "单位": False, "电话": False}
    assert [label for label, ticked in sheet.categories if ticked] == ["退休党员"]


def test_the_codes_lead_to_the_record_and_to_the_board(community, member):
    assert codes(form(community, member)) == {
        f"http://linli.test/office/boards/members/{member.id}", doorway.of(community).leads_to("3-2"),
    }  # fmt: skip


def test_every_form_is_one_page_however_long_the_name(community, secretary_actor):
    long = make.member(community, LONG, branch="梅苑社区老旧小区改造与物业管理服务联合党支部")
    Person.update(phone="").execute()
    for number in range(5):
        rules.propose(secretary_actor, long, f"为本楼道65岁以上的独居老人每月量血压{number + 1}次并建立记录卡，发现异常及时联系家属和社区卫生服务站")
    texts = pages(form(community, long, make.member(community, "李堃")))
    assert len(texts) == 2
    assert LONG in texts[0]
    assert "存根" in texts[0]
    with pdfplumber.open(io.BytesIO(form(community, long))) as document:
        assert max(char["x1"] for char in document.pages[0].chars) < document.pages[0].width - 28


def test_forms_of_a_branch_of_a_stairwell_of_all(community):
    first = make.member(community, "陈䶮", "3幢2单元", "第一党支部")
    second = make.member(community, "李堃", "3幢2单元", "第二党支部")
    third = make.member(community, "张㛃", "4幢1单元", "第二党支部")
    assert pledges.of_members(community, branch=second.org_id) == [second, third]
    assert set(pledges.of_members(community, stairwell=first.stairwell_id)) == {first, second}
    assert len(pledges.of_members(community)) == 3


def test_a_long_print_tells_how_far_it_is(community):
    branch = make.member(community, "陈䶮", "3幢2单元", "第一党支部").org_id
    make.member(community, "李堃", "3幢2单元", "第一党支部")
    make.member(community, "张㛃", "4幢1单元", "第二党支部")
    seen, pdf = drive(pledges.print_all(community, branch))
    assert seen == [(0, 2), (2, 2)]
    assert len(pages(pdf)) == 2


def drive(steps):
    seen = []
    while True:
        try:
            seen.append(next(steps))
        except StopIteration as end:
            return seen, end.value


def test_all_forms_cost_as_many_queries_as_one(community):
    members = [make.member(community, f"党员{number}", f"{number}幢1单元") for number in range(1, 9)]
    with statements() as sent:
        assert len(pledges.sheets(community, pledges.of_members(community))) == len(members)
    assert len(selects(sent)) <= 9


def test_the_ledger_is_landscape_with_totals_once(community, secretary_actor):
    for number in range(30):
        promise = rules.propose(secretary_actor, make.member(community, f"党员{number}"), f"每月清扫楼道{number + 1}次")
        rules.approve(secretary_actor, [promise])
    rules.publish(secretary_actor, [promise])
    year = rules.current_year(community)
    rows = list(queries.on_boards(community, year, tuple(CommitmentState)))
    pdf = paper.render(ledgers.LEDGER, ledgers.ledger_sheet(community, year, rows))
    with pikepdf.open(io.BytesIO(pdf)) as document:
        width, height = (float(side) for side in document.pages[0].mediabox[2:])
    assert width > height
    texts = pages(pdf)
    assert len(texts) > 1
    assert all("序号" in text for text in texts[:-1])
    assert "".join(texts).count("按状态") == 1
    assert "楼道环境30条" in texts[-1]
    assert "待公示29条公示中1条" in texts[-1]
    assert f"第1页共{len(texts)}页" in texts[0]


def test_the_hanging_list_is_in_walking_order(community, shown):
    for name in ("10幢1单元", "2幢1单元", "3A幢1单元", "3幢2单元"):
        shown(community, f"党员{name}", stairwell=name)
    sheet = ledgers.hanging_sheet(community, [place.id for place in queries_places(community)])
    assert [row.stairwell for row in sheet.rows] == ["2幢1单元", "3幢2单元", "3A幢1单元", "10幢1单元"]
    assert {row.reason for row in sheet.rows} == {"首次张贴"}
    (text,) = pages(paper.render(ledgers.HANGING, sheet))
    assert "共4块，按楼栋顺序" in text
    assert "已贴" in text


def queries_places(community):
    from blueprints.organisation.queries import stairwells

    return stairwells(community)
