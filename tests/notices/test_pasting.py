"""What is pasted from Word and Excel, and what must not be in a public text."""

import io
import zipfile

import openpyxl
import pikepdf
import pytest

from blueprints.notices import attachments, checks, markup, pasting, privacy, rules
from core.filetypes import ActivePdf, DamagedAttachment, KindNotTaken, OldOffice
from core.refusal import Refused
from tests.notices.office import clerk, draft, fresh, workbook


@pytest.mark.parametrize(("pasted", "kept"), [
    ("一段\r\n二段\r三段", "一段\n二段\n三段"),
    ("一行\x0b续行\x0c新页\u2028再来", "一行\n续行\n新页\n再来"),
    ("•\t第一项\n\uf0b7\t第二项\n● 第三项", "- 第一项\n- 第二项\n- 第三项"),
    ("1.\t第一\n（二）\t第二\n三、\t第三", "1. 第一\n（二） 第二\n三、 第三"),
    ("正\u202e文\u200f带\ufeff标\u200b记\x00", "正文带标记"),
    ("不间断\xa0空格", "不间断 空格"),
    ("单独\t一行", "单独　一行"),
])  # fmt: skip
def test_the_marks_of_other_programs_become_ours(pasted, kept):
    assert pasting.text(pasted) == kept


def test_cells_out_of_excel_become_a_table():
    body = pasting.text("名单如下：\r\n姓名\t支部\t备注\r\n沈兰英\t第二党支部\t\r\n喆|堃\t第五党支部\r\n现予以公示。")
    (table,) = [block for block in markup.blocks(body) if block.kind == "table"]
    assert table.rows == (("姓名", "支部", "备注"), ("沈兰英", "第二党支部", ""), ("喆｜堃", "第五党支部", ""))
    assert [block.text for block in markup.blocks(body) if block.text] == ["名单如下：", "现予以公示。"]


def test_a_notice_keeps_the_tidy_text(community):
    notice = draft(clerk(community), community, title="关于\r\n停水\u202e的公告", body="一\t二\n三\t四")
    assert (notice.title, notice.body) == ("关于 停水的公告", "| 一 | 二 |\n| 三 | 四 |")
    changed = rules.revise(clerk(community), notice, notice.version, spots="公告栏\r\n\u200e北门", contact=" 陆\x07静怡 ")
    assert (changed.spots, changed.contact) == ("公告栏\n北门", "陆静怡")


@pytest.mark.parametrize("text", [
    "机密★10年\n关于人事安排", "【秘密】", "000001\n秘密★1年\n正文", "绝密级", "机密文件", "（机密）", "内部资料，注意保存", "机密：名单",
    "正文第一行\n\n　　秘密　",
])  # fmt: skip
def test_a_text_headed_secret_is_refused(community, text):
    notice = draft(clerk(community), community, body=text)
    assert privacy.findings(notice)[0].stops
    with pytest.raises(privacy.SecretInside, match="密级"):
        rules.submit(clerk(community), notice)


@pytest.mark.parametrize("text", ["秘密投票按规定进行。", "保守国家秘密，人人有责。", "内部装修不得占用楼道。", "机密性要求见附件。"])
def test_a_text_that_speaks_of_secrecy_goes_out(text):
    privacy.stop_text("正文", text)


def test_a_file_named_or_headed_secret_is_refused(community):
    writer, notice = clerk(community), draft(clerk(community), community)
    for data, name in ((workbook("张三"), "机密-名单.xlsx"), (workbook("机密★"), "名单.xlsx")):
        with pytest.raises(privacy.SecretInside):
            attachments.attach(writer, notice, data, name)
    assert notice.attachments.count() == 0


def test_twenty_thousand_characters_and_one_more(community):
    writer = clerk(community)
    notice = draft(writer, community, body="字" * checks.LONGEST_BODY)
    assert len(fresh(notice).body) == 20_000
    with pytest.raises(checks.TextTooLong, match="20000"):
        rules.revise(writer, notice, notice.version, body="字" * 20_001)
    assert (fresh(notice).version, len(fresh(notice).body)) == (notice.version, 20_000)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'


@pytest.mark.parametrize(("data", "name", "refusal"), [
    (b"MZ\x90\x00" + b"\0" * 200, "照片.jpg", KindNotTaken),
    (b"\xff\xd8\xff\xe0" + SVG, "照片.jpg", Refused),
    (SVG, "图.svg", KindNotTaken),
    (b"%PDF-1.4\n" + SVG, "图.pdf", DamagedAttachment),
    (b"{\\rtf1 \\u8238? }", "通知.doc", OldOffice),
    (b"PK\x03\x04" + b"\0" * 60, "表.xlsx", Refused),
])  # fmt: skip
def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_kept(community, data, name, refusal):
    writer, notice = clerk(community), draft(clerk(community), community)
    before = fresh(notice).version
    with pytest.raises(refusal) as said:
        attachments.attach(writer, notice, data, name)
    assert any("㐀" < char < "鿿" for char in str(said.value))
    assert (notice.attachments.count(), fresh(notice).version) == (0, before)


def test_a_zip_bomb_is_refused(community):
    bomb = io.BytesIO()
    book = openpyxl.Workbook()
    book.active.append(["x"])
    book.save(bomb)
    with zipfile.ZipFile(bomb, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet2.xml", b"0" * 300_000_000)
    notice = draft(clerk(community), community)
    with pytest.raises(Refused):
        attachments.attach(clerk(community), notice, bomb.getvalue(), "名单.xlsx")
    assert notice.attachments.count() == 0


def test_active_pdf_is_refused(community):
    document, out = pikepdf.new(), io.BytesIO()
    document.add_blank_page()
    document.Root.OpenAction = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
    document.save(out)
    with pytest.raises(ActivePdf):
        attachments.attach(clerk(community), draft(clerk(community), community), out.getvalue(), "通知.pdf")
