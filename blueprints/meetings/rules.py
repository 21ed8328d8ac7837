"""The life of a meeting: enter, amend, submit, approve or send back; what is issued is never edited."""

from blueprints.cobuilding.models import MemberUnit
from blueprints.meetings import masking, queries
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
from blueprints.meetings.protocol import Item, Protocol, owners
from core import clock, settings
from core.access import Actor, Can, accounts_holding
from core.audit import Act, record
from core.db import writing
from core.history import step, unchanged
from core.records.places import PartyOrg, Place
from core.refusal import Refused
from core.text import _l

settings.declare("meetings.number", _l("纪要编号的写法（{年}、{号}会换成数字）"), "〔{年}〕{号}号", _l("GB/T 9704 7.2.5；也可写“第{号}期”"), group="meetings")
settings.declare("meetings.reports", _l("每年向联席会议汇报的次数"), 2, _l("联席会议制度：每年至少汇报两次"), group="meetings")
settings.declare("meetings.report_words", _l("议题标题里有这些词的算一次汇报"), "通报 汇报 报告", group="meetings")
settings.declare("meetings.remind_days", _l("议定事项到期前几天起提醒"), 7, group="meetings")
settings.declare("meetings.bodies", _l("责任单位里不用对照名册的叫法"), "社区党委 社区居委会 居委会 社区 各成员单位 各党支部", group="meetings")
SERIES_FIELDS = ("name", "issuing_body", "mark", "printed_by", "copies_to", "obliged")


class Issued(Refused):
    sentence = _l("这次会议的纪要已经签发，不能再改。内容有误请另发更正。")
    status = 409


class WrongState(Refused):
    sentence = _l("这次会议现在是“%(state)s”，不能这样办理。请刷新后再看。")
    status = 409


class OrdinalTaken(Refused):
    sentence = _l("%(year)s 年第 %(ordinal)s 次会议已经登记过了，请到列表里修改那一次。")
    status = 409


class NothingDecided(Refused):
    sentence = _l("还不能送审：%(missing)s。请先补上。")


class OwnDraft(Refused):
    sentence = _l("纪要是您自己送审的，要由另一位有审核权限的同志审核。")
    status = 403


class ReasonMissing(Refused):
    sentence = _l("退回时请写明理由，起草人才知道怎么改。")


class SeriesExists(Refused):
    sentence = _l("已经有叫“%(name)s”的会议了，请直接用那一个。")
    status = 409


def found_series(actor: Actor, place: Place, values: dict[str, object]) -> MeetingSeries:
    """A new kind of meeting."""
    with writing():
        if MeetingSeries.select().where((MeetingSeries.place == place) & (MeetingSeries.name == values["name"])).exists():
            raise SeriesExists(name=values["name"])
        series = MeetingSeries.create(place=place, **{name: values[name] for name in SERIES_FIELDS if name in values})
        record(actor, Act.SERIES_CHANGED, series, place, after=values)
    return series


def change_series(actor: Actor, series: MeetingSeries, version: int, values: dict[str, object]) -> MeetingSeries:
    """Correct a series; minutes already issued keep what they were printed with. Raises Stale when ``version`` is old."""
    with writing():
        fresh = unchanged(series, version)
        same = (MeetingSeries.place == series.place_id) & (MeetingSeries.name == values["name"])
        if MeetingSeries.select().where(same & (MeetingSeries.id != series.id)).exists():
            raise SeriesExists(name=values["name"])
        before = {name: getattr(fresh, name) for name in SERIES_FIELDS}
        for name in SERIES_FIELDS:
            setattr(fresh, name, values[name])
        fresh.version += 1
        fresh.save()
        record(actor, Act.SERIES_CHANGED, fresh, fresh.place_id, before=before, after=values)
    return fresh


