"""What follows the count: recounts, ties, shortage, notices, the period for objections, archive, the burning."""

import io
import json
from datetime import timedelta

import pdfplumber
import pytest

from blueprints.ballots import (
    announcing,
    archiving,
    counting,
    irregular,
    outcomes,
    printing,
    publishing,
    recounting,
    reports,
    rules,
    steps,
)
from blueprints.ballots.ballot import Kind
from blueprints.ballots.irregular import ReasonMissing
from blueprints.ballots.kinds import Grades, RecountSource, Source
from blueprints.ballots.models import Poll, PollStatus
from blueprints.notices.models import Notice, NoticeKind
from core import clock, settings
from core.access import Role, console
from tests import make
from tests.ballots import ceremony
from tests.ballots.ceremony import WATCHERS

FIVE = ((1, 1, 2), (1, 2, 3), (1, 3, 0), (1, 1, 1), (2, 1, 1))


def text_of(pdf):
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        return "".join("".join(page.extract_text() for page in opened.pages).split())


def signed(place, **fields):
    meeting = ceremony.counted(place, **fields)
    counting.sign(console(), meeting.poll, WATCHERS)
    return meeting


def published(place, **fields):
    meeting = signed(place, **fields)
    publishing.publish(console(), meeting.poll)
    return meeting


def counts_again(meeting, source=RecountSource.BALLOTS, names=WATCHERS, sheets=(), reason="有人提出异议"):
    return recounting.recount(console(), meeting.poll, source, reason, names, sheets)


@pytest.mark.parametrize("source", list(RecountSource))
def test_a_recount_of_untouched_ballots_says_the_same(community, source):
    meeting = signed(community)
    before = meeting.poll.result, meeting.poll.digest
    row = counts_again(meeting, source, sheets=meeting.shares[1:])
    assert row.differences == []
    assert (meeting.poll.result, meeting.poll.digest) == before
    assert json.loads(row.result)["groups"] == json.loads(meeting.poll.result)["groups"]
    assert "复核与原结果一致" in text_of(printing.recount(row))


def test_a_recount_needs_a_reason_two_scrutineers_and_from_the_box_two_sheets(community):
    meeting = signed(community)
    with pytest.raises(ReasonMissing):
        counts_again(meeting, reason=" ")
    with pytest.raises(steps.TwoScrutineersNeeded):
        counts_again(meeting, names=WATCHERS[:1])
    with pytest.raises(Exception, match="密钥单"):
        counts_again(meeting, RecountSource.BOX, sheets=meeting.shares[:1])


def test_a_recount_finds_what_was_altered_and_leaves_the_first_result(community):
    meeting = signed(community)
    content = json.loads(meeting.poll.result)
    content["groups"][0]["total"]["rows"][0] = [2, 1, 0, 0, 0]
    Poll.update(result=json.dumps(content)).where(Poll.id == meeting.poll.id).execute()
    row = counts_again(meeting, RecountSource.BOX, sheets=meeting.shares[:2])
    assert [one[1:] for one in row.differences] == [[2, 3], [1, 0]]
    assert "王秋实 信任" in row.differences[0][0]
    assert json.loads(Poll.get_by_id(meeting.poll.id).result) == content
    assert "2→3" in text_of(printing.recount(row))


def test_altered_ballots_prove_nothing(community):
    meeting = signed(community)
    path = steps.file_of(meeting.poll).with_suffix(".ballots")
    path.write_bytes(path.read_bytes().replace(b'"marks":[1,', b'"marks":[2,', 1))
    with pytest.raises(recounting.BallotsAltered):
        counts_again(meeting)
    path.unlink()
    with pytest.raises(recounting.BallotsGone):
        counts_again(meeting)


def test_the_recounts_page(app, community):
    meeting = signed(community)
    secretary = app.test_client().as_(make.account(community, Role.SECRETARY, "书记"))
    at = f"/office/polls/{meeting.poll.id}/recounts"
    refused = secretary.submit(at, form="", source="box", reason="异议", by=list(WATCHERS), first=meeting.shares[0])
    assert refused.status_code == 422
    assert meeting.shares[0].split()[7] + " " + meeting.shares[0].split()[8] not in str(refusal_errors(secretary))
    assert secretary.submit(at, form="", source="ballots", reason="异议", by=list(WATCHERS)).status_code == 303
    assert "与原结果完全一致" in secretary.get(at).text
    assert secretary.get(f"{at}/{meeting.poll.recounts.get().id}.pdf").mimetype == "application/pdf"
    assert "复核结果1.json" in archiving.export(meeting.poll)


