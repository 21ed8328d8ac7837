"""The count desk: blind entries, hand counts, equations before anybody signs, the sheets' figures."""

import io
import json

import pdfplumber
import pypdfium2
import pytest
import zxingcpp

from blueprints.ballots import counting, desk, mending, outcomes, printing, publishing, reports, roll, rules
from blueprints.ballots.ballot import Kind
from blueprints.ballots.desk import Tally
from blueprints.ballots.models import BoxEntry, BoxKind, PollStatus, Scrutineer
from blueprints.notices.models import Notice, NoticeKind
from core.access import console
from core.records.people import Account
from tests.ballots import ceremony
from tests.ballots.ceremony import WATCHERS, tally


@pytest.fixture
def meeting(community):
    """Three voted on their phones, two took paper into the hall's box, one stayed away."""
    made = ceremony.running(community)
    for marks in ((1, 1, 2), (1, 2, 3), (1, 3, 0)):
        made.votes(*marks)
    for _ in range(2):
        made.ticks(paper_taken=True)
    made.hall = desk.add_box(console(), made.poll.classes.get(), "", BoxKind.HALL)
    rules.close_voting(console(), made.poll)
    made.desk(slips_left=len(made.codes), paper_printed=10, paper_left=8)
    return made


GOOD = tally((2, 0, 0), (1, 1, 0), (0, 1, 1))


def enters_both(meeting, first=GOOD, second=GOOD):
    desk.enter_box(meeting.one, meeting.hall, first)
    return desk.enter_box(meeting.other, meeting.hall, second)


def test_two_equal_entries_are_accepted(meeting):
    assert enters_both(meeting)
    hall = type(meeting.hall).get_by_id(meeting.hall.id)
    assert hall.accepted["valid"] == 2
    with pytest.raises(desk.BoxAccepted):
        desk.enter_box(meeting.one, hall, GOOD)


def test_the_same_person_may_not_count_twice(meeting):
    desk.enter_box(meeting.one, meeting.hall, GOOD)
    with pytest.raises(desk.OtherPersonNeeded):
        desk.enter_box(meeting.one, meeting.hall, GOOD)
    with pytest.raises(desk.AccountNeeded):
        desk.enter_box(console(), meeting.hall, GOOD)


def test_entries_that_differ_are_refused_and_say_where_but_not_what(meeting):
    other = tally((2, 0, 0), (2, 0, 0), (0, 1, 1))
    with pytest.raises(desk.EntriesDiffer) as refusal:
        enters_both(meeting, GOOD, other)
    # The ballot has 王秋实, 方可, 任远.
    assert refusal.value.places == ["“方可”"]
    assert not any(character.isdigit() for character in str(refusal.value).replace("两遍", ""))
    assert BoxEntry.select().count() == 1
    assert type(meeting.hall).get_by_id(meeting.hall.id).accepted is None
    desk.withdraw_entries(console(), meeting.hall)
    assert enters_both(meeting, other, other)


def test_no_page_shows_the_first_entry_to_the_second_person(app, community, meeting):
    desk.enter_box(meeting.one, meeting.hall, Tally(4321, 4320, 1, ((4319, 1, 0, 0, 0),) * 3))
    browser = app.test_client().as_(Account.get_by_id(meeting.other.account_id))
    Scrutineer.update(account=meeting.other.account_id).where(Scrutineer.name == "何静").execute()
    at = f"/office/polls/{meeting.poll.id}"
    for path in ("", "/desk", f"/box/{meeting.hall.id}", "/equations", "/results", "/roll"):
        page = browser.get(at + path)
        assert page.status_code == 200, path
        assert not any(figure in page.text for figure in ("4321", "4320", "4319")), path


def test_slips_and_paper_are_counted_together(meeting):
    meeting.opens_the_box()
    with pytest.raises(counting.StillToCount, match="现场票箱"):
        counting.count(console(), meeting.poll)
    enters_both(meeting)
    assert counting.count(console(), meeting.poll)["R"].mismatches == ()
    group = outcomes.groups(meeting.poll)[0]
    assert [line.counts for line in group.lines] == [(5, 0, 0), (2, 2, 1), (0, 2, 3)]
    assert [line.passed for line in group.lines] == [True, False, False]
    assert (group.base, group.needed) == (5, 3)
    counting.sign(console(), meeting.poll, WATCHERS)
    assert meeting.poll.status is PollStatus.SIGNED


