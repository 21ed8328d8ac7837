"""Shape of what staff type about a notice."""

from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from blueprints.notices.checks import LONGEST_BODY, LONGEST_PERIOD, LONGEST_TITLE
from blueprints.notices.models import Affair, Channel, Finding
from core import clock
from core.forms import REQUIRED, OfficeForm, choices
from core.text import _l


class NoticeForm(OfficeForm):
    title = StringField(_l("标题"), [InputRequired(REQUIRED), Length(max=LONGEST_TITLE)])
    addressee = StringField(_l("称谓"), [Length(max=200)])
    body = TextAreaField(_l("正文"), [Length(max=LONGEST_BODY)])
    issuer = StringField(_l("落款单位"), [InputRequired(REQUIRED), Length(max=120)])
    affair = SelectField(_l("归类"), choices=choices(Affair))
    days = IntegerField(_l("公示天数"), [InputRequired(REQUIRED), NumberRange(0, LONGEST_PERIOD)])
    workdays = BooleanField(_l("只算工作日"))
    red = BooleanField(_l("用红头"))
    receiver = StringField(_l("受理异议的单位"), [Length(max=120)])
    contact = StringField(_l("联系人"), [Length(max=60)])
    phone = StringField(_l("办公电话"), [Length(max=60)])
    spots = TextAreaField(_l("张贴地点"), [Length(max=2000)])
    correction = TextAreaField(_l("更正说明"), [Length(max=500)])
    new_period = BooleanField(_l("内容有实质变化，重新计算公示期"))
    version = HiddenField()


class ScheduleForm(OfficeForm):
    day = DateField(_l("发布日期"), [InputRequired(REQUIRED)])


class ObjectionForm(OfficeForm):
    received_on = DateField(_l("收到日期"), [InputRequired(REQUIRED)], default=clock.today)
    channel = SelectField(_l("方式"), choices=choices(Channel))
    note = StringField(_l("反映什么（不写姓名）"), [Length(max=300)])


class FindingForm(OfficeForm):
    finding = SelectField(_l("核实情况"), choices=choices(Finding))
    note = StringField(_l("怎么处理的"), [Length(max=300)])


class PostingForm(OfficeForm):
    spots = TextAreaField(_l("张贴地点（一行一处）"), [Length(max=20_000)])
    stairwells = BooleanField(_l("每个楼道各贴一张"))
    posted_on = DateField(_l("张贴日期"), [InputRequired(REQUIRED)], default=clock.today)
    posted_by = StringField(_l("张贴人"), [InputRequired(REQUIRED), Length(max=80)])


class ResultForm(OfficeForm):
    conclusion = TextAreaField(_l("公示结果"), [InputRequired(REQUIRED), Length(max=2000)])
    upheld = IntegerField(_l("从意见箱来的，成立几件"), [Optional(), NumberRange(0, 9999)])
    refused = IntegerField(_l("从意见箱来的，不成立几件"), [Optional(), NumberRange(0, 9999)])
