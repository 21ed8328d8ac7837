"""The life of a commitment, without a browser."""

import pytest

from blueprints.boards import queries, rules, wording
from blueprints.boards.models import Category, Commitment, CommitmentState
from core.access import Role
from core.records.work import AuditEntry
from core.refusal import Stale
from tests import make


@pytest.fixture
def secretary(community):
    return make.actor(community)


@pytest.fixture
def promise(community, secretary):
    return rules.propose(secretary, make.member(community), "每周清扫楼道一次")


def test_a_promise_is_reviewed_then_published(promise, secretary, community):
    assert promise.state is CommitmentState.PROPOSED
    rules.approve(secretary, [promise])
    rules.publish(secretary, [promise])
    shown = queries.on_boards(community, promise.year, stairwell=promise.stairwell).get()
    assert (shown.text, shown.state, shown.published_on is not None) == ("每周清扫楼道一次", "published", True)


def test_sending_back_needs_a_reason(promise, secretary):
    with pytest.raises(rules.ReasonMissing, match="理由"):
        rules.send_back(secretary, [promise], "  ")
    rules.send_back(secretary, [promise], "请写明哪一天")
    assert Commitment.get_by_id(promise.id).reason == "请写明哪一天"


def test_publishing_what_was_not_reviewed_is_refused(promise, secretary):
    with pytest.raises(rules.WrongState, match="待审核"):
        rules.publish(secretary, [promise])
    assert Commitment.get_by_id(promise.id).state is CommitmentState.PROPOSED


def test_a_second_editor_is_told_and_nothing_is_overwritten(promise, secretary):
    rules.amend(secretary, promise, 1, text="每周清扫楼道两次")
    with pytest.raises(Stale):
        rules.amend(secretary, promise, 1, text="每月清扫一次")
    assert Commitment.get_by_id(promise.id).text == "每周清扫楼道两次"


def test_changed_words_are_reviewed_anew(promise, secretary):
    rules.approve(secretary, [promise])
    rules.publish(secretary, [promise])
    changed = rules.amend(secretary, promise, Commitment.get_by_id(promise.id).version, text="每周清扫楼道两次")
    assert (changed.state, changed.published_on) == (CommitmentState.PROPOSED, None)


def test_each_step_leaves_a_trace(promise, secretary, community):
    rules.approve(secretary, [promise])
    acts = [row.act for row in AuditEntry.select().order_by(AuditEntry.seq.desc()).limit(2)]
    assert acts == ["commitment:reviewed", "commitment:proposed"]
    assert [step.state for step in queries.steps(promise)] == ["proposed", "approved"]


def test_vague_words_are_pointed_at_never_blocked(community):
    assert "积极" in wording.warnings("积极参加活动", "", community)
    assert wording.warnings("每周巡查楼道2次", "", community) == []


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("清扫楼道", Category.STAIRWELL),
        ("开设暑期作业辅导角", Category.STUDY),
        ("每周探望独居老人一次", Category.SERVICE),
    ],
)
def test_the_category_is_guessed_from_the_words(text, kind):
    assert wording.likely_category(text) is kind


def test_a_reader_of_another_community_sees_nothing(promise, community):
    other = make.community("兰苑社区")
    stranger = make.actor(other, Role.SECRETARY)
    assert queries.visible_to(stranger, community).count() == 0
