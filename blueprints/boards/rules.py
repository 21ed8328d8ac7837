"""The life of a commitment: propose, review, publish, report, withdraw (提诺、审诺、亮诺、践诺、撤下)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from peewee import ModelSelect

from blueprints.boards.models import (
    LIVING,
    SHOWN_STATES,
    Category,
    Commitment,
    CommitmentState,
    CommitmentStep,
    Consent,
    Field,
    Outcome,
    Own,
)
from blueprints.boards.wording import category_for, goal_of
from blueprints.people.models import PartyMember
from core import clock, settings, zh
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.history import unchanged
from core.printing import stock
from core.records.places import Place
from core.refusal import Refused
from core.text import _l

settings.declare("boards.year", _l("正在公示的年度（0 表示今年）"), 0, group="boards")
TOGETHER = 500  # rows in one statement; databases limit them
REVIEWED_ANEW = ("text", "target", "due_on")  # what hangs on the wall: a change of it is reviewed again


class TextMissing(Refused):
    sentence = _l("请写明承诺事项：做什么、多少、什么时候完成。")


class NoStairwell(Refused):
    sentence = _l("%(name)s还没有责任区（楼道），请先在党员名册里补上。")


class ReasonMissing(Refused):
    sentence = _l("退回时请写明理由，党员才知道怎么改。")


class ReasonForNothing(Refused):
    """Enter in the field of the reason presses the form's first button, which approves."""

    sentence = _l("您写了退回理由，按的却是“同意”。要退回请按“退回选中的”；要同意，请先删去理由。")


class WhyWithdrawn(Refused):
    sentence = _l("撤下承诺请写明理由，例如“党员已搬离”。")


class WhyNotHonoured(Refused):
    sentence = _l("评为“未兑现”要写明党员说明的原因。")


class NotYetHung(Refused):
    sentence = _l("公示日期 %(day)s 还没有到，请核对。")


class NothingChosen(Refused):
    sentence = _l("还没有选中承诺，请先在左边打勾。")


class WrongState(Refused):
    sentence = _l("“%(text)s”现在是“%(state)s”，不能这样办理。请刷新后再看。")
    status = 409


def current_year(community: Place) -> int:
    """The year boards show: the setting, else this calendar year."""
    return int(settings.value("boards.year", community)) or clock.today().year


def propose(
    actor: Actor, member: PartyMember, text: str, category: Category | Own | None = None, target: str = "",
    due_on: date | None = None, support: str = "", year: int | None = None,
) -> Commitment:  # fmt: skip
    """A member's promise enters the house; it waits for the branch's review."""
    with writing():
        commitment = enter(member, text, category=category, target=target, due_on=due_on, support=support, year=year)
        note_step(actor, commitment)
        record(actor, Act.COMMITMENT_PROPOSED, commitment, member.place, text=commitment.text)
    return commitment


def enter(
    member: PartyMember, text: str, *, category: Category | Own | None = None, year: int | None = None, **given: object
) -> Commitment:
    """The row of a new promise, inside a transaction that leaves step and trace for it or for many at once."""
    text = text.strip()
    if not text:
        raise TextMissing()
    if member.stairwell_id is None:
        raise NoStairwell(name=member.person.name)
    target = str(given.pop("target", "")).strip()
    goal, unit = goal_of(target)
    return Commitment.create(
        place=member.place_id, member=member, stairwell=member.stairwell_id, text=text,
        year=year or current_year(member.place), category=category or category_for(member.place, text),
        target=target, goal=goal, unit=unit, **given,
    )  # fmt: skip


def living(member: PartyMember, year: int) -> ModelSelect:
    """A member's promises of a year that were not withdrawn, in the order they were written down."""
    return member.commitments.where((Commitment.year == year) & Commitment.state.in_(LIVING)).order_by(Commitment.id)


