"""Shape of sign-in, passwords and accounts."""

from wtforms import PasswordField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from core.access import Role
from core.forms import REQUIRED, OfficeForm, PublicForm, choices
from core.text import _l

NEW_PASSWORD = {"autocomplete": "new-password"}


class SignInForm(PublicForm):
    login = StringField(_l("账号"), [InputRequired(REQUIRED), Length(max=80)], render_kw={"autocomplete": "username"})
    password = PasswordField(
        _l("密码"), [InputRequired(REQUIRED), Length(max=500)], render_kw={"autocomplete": "current-password"}
    )


class PasswordForm(OfficeForm):
    old = PasswordField(
        _l("现在的密码"), [InputRequired(REQUIRED), Length(max=500)], render_kw={"autocomplete": "current-password"}
    )
    new = PasswordField(_l("新密码（至少 12 个字）"), [InputRequired(REQUIRED), Length(max=500)], render_kw=NEW_PASSWORD)


class AccountForm(OfficeForm):
    login = StringField(_l("账号"), [InputRequired(REQUIRED), Length(max=80)])
    name = StringField(_l("姓名"), [InputRequired(REQUIRED), Length(max=80)])
    password = PasswordField(_l("初始密码（至少 12 个字）"), [InputRequired(REQUIRED), Length(max=500)], render_kw=NEW_PASSWORD)
    roles = SelectMultipleField(
        _l("岗位"), [InputRequired(REQUIRED)], choices=choices(Role), widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )  # fmt: skip


class RolesForm(OfficeForm):
    roles = SelectMultipleField(
        _l("岗位"), choices=choices(Role), widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )
