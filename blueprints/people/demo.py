"""The example community's rosters, taken in as an office would."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

from blueprints.people import imports
from core.access import Actor
from core.records.places import Place
from core.workdays import add_workdays

DATA = Path(__file__).parent.parent.parent / "data"


def load(staff: dict[str, Actor], place: Place, today: date) -> Iterator[date]:
    """Members with their promises, residents' representatives, member units."""
    yield add_workdays(today, -38)[0]
    for kind in ("members", "representatives", "units"):
        roster, file = imports.roster(kind, place), DATA / f"{kind}.xlsx"
        if roster is not None:
            imports.bring_in(staff["干事"], place, roster, file.read_bytes(), file.name)
