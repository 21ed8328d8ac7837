"""What the office page shows."""

from datetime import date
from importlib import import_module

from core.access import Actor, Can
from core.due import Due
from core.records.places import Place
from core.text import _

# Areas with something due; each has queries.due(actor, community) -> Iterable[Due].
DUE_AREAS = ("boards",)


def today(actor: Actor, community: Place) -> list[Due]:
    """Everything due in all areas, overdue first, undated last."""
    rows = [due for area in DUE_AREAS for due in import_module(f"blueprints.{area}.queries").due(actor, community)]
    return sorted(rows, key=lambda due: due.day or date.max)


def navigation(actor: Actor, community: Place | None) -> list[tuple[str, str, str, str, Can]]:
    """The entries of the staff's sidebar this account may open: endpoint, title, icon, key, permission."""
    entries = [
        ("office.today", _("今日要办"), "calendar", "today", Can.OFFICE_ENTER),
        ("boards.coverage", _("承诺与公示牌"), "pledge", "boards", Can.BOARDS_READ),
        ("people.index", _("人员名册"), "person", "people", Can.PEOPLE_READ),
        ("organisation.index", _("组织与楼道"), "minutes", "organisation", Can.ORGANISATION_READ),
        ("jobs.index", _("打印间"), "print", "jobs", Can.OFFICE_ENTER),
    ]
    return [entry for entry in entries if actor.can(entry[4], community)]
