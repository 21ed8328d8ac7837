"""Three separate series, each with a roster, a level and reports of its own."""

from datetime import date, timedelta

import pytest

from blueprints.cobuilding import rules as cobuilding
from blueprints.meetings import obligations, parties, rules, seats, series
from blueprints.meetings.models import Attendance, SeriesMember
from blueprints.meetings.protocol import Item
from blueprints.meetings.series import Entry
from blueprints.meetings.states import ItemKind, Presence, Quorum, SeriesKind
from core import clock
from core.access import Role
from tests import make


@pytest.fixture
def staff(community):
    return make.actor(community, Role.STAFF)


def founded(staff, community, name, **values):
    given = {"name": f"{name}纪要", "issuing_body": "党工委", "own_roster": True}
    return series.found_series(staff, community, {**given, **values})


def entries(count, word="单位"):
    return [Entry(f"{word}{n}", f"联络{n}") for n in range(count)]


def test_city_community_and_street_have_rosters_that_are_not_mixed(community, staff):
    for n in range(16):
        cobuilding.add_unit(staff, community, {"name": f"成员{n}"})
    city = founded(staff, community, "市城建联席会议", level="市")
    street = founded(staff, community, "街道联席会议", level="街道")
    own = founded(staff, community, "社区联席会议", level="社区", own_roster=False)
    branch = founded(staff, community, "街道联席会议教育分会", level="街道", parent=street)
    series.enlist(staff, city, entries(22, "局"))
    series.enlist(staff, street, entries(380))
    series.enlist(staff, branch, entries(5))
    assert [parties.count(one) for one in (city, street, own, branch)] == [22, 380, 16, 5]
    assert (branch.parent, [one.level for one in (city, street, own)]) == (street, ["市", "街道", "社区"])
    names = [{party.name for party in parties.parties(one, clock.today())} for one in (city, street, own)]
    assert not names[0] & names[1]
    assert not names[1] & names[2]
    assert "梅苑社区党委" in names[2] - names[1]


def test_a_roster_is_counted_at_any_date(community, staff, monkeypatch):
    street = founded(staff, community, "街道联席会议")
    series.enlist(staff, street, entries(300))
    SeriesMember.update(since=date(2003, 1, 1)).execute()
    monkeypatch.setattr(clock, "today", lambda: date(2004, 6, 1))
    series.enlist(staff, street, entries(380))
    days = (date(2002, 12, 31), date(2003, 12, 31), date(2004, 5, 31), date(2004, 6, 1))
    assert [parties.count(street, day) for day in days] == [0, 300, 300, 380]


def test_who_is_not_named_any_more_leaves_and_the_past_stays(community, staff):
    street = founded(staff, community, "街道联席会议")
    series.enlist(staff, street, entries(3))
    held = make.meeting_of(street)
    counts = series.enlist(staff, street, [Entry("单位0", "新人"), Entry("单位9")], others_leave=True)
    assert counts == {"changed": 1, "joined": 1, "left": 2}
    assert [party.name for party in parties.parties(street, clock.today())] == ["单位0", "单位9"]
    assert [row.unit_text for row in held.seats.order_by(Attendance.position)] == ["单位0", "单位1", "单位2"]
    assert series.enlist(staff, street, [Entry("单位0", "新人")]) == {"same": 1}


def test_a_roster_is_pasted_from_a_sheet(community, staff):
    found = series.pasted("市教育局\t周文\t0512-1234567\n\n市卫生局，李敏\n市教育局 , 又一个\n")
    assert found == [Entry("市教育局", "周文", "0512-1234567"), Entry("市卫生局", "李敏")]


@pytest.mark.parametrize(
    ("text", "refusal", "words"),
    [
        (" \n\t\n", series.NoNames, "没有读到"), ("长" * 121, series.NameTooLong, "第 1 行"),
        ("局\n乙，11010519491231002X", series.IdNumber, "第 2 行"),
    ],
)  # fmt: skip
def test_a_roster_that_cannot_be_read_is_told(text, refusal, words):
    with pytest.raises(refusal, match=words):
        series.pasted(text)


