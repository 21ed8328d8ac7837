"""Reads of meetings and resolutions; what residents see is issued and masked."""

from collections import Counter
from collections.abc import Iterator
from datetime import timedelta

from peewee import ModelSelect, fn, prefetch

from blueprints.meetings import obligations
from blueprints.meetings.decided import deadline, ledger, resolutions, waiting
from blueprints.meetings.masking import mask
from blueprints.meetings.models import AgendaItem, Attendance, Meeting, MeetingSeries, Resolution, ResolutionOwner
from blueprints.meetings.sheets import ItemPart, ResolutionLine, numbered
from blueprints.meetings.states import MeetingState, Presence, ProposalState
from blueprints.meetings.writings import Proposal, RecordLine
from core import clock, settings, zh
from core.access import Actor, Can
from core.due import Due
from core.printing.gongwen import day
from core.records.places import Place
from core.search import MOST, Hit
from core.text import _, _n

CALENDAR_DAYS = 365
MOST_DUE = 30  # decisions on today's page; the ledger holds the rest


def visible_to(actor: Actor, community: Place) -> ModelSelect:
    """Meetings the actor may see here, newest first; who only reads sees what is issued."""
    readable = Meeting.place.in_(actor.communities(Can.MEETINGS_READ)) & (Meeting.place == community)
    working = Meeting.place.in_(actor.communities(Can.MEETINGS_WRITE))
    return _joined().where(readable & (working | (Meeting.state == MeetingState.ISSUED)))


def _joined() -> ModelSelect:
    return Meeting.select(Meeting, MeetingSeries).join(MeetingSeries).order_by(Meeting.held_at.desc(), Meeting.id.desc())


def in_year(query: ModelSelect, year: int) -> ModelSelect:
    """The meetings of one year."""
    return query.where(Meeting.year == year)


def years(query: ModelSelect) -> list[int]:
    """The years that have meetings, newest first."""
    found = query.select(Meeting.year).order_by(Meeting.year.desc()).distinct().tuples()
    return [year for (year,) in found]


def issued(community: Place) -> ModelSelect:
    """What residents may open."""
    return _joined().where(_open(community) & (Meeting.state == MeetingState.ISSUED))


def planned(community: Place) -> ModelSelect:
    """Meetings that lie ahead and that residents may know of, the next one first."""
    ahead = (Meeting.state == MeetingState.PLANNED) & (Meeting.held_at >= clock.now())
    return _joined().where(_open(community) & ahead).order_by(Meeting.held_at)


def for_calendars(community: Place) -> ModelSelect:
    """What a calendar that follows the community shows: the last year, what lies ahead, what was called off."""
    since = clock.now() - timedelta(days=CALENDAR_DAYS)
    return _joined().where(_open(community) & (Meeting.held_at >= since)).order_by(Meeting.held_at)


def _open(community: Place):
    return (Meeting.place == community) & MeetingSeries.open_to_residents


def news(community: Place) -> str:
    """One live fact for the front door: the next meeting, else how much was decided."""
    ahead = planned(community).first()
    if ahead is not None:
        return _("%(day)s 开会", day=zh.short_day(clock.local(ahead.held_at).date()))
    decided = Resolution.select().join(Meeting).join(MeetingSeries)
    decided = decided.where(_open(community) & (Meeting.state == MeetingState.ISSUED))
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


def seated(meeting: Meeting, most: int) -> dict[Presence, list[Attendance]]:
    """Who sat at the table, by presence, in order; of a long table only the first of each."""
    return {
        presence: list(meeting.seats.where(Attendance.presence == presence).order_by(Attendance.position).limit(most))
        for presence in (Presence.PRESENT, Presence.ON_LEAVE, Presence.OBSERVER, Presence.ABSENT)
    }


def seat_counts(meetings: list[Meeting]) -> dict[int, Counter]:
    """Seats by presence, per meeting."""
    found: dict[int, Counter] = {meeting.id: Counter() for meeting in meetings}
    query = Attendance.select(Attendance.meeting, Attendance.presence, fn.COUNT(Attendance.id))
    query = query.where(Attendance.meeting.in_(meetings)).group_by(Attendance.meeting, Attendance.presence)
    for meeting, presence, count in query.tuples() if meetings else ():
        found[meeting][presence] = count
    return found


def answer_counts(meeting: Meeting) -> Counter:
    """Receipts by answer, and under None those still awaited."""
    rows = meeting.seats.where(Attendance.invited_on.is_null(False) | Attendance.answer.is_null(False))
    query = rows.select(Attendance.answer, fn.COUNT(Attendance.id)).group_by(Attendance.answer).order_by()
    return Counter(dict(query.tuples()))


def written(meeting: Meeting) -> int:
    """How many lines the raw record has."""
    return RecordLine.select().where((RecordLine.meeting == meeting) & ~RecordLine.removed).count()