def refusal_errors(client):
    return [node.text_content() for node in client.page.xpath("//*[@id='errs']")]


def test_a_tie_at_the_last_seat_makes_a_prefilled_vote(community):
    ballots = ((1, 1, 2), (1, 2, 1), (2, 1, 1)) * 2
    meeting = signed(community, kind=Kind.ELECTION, seats=2, ballots=ballots, venue="二楼会议室")
    group = outcomes.groups(meeting.poll)[0]
    assert (group.tied, group.tied_seats) == (ceremony.NAMES, 2)
    made = irregular.new_vote(console(), meeting.poll, group.tied[:2], 1)
    assert [row.name for row in made.nominees] == ["王秋实", "方可"]
    assert (made.origin_id, made.venue, made.seats, made.rules["threshold"]) == (meeting.poll.id, "二楼会议室", 1, [0, 1])
    assert {row.name for row in made.scrutineers} >= set(WATCHERS)


def test_a_shortage_is_elected_again_or_agreed_to(app, community):
    ballots = ((1, 2, 2), (1, 2, 2), (1, 1, 2), (1, 2, 2))
    meeting = signed(community, kind=Kind.ELECTION, seats=2, ballots=ballots, voters=4)
    with pytest.raises(irregular.NotAgreed):
        irregular.agree_to_fewer(console(), meeting.poll, 2, 4)
    secretary = app.test_client().as_(make.account(community, Role.SECRETARY, "书记"))
    at = f"/office/polls/{meeting.poll.id}"
    assert secretary.submit(at, form="/completion").status_code == 303
    again = Poll.select().order_by(Poll.id.desc()).first()
    assert (again.seats, [row.name for row in again.nominees]) == (1, ["方可", "任远"])
    assert secretary.submit(at, form="/consent", agreeing="3", present="4").status_code == 303
    words = "应选2名，当选1名；到会有选举权的4人中3人同意减少名额，不再另行选举。"
    assert words in text_of(printing.four_reports(Poll.get_by_id(meeting.poll.id)))
    assert words in text_of(printing.notice(Poll.get_by_id(meeting.poll.id)))


def test_fewer_seats_only_where_somebody_is_missing(community):
    meeting = signed(community, kind=Kind.ELECTION, seats=1, ballots=((1, 2, 2),) * 4, voters=4)
    with pytest.raises(irregular.NobodyMissing):
        irregular.agree_to_fewer(console(), meeting.poll, 4, 4)


def test_the_vote_is_announced_with_all_a_voter_asks(community):
    settings.put("office.phone", "0512-12345678", community)
    meeting = ceremony.sealed(community, venue="二楼会议室", held_on=clock.today(), purpose="按照换届安排，请居民代表表态。")
    number = publishing.announce(console(), meeting.poll)
    notice = Notice.get_by_id(number)
    assert notice.kind is NoticeKind.ANNOUNCEMENT
    for words in ("居民代表6名", "二楼会议室", "以姓氏笔画为序", "遗失不补", "代写", "0512-12345678", "不是正式选举"):
        assert words in notice.body.replace(" ", ""), words
    with pytest.raises(publishing.AlreadyDrafted):
        publishing.announce(console(), meeting.poll)
    assert "二楼会议室" in text_of(printing.announcement(meeting.poll))


def test_an_election_at_the_meeting_announces_no_proxies(community):
    make.member(community, "王五")
    poll = rules.create(console(), community, Kind.ELECTION, "委员选举票", [Source.MEMBERS], seats=1)
    assert "没有到会的党员不能委托他人投票" in announcing.announcement_text(poll)


def test_the_superior_reads_the_counts_the_notice_leaves_out(community):
    settings.put("office.superior", "中共虞山街道工作委员会", community)
    meeting = signed(community)
    told = text_of(printing.report_up(meeting.poll))
    assert "中共虞山街道工作委员会：" in told
    assert "王秋实：信任3票" in told
    assert "选票收回情况报告单" in told
    assert "3票" not in text_of(printing.notice(meeting.poll))


def test_archiving_waits_for_the_period_for_objections(community, monkeypatch):
    meeting = published(community)
    until = meeting.poll.objections_until
    assert until > clock.today() + timedelta(days=4)
    with pytest.raises(archiving.ObjectionsRun):
        archiving.archive(console(), meeting.poll)
    monkeypatch.setattr(clock, "today", lambda: until + timedelta(days=1))
    archiving.archive(console(), meeting.poll)
    assert meeting.poll.status is PollStatus.ARCHIVED


