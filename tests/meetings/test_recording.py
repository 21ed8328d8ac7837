"""The raw record under several hands: nothing lost, nothing overwritten unseen, closed and signed."""

import pytest

from blueprints.meetings import closing, drafting, recording, rules
from blueprints.meetings.models import Attendance, Meeting
from blueprints.meetings.protocol import Decision, Item, protocol_of
from blueprints.meetings.recording import Write
from blueprints.meetings.states import ItemKind, LineKind, MeetingState
from blueprints.meetings.writings import RecordAside, RecordLine
from core import clock, settings
from core.access import Role, actor_of
from core.db import writing
from core.records.places import Place
from core.records.work import AuditEntry
from tests import make


@pytest.fixture
def meeting(community):
    return make.meeting(community)


@pytest.fixture
def anna(community):
    return actor_of(make.account(community, Role.STAFF, "沈兰英"))


@pytest.fixture
def bert(community):
    return actor_of(make.account(community, Role.STAFF, "何静"))


def write(meeting, name, value, version=0, uid="a", kind=LineKind.SPEECH, after=""):
    return Write(uid, meeting.agenda.get().id, kind, name, value, version, after)


def line(uid="a"):
    return RecordLine.get(RecordLine.uid == uid)


def test_each_field_is_kept_by_itself(meeting, anna):
    done = recording.write_down(anna, meeting, [write(meeting, "speaker", "金阿根"), write(meeting, "text", "留一侧通道")])
    assert done.saved == [("a", "speaker", 1), ("a", "text", 1)]
    recording.write_down(anna, meeting, [write(meeting, "text", "留一侧通道。", 1)])
    assert (line().speaker, line().text, line().versions) == ("金阿根", "留一侧通道。", {"speaker": 1, "text": 2})


def test_two_fields_of_a_line_are_written_by_two_at_once(meeting, anna, bert):
    recording.write_down(anna, meeting, [write(meeting, "text", "一")])
    recording.write_down(bert, meeting, [write(meeting, "speaker", "金阿根")])
    done = recording.write_down(anna, meeting, [write(meeting, "text", "一二", 1)])
    assert (done.conflicts, line().text, line().speaker) == ([], "一二", "金阿根")


def test_the_second_is_told_and_both_texts_are_kept(meeting, anna, bert):
    recording.write_down(anna, meeting, [write(meeting, "text", "开头")])
    recording.write_down(bert, meeting, [write(meeting, "text", "何静写的", 1)])
    done = recording.write_down(anna, meeting, [write(meeting, "text", "兰英写的", 1)])
    assert done.conflicts == [("a", "text", 2, "何静写的", "何静")]
    assert line().text == "何静写的"
    assert [(row.value, row.account.name) for row in recording.asides(meeting)] == [("兰英写的", "沈兰英")]
    recording.write_down(anna, meeting, [write(meeting, "text", "兰英写的", 2)])
    assert (line().text, RecordAside.select().count()) == ("兰英写的", 0)


def test_the_same_words_twice_are_no_conflict(meeting, anna, bert):
    recording.write_down(anna, meeting, [write(meeting, "text", "一样")])
    assert recording.write_down(bert, meeting, [write(meeting, "text", "一样")]).saved == [("a", "text", 1)]


@pytest.mark.parametrize(("mine", "stands"), [(True, "兰英写的"), (False, "何静写的")])
def test_one_of_two_texts_is_chosen(meeting, anna, bert, mine, stands):
    recording.write_down(anna, meeting, [write(meeting, "text", "何静写的")])
    recording.write_down(bert, meeting, [write(meeting, "text", "兰英写的")])
    recording.settle(anna, meeting, recording.asides(meeting).get().id, mine)
    assert (line().text, RecordAside.select().count()) == (stands, 0)


def test_lines_stand_where_they_were_begun(meeting, anna):
    for uid, after in (("a", ""), ("c", "a"), ("b", "a"), ("d", "")):
        recording.write_down(anna, meeting, [write(meeting, "text", uid, uid=uid, after=after)])
    assert [row.uid for row in recording.lines(meeting)] == ["a", "b", "c", "d"]


def test_others_are_sent_what_changed_since(meeting, anna, bert):
    recording.write_down(anna, meeting, [write(meeting, "text", "一")])
    since = line().revision
    assert list(recording.lines(meeting, since)) == []
    recording.write_down(bert, meeting, [write(meeting, "text", "二", uid="b")])
    assert [row.text for row in recording.lines(meeting, since)] == ["二"]


