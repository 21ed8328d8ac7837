"""The month's figures, its sheet, and the posters of the box."""

import io
import re
from datetime import date

import pdfplumber
import pytest
from openpyxl import load_workbook

from blueprints.suggestions import boxes, figures, leaving, monthly, rules
from blueprints.suggestions.boxes import Box
from blueprints.suggestions.kinds import Kind, Rating, Source
from core import jobs
from core.access import Role, actor_of
from core.printing import paper
from core.records.papers import IssuedPaper, PaperState
from tests import make
from tests.suggestions.working import replied

SEPTEMBER, OCTOBER = date(2025, 9, 1), date(2025, 10, 1)


@pytest.fixture
def office(client, community):
    return client.as_(make.account(community, Role.SECRETARY, "沈兰英"))


def words_of(content):
    with pdfplumber.open(io.BytesIO(content)) as document:
        return [page.extract_text().replace(" ", "") for page in document.pages]


def test_a_month_counts_what_came_was_answered_and_stayed(say, secretary, community, calendar):
    for _ in range(3):
        replied(secretary, say("灯坏了很久", Kind.COMPLAINT))
    open_still = say("门禁坏了三天", Kind.COMPLAINT)
    rejected = say("请罚楼上的款")
    leaving.reject(secretary, rejected, rejected.version, "社区无权罚款", "城管热线")
    calendar.becomes(2025, 11, 3)
    month = figures.of_month(community, SEPTEMBER)
    lines = {line.title: line.numbers() for line in month.lines}
    assert lines["投诉"] == (4, 3, 3, 0, 0, 1, 0)
    assert lines["意见"] == (1, 0, 0, 1, 0, 0, 0)
    assert month.total.numbers() == (5, 3, 3, 1, 0, 1, 0)
    assert month.on_time_share == "3 件（共 3 件）"
    october = figures.of_month(community, OCTOBER).total
    assert (october.received, october.open, october.overdue) == (0, 1, 1)
    leaving.reject(secretary, open_still, open_still.version, "不归社区管", "物业")
    assert figures.of_month(community, OCTOBER).total.overdue == 1
    assert figures.of_month(community, date(2025, 11, 1)).total.rejected == 1


def test_a_rate_needs_five(say, secretary, community, calendar):
    for number in range(6):
        row = replied(secretary, say())
        rules.rate(row, Rating.SATISFIED, "", f"n{number}")
    calendar.becomes(2025, 10, 9)
    month = figures.of_month(community, SEPTEMBER)
    assert (month.on_time_share, month.satisfied_share) == ("100%（6/6）", "100%（6/6）")


def test_messages_about_the_staff_are_in_no_month(say, community, calendar):
    make.account(community, Role.STAFF, "何静")
    say("何静态度不好，说过两次")
    calendar.becomes(2025, 10, 9)
    assert figures.of_month(community, SEPTEMBER).total.received == 0


def test_months_reach_back_to_the_first_message(say, community, calendar):
    assert list(figures.months(community)) == [SEPTEMBER]
    say()
    calendar.becomes(2026, 1, 5)
    assert [str(first)[:7] for first in figures.months(community)] == ["2026-01", "2025-12", "2025-11", "2025-10", "2025-09"]


def test_the_sheet_shows_figures_and_agreed_answers_and_no_more(say, secretary, community, calendar):
    replied(secretary, say("原话里有门牌 302", consent=True, asker="张三丰"), publish=True)
    calendar.becomes(2025, 10, 9)
    (text,) = words_of(paper.render(monthly.TEMPLATE, monthly.sheet(community, SEPTEMBER)))
    for words in ("2025年9月居民意见办理情况", "合计1110000", "1件（共1件）", "三楼感应灯不亮", "物业已换好"):
        assert words in text, words
    for words in ("302", "张三丰"):
        assert words not in text


def test_a_month_is_issued_when_it_is_over_and_residents_get_that_very_copy(office, client, say, secretary, community, calendar):
    say()
    assert client.get("/suggestions/months/2025-09.pdf").status_code == 404
    assert office.get("/office/suggestion-months").status_code == 200
    token = office.page.xpath("//input[@name='csrf_token']/@value")[0]
    refused = office.post("/office/suggestion-months/2025-09/prints", data={"csrf_token": token})
    assert refused.status_code == 409
    assert "还没有过完" in refused.text
    calendar.becomes(2025, 10, 9)
    assert office.submit("/office/suggestion-months?month=2025-09", form="prints").status_code == 303
    first = client.get("/suggestions/months/2025-09.pdf").data
    assert IssuedPaper.get().code in words_of(first)[0]
    assert "2025年9月居民意见办理情况" in client.get("/suggestions/").text
    office.submit("/office/suggestion-months?month=2025-09", form="prints")
    assert IssuedPaper.select().count() == 1
    typed = rules.Message(kind=Kind.OPINION, text="补录的一件事情")
    rules.submit(community, typed, "late", actor=secretary, source=Source.PAPER, received_on=date(2025, 9, 29))
    office.submit("/office/suggestion-months?month=2025-09", form="prints")
    states = [row.state for row in IssuedPaper.select().order_by(IssuedPaper.version)]
    assert states == [PaperState.REPLACED, PaperState.CURRENT]
    assert client.get("/suggestions/months/2025-09.pdf").data != first


