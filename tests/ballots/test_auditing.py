"""抽查票 at the desk: what was meant, what lay in the box, and that nobody signs over a difference in silence."""

import json

import pytest

from blueprints.ballots import auditing, counting, reports, rules, slips
from blueprints.ballots.ballot import Kind
from blueprints.ballots.desk import ballot_beside
from blueprints.ballots.steps import WrongStep
from core.access import Role, console
from tests import make
from tests.ballots import ceremony
from tests.ballots.ceremony import WATCHERS


def audited(community, *ballots: tuple[tuple[int, ...], str]):
    """A closed poll with one vote, and audit slips: what lies in the box, what their scrutineers wrote down."""
    meeting = ceremony.running(community)
    cast = [(code := meeting.codes.pop(), ceremony.cast(meeting.poll, code, bytes(12), marks), meant) for marks, meant in ballots]
    meeting.votes(1, 1, 1)
    rules.close_voting(console(), meeting.poll)
    for code, receipt, meant in cast:
        declares(meeting.poll, code, receipt, meant)
    meeting.desk(slips_left=len(meeting.codes), audit_drawn=len(cast))
    return meeting, cast


def declares(poll, code, receipt, meant):
    auditing.declare(console(), poll, code, receipt, auditing.in_digits(ballot_beside(poll), meant))


def test_audit_slips_are_compared_and_left_out(community):
    meeting, _cast = audited(community, ((1, 2, 3), "123"), ((1, 2, 0), "120"))
    meeting.opens_the_box()
    counting.count(console(), meeting.poll)
    assert all(row.found == row.intended for row in meeting.poll.classes.get().audits)
    figures = json.loads(meeting.poll.result)["figures"]["R"]
    assert [figures[name] for name in ("cast", "audit_cast", "audit_agreed", "valid")] == [1, 2, 2, 1]
    counting.sign(console(), meeting.poll, WATCHERS)
    assert not meeting.poll.invalid


@pytest.mark.parametrize("as_invalid", [False, True])
def test_nobody_signs_over_an_altered_audit_slip_in_silence(community, as_invalid):
    meeting, _cast = audited(community, ((1, 2, 3), "123"), ((1, 2, 3), "113"))
    meeting.opens_the_box()
    counting.count(console(), meeting.poll)
    with pytest.raises(counting.RemarkMissing, match="抽查票 2 张，开箱后与事先写下的一致的只有 1 张"):
        counting.sign(console(), meeting.poll, WATCHERS, as_invalid=as_invalid)
    counting.sign(console(), meeting.poll, WATCHERS, "底稿第 2 行写错，两人重新签名。", as_invalid)
    assert meeting.poll.invalid is as_invalid
    back = next(report for report in reports.reports(meeting.poll).reports if "收回" in report.title)
    assert dict(back.rows)["抽查票中与事先写下的一致"] == ("1",)


def test_an_audit_slip_is_corrected_only_before_the_opening(community):
    meeting, cast = audited(community, ((1, 2, 3), "113"))
    code, receipt, _meant = cast[0]
    with pytest.raises(auditing.IntentionMalformed):
        declares(meeting.poll, code, receipt, "12")
    declares(meeting.poll, code, receipt, "123")
    meeting.opens_the_box()
    assert [row.found == row.intended for row in auditing.of_poll(meeting.poll)] == [True]
    with pytest.raises(WrongStep):
        declares(meeting.poll, code, receipt, "113")


def test_an_altered_name_on_an_audit_slip_is_noticed(community):
    """A recommendation has no rows: all that can be altered is what was written."""
    meeting = ceremony.running(community, kind=Kind.RECOMMENDATION, names=(), lines=2)
    receipts = {code: ceremony.cast(meeting.poll, code, bytes(12), (), ("张三", "李四")) for code in meeting.codes[:2]}
    rules.close_voting(console(), meeting.poll)
    for (code, receipt), meant in zip(receipts.items(), (";张 三;李四", ";张三;王五"), strict=True):
        declares(meeting.poll, code, receipt, meant)
    with pytest.raises(auditing.IntentionImpossible, match="写了两次"):
        declares(meeting.poll, code, receipt, ";张三;张三")
    meeting.opens_the_box()
    assert auditing.agreed(meeting.poll.classes.get()) == 1


def test_an_audit_slip_is_declared_on_a_ballot_and_told_in_words(community, client):
    secretary, meeting = client.as_(make.account(community, Role.SECRETARY)), ceremony.running(community)
    code = meeting.codes.pop()
    receipt = ceremony.cast(meeting.poll, code, slips.draw_nonce(), (1, 2, 0))
    rules.close_voting(console(), meeting.poll)
    at = f"/office/polls/{meeting.poll.id}/audits"
    wrong = secretary.submit(at, form="", code="x", receipt=receipt, m0="1", m1="2")
    assert (wrong.status_code, 'name="m1" value="2" checked' in wrong.text) == (422, True), "nothing ticked is lost"
    assert secretary.submit(at, form="", code=code, receipt=receipt, m0="1", m1="2").status_code == 303
    assert "信任：王秋实；不信任：方可；没有画：任远" in secretary.get(at).text
    meeting.desk(slips_left=len(meeting.codes), audit_drawn=1)
    meeting.opens_the_box()
    assert "1 张抽查票，开箱后都与事先写下的一致" in secretary.get(at).text
