"""Shape of what is typed about 评诺 and 民主评议."""

from wtforms import DateField, HiddenField, IntegerField, SelectField, StringField, ValidationError
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from core.forms import REQUIRED, OfficeForm, PublicForm
from core.text import _, _l

FEWEST_SECONDS = 3
PEOPLE = [Optional(), NumberRange(0, 10_000, _l("请填 0 或正整数。"))]


class RoundForm(OfficeForm):
    """``year`` is left out where the days of a round are changed."""

    year = IntegerField(_l("哪一年的承诺"), [InputRequired(REQUIRED), NumberRange(1990, 2199, _l("请填四位数的年份。"))])
    first = DateField(_l("居民评议从哪天起"), [InputRequired(REQUIRED)])
    last = DateField(_l("到哪天止"), [InputRequired(REQUIRED)])


class DaysForm(OfficeForm):
    first = DateField(_l("居民评议从哪天起"), [InputRequired(REQUIRED)])
    last = DateField(_l("到哪天止"), [InputRequired(REQUIRED)])
    version = HiddenField()


class SlipsForm(OfficeForm):
    slips = IntegerField(_l("收回评议票多少张"), [InputRequired(REQUIRED)])
    counted_by = StringField(_l("计票人"), [InputRequired(REQUIRED), Length(max=40)])
    checked_by = StringField(_l("复核人"), [InputRequired(REQUIRED), Length(max=40)])
    words = StringField(_l("居民写的话，概括成一两句"), [Length(max=300)])
    version = HiddenField()


class FindingForm(OfficeForm):
    checked_by = StringField(_l("核实人"), [Length(max=40)])
    checked_on = DateField(_l("核实日期"), [Optional()])


class MeetingForm(OfficeForm):
    met_on = DateField(_l("支部党员大会日期"), [Optional()])
    entitled = IntegerField(_l("应到人数"), PEOPLE)
    present = IntegerField(_l("实到人数"), PEOPLE)
    poll = SelectField(_l("民主测评的投票"), coerce=int)
    words = StringField(_l("会议说明"), [Length(max=300)])
    version = HiddenField()


class VoiceForm(PublicForm):
    """A resident's verdicts stand beside it, one for each promise; ``website`` is for machines, which fill in everything."""

    website = StringField(_l("这一格请留空"))

    def validate_website(self, field: StringField) -> None:
        if field.data:
            field.data = ""
            raise ValidationError(_("“这一格请留空”里有内容，已替您清空，请再按一次提交。"))

    def validate_form_token(self, _field: object) -> None:
        """Nobody reads and answers within a blink."""
        if self.nonce and self.age < FEWEST_SECONDS:
            raise ValidationError(_("提交得太快了，请核对内容后再按一次提交。"))
