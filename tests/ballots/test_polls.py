"""The ceremony of a poll, step by step, and what it refuses."""

import io
import json
import logging

import pytest
from PIL import Image

from blueprints.ballots import (
    archiving,
    box,
    casting,
    chain,
    counting,
    irregular,
    nominees,
    printing,
    publishing,
    reports,
    roll,
    rules,
    sheets,
    steps,
)
from blueprints.ballots.ballot import Kind
from blueprints.ballots.box import turnout
from blueprints.ballots.layout import CLOSED, connected, read_meta
from blueprints.ballots.models import Poll, PollEvent, PollStatus, RollEntry, Scrutineer, ScrutineerRole
from blueprints.ballots.refusals import VotingInterrupted
from core import backup, settings
from core.access import Role, console
from core.records.work import AuditDetail, AuditEntry, Setting
from core.refusal import Stale
from tests import make
from tests.ballots import ceremony
from tests.ballots.ceremony import WATCHERS


def test_a_trust_vote_from_draft_to_archive(community):
    meeting = ceremony.counted(community)
    poll = meeting.poll
    public = json.loads(poll.result)
    assert public["groups"][0]["total"]["rows"] == [[3, 0, 0, 0, 0], [1, 1, 1, 0, 0], [0, 1, 2, 0, 0]]
    assert public["figures"]["R"]["issued"] == public["figures"]["R"]["recovered"] == 3
    counting.sign(console(), poll, WATCHERS)
    settings.put("polls.objection_days", 0, community)
    publishing.publish(console(), poll)
    archiving.archive(console(), poll)
    assert poll.status is PollStatus.ARCHIVED
    kinds = [event.kind for event in poll.events.order_by(PollEvent.seq)]
    assert kinds[-8:] == ["opened", "closed", "hand count", "unsealed", "counted", "signed", "published", "archived"]
    assert list(chain.faults(poll)) == []


def test_a_changed_step_breaks_the_chain(community):
    poll = ceremony.draft(community)
    PollEvent.update(who="别人").where((PollEvent.poll == poll) & (PollEvent.seq == 2)).execute()
    assert len(list(chain.faults(poll))) >= 1


def test_the_digest_of_the_ballot_is_fixed_when_it_is_frozen(community):
    poll = ceremony.draft(community)
    ballot = rules.freeze(console(), poll)
    assert poll.config == ballot.config().hex()
    assert read_meta_of(poll).config.hex() == poll.config
    assert [one.name for one in ballot.candidates] == ["王秋实", "方可", "任远"]
    with pytest.raises(steps.WrongStep):
        nominees.nominate(console(), poll, "邵敏")


def read_meta_of(poll):
    with connected(steps.file_of(poll)) as opened:
        return read_meta(opened)


def test_names_stand_in_stroke_order_unless_the_office_says_otherwise(community):
    poll = ceremony.draft(community, names=("鲁大为", "丁一", "王秋实"))
    assert [row.name for row in nominees.in_order(poll)] == ["丁一", "王秋实", "鲁大为"]
    nominees.change(console(), poll.nominees.where(ceremony.nominees.Nominee.name == "鲁大为").get(), "鲁大为", position=-1)
    assert [row.name for row in nominees.in_order(poll)] == ["鲁大为", "丁一", "王秋实"]


@pytest.mark.parametrize(
    ("fields", "refusal"),
    [
        ({"names": ()}, rules.NobodyToVoteOn),
        ({"names": ("王秋实", "王秋实")}, nominees.SameName),
        ({"voters": 0}, rules.NobodyEntitled),
        ({"kind": Kind.ELECTION}, rules.SeatsMissing),
        ({"kind": Kind.ELECTION, "seats": 3}, rules.TooFewCandidates),
        ({"kind": Kind.RECOMMENDATION, "names": (), "lines": 0}, rules.LinesMissing),
    ],
)
def test_a_ballot_that_could_not_be_voted_on_is_not_frozen(community, fields, refusal):
    with pytest.raises(refusal):
        rules.freeze(console(), ceremony.draft(community, **fields))


def test_a_poll_opens_only_sealed_watched_and_with_ballots(community):
    poll = ceremony.draft(community)
    rules.freeze(console(), poll)
    with pytest.raises(steps.WrongStep):
        rules.open_voting(console(), poll)
    with pytest.raises(nominees.HoldersMissing):
        rules.seal(console(), poll)
    ceremony.watched(poll)
    rules.seal(console(), poll)
    with pytest.raises(rules.NothingToVoteWith):
        rules.open_voting(console(), poll)
    rules.draw_slips(console(), poll)
    rules.open_voting(console(), poll)
    assert poll.status is PollStatus.OPEN


