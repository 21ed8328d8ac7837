"""The pages of boards."""

import io

import openpyxl
import pdfplumber
import pytest
from PIL import Image

from blueprints.boards import hanging, issuing, posting, rules
from blueprints.boards.models import Commitment, PostingLog
from blueprints.boards.posters import Posters
from blueprints.people import photos
from core import clock
from core.access import Role
from core.records.papers import IssuedPaper
from core.records.work import Job
from tests import make
from tests.counting import selects, statements


@pytest.fixture
def promise(community):
    return rules.propose(make.actor(community), make.member(community, "钱<b>多多"), "每周清扫楼道一次")


@pytest.fixture
def secretary(client, community):
    return client.as_(make.account(community))


def test_bulk_review_and_publication(secretary, promise):
    secretary.submit("/office/boards/commitments?state=proposed", form="reviews", ids=str(promise.id))
    answer = secretary.submit("/office/boards/commitments?state=approved", form="publications", ids=str(promise.id))
    assert answer.status_code == 303
    board = secretary.get("/boards/3-2").text
    assert "每周清扫楼道一次" in board
    assert "钱&lt;b&gt;多多" in board


def test_a_return_without_reason_shows_the_page_again_with_the_ticks(secretary, promise):
    answer = secretary.submit(
        "/office/boards/commitments?state=proposed", ("verdict", "return"), form="reviews", ids=str(promise.id)
    )
    assert answer.status_code == 422
    assert "请写明理由" in answer.text
    assert "checked" in answer.text


def test_a_stale_form_is_told_and_keeps_what_was_typed(secretary, promise, community):
    path = f"/office/boards/commitments/{promise.id}"
    secretary.get(path)
    rules.amend(make.actor(community), promise, 1, text="每周清扫两次")
    answer = secretary.send(path, text="我写的另一句")
    assert answer.status_code == 409
    assert "我写的另一句" in answer.text
    assert Commitment.get_by_id(promise.id).text == "每周清扫两次"


def test_a_record_of_another_community_is_not_found(client, promise):
    stranger = make.account(make.community("兰苑社区"), Role.SECRETARY)
    client.as_(stranger, at="/c/c2").as_(stranger)
    assert client.get("/c/c2/office/boards").status_code == 200
    assert client.get(f"/c/c2/office/boards/commitments/{promise.id}").status_code == 404
    assert client.get(f"/office/boards/commitments/{promise.id}").status_code == 404


def test_an_unknown_stairwell_is_not_found(client):
    assert client.get("/boards/99-9").status_code == 404


def test_the_public_board_is_kept_until_something_changes(secretary, promise, community):
    actor = make.actor(community)
    first = secretary.get("/boards/3-2")
    same = secretary.get("/boards/3-2", headers={"If-None-Match": first.headers["ETag"]})
    assert same.status_code == 304
    rules.approve(actor, [promise])
    rules.publish(actor, [promise])
    assert "每周清扫楼道一次" in secretary.get("/boards/3-2", headers={"If-None-Match": first.headers["ETag"]}).text


def path_of(promise):
    return f"/office/boards/commitments/{promise.id}"


def fresh(promise):
    return Commitment.get_by_id(promise.id)


@pytest.fixture
def hung(community, promise):
    """The promise is published, its board issued and hung."""
    actor = make.actor(community)
    rules.approve(actor, [promise])
    rules.publish(actor, [promise])
    place = promise.stairwell
    issuing.issue(actor, Posters(community, place), place)
    hanging.hang(actor, community, posting.boards(community, place), clock.today(), "何静")
    return promise


def test_all_means_what_the_page_showed(secretary, promise, community):
    path = "/office/boards/commitments?state=proposed"
    secretary.get(path)
    late = rules.propose(make.actor(community), make.member(community, "后到"), "每月巡查一次")
    assert secretary.send(path, ("all", "1"), form="reviews").status_code == 303
    assert (fresh(promise).state, fresh(late).state) == ("approved", "proposed")


def test_the_list_is_narrowed_by_stairwell_branch_and_words(secretary, promise, community):
    actor = make.actor(community)
    for name, stairwell, branch in (("李堃", "3幢2单元", "第二党支部"), ("张㛃", "4幢1单元", "第一党支部")):
        rules.propose(actor, make.member(community, name, stairwell, branch), f"{name}每月巡查一次")
    branch = promise.member.org_id
    shown = {
        query: sorted(row.text_content().split()[0] for row in rows_of(secretary.get(f"/office/boards/commitments{query}")))
        for query in ("", "?stairwell=4-1", f"?branch={branch}", "?q=李堃", "?q=清扫", f"?stairwell=3-2&branch={branch}")
    }
    assert [len(rows) for rows in shown.values()] == [3, 1, 2, 1, 1, 1]


def rows_of(answer):
    from lxml import html

    return html.fromstring(answer.text).xpath("//form[@id='commitments']//tbody//td[@class='main']")


