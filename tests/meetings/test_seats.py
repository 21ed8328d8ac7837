"""Who came: ticked by several people, guests, those who left the joint meeting."""

import pytest

from blueprints.cobuilding import rules as cobuilding
from blueprints.meetings import attending, calling, checks, rules, seats
from blueprints.meetings.attending import Tick
from blueprints.meetings.models import Attendance, Meeting
from blueprints.meetings.states import Answer, MeetingState, Presence
from core.access import Role
from tests import make


@pytest.fixture
def staff(community):
    return make.actor(community, Role.STAFF)


@pytest.fixture
def ahead(community, staff):
    for name in ("甲厂", "乙站", "丙店"):
        cobuilding.add_unit(staff, community, {"name": name})
    return make.meeting(community, days=9, seats=(), items=())


def seat(meeting, name):
    return meeting.seats.where(Attendance.unit_text == name).get()


def tick(meeting, name, presence, names="", version=None, reason=""):
    row = seat(meeting, name)
    return Tick(row.id, row.version if version is None else version, presence, names, "", reason)


def test_the_first_who_sits_down_opens_the_meeting(staff, ahead):
    assert attending.register(staff, ahead, [tick(ahead, "甲厂", Presence.PRESENT, "张三")]) == []
    assert Meeting.get_by_id(ahead.id).state is MeetingState.HELD
    found = seats.counts(ahead)
    assert (found[Presence.PRESENT], seats.entitled(found)) == (1, 5)


def test_two_at_the_door_do_not_overwrite_one_another(staff, ahead):
    mine, theirs = tick(ahead, "甲厂", Presence.PRESENT, "张三"), tick(ahead, "甲厂", Presence.ON_LEAVE)
    other = tick(ahead, "乙站", Presence.PRESENT, "李四")
    attending.register(staff, ahead, [mine])
    assert attending.register(staff, ahead, [theirs, other]) == ["甲厂"]
    assert (seat(ahead, "甲厂").presence, seat(ahead, "乙站").presence) == (Presence.PRESENT, Presence.PRESENT)
    assert attending.register(staff, ahead, [mine]) == []  # the same once more changes nothing


def test_leave_asked_for_and_those_nobody_spoke_of(staff, ahead):
    calling.answer(staff, seat(ahead, "甲厂"), Answer.LEAVE, "", reason="盘点")
    assert attending.take_answers(staff, ahead) == 1
    attending.register(staff, ahead, [tick(ahead, "乙站", Presence.PRESENT, "李四")])
    assert attending.rest_absent(staff, ahead) == 3
    row = seat(ahead, "丙店")
    assert (seat(ahead, "甲厂").presence, row.presence, row.reason) == ("on_leave", "absent", "未请假")


def test_a_guest_is_added_once(staff, ahead):
    attending.add(staff, ahead, "居民代表", "丁淑芬", Presence.OBSERVER)
    attending.add(staff, ahead, "居民代表", "汤家栋", Presence.OBSERVER)
    with pytest.raises(attending.SeatTaken):
        attending.add(staff, ahead, "居民代表", "汤家栋", Presence.OBSERVER)
    with pytest.raises(attending.NameMissing):
        attending.add(staff, ahead, " ", "", Presence.OBSERVER)
    assert seats.entitled(seats.counts(ahead)) == 5


def test_a_unit_that_left_sits_there_as_an_observer_at_most(community, staff, ahead):
    unit = seat(ahead, "甲厂").unit
    unit.left = "2003-05-01"
    unit.save()
    with pytest.raises(checks.NotInOrder, match="“甲厂”已于 2003年5月1日 退出联席会议，不能再登记到会"):
        attending.register(staff, ahead, [tick(ahead, "甲厂", Presence.PRESENT)])
    assert seat(ahead, "甲厂").presence is Presence.EXPECTED
    attending.register(staff, ahead, [tick(ahead, "甲厂", Presence.OBSERVER)])


def test_a_draft_that_was_submitted_is_a_draft_again_when_seats_change(community, staff):
    meeting = make.meeting(community)
    drafted = rules.submit(staff, meeting, 1)
    row = drafted.seats.get()
    attending.register(staff, drafted, [Tick(row.id, 1, Presence.PRESENT, "沈国庆", "", "")])
    assert Meeting.get_by_id(meeting.id).state is MeetingState.HELD


def test_issued_minutes_keep_their_seats(community, staff):
    meeting = make.meeting(community, issued=True)
    row = meeting.seats.get()
    with pytest.raises(rules.Issued):
        attending.register(staff, meeting, [Tick(row.id, 1, Presence.ABSENT, "", "", "")])


def test_a_roster_that_grew_is_filled_in(community, staff, ahead):
    cobuilding.add_unit(staff, community, {"name": "丁院"})
    assert attending.fill(staff, ahead) == 1
    assert attending.fill(staff, ahead) == 0


def test_who_came_after_all_needs_no_reason_for_staying_away(staff, ahead):
    attending.rest_absent(staff, ahead)
    row = ahead.seats.order_by(Attendance.position).first()
    assert row.reason == "未请假"
    attending.register(staff, ahead, [attending.Tick(row.id, row.version, Presence.PRESENT, "沈国庆", "", row.reason)])
    fresh = Attendance.get_by_id(row.id)
    assert (fresh.presence, fresh.reason) == (Presence.PRESENT, "")
