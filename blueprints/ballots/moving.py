"""流动票箱: where it goes, when, who carries it, and to whom; the list hangs out before it leaves."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from blueprints.ballots import chain
from blueprints.ballots.kinds import BoxKind, PollStatus
from blueprints.ballots.models import MovingTrip, PaperBox, RollEntry
from blueprints.ballots.roll import ticked
from blueprints.ballots.steps import step
from core import settings
from core.access import Actor
from core.db import writing
from core.refusal import Refused
from core.text import _l

PLANNING = (PollStatus.FROZEN, PollStatus.SEALED, PollStatus.OPEN)
settings.declare(
    "polls.moving_carriers", _l("流动票箱至少几名工作人员护送"), 3, _l("村民、居民选举办法，例如《浙江省村民委员会选举办法》第二十四条"), group="ballots"
)


class NotMoving(Refused):
    sentence = _l("“%(name)s”不是流动票箱。")


class TooFewCarriers(Refused):
    sentence = _l("流动票箱要有 %(least)s 名以上工作人员护送，现在选了 %(count)s 名。")


class CarrierUnknown(Refused):
    sentence = _l("%(name)s没有登记为本次投票的监票人或计票人，请先登记。")


class TimesWrong(Refused):
    sentence = _l("回来的时间要晚于出发的时间。")


class RouteMissing(Refused):
    sentence = _l("请写明路线，例如：3幢2单元、5幢1单元。")


class NotPlanned(Refused):
    sentence = _l("“%(name)s”还没有登记路线、时间和护送人员，不能打印名单。")
    status = 409


def plan(
    actor: Actor, box: PaperBox, route: str, leaves_at: datetime, back_at: datetime, carriers: Sequence[str]
) -> MovingTrip:
    """Route, times (UTC) and carriers of one moving box; planned anew it replaces the former plan."""
    names = list(dict.fromkeys(name.strip() for name in carriers if name.strip()))
    _refuse(box, route, leaves_at, back_at, names)
    with step(box.poll_class.poll, *PLANNING) as poll:
        known = {row.name for row in poll.scrutineers}
        for name in names:
            if name not in known:
                raise CarrierUnknown(name=name)
        MovingTrip.delete().where(MovingTrip.box == box).execute()
        trip = MovingTrip.create(box=box, route=route.strip(), leaves_at=leaves_at, back_at=back_at, carriers=names)
        chain.record(actor, poll, "moving box", name=box.name, carriers=names)
    return trip


def _refuse(box: PaperBox, route: str, leaves_at: datetime, back_at: datetime, names: list[str]) -> None:
    least = settings.value("polls.moving_carriers", box.poll_class.poll.place)
    if box.kind is not BoxKind.MOVING:
        raise NotMoving(name=box.name)
    if not route.strip():
        raise RouteMissing()
    if leaves_at >= back_at:
        raise TimesWrong()
    if len(names) < least:
        raise TooFewCarriers(least=least, count=len(names))


def assign(box: PaperBox, people: Iterable[int]) -> None:
    """Who of those registered for a moving box is visited by this one; like a tick, no entry of the trail names them."""
    chosen = set(people) & {row.id for row in registered(box)}
    with writing():
        mine = RollEntry.poll_class == box.poll_class_id
        RollEntry.update(moving_box=None).where(mine & (RollEntry.moving_box == box)).execute()
        RollEntry.update(moving_box=box).where(mine & RollEntry.id.in_(chosen)).execute()


def registered(box: PaperBox) -> list[RollEntry]:
    """Those of the box's class who asked for a box at their door, as the roll stands now."""
    rows = box.poll_class.roll.where(RollEntry.excluded == "").order_by(RollEntry.position, RollEntry.id)
    return [row for row in ticked(box.poll_class.poll, rows) if row.mobile]


def visited(box: PaperBox) -> list[RollEntry]:
    """The people this box goes to: those assigned to it, and where it is the only one, everybody registered."""
    several = box.poll_class.boxes.where(PaperBox.kind == BoxKind.MOVING).count() > 1
    return [row for row in registered(box) if not several or row.moving_box_id == box.id]


def trip_of(box: PaperBox) -> MovingTrip | None:
    return box.trips.first()
