"""Pages behind personal links: answered without an account, leaving no mark, one unit never seeing another's."""

import io
import re

import pytest

from blueprints.cobuilding import rules as cobuilding
from blueprints.meetings import calling, reminding, rules, sending
from blueprints.meetings.models import Attendance, Meeting, Resolution, ResolutionStep
from blueprints.meetings.states import MeetingState, ResolutionState, Way
from blueprints.meetings.writings import Delivery, Proposal
from core import clock
from core.access import Role
from tests import make
from tests.notices.office import workbook


@pytest.fixture
def staff(community):
    return make.actor(community, Role.STAFF)


@pytest.fixture
def ahead(community, staff):
    for name in ("市第三中学", "甲厂"):
        cobuilding.add_unit(staff, community, {"name": name})
    return make.meeting(community, days=9, seats=(), series="梅苑社区党建工作联席会议纪要")


@pytest.fixture
def links(staff, ahead):
    """The path of each unit's own page."""
    letters = calling.call(staff, ahead, [], everybody=True)
    return {letter.name: re.sub(r"^https?://[^/]+", "", letter.address) for letter in letters}


def test_a_unit_answers_and_changes_its_answer(client, ahead, links):
    school = links["市第三中学"]
    assert "请回执" in client.get(school).text
    page = f"{school}/meetings/{ahead.id}"
    answer = client.submit(page, answer="coming", names="")
    assert (answer.status_code, "谁来参加" in answer.text) == (422, True)
    assert client.submit(page, answer="coming", names="吴文斌", post="副校长").status_code == 303
    assert client.submit(page, answer="leave", reason="监考").status_code == 303
    assert "监考" in client.get(page).text
    row = ahead.seats.where(Attendance.unit_text == "市第三中学").get()
    assert (row.answer, row.reason, row.answered_by) == ("leave", "监考", "link")


def test_no_cookie_no_referrer_no_cache_no_robot(client, ahead, links):
    school = links["市第三中学"]
    for path in (school, f"{school}?mode=elder", f"{school}/meetings/{ahead.id}", f"{school}/proposals/new", f"{school}/meetings/{ahead.id}.ics"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "Set-Cookie" not in answer.headers
        assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")
        assert answer.headers["X-Robots-Tag"] == "noindex"
    assert 'class="elder"' in client.get(f"{school}?mode=elder").text
    assert f"{school}/meetings/{ahead.id}?mode=elder" in client.get(f"{school}?mode=elder").text


def test_a_browser_that_names_no_origin_may_answer(client, ahead, links):
    """A page without a referrer sends Origin: null, and older browsers send nothing that says more."""
    page = f"{links['甲厂']}/meetings/{ahead.id}"
    client.get(page)
    form = dict(client.page.forms[-1].form_values()) | {"answer": "coming", "names": "李工"}
    assert client.post(page, data=form, headers={"Origin": "null"}).status_code == 303


def test_a_link_that_ended_says_so(client, ahead, links):
    answer = client.get("/l/" + "x" * 22 + "/unit")
    assert (answer.status_code, "这个链接已经失效" in answer.text) == (404, True)
    assert "no-referrer" in answer.headers["Referrer-Policy"]


def test_a_unit_sees_and_does_only_its_own(client, community, staff, ahead, links):
    past = make.meeting(community, issued=True, copies_to=("各成员单位",))
    row = past.resolutions.get()  # 甲厂 answers for it, the school does not
    sending.list_receivers(past)
    sending.send(staff, past, [], Way.LINK, clock.today(), everybody=True)
    Delivery.delete().where(Delivery.receiver == "市第三中学").execute()
    school, factory = links["市第三中学"], links["甲厂"]
    assert client.get(f"{factory}/tasks/{row.id}").status_code == 200
    assert client.get(f"{school}/tasks/{row.id}").status_code == 404
    assert client.get(f"{school}/meetings/{past.id}/minutes.pdf").status_code == 404
    assert client.get(f"{school}/meetings/{past.id}").status_code == 404
    assert row.text not in client.get(school).text
    assert row.text in client.get(factory).text


def test_a_unit_reports_progress_by_the_slip(client, community, staff, ahead, links):
    row = make.meeting(community, issued=True).resolutions.get()
    slip = reminding.slips(staff, community, ["甲厂"])[0]
    path = re.sub(r"^https?://[^/]+", "", slip.address)
    answer = client.submit(f"{path}/tasks/{row.id}", note="已进场")
    assert answer.status_code == 422
    assert client.submit(f"{path}/tasks/{row.id}", state="under_way", note="已进场").status_code == 303
    client.get(f"{path}/tasks/{row.id}")
    sent = {"state": "done", "note": "装好了", "evidence": "验收单", "files": [(io.BytesIO(workbook("验收")), "验收单.xlsx")]}
    assert client.send(f"{path}/tasks/{row.id}", **sent).status_code == 303
    begun, done = (step.id for step in row.steps.order_by(ResolutionStep.id))
    assert client.get(f"{path}/tasks/{row.id}/steps/{done}/files/1").status_code == 200
    assert client.get(f"{path}/tasks/{row.id}/steps/{begun}/files/1").status_code == 404
    assert Resolution.get_by_id(row.id).state is ResolutionState.UNDER_WAY
    assert client.get(f"{links['市第三中学']}/tasks/{row.id}/steps/{done}/files/1").status_code == 404
    client.as_(make.account(community, Role.STAFF))
    assert "验收单.xlsx" in client.get(f"/office/resolutions/{row.id}").text
    assert client.get(f"/office/resolutions/{row.id}/steps/{done}/files/1").status_code == 200
    assert "装好了" in client.get("/office/resolutions?show=waiting").text
    assert "报来的进展待核" in client.get("/office").text
    assert client.submit(f"/office/resolutions/{row.id}", ("verdict", "agree"), form="verdicts").status_code == 303
    assert Resolution.get_by_id(row.id).state is ResolutionState.DONE


def test_the_same_form_twice_is_entered_once(client, ahead, links):
    path = f"{links['甲厂']}/proposals/new"
    client.get(path)
    form = dict(client.page.forms[-1].form_values()) | {"title": "关于停车"}
    assert client.post(path, data=form).status_code == 303
    assert client.post(path, data=form).status_code == 409
    assert Proposal.select().count() == 1
    assert "关于停车" in client.get(links["甲厂"]).text
    client.as_(make.account(ahead.place, Role.STAFF))
    assert "1 条议题建议待研究" in client.get("/office").text
    assert client.submit("/office/meetings/proposals", ("verdict", "take"), form="verdicts").status_code == 303
    assert "关于停车" in client.get(f"/office/meetings/{ahead.id}").text


def test_minutes_are_fetched_and_signed_for(client, community, staff, ahead, links):
    past = make.meeting(community, issued=True, copies_to=("各成员单位",))
    sending.list_receivers(past)
    sending.send(staff, past, [], Way.LINK, clock.today(), everybody=True)
    factory = links["甲厂"]
    assert client.get(f"{factory}/meetings/{past.id}/minutes.pdf").data.startswith(b"%PDF")
    assert Delivery.get(Delivery.receiver == "甲厂").opened_on is None  # looking consumes nothing
    assert client.submit(factory, form="receipts", name="李工").status_code == 303
    row = Delivery.get(Delivery.receiver == "甲厂")
    assert (row.opened_on, row.signed_by) == (clock.today(), "李工")
    client.as_(make.account(community, Role.STAFF))
    page = f"/office/meetings/{past.id}/deliveries"
    assert "李工" in client.get(page).text
    school = Delivery.get(Delivery.receiver == "市第三中学")
    token = client.page.find(".//input[@name='csrf_token']").get("value")
    typed = {"csrf_token": token, f"signer.{school.id}": "许桂兰", "on": clock.today().isoformat()}
    assert client.post(f"{page}/signatures", data=typed).status_code == 303
    assert Delivery.get_by_id(school.id).signed_by == "许桂兰"
    again = client.post(f"{page}/signatures", data={"csrf_token": token})
    assert (again.status_code, "请写上签收人" in again.text) == (422, True)


def test_a_meeting_called_off_is_told_behind_the_link(client, staff, ahead, links):
    rules.cancel(staff, ahead, 1, "场地停电")
    page = f"{links['甲厂']}/meetings/{ahead.id}"
    assert "场地停电" in client.get(page).text
    assert "STATUS:CANCELLED" in client.get(f"{page}.ics").text
    assert client.page.xpath("//form") == []


def test_the_chair_reads_the_draft_on_a_phone(client, community, staff):
    meeting = make.meeting(community, chair="沈国庆（书记）")
    rules.submit(staff, meeting, 1)
    client.as_(make.account(community, Role.STAFF))
    answer = client.submit(f"/office/meetings/{meeting.id}", form="chair-links")
    path = re.search(r"(/l/[\w-]{22}/draft)", answer.text)[1]
    assert answer.headers["Cache-Control"] == "no-store"
    answer = client.get(path)
    assert "优先照明改造" in answer.text
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    assert client.get(f"{path}.pdf").data.startswith(b"%PDF")
    answer = client.send(path, verdict="change", words="")
    assert (answer.status_code, "请写明理由" in answer.text) == (422, True)
    assert client.submit(path, verdict="agree").status_code == 303
    fresh = Meeting.get_by_id(meeting.id)
    assert (fresh.chair_checked_on, fresh.state) == (clock.today(), MeetingState.DRAFTED)
    assert client.submit(path, verdict="change", words="时限写到日").status_code == 200
    assert Meeting.get_by_id(meeting.id).state is MeetingState.HELD
    assert client.get(path).status_code == 404