def test_a_poll_without_two_scrutineers_stays_shut(community):
    poll = ceremony.draft(community, sheets=1)
    nominees.appoint(console(), poll, "沈兰英", ScrutineerRole.SCRUTINEER, True)
    rules.freeze(console(), poll)
    rules.seal(console(), poll)
    rules.draw_slips(console(), poll)
    with pytest.raises(rules.ScrutineersMissing):
        rules.open_voting(console(), poll)


def test_no_poll_opens_while_ballots_could_be_logged(community, monkeypatch):
    meeting = ceremony.sealed(community)
    with pytest.raises(rules.DebugMode):
        rules.open_voting(console(), meeting.poll, debug=True)
    monkeypatch.setattr(logging.getLogger("peewee"), "level", logging.DEBUG)
    logging.getLogger("peewee").manager._clear_cache()
    with pytest.raises(rules.DebugMode):
        rules.open_voting(console(), meeting.poll)
    logging.getLogger("peewee").manager._clear_cache()


def test_a_candidate_watches_over_nothing(community):
    poll = ceremony.draft(community)
    for role in ScrutineerRole:
        with pytest.raises(nominees.NomineeWatches):
            nominees.appoint(console(), poll, "王秋实", role, True)
    nominees.appoint(console(), poll, "沈兰英", ScrutineerRole.CHIEF, True)
    with pytest.raises(nominees.ScrutineerNominated):
        nominees.nominate(console(), poll, "沈兰英")
    with pytest.raises(nominees.KinNotDenied):
        nominees.appoint(console(), poll, "曹文", ScrutineerRole.TELLER, False)


def test_an_administrator_holds_no_key_sheet(community):
    poll = ceremony.watched(ceremony.draft(community))
    account = make.account(community, Role.ADMINISTRATOR, "系统管理员")
    nominees.appoint(console(), poll, "老管", ScrutineerRole.KEEPER, True, account)
    rules.freeze(console(), poll)
    with pytest.raises(nominees.AdministratorHolds):
        rules.seal(console(), poll, ("老管", *WATCHERS))
    rules.seal(console(), poll)
    assert {row.name for row in poll.scrutineers if row.sheet} == {*WATCHERS, "何静"}


def test_slips_are_drawn_once_and_new_ones_make_the_old_waste(community):
    meeting = ceremony.sealed(community)
    assert len(set(meeting.codes)) == 8
    with pytest.raises(rules.SlipsPrinted):
        rules.draw_slips(console(), meeting.poll)
    fresh = rules.draw_slips(console(), meeting.poll, 0, again=True)["R"]
    assert len(fresh) == 6
    rules.open_voting(console(), meeting.poll)
    with pytest.raises(Exception, match="没有这个票码"):
        ceremony.cast(meeting.poll, meeting.codes[0], bytes(12), (1, 1, 1))
    ceremony.cast(meeting.poll, fresh[0], bytes(12), (1, 1, 1))
    assert turnout(steps.file_of(meeting.poll))["R"]["U"] == 1


def test_codes_and_key_words_stand_in_no_table(community, app):
    from models import ALL

    meeting = ceremony.closed(community)
    meeting.opens_the_box()
    kept = "".join(str(list(model.select().dicts())) for model in ALL)
    assert not [code for code in meeting.codes if code in kept]
    assert not [words for words in meeting.shares if words[:40] in kept]


def test_ticks_leave_totals_and_nothing_else(community):
    before = AuditEntry.select().count()
    meeting = ceremony.running(community)
    entries, events = AuditEntry.select().count(), meeting.poll.events.count()
    meeting.votes(1, 1, 1)
    meeting.ticks(paper_taken=True)
    assert (AuditEntry.select().count(), meeting.poll.events.count()) == (entries, events)
    rules.close_voting(console(), meeting.poll)
    ticks = meeting.poll.events.order_by(PollEvent.seq.desc()).get().values["ticks"]["R"]
    assert (ticks["present"], ticks["ticked_slip"], ticks["ticked_paper"]) == (2, 1, 1)
    names = {row.name for row in ceremony.voters(meeting.poll)}
    told = "".join(detail.values for detail in AuditDetail.select())
    assert before < entries
    assert not [name for name in names if name in told]


def test_taking_a_ballot_signs_in_and_nobody_takes_two(community):
    meeting = ceremony.running(community)
    row = meeting.ticks(slip_taken=True)
    assert row.signed_in
    with pytest.raises(roll.TookBoth):
        roll.tick(row, paper_taken=True)
    row = roll.tick(row, signed_in=False)
    assert not row.slip_taken


def test_who_does_not_count_needs_a_reason_and_takes_nothing(community):
    meeting = ceremony.sealed(community)
    row = ceremony.voters(meeting.poll)[0]
    roll.exclude(console(), row, "出国半年以上")
    assert roll.entitled(meeting.poll.classes.get()) == 5
    with pytest.raises(roll.NotEntitled):
        roll.tick(row, signed_in=True)
    roll.exclude(console(), row, "")
    assert roll.entitled(meeting.poll.classes.get()) == 6


