"""The pages of meetings: staff enter, approve, issue; residents read what is masked."""

import io

import openpyxl
import pdfplumber
import pytest

from blueprints.cobuilding import rules as cobuilding
from blueprints.meetings import attending, issuing, ledger, rules, series
from blueprints.meetings.models import Attendance, Meeting, MeetingSeries, MeetingState, Resolution, ResolutionState
from core import clock
from core.access import Role
from tests import make


@pytest.fixture
def staff(client, community):
    return client.as_(make.account(community, Role.STAFF))


@pytest.fixture
def secretary(client, community):
    return client.as_(make.account(community))


@pytest.fixture
def no_press(monkeypatch):
    monkeypatch.setattr(issuing, "pdf", lambda *_args, **_options: b"%PDF-")


@pytest.fixture
def meeting(community):
    return make.meeting(community)


BASICS = {"held_at": "2026-11-12T14:00", "chair": "沈国庆（书记）", "issuing_body": "中共梅苑社区委员会"}
ITEM = {
    "agenda-0-title": "关于照明改造", "agenda-0-decisions-0-text": "实施照明改造。",
    "agenda-0-decisions-0-responsible": "市第三中学", "agenda-0-decisions-0-due_on": "2026-12-31",
}  # fmt: skip


def test_a_series_is_founded_and_a_meeting_typed_without_a_script(staff, community):
    cobuilding.add_unit(make.actor(community), community, {"name": "市第三中学", "liaison": "许桂兰"})
    answer = staff.submit("/office/meetings/series/new", name="联席会议纪要", issuing_body="中共梅苑社区委员会", copies_to="街道、各单位")
    assert answer.status_code == 303
    path = f"/office/meetings/new?series={MeetingSeries.get().id}"
    answer = staff.submit(path, **BASICS, **ITEM)
    assert answer.status_code == 303, staff.page.text_content()
    made = Meeting.get()
    seats = f"/office/meetings/{made.id}/seats"
    staff.get(seats)
    first, school = (made.seats.where(Attendance.unit_text == name).get().id for name in ("梅苑社区党委", "市第三中学"))
    staff.send(seats, **{f"presence-{first}": "present", f"presence-{school}": "on_leave", f"reason-{school}": "监考"})
    assert [(s.unit_text, s.presence, s.unit is None, s.names) for s in made.seats.order_by(Attendance.position)] == [
        ("梅苑社区党委", "present", True, ""), ("梅苑社区居委会", "expected", True, ""), ("市第三中学", "on_leave", False, "许桂兰")
    ]  # fmt: skip
    assert (made.held_at.hour, made.copies_to, made.resolutions.get().owners.get().settled) == (6, ["街道", "各单位"], True)
    assert "实施照明改造。" in staff.get(answer.location).text


def test_rows_are_added_and_taken_away_and_nothing_is_lost(staff, meeting):
    path = f"/office/meetings/{meeting.id}/edit"
    answer = staff.submit(path, ("more", "decision-0"), venue="刚填的地点")
    assert answer.status_code == 200
    assert "刚填的地点" in answer.text
    assert "agenda-0-decisions-1-text" in answer.text
    answer = staff.send(path, ("more", "item"))
    assert "agenda-1-title" in answer.text
    answer = staff.send(path, ("more", "drop-decision-0-1"))
    answer = staff.send(path, ("more", "drop-item-1"))
    assert "agenda-1-title" not in answer.text
    assert "agenda-0-decisions-1-text" not in answer.text
    assert Meeting.get_by_id(meeting.id).version == 1
    assert staff.send(path).status_code == 303
    assert Meeting.get_by_id(meeting.id).venue == "刚填的地点"


@pytest.mark.parametrize("asked", ["drop-item-99", "decision-99", "drop-", "x", "-1", "drop-decision-0-99", "9" * 9])
def test_odd_row_buttons_do_no_harm(staff, meeting, asked):
    assert staff.submit(f"/office/meetings/{meeting.id}/edit", ("more", asked)).status_code == 200


def test_half_rows_are_told_in_sentences_and_kept(staff, meeting):
    answer = staff.submit(
        f"/office/meetings/{meeting.id}/edit", ended_at="2020-01-01T00:00", issuing_body="",
        **{"agenda-0-decisions-0-due_on": "", "agenda-0-decisions-0-responsible": "", "agenda-0-title": "", "agenda-0-discussion": "李新说"},
    )  # fmt: skip
    assert answer.status_code == 422
    for words in ("具体到日", "责任单位，牵头", "请写明议题", "散会时间早于", "李新说"):
        assert words in answer.text
    assert Meeting.get_by_id(meeting.id).version == 1


