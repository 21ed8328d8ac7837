"""From the closed box to the archive: test slips declared, keys entered, counted, signed, published, destroyed."""

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

from blueprints.ballots import auditing, chain, desk, result, sealing, tally
from blueprints.ballots import box as ballot_box
from blueprints.ballots.ballot import Ballot, canonical
from blueprints.ballots.body import Vote
from blueprints.ballots.equations import reconcile
from blueprints.ballots.figures import Mismatch, Reconciliation
from blueprints.ballots.models import Poll, PollClass, PollStatus, Scrutineer
from blueprints.ballots.result import ClassCount
from blueprints.ballots.steps import file_of, step, there, witnesses
from blueprints.ballots.wording import speak
from core.access import Actor
from core.audit import Act
from core.refusal import Refused
from core.text import _, _l, current_language


class StillToCount(Refused):
    sentence = _l("还不能计票：%(places)s。")


class NotBalanced(Refused):
    sentence = _l("数字对不上，不能签字。%(lines)s")
    status = 409


class OnlyAsInvalid(Refused):
    sentence = _l("%(lines)s只能按“无效”签字。")
    status = 409


class RemarkMissing(Refused):
    sentence = _l("%(lines)s情况写在“备注”里，才能签字。")


class CountAgain(Refused):
    sentence = _l("计票以后数字又有改动，请重新计票再签字。")
    status = 409


class VotesMissing(Refused):
    sentence = _l("开箱后的选票文件不在这台电脑上，请用两张密钥单重新开箱。")
    status = 409


def unseal(actor: Actor, poll: Poll, sheets: Sequence[str]) -> dict[str, int]:
    """开箱, both key sheets at once; the opened ballots lie shuffled beside the box until the poll is destroyed."""
    key = bytes.fromhex(poll.public_key)
    with step(poll, PollStatus.CLOSED, PollStatus.UNSEALED) as fresh:
        path = there(fresh)
        sealing.check_sheets(key, sheets)
        ballot_box.mark_opened(path)
        opened, plain = open_votes(fresh, sheets)
        auditing.compare(fresh, desk.ballot_beside(fresh), plain)
        _write(path.with_suffix(".votes"), canonical(opened))
        fresh.status = PollStatus.UNSEALED
        counts = {code: len(votes) for code, votes in opened["counted"].items()}
        chain.record(
            actor, fresh, "unsealed", Act.POLL_UNSEALED, ballots=counts, unreadable=opened["unreadable"],
            audits=sum(map(len, opened["audited"].values())),
        )  # fmt: skip
    return counts


def open_votes(poll: Poll, sheets: Sequence[str]) -> tuple[dict[str, object], list[bytes]]:
    """The ballots of every class as they lie in the box, audit ballots apart, and beside them the opened bodies."""
    ballot, audits, key = desk.ballot_beside(poll), auditing.marks_of(poll), bytes.fromhex(poll.public_key)
    found: dict[str, object] = {"counted": {}, "audited": {}, "bodies": {}, "unreadable": 0}
    plain: list[bytes] = []
    for code, of_class in ballot_box.bodies(there(poll)).items():
        opening = sealing.open_bodies(key, sheets, of_class)
        counted, audited = result.read_bodies(ballot, opening.plain, audits)
        found["counted"][code] = [*map(auditing.written_out, counted)]
        found["audited"][code] = [*map(auditing.written_out, audited)]
        found["bodies"][code] = len(opening.plain)
        found["unreadable"] += opening.unreadable
        plain += opening.plain
    return found, plain


def _write(path: Path, content: bytes) -> None:
    """Readable by its owner alone from the first byte on."""
    path.unlink(missing_ok=True)
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)


def _votes(poll: Poll) -> dict[str, dict]:
    path = file_of(poll).with_suffix(".votes")
    if not path.exists():
        raise VotesMissing()
    return json.loads(path.read_bytes())


def class_counts(poll: Poll, ballot: Ballot, votes: Mapping[str, dict] | None = None) -> dict[str, ClassCount]:
    """Everything that is known of every class now: opened ballots (or ``votes`` opened again), boxes, figures."""
    votes, turnout = votes or _votes(poll), ballot_box.turnout(there(poll))
    receipts = len(ballot_box.receipt_ids(there(poll)))
    missing = receipts - sum(states["U"] + states["A"] for states in turnout.values())
    counts = {}
    for row in poll.classes.order_by(PollClass.id):
        states = turnout.get(row.code, dict.fromkeys("NURSA", 0))
        counted, audited = (read_votes(votes[kind].get(row.code, [])) for kind in ("counted", "audited"))
        stubs, missing = states["U"] + states["A"] + missing, 0
        figures = desk.figures_of(row, states, tally.count(ballot, counted), votes["bodies"].get(row.code, 0), stubs)
        counts[row.code] = ClassCount(figures, counted, desk.counted_boxes(row, ballot), audited)
    return counts


