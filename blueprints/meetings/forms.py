"""Shape of what staff type about meetings; rows are added by buttons, so no script is needed."""

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

from blueprints.meetings.models import MeetingSeries
from blueprints.meetings.protocol import Decision, Item, Protocol, names
from blueprints.meetings.states import ItemKind, Quorum, ResolutionState, SeriesKind
from core import clock
from core.forms import REQUIRED, OfficeForm, choices
from core.spreadsheets.cells import clean
from core.spreadsheets.id_numbers import holds_id_number
from core.text import _, _l

LONGEST_TYPED = 100_000  # the rule about minutes says with the pages what is too long; this only bounds the form
TEXTS = ("venue", "chair", "recorder", "opening", "issuing_body", "printed_by", "signatory", "countersigned_by")
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


def stored_row(field) -> int | None:
    """The number of the stored row a line of the form came from."""
    return int(field.data) if (field.data or "").isdecimal() and len(field.data) < 10 else None


class DecisionRow(Row):
    row = HiddenField()
    text = TextAreaField(_l("议定事项"), [Length(max=2000), plain])
    responsible = StringField(_l("责任单位"), [Length(max=300), plain], render_kw={"list": "bodies"})
    supervisor = words(_l("监督"), 120, Blank(), render_kw={"list": "bodies"})
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
        return Decision(
            self.text.data, self.responsible.data, self.due_on.data, self.supervisor.data or "", stored_row(self.row)
        )


class ItemRow(Row):
    row = HiddenField()
    title = words(_l("标题"), 200, Blank())
    kind = SelectField(
        _l("种类"), choices=[SelectChoice("", _l("按标题判断")), *choices(ItemKind)], default="", validate_choice=False
    )
    reported_by = words(_l("汇报单位"), 120, render_kw={"list": "bodies"})
    discussion = TextAreaField(_l("汇报和讨论"), [Length(max=LONGEST_TYPED), plain])
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
        kind = ItemKind(self.kind.data) if self.kind.data in set(ItemKind) else None
        return Item(self.title.data, self.reported_by.data, self.discussion.data, decided, kind, stored_row(self.row))


class MeetingForm(OfficeForm):
    """One whole meeting; ``more`` adds or takes away a row and asks nothing else."""

    ordinal = IntegerField(_l("本年第几次"), [Optional(), NumberRange(1, 999)])
    held_at = DateTimeLocalField(_l("开会时间"), [InputRequired(REQUIRED)], format=MINUTE)
    ended_at = DateTimeLocalField(_l("散会时间"), [Optional()], format=MINUTE)
    venue = words(_l("地点"), 120)
    chair = words(_l("主持人"), 120)
    recorder = words(_l("记录人"), 120)
    agenda = FieldList(FormField(ItemRow), min_entries=1)
    opening = TextAreaField(_l("纪要开头一段"), [Optional(), Length(max=1000), plain])
    issuing_body = words(_l("印发机关"), 120, InputRequired(REQUIRED))
    printed_by = words(_l("印发办公室"), 120)
    signatory = words(_l("签发人"), 120)
    countersigned_by = words(_l("会签单位"), 200)
    copies_to = words(_l("分送"), 400)
    copies = IntegerField(_l("共印份数"), [Optional(), NumberRange(1, 9999)])
    version = HiddenField()

    def validate_ended_at(self, field):
        if field.data and self.held_at.data and field.data < self.held_at.data:
            raise ValidationError(_("散会时间早于开会时间，请核对。"))

    def more(self, asked: str) -> None:
        """Add or take away a row: ``item``, ``decision-0``, ``drop-item-0``, ``drop-decision-0-1``."""
        parts = asked.split("-")
        numbers = [int(part) for part in parts if part.isdecimal() and len(part) < 5]
        rows, kind = self.agenda, parts[-1 - len(numbers)] if len(parts) > len(numbers) else ""
        if kind == "decision" and numbers and numbers[0] < len(self.agenda.entries):
            rows = self.agenda.entries[numbers[0]].form.decisions
        elif kind != "item":
            return
        if parts[0] != "drop":
            rows.append_entry()
        elif numbers and numbers[-1] < len(rows.entries):
            del rows.entries[numbers[-1]]

    def fill_usual(self, series: MeetingSeries) -> None:
        """What this body decides is carried out and watched over by whoever usually does, unless somebody else is named."""
        for entry in self.agenda:
            for row in entry.form.decisions:
                if row.form.text.data:
                    row.form.responsible.data = row.form.responsible.data or series.executor
                    row.form.supervisor.data = row.form.supervisor.data or series.supervisor

    def protocol(self, series: MeetingSeries) -> Protocol:
        """The form as plain values; rows left blank are no rows."""
        return Protocol(
            series=series.name, held_at=_instant(self.held_at.data), ended_at=_instant(self.ended_at.data),
            items=tuple(row.form.item() for row in self.agenda if row.form.title.data),
            copies_to=tuple(names(self.copies_to.data or "")), copies=self.copies.data,
            **{name: (getattr(self, name).data or "").strip() for name in TEXTS},
        )  # fmt: skip


