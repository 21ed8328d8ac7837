"""The voters' roll: who is entitled, who is here, who has taken a slip. Which slip, nobody knows.

Ticks bypass the audit trail on purpose: with a time beside each of them, a slip drawn could be tied to a person.
"""

from peewee import fn

from blueprints.ballots import chain
from blueprints.ballots.models import Poll, PollClass, PollStatus, Proxy, RollEntry, Source
from blueprints.ballots.steps import SYSTEM, WrongStep, recount, step
from blueprints.people import queries as people
from core.access import Actor
from core.db import writing
from core.refusal import Refused
from core.text import _l

TICKS = ("signed_in", "slip_taken", "paper_taken", "mobile", "helped", "absent")
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
        row = RollEntry.get_by_id(entry.id)
        if row.signed_in or row.mobile or row.slip_taken or row.paper_taken:
            raise AlreadyTicked(name=row.name)
        row.excluded = reason.strip()[:120]
        row.save()
        chain.record(actor, fresh, "excluded" if row.excluded else "included", name=row.name, reason=row.excluded)


def tick(entry: RollEntry, **ticks: bool) -> RollEntry:
    """Set or take back ticks of one line. Taking a ballot signs in as well; no time, no name, no order is kept."""
    with writing():
        row = RollEntry.select(RollEntry, PollClass, Poll).join(PollClass).join(Poll).where(RollEntry.id == entry.id).get()
        poll = row.poll_class.poll
        if poll.status not in (*DURING, *CORRECTING):
            raise WrongStep(title=poll, status=poll.status.title, wanted=PollStatus.OPEN.title)
        if row.excluded:
            raise NotEntitled(name=row.name, reason=row.excluded)
        for name in TICKS:
            if name in ticks:
                setattr(row, name, bool(ticks[name]))
        _agree(row, ticks)
        _refuse_both(row)
        row.save()
        if poll.status in CORRECTING:
            _corrected(poll)
    return row


def _corrected(poll: Poll) -> None:
    """After closing the desk may find a forgotten tick; the record says that one was mended, not whose."""
    with step(poll, *CORRECTING) as fresh:
        recount(fresh)
        chain.record(SYSTEM, fresh, "tick corrected")


def _agree(row: RollEntry, ticks: dict[str, bool]) -> None:
    """What one tick means for the others."""
    if row.slip_taken and row.paper_taken:
        raise TookBoth(name=row.name)
    if (row.slip_taken or row.paper_taken) and not row.mobile:
        row.signed_in = True
    if ticks.get("signed_in") is False and not row.mobile:
        row.slip_taken = row.paper_taken = False
    if row.signed_in or row.mobile:
        row.absent = False


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
    """Totals of the roll by the names of the report sheets; a proxy's extra ballot counts among those taken."""
    count = fn.COUNT(RollEntry.id)
    columns = {
        "roll": count,
        "excluded": count.filter(RollEntry.excluded != ""),
        "entitled": count.filter(RollEntry.excluded == ""),
        "present": count.filter(RollEntry.signed_in),
        "mobile": count.filter(RollEntry.mobile & ~RollEntry.signed_in),
        "ticked_slip": count.filter(RollEntry.slip_taken),
        "ticked_paper": count.filter(RollEntry.paper_taken),
        "absent": count.filter(RollEntry.absent),
        "helped": count.filter(RollEntry.helped),
    }
    row = RollEntry.select(*columns.values()).where(RollEntry.poll_class == poll_class).tuples().first()
    totals = dict(zip(columns, row, strict=True))
    given, slips, papers = (
        Proxy.select(fn.COUNT(Proxy.id), *(fn.COUNT(Proxy.id).filter(tick) for tick in (Proxy.slip_taken, Proxy.paper_taken)))
        .where(Proxy.poll_class == poll_class)
        .tuples()
        .first()
    )
    totals["ticked_slip"] += slips
    totals["ticked_paper"] += papers
    return totals | {"proxies": given}
