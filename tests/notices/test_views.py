"""The pages of notices, for residents and for the office."""

import io
import re
from datetime import date

import pikepdf
import pytest
from lxml import etree

from blueprints.notices import rules
from blueprints.notices.models import Notice, NoticeAttachment, NoticeKind, NoticeState, NoticeUnsaved
from blueprints.suggestions.models import Suggestion
from core import clock
from core.access import Role
from core.records.papers import IssuedPaper, PaperState
from tests import make
from tests.notices.office import clerk, draft, fresh, publish, published, set_clock

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def writer(app, community):
    return app.test_client().as_(make.account(community, Role.STAFF))


@pytest.fixture
def secretary(app, community):
    return app.test_client().as_(make.account(community))


def number_of(answer):
    return int(re.search(r"/notices/(\d+)", answer.location)[1])


def test_residents_see_only_what_was_published(client, community):
    hidden = draft(clerk(community), community, title="还没有发布的公示")
    waiting = rules.approve(make.actor(community), rules.submit(clerk(community), draft(clerk(community), community)))
    shown = published(community, title="已经发布的公示")
    listed = client.get("/notices/").text
    assert "已经发布的公示" in listed
    assert "还没有发布的公示" not in listed
    assert client.get(f"/notices/{shown.id}").status_code == 200
    for notice in (hidden, waiting):
        for path in ("", ".pdf", "/result.pdf", "/attachments/1"):
            assert client.get(f"/notices/{notice.id}{path}").status_code == 404


def test_another_community_s_notice_is_not_found(client, community):
    notice = published(community)
    make.community("兰苑社区")
    assert client.get(f"/c/c2/notices/{notice.id}").status_code == 404
    assert "关于拟接收" not in client.get("/c/c2/notices/").text


def test_what_was_typed_runs_no_script(client, community):
    body = "<script>alert(1)</script>\n<img src=x onerror=alert(2)>\n[点我](javascript:alert(3))\n**粗** | 尾"
    notice = published(community, title="关于<b>公示</b>的公示", body=body)
    client.get(f"/notices/{notice.id}")
    paper = client.page.find(".//article")
    assert paper.xpath(".//script | .//img | .//b | .//*[@onerror] | .//a[starts-with(@href, 'javascript')]") == []
    assert paper.findtext(".//strong") == "粗"


def test_tables_lists_and_paragraphs_stand_as_typed(client, community):
    body = "第一段。\n第二段。\n| 姓名 | 支部 |\n|---|:-:|\n| 沈兰英 | 第二党支部 |\n- 甲\n- 乙"
    client.get(f"/notices/{published(community, body=body).id}")
    paper = client.page.find(".//article")
    assert [p.text for p in paper.findall(".//div/p")][:2] == ["第一段。", "第二段。"]
    assert [td.text for td in paper.iter("td")] == ["沈兰英", "第二党支部"]
    assert [li.text for li in paper.iter("li")] == ["甲", "乙"]
    assert paper.xpath(".//*[@style]") == []


def test_the_rail_shows_the_day(client, community, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19)
    notice = published(community)
    set_clock(monkeypatch, 2026, 11, 23)
    assert "第 3 天，还剩 2 天" in client.get(f"/notices/{notice.id}").text
    assert [li.get("class") or "" for li in client.page.find_class("days")[0]] == ["done", "done", "now", "", ""]
    assert "公示第 3 天，共 5 天" in client.get("/").text
    set_clock(monkeypatch, 2026, 11, 26)
    page = client.get(f"/notices/{notice.id}").text
    assert "公示已结束" in page
    assert "提出异议" not in page
    assert "公示第" not in client.get("/").text


