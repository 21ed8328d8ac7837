"""上次议定事项落实情况: what was decided before is the first item of the next meeting, without anybody thinking of it."""

from collections import Counter
from datetime import datetime

from peewee import ModelSelect

from blueprints.meetings import agenda, parties
from blueprints.meetings.decided import decisions, last_steps, owners
from blueprints.meetings.models import AgendaItem, Meeting, MeetingSeries, Resolution
from blueprints.meetings.protocol import Item
from blueprints.meetings.states import OPEN, ItemKind, MeetingState, ResolutionState
from core.printing.gongwen import day
from core.text import in_chinese

TITLE = "关于上次议定事项落实情况的通报"
MOST_NAMED = 20  # open decisions named one by one; of more only the count is told


def previous(series: MeetingSeries, before: datetime) -> Meeting | None:
    """The last meeting of the series whose minutes are issued."""
    rows = series.meetings.where((Meeting.state == MeetingState.ISSUED) & (Meeting.held_at < before))
    return rows.order_by(Meeting.held_at.desc()).first()


def to_report(series: MeetingSeries, before: datetime) -> ModelSelect:
    """Everything the last meeting decided, and what is still open of earlier ones."""
    last = previous(series, before)
    mine = (Meeting.series == series) & (Meeting.state == MeetingState.ISSUED) & (Meeting.held_at < before)
    return decisions().where(mine & ((Resolution.meeting == last) | Resolution.state.in_(OPEN)))


def item(series: MeetingSeries, before: datetime) -> Item | None:
    """The item for a meeting at that hour; None where nothing was decided yet."""
    if not to_report(series, before).exists():
        return None
    return Item(TITLE, parties.own_bodies(series.place)[0], kind=ItemKind.FOLLOW_UP)


def carry_on(issued: Meeting) -> None:
    """Minutes were issued: the next meeting, if it is called already, hears what became of them."""
    rows = issued.series.meetings.where((Meeting.state == MeetingState.PLANNED) & (Meeting.held_at > issued.held_at))
    following = rows.order_by(Meeting.held_at).first()
    if following is None or following.agenda.where(AgendaItem.kind == ItemKind.FOLLOW_UP).exists():
        return
    new = item(issued.series, following.held_at)
    if new is None:
        return
    # Two steps, because no two rows may stand at one place even for a moment.
    AgendaItem.update(position=AgendaItem.position + agenda.ASIDE).where(AgendaItem.meeting == following).execute()
    AgendaItem.update(position=AgendaItem.position - agenda.ASIDE + 1).where(AgendaItem.meeting == following).execute()
    AgendaItem.create(
        meeting=following, position=0, title=new.title, kind=new.kind, reported_by=new.reported_by, public_title=new.title
    )


@in_chinese()
def words(meeting: Meeting) -> str:
    """The paragraph for the minutes: how many, how they stand, what is late or put off and why."""
    rows = list(to_report(meeting.series, meeting.held_at))
    if not rows:
        return ""
    found = Counter(row.state for row in rows)
    parts = [f"{state.title}{found[state]}项" for state in ResolutionState if found[state]]
    told = f"上次会议以来跟进议定事项{len(rows)}项，其中{'，'.join(parts)}。"
    rest = [row for row in rows if row.state is not ResolutionState.DONE]
    if not rest or len(rest) > MOST_NAMED:
        return told
    return told + "未完成的有：" + "；".join(_standing(rest)) + "。"


def _standing(rows: list[Resolution]) -> list[str]:
    lead, last = owners(rows), last_steps(rows)
    told = []
    for row in rows:
        who = lead[row.id][0].text if lead[row.id] else row.responsible
        step = f"，{last[row.id].note.rstrip('。')}" if row.id in last else ""
        told.append(f"{row.text.rstrip('。')}（{who}，时限{day(row.due)}，{row.state.title}{step}）")
    return told
