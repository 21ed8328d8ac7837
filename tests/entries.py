"""An entry of any register, made from its declaration: what a person would type, line by line."""

from blueprints.bodies.registers import BODIES, POINTS
from blueprints.cobuilding import rules as cobuilding
from blueprints.cobuilding.registers import AGREEMENTS
from core import clock
from core.access import console
from core.registers import ledger
from core.spreadsheets.cells import Kind
from tests import make

TYPED = {
    Kind.PHONE: "13800000000", Kind.PARTIAL_DATE: "2024-03", Kind.INTEGER: 12, Kind.MONEY: 12050, Kind.YES: True,
    Kind.SEX: "f", Kind.STAIRWELL: "3幢2单元",
}  # fmt: skip


def values(register, place):
    """Clean values for every line that has something to say."""
    filled = {line.key: _value(line, place) for line in register.lines}
    if register.span is not None:
        last = register.span[1]
        filled[last] = "2099-12-31" if register[last].required else ""
    return filled


def _value(line, place):
    if line.kind is Kind.CHOICE:
        return _choice(line, place)
    if line.kind is Kind.DAY:
        return clock.today().isoformat()
    return TYPED.get(line.kind, f"{line.title}{next(make.counter)}")


def _choice(line, place):
    """The first of an enum or of the records there are; a required one is made where none is."""
    if isinstance(line.choices, type):
        return next(one.value for one in line.choices if one.value)
    if line.key == "member" and line.required:
        return make.member(place).id  # one grade for each member and year
    if line.key in NEEDED and not line.choices(place):
        NEEDED[line.key](place)
    return next(iter(line.choices(place).values()), "")


def _unit(place):
    cobuilding.add_unit(console(), place, {"name": f"第{next(make.counter)}中学", "joined": "2024-03"})


NEEDED = {
    "unit": _unit,
    "point": lambda place: entry(POINTS, place, unit=""),
    "body": lambda place: entry(BODIES, place, parent=""),
    "agreement": lambda place: entry(AGREEMENTS, place, since=clock.today().isoformat(), until="2099-12-31"),
}


def entry(register, place, **changed):
    """One entry, entered by the console."""
    return ledger.enter(register, console(), place, values(register, place) | changed)
