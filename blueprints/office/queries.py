"""What the office page shows."""

from datetime import date
from importlib import import_module

from core.access import Actor
from core.due import Due
from core.records.places import Place

# Areas with something due; each has queries.due(actor, community) -> Iterable[Due].
DUE_AREAS = ("boards",)


def today(actor: Actor, community: Place) -> list[Due]:
    """Everything due in all areas, overdue first, undated last."""
    rows = [due for area in DUE_AREAS for due in import_module(f"blueprints.{area}.queries").due(actor, community)]
    return sorted(rows, key=lambda due: due.day or date.max)
