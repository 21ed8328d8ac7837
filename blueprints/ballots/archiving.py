"""After the signature: archived when nobody may object any more, the key sheets burnt, what went into the envelope."""

import json
from collections.abc import Sequence
from pathlib import Path

from blueprints.ballots import casting, chain
from blueprints.ballots.ballot import canonical
from blueprints.ballots.irregular import ReasonMissing
from blueprints.ballots.kinds import PollStatus
from blueprints.ballots.models import Poll, PollEvent, Recount
from blueprints.ballots.steps import file_of, step, witnesses
from core import clock, zh
from core.access import Actor
from core.audit import Act
from core.refusal import Refused
from core.text import _l

BURNT = "destroyed"


class ObjectionsRun(Refused):
    sentence = _l("异议期到 %(day)s 为止，过后才能归档和销毁。")
    status = 409


class TwoSheetsBurn(Refused):
    """Of three sheets any two open the box: with one left it can't be opened by anybody."""

    sentence = _l("要烧毁三张密钥单中的至少两张，请勾选烧毁的是第几张。")


def archive(actor: Actor, poll: Poll) -> None:
    """归档, when the period for objections has passed."""
    with step(poll, PollStatus.PUBLISHED, PollStatus.SIGNED) as fresh:
        if fresh.objections_until and clock.today() <= fresh.objections_until:
            raise ObjectionsRun(day=zh.day(fresh.objections_until))
        fresh.status = PollStatus.ARCHIVED
        chain.record(actor, fresh, "archived", Act.POLL_ARCHIVED)


def destroy(actor: Actor, poll: Poll, names: Sequence[str], note: str, burnt: Sequence[int] = ()) -> None:
    """销毁: the sheets were burnt before witnesses; the files follow, though overwriting a disk proves nothing."""
    if not note.strip():
        raise ReasonMissing()
    with step(poll, PollStatus.ARCHIVED, PollStatus.CANCELLED) as fresh:
        standing = witnesses(fresh, names)
        numbers = sorted({number for number in burnt if 1 <= number <= fresh.sheets})
        if fresh.public_key and len(numbers) < min(2, fresh.sheets):
            raise TwoSheetsBurn()
        gone = [path.suffix for path in _files(fresh)]
        chain.record(
            actor, fresh, BURNT, Act.POLL_ARCHIVED, files=gone, witnesses=standing, note=note.strip(), burnt=numbers
        )
        casting.forget(file_of(fresh))
        for path in _files(fresh):
            path.unlink(missing_ok=True)


def destruction(poll: Poll) -> PollEvent | None:
    """The record of it, None while the sheets still exist."""
    return poll.events.where(PollEvent.kind == BURNT).first()


def _files(poll: Poll) -> list[Path]:
    return sorted(file_of(poll).parent.glob(f"{poll.key}.*"))


def export(poll: Poll) -> dict[str, bytes]:
    """What goes into the envelope: the result for everybody, the ballots for the scrutineers, the poll's record."""
    files = {"结果.json": poll.result.encode()}
    ballots = file_of(poll).with_suffix(".ballots")
    if ballots.exists():
        files["选票.json"] = ballots.read_bytes()
    events = [
        {"seq": row.seq, "at": row.at.isoformat(), "who": row.who, "kind": row.kind, "values": row.values, "digest": row.digest}
        for row in poll.events.order_by(PollEvent.seq)
    ]
    files["记录.json"] = canonical({"poll": poll.key, "events": events})
    for number, row in enumerate(poll.recounts.order_by(Recount.id), 1):
        files[f"复核结果{number}.json"] = canonical(json.loads(row.result))
    return files
