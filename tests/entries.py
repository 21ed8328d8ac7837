"""An entry of any register, made from its declaration: what a person would type, line by line."""

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
        filled[register.span[1]] = ""
    return filled


def _value(line, place):
    if line.kind is Kind.CHOICE:
        chosen = [one.value for one in line.choices if one.value] if isinstance(line.choices, type) else list(line.choices(place).values())
        return chosen[0] if chosen else ""
    if line.kind is Kind.DAY:
        return clock.today().isoformat()
    return TYPED.get(line.kind, f"{line.title}{next(make.counter)}")


def entry(register, place, **changed):
    """One entry, entered by the console."""
    return ledger.enter(register, console(), place, values(register, place) | changed)