def test_a_stale_form_is_told_and_keeps_what_was_typed(staff, meeting, community):
    path = f"/office/meetings/{meeting.id}/edit"
    staff.get(path)
    rules.amend(make.actor(community), meeting, 1, make.protocol(venue="二楼"))
    answer = staff.send(path, venue="我写的地点")
    assert answer.status_code == 409
    assert "我写的地点" in answer.text
    assert Meeting.get_by_id(meeting.id).venue == "二楼"


def test_an_ordinal_taken_is_told(staff, meeting):
    other = rules.enter(make.actor(meeting.place), meeting.series, make.protocol())
    answer = staff.submit(f"/office/meetings/{other.id}/edit", ordinal="1")
    assert (answer.status_code, "第 1 次会议已经登记过" in answer.text) == (409, True)


def test_submit_approve_issue_by_two_people(client, meeting, community, no_press):
    page = f"/office/meetings/{meeting.id}"
    rules.submit(make.actor(community, Role.STAFF), meeting, 1)
    client.as_(make.account(community))
    answer = client.submit(page, ("verdict", "return"), form="reviews", reason=" ")
    assert (answer.status_code, "请写明理由" in answer.text) == (422, True)
    assert client.submit(page, form="reviews").status_code == 303
    answer = client.submit(page, form="prints")
    assert (answer.status_code, "还没有核对" in answer.text) == (409, True)
    assert client.submit(page, form="chair-checks").status_code == 303
    answer = client.submit(page, form="prints")
    assert answer.location.endswith("/minutes.pdf")
    assert client.get(answer.location).data == b"%PDF-"
    done = Meeting.get_by_id(meeting.id)
    assert (done.state, done.number_serial) == (MeetingState.ISSUED, 1)
    assert "〔" in client.get(page).text


def test_who_drafted_is_told_that_another_approves(secretary, meeting, community):
    make.account(community)
    page = f"/office/meetings/{meeting.id}"
    secretary.submit(page, form="submissions")
    answer = secretary.submit(page, form="reviews")
    assert answer.status_code == 403
    assert "另一位" in answer.text


def test_staff_may_not_approve(staff, meeting):
    assert staff.post(f"/office/meetings/{meeting.id}/reviews").status_code in (400, 403)
    assert "审核同意" not in staff.get(f"/office/meetings/{meeting.id}").text


def test_a_draft_is_hidden_from_readers_and_residents(client, meeting, community):
    client.as_(make.account(community, Role.READER))
    assert client.get(f"/office/meetings/{meeting.id}").status_code == 404
    assert client.get(f"/office/meetings/{meeting.id}/minutes.pdf").status_code == 404
    assert client.get(f"/meetings/{meeting.id}").status_code == 404
    assert client.get(f"/meetings/{meeting.id}.pdf").status_code == 404


def test_residents_read_masked_decisions_and_nothing_else(client, community):
    meeting = make.meeting(community, issued=True)
    for path in ("/meetings/", f"/meetings/{meeting.id}"):
        text = client.get(path).text
        for hidden in ("张桂英", "独居", "5幢", "听取汇报", "沈国庆"):
            assert hidden not in text, (path, hidden)
    assert "部分楼栋" in client.get(f"/meetings/{meeting.id}").text
    with pdfplumber.open(io.BytesIO(client.get(f"/meetings/{meeting.id}.pdf").data)) as pdf:
        printed = "".join(page.extract_text() for page in pdf.pages)
    assert "部分楼栋" in printed.replace("\n", "")
    assert "张桂英" not in printed
    assert "独居" not in printed


def test_the_wording_for_residents_is_edited_and_withheld(staff, client, community):
    meeting = make.meeting(community, issued=True)
    row = meeting.resolutions.get()
    path = f"/office/meetings/{meeting.id}/public"
    staff.get(path)
    ledger.show_residents(make.actor(community), meeting, 1, {}, {})
    answer = staff.send(path, **{f"text-{row.id}": "我的措辞"})
    assert (answer.status_code, "我的措辞" in answer.text) == (409, True)
    assert staff.submit(path, **{f"text-{row.id}": "改造楼道照明。"}).status_code == 303
    assert "改造楼道照明。" in client.get(f"/meetings/{meeting.id}").text
    staff.submit(path, **{f"text-{row.id}": ""})
    assert "改造楼道照明。" not in client.get(f"/meetings/{meeting.id}").text
    assert Resolution.get_by_id(row.id).text == row.text


def test_the_calendar_holds_what_lies_ahead(client, community):
    make.meeting(community, days=9, seats=(), venue="二楼;A,B")
    make.meeting(community)
    answer = client.get("/meetings/calendar.ics")
    assert answer.mimetype == "text/calendar"
    assert answer.text.count("BEGIN:VEVENT") == 2
    assert "LOCATION:二楼\\;A\\,B" in answer.text
    assert "DTSTART:" in answer.text
    assert "开会" in client.get("/").text


