"""The life of a meeting, without a browser."""

from datetime import date, timedelta

import pytest

from blueprints.meetings import decided, issuing, obligations, queries, rules, series
from blueprints.meetings.models import Meeting, MeetingState, Presence
from blueprints.meetings.protocol import Decision, Item, Protocol, Seat, owners
from core import clock, history
from core.access import Role, actor_of
from core.records.work import AuditEntry
from core.refusal import Stale
from tests import make


def protocol(days=-1, **values):
    given = {
        "series": "联席会议纪要", "issuing_body": "中共梅苑社区委员会", "held_at": clock.now() + timedelta(days=days),
        "chair": "沈国庆（书记）", "seats": (Seat(Presence.PRESENT, "梅苑社区党委", "沈国庆"),),
        "items": (Item("关于照明改造", "社区", "听取汇报。", (Decision("实施照明改造。", "梅苑社区居委会、甲厂", clock.today()),)),),
    }  # fmt: skip
    return Protocol(**{**given, **values})


@pytest.fixture
def staff(community):
    return make.actor(community, Role.STAFF)


@pytest.fixture
def secretary(community):
    return make.actor(community)


@pytest.fixture(autouse=True)
def no_press(monkeypatch):
    monkeypatch.setattr(issuing, "pdf", lambda *_args, **_options: b"%PDF-")


@pytest.fixture
def meeting(community, staff):
    return rules.enter(staff, series.series_of(staff, community, protocol()), protocol())


def issued(meeting, staff, secretary):
    drafted = rules.submit(staff, meeting, meeting.version)
    approved = rules.approve(secretary, rules.chair_checked(staff, drafted, True), None)
    return issuing.issue(secretary, approved, approved.version)


def test_a_meeting_goes_from_draft_to_numbered_minutes(meeting, staff, secretary):
    done = issued(meeting, staff, secretary)
    assert (done.state, done.number_serial, done.issued_on) == (MeetingState.ISSUED, 1, clock.today())
    assert [step.state for step in history.steps(done)] == ["held", "drafted", "drafted", "approved", "issued"]
    acts = [row.act for row in AuditEntry.select().order_by(AuditEntry.seq.desc()).limit(2)]
    assert acts == ["meeting:issued", "paper:issued"]


def test_what_lies_ahead_is_planned_until_somebody_sat_down(community, staff):
    ahead = protocol(days=9, seats=(), items=(Item("关于照明改造"),))
    meeting = rules.enter(staff, series.series_of(staff, community, ahead), ahead)
    assert meeting.state is MeetingState.PLANNED
    assert list(queries.planned(community)) == [meeting]
    with pytest.raises(rules.NotHeldYet, match="还没有开"):
        rules.submit(staff, meeting, 1)
    assert rules.amend(staff, meeting, 1, ahead).state is MeetingState.PLANNED
    assert rules.amend(staff, meeting, 2, protocol()).state is MeetingState.HELD


def test_nobody_approves_their_own_draft_while_another_can(meeting, community, secretary):
    make.account(community)
    drafted = rules.submit(secretary, meeting, 1)
    with pytest.raises(rules.OwnDraft):
        rules.approve(secretary, drafted, 2)
    assert Meeting.get_by_id(meeting.id).state is MeetingState.DRAFTED


def test_an_office_of_one_approves_alone_and_the_record_says_so(meeting, secretary):
    drafted = rules.submit(secretary, meeting, 1)
    assert rules.approve(secretary, drafted, 2).alone


def test_an_inactive_secretary_is_no_second_person(meeting, community, secretary):
    other = make.account(community)
    drafted = rules.submit(secretary, meeting, 1)
    with pytest.raises(rules.OwnDraft):
        rules.approve(secretary, drafted, 2)
    other.active = False
    other.save()
    assert rules.approve(secretary, drafted, 2).alone


def test_sending_back_needs_a_reason_and_opens_the_draft(meeting, staff, secretary):
    rules.submit(staff, meeting, 1)
    with pytest.raises(rules.ReasonMissing):
        rules.send_back(secretary, meeting, 2, " ")
    back = rules.send_back(secretary, meeting, 2, "时限写到日")
    assert (back.state, back.reason) == (MeetingState.HELD, "时限写到日")


def test_words_changed_after_approval_are_approved_anew(meeting, staff, secretary):
    rules.submit(staff, meeting, 1)
    rules.approve(secretary, meeting, 2)
    again = rules.amend(staff, meeting, 3, protocol(venue="二楼"))
    assert (again.state, again.approver) == (MeetingState.HELD, None)
    with pytest.raises(rules.WrongState):
        issuing.issue(secretary, again, again.version)


def test_issued_minutes_are_never_edited(meeting, staff, secretary):
    done = issued(meeting, staff, secretary)
    with pytest.raises(rules.Issued, match="另发更正"):
        rules.amend(staff, done, done.version, protocol(venue="别处"))
    with pytest.raises(rules.WrongState):
        issuing.issue(secretary, done, done.version)


def test_a_second_editor_is_told(meeting, staff, secretary):
    rules.amend(staff, meeting, 1, protocol(venue="二楼"))
    for act in (lambda: rules.amend(secretary, meeting, 1, protocol()), lambda: rules.submit(secretary, meeting, 1)):
        with pytest.raises(Stale):
            act()
    assert Meeting.get_by_id(meeting.id).venue == "二楼"


@pytest.mark.parametrize(
    ("values", "words"),
    [({"items": ()}, "没有议题"), ({"items": (Item("甲"),)}, "没有议定事项"), ({"seats": ()}, "没有登记出席"), ({"chair": ""}, "主持人")],
)  # fmt: skip
def test_half_a_record_is_not_submitted(community, staff, values, words):
    half = protocol(**values)
    meeting = rules.enter(staff, series.series_of(staff, community, half), half)
    with pytest.raises(rules.NothingDecided, match=words):
        rules.submit(staff, meeting, 1)


def test_a_number_lost_to_another_paper_is_taken_anew(meeting, community, staff, secretary, monkeypatch):
    drafted = rules.submit(staff, meeting, 1)
    approved = rules.approve(secretary, rules.chair_checked(staff, drafted, True), 3)
    coming, answers = issuing.numbers.coming, iter([7])
    monkeypatch.setattr(issuing.numbers, "coming", lambda *args: next(answers, None) or coming(*args))
    assert issuing.issue(secretary, approved, 4).number_serial == 1


def test_a_wording_chosen_for_residents_outlives_an_amendment(meeting, staff):
    row = meeting.resolutions.get()
    row.public_text = "照明改造。"
    row.save()
    rules.amend(staff, meeting, 1, protocol(venue="二楼"))
    assert meeting.resolutions.get().public_text == "照明改造。"


@pytest.mark.parametrize(
    ("responsible", "names"),
    [
        ("新华书店、梅苑社区居委会", ["新华书店", "梅苑社区居委会"]),
        ("牵头单位：甲厂；配合单位：乙站、丙店", ["甲厂", "乙站", "丙店"]),
        ("甲厂，甲厂", ["甲厂"]),
    ],
)
def test_owners_are_read_off_the_printed_words(responsible, names):
    assert owners(responsible) == names


@pytest.mark.parametrize(
    ("day", "yearly", "period"),
    [
        ("2026-06-30", 2, ("2026-01-01", "2026-06-30")), ("2026-07-01", 2, ("2026-07-01", "2026-12-31")),
        ("2026-05-01", 4, ("2026-04-01", "2026-06-30")), ("2026-12-31", 5, ("2026-09-01", "2026-12-31")),
        ("2026-02-01", 12, ("2026-02-01", "2026-02-28")), ("2026-11-11", 1, ("2026-01-01", "2026-12-31")),
    ],
)  # fmt: skip
def test_the_year_is_parted_by_the_reports_owed(day, yearly, period):
    assert obligations.period(date.fromisoformat(day), yearly) == tuple(map(date.fromisoformat, period))


def test_a_report_owed_is_due_until_a_meeting_heard_it(community, staff, monkeypatch):
    monkeypatch.setattr(clock, "today", lambda: date(2026, 12, 1))
    wanted = [due.text for due in queries.due(staff, community)]
    assert wanted == []
    item = Item("关于共建工作", "社区", "")
    held = protocol(items=(item,), held_at=clock.utc(clock.local(clock.now()).replace(year=2026, month=9, day=9)))
    meeting = rules.enter(staff, series.series_of(staff, community, held), held)
    assert any("还没有安排汇报" in due.text and due.day == date(2026, 12, 31) for due in queries.due(staff, community))
    rules.amend(staff, meeting, 1, protocol(items=(Item("关于共建工作的通报"),), held_at=held.held_at))
    assert not any("还没有安排汇报" in due.text for due in queries.due(staff, community))


def test_who_only_reads_sees_what_is_issued(meeting, community, staff, secretary):
    reader = actor_of(make.account(community, Role.READER))
    assert queries.visible_to(reader, community).count() == 0
    issued(meeting, staff, secretary)
    assert queries.visible_to(reader, community).count() == 1
    stranger = make.actor(make.community("兰苑社区"))
    assert queries.visible_to(stranger, community).count() == 0
    assert decided.resolutions(stranger, community).count() == 0