def amend(actor: Actor, commitment: Commitment, version: int | None, **changed: object) -> Commitment:
    """Correct a promise's words; what already hung is reviewed anew. Raises Stale when ``version`` is old."""
    if not str(changed.get("text", commitment.text)).strip():
        raise TextMissing()
    with writing():
        fresh = unchanged(commitment, version)
        if fresh.state not in LIVING:
            raise WrongState(text=fresh.text, state=fresh.state.title)
        before = {name: getattr(fresh, name) for name in changed}
        if before == changed:
            return fresh
        for name, value in rewritten(fresh, changed).items():
            setattr(fresh, name, value)
        fresh.version += 1
        fresh.save()
        note_step(actor, fresh)
        record(actor, Act.COMMITMENT_CHANGED, fresh, fresh.place_id, before=before, after=changed)
    return fresh


def rewritten(commitment: Commitment, changed: dict[str, object]) -> dict[str, object]:
    """The fields a correction sets: a new target names its goal, new words go back to review."""
    fields = dict(changed)
    if "target" in changed:
        fields["goal"], fields["unit"] = goal_of(str(changed["target"]))
    if any(getattr(commitment, name) != changed[name] for name in REVIEWED_ANEW if name in changed):
        fields |= {"state": CommitmentState.PROPOSED, "published_on": None, "fulfilled_on": None, "reason": ""}
    return fields


def approve(actor: Actor, commitments: Sequence[Commitment]) -> int:
    """支部审核 · 同意, for as many as were ticked."""
    return _move(actor, commitments, (CommitmentState.PROPOSED,), CommitmentState.APPROVED, Act.COMMITMENT_REVIEWED)


def send_back(actor: Actor, commitments: Sequence[Commitment], reason: str) -> int:
    """支部审核 · 修改后再报; the reason is what the member reads."""
    if not reason.strip():
        raise ReasonMissing()
    return _move(
        actor, commitments, (CommitmentState.PROPOSED,), CommitmentState.RETURNED, Act.COMMITMENT_REVIEWED,
        reason.strip(),
    )  # fmt: skip


def publish(actor: Actor, commitments: Sequence[Commitment], day: date | None = None) -> int:
    """亮诺: from today the promise hangs in the stairwell, or since a ``day`` gone by where old boards are entered."""
    if day is not None and day > clock.today():
        raise NotYetHung(day=zh.day(day))
    return _move(
        actor, commitments, (CommitmentState.APPROVED,), CommitmentState.PUBLISHED, Act.COMMITMENT_PUBLISHED,
        since=day, published_on=day or clock.today(),
    )  # fmt: skip


def withdraw(actor: Actor, commitments: Sequence[Commitment], reason: str) -> int:
    """撤下: the promise leaves the board, the reason stays on file."""
    if not reason.strip():
        raise WhyWithdrawn()
    return _move(actor, commitments, LIVING, CommitmentState.WITHDRAWN, Act.COMMITMENT_WITHDRAWN, reason.strip())


def fulfil(actor: Actor, commitments: Sequence[Commitment], day: date | None = None) -> int:
    """践诺: done as promised, on this day."""
    return _move(
        actor, commitments, (CommitmentState.PUBLISHED,), CommitmentState.FULFILLED, Act.COMMITMENT_PROGRESS,
        since=day, fulfilled_on=day or clock.today(),
    )  # fmt: skip


def reopen(actor: Actor, commitments: Sequence[Commitment]) -> int:
    """Not done after all: back among those under way."""
    return _move(
        actor, commitments, (CommitmentState.FULFILLED,), CommitmentState.PUBLISHED, Act.COMMITMENT_PROGRESS,
        fulfilled_on=None,
    )  # fmt: skip


def evaluate(actor: Actor, commitments: Sequence[Commitment], outcome: Outcome, reason: str = "") -> int:
    """评诺: what the branch found; 未兑现 only with the member's reason."""
    if outcome is Outcome.NOT_HONOURED and not reason.strip():
        raise WhyNotHonoured()
    return _move(
        actor, commitments, SHOWN_STATES, CommitmentState.EVALUATED, Act.COMMITMENT_EVALUATED, reason.strip(),
        outcome=outcome,
    )  # fmt: skip


