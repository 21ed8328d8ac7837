"""The pages of a poll: one walk through the whole ceremony, then what each page must not show or allow."""

import io
import json
import re
from pathlib import Path

import pdfplumber
import pytest

from blueprints.ballots import audit, counting, desk, irregular, publishing, roll, rules, slips
from blueprints.ballots.models import BoxKind, Poll, PollStatus, RollEntry, Scrutineer
from blueprints.home import queries as home
from blueprints.office import queries as office
from blueprints.office import today
from core.access import Role, console
from core.records.work import ImportBatch
from tests import make
from tests.ballots import ceremony
from tests.ballots.ceremony import WATCHERS

CANDIDATES = Path(__file__).parent.parent.parent / "data" / "candidates.xlsx"


@pytest.fixture
def secretary(client, community):
    return client.as_(make.account(community, Role.SECRETARY, "书记"))


def codes_in(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        text = " ".join(page.extract_text() for page in opened.pages)
    return re.findall(r"\b[0-9A-Z]{4}\b", text)


def test_the_whole_ceremony_on_the_pages(app, community, secretary):
    ceremony.representatives(community, 6)
    made = secretary.submit("/office/polls/new", title="党组织换届|委员候选人信任票", kind="trust", held_on="2026-11-23")
    poll = Poll.get()
    assert made.location == f"/office/polls/{poll.id}/edit"
    at = f"/office/polls/{poll.id}"
    assert secretary.submit(f"{at}/edit", afterwards="结果报街道党工委审查。").status_code == 303
    for name in ceremony.NAMES:
        assert secretary.submit(f"{at}/nominees", form="/nominees", name=name, post="社区党委委员").status_code == 303
    for name in (*WATCHERS, "何静"):
        assert secretary.submit(f"{at}/scrutineers", form="/scrutineers", name=name, role="scrutineer", no_kin="y").status_code == 303
    assert secretary.submit(at, form="/freezing").status_code == 303
    words = [taken_by_its_holder(secretary, at, which) for which in (1, 2, 3)] if seals(secretary, at) else []
    assert secretary.submit(f"{at}/slips", form="/slips", reserve="2").status_code == 303
    assert "还能取 10 分钟" in secretary.get(f"{at}/slips").text
    printed = secretary.send(f"{at}/slips", ("how", "save"), "/slips/file")
    assert printed.headers["Content-Disposition"].startswith("attachment")
    assert printed.headers["Cache-Control"] == "no-store"
    assert "文件已取走" in secretary.get(f"{at}/slips").text
    groups = codes_in(printed.data)
    codes = ["".join(groups[i::2][j : j + 4]) for i in (0, 1) for j in range(0, len(groups) // 2, 4)]
    assert len(set(codes)) == 8
    assert "应当是空的" in secretary.get(f"{at}/opening").text
    assert secretary.send(f"{at}/opening", form="/opening", by=list(WATCHERS)).status_code == 303
    walk_the_voting(secretary, at, Poll.get(), codes)
    walk_the_count(app, community, secretary, at, Poll.get(), words)


def seals(secretary, at):
    return secretary.submit(f"{at}/sealing", form="/sealing").location == f"{at}/key-sheets"


def taken_by_its_holder(secretary, at, which):
    """The 33 words as they stand on the sheet; the second press gets nothing, and no page shows them."""
    answer = secretary.submit(f"{at}/key-sheets", form=f"/key-sheets/{which}")
    assert answer.mimetype == "application/pdf"
    again = secretary.post(f"{at}/key-sheets/{which}", data={"csrf_token": token(secretary, f"{at}/sealing")})
    assert (again.status_code, "已经取走" in again.text) == (409, True)
    with pdfplumber.open(io.BytesIO(answer.data)) as opened:
        numbered = re.findall(r"\b(\d{1,2})\s*([a-z]{3,})\b", opened.pages[0].extract_text())
    found = " ".join(word for _number, word in sorted((int(number), word) for number, word in numbered))
    assert len(found.split()) == 33
    assert found[:30] not in secretary.get(f"{at}/key-sheets").text
    return found


def walk_the_voting(secretary, at, poll, codes):
    rows = ceremony.voters(poll)
    for row in rows[:3]:
        answer = secretary.submit(f"{at}/roll", ("tick", "slip_taken"), f"/roll/{row.id}")
        assert answer.status_code == 303
    data = {"tick": "paper_taken", "csrf_token": token(secretary, f"{at}/roll")}
    box = secretary.post(f"{at}/roll/{rows[3].id}", data=data, headers={"HX-Request": "true"})
    assert (box.status_code, "<html" in box.text, f'id="r{rows[3].id}"' in box.text) == (200, False, True)
    assert 'hx-swap-oob="true"' in box.text
    for code, marks in zip(codes, ((1, 1, 2), (1, 2, 3), (1, 3, 0)), strict=False):
        ceremony.cast(poll, code, slips.draw_nonce(), marks)
    page = secretary.get(f"/polls/{poll.id}/turnout")
    assert "4 人已投票，共 6 人" in page.text
    assert secretary.submit(at, form="/closing").status_code == 303


def uploads(client, at, file):
    return client.get(client.submit(f"{at}/nominees", form=f"candidates.{at.rpartition('/')[2]}", file=(file, "candidates.xlsx")).location)


def token(client, path):
    client.get(path)
    return client.page.xpath("//input[@name='csrf_token']/@value")[0]


def walk_the_count(app, community, secretary, at, poll, words):
    row = poll.classes.get()
    desk.add_box(console(), row, "", BoxKind.HALL)
    box = row.boxes.get()
    figures = {f"hand{row.id}-slips_left": "5", f"hand{row.id}-paper_printed": "3", f"hand{row.id}-paper_left": "2"}
    assert secretary.submit(f"{at}/desk", form=f"/figures/{row.id}", **figures).status_code == 303
    entry = {"recovered": "1", "valid": "1", "void": "0", "r0-0": "1", "r1-0": "1", "r2-2": "1"}
    assert secretary.submit(f"{at}/box/{box.id}", form="", **entry).status_code == 303
    teller = app.test_client().as_(make.account(community, Role.STAFF, "干事"))
    differs = teller.submit(f"{at}/box/{box.id}", form="", **(entry | {"r2-2": "0", "r2-1": "1"}))
    assert (differs.status_code, "两遍不一致" in differs.text, "“任远”" in differs.text) == (422, True, True)
    assert teller.submit(f"{at}/box/{box.id}", form="", **entry).status_code == 303
    wrong = secretary.submit(f"{at}/unsealing", form="", first=words[0], second=words[0])
    assert (wrong.status_code, "同一张密钥单" in wrong.text) == (422, True)
    assert secretary.submit(f"{at}/unsealing", form="", first=words[0], second=words[2]).status_code == 303
    assert secretary.submit(at, form="/count").status_code == 303
    assert "对不上" not in secretary.get(f"{at}/equations").text
    assert secretary.submit(f"{at}/equations", form="/signature", by=list(WATCHERS)).status_code == 303
    assert "王秋实" in secretary.get(f"{at}/results").text
    issued = secretary.submit(f"{at}/papers", form="/prints/reports")
    again = secretary.get(issued.location)
    assert again.mimetype == "application/pdf"
    assert again.data == secretary.get(f"{at}/reports.pdf").data
    assert secretary.submit(at, form="/publication").status_code == 303
    public = secretary.get(f"/polls/{poll.id}").text
    assert "过半：王秋实。" in public
    assert "4 票" not in public
    assert secretary.get(f"/polls/{poll.id}/result.json").status_code == 404
    assert "异议期到" in secretary.get(at).text
    Poll.update(objections_until=None).execute()
    assert secretary.submit(at, form="/archive").status_code == 303
    burnt = secretary.submit(at, form="/destruction", note="当众烧毁", by=list(WATCHERS), burnt=["1", "3"])
    assert burnt.status_code == 303
    assert secretary.get(at).status_code == 200


def test_the_candidates_sheet_is_shown_before_it_is_written(community, secretary):
    ceremony.draft(community, names=())
    at = f"/office/polls/{Poll.get().id}"
    with open(CANDIDATES, "rb") as file:
        preview = uploads(secretary, at, file)
    assert "彭正" in preview.text
    assert Poll.get().nominees.count() == 0
    assert secretary.send("", form="/confirmation").status_code == 303
    assert Poll.get().nominees.count() == 9
    with open(CANDIDATES, "rb") as file:
        again = uploads(secretary, at, file)
    assert "没有要写入的" in again.text
    batch = ImportBatch.get()
    secretary.submit(f"/office/imports/batches/{batch.id}", form="undo")
    assert Poll.get().nominees.count() == 0


def test_candidates_are_taken_in_while_a_poll_is_in_draft_and_for_that_poll(community, secretary):
    poll = ceremony.draft(community)
    assert secretary.get(f"/office/imports/candidates.{poll.id}").status_code == 200
    for kind in ("candidates", f"candidates.{poll.id + 1}", "candidates.x", f"members.{poll.id}"):
        assert secretary.get(f"/office/imports/{kind}").status_code == 404
    with open(CANDIDATES, "rb") as file:
        uploads(secretary, f"/office/polls/{poll.id}", file)
    before = sorted(row.name for row in poll.nominees)
    secretary.get(secretary.send("", form="/confirmation", remove_missing="1").location)
    assert len(set(before) & {row.name for row in poll.nominees}) == 0
    secretary.submit(f"/office/imports/batches/{ImportBatch.get().id}", form="undo")
    assert sorted(row.name for row in poll.nominees) == before
    rules.freeze(make.actor(community), ceremony.watched(poll))
    assert secretary.get(f"/office/imports/candidates.{poll.id}").status_code == 404


def test_a_refused_step_says_why_on_the_polls_own_page(community, secretary):
    poll = ceremony.draft(community, names=())
    answer = secretary.submit(f"/office/polls/{poll.id}", form="/freezing")
    assert (answer.status_code, "还没有候选人" in answer.text) == (422, True)


def test_a_poll_does_not_open_in_debug_mode(app, community, secretary, monkeypatch):
    meeting = ceremony.sealed(community)
    monkeypatch.setattr(app, "debug", True)
    answer = secretary.submit(f"/office/polls/{meeting.poll.id}/opening", form="/opening")
    assert (answer.status_code, "调试模式" in answer.text) == (409, True)


def test_a_candidate_is_refused_as_scrutineer(community, secretary):
    poll = ceremony.draft(community)
    answer = secretary.submit(f"/office/polls/{poll.id}/scrutineers", form="/scrutineers", name="王秋实", role="chief", no_kin="y")
    assert (answer.status_code, "王秋实是候选人，不能担任总监票人" in answer.text) == (422, True)


def test_a_scrutineers_account_sees_its_own_poll_and_no_other(app, community):
    own, other = ceremony.draft(community), ceremony.draft(community)
    account = make.account(community, Role.SCRUTINEER, "沈兰英")
    ceremony.nominees.appoint(console(), own, "沈兰英", ceremony.ScrutineerRole.SCRUTINEER, True, account)
    browser = app.test_client().as_(account)
    assert browser.get(f"/office/polls/{own.id}").status_code == 200
    assert browser.get(f"/office/polls/{other.id}").status_code == 404
    assert str(other.id) not in re.findall(r"/office/polls/(\d+)", browser.get("/office/polls").text)


def test_before_the_opening_no_page_shows_a_choice(community, secretary):
    meeting = ceremony.running(community, names=(*ceremony.NAMES,))
    meeting.votes(1, 1, 1)
    rules.close_voting(console(), meeting.poll)
    for path in ("", "/results", "/equations", "/desk", "/roll"):
        page = secretary.get(f"/office/polls/{meeting.poll.id}{path}")
        assert page.status_code == 200
        assert not re.search(r"信任\s*<b>1|class=\"stack\"", page.text)
    assert "还没有计票" in secretary.get(f"/office/polls/{meeting.poll.id}/results").text


def test_a_receipt_is_found_in_the_box(community, client):
    meeting = ceremony.running(community)
    receipt = meeting.votes(1, 1, 1)
    rules.close_voting(console(), meeting.poll)
    meeting.desk(slips_left=len(meeting.codes))
    meeting.opens_the_box()
    at = f"/polls/{meeting.poll.id}"
    assert "的票在票箱里" in client.submit(at, form="/receipts", receipt=receipt.lower()).text
    assert "没有这张凭据" in client.submit(at, form="/receipts", receipt="0" * 20).text
    assert client.submit(at, form="/receipts", receipt="12").status_code == 422


def test_counts_are_public_only_where_the_poll_says_so(community, client):
    meeting = ceremony.counted(community, show_counts=True, ballots=((1, 1, 2), (1, 2, 3), (1, 3, 0), (1, 1, 1), (2, 1, 1)))
    counting.sign(console(), meeting.poll, WATCHERS)
    assert "王秋实：信任" not in client.get(f"/polls/{meeting.poll.id}").text
    publishing.publish(console(), meeting.poll)
    assert "王秋实：信任 4 票" in client.get(f"/polls/{meeting.poll.id}").text
    assert json.loads(client.get(f"/polls/{meeting.poll.id}/result.json").data)["digest"] == meeting.poll.digest


def test_counts_of_fewer_than_five_ballots_are_never_public(community, client):
    meeting = ceremony.counted(community, show_counts=True)
    counting.sign(console(), meeting.poll, WATCHERS)
    publishing.publish(console(), meeting.poll)
    page = client.get(f"/polls/{meeting.poll.id}").text
    assert "过半：王秋实。" in page
    assert "3 票" not in page
    assert client.get(f"/polls/{meeting.poll.id}/result.json").status_code == 404


def test_a_resident_reads_why_and_what_not(community, client):
    page = client.get("/polls/secrecy")
    text = "".join(client.page.xpath("//main//h2//text() | //main//p[not(contains(@class, 'links'))]//text()"))
    assert len(re.sub(r"\s", "", text)) <= 230
    assert page.text.count('class="pic"') == 4
    assert "/polls/limits" in page.text
    assert "九成九" in client.get("/polls/limits").text
    assert client.get("/polls/secrecy?mode=elder").status_code == 200


def test_the_front_door_leads_to_the_vote_only_while_one_can_vote(community, client):
    meeting = ceremony.sealed(community)
    assert "凭票码" not in client.get("/").text
    rules.open_voting(console(), meeting.poll)
    front = client.get("/")
    assert "凭票码，仅限居民代表" in front.text
    assert 'href="/vote"' in front.text
    assert [door.endpoint for door in home.doors(community)][-1] == "/vote"
    irregular.cancel(console(), meeting.poll, "会议改期", WATCHERS)
    assert "凭票码" not in client.get("/").text


def test_polls_before_their_opening_are_nobodys_business(community, client):
    meeting = ceremony.sealed(community)
    for path in ("", "/turnout"):
        assert client.get(f"/polls/{meeting.poll.id}{path}").status_code == 404
    assert client.get("/polls/").status_code == 200


def test_the_next_step_is_due_and_found(community):
    meeting = ceremony.closed(community)
    actor = make.actor(community)
    rows = [due for due in today.rows_of(actor, community) if due.area == "投票"]
    assert [(due.verb, due.url) for due in rows] == [("去开箱", f"/office/polls/{meeting.poll.id}")]
    assert [hit.url for hit in office.search(actor, community, "方可")["投票"]] == [f"/office/polls/{meeting.poll.id}"]


def test_a_slip_that_came_back_no_longer_votes(community, secretary):
    meeting = ceremony.running(community)
    at, code = f"/office/polls/{meeting.poll.id}/returns", meeting.codes.pop()
    assert secretary.submit(at, form="", code=code.lower(), act="surrender").status_code == 303
    again = secretary.submit(at, form="", code=code, act="surrender")
    assert (again.status_code, "已换领纸质选票" in again.text) == (409, True)
    with pytest.raises(Exception, match="已换领纸质选票"):
        ceremony.cast(meeting.poll, code, bytes(12), (1, 1, 1))


def test_the_roll_says_who_took_a_slip_and_never_which(community, secretary):
    meeting = ceremony.running(community)
    row = meeting.ticks(slip_taken=True)
    page = secretary.get(f"/office/polls/{meeting.poll.id}/roll?show=here").text
    assert row.name in page
    assert page.count("<tr id=") == 1
    assert secretary.get(f"/office/polls/{meeting.poll.id}/roll?q={row.name}").text.count("<tr id=") == 1


def test_after_a_restore_the_page_asks_for_two_scrutineers(community, secretary):
    meeting = ceremony.running(community)
    Poll.update(generation="another life").where(Poll.id == meeting.poll.id).execute()
    at = f"/office/polls/{meeting.poll.id}"
    assert "已中断" in secretary.get(at).text
    refused = secretary.send(at, form="/resumption", used_slips="0", by=["沈兰英"])
    assert (refused.status_code, "两名监票人" in refused.text) == (422, True)
    assert secretary.submit(at, form="/resumption", used_slips="0", by=list(WATCHERS)).status_code == 303
    assert Poll.get_by_id(meeting.poll.id).status is PollStatus.OPEN


def test_excluded_voters_are_out_of_the_count(community, secretary):
    poll = ceremony.draft(community)
    row = RollEntry.get()
    assert secretary.submit(f"/office/polls/{poll.id}/roll", form=f"/roll/{row.id}/exclusion", reason="卧病在床").status_code == 303
    assert roll.entitled(poll.classes.get()) == 5
    assert "不计入：卧病在床" in secretary.get(f"/office/polls/{poll.id}/roll").text


def test_papers_open_in_every_state(community, secretary):
    meeting = ceremony.counted(community)
    assert Scrutineer.select().count() == 3
    for paper in ("ballots", "profiles", "roll", "record", "tally", "reports", "result", "announcement", "board", "returns", "report-up"):
        answer = secretary.get(f"/office/polls/{meeting.poll.id}/{paper}.pdf")
        assert (answer.status_code, answer.mimetype) == (200, "application/pdf"), paper
    assert secretary.get(f"/office/polls/{meeting.poll.id}/envelope.zip").mimetype == "application/zip"
    assert secretary.submit(f"/office/polls/{meeting.poll.id}", form="/cancellation", reason="x").status_code == 422


def test_a_tick_can_be_taken_back(community, secretary):
    meeting = ceremony.running(community)
    row = ceremony.voters(meeting.poll)[0]
    at = f"/office/polls/{meeting.poll.id}/roll"
    secretary.submit(at, ("tick", "slip_taken"), f"/roll/{row.id}")
    assert ceremony.voters(meeting.poll)[0].slip_taken
    secretary.submit(at, ("tick", "slip_taken!"), f"/roll/{row.id}")
    assert not ceremony.voters(meeting.poll)[0].slip_taken
    secretary.submit(at, ("tick", "signed_in!"), f"/roll/{row.id}")
    assert not ceremony.voters(meeting.poll)[0].signed_in


def test_the_chance_of_audit_slips_is_told(community, secretary):
    assert [audit.chance(count, 20) for count in (0, 1, 10, 20)] == [0, 20, 89, 98]
    meeting = ceremony.closed(community)
    assert "已登记 0 张" in secretary.get(f"/office/polls/{meeting.poll.id}/audits").text


def ticked(client):
    return client.page.xpath("//input[@name='by'][@checked]/@value")


def test_a_refused_signature_says_why_and_loses_nothing(community, secretary):
    meeting = ceremony.closed(community)
    meeting.opens_the_box()
    counting.count(console(), meeting.poll)
    at = f"/office/polls/{meeting.poll.id}/equations"
    one = secretary.submit(at, form="/signature", by=[WATCHERS[0]], remark="两人已核对")
    assert (one.status_code, "要有两名监票人在场确认" in one.text, "两人已核对" in one.text) == (422, True, True)
    assert ticked(secretary) == [WATCHERS[0]]
    assert secretary.submit(at, form="/signature", by=list(WATCHERS), remark="两人已核对").status_code == 303


def test_a_refused_step_keeps_what_was_typed_in_its_own_form_and_no_other(community, secretary):
    meeting = ceremony.closed(community)
    at = f"/office/polls/{meeting.poll.id}"
    assert secretary.submit(at, form="/cancellation", reason="停电", by=[WATCHERS[1]]).status_code == 422
    assert ticked(secretary) == [WATCHERS[1]]
    assert secretary.page.xpath("//details[@open]//input[@name='reason']/@value") == ["停电"]
    assert secretary.page.xpath("//details[not(@open)]//input[@name='reason']/@value") == [""]
    assert secretary.submit(at, form="/cancellation", reason="停电", by=list(WATCHERS)).status_code == 303
