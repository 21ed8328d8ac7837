"""In-service members: checked in once, six tasks, a card, and letters that carry facts alone."""

import io
from datetime import date, timedelta

import openpyxl
import pdfplumber
import pytest

from blueprints.cobuilding.models import TaskState
from blueprints.inservice import asking, queries, rules
from blueprints.inservice.models import (
    CheckIn,
    Contact,
    Direction,
    Inquiry,
    InquiryKind,
    InquiryState,
    Opinion,
    Six,
    Verdict,
)
from blueprints.notices.models import Notice, NoticeKind
from blueprints.people import imports
from core import clock
from core.access import Role
from core.records.people import Person
from core.records.work import AuditDetail
from core.spreadsheets.writing import write_table
from tests import make

TODAY = clock.today()


@pytest.fixture
def staff(client, community):
    return client.as_(make.account(community, Role.STAFF))


@pytest.fixture
def someone(community):
    return make.actor(community)


def arrive(someone, community, **values):
    given = {"name": "高志强", "employer": "市第一医院", "stairwell": "3幢2单元", "tasks": "联络员、办一件实事", "since": "2026-07-01"}
    return rules.arrive(someone, community, given | values)


@pytest.fixture
def doctor(someone, community):
    return arrive(someone, community)


def text_of(data):
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return "".join(page.extract_text() for page in pdf.pages).replace("\n", "").replace(" ", "")


def test_a_check_in_is_typed_and_gets_its_number(staff, community):
    answer = staff.submit("/office/check-ins/new", name="高志强", employer="市第一医院", stairwell="3-2", phone="13800000000",
                          tasks=["liaison", "matter"])  # fmt: skip
    row = CheckIn.get()
    assert answer.location.endswith(f"/office/check-ins/{row.id}")
    assert (row.number, row.person.stairwell.name) == (f"{TODAY.year}-001", "3幢2单元")
    assert {one.task for one in row.tasks} == {Six.LIAISON, Six.MATTER}
    assert "高志强" in staff.get("/office/check-ins").text


def test_nobody_checks_in_twice(someone, community, doctor):
    with pytest.raises(rules.CheckedInAlready):
        arrive(someone, community)
    assert arrive(someone, community, employer="市第三中学").person == doctor.person


def test_a_member_who_stands_on_file_stays_one_person(someone, community):
    known = make.member(community, "高志强", "3幢2单元").person
    assert arrive(someone, community).person == known
    assert Person.select().where(Person.name == "高志强").count() == 1


def test_the_six_tasks_have_states_of_their_own(staff, doctor):
    path = f"/office/check-ins/{doctor.id}"
    staff.submit(path, form="tasks", **{"state-liaison": "done", "words-liaison": "已对接楼道", "state-suggestion": "under_way"})
    states = {one.task: one.state for one in doctor.tasks}
    assert states == {Six.LIAISON: TaskState.DONE, Six.SUGGESTION: TaskState.UNDER_WAY, Six.MATTER: TaskState.NOT_STARTED}
    assert "已对接楼道" in staff.get(path).text
    assert queries.states([doctor])[doctor.id] == (3, 1)


def test_the_card_counts_half_hours_and_person_times(staff, doctor):
    path = f"/office/check-ins/{doctor.id}"
    staff.submit(path, form="services", what="义诊", hours="1.5", people="3", confirmed_by="陆静怡")
    assert "半小时" in staff.submit(path, form="services", what="义诊", hours="0.7").text
    staff.submit(path, form="services", what="值班", hours="2")
    assert queries.served(doctor) == (2, 7, 4)
    card = text_of(staff.get(f"{path}/card.pdf").data)
    assert "共2次，3.5小时，4人次" in card
    staff.submit(path, form="removal")
    assert queries.served(doctor)[0] == 1


