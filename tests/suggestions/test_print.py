"""The papers of the box: what stands on them, and what never does."""

import io

import pdfplumber
import pytest

from blueprints.suggestions import handling, rules, sheets
from blueprints.suggestions.models import Kind, Rating
from core.printing import paper
from core.records.papers import Blob, IssuedPaper
from tests import make
from tests.suggestions.working import assigned, now, replied


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
    letter = sheets.reply(row.replies.get())
    text = one_page(paper.render("print/official.html", letter))
    for words in (f"关于编号{row.number}", "张三丰：", "您于9月23日反映的“三楼感应灯不亮”", "一、核实情况", "二、办理情况", "2025年10月8日前", "（盖章处）"):
        assert words in text, words


def test_a_letter_is_issued_once_and_stays_the_same(office, say, community):
    account = make.Account.get(make.Account.name == "沈兰英")
    from core.access import actor_of

    row = replied(actor_of(account), say())
    draft = office.get(f"/office/suggestions/{row.number}/letter.pdf")
    assert "草稿" in one_page(draft.data)
    issue = f"/office/suggestions/{row.number}/prints?paper=letter"
    assert office.post(issue, data={"csrf_token": csrf(office, row)}).status_code == 303
    issued = office.get(f"/office/suggestions/{row.number}/letter.pdf").data
    assert "草稿" not in one_page(issued)
    assert IssuedPaper.get().code in one_page(issued)
    office.post(issue, data={"csrf_token": csrf(office, row)})
    assert IssuedPaper.select().where(IssuedPaper.kind == "suggestion-reply").count() == 1
    assert office.get(f"/office/suggestions/{row.number}/letter.pdf").data == issued


def csrf(office, row):
    office.get(f"/office/suggestions/{row.number}")
    return next(form for form in office.page.forms if (form.action or "").endswith("paper=slip")).fields["csrf_token"]


def test_a_sealed_letter_holds_all_and_afterwards_nothing_is_kept(office, say, secretary):
    message = say("举报某党员收受好处", Kind.SUPERVISION, about="王大山", asker="李四")
    row = assigned(secretary, message, secretary)
    assert office.submit(f"/office/suggestions/{row.number}", form="prints").status_code == 303
    text = one_page(office.get(f"/office/suggestions/{row.number}/sealed.pdf").data)
    for words in ("密封移送件", "王大山", "李四", "收受好处", "不得复印"):
        assert words in text, words
    handling.seal(secretary, now(row), now(row).version, "街道纪工委")
    assert office.get(f"/office/suggestions/{row.number}/sealed.pdf").status_code == 404
    assert Blob.select().count() == 0
    assert IssuedPaper.get().content is None


def test_rare_characters_are_printed_and_unknown_ones_named(say, secretary):
    row = replied(secretary, say(asker="陈䶮"))
    assert "陈䶮" in one_page(paper.render("print/official.html", sheets.reply(row.replies.get())))