def test_list_filters_search_and_pages(client, community, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19)
    for number in range(22):
        published(community, NoticeKind.ANNOUNCEMENT, title=f"第{number}号停水公告")
    running = published(community, title="正在进行的公示")
    assert len(client.get("/notices/").text.split("号停水公告")) - 1 == 20
    assert len(client.get("/notices/?show=ended").text.split("号停水公告")) - 1 == 20
    assert len(client.get("/notices/?page=2").text.split("号停水公告")) - 1 == 2
    assert "正在进行" not in client.get("/notices/?page=2").text
    assert client.get("/notices/?show=running").text.count("<h3") == 1
    assert "正在进行" not in client.get("/notices/?kind=announcement").text
    assert "第7号停水公告" in client.get("/notices/?q=7号停水").text
    assert f"/notices/{running.id}" in client.get("/notices/?q=进行&show=party").text
    assert "没有找到公示" in client.get("/notices/?q=不存在的词").text
    for odd in ("?page=-3", "?page=99999", "?show=%27", "?kind=x&q=%25_"):
        assert client.get(f"/notices/{odd}").status_code == 200


def test_public_pages_are_kept_until_something_changes(client, community):
    notice = published(community)
    first = client.get(f"/notices/{notice.id}")
    assert "Set-Cookie" not in first.headers
    same = client.get(f"/notices/{notice.id}", headers={"If-None-Match": first.headers["ETag"]})
    assert same.status_code == 304
    rules.withdraw(make.actor(community), notice, "名单有误")
    after = client.get(f"/notices/{notice.id}", headers={"If-None-Match": first.headers["ETag"]})
    assert "名单有误" in after.text


def test_what_was_withdrawn_keeps_its_title_and_loses_its_words(client, community):
    notice = published(community, body="这些字不该再看到。")
    rules.withdraw(make.actor(community), notice, "名单有误")
    page = client.get(f"/notices/{notice.id}").text
    assert "名单有误" in page
    assert "这些字不该再看到" not in page
    assert "已撤回" in client.get("/notices/").text
    assert client.get(f"/notices/{notice.id}.pdf").status_code == 404


def test_what_was_corrected_stays_readable_and_leads_on(client, community):
    old = published(community, body="原来的文字。")
    new = rules.revise(clerk(community), rules.correct(clerk(community), old), 1, body="新的文字。", correction="改了一处。")
    new = publish(community, rules.submit(clerk(community), new))
    page = client.get(f"/notices/{old.id}").text
    assert "原来的文字。" in page
    assert f'href="/notices/{new.id}"' in page
    assert "提出异议" not in page
    assert "改了一处" in client.get(f"/notices/{new.id}").text


def test_the_feed_is_valid_and_holds_no_draft(client, community):
    draft(clerk(community), community, title="还没有发布")
    published(community, title="甲 & 乙|的<公示>", body="正文 <script>alert(1)</script> & 完。")
    answer = client.get("/notices/feed.atom")
    assert answer.mimetype == "application/atom+xml"
    feed = etree.fromstring(answer.data)
    assert feed.tag == f"{ATOM}feed"
    assert [feed.findtext(f"{ATOM}{name}") is not None for name in ("id", "title", "updated")] == [True] * 3
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["甲 & 乙的<公示>"]
    assert entries[0].findtext(f"{ATOM}id").startswith("http://localhost/notices/")
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", entries[0].findtext(f"{ATOM}updated"))
    content = etree.HTML(entries[0].findtext(f"{ATOM}content"))
    assert content.xpath("//script") == []
    assert "<script>alert(1)</script>" in "".join(content.itertext())


def feed_of(client):
    """Title → (updated, words) of each entry."""
    found = {}
    for entry in etree.fromstring(client.get("/notices/feed.atom").data).findall(f"{ATOM}entry"):
        words = entry.findtext(f"{ATOM}content") or entry.findtext(f"{ATOM}summary")
        found[entry.findtext(f"{ATOM}title")] = entry.findtext(f"{ATOM}updated"), words
    return found


