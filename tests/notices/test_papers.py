"""Papers beside the notice itself: strips for stairwells, withdrawal, certificate with pictures, ledger of a year."""

import io
from datetime import date

import openpyxl
import pdfplumber
import pytest
from PIL import Image

from blueprints.notices import ledger, objections, postings, prints, privacy, queries, rules, strips
from blueprints.notices.models import Channel, NoticeKind
from blueprints.suggestions import rules as suggestions
from blueprints.suggestions.models import Kind
from core.access import Role, actor_of
from core.printing.lines import MM
from core.records.papers import Blob, IssuedPaper, PaperState
from tests import make
from tests.notices.office import clerk, draft, picture, published, set_clock

SHORT = "因自来水管网检修，11月26日9:00至16:00，6幢至10幢停止供水。\n特此公告。"


@pytest.fixture
def today(monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19)


def opened(data):
    return pdfplumber.open(io.BytesIO(data))


def text_of(data):
    with opened(data) as document:
        return "".join(page.extract_text() for page in document.pages).replace("\n", "").replace(" ", "")


@pytest.mark.parametrize("body", [
    SHORT, "字" * 200 + "。" + SHORT, "根据换届选举工作有关规定，" * 60, "\n".join(f"第{n}条，请互相转告。" for n in range(40)),
    "名单公示如下：\n| 姓名 | 支部 |\n|---|---|\n" + "\n".join(f"| 张三{n} | 第二党支部 |" for n in range(20)),
])  # fmt: skip
def test_no_word_of_a_strip_runs_into_another_or_over_the_cut(community, today, body):
    notice = published(community, NoticeKind.ADMISSION, title="关于社区党委换届|委员候选人预备人选的公示", body=body)
    entry = prints.issue(make.actor(community), notice, "notice")
    sheet = strips.sheet(notice)
    with opened(prints.content(notice, "notice", "strip")) as document:
        (page,) = document.pages
        height = 297 * MM / sheet.on_a_sheet
        for number in range(sheet.on_a_sheet):
            part = page.crop((0, number * height, page.width, (number + 1) * height))
            words = [c for c in part.chars if round(c["size"]) == sheet.letters and "Hei" in c["fontname"]]
            period = [c for c in part.chars if round(c["size"]) == 15 and "Song" in c["fontname"]]
            assert max(c["bottom"] for c in words) <= min(c["top"] for c in period) + 1
            assert max(c["x1"] for c in words) < 210 * MM - 46 * MM + 16
            assert max(c["bottom"] for c in part.chars) < (number + 1) * height - 3 * MM
            text = part.extract_text().replace("\n", "").replace(" ", "")
            for word in ("11月19日（星期四）至11月25日（星期三）17:30", "5550-0186", entry.code, "〔2026〕1号"):
                assert word in text, word
            assert ("全文见社区公告栏" in text) == (not sheet.whole)
            assert len(part.images) == 1  # one QR, which shows the text and whether it holds


def test_a_strip_for_each_stairwell_in_walking_order(community, today):
    for name in ("3幢2单元", "1幢1单元", "12幢1单元"):
        make.member(community, stairwell=name)
    notice = published(community, NoticeKind.ANNOUNCEMENT, body=SHORT)
    text = text_of(prints.content(notice, "notice", "strip", doors=True))
    assert text.index("贴到1幢1单元") < text.index("贴到3幢2单元") < text.index("贴到12幢1单元")
    assert "草稿" in text


def test_who_is_helped_is_not_told_to_a_stairwell(community, today):
    with pytest.raises(strips.NotForDoors, match="公告栏"):
        prints.content(published(community, NoticeKind.RELIEF), "notice", "strip")


def test_a_withdrawal_is_a_paper_of_its_own(community, today, monkeypatch):
    notice = published(community, title="关于拟接收|李明同志的公示")
    with pytest.raises(prints.NotYetToBeIssued):
        prints.issue(make.actor(community), notice, "withdrawal")
    set_clock(monkeypatch, 2026, 11, 20)
    gone = rules.withdraw(make.actor(community), notice, "材料有误。")
    paper = prints.issue(make.actor(community), gone, "withdrawal")
    text = text_of(prints.content(gone, "withdrawal"))
    for words in ("关于撤回《关于拟接收李明同志的公示》", "2026年11月19日发布的", "（〔2026〕1号）现予撤回。", "撤回理由：材料有误。",
                  "2026年11月20日", paper.code):  # fmt: skip
        assert words in text, words


def test_a_picture_of_the_wall_is_drawn_anew_and_stands_on_the_certificate(community, today):
    writer, notice = clerk(community), published(community)
    postings.post(writer, notice, ["社区公告栏", "北门"], date(2026, 11, 19), "王莉")
    wall = notice.postings.order_by(notice.postings.model.id).get()
    first = prints.issue(writer, notice, "posting")
    assert prints.issue(writer, notice, "posting").id == first.id
    with_place = io.BytesIO()
    Image.open(io.BytesIO(picture())).save(with_place, "JPEG", comment=b"31.6,120.7")
    postings.picture(writer, wall, with_place.getvalue())
    assert b"31.6,120.7" not in bytes(Blob.get_by_id(wall.photo_id).content)
    second = prints.issue(writer, notice, "posting")
    with opened(bytes(second.content.content)) as document:
        assert "张贴照片" in document.pages[0].extract_text()
        assert len(document.pages[0].images) == 2  # the wall, and the QR of the check code
    assert IssuedPaper.get_by_id(first.id).state is PaperState.REPLACED
    photo = wall.photo_id
    postings.picture(writer, wall, b"")
    assert Blob.get_or_none(Blob.sha256 == photo) is None


