"""Shape of what staff type about meetings; rows are added by buttons, so no script is needed."""

import re
from datetime import datetime

from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    FieldList,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    ValidationError,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from blueprints.meetings.models import MeetingSeries, Presence, ResolutionState
from blueprints.meetings.protocol import Decision, Item, Protocol, Seat
from core import clock
from core.forms import REQUIRED, OfficeForm, choices
from core.spreadsheets.cells import clean, holds_id_number
from core.text import _, _l

ABSENT = "absent"  # not on paper: a unit nobody spoke of is left out of the minutes
MINUTE = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M"]


def plain(_form, field):
    """Typed words without control characters; an ID-card number has no place here."""
    field.data = clean(field.data or "")
    if holds_id_number(field.data):
        raise ValidationError(_("内容里有身份证号码。本系统不保存身份证号码，请删去。"))


class Blank(Optional):
    """May stay blank while its whole row does, so the page does not call it optional."""

    def __init__(self):
        super().__init__()
        self.field_flags = {}


def words(label, longest, *first, **options):
    """A line of text, optional unless told otherwise."""
    return StringField(label, [*(first or [Optional()]), Length(max=longest), plain], **options)


class Row(OfficeForm):
    """A row inside a form, which carries the token for it."""

    class Meta(OfficeForm.Meta):
        csrf = False


class DecisionRow(Row):
    text = TextAreaField(_l("议定事项"), [Length(max=2000), plain])
    responsible = StringField(_l("责任单位"), [Length(max=300), plain], render_kw={"list": "bodies"})
    due_on = DateField(_l("完成时限"), [Blank()])

    def validate(self, extra_validators=None):
        fine = super().validate(extra_validators)
        for field, sentence in ((self.responsible, _("请写明责任单位，牵头的写在最前。")), (self.due_on, _("请写明完成时限，具体到日。"))):
            if self.text.data and not field.data and not field.errors:
                field.errors = [sentence]
                fine = False
        if not self.text.data and (self.responsible.data or self.due_on.data):
            self.text.errors = [_("请写明议定了什么。")]
            fine = False
        return fine

    def decision(self) -> Decision:
        """The row as plain values."""
        return Decision(self.text.data, self.responsible.data, self.due_on.data)


class ItemRow(Row):
    title = words(_l("标题"), 200, Blank())
    reported_by = words(_l("汇报单位"), 120, render_kw={"list": "bodies"})
    discussion = TextAreaField(_l("汇报和讨论"), [Length(max=20_000), plain])
    decisions = FieldList(FormField(DecisionRow), min_entries=1)

    def validate(self, extra_validators=None):
        fine = super().validate(extra_validators)
        if not self.title.data and self.filled():
            self.title.errors = [_("请写明议题，例如“关于老旧楼道照明改造的工作申请”。")]
            fine = False
        return fine

    def filled(self) -> bool:
        """Whether anything stands in the row beside its title."""
        inside = any(row.form.text.data for row in self.decisions)
        return bool(self.reported_by.data or self.discussion.data or inside)

    def item(self) -> Item:
        """The row as plain values; blank resolutions are left out."""
        decided = tuple(row.form.decision() for row in self.decisions if row.form.text.data)
        return Item(self.title.data, self.reported_by.data, self.discussion.data, decided)


class SeatRow(Row):
    unit = words(_l("单位"), 120, Blank())
    names = words(_l("姓名"), 400, Blank())
    presence = RadioField(_l("到会"), choices=[*choices(Presence), SelectChoice(ABSENT, _l("未到"))], default=ABSENT)

    def validate(self, extra_validators=None):
        fine = super().validate(extra_validators)
        if self.came() and not self.unit.data:
            self.unit.errors = [_("请写明是哪个单位。")]
            fine = False
        return fine

    def came(self) -> bool:
        """Whether the unit stands in the minutes at all."""
        return self.presence.data not in (None, "", ABSENT)


