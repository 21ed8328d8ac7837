"""How a notice moves: held for one transaction, brought into a state, with a step on its timeline and a trace."""

from blueprints.notices.models import Notice, NoticeState
from blueprints.notices.wording import flat
from core.access import Actor
from core.audit import Act, record
from core.history import step, unchanged
from core.refusal import Refused
from core.text import _l


class WrongState(Refused):
    sentence = _l("《%(title)s》现在是“%(state)s”，不能这样办理。请刷新后再看。")
    status = 409


def held(notice: Notice, version: int | None, *states: NoticeState) -> Notice:
    """The notice as it is now, locked for this transaction; refused when an old form asks or the state forbids it."""
    fresh = unchanged(notice, version)
    if fresh.state not in states:
        raise WrongState(title=flat(fresh.title), state=fresh.state.title)
    return fresh


def move(actor: Actor, notice: Notice, state: NoticeState, act: Act, note: str = "", **values: object) -> None:
    """Bring the notice into a state, inside the rule's transaction: the row, its step and the trace together."""
    notice.state, notice.version = state, notice.version + 1
    if state is not NoticeState.APPROVED:  # Only an approved notice waits for its day.
        notice.publish_on, notice.scheduler, notice.held_back = None, None, ""
    if "reason" in values:
        notice.reason = values["reason"]
    notice.save()
    step(actor, notice, note)
    record(actor, act, notice, notice.place_id, **values)
