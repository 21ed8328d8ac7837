"""Shape of what is typed about an election in stages; the rules judge it."""

from flask_wtf.file import FileField
from wtforms import DateField, HiddenField, IntegerField, SelectField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from core.forms import REQUIRED, OfficeForm, choices
from core.records.people import Sex
from core.text import _l


class NewProcessForm(OfficeForm):
    title = StringField(_l("名称"), [InputRequired(REQUIRED), Length(max=120)], description=_l("例如：2026年社区党委换届"))
    body = StringField(_l("选举什么"), [InputRequired(REQUIRED), Length(max=80)], description=_l("印在选票和公告上，例如：中共梅苑社区委员会委员"))
    seats = IntegerField(_l("应选名额"), [InputRequired(REQUIRED), NumberRange(1, 99)])


class PlanForm(OfficeForm):
    due_on = DateField(_l("办理期限"), [Optional()])
    note = StringField(_l("备注"), [Length(max=300)])
    version = HiddenField()


class DocumentForm(OfficeForm):
    title = StringField(_l("材料名称"), [InputRequired(REQUIRED), Length(max=120)])
    number = StringField(_l("文号"), [Length(max=60)])
    dated = DateField(_l("日期"), [Optional()])
    file = FileField(_l("文件（PDF、Excel 或照片，可不传）"))


class NamesForm(OfficeForm):
    """Typed only where a stage was held on paper; else the names are ticked."""

    names = TextAreaField(_l("人选姓名（每行一名）"), [Length(max=2000)])
    reason = StringField(_l("没有选上的，原因"), [Length(max=200)])
    version = HiddenField()


class CandidateForm(OfficeForm):
    post = StringField(_l("提名职务"), [Length(max=80)])
    sex = SelectField(_l("性别"), choices=choices(Sex))
    birth = StringField(_l("出生年月"), [Length(max=10)], description=_l("例如 1978-02"))
    joined = StringField(_l("入党时间"), [Length(max=10)], description=_l("例如 2005-06"))
    education = StringField(_l("学历"), [Length(max=40)])
    duty = StringField(_l("现任职务"), [Length(max=200)])
    position = IntegerField(_l("次序"), [Optional(), NumberRange(-99, 99)], description=_l("0 为按姓氏笔画排；上级规定次序的填 1、2、3，小的在前"))
    profile = TextAreaField(_l("主要经历（3 至 5 行）"), [Length(max=800)])