def test_a_closed_poll_opens_again_only_before_the_keys(community):
    meeting = ceremony.closed(community)
    with pytest.raises(irregular.ReasonMissing):
        irregular.reopen(console(), meeting.poll, " ", WATCHERS)
    with pytest.raises(steps.TwoScrutineersNeeded):
        irregular.reopen(console(), meeting.poll, "还有代表在路上", ("沈兰英", "何静"))
    irregular.reopen(console(), meeting.poll, "还有代表在路上", WATCHERS)
    meeting.votes(2, 2, 2)
    rules.close_voting(console(), meeting.poll)
    meeting.opens_the_box()
    with pytest.raises(steps.WrongStep):
        irregular.reopen(console(), meeting.poll, "又来了人", WATCHERS)
    assert "还有代表在路上" in meeting.poll.remark


def test_one_sheet_or_a_foreign_one_opens_nothing(community):
    meeting = ceremony.closed(community)
    for shares in (meeting.shares[:1], (meeting.shares[0], meeting.shares[0]), meeting.shares):
        with pytest.raises(steps.BoxRefused):
            counting.unseal(console(), meeting.poll, shares)
    assert meeting.poll.status is PollStatus.CLOSED
    assert read_meta_of(meeting.poll).state == CLOSED
    meeting.opens_the_box()
    assert meeting.poll.status is PollStatus.UNSEALED


def test_a_restored_database_interrupts_an_open_poll(community):
    meeting = ceremony.running(community)
    meeting.votes(1, 1, 1)
    assert steps.look(meeting.poll).status is PollStatus.OPEN
    Setting.create(place=None, key=backup.GENERATION, value="another life", since="2020-01-01")
    assert steps.look(meeting.poll).status is PollStatus.INTERRUPTED
    with pytest.raises(VotingInterrupted):
        ceremony.cast(meeting.poll, meeting.codes.pop(), bytes(12), (1, 1, 1))
    with pytest.raises(steps.TwoScrutineersNeeded):
        irregular.resume(console(), meeting.poll, WATCHERS[:1])
    irregular.resume(console(), meeting.poll, WATCHERS, used_slips=1)
    assert steps.look(meeting.poll).status is PollStatus.OPEN
    meeting.votes(1, 1, 1)


def test_an_older_box_interrupts_an_open_poll(community, tmp_path):
    meeting = ceremony.running(community)
    path = steps.file_of(meeting.poll)
    older = path.read_bytes()
    meeting.votes(1, 1, 1)
    casting.forget(path)
    path.write_bytes(older)
    assert steps.look(meeting.poll).status is PollStatus.INTERRUPTED
    irregular.cancel(console(), meeting.poll, "票箱文件被旧文件覆盖", WATCHERS)
    assert meeting.poll.status is PollStatus.CANCELLED


def test_a_poll_whose_box_is_gone_can_only_be_cancelled(community):
    meeting = ceremony.running(community)
    casting.forget(steps.file_of(meeting.poll))
    steps.file_of(meeting.poll).unlink()
    assert steps.look(meeting.poll).status is PollStatus.INTERRUPTED
    with pytest.raises(steps.BoxMissing):
        irregular.resume(console(), meeting.poll, WATCHERS)
    irregular.cancel(console(), meeting.poll, "硬盘损坏", WATCHERS)


def test_a_poll_restored_to_before_its_opening_does_not_go_on_in_silence(community):
    meeting = ceremony.running(community)
    meeting.votes(1, 1, 1)
    Poll.update(status=PollStatus.SEALED).where(Poll.id == meeting.poll.id).execute()
    assert steps.look(Poll.get_by_id(meeting.poll.id)).status is PollStatus.INTERRUPTED


def test_cancelling_ends_the_voting_at_once(community):
    meeting = ceremony.running(community)
    with pytest.raises(steps.TwoScrutineersNeeded):
        irregular.cancel(console(), meeting.poll, "会议改期")
    irregular.cancel(console(), meeting.poll, "会议改期", WATCHERS)
    with pytest.raises(Exception, match="投票已经截止"):
        ceremony.cast(meeting.poll, meeting.codes.pop(), bytes(12), (1, 1, 1))


def test_a_draft_changed_by_two_keeps_the_first(community):
    poll = ceremony.draft(community)
    version = poll.version
    rules.amend(console(), poll, version, purpose="了解信任情况")
    with pytest.raises(Stale):
        rules.amend(console(), poll, version, purpose="别的")


