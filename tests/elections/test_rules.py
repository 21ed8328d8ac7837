"""两推一选: five stages in their order, names carried on, documents, notices and polls kept with each."""

from datetime import timedelta

import pytest

from blueprints.ballots import counting, queries, rules
from blueprints.ballots.ballot import Kind
from blueprints.ballots.kinds import Source
from blueprints.ballots.models import Nominee, Poll, PollClass, PollStatus
from blueprints.elections import carrying, printing
from blueprints.elections import queries as elections
from blueprints.elections import rules as process_rules
from blueprints.elections.models import ElectionCandidate, ElectionProcess, ProcessState, Stage, StageState
from blueprints.notices.models import Notice, NoticeKind, NoticeState
from blueprints.office import today as office
from core import clock
from core.access import console
from tests import make
from tests.ballots import ceremony
from tests.ballots.ceremony import WATCHERS
from tests.ballots.test_afterwards import text_of

NAMES = ("王秋实", "方可", "任远")


@pytest.fixture
def process(community):
    for name in (*NAMES, "沈国庆"):
        make.member(community, name)
    return process_rules.begin(console(), community, "2026年社区党委换届", "中共梅苑社区委员会委员", 2)


def stage(process, which):
    fresh = ElectionProcess.get_by_id(process.id)
    row = next(row for row in elections.stages_of(fresh) if row.stage is which)
    row.process = fresh
    return row


def on_paper(process, which, keep=NAMES, reasons=""):
    process_rules.file(console(), stage(process, which), "会议记录", "梅社〔2026〕3号", clock.today())
    carrying.conclude(console(), stage(process, which), keep, reasons)


def decided(poll, marks, lines=()):
    """A poll run to its signature with these ballots of its first class."""
    ceremony.watched(poll)
    rules.freeze(console(), poll)
    shares = rules.seal(console(), poll)
    codes = rules.draw_slips(console(), poll)
    rules.open_voting(console(), poll)
    left = {code: list(rows) for code, rows in codes.items()}
    first = poll.classes.order_by(PollClass.id).first()
    for vote in marks:
        entry = next(row for row in ceremony.voters(poll) if row.poll_class_id == first.id and not row.slip_taken)
        ceremony.roll.tick(entry, slip_taken=True)
        ceremony.cast(poll, left[first.code].pop(), bytes(12), *([vote] if not lines else [(), vote]))
    rules.close_voting(console(), poll)
    for row in poll.classes:
        ceremony.desk.count_by_hand(console(), row, slips_left=len(left[row.code]))
    counting.unseal(console(), poll, shares[:2])
    counting.count(console(), poll)
    counting.sign(console(), poll, WATCHERS)
    return poll


def test_five_stages_and_the_first_is_under_way(process):
    rows = elections.stages_of(process)
    assert [row.stage for row in rows] == list(Stage)
    assert [row.state for row in rows] == [StageState.UNDER_WAY, *[StageState.WAITING] * 4]


def test_a_stage_waits_for_the_one_before(process):
    with pytest.raises(process_rules.NotItsTurn):
        carrying.make_poll(console(), stage(process, Stage.TRUST))
    with pytest.raises(process_rules.NotItsTurn):
        process_rules.file(console(), stage(process, Stage.REVIEW), "批复", "1号")
    with pytest.raises(carrying.NotReady):
        carrying.conclude(console(), stage(process, Stage.RECOMMENDATION), NAMES)


def test_names_are_typed_once_and_carried_with_their_particulars(process):
    on_paper(process, Stage.RECOMMENDATION)
    row = ElectionCandidate.get(ElectionCandidate.name == "方可")
    assert row.person.name == "方可"
    carrying.describe(console(), row, post="委员", education="大专", birth="1978-02", profile="担任网格长三年。")
    ceremony.representatives(process.place, 6)
    poll = carrying.make_poll(console(), stage(process, Stage.TRUST))
    assert (poll.kind, [one.source for one in poll.classes]) == (Kind.TRUST, [Source.REPRESENTATIVES])
    nominee = poll.nominees.where(Nominee.name == "方可").get()
    assert (nominee.post, nominee.education, nominee.profile, nominee.person_id) == ("委员", "大专", "担任网格长三年。", row.person_id)
    assert poll.nominees.count() == 3
    with pytest.raises(process_rules.PollTaken):
        carrying.make_poll(console(), stage(process, Stage.TRUST))


def test_the_trust_vote_decides_who_is_offered_and_the_office_why_somebody_leaves(process):
    on_paper(process, Stage.RECOMMENDATION)
    ceremony.representatives(process.place, 6)
    poll = decided(carrying.make_poll(console(), stage(process, Stage.TRUST)), ((1, 1, 2), (1, 2, 3), (1, 1, 2)))
    row = stage(process, Stage.TRUST)
    possible, kept = carrying.offered(row)
    assert set(possible) == set(NAMES)
    assert kept == set(queries.over_the_line(poll))
    with pytest.raises(process_rules.ReasonMissing):
        carrying.conclude(console(), row, list(kept))
    carrying.conclude(console(), stage(process, Stage.TRUST), list(kept), {"任远": "信任票未过半"})
    gone = ElectionCandidate.get(ElectionCandidate.name == "任远")
    assert (gone.dropped, gone.reason) == (Stage.TRUST, "信任票未过半")
    assert stage(process, Stage.REVIEW).state is StageState.UNDER_WAY
    process_rules.file(console(), stage(process, Stage.REVIEW), "批复", "街委〔2026〕8号")
    with pytest.raises(carrying.NotAmongThem):
        carrying.conclude(console(), stage(process, Stage.REVIEW), ["张三"])


