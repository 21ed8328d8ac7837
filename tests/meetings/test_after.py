"""After the minutes: who got them, what was wrong in them, what becomes of decisions, the notice of a decision."""

from datetime import timedelta

import pytest

from blueprints.cobuilding import rules as cobuilding
from blueprints.meetings import (
    announcing,
    bearers,
    correcting,
    decided,
    issuing,
    ledger,
    printing,
    reminding,
    rules,
    sending,
    series,
    slips,
)
from blueprints.meetings.models import Meeting, Resolution, ResolutionOwner, ResolutionStep
from blueprints.meetings.protocol import Decision, Item, protocol_of
from blueprints.meetings.states import CorrectionState, ResolutionState, SeriesKind, Way
from blueprints.meetings.writings import Delivery
from blueprints.notices.models import NoticeKind, NoticeState
from blueprints.papers import rules as papers
from core import clock, evidence, filetypes
from core.access import Actor, Role, actor_of
from core.records.papers import PaperState
from tests import make
from tests.boards.test_doing import picture
from tests.notices.office import workbook

UNIT = Actor(name="甲厂")


@pytest.fixture
def staff(community):
    return make.actor(community, Role.STAFF)


@pytest.fixture
def secretary(community):
    return make.actor(community)


@pytest.fixture(autouse=True)
def no_press(monkeypatch):
    monkeypatch.setattr(issuing, "pdf", lambda *_args, **_options: b"%PDF-")


def issued(meeting, staff, secretary):
    rules.submit(staff, meeting, None)
    rules.chair_checked(staff, meeting, True)
    rules.approve(secretary, meeting, None)
    return issuing.issue(secretary, Meeting.get_by_id(meeting.id), Meeting.get_by_id(meeting.id).version)


@pytest.fixture
def done(community, staff, secretary):
    for name in ("甲厂", "乙站"):
        cobuilding.add_unit(staff, community, {"name": name})
    return issued(make.meeting(community, copies_to=("街道党工委", "各成员单位", "各党支部")), staff, secretary)


def test_every_receiver_is_listed_when_the_minutes_are_issued(done):
    rows = sending.of_meeting(done)
    assert [(row.receiver, row.unit is None, row.sent_on) for row in rows] == [
        ("街道党工委", True, None), ("甲厂", False, None), ("乙站", False, None), ("各党支部", True, None)
    ]  # fmt: skip


def test_who_got_it_how_and_when(done, staff):
    first = sending.of_meeting(done)[0]
    sending.send(staff, done, [first.id], Way.PAPER, clock.today())
    sending.send(staff, done, [], Way.LINK, clock.today(), everybody=True)
    assert [(row.way, row.sent_on) for row in sending.of_meeting(done)] == [("paper", clock.today()), *[("link", clock.today())] * 3]
    unit = bearers.Bearer(done.place, "甲厂", bearers.UNIT, Delivery.get(Delivery.receiver == "甲厂").unit_id)
    got = bearers.deliveries(unit).get()
    sending.signed_for(UNIT, got)
    assert [sending.of_meeting(done, shown).count() for shown in ("open", "sent", "opened")] == [0, 4, 1]


def test_what_cannot_be_sent_is_told(done, staff, community):
    row = sending.of_meeting(done)[0]
    for days, refusal in ((1, sending.SentTooEarly), (-1, sending.SentTooEarly)):
        with pytest.raises(refusal):
            sending.send(staff, done, [row.id], Way.PAPER, clock.today() + timedelta(days=days))
    with pytest.raises(sending.NobodyTicked):
        sending.send(staff, done, [], Way.PAPER, clock.today())
    with pytest.raises(sending.NothingIssued):
        sending.send(staff, make.meeting(community), [1], Way.PAPER, clock.today())
    with pytest.raises(sending.ReceiverMissing):
        sending.add_receiver(staff, done, " ")
    assert sending.add_receiver(staff, done, "甲厂").id == Delivery.get(Delivery.receiver == "甲厂").id
    assert sending.add_receiver(staff, done, "区档案馆").position == 4


