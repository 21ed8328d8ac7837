"""The voters' roll: who is entitled, who is here, who has taken a slip. Which slip, nobody knows.

Ticks bypass the audit trail on purpose: with a time beside each of them, a slip drawn could be tied to a person. While
people vote they bypass the database too (ticks.py), which would keep their order; they come home when voting ends.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from blueprints.ballots import chain
from blueprints.ballots import ticks as tick_file
from blueprints.ballots.models import Poll, PollClass, PollStatus, Proxy, RollEntry, Source
from blueprints.ballots.steps import SYSTEM, WrongStep, file_of, recount, step
from blueprints.people import queries as people
from core.access import Actor
from core.db import writing
from core.refusal import Refused
from core.text import _l

TICKS = tick_file.NAMES
DURING = (PollStatus.SEALED, PollStatus.OPEN, PollStatus.INTERRUPTED)
CORRECTING = (PollStatus.CLOSED, PollStatus.UNSEALED, PollStatus.COUNTED)
PREPARING = (PollStatus.DRAFT, PollStatus.FROZEN, PollStatus.SEALED)


class NotEntitled(Refused):
    sentence = _l("%(name)s不计入应到（%(reason)s），不能签到和领票。")


class TookBoth(Refused):
    sentence = _l("%(name)s已经领过票。票码条换纸票的，请在“票码条处理”里登记换领，名册不用改。")


class AlreadyTicked(Refused):
    sentence = _l("%(name)s已经签到或领票，不能再作不计入处理。")
    status = 409


class ExclusionReasonMissing(Refused):
    sentence = _l("不计入应到要写明理由，理由会印在出席报告单上。")


class PrincipalCame(Refused):
    sentence = _l("%(name)s已委托%(holder)s投票。本人到场的，请先撤销委托再签到。")
    status = 409


def draw_up(poll: Poll) -> None:
    """Everybody on the register today; who is there already keeps ticks and exclusion, who left the register goes."""
    for poll_class in poll.classes:
        known = {row.person_id: row for row in poll_class.roll}
        for position, holder in enumerate(_register(poll, poll_class), 1):
            values = {
                "name": holder.person.name, "position": position,
                "stairwell": holder.stairwell.name if holder.stairwell else "",
            }  # fmt: skip
            row = known.pop(holder.person_id, None)
            if row is None:
                RollEntry.create(poll_class=poll_class, person=holder.person_id, **values)
            else:
                RollEntry.update(**values).where(RollEntry.id == row.id).execute()
        RollEntry.delete().where(RollEntry.id.in_([row.id for row in known.values()])).execute()


def _register(poll: Poll, poll_class: PollClass) -> list:
    """One line a person, even where somebody holds two mandates."""
    found = people.members if poll_class.source is Source.MEMBERS else people.representatives
    return list({holder.person_id: holder for holder in found(poll.place)}.values())


def renew(actor: Actor, poll: Poll) -> None:
    """Take the registers' changes over, as long as nothing is sealed."""
    with step(poll, PollStatus.DRAFT) as fresh:
        draw_up(fresh)
        chain.record(actor, fresh, "roll", entitled={row.code: entitled(row) for row in fresh.classes})


def exclude(actor: Actor, entry: RollEntry, reason: str) -> None:
    """不计入应到, with the reason; an empty reason counts the person in again."""
    poll = entry.poll_class.poll
    with step(poll, *PREPARING) as fresh:
        (row,) = ticked(poll, [RollEntry.get_by_id(entry.id)])
        if row.signed_in or row.mobile or row.slip_taken or row.paper_taken:
            raise AlreadyTicked(name=row.name)
        row.excluded = reason.strip()[:120]
        row.save()
        chain.record(actor, fresh, "excluded" if row.excluded else "included", name=row.name, reason=row.excluded)


def tick(entry: RollEntry, **given: bool) -> RollEntry:
    """Set or take back ticks of one line. Taking a ballot signs in as well; no time, no name, no order is kept."""
    poll = entry.poll_class.poll
    with tick_file.held(file_of(poll)):
        row = RollEntry.select(RollEntry, PollClass, Poll).join(PollClass).join(Poll).where(RollEntry.id == entry.id).get()
        poll = row.poll_class.poll
        if poll.status not in (*DURING, *CORRECTING):
            raise WrongStep(title=poll, status=poll.status.title, wanted=PollStatus.OPEN.title)
        if row.excluded:
            raise NotEntitled(name=row.name, reason=row.excluded)
        ticked(poll, [row])
        _agree(row, given)
        _refuse_both(row)
        _keep(poll, row)
    return row


