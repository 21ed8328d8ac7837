"""The pages around a meeting: notices and receipts, seats, raw record, files, distribution, corrections, rosters."""

import io
import json

import openpyxl
import pdfplumber
import pytest

from blueprints.cobuilding import rules as cobuilding
from blueprints.meetings import parties, recording, series
from blueprints.meetings.models import Attendance, Meeting, MeetingSeries
from blueprints.meetings.recording import Write
from blueprints.meetings.states import LineKind, MeetingState, Presence
from blueprints.meetings.writings import Delivery, RecordAside, RecordLine
from blueprints.notices.models import Notice
from core import jobs
from core.access import Role
from core.records.work import Job
from tests import make
from tests.meetings.test_exchange import FILE, MEETING, changed


@pytest.fixture
def staff(client, community):
    return client.as_(make.account(community, Role.STAFF, "何静"))


@pytest.fixture
def ahead(community):
    actor = make.actor(community)
    for n in range(25):
        cobuilding.add_unit(actor, community, {"name": f"单位{n}", "liaison": f"联络{n}"})
    return make.meeting(community, days=9, seats=())


@pytest.fixture
def meeting(community):
    return make.meeting(community)


def test_units_are_chosen_and_their_links_shown_once(staff, ahead):
    path = f"/office/meetings/{ahead.id}/invitations"
    assert "还没通知" in staff.get(path).text
    answer = staff.submit(path, ("how", "list"))
    assert (answer.status_code, "请先勾选" in answer.text) == (422, True)
    seat = ahead.seats.where(Attendance.unit_text == "单位3").get()
    answer = staff.submit(path, ("how", "list"), seat=str(seat.id))
    assert answer.headers["Cache-Control"] == "no-store"
    assert "单位3联络3：定于" in answer.text
    assert "/l/" in answer.text
    assert "等回执" in staff.get(f"{path}?show=silent").text


def test_all_links_come_as_a_sheet(staff, ahead):
    staff.get(f"/office/meetings/{ahead.id}/invitations")
    token = staff.page.xpath("//input[@name='csrf_token']")[0].get("value")
    answer = staff.post(f"/office/meetings/{ahead.id}/invitations", data={"csrf_token": token, "all": "1", "how": "file"})
    rows = list(openpyxl.load_workbook(io.BytesIO(answer.data)).active.values)
    assert (len(rows), rows[1][1], "/l/" in rows[1][3]) == (26, "单位0", True)


def test_a_notice_for_each_unit_is_printed_with_its_own_code(staff, ahead):
    seats = [row.id for row in ahead.seats.where(Attendance.unit_text.in_(["单位3", "单位4"]))]
    staff.get(f"/office/meetings/{ahead.id}/invitations")
    token = staff.page.xpath("//input[@name='csrf_token']")[0].get("value")
    answer = staff.post(f"/office/meetings/{ahead.id}/invitations", data={"csrf_token": token, "seat": seats, "how": "print"})
    job = Job.select().order_by(Job.id.desc()).get()
    assert answer.location.endswith(f"/office/jobs/{job.id}")
    jobs.run(job.id)
    with pdfplumber.open(jobs.result_path(job)) as pdf:
        text = ["".join(page.extract_text().split()) for page in pdf.pages]
    assert sum("单位3：扫码" in page for page in text) == sum("单位4：扫码" in page for page in text) == 1


def test_a_receipt_on_paper_is_typed_in(staff, ahead):
    path = f"/office/meetings/{ahead.id}/invitations"
    seat = ahead.seats.where(Attendance.unit_text == "单位3").get()
    staff.get(path)
    answer = staff.send(path, form=f"/{seat.id}/answers", answer="")
    assert (answer.status_code, "请选一项" in answer.text) == (422, True)
    staff.get(path)
    assert staff.send(path, form=f"/{seat.id}/answers", answer="coming", names="王五").status_code == 303
    assert "王五" in staff.get(f"{path}?show=coming").text


def test_seats_are_ticked_page_by_page(staff, ahead):
    path = f"/office/meetings/{ahead.id}/seats"
    assert staff.get(path).text.count("<fieldset") == 20
    assert "单位24" in staff.get(f"{path}?from=20").text
    found = staff.get(f"{path}?q=单位24").text
    assert found.count('<fieldset class="seg') == 1
    seat = ahead.seats.where(Attendance.unit_text == "单位24").get()
    assert staff.send(path, **{f"presence-{seat.id}": "present", f"names-{seat.id}": "王五"}).status_code == 303
    assert Meeting.get_by_id(ahead.id).state is MeetingState.HELD
    assert "王五" in staff.get(f"{path}?show=present").text
    staff.get(path)
    assert staff.send(path, form="/guests", unit_text="", names="").status_code == 422
    staff.get(path)
    assert staff.send(path, form="/guests", unit_text="居民代表", names="丁淑芬").status_code == 303
    assert ahead.seats.where(Attendance.presence == Presence.OBSERVER).count() == 1


