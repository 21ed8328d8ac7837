"""Reads of bodies: who sits there today, which rules hold, what was held."""

from datetime import date

from peewee import ModelSelect

from blueprints.bodies.models import Body, BodyActivity, BodyMember, Charter, Focus, Post
from core import clock
from core.records.places import Place


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