def test_who_follows_the_feed_learns_what_became_of_a_notice(client, community, monkeypatch):
    """Readers fetch an entry again only when it says that it was updated."""
    set_clock(monkeypatch, 2026, 11, 19)
    _same, wrong, gone, old = (published(community, title=title) for title in ("不变的", "有错的", "撤回的", "有结果的"))
    published(community, NoticeKind.RELIEF, title="救助公示", body="张某某，低保")
    before = feed_of(client)
    assert "张某某" not in before["救助公示"][1]
    assert len({updated for updated, _words in before.values()}) == 1
    set_clock(monkeypatch, 2026, 11, 26)
    new = publish(community, rules.submit(clerk(community), rules.revise(
        clerk(community), rules.correct(clerk(community), wrong), 1, body="改过的话", correction="错一个字。")))  # fmt: skip
    rules.withdraw(make.actor(community), gone, "名单有误")
    rules.conclude(clerk(community), old, "按规定进入下一程序。")
    after = feed_of(client)
    assert after["不变的"] == before["不变的"]
    assert "救助公示" not in after  # its period is over
    for title, was, words in (
        ("有错的（已更正）", "有错的", "请以新的为准"), ("撤回的（已撤回）", "撤回的", "名单有误"), ("有结果的", "有结果的", "公示期内未收到异议")
    ):
        assert after[title][0] > before[was][0], title
        assert words in after[title][1], title
    assert f"/notices/{new.id}" in after["有错的（已更正）"][1]
    assert "错一个字" in after["有错的"][1]


def test_an_empty_feed_is_valid_too(client):
    feed = etree.fromstring(client.get("/notices/feed.atom").data)
    assert feed.findtext(f"{ATOM}updated")


def test_from_draft_to_paper(writer, secretary, client, community):
    assert "/office/notices/new?kind=admission" in writer.get("/office/notices/new").text
    answer = writer.submit("/office/notices/new?kind=admission", form="/office/notices")
    number = number_of(answer)
    path = f"/office/notices/{number}"
    assert "还有“×××”没有填" in writer.get(path).text
    writer.submit(f"{path}/edit", form="edit", title="关于拟接收|李明同志的公示", body="拟接收李明同志。", phone="5550-0186")
    writer.submit(path, form="submissions")
    assert "等另一位有审核权的同事" in writer.get(path).text
    assert "去审核" in secretary.get("/office").text
    secretary.submit(path, form="approvals")
    assert secretary.submit(path, form="publications").status_code == 303
    notice = Notice.get_by_id(number)
    paper = IssuedPaper.get()
    assert (notice.state, notice.number, paper.number, paper.subject_id) == ("published", notice.number, notice.number, number)
    assert client.get(f"/notices/{number}.pdf").data == bytes(paper.content.content)
    assert paper.code in secretary.get(path).text
    assert "现行有效" in client.get(f"/check/{paper.code}").text


def test_a_text_that_may_not_go_out_is_refused_where_it_stands(writer, community):
    notice = draft(clerk(community), community, body="证件号11010519491231002X。")
    answer = writer.submit(f"/office/notices/{notice.id}", form="submissions")
    assert answer.status_code == 422
    assert "身份证" in answer.text
    assert fresh(notice).state is NoticeState.DRAFT


def test_a_stale_editor_keeps_what_was_typed(writer, community):
    notice = draft(clerk(community), community)
    path = f"/office/notices/{notice.id}/edit"
    writer.get(path)
    rules.revise(clerk(community), notice, 1, title="别人改的标题")
    answer = writer.send(path, form="edit", title="我写的另一个标题")
    assert answer.status_code == 409
    assert "我写的另一个标题" in answer.text
    assert fresh(notice).title == "别人改的标题"
    writer.send(path, form="edit")
    assert fresh(notice).title == "我写的另一个标题"


def test_a_form_with_errors_keeps_what_was_typed(writer, community):
    notice = draft(clerk(community), community)
    answer = writer.submit(f"/office/notices/{notice.id}/edit", form="edit", title="", body="写了很久的正文")
    assert answer.status_code == 422
    assert "写了很久的正文" in answer.text


