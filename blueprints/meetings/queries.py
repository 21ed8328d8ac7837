"""Reads of meetings and resolutions; what residents see is issued and masked."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from peewee import ModelSelect, fn, prefetch

from blueprints.meetings.decided import deadline, ledger, resolutions
from blueprints.meetings.masking import mask
from blueprints.meetings.models import (
    AgendaItem,
    Attendance,
    Meeting,
    MeetingSeries,
    MeetingState,
    Presence,
    Resolution,
    ResolutionOwner,
)
from blueprints.meetings.sheets import ItemPart, ResolutionLine, numbered
from core import clock, settings, zh
from core.access import Actor, Can
from core.due import Due
from core.printing.gongwen import day
from core.records.places import Place
from core.search import MOST, Hit
from core.text import _, _n


def visible_to(actor: Actor, community: Place) -> ModelSelect:
    """Meetings the actor may see here, newest first; who only reads sees what is issued."""
    readable = Meeting.place.in_(actor.communities(Can.MEETINGS_READ)) & (Meeting.place == community)
    working = Meeting.place.in_(actor.communities(Can.MEETINGS_WRITE))
    return _joined().where(readable & (working | (Meeting.state == MeetingState.ISSUED)))


def _joined() -> ModelSelect:
    return Meeting.select(Meeting, MeetingSeries).join(MeetingSeries).order_by(Meeting.held_at.desc(), Meeting.id.desc())


def issued(community: Place) -> ModelSelect:
    """What residents may open."""
    return _joined().where((Meeting.place == community) & (Meeting.state == MeetingState.ISSUED))


def planned(community: Place) -> ModelSelect:
    """Meetings that lie ahead, the next one first."""
    ahead = (Meeting.place == community) & (Meeting.state == MeetingState.PLANNED) & (Meeting.held_at >= clock.now())
    return _joined().where(ahead).order_by(Meeting.held_at)


def news(community: Place) -> str:
    """One live fact for the front door: the next meeting, else how much was decided."""
    ahead = planned(community).first()
    if ahead is not None:
        return _("%(day)s 开会", day=zh.short_day(clock.local(ahead.held_at).date()))
    decided = Resolution.select().join(Meeting).where((Meeting.place == community) & (Meeting.state == MeetingState.ISSUED))
    return _n("议定 %(num)s 项", "议定 %(num)s 项", decided.where(Resolution.public_text != "").count())


def series(actor: Actor, community: Place) -> ModelSelect:
    """Kinds of meetings the actor may see here."""
    readable = MeetingSeries.place.in_(actor.communities(Can.MEETINGS_READ))
    return MeetingSeries.select().where(readable & (MeetingSeries.place == community)).order_by(MeetingSeries.id)


def next_ordinal(of: MeetingSeries, year: int) -> int:
    """Which meeting of the year the next one is."""
    last = Meeting.select(fn.MAX(Meeting.ordinal)).where((Meeting.series == of) & (Meeting.year == year)).scalar()
    return (last or 0) + 1


def agenda(meetings: list[Meeting]) -> dict[int, list[AgendaItem]]:
    """Items with their resolutions and owners, per meeting, in three queries however many meetings there are."""
    items = AgendaItem.select().where(AgendaItem.meeting.in_(meetings)).order_by(AgendaItem.position)
    decided = Resolution.select().order_by(Resolution.position)
    answering = ResolutionOwner.select().order_by(ResolutionOwner.position)
    found: dict[int, list[AgendaItem]] = {meeting.id: [] for meeting in meetings}
    for item in prefetch(items, decided, answering) if meetings else ():
        found[item.meeting_id].append(item)
    return found


def numbers(meetings: list[Meeting], community: Place) -> dict[int, str]:
    """The number of each meeting's minutes as printed, blank before they are issued."""
    pattern = str(settings.value("meetings.number", community))
    return {
        row.id: row.series.mark + numbered(pattern, row.number_year, row.number_serial) if row.number_serial else ""
        for row in meetings
    }


def seats(meeting: Meeting) -> dict[Presence, list[Attendance]]:
    """Who sat at the table, by presence, in order."""
    found: dict[Presence, list[Attendance]] = {presence: [] for presence in Presence}
    for seat in meeting.seats.order_by(Attendance.position):
        found[seat.presence].append(seat)
    return found


def seat_counts(meetings: list[Meeting]) -> dict[int, Counter]:
    """Units present and on leave, per meeting."""
    found: dict[int, Counter] = {meeting.id: Counter() for meeting in meetings}
    query = Attendance.select(Attendance.meeting, Attendance.presence).where(Attendance.meeting.in_(meetings))
    for meeting, presence in query.tuples() if meetings else ():
        found[meeting][presence] += 1
    return found


def shown_to_residents(meeting: Meeting) -> tuple[ItemPart, ...]:
    """Items and decisions in the wording for residents; what has none is left out."""
    hidden = mask(meeting.place, people_named(meeting))
    parts = []
    for item in agenda([meeting])[meeting.id]:
        lines = tuple(
            ResolutionLine(row.public_text, hidden.without_persons(row.responsible), day(row.due), row.state)
            for row in item.resolutions if row.public_text
        )  # fmt: skip
        if lines:
            parts.append(ItemPart(item.public_title, (), lines))
    return tuple(parts)