def series_of(actor: Actor, place: Place, protocol: Protocol) -> MeetingSeries:
    """The series a file names; an unknown one is founded with what the file says."""
    found = MeetingSeries.get_or_none((MeetingSeries.place == place) & (MeetingSeries.name == protocol.series))
    return found or found_series(actor, place, {
        "name": protocol.series, "issuing_body": protocol.issuing_body, "printed_by": protocol.printed_by,
        "copies_to": list(protocol.copies_to),
    })  # fmt: skip


def enter(actor: Actor, series: MeetingSeries, protocol: Protocol, ordinal: int | None = None) -> Meeting:
    """A meeting enters the house: planned while it lies ahead, else held."""
    year = clock.local(protocol.held_at).year
    with writing():
        ordinal = ordinal or queries.next_ordinal(series, year)
        _free(series.id, year, ordinal)
        meeting = Meeting.create(place=series.place_id, series=series, year=year, ordinal=ordinal, **_head(protocol))
        _write_parts(meeting, protocol, {})
        step(actor, meeting)
        record(actor, Act.MEETING_ENTERED, meeting, meeting.place_id, title=meeting.title)
    return meeting


def _free(series: int, year: int, ordinal: int, but: int = 0) -> None:
    taken = (Meeting.series == series) & (Meeting.year == year) & (Meeting.ordinal == ordinal) & (Meeting.id != but)
    if Meeting.select().where(taken).exists():
        raise OrdinalTaken(year=year, ordinal=ordinal)


def _head(protocol: Protocol) -> dict[str, object]:
    names = ("held_at", "ended_at", "venue", "chair", "recorder", "opening", "issuing_body", "printed_by", "signatory")
    ahead = protocol.held_at > clock.now() and not protocol.sitting(Presence.PRESENT)
    state = MeetingState.PLANNED if ahead else MeetingState.HELD
    return {**{name: getattr(protocol, name) for name in names}, "copies_to": list(protocol.copies_to), "state": state}


def amend(
    actor: Actor, meeting: Meeting, version: int, protocol: Protocol, ordinal: int | None = None
) -> Meeting:
    """Write the meeting anew; words already submitted are submitted again. Raises Stale when ``version`` is old."""
    with writing():
        fresh = unchanged(meeting, version)
        if fresh.state is MeetingState.ISSUED:
            raise Issued()
        fresh.year, fresh.ordinal = clock.local(protocol.held_at).year, ordinal or fresh.ordinal
        _free(fresh.series_id, fresh.year, fresh.ordinal, but=fresh.id)
        kept = {row.text: row.public_text for row in fresh.resolutions}
        kept |= {row.title: row.public_title for row in fresh.agenda}
        for name, value in _head(protocol).items():
            setattr(fresh, name, value)
        fresh.approver, fresh.drafter, fresh.alone = None, None, False
        fresh.version += 1
        fresh.save()
        AgendaItem.delete().where(AgendaItem.meeting == fresh).execute()
        Attendance.delete().where(Attendance.meeting == fresh).execute()
        _write_parts(fresh, protocol, kept)
        step(actor, fresh)
        record(actor, Act.MEETING_CHANGED, fresh, fresh.place_id, title=fresh.title)
    return fresh


def _write_parts(meeting: Meeting, protocol: Protocol, kept: dict[str, str]) -> None:
    community = meeting.place
    units = {unit.name: unit for unit in MemberUnit.select().where(MemberUnit.place == community)}
    for presence in Presence:
        for position, (unit, names) in enumerate(protocol.sitting(presence)):
            Attendance.create(
                meeting=meeting, presence=presence, position=position, unit_text=unit, names=names, unit=units.get(unit)
            )
    hidden = masking.mask(community, people_of(protocol))
    own = own_bodies(community)
    for position, item in enumerate(protocol.items):
        row = AgendaItem.create(
            meeting=meeting, position=position, title=item.title, reported_by=item.reported_by,
            discussion=item.discussion, public_title=kept.get(item.title, hidden.proposal(item.title)[:200]),
        )  # fmt: skip
        _write_decisions(row, item, kept, hidden, units, own)


