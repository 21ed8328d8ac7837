"""Units are asked, answer by a link of their own, propose for the agenda; calendars follow."""

from datetime import timedelta

import icalendar
import pytest

from blueprints.cobuilding import rules as cobuilding
from blueprints.meetings import bearers, calendar, calling, following, proposing, rules
from blueprints.meetings.models import Attendance, Meeting
from blueprints.meetings.protocol import protocol_of
from blueprints.meetings.states import Answer, ItemKind, MeetingState, Presence, ProposalState, Way
from core import clock, links
from core.access import Actor, Role
from core.records.work import AuditDetail, AuditEntry, Link
from tests import make

UNIT = Actor(name="市第三中学")


@pytest.fixture
def staff(community):
    return make.actor(community, Role.STAFF)


@pytest.fixture
def ahead(community, staff):
    """A meeting in nine days with two units, one of them with a liaison."""
    cobuilding.add_unit(staff, community, {"name": "市第三中学", "liaison": "许桂兰"})
    cobuilding.add_unit(staff, community, {"name": "甲厂"})
    return make.meeting(community, days=9, seats=(), items=(), series="梅苑社区党建工作联席会议纪要")


def seat(meeting, name="市第三中学"):
    return meeting.seats.where(Attendance.unit_text == name).get()


def test_each_unit_gets_a_link_and_a_message_of_its_own(community, staff, ahead):
    letters = calling.call(staff, ahead, [], everybody=True)
    assert [letter.name for letter in letters] == ["市第三中学", "甲厂"]  # the hosts need no letter
    assert letters[0].message.startswith("市第三中学许桂兰：定于")
    assert letters[0].message.endswith(letters[0].address)
    assert len({letter.address for letter in letters}) == 2
    token = letters[0].address.split("/")[-2]
    assert bearers.bearer(token, community).name == "市第三中学"
    assert token not in "".join(row.values for row in AuditDetail.select()) + "".join(row.hash for row in Link.select())


def test_a_link_ends_is_revoked_and_belongs_to_one_community(community, staff, ahead, monkeypatch):
    address = calling.call(staff, ahead, [seat(ahead).id])[0].address
    token = address.split("/")[-2]
    assert bearers.bearer(token, make.community("兰苑社区")) is None
    assert bearers.bearer("x" * 22, community) is None
    assert calling.end_links(staff, ahead, [seat(ahead).id]) == 1
    assert bearers.bearer(token, community) is None
    other = calling.call(staff, ahead, [seat(ahead).id])[0].address.split("/")[-2]
    today = clock.today()
    monkeypatch.setattr(clock, "today", lambda: today + timedelta(days=31))
    assert links.find(other, bearers.UNIT) is None


def test_a_receipt_is_given_changed_and_seen(staff, ahead):
    calling.mark(staff, ahead, [], everybody=True)
    calling.answer(UNIT, seat(ahead), Answer.COMING, "吴文斌", "副校长")
    calling.answer(UNIT, seat(ahead), Answer.PROXY, "周敏", reason="代吴文斌")
    row = seat(ahead)
    assert (row.answer, row.names, row.reason, row.answered_by, row.answered_on) == ("proxy", "周敏", "代吴文斌", "link", clock.today())
    assert [calling.invited(ahead, shown).count() for shown in ("", "silent", "proxy", "new")] == [4, 1, 1, 2]
    last = AuditEntry.select().order_by(AuditEntry.seq.desc()).get()
    assert (last.act, last.who, last.account) == ("meeting:answered", "市第三中学", None)


@pytest.mark.parametrize(
    ("said", "names", "reason", "refusal"),
    [
        (Answer.COMING, " ", "", calling.NamesMissing), (Answer.PROXY, "", "代人", calling.NamesMissing),
        (Answer.LEAVE, "", " ", calling.LeaveReasonMissing),
    ],
)  # fmt: skip
def test_half_a_receipt_is_told(ahead, said, names, reason, refusal):
    with pytest.raises(refusal):
        calling.answer(UNIT, seat(ahead), said, names, reason=reason)
    assert seat(ahead).answer is None


def test_after_the_meeting_began_no_receipt_is_taken(staff, ahead):
    row = seat(ahead)
    rules.cancel(staff, ahead, 1, "场地停电")
    with pytest.raises(calling.TooLate):
        calling.answer(UNIT, row, Answer.COMING, "吴文斌")
    with pytest.raises(rules.WrongState):
        calling.mark(staff, Meeting.get_by_id(ahead.id), [], everybody=True)


