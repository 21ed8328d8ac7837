"""复核计票: the same ballots counted again, from the sealed box or from the opened ballots, beside the first result.

The first result stays as it was signed; what differs is named and decided by people.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence

from blueprints.ballots import box as ballot_box
from blueprints.ballots import chain, counting, desk, result, sealing
from blueprints.ballots.figures import Figures
from blueprints.ballots.irregular import ReasonMissing
from blueprints.ballots.kinds import PollStatus, RecountSource
from blueprints.ballots.models import Poll, PollClass, Recount
from blueprints.ballots.reports import ballots_file
from blueprints.ballots.result import ClassCount
from blueprints.ballots.steps import file_of, step, there, witnesses
from blueprints.ballots.words import options
from core import clock
from core.access import Actor
from core.audit import Act
from core.refusal import Refused
from core.text import _, _l

COUNTED = (PollStatus.COUNTED, PollStatus.SIGNED, PollStatus.PUBLISHED, PollStatus.ARCHIVED)


class BallotsGone(Refused):
    sentence = _l("选票文件不在这台电脑上，请从封存的票箱复核，要两张密钥单。")
    status = 409


class BallotsAltered(Refused):
    """Its digest stands in the signed result, so a changed file proves nothing."""

    sentence = _l("选票文件与已签字的结果上的摘要不一致，不能用来复核。请从封存的票箱复核。")
    status = 409


def recount(
    actor: Actor, poll: Poll, source: RecountSource, reason: str, names: Sequence[str], sheets: Sequence[str] = ()
) -> Recount:
    """Count again before two scrutineers; both key sheets at once where it starts from the box."""
    if not reason.strip():
        raise ReasonMissing()
    with step(poll, *COUNTED) as fresh:
        standing = witnesses(fresh, names)
        again = _from_box(fresh, sheets) if source is RecountSource.BOX else _from_ballots(fresh)
        differences = list(compared(fresh, again))
        row = Recount.create(
            poll=fresh, at=clock.now(), who=actor.name, source=source, reason=reason.strip(), witnesses=standing,
            result=json.dumps(again, ensure_ascii=False), differences=differences,
        )  # fmt: skip
        chain.record(
            actor, fresh, "recounted", Act.POLL_COUNTED, source=source.value, reason=reason.strip(), witnesses=standing,
            digest=again["digest"], differences=len(differences),
        )  # fmt: skip
    return row


def _from_box(poll: Poll, sheets: Sequence[str]) -> dict:
    sealing.check_sheets(bytes.fromhex(poll.public_key), sheets)
    ballot = desk.ballot_beside(poll)
    opened, _plain = counting.open_votes(poll, sheets)
    counts = counting.class_counts(poll, ballot, opened)
    return json.loads(result.result(ballot, counts, ballot_box.receipt_ids(there(poll))).public)


def _from_ballots(poll: Poll) -> dict:
    """Ballots of classes counted together lie together: their first class carries them, the sums are the same."""
    content, public = ballots_file(poll), json.loads(poll.result)
    if content is None or not file_of(poll).with_suffix(".json").exists():
        raise BallotsGone()
    if hashlib.sha256(content).hexdigest() != public["ballots_sha256"]:
        raise BallotsAltered()
    ballot, kept = desk.ballot_beside(poll), json.loads(content)
    votes = {key.split("+")[0]: counting.read_votes(listed) for key, listed in kept["ballots"].items()}
    counts = {
        row.code: ClassCount(
            Figures(**public["figures"][row.code]), votes.get(row.code, ()), desk.counted_boxes(row, ballot),
            counting.read_votes(kept["audit"].get(row.code, [])),
        )
        for row in poll.classes.order_by(PollClass.id)
    }  # fmt: skip
    receipts = [bytes.fromhex(one) for one in public["receipts"]]
    return json.loads(result.result(ballot, counts, receipts).public)


def compared(poll: Poll, again: Mapping) -> Iterator[list[object]]:
    """Every number that is not what was signed: what, before, after."""
    first, titles = json.loads(poll.result), {row.code: row.title for row in poll.classes}
    for before, after in zip(first["groups"], again["groups"], strict=True):
        group = "、".join(titles[code] for code in before["classes"])
        yield from _totals(poll, group, before["total"], after["total"])
    if len(first["receipts"]) != len(again["receipts"]):
        yield [_("凭据数"), len(first["receipts"]), len(again["receipts"])]


def _totals(poll: Poll, group: str, before: Mapping, after: Mapping) -> Iterator[list[object]]:
    for key, title in (("valid", _("有效")), ("void", _("废票"))):
        if before[key] != after[key]:
            yield [f"{group} {title}", before[key], after[key]]
    config = json.loads(poll.result)["config"]
    names = [f"{one['name']}{item and '·' + item}" for one in config["candidates"] for item in config["items"] or [""]]
    columns = [*options(poll), _("未填"), _("该项无效")]
    for name, old, new in zip(names, before["rows"], after["rows"], strict=True):
        yield from ([f"{group} {name} {column}", a, b] for column, a, b in zip(columns, old, new, strict=True) if a != b)
    for name in sorted(before["written"].keys() | after["written"].keys()):
        if before["written"].get(name, 0) != after["written"].get(name, 0):
            yield [f"{group} {name}", before["written"].get(name, 0), after["written"].get(name, 0)]
