"""The life of a commitment: propose, review, publish, report, withdraw (提诺、审诺、亮诺、践诺、撤下)."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from blueprints.boards.models import (
    PRINTED_STATES,
    SHOWN_STATES,
    Category,
    Commitment,
    CommitmentState,
    CommitmentStep,
    Consent,
    Field,
)
from blueprints.people.models import PartyMember
from core import clock, settings, zh
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.history import unchanged
from core.printing import stock
from core.records.places import Place
from core.refusal import Refused
from core.spreadsheets.imports import Writer
from core.text import _, _l

VAGUE = "积极 努力 尽力 适当 力争 争取 经常 及时 进一步 带头"
settings.declare("boards.year", _l("正在公示的年度（0 表示今年）"), 0, group="boards")
settings.declare("boards.vague", _l("提示“不够具体”的词"), VAGUE, group="boards")
settings.declare("boards.copied", _l("同样的承诺有几名党员时提示"), 3, group="boards")
LIVING = (*PRINTED_STATES, CommitmentState.RETURNED)
TOGETHER = 500  # rows in one statement; databases limit them


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


class ProgressMissing(Refused):
    sentence = _l("请写明做了什么，例如“11月完成2次”。")


class NothingChosen(Refused):
    sentence = _l("还没有选中承诺，请先在左边打勾。")


class WrongState(Refused):
    sentence = _l("“%(text)s”现在是“%(state)s”，不能这样办理。请刷新后再看。")
    status = 409


def current_year(community: Place) -> int:
    """The year boards show: the setting, else this calendar year."""
    return int(settings.value("boards.year", community)) or clock.today().year


def propose(
    actor: Actor, member: PartyMember, text: str, category: Category | None = None, target: str = "",
    due_on: date | None = None,
) -> Commitment:  # fmt: skip
    """A member's promise enters the house; it waits for the branch's review."""
    text = text.strip()
    if not text:
        raise TextMissing()
    if member.stairwell is None:
        raise NoStairwell(name=member.person.name)
    with writing():
        commitment = Commitment.create(
            place=member.place, member=member, stairwell=member.stairwell, year=current_year(member.place), text=text,
            category=category or likely_category(text), target=target.strip(), due_on=due_on,
        )  # fmt: skip
        _step(actor, commitment)
        record(actor, Act.COMMITMENT_PROPOSED, commitment, member.place, text=text)
    return commitment


def keep_to(writer: Writer, member: PartyMember, promises: Collection[str]) -> None:
    """What a roster says a member promises this year: new promises are proposed, those it no longer has withdrawn."""
    on_file = list(_living(member))
    for commitment in on_file:
        if commitment.text not in promises:
            reason = _("导入的名册里已经没有这一条。")
            writer.change(commitment, state=CommitmentState.WITHDRAWN, reason=reason)
            writer.adopt(_step(writer.actor, commitment, reason))
    known = {commitment.text for commitment in on_file}
    for text in promises:
        if text not in known:
            made = writer.adopt(propose(writer.actor, member, text))
            for step in made.steps:
                writer.adopt(step)


def follow(writer: Writer, member: PartyMember) -> None:
    """A member who moved takes this year's promises along to the board of the new stairwell."""
    if member.stairwell_id is None:
        return
    for commitment in _living(member).where(Commitment.stairwell != member.stairwell_id):
        writer.change(commitment, stairwell=member.stairwell_id)


def _living(member: PartyMember):
    year = current_year(member.place)
    return member.commitments.where((Commitment.year == year) & Commitment.state.in_(LIVING)).order_by(Commitment.id)


def amend(actor: Actor, commitment: Commitment, version: int, **changed: object) -> Commitment:
    """Correct a promise's words; what already hung is reviewed anew. Raises Stale when ``version`` is old."""
    if not str(changed.get("text", commitment.text)).strip():
        raise TextMissing()
    with writing():
        fresh = unchanged(commitment, version)
        before = {name: getattr(fresh, name) for name in changed}
        if before == changed:
            return fresh
        for name, value in changed.items():
            setattr(fresh, name, value)
        if any(before.get(name) != getattr(fresh, name) for name in ("text", "target", "due_on") if name in changed):
            fresh.state, fresh.published_on, fresh.reason = CommitmentState.PROPOSED, None, ""
        fresh.version += 1
        fresh.save()
        _step(actor, fresh)
        record(actor, Act.COMMITMENT_CHANGED, fresh, fresh.place_id, before=before, after=changed)
    return fresh


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


