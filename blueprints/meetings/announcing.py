"""A body decides, somebody carries out, somebody watches over it, everybody is told: the notice drafted from a decision."""

from blueprints.meetings import queries, rules, sheets
from blueprints.meetings.models import Meeting
from blueprints.meetings.protocol import protocol_of
from blueprints.meetings.states import MeetingState, SeriesKind
from blueprints.notices import rules as notices
from blueprints.notices.models import Notice, NoticeKind
from core import clock
from core.access import Actor
from core.printing.gongwen import day, numeral
from core.refusal import Refused
from core.text import _l

DECIDES = (SeriesKind.CONGRESS, SeriesKind.COUNCIL)


class NothingOpen(Refused):
    sentence = _l("这次会议没有对居民公开的议定事项，没有可以公告的内容。请先修改公开措辞。")


def draft(actor: Actor, meeting: Meeting) -> Notice:
    """A draft announcement with what residents may read; nothing is published by it."""
    if meeting.state is not MeetingState.ISSUED:
        raise rules.WrongState(state=meeting.state.title)
    items = queries.shown_to_residents(meeting)
    if not items:
        raise NothingOpen()
    title = f"关于{meeting.series.meeting_name}|议定事项的公告"
    return notices.draft(actor, meeting.place, NoticeKind.ANNOUNCEMENT, title, text(meeting, items))


def text(meeting: Meeting, items: tuple[sheets.ItemPart, ...]) -> str:
    """The notice: who met, then each decision with who carries it out, who watches over it, and by when."""
    name = sheets.called(protocol_of(meeting), meeting.ordinal, meeting.series)
    verb = "作出以下决定" if meeting.series.kind in DECIDES else "议定以下事项"
    held = day(clock.local(meeting.held_at).date())
    lines = [f"{held}召开的{name}{verb}，现予公告，欢迎居民监督。"]
    for n, item in enumerate(items, 1):
        lines.append(f"{numeral(n)}、{item.heading}")
        lines += [f"（{numeral(m)}）{line.text}{line.answering}" for m, line in enumerate(item.resolutions, 1)]
    return "\n".join([*lines, "特此公告。"])