def test_a_narrowed_list_keeps_its_words_after_the_act(secretary, promise):
    path = "/office/boards/commitments?state=proposed&stairwell=3-2"
    answer = secretary.submit(path, ("all", "1"), form="reviews")
    assert answer.location == "/office/boards/commitments?state=proposed&stairwell=3-2"


def test_nothing_else_of_the_address_is_carried_on(secretary, promise):
    path = "/office/boards/commitments?state=proposed&_external=1&_scheme=ftp"
    assert secretary.submit(path, ("all", "1"), form="reviews").location == "/office/boards/commitments?state=proposed"


def test_a_reason_with_an_approval_is_asked_about(secretary, promise):
    path = "/office/boards/commitments?state=proposed"
    answer = secretary.submit(path, form="reviews", ids=str(promise.id), reason="请写明哪一天")
    assert (answer.status_code, fresh(promise).state) == (422, "proposed")
    assert "请写明哪一天" in answer.text


def test_one_query_lists_all_commitments(secretary, community):
    actor = make.actor(community)
    for number in range(12):
        rules.propose(actor, make.member(community, f"党员{number}", f"{number + 1}幢1单元"), f"每月巡查{number}次")
    with statements() as sent:
        secretary.get("/office/boards/commitments")
    assert len([sql for sql in selects(sent) if '"commitment"' in sql and '"text"' in sql and "GROUP BY" not in sql]) == 1
    assert len(selects(sent)) <= 16


def test_progress_and_fulfilment(secretary, hung):
    path = path_of(hung)
    assert secretary.submit(path, form="progress", note=" ").status_code == 422
    assert secretary.submit(path, form="progress", note="11月扫了2次").status_code == 303
    assert "11月扫了2次" in secretary.get(path).text
    board = secretary.get("/boards/3-2").text
    assert "有进展" in board
    assert "11月扫了2次" not in board
    assert secretary.submit(path, ("done", "1"), form="progress", note="").status_code == 303
    assert fresh(hung).state == "fulfilled"
    assert "已完成 1 / 1" in secretary.get("/boards/3-2").text


def test_withdrawing_needs_a_reason_and_empties_the_board(secretary, hung):
    path = path_of(hung)
    answer = secretary.submit(path, form="withdrawal")
    assert (answer.status_code, fresh(hung).state) == (422, "published")
    secretary.submit(path, form="withdrawal", reason="党员已搬离")
    assert (fresh(hung).state, fresh(hung).reason) == ("withdrawn", "党员已搬离")
    assert "每周清扫楼道一次" not in secretary.get("/boards/3-2").text
    assert "已不在这块牌上" in secretary.get("/office/boards?at=3-2").text


def test_a_member_may_not_be_withdrawn_by_staff(client, community, hung):
    client.as_(make.account(community, Role.STAFF))
    assert "撤下这条承诺" not in client.get(path_of(hung)).text
    client.get("/office/boards/3-2")
    token = client.page.xpath("//input[@name='csrf_token']/@value")[0]
    assert client.post(f"{path_of(hung)}/withdrawal", data={"reason": "x", "csrf_token": token}).status_code == 403


def test_the_stairwell_s_page_takes_promise_and_leader(secretary, promise, community):
    path, member = "/office/boards/3-2", promise.member
    secretary.submit(path, form=f"members/{member.id}/commitments", text="每月量血压一次", target="12次", category="")
    added = Commitment.get(Commitment.text == "每月量血压一次")
    assert (added.target, added.category) == ("12次", "service")
    secretary.submit(path, form="leader", person=str(member.person_id))
    assert "楼道负责人 钱&lt;b&gt;多多" in secretary.get("/boards/3-2").text
    secretary.submit(path, form="leader", person="", name="贺　国安")
    assert "楼道负责人 贺 国安" in secretary.get("/boards/3-2").text
    page = secretary.get(path).text
    assert "钱&lt;b&gt;多多，" in page
    assert secretary.submit(path, form="leader", person="").status_code == 303
    assert "楼道负责人" not in secretary.get("/boards/3-2").text


def test_a_code_on_a_signed_form_leads_to_the_member(secretary, promise):
    answer = secretary.get(f"/office/boards/members/{promise.member_id}")
    assert answer.location == f"/office/boards/3-2#m{promise.member_id}"


def test_a_draft_before_and_a_numbered_copy_after_the_issue(secretary, promise, community):
    draft = words(secretary.get("/office/boards/3-2/poster.pdf").data)
    assert "样稿" in draft
    actor = make.actor(community)
    rules.approve(actor, [promise])
    rules.publish(actor, [promise])
    assert "草稿" in words(secretary.get("/office/boards/3-2/poster.pdf").data)
    assert not IssuedPaper.select().exists()
    answer = secretary.submit("/office/boards/3-2", form="prints")
    assert answer.location == "/office/boards/3-2/poster.pdf?size=A4&ink=colour"
    (paper,) = IssuedPaper.select()
    issued = secretary.get(answer.location)
    assert paper.code in words(issued.data)
    assert secretary.get(answer.location).data == issued.data
    assert "这份文件是真的" in secretary.get(f"/check/{paper.code}").text
    assert paper.code in words(secretary.get("/office/boards/3-2/prints/1.pdf").data)
    assert secretary.get("/office/boards/3-2/prints/2.pdf").status_code == 404


