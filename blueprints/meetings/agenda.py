"""Items and decisions as they are written: what stays keeps its row, so that record, proposals and wording stay with it."""

from blueprints.meetings import masking, parties
from blueprints.meetings.models import AgendaItem, Meeting, Resolution, ResolutionOwner
from blueprints.meetings.protocol import Decision, Item, Protocol, owners, protocol_of
from core import settings
from core.records.places import PartyOrg, Place
from core.refusal import Refused
from core.text import _l

ASIDE = 10_000  # rows step this far away while the new order is written


class Recorded(Refused):
    sentence = _l("议题“%(title)s”下面已经有会议记录，不能去掉。可以改题目，或先在会议记录里删去这一项的内容。")
    status = 409


def write(meeting: Meeting, protocol: Protocol) -> None:
    """Items and decisions as the protocol has them; inside the caller's transaction. Raises Recorded."""
    stored = list(meeting.agenda)
    kept = _matched(stored, protocol.items, "title")
    for row in stored:
        if row not in kept:
            _drop(row)
    AgendaItem.update(position=AgendaItem.position + ASIDE).where(AgendaItem.meeting == meeting).execute()
    pen = _Pen(meeting, protocol)
    for position, (row, item) in enumerate(zip(kept, protocol.items, strict=True)):
        pen.item(row, position, item)


def _matched(stored: list, wanted: tuple, words: str) -> list:
    """For each of ``wanted`` the stored row it came from, or one with the same words, or None for something new."""
    by_row = {row.id: row for row in stored}
    found = [by_row.pop(one.row, None) for one in wanted]
    left = {getattr(row, words): row for row in by_row.values()}
    return [row or left.pop(getattr(one, words), None) for row, one in zip(found, wanted, strict=True)]


def _drop(row: AgendaItem) -> None:
    if row.lines.exists():
        raise Recorded(title=row.title)
    row.delete_instance()


class _Pen:
    """What writing needs to know once: units on file, the community's own bodies, the mask."""

    def __init__(self, meeting: Meeting, protocol: Protocol) -> None:
        self.meeting, community = meeting, meeting.place
        self.units = parties.unit_numbers(community)
        self.own = own_bodies(community)
        self.mask = masking.mask(community, people_of(protocol, meeting))

    def item(self, row: AgendaItem | None, position: int, item: Item) -> None:
        row = row or AgendaItem(meeting=self.meeting)
        if row.title != item.title:
            row.public_title = self.mask.proposal(item.title)[:200]
        row.position, row.title, row.kind = position, item.title, item.kind
        row.reported_by, row.discussion = item.reported_by, item.discussion
        row.save()
        self._decisions(row, item)

    def _decisions(self, row: AgendaItem, item: Item) -> None:
        stored = list(row.resolutions)
        kept = _matched(stored, item.decisions, "text")
        for one in stored:
            if one not in kept:
                one.delete_instance()
        Resolution.update(position=Resolution.position + ASIDE).where(Resolution.item == row).execute()
        for position, (one, decision) in enumerate(zip(kept, item.decisions, strict=True)):
            self._decision(one, row, position, decision)

    def _decision(self, row: Resolution | None, item: AgendaItem, position: int, decision: Decision) -> None:
        row = row or Resolution(meeting=self.meeting, item=item)
        if row.text != decision.text:
            row.public_text = self.mask.proposal(decision.text)
        renamed = row.responsible != decision.responsible
        row.position, row.text, row.due_on = position, decision.text, decision.due_on
        row.responsible, row.supervisor = decision.responsible, decision.supervisor
        row.save()
        if renamed:
            self._owners(row)

    def _owners(self, row: Resolution) -> None:
        ResolutionOwner.delete().where(ResolutionOwner.resolution == row).execute()
        for place, name in enumerate(owners(row.responsible)):
            ResolutionOwner.create(
                resolution=row, position=place, text=name[:120], unit=self.units.get(name),
                settled=name in self.units or name in self.own,
            )  # fmt: skip


def people_of(protocol: Protocol, meeting: Meeting) -> list[str]:
    """Texts that name people: who sat there, chaired, recorded, signs."""
    seated = [names for (names,) in meeting.seats.select(meeting.seats.model.names).tuples() if names]
    return [*seated, protocol.chair, protocol.recorder, protocol.signatory]


def own_bodies(community: Place) -> set[str]:
    """Names that need no member unit: the community's own organisations, and 各成员单位."""
    words = str(settings.value("meetings.bodies", community)).split()
    orgs = PartyOrg.select(PartyOrg.name, PartyOrg.full_name).where(PartyOrg.place == community).tuples()
    plain = {word.removeprefix("社区") for word in words}
    return {*words, *(community.name + word for word in plain), *(name for pair in orgs for name in pair if name)}


def masked(meeting: Meeting, title: str) -> str:
    """A title as residents may read it."""
    people = people_of(protocol_of(meeting), meeting)
    return masking.mask(meeting.place, people).proposal(title)[:200]
