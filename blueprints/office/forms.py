"""Shape of the office's own forms."""

from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, Length

from core.forms import REQUIRED, PublicForm
from core.text import _l


class SetUpForm(PublicForm):
    community = StringField(_l("社区名称"), [InputRequired(REQUIRED), Length(max=40)])
    login = StringField(_l("您的账号"), [InputRequired(REQUIRED), Length(max=80)], render_kw={"autocomplete": "username"})
    password = PasswordField(
        _l("密码（至少 12 个字）"), [InputRequired(REQUIRED), Length(max=500)], render_kw={"autocomplete": "new-password"}
    )
    address = StringField(_l("本系统的网址"), [Length(max=200)])
    code = StringField(_l("安装码"), [Length(max=40)], render_kw={"autocomplete": "off"})


class ExampleForm(PublicForm):
    # Its page carries the form above too, so the field has an id of its own.
    code = StringField(_l("安装码"), [Length(max=40)], id="example-code", render_kw={"autocomplete": "off"})