def test_an_issue_with_something_unpublished_is_refused_on_the_page(secretary, promise):
    secretary.get("/office/boards/3-2")
    token = secretary.page.xpath("//input[@name='csrf_token']/@value")[0]
    answer = secretary.post("/office/boards/3-2/prints", data={"csrf_token": token})
    assert answer.status_code == 422
    assert "还有 1 条承诺没有公示" in answer.text


def words(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        return "".join("".join(page.extract_text().split()) for page in document.pages)


def test_the_plan_and_its_pane(secretary, hung):
    whole = secretary.get("/office/boards?at=3-2")
    assert "楼道分布图" in whole.text
    pane = secretary.get("/office/boards?at=3-2", headers={"HX-Request": "true"}).text
    assert pane.strip().startswith('<section id="pane"')
    assert "何静" in pane
    assert "楼道分布图" not in pane
    table = secretary.get("/office/boards?view=table&state=current").text
    assert "何静" in table
    assert "<table" in table
    assert "3幢2单元" not in secretary.get("/office/boards?view=table&state=outdated").text


def test_boards_are_registered_as_hung_in_one_go(secretary, community, promise):
    actor = make.actor(community)
    other = rules.propose(actor, make.member(community, "李堃", "4幢1单元"), "每月巡查一次")
    for row in (promise, other):
        rules.approve(actor, [row])
        rules.publish(actor, [row])
        issuing.issue(actor, Posters(community, row.stairwell), row.stairwell)
    path = "/office/boards/postings"
    assert secretary.submit(path, form="postings", hung_by="").status_code == 422
    assert secretary.submit(path, form="postings", hung_on="昨天", hung_by="何静").status_code == 422
    assert not PostingLog.select().exists()
    assert secretary.submit(path, form="postings", hung_by="何静").status_code == 303
    assert PostingLog.select().count() == 2
    assert "没有等张贴的公示牌" in secretary.get(path).text


def test_photos_are_public_only_with_consent(secretary, hung, community):
    member = hung.member
    path = f"/boards/3-2/photos/{member.id}"
    photos.set_photo(make.actor(community), member, jpeg())
    assert secretary.get(path).status_code == 404
    rules.consent(make.actor(community), member, ["photo"], "signed")
    assert secretary.get(path).mimetype == "image/jpeg"
    assert path in secretary.get("/boards/3-2").text
    rules.consent(make.actor(community), member, [], "signed")
    assert secretary.get(path).status_code == 404
    assert path not in secretary.get("/boards/3-2").text


def jpeg():
    out = io.BytesIO()
    Image.new("RGB", (300, 400), "#446688").save(out, "JPEG")
    return out.getvalue()


def test_lists_leave_as_paper_and_as_spreadsheet(secretary, hung):
    ledger = words(secretary.get("/office/boards/ledger.pdf?stairwell=3-2").data)
    assert "共1条" in ledger
    assert "每周清扫楼道一次" in ledger
    assert "公示中1条" in ledger
    book = openpyxl.load_workbook(io.BytesIO(secretary.get("/office/boards/commitments.xlsx").data))
    assert [cell.value for cell in book.active[2]][1:4] == ["钱<b>多多", "第一党支部", "3幢2单元"]
    assert "公示牌张贴清单" in words(secretary.get("/office/boards/hanging.pdf").data)


def test_jobs_are_ordered_for_posters_and_pledges(secretary, promise):
    assert secretary.submit("/office/boards", form="posters").status_code == 303
    path = "/office/boards/printing"
    assert secretary.submit(path, form="posters", size="A3", ink="black").status_code == 303
    assert secretary.submit(path, form="posters", building="3").status_code == 303
    assert secretary.submit(path, form="posters", building="9").status_code == 404
    assert secretary.submit(path, form="pledges").status_code == 303
    first, second, third, pledge = Job.select().order_by(Job.id)
    looks = [(job.arguments["which"], job.arguments["size"], job.arguments["ink"]) for job in (first, second, third)]
    assert looks == [("all", "A4", "colour"), ("all", "A3", "black"), ("3", "A4", "colour")]
    assert first.arguments["account"] > 0
    assert pledge.title == "党员公开承诺书（全部党员）"


def test_a_refused_print_is_told_on_the_plan(secretary, community):
    make.member(community)
    secretary.get("/office/boards/3-2")
    token = secretary.page.xpath("//input[@name='csrf_token']/@value")[0]
    answer = secretary.post("/office/boards/posters", data={"which": "changed", "csrf_token": token})
    assert answer.status_code == 422
    assert "没有要贴或要换的公示牌" in answer.text
    assert not Job.select().exists()