@pytest.mark.parametrize(
    ("figure", "value", "equation"),
    [
        ({"slips_left": 4}, None, "第 4 式"),
        ({"audit_drawn": 1}, None, "第 4 式"),
        ({"paper_left": 7}, None, "第 7 式"),
        ({"paper_replaced": 1}, None, "第 7 式"),
        ({"used_slips": 9}, None, "第 10 式"),
    ],
)
def test_a_figure_that_is_off_blocks_the_signature_and_names_its_line(meeting, figure, value, equation):
    enters_both(meeting)
    meeting.opens_the_box()
    meeting.desk(**figure)
    found = counting.count(console(), meeting.poll)["R"]
    assert found.mismatches
    with pytest.raises(counting.NotBalanced, match=equation):
        counting.sign(console(), meeting.poll, WATCHERS)
    assert meeting.poll.status is PollStatus.COUNTED


def test_a_row_of_a_box_that_does_not_add_up_blocks_the_signature(meeting):
    short = Tally(2, 2, 0, ((2, 0, 0, 0, 0), (1, 0, 0, 0, 0), (0, 1, 1, 0, 0)))
    enters_both(meeting, short, short)
    meeting.opens_the_box()
    counting.count(console(), meeting.poll)
    with pytest.raises(counting.NotBalanced, match="第 14 式：现场票箱“方可”"):
        counting.sign(console(), meeting.poll, WATCHERS)


def test_a_forgotten_tick_is_mended_after_closing_and_counted_anew(meeting):
    enters_both(meeting)
    meeting.opens_the_box()
    row = next(row for row in ceremony.voters(meeting.poll) if row.slip_taken)
    roll.tick(row, slip_taken=False)
    counting.count(console(), meeting.poll)
    with pytest.raises(counting.NotBalanced, match="第 4 式"):
        counting.sign(console(), meeting.poll, WATCHERS)
    roll.tick(row, slip_taken=True)
    assert type(meeting.poll).get_by_id(meeting.poll.id).status is PollStatus.UNSEALED
    counting.count(console(), meeting.poll)
    counting.sign(console(), meeting.poll, WATCHERS)


def test_fewer_used_slips_than_votes_ask_for_a_remark(meeting):
    enters_both(meeting)
    meeting.opens_the_box()
    meeting.desk(used_slips=2)
    counting.count(console(), meeting.poll)
    with pytest.raises(counting.RemarkMissing):
        counting.sign(console(), meeting.poll, WATCHERS)
    counting.sign(console(), meeting.poll, WATCHERS, remark="一位代表带走了用过的票码条。")
    assert "带走了" in text_of(printing.four_reports(meeting.poll))


def test_too_few_present_is_signed_only_as_invalid(community):
    rules_with_quorum = rules.preset_rules(Kind.TRUST) | {"quorum": [4, 5]}
    meeting = ceremony.counted(community, rules=rules_with_quorum)
    with pytest.raises(counting.OnlyAsInvalid, match="会议无效"):
        counting.sign(console(), meeting.poll, WATCHERS)
    counting.sign(console(), meeting.poll, WATCHERS, as_invalid=True)
    assert meeting.poll.invalid
    assert "无效" in "".join(reports.notice_paragraphs(meeting.poll))


def test_spoiled_and_surrendered_slips_balance(community):
    meeting = ceremony.running(community)
    meeting.votes(1, 1, 1)
    meeting.ticks(slip_taken=True)
    desk.surrender(console(), meeting.poll, meeting.codes.pop())
    meeting.ticks(slip_taken=True)
    desk.spoil(console(), meeting.poll, meeting.codes.pop(), "打湿", replaced=True)
    ceremony.cast(meeting.poll, meeting.codes.pop(), bytes(12), (2, 2, 2))
    hall = desk.add_box(console(), meeting.poll.classes.get(), "", BoxKind.HALL)
    rules.close_voting(console(), meeting.poll)
    meeting.desk(slips_left=len(meeting.codes), paper_printed=5, paper_left=4)
    one = tally((1, 0, 0), (1, 0, 0), (1, 0, 0))
    desk.enter_box(meeting.one, hall, one)
    desk.enter_box(meeting.other, hall, one)
    meeting.opens_the_box()
    assert counting.count(console(), meeting.poll)["R"].mismatches == ()
    figures = json.loads(meeting.poll.result)["figures"]["R"]
    assert (figures["surrendered"], figures["spoiled"], figures["replaced"]) == (1, 1, 1)
    assert (figures["issued"], figures["recovered"]) == (3, 3)
    counting.sign(console(), meeting.poll, WATCHERS)


