"""Reads of background jobs."""

from peewee import ModelSelect

from core.access import Actor, Can
from core.records.places import Place
from core.records.work import Job


def visible_to(actor: Actor, community: Place) -> ModelSelect:
    """Jobs ordered in this community, newest first."""
    scope = Job.place.in_(actor.communities(Can.OFFICE_ENTER))
    return Job.select().where(scope & (Job.place == community)).order_by(Job.id.desc())
