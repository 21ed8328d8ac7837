"""Reads of background jobs."""

from peewee import ModelSelect

from core import jobs
from core.access import Actor
from core.records.places import Place
from core.records.work import Job


def visible_to(actor: Actor, community: Place) -> ModelSelect:
    """Jobs ordered in this community of the kinds the actor may order too, newest first: their files hold names."""
    kinds = [kind for kind, needed in jobs.NEEDED.items() if actor.can(needed, community)]
    return Job.select().where(Job.kind.in_(kinds) & (Job.place == community)).order_by(Job.id.desc())