def test_a_moving_box_says_what_it_takes_along(meeting):
    with pytest.raises(desk.IssuedMissing):
        desk.add_box(console(), meeting.poll.classes.get(), "", BoxKind.MOVING)
    with pytest.raises(desk.BoxNameTaken):
        desk.add_box(console(), meeting.poll.classes.get(), "", BoxKind.HALL)


def scanned(pdf):
    with pypdfium2.PdfDocument(pdf) as opened:
        return [code.text for page in opened for code in zxingcpp.read_barcodes(page.render(scale=2).to_pil())]


def test_the_sheets_show_the_counted_figures(meeting):
    enters_both(meeting)
    meeting.opens_the_box()
    counting.count(console(), meeting.poll)
    assert "草稿" in text_of(printing.four_reports(meeting.poll))
    counting.sign(console(), meeting.poll, WATCHERS)
    printed = printing.four_reports(meeting.poll)
    text = text_of(printed)
    assert "草稿" not in text
    assert scanned(printed) == ["".join(reports.digests(meeting.poll)[0].split())]
    for title in ("出席报告单", "选票分发情况报告单", "选票收回情况报告单", "信任投票结果报告单"):
        assert title in text
    for name in (*ceremony.NAMES, *WATCHERS, "何静", *reports.digests(meeting.poll)[0].split()):
        assert name in text, name


def test_the_notice_tells_who_is_over_half_and_no_counts_unless_the_poll_says_so(meeting):
    enters_both(meeting)
    meeting.opens_the_box()
    counting.count(console(), meeting.poll)
    counting.sign(console(), meeting.poll, WATCHERS)
    told = "".join(reports.notice_paragraphs(meeting.poll))
    assert "过半：王秋实。" in told
    assert "未过半：方可、任远。" in told
    assert "5 票" not in told
    meeting.poll.show_counts = True
    assert "王秋实：信任 5 票" in "".join(reports.notice_paragraphs(meeting.poll))
    drafted = Notice.get_by_id(publishing.publish(console(), meeting.poll))
    assert (drafted.kind, drafted.title) == (NoticeKind.RESULT, "社区党组织换届委员候选人信任票结果公告")
    assert "应到6人，实到5人" in drafted.body


def text_of(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return "".join(page.extract_text() for page in opened.pages).replace(" ", "")


def test_every_line_leads_to_where_it_is_mended(app, community, meeting):
    enters_both(meeting)
    meeting.opens_the_box()
    meeting.desk(paper_left=7, used_slips=5)
    counting.count(console(), meeting.poll)
    row = meeting.poll.classes.get()
    at = f"/office/polls/{meeting.poll.id}"
    browser = app.test_client().as_(Account.get_by_id(meeting.one.account_id))
    page = browser.get(f"{at}/equations").text
    assert "第 7 式 · 纸质选票：多 1" in page
    assert "第 10 式 · 开箱的票数：多 2" in page
    for number in range(1, 15):
        for place in mending.places(row, number):
            path, _sep, anchor = place.path.partition("#")
            there = browser.get(path)
            assert there.status_code == 200, place
            assert not anchor or f'id="{anchor}"' in there.text, place
    assert f"{at}/desk#hand{row.id}-paper_left" in page


def test_a_line_about_one_box_leads_to_that_box(meeting):
    short = Tally(2, 2, 0, ((2, 0, 0, 0, 0), (1, 0, 0, 0, 0), (0, 1, 1, 0, 0)))
    enters_both(meeting, short, short)
    meeting.opens_the_box()
    line = counting.count(console(), meeting.poll)["R"].mismatches[0]
    found = mending.places_of(meeting.poll.classes.get(), line)
    assert [(place.text, place.path.rpartition("#")[2]) for place in found] == [("现场票箱", f"box{meeting.hall.id}")]
    assert mending.how_far_off(line) == "少 1"


def test_what_is_missing_leads_to_its_cell(app, community, meeting):
    meeting.desk(slips_left=None)
    browser = app.test_client().as_(Account.get_by_id(meeting.one.account_id))
    page = browser.get(f"/office/polls/{meeting.poll.id}/desk").text
    row = meeting.poll.classes.get()
    for anchor in (f"hand{row.id}-slips_left", f"box{meeting.hall.id}"):
        assert f'#{anchor}"' in page
        assert f'id="{anchor}"' in page