def publish(actor: Actor, commitments: Sequence[Commitment]) -> int:
    """亮诺: from today the promise hangs in the stairwell."""
    return _move(
        actor, commitments, (CommitmentState.APPROVED,), CommitmentState.PUBLISHED, Act.COMMITMENT_PUBLISHED,
        published_on=clock.today(),
    )  # fmt: skip


def withdraw(actor: Actor, commitments: Sequence[Commitment], reason: str) -> int:
    """撤下: the promise leaves the board, the reason stays on file."""
    if not reason.strip():
        raise WhyWithdrawn()
    return _move(actor, commitments, LIVING, CommitmentState.WITHDRAWN, Act.COMMITMENT_WITHDRAWN, reason.strip())


def progress(actor: Actor, commitment: Commitment, note: str) -> CommitmentStep:
    """践诺: what was done so far; the promise stays on show."""
    note = note.strip()
    if not note:
        raise ProgressMissing()
    with writing():
        _change([commitment], SHOWN_STATES, {"version": Commitment.version + 1})
        step = _step(actor, Commitment.get_by_id(commitment.id), note)
        record(actor, Act.COMMITMENT_PROGRESS, commitment, commitment.place_id, note=note)
    return step


def fulfil(actor: Actor, commitment: Commitment, note: str = "") -> int:
    """践诺: done as promised."""
    return _move(
        actor, [commitment], (CommitmentState.PUBLISHED,), CommitmentState.FULFILLED, Act.COMMITMENT_PROGRESS,
        note.strip(),
    )  # fmt: skip


def _move(
    actor: Actor, commitments: Sequence[Commitment], old: Collection[CommitmentState], new: CommitmentState, act: Act,
    reason: str = "", published_on: date | None = None,
) -> int:  # fmt: skip
    """All of them or none, in a handful of statements however many they are."""
    if not commitments:
        raise NothingChosen()
    why = "" if new is CommitmentState.FULFILLED else reason
    fields = {"state": new, "reason": why, "version": Commitment.version + 1}
    fields |= {"published_on": published_on} if published_on else {}
    with writing():
        _change(commitments, old, fields)
        at = clock.now()
        steps = [
            {"commitment": c.id, "at": at, "account": actor.account_id, "state": new, "note": reason}
            for c in commitments
        ]
        for part in _portions(steps):
            CommitmentStep.insert_many(part).execute()
        ids = [commitment.id for commitment in commitments]
        record(actor, act, commitments[0], commitments[0].place_id, state=new, ids=ids, reason=reason)
    for commitment in commitments:
        commitment.state = new
    return len(commitments)


def _change(commitments: Sequence[Commitment], old: Collection[CommitmentState], fields: dict) -> None:
    for part in _portions(commitments):
        here = Commitment.id.in_([commitment.id for commitment in part])
        wrong = Commitment.select().where(here & Commitment.state.not_in(old)).first()
        if wrong is not None:
            raise WrongState(text=wrong.text, state=wrong.state.title)
        Commitment.update(fields).where(here).execute()


def _portions(rows: Sequence) -> Iterator[Sequence]:
    for start in range(0, len(rows), TOGETHER):
        yield rows[start : start + TOGETHER]


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


def warnings(text: str, community: Place) -> list[str]:
    """Why a promise is hard to check: vague words, no number. A hint, never a block."""
    return vague_points(text, str(settings.value("boards.vague", community)).split())


def vague_points(text: str, words: Iterable[str]) -> list[str]:
    """The same with the words already looked up, for whole lists."""
    no_number = not any(char.isdigit() or char in "一二三四五六七八九十两每" for char in text)
    return [*(word for word in words if word in text), *([str(_l("没有数量"))] if no_number else [])]


CATEGORY_WORDS = {
    Category.STAIRWELL: "楼道 绿化 清扫 卫生 扶手 消防 堆物 照明 门前 车棚 垃圾",
    Category.STUDY: "学习 宣讲 读书 辅导 讲座 课堂 作业",
    Category.MORALITY: "文明 调解 劝导 议事 邻里 守时",
}


def likely_category(text: str) -> Category:
    """A first guess by the words used; the branch corrects it at review."""
    scores = {kind: sum(word in text for word in words.split()) for kind, words in CATEGORY_WORDS.items()}
    best = max(scores, key=scores.get)
    return best if scores[best] else Category.SERVICE


def _step(actor: Actor, commitment: Commitment, note: str = "") -> CommitmentStep:
    return CommitmentStep.create(
        commitment=commitment, at=clock.now(), account=actor.account_id, state=commitment.state, note=note
    )
