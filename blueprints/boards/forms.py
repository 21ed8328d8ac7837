"""Shape of what staff type about commitments and boards."""

from wtforms import DateField, HiddenField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from blueprints.boards.models import Category
from core.forms import REQUIRED, OfficeForm, choices
from core.text import _l


class CommitmentForm(OfficeForm):
    text = TextAreaField(_l("承诺事项"), [InputRequired(REQUIRED), Length(max=300)])
    category = SelectField(_l("类别"), choices=choices(Category))
    target = StringField(_l("数量或标准"), [Length(max=80)])
    due_on = DateField(_l("完成时限"), [Optional()])
    version = HiddenField()
