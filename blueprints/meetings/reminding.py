"""督办: one slip for each unit with all it still has to do, a strip to reply on and its own link."""

from dataclasses import dataclass

from peewee import fn

from blueprints.meetings import bearers
from blueprints.meetings.decided import deadline, decisions
from blueprints.meetings.models import Meeting, Resolution, ResolutionOwner
from blueprints.meetings.states import OPEN, MeetingState
from core import clock
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.records.places import Place
from core.refusal import Refused
from core.text import _l


class NobodyChosen(Refused):
    sentence = _l("请先勾选要督办的单位。")


@dataclass(frozen=True)
class Slip:
    """One unit's open decisions; ``address`` is its link, blank for a name that is no unit."""

    name: str
    rows: tuple[Resolution, ...]
    address: str = ""


def debtors(community: Place, late_only: bool = False):
    """Names with decisions still open: (name, how many, the earliest day, when last reminded), the latest first."""
    rows = (
        ResolutionOwner.select(
            ResolutionOwner.text, fn.COUNT(ResolutionOwner.id), fn.MIN(deadline), fn.MAX(ResolutionOwner.reminded_on)
        )
        .join(Resolution).join(Meeting).where(_open(community)).group_by(ResolutionOwner.text)
        .order_by(fn.MIN(deadline), ResolutionOwner.text)
    )  # fmt: skip
    return rows.where(deadline < clock.today()) if late_only else rows


def _open(community: Place):
    return (Meeting.place == community) & (Meeting.state == MeetingState.ISSUED) & Resolution.state.in_(OPEN)


def slips(actor: Actor, community: Place, names: list[str]) -> list[Slip]:
    """督办单 for the names chosen, each with a fresh link; the ledger keeps the day."""
    with writing():
        made = [slip for name in dict.fromkeys(names) if (slip := _slip(community, name)) is not None]
        if not made:
            raise NobodyChosen()
        for slip in made:
            ids = [row.id for row in slip.rows]
            mine = (ResolutionOwner.text == slip.name) & ResolutionOwner.resolution.in_(ids)
            ResolutionOwner.update(reminded_on=clock.today()).where(mine).execute()
        record(actor, Act.RESOLUTION_REMINDED, None, community, names=[slip.name for slip in made])
    return made


def _slip(community: Place, name: str) -> Slip | None:
    mine = ResolutionOwner.select(ResolutionOwner.resolution).where(ResolutionOwner.text == name)
    rows = tuple(decisions().where(_open(community) & Resolution.id.in_(mine)))
    if not rows:
        return None
    owner = ResolutionOwner.get((ResolutionOwner.text == name) & (ResolutionOwner.resolution == rows[0]))
    who = bearers.of_owner(owner, community)
    return Slip(name, rows, bearers.give(who) if who else "")
