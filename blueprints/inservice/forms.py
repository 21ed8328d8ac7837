"""Shape of a check-in, a service, an inquiry, an opinion."""

from wtforms import (
    DateField,
    DecimalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from blueprints.inservice.models import InquiryKind, Six, Verdict
from core import clock
from core.forms import REQUIRED, OfficeForm, PublicForm, cell, choices
from core.spreadsheets.cells import Kind
from core.text import _l


def _line(label, longest, kind=Kind.TEXT, needed=False, **options):
    return StringField(label, [InputRequired(REQUIRED) if needed else Optional(), Length(max=longest), cell(kind)], **options)


class CheckInForm(OfficeForm):
    name = _line(_l("姓名"), 80, Kind.NAME, True)
    stairwell = _line(_l("居住楼道"), 40, Kind.STAIRWELL, render_kw={"list": "stairwells"})
    phone = _line(_l("联系电话"), 40, Kind.PHONE, render_kw={"inputmode": "tel"})
    employer = _line(_l("工作单位"), 120, Kind.NAME, True, render_kw={"list": "employers"})
    duty = _line(_l("职务"), 80)
    employer_contact = _line(_l("单位党组织联系人"), 80, Kind.NAME)
    employer_phone = _line(_l("单位电话"), 40, Kind.PHONE, render_kw={"inputmode": "tel"})
    skills = _line(_l("专业特长"), 200)
    free_time = _line(_l("可服务时间"), 120)
    posts = _line(_l("愿意的岗位"), 200)
    tasks = SelectMultipleField(
        _l("六项任务认领"), choices=choices(Six), option_widget=CheckboxInput(), widget=ListWidget(prefix_label=False)
    )
    since = DateField(_l("报到日期"), [InputRequired(REQUIRED)], default=clock.today)
    version = HiddenField()

    def values(self) -> dict[str, object]:
        """The input under the roster's keys."""
        told = {name: value for name, value in self.data.items() if name not in ("version", "csrf_token", "tasks", "since")}
        return told | {"tasks": "、".join(str(Six(one).title) for one in self.tasks.data or ()), "since": self.since.data.isoformat()}


class ServiceForm(OfficeForm):
    on = DateField(_l("日期"), [InputRequired(REQUIRED)], default=clock.today)
    what = _line(_l("做了什么"), 200, needed=True)
    hours = DecimalField(_l("时长（小时）"), [Optional(), NumberRange(0, 24, _l("请填 0 到 24 之间的数，可以是半小时，例如 1.5。"))])
    people = IntegerField(_l("人次"), [Optional(), NumberRange(1, 999, _l("请填正整数。"))], default=1)
    confirmed_by = _line(_l("确认人"), 80, Kind.NAME)

    def validate_hours(self, field):
        if field.data is not None and not field.errors and field.data * 2 % 1:
            raise ValidationError(str(_l("时长按半小时计，例如 0.5、1、1.5。")))


class InquiryForm(OfficeForm):
    kind = RadioField(_l("为了什么"), [InputRequired(REQUIRED)], choices=choices(InquiryKind))
    purpose = _line(_l("单位的来函和要了解的内容"), 300)
    due_on = DateField(_l("答复期限"), [Optional()])
    since = DateField(_l("从哪天起的情况"), [Optional()])


class DraftForm(OfficeForm):
    how = _line(_l("怎样听取的意见"), 200)
    findings = TextAreaField(_l("了解到的情况（只写事实）"), [Optional(), Length(max=2000), cell(Kind.TEXT)])
    version = HiddenField()


class SlipForm(OfficeForm):
    verdict = SelectField(_l("意见"), choices=choices(Verdict))
    words = TextAreaField(_l("说的话（不会转给单位）"), [Optional(), Length(max=600), cell(Kind.TEXT)])


class OpinionForm(PublicForm):
    verdict = RadioField(_l("您觉得怎么样"), [InputRequired(REQUIRED)], choices=choices(Verdict))
    words = TextAreaField(_l("想说的话"), [Optional(), Length(max=600)])
