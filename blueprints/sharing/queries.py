"""Reads of what is shared: names for forms, what fits what, who uses a resource when."""

from datetime import date, datetime, timedelta

from peewee import ModelSelect

from blueprints.cobuilding.models import MemberUnit
from blueprints.sharing.models import Booking, Need, NeedState, Project, SharedResource
from core import clock
from core.access import Actor, Can
from core.db import Record
from core.records.places import Place
from core.refusal import Refused
from core.registers.declaration import Values
from core.text import _l

AHEAD = timedelta(days=60)


class OneSided(Refused):
    sentence = _l("项目至少要选一个需求、一项资源或一家单位，不然看不出是谁和谁对接。")


def _standing(model: type[Record], community: Place) -> ModelSelect:
    return model.select().where((model.place == community) & (model.void == "")).order_by(model.id)


def resource_names(community: Place) -> dict[str, int]:
    """Resources that can be used today, by name and giver."""
    today = clock.today()
    rows = _standing(SharedResource, community).where(SharedResource.until.is_null() | (SharedResource.until > today))
    return {f"{row.name}（L{row.id}）": row.id for row in rows}


def need_names(community: Place) -> dict[str, int]:
    """All needs, those still open first."""
    rows = _standing(Need, community).order_by(Need.state != NeedState.OPEN, Need.id.desc())
    return {f"{row.name}（L{row.id}）": row.id for row in rows}


def project_has_a_side(place: Place, row: Project | None, values: Values) -> None:
    """A project brings somebody together with something."""
    if not any(values.get(key) for key in ("need", "resource", "unit")):
        raise OneSided()


def of_need(need: Need) -> dict[str, object]:
    """Resources of the kind that is wanted, and the projects that came of the need."""
    fitting = _standing(SharedResource, need.place).where(
        SharedResource.until.is_null() | (SharedResource.until > clock.today())
    )
    if need.kind:
        fitting = fitting.where(SharedResource.kind == need.kind)
    return {"fitting": list(fitting), "projects": list(need.projects.where(Project.void == ""))}


def of_resource(resource: SharedResource) -> dict[str, object]:
    """Who uses the resource from today on, open needs of its kind, the projects it served."""
    wanted = _standing(Need, resource.place).where((Need.state == NeedState.OPEN) & (Need.kind == resource.kind))
    return {
        "bookings": list(bookings(resource, clock.today())), "needs": list(wanted),
        "projects": list(resource.projects.where(Project.void == "")),
    }  # fmt: skip


def bookings(resource: SharedResource, first: date, last: date | None = None) -> ModelSelect:
    """Standing bookings that touch the days from ``first`` to ``last`` (default 60 days on), in order of time."""
    begin = clock.utc(datetime.combine(first, datetime.min.time()))
    end = clock.utc(datetime.combine((last or first + AHEAD) + timedelta(days=1), datetime.min.time()))
    touching = (Booking.begins_at < end) & (Booking.ends_at > begin) & (Booking.cancelled == "")
    return Booking.select().where((Booking.resource == resource) & touching).order_by(Booking.begins_at)


def visible_resources(actor: Actor, community: Place) -> ModelSelect:
    """Resources the actor may see here."""
    scope = SharedResource.place.in_(actor.communities(Can.UNITS_READ)) & (SharedResource.place == community)
    return SharedResource.select(SharedResource).where(scope)


def visible_projects(actor: Actor, community: Place) -> ModelSelect:
    """Projects the actor may see here."""
    scope = Project.place.in_(actor.communities(Can.UNITS_READ)) & (Project.place == community)
    return Project.select().where(scope)


def giver(project: Project) -> MemberUnit | None:
    """Whose resource a project used."""
    return project.unit or (project.resource.unit if project.resource else None)


def today() -> date:
    """From which day bookings are shown."""
    return clock.today()


def overview(community: Place) -> dict[str, object]:
    """The three lists at a glance: open needs, what is on offer, projects without thanks, the next bookings."""
    offered = _standing(SharedResource, community).where(SharedResource.until.is_null() | (SharedResource.until > today()))
    coming = Booking.select(Booking, SharedResource).join(SharedResource).where(
        (Booking.place == community) & (Booking.cancelled == "") & (Booking.ends_at >= clock.now())
    )
    return {
        "needs": list(_standing(Need, community).where(Need.state == NeedState.OPEN)),
        "offered": offered.count(),
        "unthanked": list(_standing(Project, community).where(Project.thanked_on.is_null() & Project.until.is_null(False))),
        "coming": list(coming.order_by(Booking.begins_at).limit(20)),
    }