def test_the_source_s_person_times_are_a_sum(someone, community, doctor):
    for _n in range(20):
        rules.serve(someone, doctor, TODAY, "公益活动", 2, 99, "")
    rules.serve(someone, doctor, TODAY - timedelta(days=400), "公益活动", 2, 20, "")
    assert queries.person_times(community) == 2000
    assert queries.person_times(community, TODAY - timedelta(days=365)) == 1980


def test_the_slip_has_three_parts_with_one_number(staff, doctor):
    path = f"/office/check-ins/{doctor.id}"
    staff.submit(path, form="prints")
    text = text_of(staff.get(f"{path}/slip.pdf").data)
    assert text.count(f"编号：{doctor.number}") == 3
    for words in ("存根", "报到回执", "已于2026年7月1日到我社区报到，编入3幢2单元，认领：当一名联络员、办一件实事", "核对码"):
        assert words in text


def test_the_receipt_alone_goes_to_the_employer_and_into_the_log_once(staff, doctor):
    path = f"/office/check-ins/{doctor.id}"
    assert "草稿" in text_of(staff.get(f"{path}/receipt.pdf").data)
    for _n in range(2):
        staff.submit(path, form="receipt/prints")
    text = text_of(staff.get(f"{path}/receipt.pdf").data)
    for words in (f"编号：{doctor.number}", "市第一医院党组织：", "编入3幢2单元，认领：当一名联络员、办一件实事。", "（盖章处）", "核对码"):
        assert words in text, words
    staff.submit(path, form="prints")
    assert [(one.direction, one.employer, one.matter) for one in Contact.select()] == [
        (Direction.TO_EMPLOYER, "市第一医院", f"报到回执 {doctor.number}")
    ]


def test_the_register_lists_everybody_with_the_states_of_the_tasks(staff, someone, community, doctor):
    rules.go_on_with(someone, doctor, 1, {Six.LIAISON: (TaskState.DONE, "")})
    gone = arrive(someone, community, name="吴文斌", employer="市第三中学", skills="书法", posts="楼道宣传员", since="2026-06-01")
    rules.leave(someone, gone, 1, TODAY, "兰苑社区")
    staff.submit("/office/check-ins", form="register/prints")
    text = text_of(staff.get("/office/check-ins/register.pdf").data)
    for words in ("累计报到2人，现在册1人", "联络员（已完成）", "（未开始）", "兰苑社区", "书法", "楼道宣传员", "以下空白", "核对码"):
        assert words in text, words
    assert text.index("吴文斌") < text.index("高志强")


def test_who_left_is_listed_apart(staff, someone, doctor):
    staff.submit(f"/office/check-ins/{doctor.id}", form="departure", left_to="兰苑社区")
    staff.get("/office/check-ins")
    assert staff.page.find(".//table") is None
    assert "高志强" in staff.get("/office/check-ins?show=left").text


def test_a_list_of_check_ins_goes_in_and_out(community, someone):
    content = write_table("报到", ["姓名", "居住楼道", "工作单位", "专业特长", "六项任务", "报到时间"],
                          [["高志强", "3-2", "市第一医院", "医疗", "联络员、提一条建议", "2026.7.1"],
                           ["吴文斌", "5幢1单元", "市第三中学", "书法", "", "2026-07-02"]])  # fmt: skip
    roster = imports.roster("check-ins", community)
    imports.bring_in(someone, community, roster, content, "x.xlsx")
    assert {one.task for one in CheckIn.get(CheckIn.employer == "市第一医院").tasks} == {Six.LIAISON, Six.SUGGESTION}
    again = imports.plan_of(community, roster, content, "x.xlsx")[1]
    assert (len(again.unchanged), again.added, again.changed) == (2, [], [])
    rules.leave(someone, CheckIn.get(CheckIn.employer == "市第三中学"), 1, TODAY, "兰苑社区")
    out, _name = imports.export(community, roster)
    assert len(imports.plan_of(community, roster, out, "y.xlsx")[1].unchanged) == 2
    rows = list(openpyxl.load_workbook(io.BytesIO(out)).active.values)
    assert {row[rows[0].index("任务状态")] for row in rows[1:]} == {"联络员（未开始）、建议（未开始）", None}
    assert {row[rows[0].index("转往")] for row in rows[1:]} == {"兰苑社区", None}


