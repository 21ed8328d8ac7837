"""One question after a vote: sums only, nothing beside them, few answers told to nobody."""

import pytest

from blueprints.ballots import feedback, rules
from blueprints.ballots.feedback import Opinion
from blueprints.ballots.models import Feedback, PollEvent
from core.access import console
from core.audit import AuditEntry
from core.refusal import AlreadyDone
from tests.ballots import ceremony


def says(poll, *opinions):
    for number, opinion in enumerate(opinions):
        feedback.answer(poll, opinion, f"nonce {opinion} {number}")


def test_answers_are_sums_and_leave_nothing_else(community):
    poll = ceremony.running(community).poll
    before = PollEvent.select().count(), AuditEntry.select().count()
    says(poll, Opinion.GOOD, Opinion.GOOD, Opinion.FAIR)
    assert (PollEvent.select().count(), AuditEntry.select().count()) == before
    assert set(Feedback._meta.fields) == {"id", "poll", "good", "fair", "poor"}
    row = Feedback.get()
    assert (row.good, row.fair, row.poor) == (2, 1, 0)


def test_few_answers_are_told_to_nobody(community):
    poll = ceremony.running(community).poll
    says(poll, *[Opinion.GOOD] * 4)
    assert feedback.sums(poll) is None
    assert feedback.in_words(poll) == ""
    says(poll, Opinion.POOR)
    assert feedback.in_words(poll) == "5 人对投票的组织作了评价：满意 4，基本满意 0，不满意 1。"


def test_the_same_form_counts_once(community):
    poll = ceremony.running(community).poll
    feedback.answer(poll, Opinion.GOOD, "the same")
    with pytest.raises(AlreadyDone):
        feedback.answer(poll, Opinion.GOOD, "the same")
    assert Feedback.get().good == 1


def test_nobody_is_asked_before_the_vote_or_long_after(community):
    meeting = ceremony.sealed(community)
    assert not feedback.asked(community).exists()
    with pytest.raises(feedback.NotAsking):
        feedback.answer(meeting.poll, Opinion.GOOD, "early")
    rules.open_voting(console(), meeting.poll)
    assert [row.id for row in feedback.asked(community)] == [meeting.poll.id]


def test_the_page_asks_without_a_cookie_and_thanks(community, client):
    assert "现在没有要评价的投票" in client.get("/polls/feedback").text
    ceremony.running(community)
    assert client.submit("/polls/feedback", form="").status_code == 422
    answer = client.submit("/polls/feedback", form="", opinion="fair")
    assert (answer.status_code, "谢谢您的评价" in answer.text, "Set-Cookie" in answer.headers) == (200, True, False)
    assert Feedback.get().fair == 1


def test_where_several_votes_ask_one_chooses(community, client):
    first, second = ceremony.running(community).poll, ceremony.running(community).poll
    page = client.get("/polls/feedback").text
    assert page.count("<option") == 2
    assert client.submit("/polls/feedback", form="", opinion="good", poll=str(first.id)).status_code == 200
    assert [row.poll_id for row in Feedback.select()] == [first.id]
    assert second.id != first.id