def test_a_line_is_taken_away_and_brought_back(meeting, anna):
    recording.write_down(anna, meeting, [write(meeting, "text", "一"), write(meeting, "removed", "1")])
    assert recording.standing(meeting) == {}
    recording.write_down(anna, meeting, [write(meeting, "removed", "", 1)])
    assert len(recording.standing(meeting)) == 1


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("text", "身份证 11010519491231002X", "身份证号码"), ("text", "字" * 20_001, "最多 20000 个"),
        ("due_on", "近期", "2026-12-15"), ("vote", "1", "不认识"),
    ],
)  # fmt: skip
def test_what_cannot_be_kept_is_told_and_holds_nothing_up(meeting, anna, name, value, words):
    done = recording.write_down(anna, meeting, [write(meeting, name, value), write(meeting, "text", "好的", uid="b")])
    assert words in done.refused[0][2]
    assert (line("b").text, RecordLine.select().count()) == ("好的", 1)


def test_a_line_s_name_is_letters_and_figures(meeting, anna):
    """It stands in selectors of everybody's page."""
    done = recording.write_down(anna, meeting, [write(meeting, "text", "一", uid="a']")])
    assert "不认识" in done.refused[0][2]


def test_who_writes_where_is_seen_by_the_others(meeting, anna, bert, monkeypatch):
    recording.here(anna, meeting, meeting.agenda.get().id)
    assert list(recording.others(bert, meeting)) == [("沈兰英", 1)]
    assert list(recording.others(anna, meeting)) == []
    later = clock.now() + 2 * recording.HERE
    monkeypatch.setattr(clock, "now", lambda: later)
    assert list(recording.others(bert, meeting)) == []


def test_typing_leaves_no_trace_for_every_key_and_renews_no_public_page(community, meeting, anna):
    entries, version = AuditEntry.select().count(), Place.get_by_id(community.id).version
    recording.write_down(anna, meeting, [write(meeting, "text", "一")])
    assert (AuditEntry.select().count(), Place.get_by_id(community.id).version) == (entries, version)


def test_the_first_words_open_the_meeting(community, anna):
    ahead = make.meeting(community, days=9, seats=(), items=(Item("关于照明"),))
    recording.write_down(anna, ahead, [write(ahead, "text", "一")])
    assert Meeting.get_by_id(ahead.id).state is MeetingState.HELD


def test_times_are_kept_only_where_the_office_wants_them(community, meeting, anna):
    recording.write_down(anna, meeting, [write(meeting, "text", "一")])
    with writing():
        settings.put("meetings.record_times", True, community)
    recording.write_down(anna, meeting, [write(meeting, "text", "二", uid="b")])
    assert (line("a").said_at, line("b").said_at) == (None, clock.now())


def test_a_closed_record_is_changed_by_nobody(meeting, anna):
    with pytest.raises(closing.NothingWritten):
        closing.close(anna, meeting, None)
    recording.write_down(anna, meeting, [write(meeting, "text", "一")])
    closed = closing.close(anna, meeting, None)
    digest = closing.digest(closed)
    with pytest.raises(recording.Closed):
        recording.write_down(anna, meeting, [write(meeting, "text", "二", 1)])
    assert AuditEntry.select().order_by(AuditEntry.seq.desc()).get().act == "record:closed"
    with pytest.raises(closing.WhyReopen):
        closing.reopen(anna, closed, closed.version, " ")
    opened = closing.reopen(anna, closed, closed.version, "漏记一句")
    recording.write_down(anna, opened, [write(opened, "text", "二", 1)])
    again = closing.close(anna, opened, None)
    assert (again.record_edition, closing.digest(again) == digest) == (2, False)


def test_two_texts_are_settled_before_closing(meeting, anna, bert):
    recording.write_down(anna, meeting, [write(meeting, "text", "一")])
    recording.write_down(bert, meeting, [write(meeting, "text", "二")])
    with pytest.raises(closing.TwoTexts, match="有 1 处"):
        closing.close(anna, meeting, None)


def test_an_item_with_a_record_is_not_taken_off_the_agenda(community, meeting, anna):
    recording.write_down(anna, meeting, [write(meeting, "text", "一")])
    said = make.protocol(items=(Item("另一个议题"),), series=meeting.series.name)
    from blueprints.meetings import agenda

    with pytest.raises(agenda.Recorded, match="已经有会议记录"):
        rules.amend(anna, meeting, Meeting.get_by_id(meeting.id).version, said)


def taken(meeting, anna, *lines):
    for n, (kind, speaker, text, *more) in enumerate(lines):
        fields = {"text": text, **({"speaker": speaker} if speaker else {}), **(more[0] if more else {})}
        recording.write_down(anna, meeting, [write(meeting, k, v, uid=f"l{n}", kind=kind) for k, v in fields.items()])