def test_a_correction_is_a_paper_of_its_own(done, staff, secretary):
    draft = correcting.draft(staff, done, {"passage": "第一项", "wrong": "5幢", "right": "3幢", "reason": "笔误"})
    one = correcting.issue(secretary, draft, draft.version, draw=lambda *_a, **_o: b"%PDF-1")
    assert (one.state, correcting.number_text(one)) == (CorrectionState.ISSUED, f"更正〔{clock.today().year}〕1号")
    assert papers.issued(done, "minutes").state is PaperState.CORRECTED
    assert issuing.minutes_pdf(done) == b"%PDF-"
    with pytest.raises(correcting.Decided):
        correcting.draft(staff, done, {"wrong": "甲", "right": "乙", "reason": "丙"}, one)
    with pytest.raises(correcting.Decided):
        correcting.issue(secretary, one, None)


def test_a_correction_is_issued_by_somebody_else(done, secretary):
    make.account(done.place)
    draft = correcting.draft(secretary, done, {"wrong": "5幢", "right": "3幢", "reason": "笔误"})
    with pytest.raises(correcting.OwnCorrection):
        correcting.issue(secretary, draft, None)


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ({"wrong": "甲", "right": "乙"}, correcting.HalfCorrection), ({"wrong": "甲", "right": "甲", "reason": "笔误"}, correcting.SameWords),
    ],
)  # fmt: skip
def test_half_a_correction_is_told(done, staff, words, refusal):
    with pytest.raises(refusal):
        correcting.draft(staff, done, words)


def test_a_correction_thrown_away_takes_no_number(done, staff, secretary, community):
    words = {"wrong": "5幢", "right": "3幢", "reason": "笔误"}
    correcting.discard(secretary, correcting.draft(staff, done, words), None)
    kept = correcting.issue(secretary, correcting.draft(staff, done, words), None, draw=lambda *_a, **_o: b"%PDF-")
    assert kept.number_serial == 1
    with pytest.raises(correcting.NotIssuedYet):
        correcting.draft(staff, make.meeting(community), words)


def test_a_slip_holds_all_a_unit_still_has_to_do_and_its_link(done, staff, community):
    names = [row[0] for row in reminding.debtors(community).tuples()]
    assert names == ["梅苑社区居委会", "甲厂"]
    with pytest.raises(reminding.NobodyChosen):
        reminding.slips(staff, community, ["没有这家"])
    own, unit = reminding.slips(staff, community, names)
    assert (own.address, "/l/" in unit.address, len(unit.rows)) == ("", True, 1)
    assert ResolutionOwner.get(ResolutionOwner.text == "甲厂").reminded_on == clock.today()
    assert reminding.debtors(community, late_only=True).count() == 0
    token = unit.address.split("/")[-2]
    assert [row.id for row in bearers.tasks(bearers.bearer(token, community))] == [unit.rows[0].id]


def test_a_unit_says_how_it_stands_and_the_office_looks_at_it(done, staff):
    row = done.resolutions.get()
    ledger.report(UNIT, row, "甲厂", ResolutionState.UNDER_WAY, "已开工")
    assert Resolution.get_by_id(row.id).state is ResolutionState.UNDER_WAY
    said = ledger.report(UNIT, row, "甲厂", ResolutionState.DONE, "装好了", "验收单")
    assert (Resolution.get_by_id(row.id).state, said.waiting) == (ResolutionState.UNDER_WAY, True)
    assert decided.waiting(done.place).count() == 1
    ledger.look_at(staff, said, True)
    assert (Resolution.get_by_id(row.id).state, decided.waiting(done.place).count()) == (ResolutionState.DONE, 0)
    with pytest.raises(ledger.LookedAt):
        ledger.look_at(staff, said, True)