@pytest.fixture
def inquiry(someone, doctor):
    return asking.ask(someone, doctor, InquiryKind.AWARD, "拟评先进", TODAY + timedelta(days=7))


def test_words_of_residents_never_leave(staff, client, someone, inquiry):
    for n in range(5):
        asking.hear(inquiry, Verdict.GOOD if n else Verdict.POOR, f"原话{n}：他家车位占道")
    path = f"/office/inquiries/{inquiry.id}"
    assert "原话0" in staff.get(path).text
    staff.submit(path, form="draft", how="走访楼道居民", findings="热心楼道事务")
    staff.submit(path, form="reading", member_words="属实")
    staff.submit(path, form="prints")
    letter = text_of(staff.get(f"{path}/letter.pdf").data)
    for words in ("听取了5位居民的意见，满意4人，不满意1人", "热心楼道事务", "本人已阅，意见：属实"):
        assert words in letter
    assert "原话" not in letter
    assert "车位" not in letter
    assert Inquiry.get().answered_on == TODAY


def test_question_and_answer_stand_in_the_log_without_being_typed(staff, someone, inquiry):
    staff.submit(f"/office/inquiries/{inquiry.id}", form="draft", how="走访", findings="热心")
    staff.submit(f"/office/inquiries/{inquiry.id}", form="reading")
    staff.submit(f"/office/inquiries/{inquiry.id}", form="prints")
    number = inquiry.check_in.number
    rows = Contact.select(Contact.direction, Contact.matter, Contact.result).order_by(Contact.id).tuples()
    assert list(rows) == [
        (Direction.FROM_EMPLOYER, f"评比先进征求意见来函（报到编号{number}）", "拟评先进"),
        (Direction.TO_EMPLOYER, f"评比先进征求意见复函（报到编号{number}）", ""),
    ]
    assert "高志强" not in staff.get("/office/employer-contacts").text


def test_an_award_is_announced_in_the_stairwell_with_nothing_typed_again(staff, someone, inquiry):
    path = f"/office/inquiries/{inquiry.id}"
    assert "起草楼道公示" not in staff.get(path).text
    read = asking.shown_to_member(someone, asking.draft(someone, inquiry, 1, "走访", "热心"), 2, "")
    asking.answered(someone, read)
    staff.get(path)
    address = staff.page.xpath("//a[contains(., '起草楼道公示')]/@href")[0]
    staff.get(staff.submit(address).location)
    notice = Notice.get()
    assert (notice.kind, notice.spots) == (NoticeKind.HONOUR, "3幢2单元")
    assert "高志强" in notice.body
    assert "拟评先进" in notice.title


def test_an_employer_gets_the_letter_by_which_it_asks(staff, doctor, inquiry):
    path = f"/office/check-ins/{doctor.id}/request.pdf"
    blank, filled = (text_of(staff.get(address).data) for address in (path, f"{path}?inquiry={inquiry.id}"))
    for words in ("高志强", "市第一医院党组织", "评比先进征求意见", "发展党员调查", "答复期限"):
        assert words in blank, words
    assert "拟评先进" not in blank
    assert "拟评先进" in filled
    assert staff.get(f"{path}?inquiry=99999").status_code == 404


def test_a_quarter_s_feedback_is_begun_for_everybody_at_once(staff, someone, community, doctor, monkeypatch):
    arrive(someone, community, name="吴文斌", employer="市第三中学")
    last = queries.quarter(TODAY)[1]
    monkeypatch.setattr(clock, "today", lambda: last)
    assert "2 名在职党员本季度还没有向单位反馈" in staff.get("/office").text
    for _n in range(2):
        staff.get("/office/inquiries")
        if staff.page.xpath("//form[contains(@action, 'feedback')]"):
            staff.submit("/office/inquiries", form="feedback")
    assert [(row.kind, row.since) for row in Inquiry.select()] == [(InquiryKind.FEEDBACK, queries.quarter(TODAY)[0])] * 2
    row = Inquiry.get()
    assert asking.draft(someone, row, 1, "", "").state is InquiryState.DRAFTED
    assert not Contact.select().exists()


