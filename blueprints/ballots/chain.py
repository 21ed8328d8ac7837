"""The poll's own record: every step of the ceremony with its totals, chained by hashes. Nobody's vote is a step.

Its head is printed when the voting opens and when it closes; both copies together show that nothing was put in between.
"""

import hashlib
import json
from collections.abc import Iterator

from blueprints.ballots.models import Poll, PollEvent
from core import clock
from core.access import Actor
from core.audit import Act
from core.audit import record as record_act


def record(actor: Actor, poll: Poll, kind: str, act: Act | None = Act.POLL_CHANGED, **values: object) -> PollEvent:
    """Append a step inside the rule's transaction; steps of the whole office's concern enter its trail as well."""
    last = poll.events.order_by(PollEvent.seq.desc()).first()
    event = PollEvent(
        poll=poll, seq=last.seq + 1 if last else 1, at=clock.now(), who=actor.name, kind=kind, values=values
    )
    event.digest = digest(last.digest if last else "", event)
    event.save(force_insert=True)
    if act is not None:
        record_act(actor, act, poll, poll.place_id, step=kind, **values)
    return event


def digest(previous: str, event: PollEvent) -> str:
    parts = [previous, event.poll.key, event.seq, event.at.isoformat(), event.who, event.kind, event.values]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True).encode()).hexdigest()


def head(poll: Poll, kind: str = "") -> str:
    """The last digest, or that of the last step of a kind, short enough to be compared by eye with what was printed."""
    steps = poll.events.where(PollEvent.kind == kind) if kind else poll.events
    last = steps.order_by(PollEvent.seq.desc()).first()
    return last.digest[:16].upper() if last else ""


def faults(poll: Poll) -> Iterator[str]:
    """One English line per link that does not hold."""
    previous = ""
    for number, event in enumerate(poll.events.order_by(PollEvent.seq), 1):
        if event.seq != number or event.digest != digest(previous, event):
            yield f"poll {poll.id}: event {event.seq} does not match the chain"
        previous = event.digest