def test_minutes_are_drafted_in_the_words_of_minutes(community, anna):
    meeting = make.meeting(community, items=(Item("关于通报2026年度共建项目完成情况", "社区党委", "旧的"), Item("关于别的", "", "原样")))
    Attendance.create(meeting=meeting, position=9, unit_text="城中派出所", names="高志强、李明", presence="present")
    taken(
        meeting, anna,
        (LineKind.REPORT, "", "申报23项，完成14项"), (LineKind.SPEECH, "高志强", "车辆要避开上下学时段", {"cited": "1"}),
        (LineKind.SPEECH, "李明", "我没有意见"), (LineKind.VIEW, "", "机制运行平稳"),
        (LineKind.DECISION, "", "核对联络员名册", {"responsible": "各成员单位", "due_on": "2036-11-20"}), (LineKind.DECISION, "", "另行研究"),
    )  # fmt: skip
    protocol, decided = drafting.draft(meeting)
    assert protocol.items[0].discussion.splitlines() == [
        "会议听取了社区党委关于2026年度共建项目完成情况的通报。申报23项，完成14项。", "城中派出所提出，车辆要避开上下学时段。",
        "会议认为，机制运行平稳。",
    ]  # fmt: skip
    assert protocol.items[1].discussion == "原样"
    (noted,) = decided.values()
    assert [(one.text, one.responsible, str(one.due_on)) for one in noted] == [
        ("核对联络员名册。", "各成员单位", "2036-11-20"), ("另行研究。", "", "None")
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("title", "report", "sentence"),
    [
        ("关于冬季消防演练的协商", "城中派出所汇报：演练定在12月", "会议听取了城中派出所关于冬季消防演练的汇报。演练定在12月。"),
        ("关于照明的报告", "已改7个楼道", "会议听取了城中派出所关于照明的报告。已改7个楼道。"),
        ("下一年计划", "请各单位提项目", "会议听取了城中派出所汇报。请各单位提项目。"),
    ],
)
def test_nobody_is_named_twice_in_one_sentence(community, anna, title, report, sentence):
    meeting = make.meeting(community, items=(Item(title, "城中派出所"),))
    taken(meeting, anna, (LineKind.REPORT, "", report))
    assert drafting.draft(meeting)[0].items[0].discussion == sentence


def test_words_written_down_keep_a_meeting_held_that_began_early(community, anna):
    """The draft is saved before the hour on the notice has come, and nobody was ticked at the door yet."""
    ahead = make.meeting(community, days=1, seats=())
    taken(ahead, anna, (LineKind.VIEW, "", "先试一个月"))
    fresh = Meeting.get_by_id(ahead.id)
    assert rules.amend(anna, fresh, fresh.version, protocol_of(fresh)).state is MeetingState.HELD


def test_a_decision_drafted_again_keeps_its_row_and_what_was_filled_in(community, anna):
    when = clock.today()
    meeting = make.meeting(community, items=(Item("关于照明", "", "", (Decision("改造。", "甲厂", when),)),))
    taken(meeting, anna, (LineKind.DECISION, "", "改造"))
    protocol, decided = drafting.draft(meeting)
    (row,) = drafting.decisions(next(iter(decided.values())), protocol.items[0].decisions)
    assert (row["row"], row["responsible"], row["due_on"]) == (meeting.resolutions.get().id, "甲厂", when)


def test_the_item_on_the_last_decisions_writes_itself(community, anna):
    past = make.meeting(community, issued=True, days=-30)
    follow = Item("关于上次议定事项落实情况的通报", "社区党委", kind=ItemKind.FOLLOW_UP)
    meeting = make.meeting_of(past.series, items=(follow,))
    (item,) = drafting.draft(meeting)[0].items
    assert item.discussion.startswith("会议听取了社区党委关于上次议定事项落实情况的通报。\n上次会议以来跟进议定事项1项")


def test_speakers_are_offered_chair_first_then_who_reports(community):
    meeting = make.meeting(community, items=(Item("关于照明", "供电营业部"),), chair="沈国庆（书记）")
    Attendance.create(meeting=meeting, position=8, unit_text="市第三中学", names="吴文斌", presence="present")
    Attendance.create(meeting=meeting, position=9, unit_text="供电营业部", names="何永康", presence="present")
    assert [name for name, _unit in drafting.speakers(meeting)] == ["沈国庆", "何永康", "张桂英", "吴文斌"]