def test_who_came_second_to_a_row_is_told(staff, ahead):
    path = f"/office/meetings/{ahead.id}/seats"
    staff.get(path)
    Attendance.update(presence=Presence.ABSENT, version=2).where(Attendance.unit_text == "单位3").execute()
    seat = ahead.seats.where(Attendance.unit_text == "单位3").get()
    answer = staff.send(path, **{f"presence-{seat.id}": "present"})
    assert answer.status_code == 303
    assert "单位3刚才已由别人登记" in staff.get(path).text
    assert Attendance.get_by_id(seat.id).presence is Presence.ABSENT


def test_a_record_is_typed_without_a_script(staff, meeting):
    path = f"/office/meetings/{meeting.id}/record"
    item = meeting.agenda.get().id
    answer = staff.submit(path, ("more", f"add-speech:{item}"))
    assert answer.location.endswith(f"#item-{item}")
    staff.get(path)
    uid = RecordLine.get().uid
    staff.send(path, **{f"speaker.{uid}": "金阿根", f"text.{uid}": "留一侧通道"})
    assert (RecordLine.get().speaker, RecordLine.get().text) == ("金阿根", "留一侧通道")
    staff.submit(path, ("more", f"drop:{uid}"))
    assert RecordLine.get().removed
    assert "留一侧通道" not in staff.get(path).text


def test_without_a_script_too_both_texts_are_kept(staff, meeting, community):
    path = f"/office/meetings/{meeting.id}/record"
    item, other = meeting.agenda.get().id, make.actor(community, Role.STAFF)
    recording.write_down(other, meeting, [Write("a", item, LineKind.VIEW, "text", "开头")])
    staff.get(path)
    recording.write_down(other, meeting, [Write("a", item, LineKind.VIEW, "text", "别人写的", 1)])
    staff.send(path, **{"text.a": "我写的"})
    shown = staff.get(path).text
    assert "别人写的" in shown
    assert "我写的" in shown
    aside = RecordAside.get().id
    staff.send(path, ("more", f"mine:{aside}"))
    assert RecordLine.get().text == "我写的"


def test_what_is_refused_without_a_script_stays_on_the_page(staff, meeting, community):
    path = f"/office/meetings/{meeting.id}/record"
    item = meeting.agenda.get().id
    recording.write_down(make.actor(community), meeting, [Write("a", item, LineKind.VIEW, "text", "开头")])
    answer = staff.submit(path, **{"text.a": "身份证 11010519491231002X"})
    assert (answer.status_code, "身份证号码" in answer.text, "身份证 11010519491231002X" in answer.text) == (422, True, True)
    assert RecordLine.get().text == "开头"


def sync(staff, meeting, **values):
    page = staff.get(f"/office/meetings/{meeting.id}/record")
    assert page.status_code == 200
    token = staff.page.xpath("//input[@name='csrf_token']")[0].get("value")
    return staff.post(f"/office/meetings/{meeting.id}/record/sync", json=values, headers={"X-CSRFToken": token})


def typed(meeting, value, version=0):
    return {"uid": "a", "item": meeting.agenda.get().id, "kind": "speech", "field": "text", "value": value, "version": version}


def test_the_script_sends_fields_and_gets_what_others_wrote(staff, meeting, community):
    told = sync(staff, meeting, writes=[typed(meeting, "一")], since=0, item=meeting.agenda.get().id).json
    assert told["saved"] == [["a", "text", 1]]
    assert [(row["uid"], row["text"], row["who"]) for row in told["lines"]] == [("a", "一", "何静")]
    other = make.account(community, Role.STAFF, "沈兰英")
    staff.as_(other)
    told = sync(staff, meeting, writes=[typed(meeting, "二")], since=told["revision"], item=0).json
    assert told["conflicts"] == [["a", "text", 1, "一", "何静"]]
    assert told["others"] == ["何静正在写第 1 项"]
    assert sync(staff, meeting, writes=[], since=told["revision"], item=0).json["lines"] == []
    sync(staff, meeting, writes=[], since=0, item=0, dropped=[["a", "text"]])
    assert RecordAside.select().count() == 0


@pytest.mark.parametrize("values", [{"writes": [{}]}, {"writes": [1]}, {"since": "x"}, {"writes": [{"uid": 1, "kind": "x"}]}])
def test_a_message_that_makes_no_sense_is_refused(staff, meeting, values):
    assert sync(staff, meeting, **values).status_code == 400
    assert RecordLine.select().count() == 0


def test_without_its_token_nothing_is_written(staff, meeting):
    answer = staff.post(f"/office/meetings/{meeting.id}/record/sync", json={"writes": [typed(meeting, "一")]})
    assert (answer.status_code, RecordLine.select().count()) == (400, 0)