def people_named(meeting: Meeting) -> list[str]:
    """Texts that name the people of a meeting."""
    names = [name for (name,) in meeting.seats.select(Attendance.names).tuples()]
    return [*names, meeting.chair, meeting.recorder, meeting.signatory]


def search(actor: Actor, community: Place, words: str) -> Iterator[Hit]:
    """Decisions whose words the search names, and who answers for them."""
    found = Resolution.text.contains(words) | Resolution.responsible.contains(words) | AgendaItem.title.contains(words)
    for row in resolutions(actor, community).where(found).limit(MOST):
        yield Hit(row.text, f"/office/resolutions/{row.id}", str(_("议定事项")), row.meeting.title)


def due(actor: Actor, community: Place) -> Iterator[Due]:
    """What the meetings want done: decisions that fall due, papers waiting, reports not yet given."""
    if actor.can(Can.MEETINGS_WRITE, community):
        yield from _decisions_due(actor, community)
        yield from _meetings_due(actor, community)
        yield from _reports_due(actor, community)


def _decisions_due(actor: Actor, community: Place) -> Iterator[Due]:
    area = str(_("联席会议"))
    limit = clock.today() + timedelta(days=int(settings.value("meetings.remind_days", community)))
    for row in ledger(resolutions(actor, community), "open").where(deadline <= limit):
        yield Due(row.text, f"/office/resolutions/{row.id}", _("登记进展"), area, row.due, row.responsible)
    unsettled = ledger(resolutions(actor, community), "unsettled").count()
    if unsettled:
        text = _n("%(num)s 条议定事项的责任单位待核对", "%(num)s 条议定事项的责任单位待核对", unsettled)
        yield Due(text, "/office/resolutions?show=unsettled", _("去核对"), area)


def _meetings_due(actor: Actor, community: Place) -> Iterator[Due]:
    area = str(_("联席会议"))
    today = clock.today()
    for row in visible_to(actor, community).where(Meeting.state != MeetingState.ISSUED):
        day = clock.local(row.held_at).date()
        words = {
            MeetingState.PLANNED: (_("%(title)s即将召开", title=row.title), _("去准备"), day),
            MeetingState.HELD: (_("%(title)s的纪要还没有送审", title=row.title), _("去起草"), day + timedelta(days=7)),
            MeetingState.DRAFTED: (_("%(title)s的纪要等审核", title=row.title), _("去审核"), None),
            MeetingState.APPROVED: (_("%(title)s的纪要等签发", title=row.title), _("去签发"), None),
        }[row.state]
        waits = row.state in (MeetingState.DRAFTED, MeetingState.APPROVED)
        if row.state is MeetingState.PLANNED and (day - today).days > 14:
            continue
        if not waits or actor.can(Can.MEETINGS_APPROVE, community):
            yield Due(words[0], f"/office/meetings/{row.id}", words[1], area, words[2])


def _reports_due(actor: Actor, community: Place) -> Iterator[Due]:
    """A series owes so many reports a year: one in each equal part of it, reminded in its last two months."""
    yearly = int(settings.value("meetings.reports", community))
    today = clock.today()
    if not 1 <= yearly <= 12:
        return
    first, last = report_period(today, yearly)
    if (last - today).days > 60:
        return
    heard = reports(community, first, last)
    for one in series(actor, community).where(MeetingSeries.obliged):
        if not heard[one.id]:
            text = _("%(name)s这一期还没有安排汇报（每年 %(n)s 次）", name=one.meeting_name, n=yearly)
            yield Due(text, f"/office/meetings/new?series={one.id}", _("去安排"), str(_("联席会议")), last)


def report_period(today: date, yearly: int) -> tuple[date, date]:
    """The part of the year this day lies in: of two, January to June and July to December."""
    months = 12 // yearly
    part = min((today.month - 1) // months, yearly - 1)
    end = 12 if part == yearly - 1 else (part + 1) * months
    after = date(today.year + (end == 12), end % 12 + 1, 1)
    return date(today.year, part * months + 1, 1), after - timedelta(days=1)


def reports(community: Place, first: date, last: date) -> Counter[int]:
    """How many reports each series heard in a period: items whose title has one of the setting's words."""
    words = str(settings.value("meetings.report_words", community)).split()
    rows = (
        AgendaItem.select(Meeting.series, AgendaItem.title, Meeting.held_at).join(Meeting)
        .where((Meeting.place == community) & (Meeting.year == first.year)).tuples()
    )  # fmt: skip
    inside = ((of, title) for of, title, held in rows if first <= clock.local(held).date() <= last)
    return Counter(of for of, title in inside if any(word in title for word in words))


def public_search(community: Place, words: str) -> Iterator[Hit]:
    """Resolutions of issued minutes as residents may read them."""
    shown = (Meeting.place == community) & (Meeting.state == MeetingState.ISSUED)
    rows = Resolution.select(Resolution, Meeting).join(Meeting).where(shown & Resolution.public_text.contains(words))
    for row in rows.order_by(Meeting.held_at.desc(), Resolution.position).limit(MOST):
        yield Hit(row.public_text, f"/meetings/{row.meeting_id}", str(_("联席会议")))