class MeetingForm(OfficeForm):
    """One whole meeting; ``more`` adds or takes away a row and asks nothing else."""

    ordinal = IntegerField(_l("本年第几次"), [InputRequired(REQUIRED), NumberRange(1, 999)])
    held_at = DateTimeLocalField(_l("开会时间"), [InputRequired(REQUIRED)], format=MINUTE)
    ended_at = DateTimeLocalField(_l("散会时间"), [Optional()], format=MINUTE)
    venue = words(_l("地点"), 120)
    chair = words(_l("主持人"), 120)
    recorder = words(_l("记录人"), 120)
    seats = FieldList(FormField(SeatRow))
    agenda = FieldList(FormField(ItemRow), min_entries=1)
    opening = TextAreaField(_l("纪要开头一段"), [Optional(), Length(max=1000), plain])
    issuing_body = words(_l("印发机关"), 120, InputRequired(REQUIRED))
    printed_by = words(_l("印发办公室"), 120)
    signatory = words(_l("签发人"), 120)
    copies_to = words(_l("分送"), 400)
    version = HiddenField()

    def validate_ended_at(self, field):
        if field.data and self.held_at.data and field.data < self.held_at.data:
            raise ValidationError(_("散会时间早于开会时间，请核对。"))

    def more(self, asked: str) -> None:
        """Add or take away a row: ``seat``, ``item``, ``decision-0``, ``drop-item-0``, ``drop-decision-0-1``."""
        parts = asked.split("-")
        numbers = [int(part) for part in parts if part.isdecimal() and len(part) < 5]
        rows, kind = self.seats, parts[-1 - len(numbers)] if len(parts) > len(numbers) else ""
        if kind == "item":
            rows = self.agenda
        elif kind == "decision" and numbers and numbers[0] < len(self.agenda.entries):
            rows = self.agenda.entries[numbers[0]].form.decisions
        if parts[0] != "drop":
            rows.append_entry()
        elif numbers and numbers[-1] < len(rows.entries):
            del rows.entries[numbers[-1]]

    def protocol(self, series: MeetingSeries) -> Protocol:
        """The form as plain values; rows left blank are no rows."""
        names = ("venue", "chair", "recorder", "opening", "issuing_body", "printed_by", "signatory")
        return Protocol(
            series=series.name, held_at=_instant(self.held_at.data), ended_at=_instant(self.ended_at.data),
            seats=tuple(
                Seat(Presence(row.form.presence.data), row.form.unit.data, row.form.names.data)
                for row in self.seats if row.form.came()
            ),
            items=tuple(row.form.item() for row in self.agenda if row.form.title.data),
            copies_to=tuple(part for part in re.split(r"[、，,；;\n]+", self.copies_to.data or "") if part.strip()),
            **{name: getattr(self, name).data or "" for name in names},
        )  # fmt: skip


def _instant(wall: datetime | None) -> datetime | None:
    return clock.utc(wall) if wall else None


def wall(instant: datetime | None) -> datetime | None:
    """A stored instant as the form shows it."""
    return clock.local(instant).replace(tzinfo=None) if instant else None


def typed(protocol: Protocol) -> dict[str, object]:
    """A meeting as the form's own values."""
    names = ("venue", "chair", "recorder", "opening", "issuing_body", "printed_by", "signatory")
    return {
        **{name: getattr(protocol, name) for name in names},
        "held_at": wall(protocol.held_at), "ended_at": wall(protocol.ended_at),
        "copies_to": "、".join(protocol.copies_to),
        "seats": [{"unit": s.unit, "names": s.names, "presence": s.presence.value} for s in protocol.seats],
        "agenda": [
            {
                "title": item.title, "reported_by": item.reported_by, "discussion": item.discussion,
                "decisions": [{"text": d.text, "responsible": d.responsible, "due_on": d.due_on} for d in item.decisions],
            }
            for item in protocol.items
        ],
    }  # fmt: skip


class SeriesForm(OfficeForm):
    name = words(_l("纪要标志"), 120, InputRequired(REQUIRED))
    issuing_body = words(_l("印发机关"), 120, InputRequired(REQUIRED))
    mark = words(_l("机关代字"), 20)
    printed_by = words(_l("印发办公室"), 120)
    copies_to = words(_l("分送"), 400)
    obliged = BooleanField(_l("每年要定期汇报"), default=True)
    version = HiddenField()

    def values(self) -> dict[str, object]:
        """The input under the record's names."""
        found = {name: self.data[name] for name in ("name", "issuing_body", "mark", "printed_by", "obliged")}
        return {**found, "copies_to": [part for part in re.split(r"[、，,；;]+", self.copies_to.data or "") if part]}


class ProgressForm(OfficeForm):
    state = SelectField(_l("状态"), choices=choices(ResolutionState))
    on = DateField(_l("进展日期"), [InputRequired(REQUIRED)], default=lambda: clock.today())
    note = TextAreaField(_l("进展"), [InputRequired(REQUIRED), Length(max=300), plain])
    extended_to = DateField(_l("新的完成时限"), [Optional()])
    version = HiddenField()
