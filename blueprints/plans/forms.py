"""Shape of plans and their items."""

from wtforms import DateField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from blueprints.cobuilding.models import TaskState
from blueprints.cobuilding.queries import unit_names
from core import clock
from core.forms import REQUIRED, OfficeForm, PublicForm, cell, choices
from core.spreadsheets.cells import Kind
from core.text import _l

MONTHS = [SelectChoice("", _l("（未定）")), *(SelectChoice(str(n), f"{n}月") for n in range(1, 13))]
PEOPLE = [Optional(), NumberRange(0, 999_999, _l("请填 0 或正整数。"))]


def _number(text):
    return int(text) if text not in (None, "", "None") else None


def _name():
    return StringField(_l("项目"), [InputRequired(REQUIRED), Length(max=200), cell(Kind.NAME)])


class PlanForm(OfficeForm):
    year = IntegerField(_l("年度"), [InputRequired(REQUIRED), NumberRange(2000, 2100, _l("请填四位数的年份。"))],
                        default=lambda: clock.today().year)  # fmt: skip
    collect_until = DateField(_l("征集到哪一天"), [Optional()])


class ItemForm(OfficeForm):
    name = _name()
    proposed_by = SelectField(_l("提出单位"), [Optional()], coerce=_number)
    unit = SelectField(_l("责任单位"), [Optional()], coerce=_number)
    responsible = StringField(_l("其他责任方"), [Optional(), Length(max=200), cell(Kind.TEXT)])
    month = SelectField(_l("计划月份"), [Optional()], choices=MONTHS, coerce=_number)
    venue = StringField(_l("场地"), [Optional(), Length(max=120), cell(Kind.TEXT)])
    people = IntegerField(_l("人次目标"), PEOPLE)
    state = SelectField(_l("进展"), choices=choices(TaskState))
    result = TextAreaField(_l("结果"), [Optional(), Length(max=400), cell(Kind.TEXT)])
    declined = StringField(_l("不列入计划的理由"), [Optional(), Length(max=200), cell(Kind.TEXT)])
    version = HiddenField()

    def fill(self, place) -> "ItemForm":
        """With the community's units to choose from."""
        units = [SelectChoice("", _l("社区")), *(SelectChoice(str(number), name) for name, number in unit_names(place).items())]
        self.proposed_by.choices = self.unit.choices = units
        return self

    def values(self) -> dict[str, object]:
        """The input under the record's names."""
        texts = ("responsible", "venue", "result", "declined")
        return {name: value if name not in texts else value or "" for name, value in self.data.items() if name not in ("version", "csrf_token")}


class ProposalForm(PublicForm):
    name = _name()
    month = SelectField(_l("打算在几月"), [Optional()], choices=MONTHS, coerce=_number)
    venue = StringField(_l("想用什么场地"), [Optional(), Length(max=120), cell(Kind.TEXT)])
    people = IntegerField(_l("大约多少人参加"), PEOPLE)
