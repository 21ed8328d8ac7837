"""The life of a commitment: propose, review, publish, report (提诺、审诺、亮诺、践诺)."""

from collections.abc import Sequence
from datetime import date

from blueprints.boards.models import Category, Commitment, CommitmentState, CommitmentStep, Consent
from blueprints.people.models import PartyMember
from core import clock, settings
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.records.places import Place
from core.refusal import Refused, Stale
from core.text import _l

VAGUE = "积极 努力 尽力 适当 力争 争取 经常 及时 进一步 带头"
settings.declare("boards.year", _l("正在公示的年度（0 表示今年）"), 0, group="boards")
settings.declare("boards.vague", _l("提示“不够具体”的词"), VAGUE, group="boards")
settings.declare("boards.title", _l("公示牌标题"), "我是党员 我承诺", group="boards")
settings.declare("boards.leader", _l("楼道负责人的叫法"), "楼道负责人", group="boards")


class TextMissing(Refused):
    sentence = _l("请写明承诺事项：做什么、多少、什么时候完成。")


class NoStairwell(Refused):
    sentence = _l("%(name)s还没有责任区（楼道），请先在党员名册里补上。")


class ReasonMissing(Refused):
    sentence = _l("退回时请写明理由，党员才知道怎么改。")


class NothingChosen(Refused):
    sentence = _l("还没有选中承诺，请先在左边打勾。")


class WrongState(Refused):
    sentence = _l("“%(text)s”现在是“%(state)s”，不能这样办理。请刷新后再看。")
    status = 409


def current_year(community: Place) -> int:
    """The year boards show: the setting, else this calendar year."""
    return int(settings.value("boards.year", community)) or clock.today().year


def propose(actor: Actor, member: PartyMember, text: str, category: Category | None = None) -> Commitment:
    """A member's promise enters the house; it waits for the branch's review."""
    text = text.strip()
    if not text:
        raise TextMissing()
    if member.stairwell is None:
        raise NoStairwell(name=member.person.name)
    with writing():
        commitment = Commitment.create(
            place=member.place, member=member, stairwell=member.stairwell, year=current_year(member.place), text=text,
            category=category or likely_category(text),
        )  # fmt: skip
        _step(actor, commitment)
        record(actor, Act.COMMITMENT_PROPOSED, commitment, member.place, text=text)
    return commitment


def amend(actor: Actor, commitment: Commitment, version: int, **changed: object) -> Commitment:
    """Correct a promise's words; what already hung is reviewed anew. Raises Stale when ``version`` is old."""
    if not str(changed.get("text", commitment.text)).strip():
        raise TextMissing()
    with writing():
        fresh = Commitment.get_by_id(commitment.id)
        if fresh.version != version:
            raise Stale(who=_last_hand(fresh))
        before = {name: getattr(fresh, name) for name in changed}
        for name, value in changed.items():
            setattr(fresh, name, value)
        if before.get("text") != fresh.text:
            fresh.state, fresh.published_on, fresh.reason = CommitmentState.PROPOSED, None, ""
        fresh.version += 1
        fresh.save()
        _step(actor, fresh)
        record(actor, Act.COMMITMENT_CHANGED, fresh, fresh.place_id, before=before, after=changed)
    return fresh


def approve(actor: Actor, commitments: Sequence[Commitment]) -> int:
    """支部审核 · 同意, for as many as were ticked."""
    return _move(actor, commitments, CommitmentState.PROPOSED, CommitmentState.APPROVED, Act.COMMITMENT_REVIEWED)


def send_back(actor: Actor, commitments: Sequence[Commitment], reason: str) -> int:
    """支部审核 · 修改后再报; the reason is what the member reads."""
    if not reason.strip():
        raise ReasonMissing()
    return _move(
        actor, commitments, CommitmentState.PROPOSED, CommitmentState.RETURNED, Act.COMMITMENT_REVIEWED, reason.strip()
    )


def publish(actor: Actor, commitments: Sequence[Commitment]) -> int:
    """亮诺: from today the promise hangs in the stairwell."""
    return _move(
        actor, commitments, CommitmentState.APPROVED, CommitmentState.PUBLISHED, Act.COMMITMENT_PUBLISHED,
        published_on=clock.today(),
    )  # fmt: skip


def fulfil(actor: Actor, commitment: Commitment, note: str = "") -> int:
    """践诺: done as promised."""
    return _move(
        actor, [commitment], CommitmentState.PUBLISHED, CommitmentState.FULFILLED, Act.COMMITMENT_PROGRESS, note,
        published_on=commitment.published_on,
    )  # fmt: skip


def _move(
    actor: Actor, commitments: Sequence[Commitment], old: CommitmentState, new: CommitmentState, act: Act,
    reason: str = "", published_on: date | None = None,
) -> int:  # fmt: skip
    if not commitments:
        raise NothingChosen()
    with writing():
        for commitment in commitments:
            moved = (
                Commitment.update(
                    state=new, reason=reason, published_on=published_on, version=Commitment.version + 1
                )
                .where((Commitment.id == commitment.id) & (Commitment.state == old))
                .execute()
            )
            if not moved:
                raise WrongState(text=commitment.text, state=Commitment.get_by_id(commitment.id).state.title)
            commitment.state = new
            _step(actor, commitment, reason)
        record(
            actor, act, commitments[0], commitments[0].place_id, state=new, ids=[c.id for c in commitments],
            reason=reason,
        )  # fmt: skip
    return len(commitments)


def consent(actor: Actor, member: PartyMember, fields: set[str], form: str) -> None:
    """What the member agreed to show from today, and how they said so; the former consent ends."""
    with writing():
        Consent.update(until=clock.today()).where(
            (Consent.member == member) & Consent.until.is_null(True)
        ).execute()
        Consent.create(member=member, fields=sorted(fields), form=form, since=clock.today())
        record(actor, Act.CONSENT_CHANGED, member, member.place_id, fields=sorted(fields), form=form)


def warnings(text: str, community: Place) -> list[str]:
    """Why a promise is hard to check: vague words, no number. A hint, never a block."""
    vague = [word for word in str(settings.value("boards.vague", community)).split() if word in text]
    no_number = not any(char.isdigit() or char in "一二三四五六七八九十两每" for char in text)
    return [*vague, *([str(_l("没有数量"))] if no_number else [])]


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


def _step(actor: Actor, commitment: Commitment, note: str = "") -> None:
    CommitmentStep.create(
        commitment=commitment, at=clock.now(), account=actor.account_id, state=commitment.state, note=note
    )


def _last_hand(commitment: Commitment) -> str:
    last = commitment.steps.order_by(CommitmentStep.id.desc()).first()
    return last.account.name if last and last.account else str(_l("别人"))
