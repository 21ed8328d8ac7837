"""Proposals for the agenda: units make them by their link or tell the office, which takes them up or says why not."""

from peewee import ModelSelect, fn

from blueprints.meetings import agenda, rules
from blueprints.meetings.models import AgendaItem, Meeting, MeetingSeries
from blueprints.meetings.states import MeetingState, ProposalState, Way
from blueprints.meetings.writings import Proposal
from core import clock
from core.access import Actor
from core.audit import Act, record
from core.db import locked, writing
from core.forms import spend
from core.records.places import Place
from core.refusal import Refused
from core.text import _l


class TitleMissing(Refused):
    sentence = _l("请写明议题，例如“关于暑期开放操场的建议”。")


class UnitMissing(Refused):
    sentence = _l("请写明是哪个单位提的。")


class WhyNot(Refused):
    sentence = _l("不列入议题请写明理由，提议的单位看得到。")


class Settled(Refused):
    sentence = _l("这条建议已经答复过了，请刷新后再看。")
    status = 409


class NoMeetingAhead(Refused):
    sentence = _l("请先登记下一次会议，再把建议列入议题。")


def propose(
    actor: Actor, series: MeetingSeries, unit_text: str, title: str, words: str = "", way: Way = Way.PAPER,
    nonce: str = "", **row: object,
) -> Proposal:  # fmt: skip
    """A unit would like this to be spoken of; ``row`` names the unit or the roster's row it is."""
    if not unit_text.strip():
        raise UnitMissing()
    if not title.strip():
        raise TitleMissing()
    with writing():
        if nonce:
            spend(nonce)
        made = Proposal.create(
            series=series, unit_text=unit_text.strip()[:120], title=title.strip()[:200], words=words.strip()[:2000],
            on=clock.today(), way=way, **row,
        )  # fmt: skip
        record(actor, Act.PROPOSAL_MADE, made, series.place_id, unit=unit_text, title=title, way=way)
    return made


def of_community(place: Place) -> ModelSelect:
    """Proposals with their series, those that wait first."""
    rows = Proposal.select(Proposal, MeetingSeries).join(MeetingSeries).where(MeetingSeries.place == place)
    return rows.order_by((Proposal.state != ProposalState.OPEN), Proposal.id.desc())


def ahead(place: Place | int) -> dict[int, Meeting]:
    """The next meeting of each series that can still take up an item, by the number of the series."""
    planned = (Meeting.place == place) & (Meeting.state == MeetingState.PLANNED)
    return {meeting.series_id: meeting for meeting in Meeting.select().where(planned).order_by(Meeting.held_at.desc())}


def take_up(actor: Actor, proposal: Proposal, meeting: Meeting | None = None) -> AgendaItem:
    """列入议题: the proposal becomes the last item of the next meeting."""
    with writing():
        fresh = _open(proposal)
        meeting = meeting or ahead(fresh.series.place_id).get(fresh.series_id)
        if meeting is None or meeting.series_id != fresh.series_id:
            raise NoMeetingAhead()
        target = rules.open_for_changes(meeting, None)
        last = target.agenda.select(fn.MAX(AgendaItem.position)).scalar()
        item = AgendaItem.create(
            meeting=target, position=0 if last is None else last + 1, title=fresh.title, reported_by=fresh.unit_text,
            public_title=agenda.masked(target, fresh.title),
        )  # fmt: skip
        fresh.state, fresh.item = ProposalState.TAKEN, item
        fresh.save()
        rules.reopened(actor, target)
        record(actor, Act.PROPOSAL_SETTLED, fresh, target.place_id, state=fresh.state, title=fresh.title)
    return item


def decline(actor: Actor, proposal: Proposal, reason: str) -> Proposal:
    """这次不列入, with a reason the unit reads."""
    if not reason.strip():
        raise WhyNot()
    with writing():
        fresh = _open(proposal)
        fresh.state, fresh.reason = ProposalState.DECLINED, reason.strip()[:300]
        fresh.save()
        record(actor, Act.PROPOSAL_SETTLED, fresh, fresh.series.place_id, state=fresh.state, reason=fresh.reason)
    return fresh


def _open(proposal: Proposal) -> Proposal:
    fresh = locked(Proposal.select().where(Proposal.id == proposal.id)).get()
    if fresh.state is not ProposalState.OPEN:
        raise Settled()
    return fresh
