"""What goes otherwise than planned: voting opened again, gone on with after a restore, cancelled, repeated after a tie."""

import json
from collections.abc import Mapping, Sequence

from blueprints.ballots import box as ballot_box
from blueprints.ballots import chain, roll, steps
from blueprints.ballots.layout import CLOSED, OPENED, PREPARED
from blueprints.ballots.models import Nominee, Poll, PollClass, PollStatus, Scrutineer
from blueprints.ballots.outcome import Elected, fewer_seats_agreed
from blueprints.ballots.rules import BEFORE_OPENING, create
from blueprints.ballots.steps import file_of, meta_of, step, there, witnesses
from core import backup
from core.access import Actor
from core.audit import Act
from core.db import writing
from core.refusal import Refused
from core.text import _, _l

BEGUN = (PollStatus.OPEN, PollStatus.INTERRUPTED, PollStatus.CLOSED, PollStatus.UNSEALED, PollStatus.COUNTED)


class ReasonMissing(Refused):
    sentence = _l("请写明原因，它会印在报告单上。")


class NobodyMissing(Refused):
    sentence = _l("应选名额已经选满，不用减少名额。")
    status = 409


class NotAgreed(Refused):
    sentence = _l("到会 %(present)s 人，同意 %(agreeing)s 人，没有超过半数，不能减少名额，应当另行选举。")


def reopen(actor: Actor, poll: Poll, reason: str, names: Sequence[str]) -> None:
    """Only before the key sheets are entered, with a reason and two scrutineers."""
    if not reason.strip():
        raise ReasonMissing()
    with roll.door(poll, PollStatus.CLOSED) as fresh:
        standing = witnesses(fresh, names)
        fresh.status, fresh.remark = PollStatus.OPEN, _("投票截止后曾重新开放，原因：%(reason)s。", reason=reason.strip())
        chain.record(actor, fresh, "reopened", Act.POLL_OPENED, reason=reason.strip(), witnesses=standing)
        ballot_box.reopen_voting(there(fresh))


def resume(actor: Actor, poll: Poll, names: Sequence[str], used_slips: int | None = None) -> None:
    """After 中断: two scrutineers compared the used slips by hand; the poll goes on from where its box stands."""
    with roll.door(poll, PollStatus.INTERRUPTED) as fresh:
        standing, path = witnesses(fresh, names), there(fresh)
        state = meta_of(fresh).state
        fresh.status = {CLOSED: PollStatus.CLOSED, OPENED: PollStatus.CLOSED, PREPARED: PollStatus.SEALED}.get(
            state, PollStatus.OPEN
        )
        fresh.generation = backup.generation()
        counted = {"by_hand": used_slips, "box": ballot_box.turnout(path)}
        chain.record(actor, fresh, "resumed", Act.POLL_RESUMED, witnesses=standing, **counted)
        if fresh.status is PollStatus.OPEN:
            ballot_box.resume(path)


def cancel(actor: Actor, poll: Poll, reason: str, names: Sequence[str] = ()) -> None:
    """取消; once voting began, two scrutineers have to agree."""
    if not reason.strip():
        raise ReasonMissing()
    with roll.door(poll, PollStatus.DRAFT, *BEFORE_OPENING, *BEGUN) as fresh:
        standing = witnesses(fresh, names) if fresh.status in BEGUN else []
        fresh.status, fresh.reason = PollStatus.CANCELLED, reason.strip()
        chain.record(actor, fresh, "cancelled", Act.POLL_CANCELLED, reason=reason.strip(), witnesses=standing)
        steps.stop_for_good(file_of(fresh))


def new_vote(actor: Actor, poll: Poll, names: Sequence[str], seats: int) -> Poll:
    """重新投票 among the tied, in a poll of its own with the same voters; there the most votes win."""
    rules = {**poll.rules, "with_margin": False, "threshold": [0, 1]}
    return _following(actor, poll, _("%(title)s（重新投票）", title=poll), names, seats, rules)


def another_election(actor: Actor, poll: Poll, names: Sequence[str], seats: int) -> Poll:
    """另行选举 for the seats that stayed empty, by the same rules; whoever was not elected stands again until changed."""
    return _following(actor, poll, _("%(title)s（另行选举）", title=poll), names, seats, poll.rules)


def _following(actor: Actor, poll: Poll, title: str, names: Sequence[str], seats: int, rules: Mapping) -> Poll:
    fields = {"rules": dict(rules), "unmarked": poll.unmarked, "seats": seats, "origin": poll, "venue": poll.venue,
              "purpose": poll.purpose, "lines": min(poll.lines, seats), "show_counts": poll.show_counts}  # fmt: skip
    with writing():
        sources = [row.source for row in poll.classes.order_by(PollClass.id)]
        made = create(actor, poll.place, poll.kind, title[:120], sources, **fields)
        for row in poll.nominees.where(Nominee.name.in_(list(names))):
            values = {name: value for name, value in row.__data__.items() if name not in ("id", "poll")}
            Nominee.create(poll=made, **values)
        for row in poll.scrutineers.order_by(Scrutineer.id):
            Scrutineer.create(poll=made, name=row.name, role=row.role, account=row.account_id, no_kin=True)
    return made


def agree_to_fewer(actor: Actor, poll: Poll, agreeing: int, present: int) -> None:
    """减少名额: the meeting agreed by majority that fewer were elected than seats; printed on sheet and notice."""
    with step(poll, PollStatus.SIGNED, PollStatus.PUBLISHED) as fresh:
        found = [one["outcome"] for one in json.loads(fresh.result)["groups"] if one["outcome"].get("vacant")]
        if not found:
            raise NobodyMissing()
        short = Elected(tuple(found[0]["elected"]), tuple(found[0]["tied"]), found[0]["tied_seats"], found[0]["vacant"])
        if present < agreeing or not fewer_seats_agreed(short, agreeing, present):
            raise NotAgreed(agreeing=agreeing, present=present)
        fresh.consent = {"agreeing": agreeing, "present": present, "elected": len(short.elected), "seats": fresh.seats}
        chain.record(actor, fresh, "fewer seats", **fresh.consent)