def test_destroying_leaves_the_record_and_no_ballot(community):
    meeting = ceremony.counted(community)
    counting.sign(console(), meeting.poll, WATCHERS)
    with pytest.raises(steps.WrongStep):
        archiving.destroy(console(), meeting.poll, WATCHERS, "烧毁两张", (1, 2))
    settings.put("polls.objection_days", 0, community)
    publishing.publish(console(), meeting.poll)
    archiving.archive(console(), meeting.poll)
    archiving.destroy(console(), meeting.poll, WATCHERS, "2026年12月1日当众烧毁第1、2张密钥单", (1, 2))
    assert not list(steps.file_of(meeting.poll).parent.parent.rglob(f"{meeting.poll.key}*"))
    assert RollEntry.select().where(RollEntry.poll_class.in_(meeting.poll.classes)).count() == 6


def test_a_new_vote_among_the_tied_needs_no_half(community):
    poll = ceremony.draft(community, kind=Kind.ELECTION, seats=2)
    made = irregular.new_vote(console(), poll, ("方可", "任远"), 1)
    assert [row.name for row in nominees.in_order(made)] == ["方可", "任远"]
    ballot = rules.freeze(console(), made)
    assert (ballot.cap, ballot.rules["threshold"]) == (1, [0, 1])
    assert box.turnout(steps.file_of(made)) == {}


KINDS = {
    Kind.TRUST: {}, Kind.RESOLUTION: {}, Kind.REVIEW: {}, Kind.APPRAISAL: {"items": ["德", "能"]},
    Kind.PRESELECTION: {"seats": 2, "lines": 1}, Kind.ELECTION: {"seats": 2, "lines": 1},
    Kind.RECOMMENDATION: {"lines": 2, "names": ()},
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_every_kind_of_ballot_goes_all_the_way(community, kind):
    meeting = ceremony.running(community, voters=6, kind=kind, **KINDS[kind])
    rows = len(ceremony.desk.ballot_beside(meeting.poll).rows)
    for voter in range(5):
        meeting.votes(*((1 if row < 2 else 2) if voter else 3 for row in range(rows)))
    rules.close_voting(console(), meeting.poll)
    meeting.desk(slips_left=len(meeting.codes))
    meeting.opens_the_box()
    assert counting.count(console(), meeting.poll)["R"].mismatches == ()
    counting.sign(console(), meeting.poll, WATCHERS)
    for paper in (printing.four_reports(meeting.poll), printing.ballots(meeting.poll, False), printing.notice(meeting.poll)):
        assert paper.startswith(b"%PDF")
    assert reports.notice_paragraphs(meeting.poll)


def test_a_candidates_photo_is_drawn_anew_on_the_profile(community):
    poll = ceremony.draft(community)
    out = io.BytesIO()
    Image.new("RGB", (40, 50), "white").save(out, "PNG")
    nominees.describe(console(), poll.nominees.get(), "2001年参加工作。\n2010年任居委会委员。", out.getvalue())
    sheet, photos = sheets.profiles(poll)
    assert sheet.people[0].lines == ("2001年参加工作。", "2010年任居委会委员。")
    assert [photo[:3] for photo in photos.values()] == [b"\xff\xd8\xff"]
    assert printing.profiles(poll, draft=True).startswith(b"%PDF")


def test_a_backup_that_was_loaded_interrupts_what_was_running(community):
    meeting = ceremony.running(community)
    assert rules.interrupt_restored() == []
    Poll.update(generation="another life").where(Poll.id == meeting.poll.id).execute()
    assert [poll.id for poll in rules.interrupt_restored()] == [meeting.poll.id]


def test_nobody_prints_a_thousand_spare_slips_by_a_typing_error(community):
    meeting = ceremony.sealed(community)
    with pytest.raises(rules.TooManyInReserve):
        rules.draw_slips(console(), meeting.poll, 10_000, again=True)


def test_lost_key_sheets_send_a_sealed_poll_back_to_the_desk(community):
    meeting = ceremony.sealed(community)
    rules.redraft(console(), meeting.poll)
    assert (meeting.poll.status, meeting.poll.public_key) == (PollStatus.DRAFT, "")
    assert not Scrutineer.select().where(Scrutineer.sheet > 0).exists()
    rules.freeze(console(), meeting.poll)
    shares = rules.seal(console(), meeting.poll)
    assert set(shares).isdisjoint(meeting.shares)
    with pytest.raises(Exception, match="没有这个票码"):
        ceremony.cast(meeting.poll, meeting.codes[0], bytes(12), (1, 1, 1))


def test_a_key_sheet_that_cannot_be_printed_leaves_the_box_unsealed(community, monkeypatch):
    poll = ceremony.watched(ceremony.draft(community))
    rules.freeze(console(), poll)

    def torn(_sheet):
        raise RuntimeError("no paper")

    monkeypatch.setattr(printing, "key_sheet", torn)
    with pytest.raises(RuntimeError):
        printing.seal(console(), poll)
    assert Poll.get_by_id(poll.id).status is PollStatus.DRAFT