def missing(meeting: Meeting) -> Iterator[str]:
    """What a draft lacks before anybody can approve it."""
    if not meeting.seats.where(Attendance.presence == Presence.PRESENT).exists():
        yield str(_("没有登记出席单位"))
    if not meeting.agenda.exists():
        yield str(_("没有议题"))
    if not meeting.resolutions.exists():
        yield str(_("没有议定事项"))
    if not meeting.chair:
        yield str(_("没有写主持人"))


def shown_to_residents(meeting: Meeting) -> tuple[ItemPart, ...]:
    """Items and decisions in the wording for residents; what has none is left out."""
    hidden = mask(meeting.place, people_named(meeting))
    parts = []
    for item in agenda([meeting])[meeting.id]:
        lines = tuple(
            ResolutionLine(
                row.public_text, hidden.without_persons(row.responsible), day(row.due), row.state,
                hidden.without_persons(row.supervisor),
            )
            for row in item.resolutions if row.public_text
        )  # fmt: skip
        if lines:
            parts.append(ItemPart(item.public_title, (), lines))
    return tuple(parts)


def people_named(meeting: Meeting) -> list[str]:
    """Texts that name the people of a meeting."""
    names = [name for (name,) in meeting.seats.select(Attendance.names).where(Attendance.names != "").tuples()]
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
        yield from _words_of_units_due(community)
        yield from obligations.due(list(series(actor, community)), community)


def _decisions_due(actor: Actor, community: Place) -> Iterator[Due]:
    area = str(_("联席会议"))
    limit = clock.today() + timedelta(days=int(settings.value("meetings.remind_days", community)))
    rows = list(ledger(resolutions(actor, community), "open").where(deadline <= limit).limit(MOST_DUE + 1))
    for row in rows[:MOST_DUE]:
        yield Due(row.text, f"/office/resolutions/{row.id}", _("登记进展"), area, row.due, row.responsible)
    if len(rows) > MOST_DUE:
        yield Due(_("还有更多议定事项到期"), "/office/resolutions?show=open", _("看台账"), area, rows[MOST_DUE].due)
    unsettled = ledger(resolutions(actor, community), "unsettled").count()
    if unsettled:
        text = _n("%(num)s 条议定事项的责任单位待核对", "%(num)s 条议定事项的责任单位待核对", unsettled)
        yield Due(text, "/office/resolutions?show=unsettled", _("去核对"), area)


def _words_of_units_due(community: Place) -> Iterator[Due]:
    area = str(_("联席会议"))
    said = waiting(community).count()
    if said:
        text = _n("%(num)s 条责任单位报来的进展待核", "%(num)s 条责任单位报来的进展待核", said)
        yield Due(text, "/office/resolutions?show=waiting", _("去核对"), area)
    proposed = Proposal.select().join(MeetingSeries)
    proposed = proposed.where((MeetingSeries.place == community) & (Proposal.state == ProposalState.OPEN)).count()
    if proposed:
        text = _n("%(num)s 条议题建议待研究", "%(num)s 条议题建议待研究", proposed)
        yield Due(text, "/office/meetings/proposals", _("去研究"), area)


def _meetings_due(actor: Actor, community: Place) -> Iterator[Due]:
    area = str(_("联席会议"))
    today = clock.today()
    for row in visible_to(actor, community).where(Meeting.state.not_in((MeetingState.ISSUED, MeetingState.CANCELLED))):
        day = clock.local(row.held_at).date()
        coming = _("%(title)s即将召开", title=row.title) if day >= today else _("%(title)s的时间到了，请登记到会", title=row.title)
        words = {
            MeetingState.PLANNED: (coming, _("去准备"), day),
            MeetingState.HELD: (_("%(title)s的纪要还没有送审", title=row.title), _("去起草"), day + timedelta(days=7)),
            MeetingState.DRAFTED: (_("%(title)s的纪要等审核", title=row.title), _("去审核"), None),
            MeetingState.APPROVED: (_("%(title)s的纪要等签发", title=row.title), _("去签发"), None),
        }[row.state]
        waits = row.state in (MeetingState.DRAFTED, MeetingState.APPROVED)
        if row.state is MeetingState.PLANNED and (day - today).days > 14:
            continue
        if not waits or actor.can(Can.MEETINGS_APPROVE, community):
            yield Due(words[0], f"/office/meetings/{row.id}", words[1], area, words[2])


def public_search(community: Place, words: str) -> Iterator[Hit]:
    """Resolutions of issued minutes as residents may read them."""
    shown = _open(community) & (Meeting.state == MeetingState.ISSUED)
    rows = Resolution.select(Resolution, Meeting).join(Meeting).join(MeetingSeries)
    rows = rows.where(shown & Resolution.public_text.contains(words))
    for row in rows.order_by(Meeting.held_at.desc(), Resolution.position).limit(MOST):
        yield Hit(row.public_text, f"/meetings/{row.meeting_id}", str(_("联席会议")))