def _write_decisions(
    row: AgendaItem, item: Item, kept: dict[str, str], hidden: masking.Mask, units: dict[str, MemberUnit], own: set[str]
) -> None:
    for position, decision in enumerate(item.decisions):
        resolution = Resolution.create(
            meeting=row.meeting_id, item=row, position=position, text=decision.text, responsible=decision.responsible,
            due_on=decision.due_on, public_text=kept.get(decision.text, hidden.proposal(decision.text)),
        )  # fmt: skip
        for place, name in enumerate(owners(decision.responsible)):
            ResolutionOwner.create(
                resolution=resolution, position=place, text=name[:120], unit=units.get(name),
                settled=name in units or name in own,
            )  # fmt: skip


def people_of(protocol: Protocol) -> list[str]:
    """Texts that name people: who sat there, chaired, recorded, signs."""
    return [*(seat.names for seat in protocol.seats), protocol.chair, protocol.recorder, protocol.signatory]


def own_bodies(community: Place) -> set[str]:
    """Names that need no member unit: the community's own organisations, and 各成员单位."""
    words = str(settings.value("meetings.bodies", community)).split()
    orgs = PartyOrg.select(PartyOrg.name, PartyOrg.full_name).where(PartyOrg.place == community).tuples()
    plain = {word.removeprefix("社区") for word in words}
    return {*words, *(community.name + word for word in plain), *(name for pair in orgs for name in pair if name)}


def submit(actor: Actor, meeting: Meeting, version: int) -> Meeting:
    """送审: the draft waits for a second person."""
    with writing():
        fresh = unchanged(meeting, version)
        if fresh.state is not MeetingState.HELD:
            raise WrongState(state=fresh.state.title)
        missing = list(_missing(fresh))
        if missing:
            raise NothingDecided(missing="、".join(missing))
        return _move(actor, fresh, MeetingState.DRAFTED, Act.MEETING_SUBMITTED, drafter=actor.account_id, reason="")


def _missing(meeting: Meeting):
    if not meeting.seats.where(Attendance.presence == Presence.PRESENT).exists():
        yield str(_l("没有登记出席单位"))
    if not meeting.agenda.exists():
        yield str(_l("没有议题"))
    if not meeting.resolutions.exists():
        yield str(_l("没有议定事项"))
    if not meeting.chair:
        yield str(_l("没有写主持人"))


def approve(actor: Actor, meeting: Meeting, version: int) -> Meeting:
    """审核同意, by a second person; an office of one approves alone and the slip says so (decision 11)."""
    with writing():
        fresh = unchanged(meeting, version)
        if fresh.state is not MeetingState.DRAFTED:
            raise WrongState(state=fresh.state.title)
        own = fresh.drafter_id is not None and fresh.drafter_id == actor.account_id
        if own and accounts_holding(Can.MEETINGS_APPROVE, fresh.place_id) - {actor.account_id}:
            raise OwnDraft()
        return _move(
            actor, fresh, MeetingState.APPROVED, Act.MEETING_APPROVED, approver=actor.account_id, alone=own, reason=""
        )


def send_back(actor: Actor, meeting: Meeting, version: int, reason: str) -> Meeting:
    """退回修改; the reason is what the drafter reads."""
    if not reason.strip():
        raise ReasonMissing()
    with writing():
        fresh = unchanged(meeting, version)
        if fresh.state not in (MeetingState.DRAFTED, MeetingState.APPROVED):
            raise WrongState(state=fresh.state.title)
        return _move(
            actor, fresh, MeetingState.HELD, Act.MEETING_SENT_BACK, reason.strip(), approver=None, reason=reason.strip()
        )


def _move(actor: Actor, meeting: Meeting, state: MeetingState, act: Act, note: str = "", **changed: object) -> Meeting:
    for name, value in {**changed, "state": state}.items():
        setattr(meeting, name, value)
    meeting.version += 1
    meeting.save()
    step(actor, meeting, note)
    record(actor, act, meeting, meeting.place_id, title=meeting.title, note=note)
    return meeting
