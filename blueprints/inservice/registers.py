"""Registers of in-service members: contacts in both directions, teams for emergencies."""

from blueprints.inservice.models import Contact, Direction, EmergencyTeam
from core import clock
from core.access import Can
from core.registers.declaration import Line, Register
from core.spreadsheets.cells import Kind
from core.text import _l

CONTACTS = Register(
    key="employer-contacts", model=Contact, title=_l("双向联系登记"), entry=_l("联系"), nav="inservice", name="matter",
    read=Can.PEOPLE_READ, edit=Can.PEOPLE_EDIT, filters=("direction",), order=(Contact.on.desc(), Contact.id.desc()),
    identify=(("matter", "employer", "on"),), note=_l("社区和单位党组织互相告诉的事。只记事实，不记评价。"),
    lines=(
        Line("matter", _l("事项"), ("内容",), required=True, longest=300, width=80),
        Line("employer", _l("单位"), ("工作单位",), Kind.NAME, required=True, longest=120, width=50),
        Line("direction", _l("方向"), (), Kind.CHOICE, required=True, choices=Direction, width=26),
        Line("on", _l("日期"), (), Kind.DAY, required=True, width=28, preset=clock.today),
        Line("result", _l("结果"), (), rows=2, longest=400, width=60),
    ),
)  # fmt: skip

TEAMS = Register(
    key="emergency-teams", model=EmergencyTeam, title=_l("应急先遣队"), entry=_l("队伍"), nav="inservice",
    read=Can.PEOPLE_READ, edit=Can.PEOPLE_EDIT, span=("since", "until"), order=(EmergencyTeam.since.desc(),),
    note=_l("遇有突发情况站出来的党员队伍；只记人数和人次。"),
    lines=(
        Line("name", _l("队名"), ("名称",), Kind.NAME, required=True, longest=120, width=50),
        Line("purpose", _l("做什么"), ("任务",), longest=200, width=60),
        Line("leader", _l("负责人"), ("队长",), Kind.NAME, longest=80, width=24),
        Line("phone", _l("联系电话"), ("电话",), Kind.PHONE, longest=40, width=30),
        Line("people", _l("人数"), (), Kind.INTEGER, required=True, total=True, width=18),
        Line("person_times", _l("人次"), (), Kind.INTEGER, total=True, width=18),
        Line("since", _l("起始日期"), (), Kind.DAY, required=True, width=28, preset=clock.today),
        Line("until", _l("结束日期"), (), Kind.DAY, width=28),
        Line("result", _l("做了什么"), ("结果",), rows=3, longest=600, listed=False),
    ),
)  # fmt: skip

ALL = (CONTACTS, TEAMS)