def test_the_table_goes_out(office, say):
    say(kind=Kind.HELP)
    book = load_workbook(io.BytesIO(office.get("/office/suggestion-months/2025-09.xlsx").data))
    rows = {row[0]: row[1:] for row in book.active.iter_rows(values_only=True)}
    assert [int(number) for number in rows["合计"]] == [1, 0, 0, 0, 0, 1, 0]


@pytest.mark.parametrize("month", ["2025-13", "nonsense", "2999-01", "0000-00"])
def test_a_month_that_is_none_is_not_found(office, month):
    assert office.get(f"/office/suggestion-months?month={month}").status_code == 404
    assert office.get(f"/office/suggestion-months/{month}.pdf").status_code == 404


def test_a_poster_s_code_leads_to_the_form_of_its_stairwell(community):
    place = make.member(community).stairwell
    sheet = boxes.sheet(community, place, Box.SUPERVISION)
    assert sheet.address == "http://linli.test/suggestions/new?place=3-2&kind=supervision"
    (text,) = words_of(paper.render(boxes.TEMPLATE, sheet))
    for words in ("党员监督箱", "3幢2单元", "不用登录", "12388", "119、120、110", "未经签发"):
        assert words in text, words


def test_every_stairwell_gets_one_poster_and_its_entry_in_the_register(community):
    for name in ("3幢2单元", "4幢1单元"):
        make.member(community, stairwell=name)
    account = make.account(community, Role.STAFF)
    job = jobs.order(actor_of(account), community, "suggestions.boxes", "海报", "海报.pdf", box="general", size="A3", account=account.id)
    jobs.run(job.id)
    pages = words_of(jobs.result_path(job).read_bytes())
    assert [name in page for name, page in zip(("3幢2单元", "4幢1单元"), pages, strict=True)] == [True, True]
    codes = {row.code for row in IssuedPaper.select()}
    assert {re.search(r"核对码(\w{5}-\w{5})", page)[1] for page in pages} == codes
    jobs.run(jobs.order(actor_of(account), community, "suggestions.boxes", "海报", "海报.pdf", box="general", account=account.id).id)
    assert IssuedPaper.select().count() == 2


def test_a_poster_that_changed_is_a_new_issue(community, secretary):
    place = make.member(community).stairwell
    first = boxes.enter(secretary, community, place, Box.GENERAL)
    assert boxes.enter(secretary, community, place, Box.GENERAL) == first
    from blueprints.office.rules import change_setting

    change_setting(secretary, community, "office.phone", "5550-0199")
    second = boxes.enter(secretary, community, place, Box.GENERAL)
    assert (second.version, IssuedPaper.get_by_id(first.id).state) == (2, PaperState.REPLACED)
    assert boxes.unissued(community, place, Box.GENERAL, "A4").code == second.code


def test_the_posters_page_prints_one_and_orders_all(office, community):
    make.member(community)
    page = office.get("/office/suggestion-boxes?box=supervision").text
    assert "签发并打印全部 1 个楼道" in page
    assert office.send("/office/suggestion-boxes", form="3-2/prints").status_code == 303
    assert IssuedPaper.get().kind == "supervision-box"
    assert office.submit("/office/suggestion-boxes", form="posters").status_code == 303
    assert office.get("/office/suggestion-boxes/9-9/poster.pdf").status_code == 404


def test_the_supervision_box_begins_with_its_kind_and_the_names_on_the_board(client, community):
    from blueprints.boards import rules as boards
    from core.access import console

    member = make.member(community, "王大山")
    commitment = boards.propose(console(), member, "每周清扫楼道一次")
    page = client.get("/suggestions/new?place=3-2&kind=supervision").text
    assert re.search(r'<input checked[^>]*value="supervision"', page)
    assert "王大山" not in page
    boards.approve(console(), [commitment])
    boards.publish(console(), [commitment])
    assert '<option value="王大山">' in client.get("/suggestions/new?place=3-2&kind=supervision").text
    assert "监督这里的党员" in client.get("/boards/3-2").text
