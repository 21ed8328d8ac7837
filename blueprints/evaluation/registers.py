"""Registers of recognition: grades of 民主评议, and the list of those commended."""

from blueprints.evaluation import appraising
from blueprints.evaluation.models import Appraisal, Commendation, Grade
from core import clock
from core.access import Can
from core.registers.declaration import Line, Register
from core.spreadsheets.cells import Kind
from core.text import _l


def _this_year() -> int:
    return clock.today().year


APPRAISALS = Register(
    key="grades", model=Appraisal, title=_l("民主评议等次"), entry=_l("等次"), nav="evaluation", name="member",
    read=Can.APPRAISALS_READ, edit=Can.APPRAISALS_EDIT, filters=("grade",), order=(Appraisal.year.desc(), Appraisal.id),
    identify=(("member", "year"),), check=appraising.grade_fits, list_template="evaluation/grades.html",
    note=_l("支部党员大会评定的等次。只记决定，不排名次，不打分。"),
    lines=(
        Line("member", _l("党员"), ("姓名", "党员姓名"), Kind.CHOICE, required=True, choices=appraising.members, width=34),
        Line("year", _l("年度"), (), Kind.INTEGER, required=True, width=20, preset=_this_year),
        Line("grade", _l("等次"), ("评议等次", "评定等次"), Kind.CHOICE, required=True, choices=Grade, width=24),
        Line("decided_on", _l("会议日期"), ("评定日期",), Kind.DAY, required=True, width=30, preset=clock.today),
        Line("note", _l("依据的事实"), ("说明", "备注"), rows=2, longest=300, width=80, hint=_l("评为基本合格或不合格必填")),
    ),
)  # fmt: skip

COMMENDATIONS = Register(
    key="commendations", model=Commendation, title=_l("表彰名单"), entry=_l("表彰"), nav="evaluation",
    read=Can.APPRAISALS_READ, edit=Can.APPRAISALS_EDIT, order=(Commendation.year.desc(), Commendation.title, Commendation.id),
    identify=(("name", "year", "title"),), check=appraising.commendation_fits,
    template="evaluation/commendation.html", list_template="evaluation/commendations.html",
    note=_l("谁提名、谁决定都要登记：没有决定的只能公示征求意见，有了决定才印证书、发公告。"),
    lines=(
        Line("name", _l("表彰对象"), ("姓名", "授予对象"), Kind.NAME, required=True, longest=80, width=34),
        Line("member", _l("党员"), (), Kind.CHOICE, choices=appraising.members, listed=False, hint=_l("集体或居民不选")),
        Line("year", _l("年度"), (), Kind.INTEGER, required=True, width=18, preset=_this_year),
        Line("title", _l("称号"), ("表彰称号", "荣誉称号"), required=True, longest=60, width=50, hint=_l("社区有权授予的称号，例如“公开承诺示范党员”")),
        Line("deeds", _l("简要事迹"), ("事迹",), rows=3, longest=100, width=70, hint=_l("100字以内，只写事实")),
        Line("put_forward_by", _l("提名会议"), ("提名单位",), longest=80, required=True, width=40),
        Line("put_forward_on", _l("提名日期"), (), Kind.DAY, required=True, width=30, preset=clock.today),
        Line("decided_by", _l("决定单位"), ("表彰单位",), longest=80, width=40),
        Line("decided_on", _l("决定日期"), (), Kind.DAY, width=30),
        Line("document", _l("文号"), (), longest=60, width=34),
    ),
)  # fmt: skip

ALL = (APPRAISALS, COMMENDATIONS)
