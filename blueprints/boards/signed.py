"""What a signed paper says, entered as a whole: the 承诺书 with its consent and review, the 践诺登记表 of a quarter."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from blueprints.boards import doing, rules
from blueprints.boards.doing import Report
from blueprints.boards.models import Commitment, CommitmentState, Way
from blueprints.boards.rosters import last_day
from blueprints.boards.wording import goal_of
from blueprints.people.models import PartyMember
from core.access import Actor
from core.db import writing
from core.partial_dates import partial_date
from core.refusal import Refused
from core.spreadsheets.cells import integer
from core.stairwells import fold
from core.text import _l

MONTH = re.compile(r"(\d{1,2})[月.](?:(\d{1,2})[日号]?|底|末)?")


class OnLine(Refused):
    """What is wrong, and on which line of the paper."""

    sentence = _l("第 %(line)s 条：%(why)s")

    def __init__(self, line: int, refusal: Refused) -> None:
        super().__init__(line=line, why=str(refusal))
        self.status = refusal.status


class OtherMember(Refused):
    sentence = _l("这一条不是%(name)s的承诺，没有录入。请刷新后再录。")
    status = 409


@dataclass(frozen=True)
class PledgeLine:
    """A line of the 承诺书 as it was typed; ``number`` and ``version`` of the promise on file, 0 for a new one."""

    text: str
    target: str = ""
    due: str = ""
    support: str = ""
    number: int = 0
    version: int = 0

    @property
    def blank(self) -> bool:
        return not (self.number or self.text.strip() or self.target.strip())


@dataclass(frozen=True)
class QuarterLine:
    """A line of the 践诺登记表 as it was typed, about the promise with this number."""

    number: int
    day: str = ""
    amount: str = ""
    note: str = ""
    evidence: str = ""
    hindrance: str = ""
    plan: str = ""
    done: bool = False

    @property
    def blank(self) -> bool:
        return not (self.amount.strip() or self.note.strip() or self.hindrance.strip() or self.plan.strip() or self.done)


def day_of(text: str, year: int) -> date | None:
    """A day as people write it on a form: 2026.12.31, 12月31日, 12月 (its last day), blank for none."""
    plain = fold(text).replace(" ", "")
    if not plain:
        return None
    if found := MONTH.fullmatch(plain):
        month, day = found.groups()
        plain = f"{year}-{int(month):02}" + (f"-{int(day):02}" if day else "")
    return date.fromisoformat(last_day(partial_date(plain)))


def amount_of(text: str) -> int:
    """How much was done as people write it: 2, 2次, 两次; blank is nothing."""
    return goal_of(text)[0] or (integer(text) if text.strip() else 0)


def take_pledge(
    actor: Actor, member: PartyMember, year: int, lines: Sequence[PledgeLine], fields: Sequence[str], form: str,
    verdict: str = "", reason: str = "",
) -> int:  # fmt: skip
    """The 承诺书 of a year: promises added and corrected, what the member agreed to show, the branch's opinion.

    ``verdict`` is "approve", "return" (with ``reason``) or blank. How many promises were added or changed; all or nothing.
    """
    touched = 0
    with writing():
        for place, line in enumerate(lines, 1):
            if not line.blank:
                touched += _guarded(place, _take_line, actor, member, year, line)
        rules.consent(actor, member, fields, form)
        waiting = list(rules.living(member, year).where(Commitment.state == CommitmentState.PROPOSED))
        if verdict == "return" and waiting:
            rules.send_back(actor, waiting, reason)
        elif verdict == "approve" and waiting:
            rules.approve(actor, waiting)
    return touched


def _guarded(place: int, act, *arguments) -> int:
    try:
        return act(*arguments)
    except Refused as refusal:
        raise OnLine(place, refusal) from None


def _take_line(actor: Actor, member: PartyMember, year: int, line: PledgeLine) -> int:
    said = {
        "text": line.text.strip(), "target": line.target.strip(), "due_on": day_of(line.due, year),
        "support": line.support.strip(),
    }  # fmt: skip
    if not line.number:
        rules.propose(actor, member, year=year, **said)
        return 1
    on_file = _own(member, line.number)
    return int(rules.amend(actor, on_file, line.version, **said).version != line.version)


def _own(member: PartyMember, number: int) -> Commitment:
    found = Commitment.get_or_none((Commitment.id == number) & (Commitment.member == member))
    if found is None:
        raise OtherMember(name=member.person.name)
    return found


def take_quarter(actor: Actor, member: PartyMember, lines: Sequence[QuarterLine], usual: date) -> int:
    """The 践诺登记表: a progress entry for every line that says something; ``usual`` is the day of a line without one."""
    entered = 0
    with writing():
        for place, line in enumerate(lines, 1):
            if not line.blank:
                _guarded(place, _report, actor, member, line, usual)
                entered += 1
    return entered


def _report(actor: Actor, member: PartyMember, line: QuarterLine, usual: date) -> int:
    commitment = _own(member, line.number)
    said = Report(
        day_of(line.day, commitment.year) or usual, amount_of(line.amount), line.note, line.evidence, line.hindrance,
        line.plan,
    )  # fmt: skip
    doing.report(actor, commitment, said, Way.PAPER, line.done)
    return 1
