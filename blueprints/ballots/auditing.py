"""抽查票 at the desk: declared before the keys are entered, compared when the box is open, told wherever somebody signs.

Whoever tests a machine knows beforehand what has to come out, so nothing may be changed here once the box is open.
"""

from collections.abc import Mapping, Sequence

from peewee import ModelSelect

from blueprints.ballots import audit, chain, filling, slips, wording
from blueprints.ballots import box as ballot_box
from blueprints.ballots.ballot import Ballot
from blueprints.ballots.body import Vote
from blueprints.ballots.kinds import PollStatus
from blueprints.ballots.layout import connected, read_slip
from blueprints.ballots.models import AuditSlip, Poll, PollClass
from blueprints.ballots.refusals import BodyMalformed
from blueprints.ballots.steps import step, there
from core.access import Actor
from core.refusal import Refused
from core.text import _, _l, current_language


class IntentionMalformed(Refused):
    sentence = _l("抽查票的填写内容要逐项写数字，共 %(rows)s 位：1 为第一栏，0 为没有画；写了人名的，逐个接在后面，用分号隔开。")


class IntentionImpossible(Refused):
    """The voting pages would have refused it, so nobody can have cast it."""

    sentence = _l("这样的选票投不进票箱：%(faults)s请核对事先写下的内容。")


def declare(actor: Actor, poll: Poll, code: str, receipt: str, intended: Vote) -> None:
    """One test slip with what its scrutineers wrote down; declared again before the opening, the later words stand."""
    with step(poll, PollStatus.CLOSED) as fresh:
        plain = slips.normalise(code)
        letter = _class_of(fresh, plain)
        mark = ballot_box.declare_audit(there(fresh), fresh.key, plain, slips.read_receipt(receipt)).hex()
        poll_class = fresh.classes.where(PollClass.code == letter).get()
        row = AuditSlip.get_or_none(AuditSlip.mark == mark) or AuditSlip(poll_class=poll_class, mark=mark)
        row.intended = written_out(intended)
        row.save()
        chain.record(actor, fresh, "audit slip", ballots=letter, count=of_poll(fresh).count())


def intention(ballot: Ballot, form: Mapping[str, str]) -> Vote:
    """What was written down, read from the fields of the voting page, by the same rules."""
    try:
        filled = filling.read(ballot, form)
    except BodyMalformed:
        raise IntentionMalformed(rows=len(ballot.rows)) from None
    faults = filling.faults(ballot, filled)
    if faults:
        raise IntentionImpossible(faults="".join(wording.told(current_language(), fault) for fault in faults))
    return filling.vote(filled)


def in_digits(ballot: Ballot, text: str) -> Vote:
    """The same from a line of text: a digit a row, then the names written in, parted by semicolons."""
    digits, *names = (part.strip() for part in text.split(";"))
    if len(digits) != len(ballot.rows) or len(names) > ballot.lines:
        raise IntentionMalformed(rows=len(ballot.rows))
    form = {f"m{row}": mark for row, mark in enumerate(digits)} | {f"w{line}": name for line, name in enumerate(names)}
    return intention(ballot, form)


def _class_of(poll: Poll, code: str) -> str:
    with connected(there(poll)) as box:
        return read_slip(box, slips.slip_hash(poll.key, code)).ballot_class


def of_poll(poll: Poll) -> ModelSelect:
    query = AuditSlip.select(AuditSlip, PollClass).join(PollClass).where(PollClass.poll == poll)
    return query.order_by(PollClass.id, AuditSlip.mark)


def marks_of(poll: Poll) -> set[bytes]:
    """By these the test ballots are told from the others when the box is open."""
    return {bytes.fromhex(row.mark) for row in of_poll(poll)}


def compare(poll: Poll, ballot: Ballot, plain: Sequence[bytes]) -> None:
    """Each test slip's ballot, beside what its scrutineers wrote down."""
    rows = {bytes.fromhex(row.mark): row for row in of_poll(poll)}
    alarms = {one.mark: one for one in audit.alarms(ballot, plain, {mark: meant(row) for mark, row in rows.items()})}
    for mark, row in rows.items():
        found = alarms[mark].found if mark in alarms else meant(row)
        row.found = None if found is None else written_out(found)
        row.save()


def agreed(poll_class: PollClass) -> int:
    """How many test slips of a class lay in the box as they were meant."""
    return sum(row.found == row.intended for row in poll_class.audits)


def meant(row: AuditSlip) -> Vote:
    return as_vote(row.intended)


def as_vote(written: Mapping) -> Vote:
    return Vote(tuple(written["marks"]), tuple(written["lines"]), written["whole"])


def written_out(vote: Vote) -> dict[str, object]:
    """A ballot as the files and records keep it."""
    return {"marks": list(vote.marks), "lines": list(vote.lines), "whole": vote.whole}


def in_words(ballot: Ballot, written: Mapping | None) -> str:
    """信任：甲、乙；不信任：丙, as two people compare it with their paper."""
    if written is None:
        return ""
    if written["whole"]:
        return _("整票弃权")
    titles = [_("没有画"), *(wording.speak(current_language(), option.title) for option in ballot.options)]
    names = ["·".join(filter(None, (candidate.name, item))) for candidate, item in ballot.rows]
    order = [*range(1, len(titles)), 0]
    told = [(titles[mark], [name for name, one in zip(names, written["marks"], strict=True) if one == mark]) for mark in order]
    told.append((_("写出的姓名") if ballot.lines_are_names else _("意见和建议"), list(written["lines"])))
    return "；".join(_("%(title)s：%(names)s", title=title, names="、".join(people)) for title, people in told if people)