def test_the_ledger_of_a_year(community, monkeypatch, client):
    set_clock(monkeypatch, 2025, 12, 31)
    published(community, NoticeKind.ANNOUNCEMENT, title="去年的公告")
    set_clock(monkeypatch, 2026, 11, 19)
    notice = published(community, title="关于拟接收|李明同志的公示")
    objections.note(clerk(community), notice, date(2026, 11, 19), Channel.CALL)
    postings.post(clerk(community), notice, ["公告栏", "北门"], date(2026, 11, 19), "王莉")
    rules.withdraw(make.actor(community), published(community, NoticeKind.ANNOUNCEMENT, title="关于停水的公告"), "改期。")
    draft(clerk(community), community)
    assert queries.years(community) == [2026, 2025]
    client.as_(make.account(community))
    head, one, two = openpyxl.load_workbook(io.BytesIO(client.get("/office/notices/ledger.xlsx?year=2026").data)).active.values
    row = dict(zip(head, one, strict=True))
    assert (row["标题"], row["公示期"], row["异议件数"], row["张贴处数"]) == (
        "关于拟接收李明同志的公示", "2026年11月19日至2026年11月25日", 1, 2
    )  # fmt: skip
    assert dict(zip(head, two, strict=True))["结果或撤回理由"] == "改期。"
    text = text_of(client.get("/office/notices/ledger.pdf?year=2026").data)
    assert "2026年共2份" in text
    assert "去年的公告" not in text


def test_an_objection_about_the_reader_is_not_counted_for_him(community, today):
    notice = published(community)
    about = make.account(community, Role.STAFF, "何静")
    words = suggestions.Message(kind=Kind.OBJECTION, text="何静不合适", about="何静")
    suggestions.submit(community, words, "n1", subject=notice)

    def counted(actor):
        return [line.objections for line in ledger.lines(actor, community, [notice])]

    assert (counted(actor_of(about)), counted(make.actor(community))) == ([0], [1])


@pytest.mark.parametrize(("old", "new", "said"), [
    ("因检修，下周三9:00停水。", "因检修，下周四9:00停水。", "“下周三9:00停”更正为“下周四9:00停”"),
    ("| 姓名 | 支部 |\n| 沈兰英 | 二 |", "| 姓名 | 支部 |\n| 沈兰瑛 | 二 |\n| 郭志远 | 三 |", "“沈兰英”更正为“沈兰瑛”；增加“郭志远 三”"),
    ("第一段。\n第二段。", "第一段。", "删去“第二段。”"),
    ("甲" * 90, "乙" * 90, "“" + "甲" * 40 + "……”更正为“" + "乙" * 40 + "……”"),
])  # fmt: skip
def test_a_correction_names_the_wrong_words_and_the_right_ones(community, today, old, new, said):
    writer, notice = clerk(community), published(community, NoticeKind.ANNOUNCEMENT, body=old)
    fresh = rules.revise(writer, rules.correct(writer, notice), 1, body=new)
    assert fresh.correction == f"{said}。更正原因：×××。"
    assert "还有“×××”没有填" in " ".join(one.text for one in privacy.findings(fresh))
    kept = rules.revise(writer, fresh, fresh.version, correction="改了一处。", body=new + "再改")
    assert kept.correction == "改了一处。"


def test_objections_out_of_the_box_are_told_by_what_the_check_found(community, today, monkeypatch):
    notice = published(community)
    for number in range(3):
        words = suggestions.Message(kind=Kind.OBJECTION, text=f"第{number}件异议")
        suggestions.submit(community, words, f"n{number}", subject=notice)
    objections.note(clerk(community), notice, date(2026, 11, 19), Channel.CALL)
    set_clock(monkeypatch, 2026, 11, 26)
    for wrong in ((-1, 0), (2, 2)):
        with pytest.raises(rules.MoreThanCame):
            rules.conclude(clerk(community), notice, "结论。", None, *wrong)
    ended = rules.conclude(clerk(community), notice, "结论。", None, 1, 1)
    assert "公示期内收到异议4件，其中成立1件，不成立1件，待核实2件。" in text_of(prints.content(ended, "result"))


def test_a_refusal_does_not_tell_that_there_is_an_objection_about_oneself(community, today, monkeypatch):
    about, notice = make.account(community, Role.STAFF, "何静"), published(community)
    words = suggestions.Message(kind=Kind.OBJECTION, text="何静不合适", about="何静")
    suggestions.submit(community, words, "n1", subject=notice)
    set_clock(monkeypatch, 2026, 11, 26)
    with pytest.raises(rules.MoreThanCame):
        rules.conclude(actor_of(about), notice, "结论。", None, 1, 0)
    assert rules.conclude(make.actor(community), notice, "结论。", None, 1, 0).box_upheld == 1