def test_the_record_is_closed_printed_signed_and_opened_again(staff, meeting, community):
    path = f"/office/meetings/{meeting.id}/record"
    staff.get(path)
    answer = staff.send(path, form="/closings")
    assert (answer.status_code, "还是空的" in answer.text) == (422, True)
    sync(staff, meeting, writes=[typed(meeting, "留一侧通道")], since=0, item=0)
    draft = staff.get(f"/office/meetings/{meeting.id}/record.pdf").data
    assert "未经签发" in "".join(page.extract_text() for page in pdfplumber.open(io.BytesIO(draft)).pages)
    staff.get(path)
    assert staff.send(path, form="/closings").status_code == 303
    staff.get(path)
    answer = staff.send(path, form="/prints")
    assert answer.location.endswith("/record.pdf")
    signed = staff.get(answer.location).data
    assert signed == staff.get(answer.location).data
    text = "".join(pdfplumber.open(io.BytesIO(signed)).pages[0].extract_text().split())
    for words in ("会议记录", "内部资料", "留一侧通道", "主持人签名", "核对码"):
        assert words in text
    told = sync(staff, meeting, writes=[typed(meeting, "改了", 1)], since=0, item=0)
    assert (told.status_code, "已经定稿" in told.json["error"]) == (409, True)
    staff.get(path)
    assert staff.send(path, form="/reopenings", reason="漏记").status_code == 303
    assert sync(staff, meeting, writes=[typed(meeting, "改了", 1)], since=0, item=0).status_code == 200


def test_the_raw_record_is_for_those_who_work_on_it(client, meeting, community):
    for role in (Role.READER, Role.MEMBER):
        client.as_(make.account(community, role))
        for path in ("record", "record.pdf", "seats", "invitations", "deliveries"):
            assert client.get(f"/office/meetings/{meeting.id}/{path}").status_code in (403, 404), (role, path)


def test_the_hour_the_meeting_ended_is_noted(staff, meeting):
    path = f"/office/meetings/{meeting.id}/record"
    staff.get(path)
    assert staff.send(path, form="/endings", ended_at="ab").status_code == 422
    staff.get(path)
    assert staff.send(path, form="/endings", ended_at="23:59").status_code == 303
    assert Meeting.get_by_id(meeting.id).ended_at is not None


def test_a_draft_out_of_the_record_is_shown_before_it_is_saved(staff, meeting):
    sync(staff, meeting, writes=[{**typed(meeting, "机制平稳"), "kind": "view"}], since=0, item=0)
    path = f"/office/meetings/{meeting.id}/edit"
    assert "按会议记录起草" in staff.get(path).text
    assert "会议认为，机制平稳。" in staff.get(f"{path}?draft=1").text
    assert "机制平稳" not in meeting.agenda.get().discussion
    assert staff.send(path).status_code == 303
    assert "会议认为，机制平稳。" in meeting.agenda.get().discussion


def test_a_file_is_looked_at_before_it_is_written(staff, community):
    cobuilding.add_unit(make.actor(community), community, {"name": "市第三中学"})
    path = "/office/meetings/files"
    answer = staff.submit(path)
    assert (answer.status_code, "请选择一份会议文件" in answer.text) == (422, True)
    staff.get(path)
    answer = staff.send(path, file=(io.BytesIO(FILE), "会议.json"))
    assert answer.status_code == 200
    for words in ("导入前看一遍", "还没有这种会议", "待核对", "部分楼栋", "施工安排在每日9:00至16:00"):
        assert words in answer.text, words
    assert Meeting.select().count() == MeetingSeries.select().count() == 0
    answer = staff.send(path, form="confirmations")
    made = Meeting.get()
    assert answer.location.endswith(f"/office/meetings/{made.id}")
    from blueprints.meetings import exchange

    assert exchange.meeting_json(made) == MEETING
    staff.get(path)
    assert "已经在系统里" in staff.send(path, file=(io.BytesIO(FILE), "会议.json")).text


def test_a_bad_file_is_told_line_by_line(staff, community):
    staff.get("/office/meetings/files")
    bad = changed(chair="沈国庆、周秀英", attendance={})
    answer = staff.send("/office/meetings/files", file=(io.BytesIO(bad), "会议.json"))
    assert answer.status_code == 422
    assert "主持人只能写一位" in answer.text
    assert "要有出席单位" in answer.text
    assert len(staff.page.xpath("//div[@id='errs']//li")) == 3


