"""Shape of what staff type about a Party member."""

from wtforms import DateField, HiddenField, SelectField, StringField
from wtforms.validators import InputRequired, Length, Optional

from blueprints.people.models import MemberCategory
from core.forms import REQUIRED, OfficeForm, cell, choices
from core.records.people import Sex
from core.spreadsheets.cells import Kind
from core.text import _l


class MemberForm(OfficeForm):
    name = StringField(_l("姓名"), [InputRequired(REQUIRED), Length(max=80), cell(Kind.NAME)])
    sex = SelectField(_l("性别"), choices=choices(Sex))
    birth = StringField(_l("出生年月"), [Optional(), Length(max=20), cell(Kind.PARTIAL_DATE)])
    phone = StringField(_l("联系电话"), [Optional(), Length(max=40), cell(Kind.PHONE)], render_kw={"inputmode": "tel"})
    stairwell = StringField(
        _l("责任区（楼道）"), [Optional(), Length(max=40), cell(Kind.STAIRWELL)], render_kw={"list": "stairwells"}
    )
    branch = StringField(_l("所在支部"), [Optional(), Length(max=80), cell(Kind.TEXT)], render_kw={"list": "branches"})
    category = SelectField(_l("党员类别"), choices=choices(MemberCategory))
    joined = StringField(_l("入党时间"), [Optional(), Length(max=20), cell(Kind.PARTIAL_DATE)])
    employer = StringField(_l("工作单位"), [Optional(), Length(max=120), cell(Kind.TEXT)])
    post = StringField(_l("职务"), [Optional(), Length(max=80), cell(Kind.TEXT)])
    version = HiddenField()

    def values(self) -> dict[str, object]:
        """The input under the roster's keys."""
        return {name: value for name, value in self.data.items() if name not in ("version", "csrf_token")}


class EndForm(OfficeForm):
    until = DateField(_l("从哪天起"), [InputRequired(REQUIRED)])
    reason = StringField(_l("原因"), [InputRequired(REQUIRED), Length(max=200)])
