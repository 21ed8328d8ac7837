"""Reads of bodies: who sits there today, which rules hold, what was held."""

from collections.abc import Iterator
from datetime import date, timedelta

from peewee import ModelSelect

from blueprints.bodies.models import (
    Body,
    BodyActivity,
    BodyMember,
    Charter,
    ContactKind,
    ContactPoint,
    ContactVisit,
    Focus,
    Post,
)
from core import clock, settings
from core.access import Actor, Can
from core.due import Due
from core.records.places import Place
from core.refusal import Refused
from core.registers.declaration import Values
from core.text import _, _l

settings.declare("contacts.visit_before", _l("联系点每年在哪天以前走访一次（月-日，不填不提醒）"), "07-01", _l("领导“七一”前走访联系点"), group="meetings")
NOTICE = timedelta(days=30)


class WhichEnterprise(Refused):
    sentence = _l("联系企业的，请选是哪一家。")


def body_names(community: Place) -> dict[str, int]:
    """Bodies that stand today, by name."""
    stands = Body.until.is_null() | (Body.until > clock.today())
    rows = Body.select(Body.name, Body.id).where((Body.place == community) & (Body.void == "") & stands)
    return dict(rows.order_by(Body.id).tuples())


def members(body: Body, on: date | None = None) -> list[BodyMember]:
    """Who sat on a body on a day, the chair first."""
    day = on or clock.today()
    sits = (BodyMember.since.is_null() | (BodyMember.since <= day)) & (BodyMember.until.is_null() | (BodyMember.until > day))
    rows = body.members.where((BodyMember.void == "") & sits).order_by(BodyMember.id)
    order = list(Post)
    return sorted(rows, key=lambda row: order.index(row.post))


def charters(body: Body) -> ModelSelect:
    """A body's rules, the newest edition of each title first."""
    return body.charters.where(Charter.void == "").order_by(Charter.title, Charter.edition.desc())


def latest(charter: Charter) -> Charter:
    """The edition in force of a charter's title."""
    same = (Charter.body == charter.body_id) & (Charter.title == charter.title) & (Charter.void == "")
    return Charter.select().where(same).order_by(Charter.edition.desc()).first() or charter


def of_body(body: Body) -> dict[str, object]:
    """What the page of a body shows beside its lines."""
    held = body.activities.where(BodyActivity.void == "").order_by(BodyActivity.on.desc())
    return {
        "members": members(body), "charters": list(charters(body)), "activities": list(held.limit(20)),
        "focuses": list(body.focuses.where(Focus.void == "").order_by(Focus.year.desc())),
    }  # fmt: skip


def of_charter(charter: Charter) -> dict[str, object]:
    """Which edition holds, and the others there were."""
    same = (Charter.body == charter.body_id) & (Charter.title == charter.title) & (Charter.void == "") & (Charter.id != charter.id)
    return {"latest": latest(charter), "others": list(Charter.select().where(same).order_by(Charter.edition.desc()))}


def focuses(community: Place, year: int) -> ModelSelect:
    """The year's theme and focuses."""
    return Focus.select().where((Focus.place == community) & (Focus.year == year) & (Focus.void == "")).order_by(Focus.id)


def rules_in_force(community: Place, on: date) -> ModelSelect:
    """Rules adopted by a day."""
    return Charter.select().where((Charter.place == community) & (Charter.void == "") & (Charter.adopted_on <= on))


def point_has_its_unit(place: Place, row: ContactPoint | None, values: Values) -> None:
    """An enterprise is named; a community is this one."""
    if values["kind"] == ContactKind.ENTERPRISE and not values["unit"]:
        raise WhichEnterprise()


def points(community: Place) -> ModelSelect:
    """Contact points that stand today."""
    stands = ContactPoint.until.is_null() | (ContactPoint.until > clock.today())
    rows = ContactPoint.select().where((ContactPoint.place == community) & (ContactPoint.void == "") & stands)
    return rows.order_by(ContactPoint.id)


def point_names(community: Place) -> dict[str, int]:
    """Contact points by their leader and what they are."""
    return {f"{row.leader}·{row.unit.name if row.unit_id else row.kind.title}（L{row.id}）": row.id for row in points(community)}


def visits(point: ContactPoint) -> ModelSelect:
    """When the leader came, the last visit first."""
    return point.visits.where(ContactVisit.void == "").order_by(ContactVisit.on.desc(), ContactVisit.id.desc())


def of_point(point: ContactPoint) -> Values:
    """What the page of a contact point shows beside its lines."""
    return {"visits": list(visits(point).limit(20))}


def of_contact_visit(visit: ContactVisit) -> Values:
    """The message that a problem became."""
    return {"message": visit.suggestion}


def due(actor: Actor, community: Place) -> Iterator[Due]:
    """Contact points nobody has visited yet this year, told in the month before the day in the settings."""
    if not actor.can(Can.MEETINGS_WRITE, community):
        return
    last = _visit_before(community)
    if last is None or not last - NOTICE <= clock.today() <= last:
        return
    visited = ContactVisit.select(ContactVisit.point).where((ContactVisit.void == "") & (ContactVisit.on >= date(last.year, 1, 1)))
    for row in points(community).where(ContactPoint.id.not_in(visited)):
        text = _("%(leader)s今年还没有走访联系点", leader=row.leader)
        yield Due(text, f"/office/contact-points/{row.id}", _("去安排"), _("领导联系点"), last)


def _visit_before(community: Place) -> date | None:
    try:
        return date.fromisoformat(f"{clock.today().year}-{settings.value('contacts.visit_before', community)}")
    except ValueError:
        return None
