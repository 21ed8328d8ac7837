"""Shape of an application and of what is decided of it."""

from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from core.forms import REQUIRED, OfficeForm, cell
from core.spreadsheets.cells import Kind
from core.text import _l


def _line(label, longest, needed=False, kind=Kind.TEXT, **options):
    return StringField(label, [InputRequired(REQUIRED) if needed else Optional(), Length(max=longest), cell(kind)], **options)


def _text(label, longest, rows):
    return TextAreaField(label, [Optional(), Length(max=longest), cell(Kind.TEXT)], render_kw={"rows": rows})


class RequestForm(OfficeForm):
    department = _line(_l("申请单位"), 120, True, Kind.NAME)
    contact = _line(_l("联系人"), 80, kind=Kind.NAME)
    phone = _line(_l("电话"), 40, kind=Kind.PHONE)
    matter = _line(_l("事项名称"), 200, True)
    basis = _line(_l("依据（文号和条款）"), 300)
    content = _text(_l("内容"), 2000, 4)
    community_part = _text(_l("社区承担的环节"), 2000, 3)
    since = DateField(_l("起"), [Optional()])
    until = DateField(_l("止"), [Optional()])
    funds = _line(_l("经费及拨付"), 300)
    people = _line(_l("人员和培训"), 300)
    demanded = _text(_l("要社区填的表"), 2000, 3)
    version = HiddenField()

    def validate_until(self, field):
        if field.data and self.since.data and field.data < self.since.data:
            raise ValidationError(str(_l("结束日期早于开始日期，请核对。")))

    def values(self) -> dict[str, object]:
        """The input under the record's names."""
        return {name: value for name, value in self.data.items() if name not in ("version", "csrf_token", "demanded")}

    def demands(self) -> list[str]:
        """The names of demanded forms, one a line."""
        return [line.strip()[:120] for line in (self.demanded.data or "").splitlines() if line.strip()]


class ConferForm(OfficeForm):
    meeting = SelectField(_l("哪次会议"), [Optional()], coerce=lambda text: int(text) if text not in (None, "", "None") else None)
    words = _text(_l("协商意见"), 400, 2)
    opinion = _text(_l("社区意见"), 1000, 2)
    version = HiddenField()

    def fill(self, meetings) -> "ConferForm":
        """With the meetings that could have conferred."""
        self.meeting.choices = [SelectChoice("", _l("（不选）")), *(SelectChoice(str(one.id), one.title) for one in meetings)]
        return self
