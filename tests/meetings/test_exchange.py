"""A meeting as a file: what comes in goes out, and faults are told in sentences."""

import copy
import json
import re
from pathlib import Path

import pytest

from blueprints.cobuilding import rules as cobuilding
from blueprints.meetings import bringing, decided, exchange, issuing, rules
from blueprints.meetings.models import Attendance, Meeting, MeetingSeries, MeetingState, Resolution, ResolutionOwner
from blueprints.papers import rules as papers
from core import numbers
from tests import make

FILE = (Path(__file__).parents[2] / "data" / "joint-meeting.json").read_bytes()
MEETING = json.loads(FILE)


@pytest.fixture
def secretary(community):
    return make.actor(community)


@pytest.fixture
def no_press(monkeypatch):
    """Rules are tested without the printing press."""
    monkeypatch.setattr(issuing, "pdf", lambda *_args, **_options: b"%PDF-")


def changed(**values):
    whole = copy.deepcopy(MEETING)
    whole.update(values)
    return json.dumps({key: value for key, value in whole.items() if value is not None}, ensure_ascii=False).encode()


def test_what_comes_in_goes_out(community, secretary, no_press):
    meeting, new = bringing.bring_in(secretary, community, FILE)
    stored = Meeting.get_by_id(meeting.id)
    assert new
    assert exchange.meeting_json(stored) == MEETING
    assert exchange.file_of(exchange.protocol_of(stored)).strip() == FILE.strip()


def test_with_a_number_it_counts_as_issued_and_later_numbers_follow(community, secretary, no_press):
    meeting, _new = bringing.bring_in(secretary, community, FILE)
    assert (meeting.state, meeting.ordinal, meeting.title) == (
        MeetingState.ISSUED, 3, "梅苑社区党建工作联席会议2026年第3次会议"
    )  # fmt: skip
    assert papers.issued(meeting, "minutes").number == "〔2026〕3号"
    assert numbers.coming(community, issuing.counter(meeting.series), 2026) == 4


def test_times_are_instants_whatever_the_offset(community, secretary, no_press):
    one, _new = bringing.bring_in(secretary, community, FILE)
    assert (one.held_at.hour, one.ended_at.hour) == (6, 8)
    same, new = bringing.bring_in(secretary, community, changed(held_at="2026-11-12T06:00:00Z"))
    assert (same, new) == (one, False)


def test_the_same_file_again_changes_nothing(community, secretary, no_press):
    first, _new = bringing.bring_in(secretary, community, FILE)
    again, new = bringing.bring_in(secretary, community, FILE)
    assert (again, new, Meeting.select().count()) == (first, False, 1)
    with pytest.raises(bringing.AlreadyThere, match="第3次会议"):
        bringing.bring_in(secretary, community, changed(venue="别处"))


def test_a_number_belongs_to_one_meeting(community, secretary, no_press):
    bringing.bring_in(secretary, community, FILE)
    with pytest.raises(bringing.NumberTaken, match="〔2026〕3号"):
        bringing.bring_in(secretary, community, changed(held_at="2026-10-12T14:00:00+08:00", ended_at=None))
    assert Meeting.select().count() == 1


def test_without_a_number_it_is_held_not_issued(community, secretary, no_press):
    meeting, _new = bringing.bring_in(
        secretary, community, changed(number=None, issued_on=None, held_at="2025-11-12T14:00:00", ended_at=None)
    )
    assert (meeting.state, meeting.ordinal, meeting.number_serial) == (MeetingState.HELD, 1, None)
    assert papers.issued(meeting, "minutes") is None


def test_names_become_links_and_unknown_ones_wait(community, secretary, no_press):
    school = cobuilding.add_unit(secretary, community, {"name": "市第三中学"})
    _meeting, _new = bringing.bring_in(secretary, community, FILE)
    assert Attendance.get(Attendance.unit_text == "市第三中学").unit == school
    waiting = {owner.text for owner in ResolutionOwner.select().where(~ResolutionOwner.settled)}
    assert waiting == {"新华书店", "区供电营业部", "城中派出所", "明泉物业公司"}
    parking = Resolution.get(Resolution.text.startswith("周末开放操场"))
    assert next((o.text, o.unit) for o in decided.owners([parking])[parking.id]) == ("市第三中学", school)


def test_residents_read_a_masked_wording(community, secretary, no_press):
    bringing.bring_in(secretary, community, FILE)
    lights = Resolution.get(Resolution.text.startswith("施工安排"))
    assert lights.public_text == "施工安排在每日9:00至16:00，避开上下学时段；先行改造部分楼栋的7个楼道。"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "第 1 行第 2 个字"),
        (b"\xff\xfe{}", "UTF-8"),
        (b"[" * 100_000, "JSON"),
        (b"[]", "应是一个对象"),
        (b"{}", "缺少 series"),
        (changed(series=3), "series 应是文字"),
        (changed(vote=1), "不认识“vote”"),
        (changed(held_at="下午两点"), "held_at 应写成 2026-11-12T14:00:00+08:00 这样，现为“下午两点”"),
        (changed(held_at=None), "held_at 应写成"),
        (changed(held_at="0001-01-01T00:00:00+14:00"), "held_at 应写成"),
        (changed(ended_at="2026-11-12T13:00:00+08:00"), "ended_at 早于 held_at"),
        (changed(number=None), "number 和 issued_on 要同时填写"),
        (changed(number={"year": 2026}), "两个正整数"),
        (changed(number={"year": 2026, "serial": True}), "两个正整数"),
        (changed(issued_on="2026-11-11"), "issued_on 早于开会那天"),
        (changed(attendance="全体"), "attendance应是一个对象"),
        (changed(attendance={"present": [["市第三中学"]]}), "present 第 1 行应写成"),
        (changed(items={}), "items 应是一个列表"),
        (changed(items=["议题"]), "第 1 个议题应是一个对象"),
        (changed(items=[{"title": ""}]), "第 1 个议题缺少 title"),
        (changed(items=[{"title": "甲", "resolutions": [{"text": "乙", "responsible": "丙", "due_on": "近期"}]}]),
         "第 1 个议题第 1 条议定事项的 due_on 应写成 2026-12-15 这样，现为“近期”"),
        (changed(items=[{"title": "甲", "resolutions": [{"text": "乙", "due_on": "2026-12-15"}]}]), "缺少 responsible"),
        (changed(chair="张" * 121), "最多 120 个"),
        (changed(venue="身份证 11010519491231002X"), "身份证号码"),
        (changed(copies_to=[1]), "copies_to 应是文字"),
    ],
)  # fmt: skip
def test_bad_files_are_told_in_sentences_and_nothing_is_written(community, secretary, content, words):
    with pytest.raises((exchange.NotJson, exchange.NotAMeeting), match=re.escape(words)):
        bringing.bring_in(secretary, community, content)
    assert Meeting.select().count() == MeetingSeries.select().count() == 0


def test_every_fault_is_named_at_once():
    with pytest.raises(exchange.NotAMeeting) as refused:
        exchange.read(b'{"venue": 1, "items": [{}]}')
    assert len(str(refused.value).splitlines()) == 6


def test_an_ordinal_taken_is_refused(community, secretary, no_press):
    meeting, _new = bringing.bring_in(secretary, community, FILE)
    with pytest.raises(rules.OrdinalTaken, match="第 3 次"):
        rules.enter(secretary, meeting.series, exchange.protocol_of(meeting), 3)
