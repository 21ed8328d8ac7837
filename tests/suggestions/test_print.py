"""The papers of the box: what stands on them, and what never does."""

import io

import pdfplumber
import pytest

from blueprints.suggestions import extensions, handling, leaving, letters, printing, rules, sheets
from blueprints.suggestions.models import Kind, Rating
from core.printing import paper
from core.records.papers import Blob, IssuedPaper
from tests import make
from tests.suggestions.working import assigned, now, registered, replied


def pages_of(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return [(page.width, page.height, page.extract_text().replace(" ", "")) for page in document.pages]


def one_page(pdf):
    (page,) = pages_of(pdf)
    return page[2]


@pytest.fixture
def office(client, community):
    return client.as_(make.account(community, name="沈兰英"))


def test_the_blank_form_fits_one_small_page_and_asks_all(community):
    make.member(community)
    sheet = sheets.blank(community, make.Place.get(make.Place.slug == "3-2"))
    assert sheet.address == "http://linli.test/suggestions/new?place=3-2"
    ((width, height, text),) = pages_of(paper.render("suggestions/print/blank.html", sheet))
    assert (round(width), round(height)) == (420, 595)
    for words in ("党员监督", "3幢2单元", "希望怎么办", "匿名", "12388", "119、120、110", "12345", "不同意"):
        assert words in text, words
    other = make.community("兰苑社区")
    assert sheets.blank(other).address == "http://linli.test/c/c2/suggestions/new"


def test_the_receipt_carries_the_code_in_groups_of_four(client, say):
    message = say()
    text = one_page(paper.render("suggestions/print/receipt.html", sheets.receipt(message, say.code)))
    assert say.code in text
    assert message.number in text
    assert "2025年10月20日（星期一）" in text
    client.submit("/suggestions/track", code=say.code)
    answer = client.post("/suggestions/receipt.pdf", data={"code": say.code, "form_token": token(client)})
    assert answer.mimetype == "application/pdf"
    assert say.code in one_page(answer.data)
    assert IssuedPaper.select().count() == 0
    assert Blob.select().count() == 0


def token(client):
    client.get("/suggestions/track")
    form = next(form for form in client.page.forms if form.method == "POST")
    return form.fields["form_token"]


def test_the_handling_slip_tells_the_whole_way_but_not_who_asked(say, secretary, staff):
    row = assigned(secretary, say(asker="张三丰", phone="13900000000", spot="北门"), staff, note="三天内看现场")
    handling.note(staff, row, row.version, "电工到场看过")
    row = now(row)
    handling.reply(staff, row, row.version, "感应头坏了。", "已换新。")
    rules.rate(row, Rating.SATISFIED, "", "n1")
    handling.close(staff, now(row), now(row).version, "电话回访，灯亮了")
    text = one_page(paper.render("suggestions/print/handling.html", sheets.handling(now(row))))
    for words in (row.number, "三楼感应灯不亮", "三天内看现场", staff.name, "电工到场看过", "已换新", "√", "电话回访", "留名，另见信息页"):
        assert words in text, words
    assert "张三丰" not in text
    assert "13900000000" not in text
    assert "张三丰" in one_page(paper.render("suggestions/print/asker.html", sheets.asker(now(row))))


def test_the_letter_answers_in_the_official_form(say, secretary):
    row = replied(secretary, say(asker="张三丰"))
    text = one_page(paper.render("print/official.html", letters.to_asker(row)))
    for words in (f"关于编号{row.number}", "张三丰：", "您于9月23日反映的“三楼感应灯不亮”", "一、核实情况", "二、办理情况", "2025年10月8日前", "（盖章处）"):
        assert words in text, words


def test_a_letter_is_issued_once_and_stays_the_same(office, say, community):
    account = make.Account.get(make.Account.name == "沈兰英")
    from core.access import actor_of

    row = replied(actor_of(account), say())
    draft = office.get(f"/office/suggestions/{row.number}/letter.pdf")
    assert "草稿" in one_page(draft.data)
    issue = f"/office/suggestions/{row.number}/prints/letter"
    assert office.post(issue, data={"csrf_token": csrf(office, row)}).status_code == 303
    issued = office.get(f"/office/suggestions/{row.number}/letter.pdf").data
    assert "草稿" not in one_page(issued)
    assert IssuedPaper.get().code in one_page(issued)
    office.post(issue, data={"csrf_token": csrf(office, row)})
    assert IssuedPaper.select().where(IssuedPaper.kind == "suggestion-reply").count() == 1
    assert office.get(f"/office/suggestions/{row.number}/letter.pdf").data == issued


def csrf(office, row):
    office.get(f"/office/suggestions/{row.number}")
    return next(form for form in office.page.forms if (form.action or "").endswith("prints/slip")).fields["csrf_token"]


def test_a_sealed_letter_holds_all_and_afterwards_nothing_is_kept(office, say, secretary):
    message = say("举报某党员收受好处", Kind.SUPERVISION, about="王大山", asker="李四")
    row = assigned(secretary, message, secretary)
    assert office.submit(f"/office/suggestions/{row.number}", form="prints/slip").status_code == 303
    text = one_page(office.get(f"/office/suggestions/{row.number}/sealed.pdf").data)
    for words in ("密封移送件", "王大山", "李四", "收受好处", "不得复印"):
        assert words in text, words
    leaving.seal(secretary, now(row), now(row).version, "街道纪工委", 2)
    assert office.get(f"/office/suggestions/{row.number}/sealed.pdf").status_code == 404
    assert Blob.select().count() == 0
    assert IssuedPaper.get().content is None


def test_rare_characters_are_printed_and_unknown_ones_named(say, secretary):
    row = replied(secretary, say(asker="陈䶮"))
    assert "陈䶮" in one_page(paper.render("print/official.html", letters.to_asker(row)))


def test_an_emoji_of_a_resident_stops_no_paper(say, secretary):
    row = replied(secretary, say("灯坏了😀很黑", asker="张三😀", spot="北门😀"))
    assert "灯坏了〓很黑" in one_page(paper.render("suggestions/print/handling.html", sheets.handling(row)))
    assert "张三〓：" in one_page(paper.render("print/official.html", letters.to_asker(row)))
    assert "张三〓" in one_page(paper.render("suggestions/print/asker.html", sheets.asker(row)))


def test_who_is_not_answered_here_gets_a_letter_too(say, secretary):
    row = say(asker="张三丰")
    leaving.reject(secretary, row, row.version, "楼上装修噪声由城管部门处理。", "城管热线 5550-0100")
    text = one_page(paper.render("print/official.html", letters.to_asker(now(row))))
    for words in ("不予受理告知书", "张三丰：", "由城管部门处理", "您可以向这里提出：城管热线5550-0100"):
        assert words in text, words
    other = registered(secretary, say())
    leaving.transfer(secretary, other, other.version, "街道市政管理所，5550-0101", "小外道路由市政养护。")
    text = one_page(paper.render("print/official.html", letters.to_asker(now(other))))
    for words in ("转送告知书", "已于2025年9月23日转送街道市政管理所"):
        assert words in text, words


def test_the_letter_to_another_office_names_nobody_and_comes_with_a_receipt(say, secretary):
    row = registered(secretary, say("井盖响得睡不着", asker="张三丰", phone="13900000000"))
    leaving.transfer(secretary, row, row.version, "街道市政管理所，5550-0101", "小区外道路由市政养护。")
    first, second = [page[2] for page in pages_of(paper.render("suggestions/print/transfer.html", letters.to_office(now(row))))]
    for words in ("街道市政管理所：", "居民意见1件", "未随函转送", "附件：居民原话"):
        assert words in first, words
    for words in ("井盖响得睡不着", "回执", "今收到编号", "接收单位（盖章）"):
        assert words in second, words
    assert "张三丰" not in first + second
    assert "139" not in first + second


def test_a_sealed_envelope_s_letter_counts_pages_and_says_no_word(say, secretary, calendar):
    row = say("举报某党员收受好处", Kind.SUPERVISION, about="王大山")
    assert printing.sealed_pages(row) == 1
    text = one_page(printing.drawn(printing.PAPERS["cover"], row))
    assert text.replace("\n", "").count("共1页，已密封") == 2
    for word in ("王大山", "好处", "收受"):
        assert word not in text


def test_the_extension_slip_shows_both_days_and_both_hands(say, secretary, staff, calendar):
    import datetime

    row = assigned(secretary, say(), staff)
    extensions.ask(staff, row, row.version, datetime.date(2025, 10, 28), "等配件到货")
    text = one_page(paper.render("suggestions/print/extension.html", sheets.extension(now(row))))
    for words in ("原定答复日2025年10月20日", "申请延到2025年10月28日", "等配件到货", staff.name):
        assert words in text, words
    assert "√" not in text
    extensions.decide(secretary, now(row), now(row).version, True)
    text = one_page(paper.render("suggestions/print/extension.html", sheets.extension(now(row))))
    assert "√" in text
    assert secretary.name in text


def test_the_slip_for_a_door_shows_the_name_alone_outside(say, secretary):
    row = replied(secretary, say(asker="张三丰"))
    with pdfplumber.open(io.BytesIO(paper.render("suggestions/print/door.html", letters.door(row)))) as document:
        (page,) = document.pages
        third = page.height / 3
        outside = page.crop((0, 0, page.width, third - 8)).extract_text().replace(" ", "")
        inside = page.crop((0, third, page.width, page.height)).extract_text().replace(" ", "")
    assert "张三丰" in outside
    assert "感应" not in outside
    assert "感应头坏了" in inside


def test_each_of_those_who_asked_gets_a_letter_of_their_own(say, secretary):
    main = assigned(secretary, say("小广场没有椅子", asker="张三"), secretary)
    other = say("小广场请装座椅", asker="李四")
    leaving.merge(secretary, other, other.version, main)
    handling.reply(secretary, now(main), now(main).version, "确实没有。", "已装两张。")
    for row, name in ((main, "张三："), (other, "李四：")):
        text = one_page(paper.render("print/official.html", letters.to_asker(now(row))))
        assert name in text
        assert f"编号{row.number}" in text
        assert "已装两张" in text
    papers = [printing.issue(secretary, printing.PAPERS["letter"], now(row)) for row in (main, other)]
    assert len({paper.code for paper in papers}) == 2


def test_papers_that_are_not_there_yet_are_not_found(office, say):
    row = say()
    for name in ("letter", "door", "transfer", "extension", "asker", "sealed", "cover", "nothing"):
        assert office.get(f"/office/suggestions/{row.number}/{name}.pdf").status_code == 404, name