def test_typing_is_kept_by_htmx_and_offered_again(writer, community):
    notice = draft(clerk(community), community)
    path = f"/office/notices/{notice.id}"
    writer.get(f"{path}/edit")
    token = writer.page.xpath("//input[@name='csrf_token']")[0].get("value")
    answer = writer.post(f"{path}/unsaved", data={"csrf_token": token, "title": "打到一半", "days": "5", "version": "1"},
                         headers={"HX-Request": "true"})  # fmt: skip
    assert answer.status_code == 200
    assert answer.text.lstrip().startswith('<p id="saved"')
    assert "csrf_token" not in NoticeUnsaved.get().values
    assert fresh(notice).title != "打到一半"
    assert "打到一半" in writer.get(f"{path}/edit").text
    writer.send(f"{path}/edit", form="removal")
    assert "打到一半" not in writer.get(f"{path}/edit").text


def test_an_approval_of_words_changed_meanwhile_is_refused(secretary, community):
    notice = rules.submit(clerk(community), draft(clerk(community), community))
    path = f"/office/notices/{notice.id}"
    secretary.get(path)
    changed = rules.revise(clerk(community), notice, notice.version, body="别的文字")
    rules.submit(clerk(community), changed)
    answer = secretary.send(path, form="approvals")
    assert answer.status_code == 409
    assert fresh(notice).state is NoticeState.SUBMITTED


