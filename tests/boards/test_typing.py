"""Forms that came back on paper: the code opens the page, everything is typed in once, the next code follows."""

import pytest

from blueprints.boards import rules
from blueprints.boards.models import Commitment, Consent, Progress
from core import clock
from core.access import Role
from tests import make


@pytest.fixture
def secretary(client, community):
    return client.as_(make.account(community))


@pytest.fixture
def member(community):
    return make.member(community, "陈䶮")


def code_of(member, tail=""):
    return f"L{member.id}-{clock.today().year}{tail}"


def test_a_scanned_code_opens_the_form_and_an_unknown_one_is_told(secretary, member):
    for typed in (code_of(member), f"http://linli.test/office/boards/forms/{code_of(member)}", f"l{member.id}-{clock.today().year}"):
        answer = secretary.get("/office/boards/forms", query_string={"code": typed})
        assert answer.location == f"/office/boards/forms/{code_of(member)}"
    assert "录入陈䶮的承诺书" in secretary.get(answer.location).text
    answer = secretary.get("/office/boards/forms?code=L99999")
    assert (answer.status_code, "没有编号是“L99999”的表" in answer.text) == (404, True)
    assert "录入纸质表" in secretary.get(f"/office/search?q={code_of(member)}").text


def test_a_form_is_typed_in_reviewed_and_the_next_one_asked_for(secretary, member):
    path = f"/office/boards/forms/{code_of(member)}"
    secretary.get(path)
    lines = len(secretary.page.xpath("//textarea[@name='text']"))
    assert lines == 8
    blank = [""] * (lines - 1)
    answer = secretary.send(
        path, text=["每周清扫楼道一次", *blank], target=["52次", *blank], due=["12月", *blank], support=["扫把", *blank],
        fields=["photo", "post"], verdict="approve",
    )  # fmt: skip
    row = Commitment.get()
    assert (row.text, row.goal, row.due_on.month, row.support, row.state) == ("每周清扫楼道一次", 52, 12, "扫把", "approved")
    assert Consent.get().fields == ["photo", "post"]
    text = secretary.get(answer.location).text
    assert "陈䶮的表已录入" in text
    assert "表上的编号" in text


def test_a_mistake_is_told_by_its_line_and_nothing_typed_is_lost(secretary, member):
    path = f"/office/boards/forms/{code_of(member)}"
    secretary.get(path)
    answer = secretary.send(path, text=["每周清扫", *[""] * 7], due=["13月", *[""] * 7])
    assert answer.status_code == 422
    for words in ("第 1 条：没有", "每周清扫", 'value="13月"'):
        assert words in answer.text, words
    assert not Commitment.select().exists()


def test_only_who_may_review_says_what_the_branch_thinks(client, community, member):
    client.as_(make.account(community, Role.STAFF))
    path = f"/office/boards/forms/{code_of(member)}"
    assert "支部审核意见" not in client.get(path).text
    client.send(path, text=["每周清扫楼道一次", *[""] * 7], verdict="approve")
    assert Commitment.get().state == "proposed"


def test_somebody_was_faster(secretary, member, community):
    row = rules.propose(make.actor(community), member, "每周清扫")
    path = f"/office/boards/forms/{code_of(member)}"
    secretary.get(path)
    rules.amend(make.actor(community), row, 1, text="每周清扫两次")
    answer = secretary.send(path, text=["我改的", *[""] * 7])
    assert (answer.status_code, "我改的" in answer.text) == (409, True)


def test_a_quarter_s_form_is_typed_in(secretary, community, shown):
    promise = shown(community, "陈䶮")
    quarter = (clock.today().month - 1) // 3 + 1
    path = f"/office/boards/forms/{code_of(promise.member, f'-{quarter}')}"
    secretary.get(f"/office/boards/quarters/{clock.today().year}-{quarter}")
    assert path in secretary.page.xpath("//a[@class='act']/@href")
    secretary.get(path)
    answer = secretary.send(path, amount=["x"], note=["扫了两次"])
    assert (answer.status_code, "扫了两次" in answer.text) == (422, True)
    answer = secretary.send(path, amount=["2"], note=["扫了两次"], done=[str(promise.id)])
    assert answer.status_code == 303
    assert Progress.get().amount == 2
    assert Commitment.get().state == "fulfilled"
    assert "1 / 1 条" in secretary.get(f"/office/boards/quarters/{clock.today().year}-{quarter}").text
    pdf = secretary.get(f"/office/boards/members/{promise.member_id}/quarters/{clock.today().year}-{quarter}.pdf")
    assert pdf.mimetype == "application/pdf"


def test_a_form_of_another_community_is_not_found(client, community, member):
    other = make.community("兰苑社区")
    client.as_(make.account(other), at="/c/c2")
    assert client.get(f"/c/c2/office/boards/forms/{code_of(member)}").status_code == 404
    assert client.get(f"/c/c2/office/boards/forms?code={code_of(member)}").status_code == 404


def test_many_are_done_at_once(secretary, community, shown):
    rows = [shown(community, name) for name in ("陈䶮", "李堃")]
    path = "/office/boards/commitments?state=published"
    secretary.get(path)
    token = secretary.page.xpath("//form[@id='commitments']//input[@name='csrf_token']/@value")[0]
    answer = secretary.post("/office/boards/fulfilments?state=published", data={"csrf_token": token, "ids": [row.id for row in rows]})
    assert answer.location == path
    assert {row.state for row in Commitment.select()} == {"fulfilled"}
    assert secretary.post("/office/boards/fulfilments", data={"csrf_token": token}).status_code == 422


def test_what_several_did_together_is_typed_once(secretary, community, shown):
    rows = [shown(community, name) for name in ("陈䶮", "李堃")]
    path = "/office/boards/commitments?state=published"
    secretary.get(path)
    token = secretary.page.xpath("//form[@id='commitments']//input[@name='csrf_token']/@value")[0]
    data = {"csrf_token": token, "ids": [row.id for row in rows], "done_on": clock.today().isoformat(), "amount": "1", "note": "楼道大扫除"}
    assert secretary.post("/office/boards/progress?state=published", data=data).location == path
    assert [entry.note for entry in Progress.select()] == ["楼道大扫除"] * 2
    answer = secretary.post("/office/boards/progress?state=published", data=data | {"amount": "x"})
    assert (answer.status_code, "楼道大扫除" in answer.text, Progress.select().count()) == (422, True, 2)
    answer = secretary.post("/office/boards/progress?state=published", data=data | {"ids": []})
    assert answer.status_code == 422
