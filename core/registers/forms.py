"""The form of a register, made from its lines; every field is read as a roster's cell is."""

from collections.abc import Mapping
from datetime import date
from functools import cache

from wtforms import BooleanField, DateField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from core.forms import REQUIRED, OfficeForm, cell
from core.records.places import Place
from core.registers.declaration import Line, Register, Values
from core.registers.ledger import plain
from core.spreadsheets.cells import Kind, text_of
from core.text import _l

FEW = 5  # so many choices are shown at once
INPUTS = {Kind.PHONE: {"inputmode": "tel"}, Kind.INTEGER: {"inputmode": "numeric"}, Kind.MONEY: {"inputmode": "decimal"}}
GIVEN = (Kind.CHOICE, Kind.NAME, Kind.TEXT)  # what a link to an empty form may fill in
EMPTY: Mapping[str, str] = {}
NOTHING = _l("（不选）")


class EntryForm(OfficeForm):
    """Base of the forms made below."""

    version = HiddenField()


def form(register: Register, place: Place, values: Values | None = None, given: Mapping[str, str] = EMPTY) -> EntryForm:
    """An empty form with its presets and what the address gives, or one filled with an entry's values and version."""
    lines = {line.key: line for line in register.lines}
    known = {key: value for key, value in given.items() if key in lines and lines[key].kind in GIVEN}
    data = values or {key: line.preset() for key, line in lines.items() if line.preset} | known
    made = _form_class(register)(data={key: _typed(lines.get(key), value) for key, value in data.items()})
    for line in register.lines:
        if callable(line.choices) and not isinstance(line.choices, type):
            words = line.choices(place)
            made[line.key].choices = [SelectChoice("", NOTHING), *(SelectChoice(str(v), w) for w, v in words.items())]
    return made


def entered(register: Register, made: EntryForm) -> Values:
    """The clean values of a validated form."""
    return {line.key: _clean(line, made[line.key].data) for line in register.lines}


def _clean(line: Line, value: object) -> object:
    if line.kind is Kind.CHOICE and not isinstance(line.choices, type):
        return int(value) if value else ""
    return plain(value, line.kind)


def _typed(line: Line | None, value: object) -> object:
    """A plain value as its field shows it."""
    if line is None or line.kind is Kind.YES or value in ("", None):
        return value or None
    if line.kind is Kind.DAY:
        return value if isinstance(value, date) else date.fromisoformat(str(value))
    return str(value) if line.kind is Kind.CHOICE else str(text_of(value, line.kind, {}))


@cache
def _form_class(register: Register) -> type[EntryForm]:
    return type("RegisterForm", (EntryForm,), {line.key: _field(line) for line in register.lines})


def _field(line: Line):
    told = [InputRequired(REQUIRED)] if line.required else [Optional()]
    if line.kind is Kind.DAY:
        return DateField(line.title, told, description=line.hint)
    if line.kind is Kind.YES:
        return BooleanField(line.title, description=line.hint)
    if line.kind is Kind.CHOICE:
        return _choice(line, told)
    box = TextAreaField if line.rows else StringField
    asked = {**INPUTS.get(line.kind, {}), **({"rows": line.rows} if line.rows else {})}
    return box(line.title, [*told, Length(max=line.longest), cell(line.kind)], description=line.hint, render_kw=asked)


def _choice(line: Line, told: list):
    if not isinstance(line.choices, type):
        return SelectField(line.title, told, choices=[], description=line.hint, validate_choice=True)
    listed = [SelectChoice(one.value, one.title) for one in line.choices if one.value]
    if len(listed) <= FEW and line.required:
        return RadioField(line.title, told, choices=listed, description=line.hint)
    return SelectField(line.title, told, choices=[SelectChoice("", NOTHING), *listed], description=line.hint)
