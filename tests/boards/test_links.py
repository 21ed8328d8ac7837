"""A member's own promises at a personal link: what it opens, how it ends, what it leaves behind."""

import io
from datetime import timedelta

import pdfplumber
import pytest
import zxingcpp
from PIL import Image

from blueprints.boards import letters, pledges, rules
from blueprints.boards.models import Commitment, CommitmentStep, Progress, Way
from core import clock, jobs, links
from core.access import Role
from core.printing import paper
from core.records.work import AuditEntry, Job, Link
from tests import make


@pytest.fixture
def member(community):
    return make.member(community, "陈䶮")


@pytest.fixture
def token(community, member, secretary_actor):
    tokens = letters.tokens_for([member])
    letters.give(secretary_actor, community, tokens)
    return tokens[member.id]


@pytest.fixture
def path(token):
    return f"/l/{token}/"


def publish(actor, *rows):
    rules.approve(actor, rows)
    rules.publish(actor, rows)


def test_a_member_writes_is_sent_back_mends_and_reports(client, community, member, path, secretary_actor):
    answer = client.submit(path, form="promises", text="努力做好事", target="")
    assert answer.status_code == 303
    row = Commitment.get()
    assert (row.member, row.state, row.text) == (member, "proposed", "努力做好事")
    assert "已交给支部审核" in client.get(answer.location).text
    rules.send_back(secretary_actor, [row], "请写明多久一次")
    assert "支部退回：请写明多久一次" in client.get(path).text
    answer = client.submit(path, form=f"promises/{row.id}")
    assert (answer.status_code, "没有改动" in answer.text) == (422, True)
    client.submit(path, form=f"promises/{row.id}", text="每周清扫楼道一次", target="52次")
    publish(secretary_actor, row)
    answer = client.submit(path, form="progress", amount="2", note="扫了两次")
    assert "进展已登记" in client.get(answer.location).text
    assert "已完成 2 / 52次" in client.get(path).text
    entry = Progress.get()
    assert (entry.way, entry.account) == (Way.LINK, None)
    assert {step.who for step in CommitmentStep.select().where(CommitmentStep.account.is_null(True))} == {"陈䶮（本人链接）"}


def test_a_picture_may_come_along(client, community, member, path, secretary_actor):
    row = rules.propose(secretary_actor, member, "每周清扫楼道一次")
    publish(secretary_actor, row)
    out = io.BytesIO()
    Image.new("RGB", (40, 30), "#446688").save(out, "PNG")
    client.submit(path, form="progress", amount="1", files=(io.BytesIO(out.getvalue()), "现场.png"))
    client.as_(make.account(community, Role.STAFF))
    assert "现场.jpg" in client.get(f"/office/boards/commitments/{row.id}").text
    entry = Progress.get()
    assert client.get(f"/office/boards/progress/{entry.id}/files/1").mimetype == "image/jpeg"


def test_what_is_wrong_is_said_and_nothing_typed_is_lost(client, path, member, secretary_actor):
    answer = client.submit(path, form="promises", text=" ", target="52次")
    assert answer.status_code == 422
    assert 'value="52次"' in answer.text
    row = rules.propose(secretary_actor, member, "每周清扫楼道一次")
    publish(secretary_actor, row)
    later = (clock.today() + timedelta(days=1)).isoformat()
    answer = client.submit(path, form="progress", done_on=later, note="还没做")
    assert (answer.status_code, "还没有到" in answer.text, "还没做" in answer.text) == (422, True, True)


def test_a_second_press_is_no_second_promise(client, path):
    client.get(path)
    data = {"form_token": client.page.xpath("//input[@name='form_token']/@value")[0], "text": "每周清扫楼道一次"}
    assert client.post(f"{path}promises", data=data).status_code == 303
    assert client.post(f"{path}promises", data=data).status_code == 409
    assert Commitment.select().count() == 1


def test_what_was_reviewed_is_no_longer_the_member_s_to_change(client, path, member, secretary_actor):
    row = rules.propose(secretary_actor, member, "每周清扫楼道一次")
    client.get(path)
    rules.approve(secretary_actor, [row])
    answer = client.send(path, form=f"promises/{row.id}", text="改一改")
    assert (answer.status_code, Commitment.get().text) == (409, "每周清扫楼道一次")


def test_a_link_opens_nobody_else_s_promises(client, path, community, secretary_actor):
    other = rules.propose(secretary_actor, make.member(community, "李堃"), "每月巡查一次")
    assert "每月巡查一次" not in client.get(path).text
    token = client.page.xpath("//input[@name='form_token']/@value")[0]
    for tail in (f"promises/{other.id}", f"promises/{other.id}/progress"):
        assert client.post(f"{path}{tail}", data={"form_token": token, "text": "x"}).status_code == 404