def test_units_on_file_are_known_on_every_roster(community, staff):
    unit = cobuilding.add_unit(staff, community, {"name": "市第三中学"})
    street = founded(staff, community, "街道联席会议")
    series.enlist(staff, street, [Entry("市第三中学")])
    assert street.members.get().unit == unit
    with pytest.raises(series.UsesUnits, match="成员单位"):
        series.enlist(staff, founded(staff, community, "社区联席会议", own_roster=False), [Entry("甲")])


def test_a_sub_meeting_is_not_its_own_parent(community, staff):
    top = founded(staff, community, "街道联席会议")
    below = founded(staff, community, "分会", parent=top)
    with pytest.raises(series.OwnBranch, match="分会"):
        series.change_series(staff, top, 1, {"name": top.name, "parent": below})


def test_everybody_on_the_roster_is_expected_and_the_hosts_too(community, staff):
    cobuilding.add_unit(staff, community, {"name": "市第三中学", "liaison": "许桂兰"})
    cobuilding.add_unit(staff, community, {"name": "老厂", "left": "2001"})
    ahead = make.meeting(community, days=9, seats=(), items=())
    assert [(row.unit_text, row.names, row.presence) for row in ahead.seats.order_by(Attendance.position)] == [
        ("梅苑社区党委", "", "expected"), ("梅苑社区居委会", "", "expected"), ("市第三中学", "许桂兰", "expected")
    ]  # fmt: skip


def test_mass_organisations_meet_in_a_series_of_their_own(community, staff):
    joint = make.meeting(community).series
    mass = founded(staff, community, "群团工作协调会议", kind=SeriesKind.MASS, obliged=False, plain=True)
    series.enlist(staff, mass, [Entry("社区团支部"), Entry("社区妇联"), Entry("社区工会")])
    meeting = make.meeting_of(mass, items=(Item("关于暑期活动"),))
    assert ([row.unit_text for row in meeting.seats], meeting.ordinal) == (["社区团支部", "社区妇联", "社区工会"], 1)
    assert joint.kind is SeriesKind.JOINT


def test_a_report_is_a_kind_of_item_or_read_off_its_title(community, staff):
    found = founded(staff, community, "街道联席会议")
    for item in (Item("关于照明", kind=ItemKind.REPORT), Item("关于停车的通报"), Item("关于通报", kind=ItemKind.FOLLOW_UP), Item("关于别的")):
        make.meeting_of(found, items=(item,))
    first, last = obligations.period(clock.today() - timedelta(days=1), 1)
    assert obligations.reports(community, first, last) == {found.id: 2}


@pytest.mark.parametrize(
    ("rule", "present", "entitled", "reached"),
    [
        (Quorum.HALF, 3, 6, False), (Quorum.HALF, 4, 6, True), (Quorum.TWO_THIRDS, 4, 6, True),
        (Quorum.TWO_THIRDS, 3, 6, False), (Quorum.NONE, 0, 6, True),
    ],
)  # fmt: skip
def test_more_than_half_is_more_and_two_thirds_are_enough(rule, present, entitled, reached):
    assert rule.reached(present, entitled) is reached


def test_a_congress_without_its_quorum_decides_nothing(community, staff):
    congress = founded(staff, community, "居民代表会议", kind=SeriesKind.CONGRESS, quorum=Quorum.HALF)
    series.enlist(staff, congress, entries(4, "代表"))
    meeting = make.meeting_of(congress)
    Attendance.update(presence=Presence.PRESENT).where(Attendance.unit_text.in_(["代表0", "代表1"])).execute()
    with pytest.raises(rules.NothingDecided, match="应到 4，实到 2，没有达到“应到的过半数到会”"):
        rules.submit(staff, meeting, 1)
    Attendance.update(presence=Presence.PRESENT).where(Attendance.unit_text == "代表2").execute()
    assert list(seats.quorum_missing(meeting)) == []
    rules.submit(staff, meeting, 1)
