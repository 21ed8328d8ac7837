"""Shape of what is noted of a period."""

from wtforms import DateField, StringField
from wtforms.validators import Length, Optional

from core import clock
from core.forms import OfficeForm
from core.text import _l


class OtherwiseForm(OfficeForm):
    on = DateField(_l("实际公开日期"), [Optional()], default=clock.today)
    note = StringField(_l("在哪里公开的"), [Length(max=200)])


class NothingForm(OfficeForm):
    note = StringField(_l("说明（可不填）"), [Length(max=200)])
