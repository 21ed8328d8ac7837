"""Papers of 评诺: slips that are all alike, a summary with three voices, a certificate to hang."""

import io
from datetime import date

import pdfplumber
import pytest
import zxingcpp

from blueprints.boards import quarter_boards
from blueprints.boards import queries as boards
from blueprints.boards.doing import Report, report
from blueprints.boards.models import Outcome
from blueprints.boards.quarters import Quarter
from blueprints.evaluation import certificates, printing, queries, rules, sheets, slips
from blueprints.evaluation.models import Verdict
from blueprints.evaluation.registers import COMMENDATIONS
from blueprints.evaluation.rules import Found
from core.printing import paper
from core.registers import ledger
from tests import make
from tests.evaluation.conftest import at


def pages(content):
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return ["".join(page.extract_text().split()) for page in pdf.pages]


def codes(content):
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [found.text for page in pdf.pages for found in zxingcpp.read_barcodes(page.to_image(resolution=200).original)]


def test_four_slips_on_a_page_lead_to_their_stairwell(community, begun):
    row, first, _second = begun
    content = paper.render(printing.SLIP, sheets.slip(row, first.stairwell))
    (text,) = pages(content)
    assert text.count("党员承诺评议票") == 4
    assert text.count("每月清扫楼道一次（12次）") == 4
    assert set(codes(content)) == {f"http://linli.test/boards/3-2/voice?k={boards.doorway(community).token('3-2')}"}
    assert len(codes(content)) == 4


@pytest.mark.parametrize(("promises", "copies"), [(1, 4), (2, 4), (4, 2), (9, 1)])
def test_a_slip_grows_with_its_promises_and_loses_nothing(begun, promise, promises, copies):
    row, first, _second = begun
    for place in range(promises - 2):
        promise(f"张{place}", f"第{place}条：每月探望独居老人一次，帮助代购")
    lines = queries.lines(row, stairwell=first.stairwell)[:promises]
    sheet = sheets.slip(row, first.stairwell, lines)
    (text,) = pages(paper.render(printing.SLIP, sheet))
    assert sheet.copies == copies
    assert all(text.count(name) == copies for name, _text in sheet.items)
    assert text.count("不满意") == copies * promises


def test_slips_of_all_stairwells_are_one_file(community, begun, promise):
    promise("张㛃", stairwell="4幢1单元")
    rules.ready(begun[0], boards.on_boards(community, 2026))
    steps = printing.print_slips(community, 2026, 6)
    told = []
    while True:
        try:
            told.append(next(steps))
        except StopIteration as end:
            content = end.value
            break
    assert told == [(0, 4), (4, 4)]
    assert len(pages(content)) == 4


def test_the_summary_has_three_voices_and_its_sum(community, begun, secretary_actor, monkeypatch):
    row, first, second = begun
    rules.own_word(secretary_actor, first, Outcome.PARTLY, "做了八次")
    slips.count(secretary_actor, row, first.stairwell, 0, 9, {first.id: {Verdict.GOOD: 6, Verdict.FAIR: 2, Verdict.POOR: 1}}, "何静", "阎新")
    at(monkeypatch, 12, 21)
    rules.find(secretary_actor, row, [Found(second, Outcome.NOT_HONOURED, "灯具由物业查看")], "沈国庆", date(2026, 12, 20))
    text = "".join(pages(paper.render(printing.SUMMARY, sheets.summary(row, first.member.org))))
    assert "基本兑现621" in text
    assert "灯具由物业查看" in text
    assert "核实：沈国庆12月20日" in text
    assert "共2条：已兑现0条，基本兑现0条，未兑现1条，待评定1条。" in text


def test_a_certificate_says_what_was_decided(community, secretary_actor, monkeypatch):
    at(monkeypatch, 11, 27)
    member = make.member(community, "陈䶮")
    row = ledger.enter(COMMENDATIONS, secretary_actor, community, {
        "name": "陈䶮", "member": member.id, "year": 2025, "title": "公开承诺示范党员", "deeds": "", "put_forward_by": "支部",
        "put_forward_on": "2026-11-01", "decided_by": "中共梅苑社区委员会", "decided_on": "2026-11-25", "document": "",
    })  # fmt: skip
    issued = certificates.issue(secretary_actor, type(row).get_by_id(row.id), paper.render)
    (text,) = pages(bytes(issued.content.content))
    for words in ("荣誉证书", "陈䶮同志：", "授予“公开承诺示范党员”称号。特发此证。", "2026年11月25日", "2026年第1号", issued.code, "（盖章处）"):
        assert words in text
    assert codes(bytes(issued.content.content)) == [f"http://linli.test/check/{issued.code}"]


def test_a_long_name_and_title_stay_on_one_page(community):
    from dataclasses import replace

    from blueprints.evaluation.sheets import CertificateSheet

    usual = CertificateSheet("荣誉证书", "陈䶮", "同志", "在2025年度党员公示责任工作中表现突出，", "示范党员", "中共梅苑社区委员会", "2026年1月5日", "1")
    long = replace(usual, name="阿卜杜热西提·买买提艾力·艾合买提", named="党员公示责任制工作先进个人暨楼道环境带头人")
    (text,) = pages(paper.render(certificates.TEMPLATE, long))
    assert "先进个人暨楼道环境带头人”称号。特发此证。" in text
    assert "阿卜杜热西提·买买提艾力·艾合买提同志：" in text


def test_the_quarter_on_the_wall_counts_what_is_done_under_way_and_late(community, promise, secretary_actor, monkeypatch):
    at(monkeypatch, 10, 10)
    first, second, third = promise("陈䶮"), promise("李堃", "查看灯具"), promise("王喆", "清理堆物")
    report(secretary_actor, first, Report(date(2026, 10, 9), 3, "扫了三次"), done=True)
    report(secretary_actor, second, Report(date(2026, 10, 9), 2, "看了两次"))
    third.due_on = date(2026, 10, 9)
    third.save()
    sheet = quarter_boards.sheets(community, Quarter(2026, 4))[first.stairwell_id]
    assert (sheet.counts, sheet.said) == ((("done", 1), ("doing", 1), ("late", 1)), "")
    assert {row.name: (row.state, row.far) for row in sheet.rows} == {
        "陈䶮": ("done", "3/12次"), "李堃": ("doing", "2/12次"), "王喆": ("late", "0/12次"),
    }  # fmt: skip
    report(secretary_actor, third, Report(date(2026, 10, 10), hindrance="等物业来车"))
    sheet = quarter_boards.sheets(community, Quarter(2026, 4))[first.stairwell_id]
    assert sheet.said == "未按时完成的，已说明原因。"
    content = paper.render(quarter_boards.TEMPLATE, sheet)
    assert "等物业来车" not in "".join(pages(content))
    assert codes(content) == [boards.doorway(community).leads_to("3-2")]
