"""Shape of the office's own forms."""

from wtforms import DateField, PasswordField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from core.forms import REQUIRED, OfficeForm, PublicForm
from core.text import _l


class SetUpForm(PublicForm):
    community = StringField(_l("社区名称"), [InputRequired(REQUIRED), Length(max=40)])
    login = StringField(_l("您的账号"), [InputRequired(REQUIRED), Length(max=80)], render_kw={"autocomplete": "username"})
    password = PasswordField(
        _l("密码（至少 12 个字）"), [InputRequired(REQUIRED), Length(max=500)], render_kw={"autocomplete": "new-password"}
    )
    address = StringField(_l("本系统的网址"), [Length(max=200)])
    code = StringField(_l("安装码"), [Length(max=40)], render_kw={"autocomplete": "off"})


class CommunityForm(OfficeForm):
    """One more community and who runs it; whoever has an account already keeps name and password."""

    community = StringField(_l("社区名称"), [InputRequired(REQUIRED), Length(max=40)])
    login = StringField(_l("书记的账号"), [InputRequired(REQUIRED), Length(max=80)], render_kw={"autocomplete": "off"})
    name = StringField(_l("姓名"), [Length(max=80)], render_kw={"autocomplete": "off"})
    password = PasswordField(_l("初始密码（至少 12 个字）"), [Length(max=500)], render_kw={"autocomplete": "new-password"})


class ExampleForm(PublicForm):
    # Its page carries the form above too, so the field has an id of its own.
    code = StringField(_l("安装码"), [Length(max=40)], id="example-code", render_kw={"autocomplete": "off"})


class CalendarForm(OfficeForm):
    """Some days in a row, free or worked."""

    first = DateField(_l("从哪天"), [InputRequired(REQUIRED)])
    last = DateField(_l("到哪天"), [Optional()])
    working = RadioField(
        _l("改为"), [InputRequired(_l("请选放假或上班。"))],
        choices=[SelectChoice("free", _l("放假")), SelectChoice("work", _l("上班"))],
    )  # fmt: skip
    note = StringField(_l("说明"), [Optional(), Length(max=80)])
