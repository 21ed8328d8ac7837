"""Reads of the ledger: what was decided, who answers for it, how it stands."""

from collections import Counter

from peewee import Case, ModelSelect, fn

from blueprints.meetings.models import (
    AgendaItem,
    Meeting,
    MeetingSeries,
    Resolution,
    ResolutionOwner,
    ResolutionStep,
)
from blueprints.meetings.states import OPEN, MeetingState, ResolutionState
from core import clock
from core.access import Actor, Can
from core.history import steps
from core.records.places import Place
from core.text import _

NEAR = 2  # days before its due day at which a lamp turns yellow (临期)
deadline = fn.COALESCE(Resolution.extended_to, Resolution.due_on)


def light(row: Resolution) -> tuple[str, str]:
    """How a decision stands: a state for the lamp and the words beside it."""
    if row.state is ResolutionState.DONE:
        return "done", str(row.state.title)
    if row.state is ResolutionState.SUSPENDED:
        return "off", str(row.state.title)
    left = (row.due - clock.today()).days
    if left < 0:
        return "bad", _("超期 %(days)s 天", days=-left)
    return "warn" if left <= NEAR else "ok", _("还剩 %(days)s 天", days=left) if left else _("今天到期")


def resolutions(actor: Actor, community: Place) -> ModelSelect:
    """The ledger: decisions of issued minutes, the next to fall due first."""
    readable = Meeting.place.in_(actor.communities(Can.MEETINGS_READ)) & (Meeting.place == community)
    return decisions().where(readable & (Meeting.state == MeetingState.ISSUED))


def decisions() -> ModelSelect:
    """Decisions with meeting, series and item joined, the next to fall due first."""
    return (
        Resolution.select(Resolution, Meeting, MeetingSeries, AgendaItem)
        .join(Meeting).join(MeetingSeries).switch(Resolution).join(AgendaItem)
        .order_by(deadline, Resolution.id)
    )  # fmt: skip


def _unsettled():
    mine = (ResolutionOwner.resolution == Resolution.id) & ~ResolutionOwner.settled
    return fn.EXISTS(ResolutionOwner.select(ResolutionOwner.id).where(mine))


def _waiting():
    mine = (ResolutionStep.resolution == Resolution.id) & ResolutionStep.waiting
    return fn.EXISTS(ResolutionStep.select(ResolutionStep.id).where(mine))


def waiting(community: Place) -> ModelSelect:
    """Progress that units wrote and nobody of the office has looked at."""
    rows = ResolutionStep.select().join(Resolution).join(Meeting)
    return rows.where((Meeting.place == community) & ResolutionStep.waiting)


def conditions() -> dict[str, object]:
    """What each chip of the ledger asks for."""
    return {
        "open": Resolution.state.in_(OPEN),
        "overdue": Resolution.state.in_(OPEN) & (deadline < clock.today()),
        "unsettled": _unsettled(),
        "waiting": _waiting(),
        **{state.value: Resolution.state == state for state in ResolutionState},
    }


def ledger(query: ModelSelect, shown: str) -> ModelSelect:
    """Narrow the ledger: a state's code, ``open``, ``overdue``, ``unsettled``, ``waiting``, else everything."""
    asked = conditions()
    return query.where(asked[shown]) if shown in asked else query


def ledger_counts(query: ModelSelect) -> Counter:
    """How many rows each chip of the ledger leads to, in one query."""
    asked = conditions()
    sums = [fn.COALESCE(fn.SUM(Case(None, [(condition, 1)], 0)), 0) for condition in asked.values()]
    everything, *found = query.select(fn.COUNT(Resolution.id), *sums).order_by().tuples().get()
    return Counter({"": everything, **dict(zip(asked, map(int, found), strict=True))})


def owners(rows: list[Resolution]) -> dict[int, list[ResolutionOwner]]:
    """Who answers for each decision, the lead first."""
    found: dict[int, list[ResolutionOwner]] = {row.id: [] for row in rows}
    query = ResolutionOwner.select().where(ResolutionOwner.resolution.in_(rows)).order_by(ResolutionOwner.position)
    for owner in query if rows else ():
        found[owner.resolution_id].append(owner)
    return found


def last_steps(rows: list[Resolution]) -> dict[int, ResolutionStep]:
    """The latest progress of each decision."""
    query = ResolutionStep.select().where(ResolutionStep.resolution.in_(rows)).order_by(ResolutionStep.on, ResolutionStep.id)
    return {step.resolution_id: step for step in query} if rows else {}


def progress(resolution: Resolution) -> ModelSelect:
    """A decision's entries of progress, newest first, with who wrote each."""
    return steps(resolution).order_by(ResolutionStep.on.desc(), ResolutionStep.id.desc())