def test_it_leaves_no_cookie_no_referrer_and_is_not_indexed(client, path):
    answer = client.get(f"{path}?mode=elder&lang=zh")
    assert "Set-Cookie" not in answer.headers
    assert (answer.headers["Referrer-Policy"], answer.headers["Cache-Control"]) == ("no-referrer", "no-store")
    assert "noindex" in answer.headers["X-Robots-Tag"]
    assert path.strip("/").split("/")[1] not in str(list(Link.select().dicts())) + str(list(AuditEntry.select().dicts()))
    again = client.send(f"{path}?mode=elder", form="promises", text="每周清扫楼道一次")
    assert "mode=elder" in again.location


def test_looking_consumes_nothing_and_a_link_ends(client, path, member, community, secretary_actor):
    assert [client.get(path).status_code for _press in range(3)] == [200] * 3
    letters.stop(secretary_actor, member)
    answer = client.get(path)
    assert (answer.status_code, "打不开了" in answer.text) == (404, True)
    with pytest.raises(letters.NoLink):
        letters.stop(secretary_actor, member)


def test_an_old_link_a_foreign_one_and_one_of_somebody_gone_open_nothing(client, community, path, member, monkeypatch):
    assert client.get(path.replace("/l/", "/l/x")).status_code == 404
    make.community("兰苑社区")
    assert client.get(f"/c/c2{path}").status_code == 404
    with monkeypatch.context() as later:
        later.setattr(clock, "today", lambda: clock.local(clock._now()).date() + timedelta(days=31))
        assert client.get(path).status_code == 404
    member.until = clock.today()
    member.save()
    assert client.get(path).status_code == 404
    assert client.post(f"{path}promises", data={}).status_code == 404


def test_presses_and_waiting_promises_are_limited(client, path, member):
    for number in range(12):
        answer = client.submit(path, form="promises", text=f"每月巡查{number + 1}次")
    assert (answer.status_code, Commitment.select().count()) == (422, 10)
    for _press in range(12):
        answer = client.submit(path, form="promises", text="再来一条")
    assert answer.status_code == 429


def letter_codes(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as document:
        for page in document.pages:
            text = "".join(page.extract_text().split())
            yield text, [found.text for found in zxingcpp.read_barcodes(page.to_image(resolution=200).original)]


def drive(steps):
    seen = []
    while True:
        try:
            seen.append(next(steps))
        except StopIteration as end:
            return seen, end.value


def test_letters_for_all_who_have_none_and_their_codes_open_the_page(client, community, token, secretary_actor):
    make.member(community, "阿不都热依木·买买提", "4幢1单元")
    seen, pdf = drive(letters.print_all(community))
    assert seen == [(0, 1), (1, 1)]
    ((text, (url,)),) = letter_codes(pdf)
    assert "阿不都热依木·买买提同志" in text
    assert url.startswith("http://linli.test/l/")
    assert "阿不都热依木·买买提的承诺" in client.get(url.removeprefix("http://linli.test")).text
    with pytest.raises(letters.NobodyWithout):
        drive(letters.print_all(community))
    drive(letters.print_all(community, everybody=True))
    assert client.get(f"/l/{token}/").status_code == 404
    assert len(links.live(community, letters.PURPOSE)) == 2


def test_nothing_is_in_force_until_the_letters_are_whole(community, member, secretary_actor):
    steps = letters.print_all(community)
    next(steps)
    steps.close()
    assert not Link.select().exists()


def test_the_stub_of_the_signed_form_may_carry_the_link(client, community, member, secretary_actor):
    for number in range(3):
        rules.propose(secretary_actor, member, f"为本楼道65岁以上的独居老人每月量血压{number + 1}次并建立记录卡，发现异常及时联系家属和社区卫生服务站")
    _seen, pdf = drive(pledges.print_all(community, links_too=True))
    ((text, codes),) = letter_codes(pdf)
    (own,) = [code for code in codes if "/l/" in code]
    assert "陈䶮的承诺" in client.get(own.removeprefix("http://linli.test")).text
    assert "有效到" in text
    assert "/boards/3-2" in str([code for _text, found in letter_codes(paper.render(pledges.TEMPLATE, pledges.sheets(community, [member]))) for code in found])


def test_letters_are_ordered_and_ended_at_the_office(client, community, member):
    client.as_(make.account(community))
    client.get("/office/boards/quarters/2026-4")
    token = client.page.xpath("//input[@name='csrf_token']/@value")[0]
    answer = client.post("/office/boards/letters", data={"csrf_token": token})
    job = Job.get()
    assert answer.location == f"/office/jobs/{job.id}"
    jobs.run(job.id)
    assert Job.get().state == "done"
    assert len(links.live(community, letters.PURPOSE)) == 1
    answer = client.post(f"/office/boards/members/{member.id}/letter", data={"csrf_token": token})
    assert (answer.mimetype, len(links.live(community, letters.PURPOSE)), Link.select().count()) == ("application/pdf", 1, 2)
    client.post(f"/office/boards/members/{member.id}/link-end", data={"csrf_token": token})
    assert not links.live(community, letters.PURPOSE)