@pytest.mark.parametrize(
    ("day", "first", "last"),
    [("2026-01-01", "2026-01-01", "2026-03-31"), ("2026-06-30", "2026-04-01", "2026-06-30"), ("2026-12-05", "2026-10-01", "2026-12-31"),
     ("2026-08-15", "2026-07-01", "2026-09-30")],
)  # fmt: skip
def test_quarters(day, first, last):
    assert queries.quarter(date.fromisoformat(day)) == (date.fromisoformat(first), date.fromisoformat(last))


def test_a_few_opinions_disclose_no_shares(staff, inquiry):
    for _n in range(4):
        asking.hear(inquiry, Verdict.POOR, "")
    letter = text_of(staff.get(f"/office/inquiries/{inquiry.id}/letter.pdf").data)
    assert "听取了4位居民的意见。" in letter
    assert "不满意" not in letter


def test_nothing_leaves_before_the_member_has_read_it(staff, someone, inquiry):
    drafted = asking.draft(someone, inquiry, 1, "走访", "热心")
    with pytest.raises(asking.WrongState):
        asking.answered(someone, drafted)
    read = asking.shown_to_member(someone, drafted, drafted.version, "")
    changed = asking.draft(someone, read, read.version, "走访", "更正后的情况")
    assert (changed.state, changed.read_on) == (InquiryState.DRAFTED, None)
    with pytest.raises(asking.NoFindings):
        asking.draft(someone, changed, changed.version, "走访", " ")


def test_a_resident_says_it_by_link_without_a_trace(client, someone, inquiry):
    path = f"/l/{asking.invite(someone, inquiry)}/opinion"
    visitor = client.application.test_client()
    trails = AuditDetail.select().count()
    answer = visitor.submit(path, verdict="good", words="常帮邻居看病")
    assert ("已收到" in answer.text, answer.headers.get("Set-Cookie")) == (True, None)
    said = Opinion.get()
    assert (said.verdict, said.words, said.day) == (Verdict.GOOD, "常帮邻居看病", TODAY)
    assert set(Opinion._meta.fields) == {"id", "inquiry", "verdict", "words", "day"}
    assert AuditDetail.select().count() == trails
    form = {"form_token": "x", "verdict": "good"}
    assert visitor.post(path, data=form).status_code == 422
    assert visitor.get("/l/wrong/opinion").status_code == 404


def test_who_only_reads_sees_no_inquiry(client, community, inquiry):
    client.as_(make.account(community, Role.READER))
    assert client.get(f"/office/inquiries/{inquiry.id}").status_code == 403
    assert "评比先进" not in client.get(f"/office/check-ins/{inquiry.check_in_id}").text


def test_a_quarterly_feedback_looks_back_to_its_day(staff, someone, doctor):
    rules.serve(someone, doctor, date(2026, 7, 5), "值班", 4, 1, "")
    rules.serve(someone, doctor, TODAY, "义诊", 3, 1, "")
    row = asking.ask(someone, doctor, InquiryKind.FEEDBACK, "", None, TODAY - timedelta(days=90))
    letter = text_of(staff.get(f"/office/inquiries/{row.id}/letter.pdf").data)
    assert "参加社区服务1次，共1.5小时" in letter


def test_slips_for_the_box(staff, inquiry):
    assert "高志强同志" in text_of(staff.get(f"/office/inquiries/{inquiry.id}/slips.pdf").data)


def test_what_waits_is_due(staff, inquiry):
    assert "评比先进征求意见（高志强）" in staff.get("/office").text