def test_attachments_go_up_and_come_down_under_their_name(writer, client, community):
    notice = draft(clerk(community), community)
    path = f"/office/notices/{notice.id}"
    writer.submit(path, form="attachments", file=(io.BytesIO(pdf()), "简要事迹.pdf"))
    refused = writer.submit(path, form="attachments", file=(io.BytesIO(b"<html>"), "页面.pdf"))
    assert (refused.status_code, NoticeAttachment.select().count()) == (422, 1)
    notice = publish(community, rules.submit(clerk(community), fresh(notice)))
    answer = client.get(f"/notices/{notice.id}/attachments/1")
    assert (answer.data, answer.mimetype) == (pdf(), "application/pdf")
    assert "%E7%AE%80%E8%A6%81%E4%BA%8B%E8%BF%B9.pdf" in answer.headers["Content-Disposition"]
    assert client.get(f"/notices/{notice.id}/attachments/1", headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert client.get(f"/notices/{notice.id}/attachments/2").status_code == 404


def pdf():
    file = io.BytesIO()
    document = pikepdf.new()
    document.add_blank_page()
    document.save(file, deterministic_id=True)
    return file.getvalue()


def test_objections_postings_and_the_result(app, client, community, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19)
    writer = app.test_client().as_(make.account(community, Role.STAFF))
    notice = published(community)
    path = f"/office/notices/{notice.id}"
    writer.submit(path, form="objections", **{"objection-channel": "call", "objection-note": "程序不清楚"})
    writer.submit(path, form="postings", **{"posting-spots": "公告栏\n北门", "posting-posted_by": "王莉"})
    wrong = writer.submit(path, form="postings", **{"posting-spots": "公告栏", "posting-posted_by": "王莉", "posting-posted_on": "2026-12-01"})
    assert wrong.status_code == 422
    objection = notice.objections.get()
    writer.submit(path, form=f"objections/{objection.id}", finding="not_upheld", note="已当面说明")
    set_clock(monkeypatch, 2026, 11, 26)
    assert "登记结果" in writer.get("/office").text
    writer.submit(path, form="results", conclusion="收到异议1件，不成立。")
    writer.submit(path, form="removals", ids=[str(row.id) for row in notice.postings])
    assert {row.removed_on for row in notice.postings} == {date(2026, 11, 26)}
    shown = client.get(f"/notices/{notice.id}").text
    assert "收到异议1件" in shown
    assert "收到异议1件，不成立。" in shown
    assert "已当面说明" not in shown


def test_an_objection_through_the_box_counts(app, client, community, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19)
    account = make.account(community, Role.STAFF, "张三")
    writer, concerned = app.test_client().as_(make.account(community)), app.test_client().as_(account)
    notice = published(community, title="关于评选张三的公示")
    client.get(f"/notices/{notice.id}")
    form = client.page.xpath("//a[contains(., '提出异议')]/@href")[0]
    monkeypatch.setattr("blueprints.suggestions.forms.FEWEST_SECONDS", float("-inf"))
    assert "关于评选张三的公示" in client.get(form).text
    answer = client.send(form, text="评选程序没有公开，请核实。", about="张三")
    assert answer.status_code == 200, answer.text
    row = Suggestion.get()
    assert (row.kind, row.subject_kind, row.subject_id) == ("objection", "notice", notice.id)
    path = f"/office/notices/{notice.id}"
    assert "异议 1 件" in writer.get(path).text
    assert "异议 0 件" in concerned.get(path).text
    assert f'href="{path}"' in writer.get(f"/office/suggestions/{row.number}").text
    set_clock(monkeypatch, 2026, 11, 26)
    rules.conclude(clerk(community), notice, "异议不成立。")
    assert "收到异议1件" in client.get(f"/notices/{notice.id}").text
    assert "提意见" in client.get(form).text  # the period is over: the open form, without objections


def test_withdrawal_is_for_those_who_approve(writer, secretary, community):
    notice = published(community)
    path = f"/office/notices/{notice.id}"
    assert "withdrawals" not in writer.get(path).text
    assert secretary.submit(path, form="withdrawals", reason="").status_code == 422
    secretary.submit(path, form="withdrawals", reason="名单有误")
    assert fresh(notice).state is NoticeState.WITHDRAWN


def test_a_correction_from_the_desk(writer, secretary, community):
    notice = published(community)
    secretary.submit(f"/office/notices/{notice.id}", form="prints", paper="notice")
    number = number_of(writer.submit(f"/office/notices/{notice.id}", form="corrections"))
    path = f"/office/notices/{number}"
    writer.submit(f"{path}/edit", form="edit", correction="“张山”应为“张三”。")
    writer.submit(path, form="submissions")
    secretary.submit(path, form="approvals")
    secretary.submit(path, form="publications")
    papers = list(IssuedPaper.select().order_by(IssuedPaper.id))
    assert [paper.state for paper in papers] == [PaperState.CORRECTED, PaperState.CURRENT]
    assert papers[0].replaced_by_id == papers[1].id


def test_home_finds_the_stairwell_and_the_office_list_narrows(client, writer, community):
    make.member(community)
    assert client.get("/?stairwell=3-2").location.endswith("/boards/3-2")
    published(community, title="已发布的")
    draft(clerk(community), community, title="没写完的")
    listed = writer.get("/office/notices?state=draft").text
    assert "没写完的" in listed
    assert "已发布的" not in listed
    assert "没写完的" in writer.get("/office/search?q=写完").text


def test_a_notice_published_after_midnight_belongs_to_the_office_s_day(community, monkeypatch):
    set_clock(monkeypatch, 2026, 11, 19, hour=0)
    notice = published(community)
    assert (notice.starts_on, clock.local(notice.published_at).date()) == (date(2026, 11, 19), date(2026, 11, 19))


def test_what_runs_stands_first_and_the_years_can_be_leafed_through(client, community, monkeypatch):
    set_clock(monkeypatch, 2025, 11, 19)
    old = published(community, NoticeKind.ANNOUNCEMENT, title="去年的公告")
    set_clock(monkeypatch, 2026, 11, 19)
    running = published(community, title="正在进行的公示")
    new = published(community, NoticeKind.ANNOUNCEMENT, title="今年的公告")
    text = client.get("/notices/").text
    places = [text.index(f"/notices/{one.id}\"") for one in (running, new, old)]
    assert places == sorted(places)
    assert text.count(f"/notices/{running.id}\"") == 1
    leafed = client.get("/notices/?year=2025").text
    assert "去年的公告" in leafed
    assert "今年的公告" not in leafed


def test_a_cell_says_what_its_column_is_called(client, community):
    body = "名单如下：\n| 姓名 | 支部 |\n| 沈兰英 | 第二党支部<script> |\n"
    text = client.get(f"/notices/{published(community, body=body).id}").text
    assert '<td data-label="姓名">沈兰英</td><td data-label="支部">第二党支部&lt;script&gt;</td>' in text.replace("\n", "")