def test_progress_moves_the_lamp_and_the_ledger(staff, community):
    row = make.meeting(community, issued=True).resolutions.get()
    page = f"/office/resolutions/{row.id}"
    answer = staff.submit(page, form="steps", state="extended", note="等材料", extended_to="")
    assert (answer.status_code, "等材料" in answer.text, "晚于原来" in answer.text) == (422, True, True)
    assert staff.submit(page, form="steps", state="done", note="已装好22盏").status_code == 303
    assert "已装好22盏" in staff.get(page).text
    assert "已装好22盏" not in staff.get("/office/resolutions").text
    assert "已装好22盏" in staff.get("/office/resolutions?show=done").text
    book = openpyxl.load_workbook(io.BytesIO(staff.get("/office/resolutions.xlsx?show=").data))
    assert [cell.value for cell in book.active[2]][6:] == [f"{clock.today().year}年{clock.today().month}月{clock.today().day}日 已装好22盏", "已完成", None]
    assert staff.get("/office/resolutions.pdf?show=").data.startswith(b"%PDF")


def test_a_stale_entry_of_progress_is_kept(staff, community):
    row = make.meeting(community, issued=True).resolutions.get()
    page = f"/office/resolutions/{row.id}"
    staff.get(page)
    ledger.progress(make.actor(community), row, 1, ResolutionState.UNDER_WAY, "已开工", clock.today())
    answer = staff.send(page, form="steps", state="done", note="我的进展")
    assert (answer.status_code, "我的进展" in answer.text) == (409, True)


def test_an_unknown_owner_is_settled(staff, community):
    unit = cobuilding.add_unit(make.actor(community), community, {"name": "乙厂"})
    row = make.meeting(community, issued=True).resolutions.get()
    assert "待核对" in staff.get("/office/resolutions").text
    assert "1 条议定事项的责任单位待核对" in staff.get("/office").text
    cobuilding.add_unit(make.actor(community), community, {"name": "甲厂"})
    assert "甲厂" in staff.get(f"/office/resolutions/{row.id}").text
    assert staff.page.xpath("//select[@name='unit']/option[@selected]")[0].text == "甲厂"
    page = f"/office/resolutions/{row.id}"
    staff.submit(page, form="owners", unit=str(unit.id))
    assert "待核对" not in staff.get("/office/resolutions").text
    assert [(o.text, o.unit) for o in row.owners][1] == ("甲厂", unit)
    assert staff.post(f"/office/resolutions/{row.id}/owners").status_code == 400


def test_what_falls_due_is_on_today_s_page(staff, community, monkeypatch):
    row = make.meeting(community, issued=True).resolutions.get()
    assert row.text not in staff.get("/office").text
    Resolution.update(due_on=clock.today()).execute()
    assert row.text in staff.get("/office").text


def test_decisions_are_found_by_search(staff, community):
    make.meeting(community, issued=True)
    assert "优先照明改造" in staff.get("/office/search?q=照明").text


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("notice", ["关于召开联席会议", "参会回执", "请于", "（社区汇报）"]), ("sign-in", ["签到表", "应到", "市第三中学", "张桂英"]),
        ("approval", ["文稿签发单", "签发人意见"]), ("public", ["居民公开版", "部分楼栋"]),
    ],
)  # fmt: skip
def test_every_paper_of_a_meeting(staff, meeting, community, kind, words):
    cobuilding.add_unit(make.actor(community), community, {"name": "市第三中学"})
    attending.fill(make.actor(community), meeting)
    with pdfplumber.open(io.BytesIO(staff.get(f"/office/meetings/{meeting.id}/{kind}.pdf").data)) as pdf:
        text = "".join(page.extract_text() for page in pdf.pages)
    for word in words:
        assert word in text.replace("\n", "").replace(" ", ""), word
    assert ("未经签发" in text) == (kind != "sign-in")
    assert staff.get(f"/office/meetings/{meeting.id}/other.pdf").status_code == 404


def test_a_series_is_corrected_and_stale_forms_told(staff, meeting):
    path = f"/office/meetings/series/{meeting.series_id}"
    staff.get(path)
    series.change_series(make.actor(meeting.place), meeting.series, 1, {
        "name": "甲纪要", "issuing_body": "乙", "mark": "", "printed_by": "", "copies_to": [], "obliged": True,
    })  # fmt: skip
    assert staff.send(path, mark="梅").status_code == 409
    assert staff.submit(path, mark="梅").status_code == 303
    assert MeetingSeries.get().mark == "梅"
