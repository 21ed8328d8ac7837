"""三务公开目录 of a year on paper: what, on what basis, how often, by whom, due when, disclosed when."""

from collections.abc import Sequence
from dataclasses import dataclass

from blueprints.disclosures.queries import Row
from blueprints.disclosures.slots import Slot, Standing
from blueprints.notices.models import Affair
from core import clock
from core.printing import gongwen
from core.records.places import Place
from core.text import in_chinese


@dataclass(frozen=True)
class Due:
    """One period: which, by when, and when it was done or how it stands."""

    period: str
    due_on: str
    done_on: str


@dataclass(frozen=True)
class Line:
    """One matter with the periods of the year."""

    title: str
    basis: str
    frequency: str
    responsible: str
    dues: tuple[Due, ...]


@dataclass(frozen=True)
class CatalogueSheet:
    """The catalogue, affair by affair."""

    title: str
    body: str
    note: str
    on: str
    affairs: tuple[tuple[str, tuple[Line, ...]], ...]


@in_chinese()
def catalogue(community: Place, year: int, rows: Sequence[Row]) -> CatalogueSheet:
    """All matters of a year."""
    affairs = [(str(affair.title), tuple(_line(row) for row in rows if row.item.affair is affair)) for affair in Affair]
    slots = [slot for row in rows for slot in row.slots if slot.due_on]
    done = sum(slot.standing in (Standing.DONE, Standing.NOTHING) for slot in slots)
    missing = sum(slot.standing is Standing.MISSING for slot in slots)
    return CatalogueSheet(
        f"{year}年党务居务财务公开目录", community.name, f"应公开{len(slots)}次，已公开{done}次，过期未公开{missing}次",
        gongwen.day(clock.today()), tuple((title, lines) for title, lines in affairs if lines),
    )  # fmt: skip


def _line(row: Row) -> Line:
    item = row.item
    within = f"，期后{item.within_days}天内" if item.frequency.months and item.within_days else ""
    return Line(
        item.title, item.basis, f"{item.frequency.title}{within}", item.responsible, tuple(_due(slot) for slot in row.slots)
    )


def _due(slot: Slot) -> Due:
    if slot.standing is Standing.DONE:
        done = gongwen.day(slot.done_on)
    elif slot.standing is Standing.AHEAD:
        done = ""
    else:
        done = str(slot.standing.title)
    return Due(slot.label, gongwen.day(slot.due_on), done)
