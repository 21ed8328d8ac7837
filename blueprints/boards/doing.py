"""践诺: what was done of a promise, how much, when, with what to show for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from blueprints.boards import rules
from blueprints.boards.models import SHOWN_STATES, Commitment, CommitmentState, Progress, Way
from blueprints.boards.reported import progress
from core import clock, evidence, zh
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.records.ledgers import Evidence
from core.refusal import Refused
from core.text import _l

LARGEST = 1_000_000


class ProgressMissing(Refused):
    sentence = _l("请写明做了什么，例如“11月完成2次”；没有做的，请写原因。")


class NotYetDone(Refused):
    sentence = _l("%(day)s 还没有到，请填实际做的日期。")


class BeforeTheYear(Refused):
    sentence = _l("这是%(year)s年度的承诺，%(day)s 不在这一年。")


class TooMuch(Refused):
    sentence = _l("完成数最多填 %(most)s，请核对。")


@dataclass(frozen=True)
class Report:
    """What somebody says was done: ``amount`` in the promise's unit, ``hindrance`` why not more, ``plan`` what comes next."""

    done_on: date
    amount: int = 0
    note: str = ""
    evidence: str = ""
    hindrance: str = ""
    plan: str = ""

    @property
    def says_something(self) -> bool:
        return bool(self.amount or self.note.strip() or self.hindrance.strip())


def report(
    actor: Actor, commitment: Commitment, said: Report, way: Way = Way.STAFF, done: bool = False,
    files: Sequence[tuple[bytes, str]] = (),
) -> Progress | None:  # fmt: skip
    """Enter what was done; the promise stays on show, or with ``done`` is fulfilled on that day.

    ``files`` are (bytes, name), checked by content. None where only ``done`` was said.
    """
    _check(commitment, said, done)
    kept = evidence.checked(files)
    with writing():
        rules.expect([commitment], SHOWN_STATES)
        made = _enter(actor, commitment, said, way) if said.says_something else None
        if made:
            evidence.lay(made, commitment.place_id, kept)
        if done and Commitment.get_by_id(commitment.id).state is CommitmentState.PUBLISHED:
            rules.fulfil(actor, [commitment], said.done_on)
    return made


def report_many(actor: Actor, commitments: Sequence[Commitment], said: Report) -> int:
    """One piece of work many took part in, typed once: an entry for each of their promises, all or none."""
    if not commitments:
        raise rules.NothingChosen()
    with writing():
        for commitment in commitments:
            report(actor, commitment, said)
    return len(commitments)


def _check(commitment: Commitment, said: Report, done: bool) -> None:
    if not said.says_something and not done:
        raise ProgressMissing()
    if said.done_on > clock.today():
        raise NotYetDone(day=zh.day(said.done_on))
    if said.done_on.year != commitment.year:
        raise BeforeTheYear(year=commitment.year, day=zh.day(said.done_on))
    if not 0 <= said.amount <= LARGEST:
        raise TooMuch(most=LARGEST)


def _enter(actor: Actor, commitment: Commitment, said: Report, way: Way) -> Progress:
    made = Progress.create(
        commitment=commitment, done_on=said.done_on, amount=said.amount, note=said.note.strip(),
        evidence=said.evidence.strip(), hindrance=said.hindrance.strip(), plan=said.plan.strip(), way=way,
        account=actor.account_id, at=clock.now(),
    )  # fmt: skip
    Commitment.update(version=Commitment.version + 1).where(Commitment.id == commitment.id).execute()
    record(
        actor, Act.COMMITMENT_PROGRESS, commitment, commitment.place_id, note=made.note, amount=made.amount, day=made.done_on
    )
    return made


def take_back(actor: Actor, entry: Progress) -> None:
    """An entry that was wrong: taken away with its files, the trail keeps what it said."""
    with writing():
        commitment = entry.commitment
        for file in evidence.beside(entry)[entry.id]:
            evidence.remove(file)
        entry.delete_instance()
        Commitment.update(version=Commitment.version + 1).where(Commitment.id == commitment.id).execute()
        record(
            actor, Act.COMMITMENT_PROGRESS, commitment, commitment.place_id, taken_back=entry.note, amount=entry.amount
        )


def story(commitment: Commitment) -> list[tuple[Progress, list[Evidence]]]:
    """What was reported of a promise, oldest first, each entry with its files."""
    entries = list(progress(commitment))
    files = evidence.beside(*entries)
    return [(entry, files[entry.id]) for entry in entries]
