"""委托投票: off unless a poll allows it, never in the Party's own votes; who votes for whom is published beforehand.

A holder draws one more ballot for each mandate. Like every tick of the roll that is a bare fact: no time, no order.
"""

from datetime import timedelta

from peewee import ModelSelect

from blueprints.ballots import chain, roll
from blueprints.ballots.kinds import Proxies, Source
from blueprints.ballots.models import Nominee, Poll, PollClass, Proxy, RollEntry
from blueprints.ballots.steps import step
from core import clock, settings, zh
from core.access import Actor
from core.refusal import Refused
from core.text import _l

settings.declare(
    "polls.proxy_days", _l("委托投票最迟在投票前几天登记"), 0, _l("各地村民、居民选举办法多为 3 至 5 天；0 为开始投票前"), group="ballots"
)


class ProxiesOff(Refused):
    sentence = _l("这次投票不可以委托。要开放委托的，请在定稿前修改投票规则。")


class MembersVoteThemselves(Refused):
    """《中国共产党基层组织选举工作条例》 art. 24: absent members cannot vote by proxy."""

    sentence = _l("党员不能委托他人投票（《中国共产党基层组织选举工作条例》第二十四条）。")


class AnotherRoll(Refused):
    sentence = _l("%(principal)s和%(holder)s不在同一本名册上，不能委托。")


class NomineeHolds(Refused):
    sentence = _l("%(name)s是候选人，不能接受委托。")


class RelationMissing(Refused):
    sentence = _l("只可以委托近亲属，请写明两人的关系，例如：夫妻、父女。")


class TooManyMandates(Refused):
    sentence = _l("%(name)s已经接受了 %(most)s 人的委托，不能再接受。")


class NoSubProxy(Refused):
    sentence = _l("%(name)s自己已委托别人投票，不能再接受委托；接受了委托的人也不能再委托别人。")


class AlreadyMandated(Refused):
    sentence = _l("%(name)s已经委托过了，要换人请先撤销。")
    status = 409


class VotedAlready(Refused):
    sentence = _l("%(name)s的票已经领走，不能再改委托。请先撤回领票。")
    status = 409


class TooLate(Refused):
    sentence = _l("委托登记到 %(day)s 为止，已经截止。")
    status = 409


class HolderAway(Refused):
    sentence = _l("%(name)s还没有签到，不能代领。请先签到。")


def entrust(actor: Actor, principal: RollEntry, holder: RollEntry, relation: str = "") -> Proxy:
    """Register that ``holder`` votes for ``principal``; both stand on the same roll."""
    with step(principal.poll_class.poll, *roll.PREPARING) as poll:
        _refuse_by_rules(poll, principal, holder, relation.strip())
        _refuse_by_people(poll, principal, holder)
        row = Proxy.create(poll_class=principal.poll_class_id, principal=principal, holder=holder, relation=relation.strip())
        chain.record(actor, poll, "proxy", principal=principal.name, holder=holder.name, relation=row.relation)
    return row


def _refuse_by_rules(poll: Poll, principal: RollEntry, holder: RollEntry, relation: str) -> None:
    if principal.poll_class.source is Source.MEMBERS:
        raise MembersVoteThemselves()
    if poll.proxies is Proxies.OFF:
        raise ProxiesOff()
    last = poll.held_on - timedelta(days=settings.value("polls.proxy_days", poll.place)) if poll.held_on else None
    if last is not None and clock.today() > last:
        raise TooLate(day=zh.day(last))
    if principal.poll_class_id != holder.poll_class_id or principal.id == holder.id:
        raise AnotherRoll(principal=principal.name, holder=holder.name)
    if poll.proxies is Proxies.KIN and not relation:
        raise RelationMissing()


def _refuse_by_people(poll: Poll, principal: RollEntry, holder: RollEntry) -> None:
    for row in (principal, holder):
        if row.excluded:
            raise roll.NotEntitled(name=row.name, reason=row.excluded)
    if poll.nominees.where((Nominee.name == holder.name) | (Nominee.person == holder.person_id)).exists():
        raise NomineeHolds(name=holder.name)
    if principal.mandates.exists():
        raise AlreadyMandated(name=principal.name)
    if holder.mandates.exists() or principal.held.exists():
        raise NoSubProxy(name=holder.name)
    if holder.held.count() >= poll.proxies_most:
        raise TooManyMandates(name=holder.name, most=poll.proxies_most)
    principal = _now(poll, principal)
    if principal.signed_in or principal.slip_taken or principal.paper_taken:
        raise VotedAlready(name=principal.name)


def revoke(actor: Actor, proxy: Proxy) -> None:
    """撤销, also at the door where the principal comes after all, as long as no ballot was taken for them."""
    with step(proxy.poll_class.poll, *roll.PREPARING, *roll.DURING) as poll:
        principal = _now(poll, proxy.principal)
        if principal.proxy_slip or principal.proxy_paper:
            raise VotedAlready(name=principal.name)
        Proxy.delete().where(Proxy.id == proxy.id).execute()
        chain.record(actor, poll, "proxy revoked", principal=principal.name, holder=proxy.holder.name)


def tick(proxy: Proxy, slip_taken: bool = False, paper_taken: bool = False) -> None:
    """The holder took the principal's ballot, or gave it back: a tick on the principal's line, and nothing else."""
    holder = _now(proxy.poll_class.poll, proxy.holder)
    if (slip_taken or paper_taken) and not (holder.signed_in or holder.mobile):
        raise HolderAway(name=holder.name)
    roll.tick(proxy.principal, proxy_slip=slip_taken, proxy_paper=paper_taken and not slip_taken)


def _now(poll: Poll, entry: RollEntry) -> RollEntry:
    """A line with its ticks as they stand, which during the voting the database does not know."""
    return roll.ticked(poll, [RollEntry.get_by_id(entry.id)])[0]


def told(poll: Poll) -> list[Proxy]:
    """All mandates in the roll's order, each with what was taken for the principal so far."""
    rows = list(of_poll(poll))
    now = {row.id: row for row in roll.ticked(poll, [row.principal for row in rows])}
    for row in rows:
        row.principal = now[row.principal_id]
    return rows


def of_poll(poll: Poll) -> ModelSelect:
    """All mandates with both people, in the roll's order."""
    principal, holder = RollEntry.alias(), RollEntry.alias()
    return (
        Proxy.select(Proxy, principal, holder, PollClass)
        .join(principal, on=(Proxy.principal == principal.id))
        .switch(Proxy)
        .join(holder, on=(Proxy.holder == holder.id))
        .switch(Proxy)
        .join(PollClass)
        .where(PollClass.poll == poll)
        .order_by(PollClass.id, principal.position, principal.id)
    )