def archive(actor: Actor, commitments: Sequence[Commitment]) -> int:
    """归档: the year of the promise is over; it stays readable as it was."""
    return _move(actor, commitments, SHOWN_STATES, CommitmentState.ARCHIVED, Act.COMMITMENT_ARCHIVED)


def _move(
    actor: Actor, commitments: Sequence[Commitment], old: Collection[CommitmentState], new: CommitmentState, act: Act,
    reason: str = "", since: date | None = None, **fields: object,
) -> int:  # fmt: skip
    """All of them or none, in a handful of statements however many they are; the step counts from ``since`` (now)."""
    if not commitments:
        raise NothingChosen()
    kept = {} if new is CommitmentState.ARCHIVED else {"reason": reason}
    with writing():
        _change(commitments, old, {"state": new, "version": Commitment.version + 1, **kept, **fields})
        at, who = clock.begins(since) if since and since < clock.today() else clock.now(), _who(actor)
        steps = [
            {"commitment": c.id, "at": at, "account": actor.account_id, "state": new, "note": reason, "who": who}
            for c in commitments
        ]
        for part in portions(steps):
            CommitmentStep.insert_many(part).execute()
        ids = [commitment.id for commitment in commitments]
        record(actor, act, commitments[0], commitments[0].place_id, state=new, ids=ids, reason=reason)
    for commitment in commitments:
        commitment.state = new
    return len(commitments)


def _change(commitments: Sequence[Commitment], old: Collection[CommitmentState], fields: dict) -> None:
    expect(commitments, old)
    for part in portions(commitments):
        Commitment.update(fields).where(Commitment.id.in_([commitment.id for commitment in part])).execute()


def expect(commitments: Sequence[Commitment], states: Collection[CommitmentState]) -> None:
    """Raises WrongState for the first that is in none of these states now; inside the caller's transaction."""
    for part in portions(commitments):
        here = Commitment.id.in_([commitment.id for commitment in part])
        wrong = Commitment.select().where(here & Commitment.state.not_in(states)).first()
        if wrong is not None:
            raise WrongState(text=wrong.text, state=wrong.state.title)


def portions(rows: Sequence) -> Iterator[Sequence]:
    """As many rows at once as one statement may name."""
    for start in range(0, len(rows), TOGETHER):
        yield rows[start : start + TOGETHER]


def note_step(actor: Actor, commitment: Commitment, note: str = "") -> CommitmentStep:
    """One more step, to the state the promise is in now; inside the caller's transaction."""
    return CommitmentStep.create(
        commitment=commitment, at=clock.now(), account=actor.account_id, state=commitment.state, note=note, who=_who(actor)
    )


def _who(actor: Actor) -> str:
    """The name of somebody without an account: a member at a personal link, the machine's own command line."""
    return "" if actor.account_id else actor.name


class ConsentNotYet(Refused):
    sentence = _l("同意日期 %(day)s 还没有到，请核对。")


class ConsentBefore(Refused):
    sentence = _l("上一次是%(day)s登记的，新的日期不能比它早。")


def consent(
    actor: Actor, member: PartyMember, fields: Iterable[str], form: str, day: date | None = None
) -> set[str]:
    """What the member agreed to show from a day on (today), and how they said so; the former consent ends that day.

    Answers what is no longer agreed to. Raises ConsentNotYet, ConsentBefore.
    """
    agreed, day = sorted(Field(name).value for name in fields), day or clock.today()
    if day > clock.today():
        raise ConsentNotYet(day=zh.day(day))
    with writing():
        now = member.consents.where(Consent.until.is_null(True)).first()
        before = set(now.fields) if now else set()
        if before == set(agreed) and (not agreed or (now.form == form and day == now.since)):
            return set()
        if now and day < now.since:
            raise ConsentBefore(day=zh.day(now.since))
        Consent.update(until=day).where((Consent.member == member) & Consent.until.is_null(True)).execute()
        Consent.create(member=member, fields=agreed, form=form, since=day)
        record(actor, Act.CONSENT_CHANGED, member, member.place_id, fields=agreed, form=form, since=day)
    withdrawn = before - set(agreed)
    if withdrawn:
        stock.clear()
    return withdrawn