def test_a_recommendation_by_ballot_fills_the_list(process):
    poll = carrying.make_poll(console(), stage(process, Stage.RECOMMENDATION), [Source.MEMBERS])
    assert (poll.lines, poll.rules["target"]) == (2, 3)
    decided(poll, (("王秋实", "方可"), ("王秋实", "任远"), ("方可",)), lines=True)
    possible, kept = carrying.offered(stage(process, Stage.RECOMMENDATION))
    assert kept == {"王秋实", "方可", "任远"}
    assert possible[0] in kept
    with pytest.raises(carrying.NotAmongThem):
        carrying.conclude(console(), stage(process, Stage.RECOMMENDATION), ["张三"])
    carrying.conclude(console(), stage(process, Stage.RECOMMENDATION), ["王秋实", "方可"])
    assert [one.name for one in elections.standing(process)] == ["王秋实", "方可"] or elections.standing(process).count() == 2


def up_to_the_notice(process):
    on_paper(process, Stage.RECOMMENDATION)
    on_paper(process, Stage.TRUST)
    on_paper(process, Stage.REVIEW)


def test_the_letter_upward_names_them_and_asks(process):
    on_paper(process, Stage.RECOMMENDATION)
    text = text_of(printing.request(process))
    assert "候选人预备人选的请示" in text
    assert "妥否，请批示。" in text
    assert "候选人预备人选名册" in text
    assert all(name in text for name in NAMES)


def test_the_letter_carries_the_signed_sheets(process):
    on_paper(process, Stage.RECOMMENDATION)
    ceremony.representatives(process.place, 6)
    decided(carrying.make_poll(console(), stage(process, Stage.TRUST)), ((1, 1, 2), (1, 2, 3)))
    text = text_of(printing.request(process))
    assert "信任投票结果报告单" in text
    assert "信任2不信任0弃权0" in text


def test_the_notice_hangs_its_days_before_anybody_is_a_candidate(process):
    up_to_the_notice(process)
    number = carrying.draft_notice(console(), stage(process, Stage.NOTICE))
    notice = Notice.get_by_id(number)
    assert (notice.kind, notice.days) == (NoticeKind.CANDIDATES, 5)
    assert "| 方可 |" in notice.body
    assert "梅社〔2026〕3号" in notice.body
    with pytest.raises(carrying.NotReady):
        carrying.conclude(console(), stage(process, Stage.NOTICE), NAMES)
    hangs(notice, ended=False)
    assert not process_rules.is_ready(stage(process, Stage.NOTICE))
    hangs(notice, ended=True)
    carrying.conclude(console(), stage(process, Stage.NOTICE), NAMES)
    assert stage(process, Stage.CONGRESS).state is StageState.UNDER_WAY


def hangs(notice, ended):
    last = clock.today() - timedelta(days=1) if ended else clock.today() + timedelta(days=2)
    Notice.update(
        state=NoticeState.PUBLISHED, published_at=clock.now(), starts_on=last - timedelta(days=7), ends_on=last
    ).where(Notice.id == notice.id).execute()


def test_the_congress_elects_and_ends_the_process(process):
    up_to_the_notice(process)
    hangs(Notice.get_by_id(carrying.draft_notice(console(), stage(process, Stage.NOTICE))), ended=True)
    carrying.conclude(console(), stage(process, Stage.NOTICE), NAMES)
    poll = carrying.make_poll(console(), stage(process, Stage.CONGRESS))
    assert (poll.kind, poll.seats, poll.nominees.count()) == (Kind.ELECTION, 2, 3)
    decided(poll, ((1, 1, 2), (1, 1, 2), (1, 2, 1), (1, 1, 2)))
    _possible, kept = carrying.offered(stage(process, Stage.CONGRESS))
    assert kept == set(queries.over_the_line(Poll.get_by_id(poll.id)))
    carrying.conclude(console(), stage(process, Stage.CONGRESS), sorted(kept))
    fresh = ElectionProcess.get_by_id(process.id)
    assert fresh.state is ProcessState.FINISHED
    assert {one.name for one in fresh.candidates if one.elected} == kept
    assert {one.reason for one in fresh.candidates if one.dropped} == {"未当选"}
    with pytest.raises(process_rules.ProcessEnded):
        process_rules.plan(console(), stage(process, Stage.CONGRESS), None, "")


def test_the_next_act_is_due_with_its_day(process):
    process_rules.plan(console(), stage(process, Stage.RECOMMENDATION), clock.today(), "先开党员大会")
    rows = [one for one in office.rows_of(make.actor(process.place), process.place) if one.area == "换届选举"]
    assert [(row.day, row.verb) for row in rows] == [(clock.today(), "去办")]
    assert "党员推荐" in rows[0].text
    poll = carrying.make_poll(console(), stage(process, Stage.RECOMMENDATION), [Source.MEMBERS])
    act = elections.next_act(stage(process, Stage.RECOMMENDATION))
    assert act.path == f"/office/polls/{poll.id}"


def test_a_cancelled_poll_makes_room_for_another(process):
    poll = carrying.make_poll(console(), stage(process, Stage.RECOMMENDATION), [Source.MEMBERS])
    Poll.update(status=PollStatus.CANCELLED, reason="改期").where(Poll.id == poll.id).execute()
    again = carrying.make_poll(console(), stage(process, Stage.RECOMMENDATION), [Source.MEMBERS])
    assert stage(process, Stage.RECOMMENDATION).poll_id == again.id


def test_a_stopped_process_stays_as_it_is(process):
    with pytest.raises(process_rules.ReasonMissing):
        process_rules.stop(console(), process, " ")
    process_rules.stop(console(), process, "上级要求推迟")
    with pytest.raises(process_rules.ProcessEnded):
        carrying.make_poll(console(), stage(process, Stage.RECOMMENDATION))
    assert elections.under_way(ElectionProcess.get_by_id(process.id)) is None