def _keep(poll: Poll, row: RollEntry) -> None:
    """In the poll's own file while people vote, in the database afterwards."""
    if is_apart(poll):
        tick_file.write(file_of(poll), row.id, marks_of(row))
        return
    with writing():
        RollEntry.update(**marks_of(row)).where(RollEntry.id == row.id).execute()
        if poll.status in CORRECTING:
            _corrected(poll)


def _corrected(poll: Poll) -> None:
    """After closing the desk may find a forgotten tick; the record says that one was mended, not whose."""
    with step(poll, *CORRECTING) as fresh:
        recount(fresh)
        chain.record(SYSTEM, fresh, "tick corrected")


def _agree(row: RollEntry, given: dict[str, bool]) -> None:
    """What one tick means for the others."""
    line = marks_of(row) | {name: bool(value) for name, value in given.items()}
    if line["slip_taken"] and line["paper_taken"]:
        raise TookBoth(name=row.name)
    if (line["slip_taken"] or line["paper_taken"]) and not line["mobile"]:
        line["signed_in"] = True
    if given.get("signed_in") is False and not line["mobile"]:
        line["signed_in"] = line["slip_taken"] = line["paper_taken"] = False
    if line["signed_in"] or line["mobile"]:
        line["absent"] = False
    row.__data__.update(line)


def marks_of(row: RollEntry) -> dict[str, bool]:
    return {name: getattr(row, name) for name in TICKS}


def is_apart(poll: Poll) -> bool:
    """Whether the ticks stand in the poll's own file now."""
    return poll.status in DURING and tick_file.file_beside(file_of(poll)).exists()


def ticked(poll: Poll, rows: Iterable[RollEntry]) -> list[RollEntry]:
    """The lines with their ticks as they stand now; read through this, since during the voting the database has none."""
    rows = list(rows)
    apart = tick_file.read(file_of(poll), [row.id for row in rows]) if is_apart(poll) else {}
    for row in rows:
        row.__data__.update(apart.get(row.id, {}))  # not as a change, which a later save would write
    return rows


@contextmanager
def door(poll: Poll, *wanted: PollStatus) -> Iterator[Poll]:
    """A step that begins or ends the voting: the ticks move between the database and the poll's own file."""
    box = file_of(poll)
    with tick_file.held(box):
        with step(poll, *wanted) as fresh:
            before = is_apart(fresh)
            yield fresh
            if before and fresh.status not in DURING:
                _bring_home(fresh)
            elif fresh.status in DURING and not before:
                tick_file.start(box, {row.id: marks_of(row) for row in _lines(fresh)})
        if fresh.status not in DURING:
            tick_file.remove(box)


def _bring_home(poll: Poll) -> None:
    """All lines are written, in the roll's order, so that the database cannot tell who was ticked when."""
    apart = tick_file.read(file_of(poll))
    for row in _lines(poll):
        RollEntry.update(**apart.get(row.id, marks_of(row))).where(RollEntry.id == row.id).execute()


def _lines(poll: Poll) -> list[RollEntry]:
    return list(RollEntry.select().where(RollEntry.poll_class.in_(poll.classes)).order_by(RollEntry.id))


def _refuse_both(row: RollEntry) -> None:
    """Whoever gave a mandate does not vote beside it."""
    if row.signed_in or row.mobile or row.slip_taken or row.paper_taken:
        given = row.mandates.first()
        if given is not None:
            raise PrincipalCame(name=row.name, holder=given.holder.name)


def entitled(poll_class: PollClass) -> int:
    """E 应到: the roll without those left out for a reason."""
    return poll_class.roll.where(RollEntry.excluded == "").count()


def ticks(poll_class: PollClass) -> dict[str, int]:
    """Totals of the roll by the names of the report sheets; a ballot taken by proxy counts among those taken."""
    rows = ticked(poll_class.poll, poll_class.roll)
    return {
        "roll": len(rows),
        "excluded": sum(row.excluded != "" for row in rows),
        "entitled": sum(row.excluded == "" for row in rows),
        "present": sum(row.signed_in for row in rows),
        "mobile": sum(row.mobile and not row.signed_in for row in rows),
        "proxies": Proxy.select().where(Proxy.poll_class == poll_class).count(),
        "ticked_slip": sum(row.slip_taken + row.proxy_slip for row in rows),
        "ticked_paper": sum(row.paper_taken + row.proxy_paper for row in rows),
        "absent": sum(row.absent for row in rows),
        "helped": sum(row.helped for row in rows),
    }
