"""Shape of a booking."""

from datetime import datetime, timedelta

from wtforms import DateTimeLocalField, StringField
from wtforms.validators import InputRequired, Length, Optional

from core import clock
from core.forms import REQUIRED, OfficeForm, cell
from core.spreadsheets.cells import Kind
from core.text import _l

MINUTE = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]


def _tomorrow_at(hour: int):
    return lambda: datetime.combine(clock.today() + timedelta(days=1), datetime.min.time()).replace(hour=hour)


class BookingForm(OfficeForm):
    begins = DateTimeLocalField(_l("从"), [InputRequired(REQUIRED)], format=MINUTE, default=_tomorrow_at(9), render_kw={"step": 1800})
    ends = DateTimeLocalField(_l("到"), [InputRequired(REQUIRED)], format=MINUTE, default=_tomorrow_at(11), render_kw={"step": 1800})
    purpose = StringField(_l("做什么用"), [InputRequired(REQUIRED), Length(max=120), cell(Kind.TEXT)])
    by = StringField(_l("谁用"), [InputRequired(REQUIRED), Length(max=120), cell(Kind.NAME)])
    phone = StringField(_l("联系电话"), [Optional(), Length(max=40), cell(Kind.PHONE)], render_kw={"inputmode": "tel"})