def archived(community):
    settings.put("polls.objection_days", 0, community)
    meeting = published(community)
    archiving.archive(console(), meeting.poll)
    return meeting


def test_two_of_three_sheets_burn_and_the_record_says_which(community):
    meeting = archived(community)
    blank = text_of(printing.destruction(meeting.poll))
    assert "销毁记录" in blank
    assert "√" not in blank
    for burnt in ((), (1,), (1, 1), (1, 7)):
        with pytest.raises(archiving.TwoSheetsBurn):
            archiving.destroy(console(), meeting.poll, WATCHERS, "当众烧毁", burnt)
    archiving.destroy(console(), meeting.poll, WATCHERS, "2026年12月8日在会议室当众烧毁", (1, 3))
    assert not list(steps.file_of(meeting.poll).parent.glob(f"{meeting.poll.key}.*"))
    text = text_of(printing.destruction(meeting.poll))
    assert text.count("√") == 2
    assert "在会议室当众烧毁" in text
    assert WATCHERS[0] in text
    with pytest.raises(recounting.BallotsGone):
        counts_again(meeting)


def test_a_cancelled_poll_is_burnt_too_and_says_why_to_whoever_holds_a_slip(app, community):
    meeting = ceremony.running(community)
    irregular.cancel(console(), meeting.poll, "会场停电，改期举行", WATCHERS)
    public = app.test_client().get(f"/polls/{meeting.poll.id}")
    assert "会场停电，改期举行" in public.text
    secretary = app.test_client().as_(make.account(community, Role.SECRETARY, "书记"))
    at = f"/office/polls/{meeting.poll.id}"
    assert secretary.submit(at, form="/destruction", note="当众烧毁", by=list(WATCHERS), burnt=["1", "2"]).status_code == 303
    assert "√" in text_of(secretary.get(f"{at}/destruction.pdf").data)


def test_a_poll_cancelled_before_its_opening_stays_unknown(app, community):
    meeting = ceremony.sealed(community)
    irregular.cancel(console(), meeting.poll, "改期")
    assert app.test_client().get(f"/polls/{meeting.poll.id}").status_code == 404


def test_recommendations_of_two_classes_are_merged_in_words(community):
    for number in range(6):
        make.member(community, f"党员{'甲乙丙丁戊己'[number]}")
    ceremony.representatives(community, 6)
    poll = rules.create(console(), community, Kind.RECOMMENDATION, "推荐票", [Source.MEMBERS, Source.REPRESENTATIVES], lines=2)
    rule = reports.words.rule_words(poll)
    assert "两类推荐票分别取前 3 名" in rule
    assert "不足 4 名" in rule


def test_a_body_is_graded_in_its_own_words_with_a_line_to_write_on(community):
    meeting = ceremony.counted(
        community, kind=Kind.APPRAISAL, grades=Grades.BODY, with_words=True, names=("居委会班子",), ballots=((1,), (2,), (1,))
    )
    line = outcomes.groups(meeting.poll)[0].lines[0]
    assert (line.counts, line.grade) == ((2, 1, 0), "满意")
    told = text_of(printing.ballots(meeting.poll, False))
    assert "基本满意" in told
    assert "意见和建议" in told
    assert outcomes.combined(meeting.poll).grades == (("居委会班子", "", "满意", ("66.7%", "33.3%", "0.0%")),)


def test_words_on_an_appraisal_are_read_by_those_who_count_and_by_nobody_else(app, community):
    meeting = ceremony.running(community, kind=Kind.APPRAISAL, with_words=True, names=("王秋实",))
    for words in ("多开门", "常走访"):
        meeting.ticks(slip_taken=True)
        ceremony.cast(meeting.poll, meeting.codes.pop(), bytes(12), (1,), (words,))
    rules.close_voting(console(), meeting.poll)
    meeting.desk(slips_left=len(meeting.codes))
    assert counting.opinions(meeting.poll) == []
    meeting.opens_the_box()
    counting.count(console(), meeting.poll)
    assert counting.opinions(meeting.poll) == ["多开门", "常走访"]
    at = f"/office/polls/{meeting.poll.id}/results"
    assert "多开门" in app.test_client().as_(make.account(community, Role.STAFF, "干事")).get(at).text
    assert "多开门" not in app.test_client().as_(make.account(community, Role.READER, "上级")).get(at).text
    assert "多开门" not in meeting.poll.result