def test_a_proposal_becomes_an_item_of_the_next_meeting(community, staff, ahead):
    made = proposing.propose(UNIT, ahead.series, "市第三中学", "关于5幢张桂英家停车的建议", "周六", Way.LINK)
    make.person(community, "张桂英")
    item = proposing.take_up(staff, made)
    assert (item.meeting, item.title, item.reported_by) == (ahead, "关于5幢张桂英家停车的建议", "市第三中学")
    assert "张桂英" not in item.public_title
    assert type(made).get_by_id(made.id).state is ProposalState.TAKEN
    with pytest.raises(proposing.Settled):
        proposing.take_up(staff, made)


def test_a_proposal_is_declined_with_a_reason_only(staff, ahead):
    made = proposing.propose(UNIT, ahead.series, "甲厂", "关于年夜饭")
    with pytest.raises(proposing.WhyNot):
        proposing.decline(staff, made, " ")
    assert proposing.decline(staff, made, "请找工会").reason == "请找工会"


def test_without_a_meeting_ahead_a_proposal_waits(community, staff):
    made = proposing.propose(staff, make.meeting(community).series, "甲厂", "关于停车")
    with pytest.raises(proposing.NoMeetingAhead):
        proposing.take_up(staff, made)


@pytest.mark.parametrize(("unit", "title", "refusal"), [("", "甲", proposing.UnitMissing), ("甲厂", " ", proposing.TitleMissing)])
def test_an_empty_proposal_is_told(staff, ahead, unit, title, refusal):
    with pytest.raises(refusal):
        proposing.propose(staff, ahead.series, unit, title)


def read(content):
    whole = icalendar.Calendar.from_ical(content)
    return whole, whole.walk("VEVENT")


def test_a_calendar_follows_a_change_and_a_cancellation(community, staff, ahead):
    whole, (first,) = read(calendar.file(ahead))
    assert (whole["METHOD"], first["STATUS"], first["SEQUENCE"]) == ("PUBLISH", "CONFIRMED", 0)
    said = protocol_of(ahead)
    moved = rules.amend(staff, ahead, 1, type(said)(**{**vars(said), "venue": "三楼"}))
    _whole, (second,) = read(calendar.file(moved))
    assert (second["SEQUENCE"], second["LOCATION"], second["UID"]) == (1, "三楼", first["UID"])
    noted = rules.amend(staff, moved, 2, type(said)(**{**vars(said), "venue": "三楼", "recorder": "陆静怡"}))
    assert noted.sequence == 1  # what no calendar shows is no news for one
    gone = rules.cancel(staff, noted, 3, "场地停电")
    whole, (last,) = read(calendar.file(gone))
    assert (whole["METHOD"], last["STATUS"], last["SEQUENCE"], last["UID"]) == ("CANCEL", "CANCELLED", 2, first["UID"])
    assert "场地停电" in last["DESCRIPTION"]
    whole, events = read(calendar.feed([gone], "会议"))
    assert (whole["METHOD"], events[0]["STATUS"]) == ("PUBLISH", "CANCELLED")


def test_a_meeting_called_off_gives_its_place_in_the_year_back(community, staff, ahead):
    gone = rules.cancel(staff, ahead, 1, "场地停电")
    assert (gone.state, gone.ordinal, gone.reason) == (MeetingState.CANCELLED, None, "场地停电")
    assert "第" not in gone.title
    again = make.meeting_of(gone.series, days=20, items=())
    assert again.ordinal == 1
    with pytest.raises(rules.WrongState):
        rules.amend(staff, gone, gone.version, protocol_of(gone))
    with pytest.raises(rules.CancelReasonMissing):
        rules.cancel(staff, again, 1, " ")


def test_what_was_decided_last_time_is_the_first_item_of_the_next(community, staff, ahead):
    past = make.meeting(community, issued=True, series=ahead.series.name)
    following.carry_on(past)
    following.carry_on(past)
    first = ahead.agenda.get()
    assert (first.kind, first.position, first.title) == (ItemKind.FOLLOW_UP, 0, "关于上次议定事项落实情况的通报")
    told = following.words(ahead)
    assert told.startswith("上次会议以来跟进议定事项1项，其中未启动1项。未完成的有：")
    assert "梅苑社区居委会，时限" in told


def test_seats_answered_are_what_the_sign_in_sheet_shows(staff, ahead):
    from blueprints.meetings import printing

    calling.answer(UNIT, seat(ahead), Answer.LEAVE, "", reason="监考")
    calling.answer(UNIT, seat(ahead, "甲厂"), Answer.PROXY, "李工", "车间主任", "代厂长")
    rows = {row[0]: row[1:] for row in printing._expected(ahead)}
    assert rows["市第三中学"] == ("许桂兰", "", "请假")
    assert rows["甲厂"] == ("李工", "车间主任", "代会")
    assert seat(ahead).presence is Presence.EXPECTED
