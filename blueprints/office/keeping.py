"""保存期限: what was kept long enough, area by area, and how it is forgotten to the last byte."""

from dataclasses import dataclass
from importlib import import_module

from core import instance, tidy
from core.access import Actor
from core.records.places import Place

# Areas that forget; each has retention.TITLE, TABLES, old(actor, community) -> query, purge(actor, community) -> int.
AREAS = ("suggestions", "visits")


@dataclass(frozen=True)
class Kept:
    """What of an area is past its years."""

    title: object
    number: int


def _each() -> list:
    return [import_module(f"blueprints.{area}.retention") for area in AREAS]


def past(actor: Actor, community: Place) -> list[Kept]:
    """How much of each area is to be forgotten, as far as the actor may know of it."""
    return [Kept(area.TITLE, area.old(actor, community).count()) for area in _each()]


def forget(actor: Actor, community: Place) -> int:
    """All of it, and the system's own copies from before its upgrades, in which the same words stand; answers how many."""
    number = sum(area.purge(actor, community) for area in _each())
    for copy in copies():
        copy.unlink(missing_ok=True)
    tidy.forget([table for area in _each() for table in area.TABLES])
    return number


def copies() -> list:
    """Copies the system made by itself."""
    return sorted(instance.part("backups").glob("before-*.zip"))
