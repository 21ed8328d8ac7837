"""Reads of work access: requests, what was admitted, what is due."""

from peewee import ModelSelect, fn

from blueprints.workaccess.models import ADMITTED, WAITING, State, WorkRequest
from core import clock
from core.access import Actor, Can
from core.due import Due
from core.records.places import Place
from core.text import _


def visible_to(actor: Actor, community: Place) -> ModelSelect:
    """Requests the actor may see here, the newest first."""
    scope = WorkRequest.place.in_(actor.communities(Can.MEETINGS_READ)) & (WorkRequest.place == community)
    return WorkRequest.select().where(scope).order_by(WorkRequest.id.desc())


def admitted(community: Place) -> ModelSelect:
    """准入事项清单: what was admitted and has not left, as anybody may read it."""
    stands = WorkRequest.state.in_(ADMITTED) & (WorkRequest.until.is_null() | (WorkRequest.until >= clock.today()))
    return WorkRequest.select().where((WorkRequest.place == community) & stands).order_by(WorkRequest.decided_on, WorkRequest.id)


def counts(rows: ModelSelect) -> dict[State, int]:
    """How many of the requests are in each state."""
    grouped = rows.select(WorkRequest.state, fn.COUNT(WorkRequest.id)).group_by(WorkRequest.state).order_by()
    return dict(grouped.tuples())


def due(actor: Actor, community: Place):
    """Applications that wait for the meeting or the leading group, and admitted work past its last day."""
    if not actor.can(Can.MEETINGS_WRITE, community):
        return
    rows, area = visible_to(actor, community), _("工作准入")
    for row in rows.where(WorkRequest.state.in_(WAITING)):
        yield Due(_("%(department)s申请“%(matter)s”：%(state)s", department=row.department, matter=row.matter, state=row.state.title),
                  f"/office/work-access/{row.id}", _("去办理"), area, row.due_on)  # fmt: skip
    for row in rows.where(WorkRequest.state.in_(ADMITTED) & (WorkRequest.until < clock.today())):
        yield Due(_("“%(matter)s”已过期限，请办理退出", matter=row.matter), f"/office/work-access/{row.id}", _("办理退出"), area, row.until)
