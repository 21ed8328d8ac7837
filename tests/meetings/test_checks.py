"""What cannot be right about a meeting is refused in a clear sentence, wherever it comes from."""

import json
from datetime import timedelta

import pytest

from blueprints.cobuilding import rules as cobuilding
from blueprints.meetings import bringing, checks, exchange, rules
from blueprints.meetings.models import Meeting
from blueprints.meetings.protocol import Decision, Item, Seat
from blueprints.meetings.states import MeetingState, Presence
from core import clock
from core.access import Role
from core.printing.paper import MissingGlyphs
from tests import make
from tests.meetings.test_exchange import MEETING, changed

DAY = clock.today() + timedelta(days=30)


@pytest.fixture
def staff(community):
    return make.actor(community, Role.STAFF)


def told(community, **values):
    return list(checks.faults(make.protocol(**values), community))


@pytest.mark.parametrize(
    "chair", ["沈国庆、周秀英", "沈国庆（书记）、周秀英（主任）", "沈国庆和周秀英", "沈国庆 周秀英", "沈国庆/周秀英", "欧阳锋与周秀英（主任）"]
)
def test_two_chairs_are_one_too_many(community, chair):
    (fault,) = told(community, chair=chair)
    assert "主持人只能写一位" in fault
    assert chair in fault


@pytest.mark.parametrize("chair", ["沈国庆（社区党委书记、居委会主任）", "李和平", "欧阳和平", "", "沈国庆(书记)", "和珅"])
def test_one_chair_with_commas_in_the_post_or_a_name_like_a_word(community, chair):
    assert told(community, chair=chair) == []


def test_a_day_before_the_meeting_is_named(community):
    early = Decision("改造。", "甲厂", clock.today() - timedelta(days=2))
    (fault,) = told(community, items=(Item("甲"), Item("乙", decisions=(Decision("行。", "甲厂", DAY), early))))
    assert fault.startswith("议题 2 第 2 条的完成时限 ")
    assert "早于开会那天" in fault
    same = Decision("当天。", "甲厂", clock.today() - timedelta(days=1))
    assert told(community, items=(Item("甲", decisions=(same,)),)) == []


def test_forty_pages_of_discussion_are_told_with_the_pages(community):
    (fault,) = told(community, items=(Item("甲", discussion="字" * 24_640),))
    assert "有 24640 个字（约 40 页），最多 20000 个字" in fault
    assert told(community, items=(Item("甲", discussion="字" * 20_000),)) == []


def test_a_unit_that_left_neither_sits_nor_answers(community, staff):
    cobuilding.add_unit(staff, community, {"name": "甲厂", "left": "2004-05-01"})
    faults = told(
        community, seats=(Seat(Presence.PRESENT, "甲厂"), Seat(Presence.OBSERVER, "甲厂")),
        items=(Item("乙", decisions=(Decision("行。", "梅苑社区居委会、甲厂", DAY),)),),
    )  # fmt: skip
    assert faults == [
        "“甲厂”已于 2004年5月1日 退出联席会议，不能再登记到会；来旁听的请登记为列席。",
        "“甲厂”已于 2004年5月1日 退出联席会议，不能再承担议定事项，请改由现在的成员单位负责。",
    ]
    cobuilding.add_unit(staff, community, {"name": "乙厂", "left": (clock.today() + timedelta(days=1)).isoformat()})
    assert told(community, seats=(Seat(Presence.PRESENT, "乙厂"),), items=()) == []


def test_the_form_is_refused_with_all_that_is_wrong_and_nothing_is_written(community, staff):
    bad = make.protocol(chair="甲某、乙某", items=(Item("丙", decisions=(Decision("行。", "丁", clock.today() - timedelta(days=9)),)),))
    meeting = make.meeting(community)
    with pytest.raises(checks.NotInOrder) as refused:
        rules.amend(staff, meeting, 1, bad)
    assert len(str(refused.value).splitlines()) == 2
    assert Meeting.get_by_id(meeting.id).version == 1


def numbered(**values):
    return changed(**values)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (numbered(attendance={}), "要有出席单位"), (numbered(chair=""), "要写主持人"), (numbered(items=[]), "要有议定事项"),
        (numbered(chair="沈国庆、周秀英"), "主持人只能写一位"),
        (numbered(items=[{**MEETING["items"][0], "resolutions": [{"text": "办。", "responsible": "甲", "due_on": "2026-11-11"}]}]), "早于开会那天"),
        (numbered(items=[{**MEETING["items"][0], "discussion": "字" * 24_640}]), "约 40 页"),
        (numbered(copies=0), "copies 应是"), (numbered(items=[{"title": "甲", "kind": "vote"}]), "kind 现为“vote”"),
    ],
)  # fmt: skip
def test_the_same_is_told_of_a_file(community, staff, content, words):
    with pytest.raises(exchange.NotAMeeting, match=words):
        bringing.bring_in(staff, community, content)
    assert Meeting.select().count() == 0


def test_a_file_with_a_character_no_font_has_is_refused_whole(community, staff):
    whole = json.loads(changed(venue="会议室\U000e0041"))
    whole["venue"] = "会议室𪜎\ue000"
    with pytest.raises(MissingGlyphs, match="打出来会是空框"):
        bringing.bring_in(staff, community, json.dumps(whole).encode())
    assert Meeting.select().count() == 0


def test_a_draft_with_such_a_character_is_stopped_before_anybody_approves_it(community, staff):
    meeting = make.meeting(community, venue="会议室\ue000")
    with pytest.raises(MissingGlyphs, match="会议室"):
        rules.submit(staff, meeting, 1)
    assert Meeting.get_by_id(meeting.id).state is MeetingState.HELD
