"""The pages of boards."""

import pytest

from blueprints.boards import rules
from blueprints.boards.models import Commitment
from core.access import Role
from tests import make


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