def _instant(wall: datetime | None) -> datetime | None:
    return clock.utc(wall) if wall else None


def wall(instant: datetime | None) -> datetime | None:
    """A stored instant as the form shows it."""
    return clock.local(instant).replace(tzinfo=None) if instant else None


def typed(protocol: Protocol) -> dict[str, object]:
    """A meeting as the form's own values."""
    return {
        **{name: getattr(protocol, name) for name in TEXTS},
        "held_at": wall(protocol.held_at), "ended_at": wall(protocol.ended_at),
        "copies_to": "、".join(protocol.copies_to), "copies": protocol.copies,
        "agenda": [
            {
                "row": str(item.row or ""), "title": item.title, "kind": item.kind or "", "reported_by": item.reported_by,
                "discussion": item.discussion, "decisions": [typed_decision(decision) for decision in item.decisions],
            }
            for item in protocol.items
        ],
    }  # fmt: skip


def typed_decision(decision: Decision) -> dict[str, object]:
    """One decision as a row of the form."""
    return {
        "row": str(decision.row or ""), "text": decision.text, "responsible": decision.responsible,
        "supervisor": decision.supervisor, "due_on": decision.due_on,
    }  # fmt: skip


class SeriesForm(OfficeForm):
    name = words(_l("纪要标志"), 120, InputRequired(REQUIRED))
    kind = SelectField(_l("是什么会"), choices=choices(SeriesKind), default=SeriesKind.JOINT)
    level = words(_l("层级"), 20, render_kw={"list": "levels"})
    parent = SelectField(_l("上级会议"), coerce=int, default=0, validate_choice=False)
    own_roster = RadioField(
        _l("谁来开会"), default="units",
        choices=[SelectChoice("units", _l("社区的全部成员单位")), SelectChoice("own", _l("另立名单（和别的会议不混）"))],
    )
    quorum = SelectField(_l("到会人数要求"), choices=choices(Quorum), default=Quorum.NONE)
    issuing_body = words(_l("印发机关"), 120, InputRequired(REQUIRED))
    mark = words(_l("机关代字"), 20)
    printed_by = words(_l("印发办公室"), 120)
    copies_to = words(_l("分送"), 400)
    plain = BooleanField(_l("纪要用普通格式，不用红头"))
    open_to_residents = BooleanField(_l("会期和议定事项（公开版）给居民看"), default=True)
    obliged = BooleanField(_l("每年要定期汇报"), default=True)
    executor = words(_l("通常由谁执行"), 120, render_kw={"list": "bodies"})
    supervisor = words(_l("通常由谁监督"), 120, render_kw={"list": "bodies"})
    version = HiddenField()

    def offer(self, others: list[MeetingSeries]) -> None:
        """Series this one may be a sub-meeting of."""
        self.others = {other.id: other for other in others}
        self.parent.choices = [SelectChoice(0, _("没有")), *(SelectChoice(one.id, one.meeting_name) for one in others)]

    def values(self) -> dict[str, object]:
        """The input under the record's names."""
        plainly = ("name", "level", "issuing_body", "mark", "printed_by", "plain", "open_to_residents", "obliged",
                   "executor", "supervisor")  # fmt: skip
        return {
            **{name: self.data[name] for name in plainly},
            "kind": SeriesKind(self.kind.data), "quorum": Quorum(self.quorum.data), "own_roster": self.own_roster.data == "own",
            "parent": self.others.get(self.parent.data), "copies_to": names(self.copies_to.data or ""),
        }  # fmt: skip


class ProgressForm(OfficeForm):
    state = SelectField(_l("状态"), choices=choices(ResolutionState))
    on = DateField(_l("进展日期"), [InputRequired(REQUIRED)], default=lambda: clock.today())
    note = TextAreaField(_l("进展"), [InputRequired(REQUIRED), Length(max=300), plain])
    evidence = words(_l("佐证（文号、材料名称）"), 200)
    extended_to = DateField(_l("新的完成时限"), [Optional()])
    version = HiddenField()
