"""Registers beside the requests: forms filled in anyway, work that was asked for without admission."""

from blueprints.workaccess.models import StandingForm, Unadmitted
from core import clock
from core.access import Can
from core.records.places import Place
from core.registers.declaration import Line, Register, Values
from core.spreadsheets.cells import Kind
from core.text import _l


def _related(_place: Place) -> Values:
    return {"related": [(register.key, register.title) for register in ALL]}


LISTED = {"read": Can.MEETINGS_READ, "edit": Can.MEETINGS_WRITE, "nav": "workaccess", "list_template": "workaccess/registers.html",
          "beside": _related}  # fmt: skip

FORMS = Register(
    key="standing-forms", model=StandingForm, title=_l("现有报表清单"), entry=_l("报表"), **LISTED, order=(StandingForm.name,),
    note=_l("社区本来就在填的表。有新申请时系统拿要填的表和它对照，已有的不再重复填。"),
    lines=(
        Line("name", _l("表名"), ("报表", "名称"), Kind.NAME, required=True, longest=120, width=60),
        Line("department", _l("报给哪个部门"), ("部门",), longest=120, width=50),
        Line("often", _l("多久一次"), ("频次",), longest=40, width=24),
        Line("covers", _l("内容"), ("项目",), longest=400, width=80, hint=_l("主要内容的词，用顿号隔开，例如 低保、残疾、就业")),
    ),
)  # fmt: skip

UNADMITTED = Register(
    key="unadmitted-work", model=Unadmitted, title=_l("未准入事项登记"), entry=_l("未准入事项"), **LISTED, name="matter",
    order=(Unadmitted.asked_on.desc(),), identify=(("matter", "department"),),
    note=_l("没有经过准入就派到社区来的事：谁来要求、哪天、是否谢绝、报给了谁。社区可以谢绝并报告。"),
    lines=(
        Line("matter", _l("事项"), (), required=True, longest=200, width=70),
        Line("department", _l("要求的部门"), ("部门",), required=True, longest=120, width=44),
        Line("asked_on", _l("日期"), (), Kind.DAY, required=True, width=28, preset=clock.today),
        Line("how", _l("怎么要求的"), ("方式",), longest=120, width=36, hint=_l("电话、会议、通知、上门")),
        Line("refused", _l("已谢绝"), (), Kind.YES, width=18, preset=lambda: True),
        Line("reported_to", _l("报给谁"), (), longest=120, width=40),
        Line("reported_on", _l("报告日期"), (), Kind.DAY, width=28),
    ),
)  # fmt: skip

ALL = (FORMS, UNADMITTED)
