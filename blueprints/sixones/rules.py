"""What the office notes of an item that no record shows."""

from blueprints.cobuilding.models import MemberUnit
from blueprints.sixones import queries
from blueprints.sixones.models import Item, SixOnesNote
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.history import unchanged
from core.records.places import Place


def put_down(
    actor: Actor, place: Place, unit: MemberUnit | None, year: int, item: Item, version: int, values: dict[str, object]
) -> SixOnesNote:
    """Note ``values`` (state, target, words, due_on) of an item; ``version`` 0 where nothing was noted yet."""
    with writing():
        unchanged(place, None)  # One at a time here, so that an item never has two notes.
        row = queries.note(place, unit, year, item)
        if row is None:
            row = SixOnesNote(place=place, unit=unit, year=year, item=item, version=0)
        else:
            row = unchanged(row, version)
        for name, value in values.items():
            setattr(row, name, value)
        row.version += 1
        row.save()
        record(actor, Act.SIX_ONES_NOTED, row, place, item=item, year=year, unit=str(unit or ""), **values)
    return row
