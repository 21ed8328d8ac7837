"""Papers of bodies: a charter in the official form, who sits on a body."""

from dataclasses import dataclass

from blueprints.bodies.models import Body, Charter
from blueprints.bodies.queries import members
from core import clock
from core.printing import gongwen
from core.printing.gongwen import OfficialLetter


class CharterSheet(OfficialLetter):
    """章程: the body, the title, which edition and when it was adopted, the text."""


@dataclass(frozen=True)
class SeatLine:
    """One seat."""

    post: str
    name: str
    unit: str
    duty: str


@dataclass(frozen=True)
class SeatsSheet:
    """成员名单 of a body on a day."""

    title: str
    body: str
    note: str
    day: str
    lines: tuple[SeatLine, ...]


def charter(row: Charter) -> CharterSheet:
    """A charter as it was adopted."""
    adopted = f"（{gongwen.day(row.adopted_on)}{row.adopted_by}通过，第{row.edition}版）"
    return CharterSheet(
        "plain", row.body.name, "", row.title, "", f"{adopted}\n{row.text}", (), row.body.name, gongwen.day(row.adopted_on)
    )


def seats(body: Body) -> SeatsSheet:
    """Who sits on a body today, the chair first, in the order they were entered."""
    lines = tuple(SeatLine(str(one.post.title), one.name, one.unit.name if one.unit else "", one.duty) for one in members(body))
    return SeatsSheet(f"{body.name}成员名单", body.place.name, f"共{len(lines)}人", gongwen.day(clock.today()), lines)
