"""Shape of what staff type about a member unit; each field is read as a roster's cell is."""

from wtforms import HiddenField, IntegerField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from core.forms import REQUIRED, OfficeForm, cell
from core.spreadsheets.cells import Kind
from core.text import _l

COUNT = [Optional(), NumberRange(0, 999_999, _l("请填 0 或正整数。"))]


class UnitForm(OfficeForm):
    name = StringField(_l("单位名称"), [InputRequired(REQUIRED), Length(max=120), cell(Kind.NAME)])
    nature = StringField(_l("单位性质"), [Optional(), Length(max=40), cell(Kind.TEXT)], render_kw={"list": "natures"})
    party_org = StringField(_l("党组织"), [Optional(), Length(max=120), cell(Kind.TEXT)])
    members = IntegerField(_l("党员数"), COUNT)
    activists = IntegerField(_l("积极分子数"), COUNT)
    head = StringField(_l("负责人"), [Optional(), Length(max=80), cell(Kind.NAME)])
    liaison = StringField(_l("联络员"), [Optional(), Length(max=80), cell(Kind.NAME)])
    phone = StringField(_l("联络员电话"), [Optional(), Length(max=40), cell(Kind.PHONE)], render_kw={"inputmode": "tel"})
    resource = TextAreaField(_l("可共享资源"), [Optional(), Length(max=2000), cell(Kind.TEXT)])
    joined = StringField(_l("加入日期"), [Optional(), Length(max=20), cell(Kind.PARTIAL_DATE)])
    left = StringField(_l("退出日期"), [Optional(), Length(max=20), cell(Kind.PARTIAL_DATE)])
    version = HiddenField()

    def values(self) -> dict[str, object]:
        """The input under the roster's keys."""
        return {name: value for name, value in self.data.items() if name not in ("version", "csrf_token")}
