"""六个一对照表: both sides of one pair, or the community's alone, with what shows each item."""

from dataclasses import dataclass

from blueprints.cobuilding.models import MemberUnit
from blueprints.cobuilding.queries import party_of
from blueprints.organisation.queries import body_of
from blueprints.sixones.queries import Line
from core import clock, zh
from core.records.places import Place
from core.text import in_chinese


@dataclass(frozen=True)
class SheetLine:
    """One item on paper."""

    item: str
    target: str
    due: str
    state: str
    proof: str


@dataclass(frozen=True)
class SixOnesSheet:
    """5.2: the community's six, and below them the unit's."""

    title: str
    body: str
    note: str
    day: str
    sides: tuple[tuple[str, tuple[SheetLine, ...]], ...]


@in_chinese()
def sheet(place: Place, year: int, ours: list[Line], unit: MemberUnit | None = None, theirs: list[Line] | None = None) -> SixOnesSheet:
    """The table of a year."""
    sides = [(body_of(place), tuple(map(_line, ours)))]
    if unit is not None:
        sides.append((party_of(unit), tuple(map(_line, theirs or []))))
    return SixOnesSheet(f"{year}年度“六个一”对照表", place.name, "", zh.day(clock.today()), tuple(sides))


def _line(line: Line) -> SheetLine:
    proof = "；".join([proof.words for proof in line.proofs][:4] + ([line.note.words] if line.note and line.note.words else []))
    target, due = (line.note.target, zh.day(line.note.due_on)) if line.note else ("", "")
    return SheetLine(str(line.item.title), target, due, str(line.state.title), proof)
