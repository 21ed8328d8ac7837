"""How a notice moves: held for one transaction, brought into a state, with a step on its timeline and a trace."""

from blueprints.notices.models import Notice, NoticeState, NoticeStep
from blueprints.notices.wording import flat
from core import clock
from core.access import Actor
from core.audit import Act, record
from core.db import is_sqlite
from core.refusal import Refused, Stale
from core.text import _l


class WrongState(Refused):
    sentence = _l("《%(title)s》现在是“%(state)s”，不能这样办理。请刷新后再看。")
    status = 409


def held(notice: Notice, version: int | None, *states: NoticeState) -> Notice:
    """The notice as it is now, locked for this transaction; refused when an old form asks or the state forbids it."""
    query = Notice.select().where(Notice.id == notice.id)
    fresh = (query if is_sqlite() else query.for_update()).get()
    if version is not None and fresh.version != version:
        raise Stale(who=last_hand(fresh))
    if fresh.state not in states:
        raise WrongState(title=flat(fresh.title), state=fresh.state.title)
    return fresh


def move(actor: Actor, notice: Notice, state: NoticeState, act: Act, note: str = "", **values: object) -> None:
    """Bring the notice into a state, inside the rule's transaction: the row, its step and the trace together."""
    notice.state, notice.version = state, notice.version + 1
    if "reason" in values:
        notice.reason = values["reason"]
    notice.save()
    step(actor, notice, note)
    record(actor, act, notice, notice.place_id, **values)


def step(actor: Actor, notice: Notice, note: str = "") -> None:
    """One entry of the timeline."""
    NoticeStep.create(notice=notice, at=clock.now(), account=actor.account_id, state=notice.state, note=note)


def last_hand(notice: Notice) -> str:
    """Who changed the notice last, for the sentence that says so."""
    last = notice.steps.order_by(NoticeStep.id.desc()).first()
    return last.account.name if last and last.account else str(_l("别人"))