def test_a_roster_is_typed_on_a_page(staff, community):
    answer = staff.submit("/office/meetings/series/new", name="街道联席会议纪要", issuing_body="街道党工委", own_roster="own")
    path = answer.location
    answer = staff.submit(path, names=" ")
    assert (answer.status_code, "没有读到" in answer.text) == (422, True)
    assert staff.submit(path, names="市教育局，周文\n市卫生局").status_code == 303
    assert "新增 2" in staff.get(path).text
    staff.send(path, form="/departures")
    assert parties.count(MeetingSeries.get()) == 1
    units = make.meeting(community).series
    assert "成员单位" in staff.get(f"/office/meetings/series/{units.id}/roster").text


def test_minutes_are_sent_and_corrected_on_pages(staff, client, community):
    done = make.meeting(community, issued=True, copies_to=("街道党工委",))
    from blueprints.meetings import sending

    sending.list_receivers(done)
    path = f"/office/meetings/{done.id}/deliveries"
    staff.get(path)
    assert staff.send(path, ("way", "paper")).status_code == 422
    staff.get(path)
    assert staff.send(path, ("way", "paper"), delivery=str(Delivery.get().id)).status_code == 303
    assert "已送" in staff.get(path).text
    assert staff.get(f"/office/meetings/{done.id}/deliveries.pdf").data.startswith(b"%PDF")
    path = f"/office/meetings/{done.id}/corrigenda"
    answer = staff.submit(path, wrong="5幢")
    assert (answer.status_code, "5幢" in answer.text) == (422, True)
    assert staff.submit(path, wrong="5幢", right="3幢", reason="笔误").status_code == 303
    client.as_(make.account(community))
    client.get(path)
    assert client.send(path, form="/verdicts").status_code == 303
    assert "已印发" in client.get(path).text
    pdf = client.get(client.page.xpath("//a[contains(@href,'.pdf')]/@href")[0]).data
    text = "".join(pdfplumber.open(io.BytesIO(pdf)).pages[0].extract_text().split())
    assert "“5幢”更正为“3幢”" in text
    assert "更正〔" in text
    assert "有更正" in client.get(f"/meetings/{done.id}").text
    assert "纪要有更正" in client.get(f"/office/meetings/{done.id}").text


def test_a_slip_of_reminder_is_printed_with_its_link(staff, community):
    cobuilding.add_unit(make.actor(community), community, {"name": "甲厂"})
    make.meeting(community, issued=True)
    path = "/office/resolutions/reminders"
    staff.get(path)
    assert staff.send(path).status_code == 422
    staff.get(path)
    answer = staff.send(path, name="甲厂")
    text = "".join("".join(page.extract_text().split()) for page in pdfplumber.open(io.BytesIO(answer.data)).pages)
    for words in ("督办单", "甲厂：", "回复条", "扫码就能报进展"):
        assert words in text, words
    assert "上次督办" in staff.get(path).text


def test_a_notice_is_drafted_from_what_was_decided(staff, community):
    done = make.meeting(community, issued=True)
    answer = staff.submit(f"/office/meetings/{done.id}", form="announcements")
    assert answer.location.endswith(f"/office/notices/{Notice.get().id}/edit")
    assert "张桂英" not in Notice.get().body


def test_meetings_and_decisions_are_read_year_by_year(staff, community):
    new = make.meeting(community, issued=True)
    old = make.meeting_of(new.series, days=-400)
    assert f"/office/meetings/{old.id}" not in staff.get("/office/meetings").text
    assert f"/office/meetings/{old.id}" in staff.get(f"/office/meetings?year={old.year}").text
    assert staff.get("/meetings/?year=1999").status_code == 200


def test_a_series_residents_may_not_know_of_stays_inside(staff, client, community):
    done = make.meeting(community, issued=True)
    ahead = make.meeting_of(done.series, days=9, items=())
    MeetingSeries.update(open_to_residents=False).execute()
    make.actor(community)
    series.change_series(make.actor(community), MeetingSeries.get(), 1, {"name": "甲纪要", "open_to_residents": False})
    assert done.series.meeting_name not in client.get("/meetings/").text
    assert client.get(f"/meetings/{done.id}").status_code == client.get(f"/meetings/{ahead.id}.ics").status_code == 404
    assert "BEGIN:VEVENT" not in client.get("/meetings/calendar.ics").text


def test_a_file_holds_what_the_form_asks_beside(staff, meeting):
    path = f"/office/meetings/{meeting.id}/edit"
    staff.submit(path, copies="30", countersigned_by="物业公司", **{"agenda-0-kind": "application", "agenda-0-decisions-0-supervisor": "议事委员会"})
    from blueprints.meetings import exchange

    whole = exchange.meeting_json(Meeting.get_by_id(meeting.id))
    assert (whole["copies"], whole["countersigned_by"], whole["items"][0]["kind"]) == (30, "物业公司", "application")
    assert whole["items"][0]["resolutions"][0]["supervisor"] == "议事委员会"
    again = exchange.read(json.dumps(whole).encode())
    assert exchange.as_json(again) == whole