def test_a_delay_a_unit_asks_for_needs_a_new_day(done, staff):
    row = done.resolutions.get()
    said = ledger.report(UNIT, row, "甲厂", ResolutionState.EXTENDED, "等材料")
    with pytest.raises(ledger.NewDayMissing):
        ledger.look_at(staff, said, True)
    assert ResolutionStep.get_by_id(said.id).waiting
    ledger.look_at(staff, said, True, row.due_on + timedelta(days=9))
    assert Resolution.get_by_id(row.id).extended_to == row.due_on + timedelta(days=9)


def test_words_only_noted_change_nothing(done, staff):
    row = done.resolutions.get()
    said = ledger.report(UNIT, row, "甲厂", ResolutionState.DONE, "自以为办好了")
    ledger.look_at(staff, said, False)
    assert Resolution.get_by_id(row.id).state is ResolutionState.NOT_STARTED
    assert ResolutionStep.get_by_id(said.id).state is ResolutionState.NOT_STARTED


def test_a_congress_decides_who_carries_out_who_watches_and_everybody_is_told(community, staff, secretary):
    congress = series.found_series(staff, community, {
        "name": "梅苑社区居民代表会议决定", "issuing_body": "梅苑社区居民代表会议", "kind": SeriesKind.CONGRESS,
        "executor": "梅苑社区居委会", "supervisor": "社区议事委员会", "own_roster": True,
    })  # fmt: skip
    decision = Decision("5幢张桂英等独居老人优先照明改造。", "梅苑社区居委会", clock.today(), "社区议事委员会")
    from blueprints.meetings.protocol import Seat
    from blueprints.meetings.states import Presence

    meeting = make.meeting_of(congress, items=(Item("关于照明改造", decisions=(decision,)),), seats=(Seat(Presence.PRESENT, "第一小组", "张桂英"),))
    with pytest.raises(rules.WrongState):
        announcing.draft(staff, meeting)
    notice = announcing.draft(staff, issued(meeting, staff, secretary))
    assert (notice.kind, notice.state) == (NoticeKind.ANNOUNCEMENT, NoticeState.DRAFT)
    assert "作出以下决定" in notice.body
    assert "（一）部分楼栋张某某等需要关照的居民优先照明改造。责任单位：梅苑社区居委会；监督：社区议事委员会；完成时限：" in notice.body
    assert "独居" not in notice.body


def test_nothing_open_is_nothing_to_announce(done, staff):
    Resolution.update(public_text="").execute()
    with pytest.raises(announcing.NothingOpen):
        announcing.draft(staff, done)


def test_the_chair_reads_before_anything_is_issued(community, staff, secretary):
    meeting = make.meeting(community, chair="沈国庆（书记）")
    rules.submit(staff, meeting, 1)
    approved = rules.approve(secretary, meeting, 2)
    with pytest.raises(issuing.ChairNotYet, match="沈国庆"):
        issuing.issue(secretary, approved, 3)
    with pytest.raises(rules.ReasonMissing):
        rules.chair_checked(Actor(name="沈国庆"), approved, False, " ")
    back = rules.chair_checked(Actor(name="沈国庆"), approved, False, "时限写到日")
    assert (back.state, back.reason, back.chair_checked_on) == ("held", "时限写到日", None)


def test_a_chair_who_approves_has_read_it(community, staff):
    chair = actor_of(make.account(community, name="沈国庆"))
    meeting = make.meeting(community, chair="沈国庆（书记）")
    rules.submit(staff, meeting, 1)
    assert rules.approve(chair, meeting, 2).chair_checked_on == clock.today()


def test_a_meeting_still_to_come_is_not_submitted(community, staff):
    meeting = make.meeting(community, days=2)
    with pytest.raises(rules.NotHeldYet, match="还没有开"):
        rules.submit(staff, meeting, 1)


