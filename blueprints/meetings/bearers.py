"""Who holds a personal link: a member unit, a name on a series' own roster, or one seat; never an account."""

from dataclasses import dataclass

from peewee import ModelSelect

from blueprints.cobuilding.models import MemberUnit
from blueprints.meetings.decided import decisions
from blueprints.meetings.models import Attendance, Meeting, MeetingSeries, Resolution, ResolutionOwner, SeriesMember
from blueprints.meetings.states import MeetingState
from blueprints.meetings.writings import Delivery, Proposal
from core import links
from core.records.places import Place
from core.records.work import Link

UNIT, ROSTER, SEAT = "meeting-unit", "meeting-roster", "meeting-seat"


@dataclass(frozen=True)
class Bearer:
    """The name a link speaks for, and the row on file behind it."""

    place: Place
    name: str
    purpose: str
    subject: int

    def among(self, record: type, name: object = None):
        """The condition that a row of ``record`` belongs to this bearer; ``name`` is the column with the printed name."""
        column = {UNIT: "unit", ROSTER: "member"}.get(self.purpose)
        if column and hasattr(record, column):
            return getattr(record, column) == self.subject
        if record is Attendance and self.purpose == SEAT:
            return Attendance.id == self.subject
        return name == self.name


def bearer(token: str, place: Place) -> Bearer | None:
    """Whoever holds this token here; None for a link that ended, was revoked or belongs to another community."""
    for purpose, record, named in ((UNIT, MemberUnit, "name"), (ROSTER, SeriesMember, "name"), (SEAT, Attendance, "unit_text")):
        link = links.find(token, purpose)
        row = record.get_or_none(record.id == link.subject_id) if link and link.place_id == place.id else None
        if row is not None:
            return Bearer(place, getattr(row, named), purpose, row.id)
    return None


def of_seat(seat: Attendance, place: Place) -> Bearer:
    """The bearer whose link answers for a seat."""
    if seat.unit_id:
        return Bearer(place, seat.unit_text, UNIT, seat.unit_id)
    if seat.member_id:
        return Bearer(place, seat.unit_text, ROSTER, seat.member_id)
    return Bearer(place, seat.unit_text, SEAT, seat.id)


def of_owner(owner: ResolutionOwner, place: Place) -> Bearer | None:
    """The bearer who reports on a decision; None for a name that is no unit, such as the community's own bodies."""
    if owner.unit_id:
        return Bearer(place, owner.text, UNIT, owner.unit_id)
    rows = SeriesMember.select().join(MeetingSeries).where(MeetingSeries.place == place)
    row = rows.where((SeriesMember.name == owner.text) & SeriesMember.until.is_null(True)).first()
    return Bearer(place, owner.text, ROSTER, row.id) if row else None


def of_delivery(row: Delivery, place: Place) -> Bearer | None:
    """The bearer of a receiver of minutes; None for one that is no unit and gets them on paper."""
    if row.unit_id:
        return Bearer(place, row.receiver, UNIT, row.unit_id)
    return Bearer(place, row.receiver, ROSTER, row.member_id) if row.member_id else None


def give(bearer: Bearer) -> str:
    """A new link's address; inside the caller's transaction."""
    token = links.give(bearer.place, bearer.purpose, bearer.subject)
    return f"{links.community_address(bearer.place)}/l/{token}/unit"


def revoke(who: Bearer) -> int:
    """Every link of this bearer ends now; answers how many there were."""
    mine = (Link.place == who.place) & (Link.purpose == who.purpose) & (Link.subject_id == who.subject) & ~Link.revoked
    return Link.update(revoked=True).where(mine).execute()


def meetings(who: Bearer) -> ModelSelect:
    """The bearer's seats at meetings, with meeting and series, the next meeting first."""
    rows = Attendance.select(Attendance, Meeting, MeetingSeries).join(Meeting).join(MeetingSeries)
    return rows.where((Meeting.place == who.place) & who.among(Attendance, Attendance.unit_text)).order_by(Meeting.held_at.desc())


def tasks(who: Bearer) -> ModelSelect:
    """Decisions of issued minutes the bearer answers for, the next to fall due first."""
    mine = ResolutionOwner.select(ResolutionOwner.resolution).where(who.among(ResolutionOwner, ResolutionOwner.text))
    here = (Meeting.place == who.place) & (Meeting.state == MeetingState.ISSUED)
    return decisions().where(here & Resolution.id.in_(mine))


def proposals(who: Bearer) -> ModelSelect:
    """What the bearer proposed, the newest first."""
    rows = Proposal.select(Proposal, MeetingSeries).join(MeetingSeries)
    here = MeetingSeries.place == who.place
    return rows.where(here & who.among(Proposal, Proposal.unit_text)).order_by(Proposal.id.desc())


def deliveries(who: Bearer) -> ModelSelect:
    """Minutes that were sent to the bearer, the newest first."""
    rows = Delivery.select(Delivery, Meeting, MeetingSeries).join(Meeting).join(MeetingSeries)
    here = (Meeting.place == who.place) & Delivery.sent_on.is_null(False)
    return rows.where(here & who.among(Delivery, Delivery.receiver)).order_by(Meeting.held_at.desc())