def read_votes(votes: Sequence[Mapping]) -> tuple[Vote, ...]:
    return tuple(map(auditing.as_vote, votes))


def opinions(poll: Poll) -> list[str]:
    """What was written on the ballots of an appraisal, in no order and without a word of whose they are."""
    path = file_of(poll).with_suffix(".votes")
    if not (poll.with_words and poll.result and path.exists()):
        return []
    return sorted(line for votes in _votes(poll)["counted"].values() for vote in votes for line in vote["lines"])


def count(actor: Actor, poll: Poll) -> dict[str, Reconciliation]:
    """计票: boxes and slips together; answers the equations of every class, balanced or not."""
    with step(poll, PollStatus.UNSEALED, PollStatus.COUNTED) as fresh:
        places = desk.waiting(fresh)
        if places:
            raise StillToCount(places="；".join(map(str, places)))
        ballot = desk.ballot_beside(fresh)
        counts = class_counts(fresh, ballot)
        made = result.result(ballot, counts, ballot_box.receipt_ids(there(fresh)))
        _write(file_of(fresh).with_suffix(".ballots"), made.ballots)
        fresh.result, fresh.digest, fresh.status = made.public.decode(), made.digest, PollStatus.COUNTED
        found = {code: reconcile(result.desk_of(ballot, one)) for code, one in counts.items()}
        open_lines = sum(len(one.mismatches) for one in found.values())
        chain.record(actor, fresh, "counted", Act.POLL_COUNTED, digest=made.digest, mismatches=open_lines)
    return found


def reconciliations(poll: Poll) -> dict[str, Reconciliation]:
    """The fourteen equations of every class as the desk stands now."""
    ballot = desk.ballot_beside(poll)
    return {code: reconcile(result.desk_of(ballot, one)) for code, one in class_counts(poll, ballot).items()}


def in_words(line: Mismatch) -> str:
    """A line of the equations with its number, in the reader's language."""
    return _("第 %(number)s 式：%(text)s", number=line.equation, text=said(line))


def said(line: Mismatch) -> str:
    """Its sentence alone."""
    return speak(current_language(), line.sentence) % line.values


def sign(actor: Actor, poll: Poll, names: Sequence[str], remark: str = "", as_invalid: bool = False) -> None:
    """签字: refused while any equation does not balance; too few present or too many ballots is signed as 无效 only.

    What is noted (a test slip that lay in the box otherwise than it was meant, used slips that are missing) asks for a
    remark, which is printed; then people decide whether the vote stands.
    """
    with step(poll, PollStatus.COUNTED) as fresh:
        standing = witnesses(fresh, names)
        found = reconciliations(fresh).values()
        _refuse_open_lines([line for one in found for line in one.mismatches])
        invalid = [line for one in found for line in one.invalid]
        if invalid and not as_invalid:
            raise OnlyAsInvalid(lines="".join(map(in_words, invalid)))
        noted = [said(line) for one in found for line in one.alarms] + [in_words(line) for one in found for line in one.notes]
        if noted and not remark.strip():
            raise RemarkMissing(lines="".join(noted))
        _refuse_changed(fresh)
        fresh.invalid, fresh.status = as_invalid and bool(invalid or noted), PollStatus.SIGNED
        fresh.remark = "".join(filter(None, (fresh.remark, remark.strip())))[:400]
        signing = sorted(set(names) & {row.name for row in fresh.scrutineers})
        Scrutineer.update(signed=True).where((Scrutineer.poll == fresh) & Scrutineer.name.in_(signing)).execute()
        chain.record(
            actor, fresh, "signed", Act.POLL_SIGNED, digest=fresh.digest, names=signing, invalid=fresh.invalid,
            witnesses=standing, remark=remark.strip(),
        )  # fmt: skip


def _refuse_open_lines(lines: Sequence[Mismatch]) -> None:
    if lines:
        raise NotBalanced(lines="".join(map(in_words, lines)))


def _refuse_changed(poll: Poll) -> None:
    """What is signed is what was counted: the figures on the sheet and in the result are the desk's of this moment."""
    counts = class_counts(poll, desk.ballot_beside(poll))
    now = {code: one.figures.__dict__ for code, one in counts.items()}
    if json.loads(poll.result)["figures"] != now:
        raise CountAgain()