def test_a_meeting_whose_hour_has_come_says_what_is_missing(client, community):
    """Nobody was ticked at the door and nothing written down: the page still leads on, and the sentence names it."""
    meeting = make.meeting(community, seats=())
    Meeting.update(state="planned").where(Meeting.id == meeting.id).execute()
    client.as_(make.account(community, Role.STAFF))
    answer = client.submit(f"/office/meetings/{meeting.id}", form="submissions")
    assert (answer.status_code, "没有登记出席单位" in answer.text) == (422, True)


def test_a_signature_on_the_list_is_written_down_with_its_day(done, staff):
    """分送签收: the name beside each row of the list that came back; a copy nobody had ticked off was handed over then."""
    first, factory, station, _branches = sending.of_meeting(done)
    sending.send(staff, done, [first.id], Way.PAPER, clock.today())
    assert sending.sign(staff, done, {first.id: " 王秘书 ", factory.id: "李工", station.id: ""}, clock.today()) == 3
    rows = [(row.receiver, row.way, row.opened_on == clock.today(), row.signed_by) for row in sending.of_meeting(done, "opened")]
    assert rows == [("街道党工委", "paper", True, "王秘书"), ("甲厂", "paper", True, "李工"), ("乙站", "paper", True, "")]
    sheet = slips.deliveries(done, protocol_of(done), sending.of_meeting(done))
    assert [row[3].split("　")[0] for row in sheet.rows] == ["王秘书", "李工", "已签收", ""]
    with pytest.raises(sending.NobodySigned):  # signed once, it stands
        sending.sign(staff, done, {first.id: "别人"}, clock.today())
    for days in (-1, 1):
        with pytest.raises(sending.SignedTooEarly):
            sending.sign(staff, done, {_branches.id: "周"}, clock.today() + timedelta(days=days))


def test_progress_is_shown_by_files(done, staff):
    row = done.resolutions.get()
    files = [(workbook("验收"), "验收单.xlsx"), (picture(), "现场.png")]
    ledger.progress(staff, row, row.version, ResolutionState.DONE, "装好了", clock.today(), shown_by="验收单", files=files)
    step = ResolutionStep.get()
    assert [file.name for file in evidence.beside(step)[step.id]] == ["验收单.xlsx", "现场.jpg"]
    (line,) = printing.ledger_lines([Resolution.get_by_id(row.id)])
    assert line.evidence == "验收单；附件2份"


def test_a_bad_file_holds_back_the_whole_entry(done, staff):
    row = done.resolutions.get()
    with pytest.raises(filetypes.KindNotTaken):
        ledger.progress(staff, row, row.version, ResolutionState.DONE, "装好了", clock.today(), files=[(b"MZ", "a.exe")])
    with pytest.raises(evidence.TooManyFiles):
        ledger.report(UNIT, row, "甲厂", ResolutionState.DONE, "装好了", files=[(workbook("a"), "a.xlsx")] * 6)
    assert not ResolutionStep.select().exists()
    assert Resolution.get_by_id(row.id).state is ResolutionState.NOT_STARTED


def test_residents_read_a_correction_of_what_they_read_and_nothing_else(client, community, done, staff, secretary):
    """The right words stand on their page, masked as the rest; what was never shown to them stays inside."""
    row = done.resolutions.get()
    Resolution.update(text="3幢独居老人的楼道12月20日前改造。", public_text="部分楼栋的楼道12月20日前改造。").where(Resolution.id == row.id).execute()
    for wrong, right in (("12月20日前", "12月25日前"), ("3幢独居老人", "5幢独居老人")):
        draft = correcting.draft(staff, done, {"wrong": wrong, "right": right, "reason": "笔误"})
        correcting.issue(secretary, draft, None, draw=lambda *_a, **_o: b"%PDF-")
    text = client.get(f"/meetings/{done.id}").text
    assert "“12月20日前”应为“12月25日前”" in text
    assert "见更正" in text
    assert "5幢" not in text
