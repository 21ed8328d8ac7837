"""Activities that units hold together, as a register."""

from blueprints.cobuilding.queries import unit_names
from blueprints.plans import queries
from blueprints.plans.models import JointActivity
from blueprints.sharing.queries import resource_names
from core import clock
from core.access import Can
from core.records.places import Place
from core.registers.declaration import Line, Register, Values
from core.spreadsheets.cells import Kind
from core.text import _l


def _campaigns(place: Place) -> Values:
    return {"campaigns": queries.campaigns(place, clock.today().year), "year": clock.today().year}


ACTIVITIES = Register(
    key="joint-activities", model=JointActivity, title=_l("共办活动"), entry=_l("活动"), nav="plans",
    read=Can.UNITS_READ, edit=Can.UNITS_EDIT, filters=("unit",), order=(JointActivity.on.desc(), JointActivity.id.desc()),
    identify=(("name", "on"),), list_template="plans/activities.html", beside=_campaigns, template="plans/activity.html", more=queries.of_activity,
    note=_l("几家一起办的活动：谁牵头、谁协办、来了多少人次；不登记参加者的名字。"),
    lines=(
        Line("name", _l("活动"), ("活动名称", "名称"), Kind.NAME, required=True, longest=200, width=60),
        Line("on", _l("日期"), ("时间", "活动日期"), Kind.DAY, required=True, width=28, preset=clock.today),
        Line("unit", _l("牵头单位"), ("主办单位",), Kind.CHOICE, choices=unit_names, width=44, hint=_l("不选就是社区牵头")),
        Line("sponsors", _l("协办单位"), ("参加单位",), longest=300, width=50,
             hint=_l("照名册上的写法，用顿号隔开；认得出的算作该单位参加活动一次")),
        Line("resource", _l("用到的场地"), (), Kind.CHOICE, choices=resource_names, listed=False),
        Line("venue", _l("地点"), (), longest=120, width=36),
        Line("item", _l("年度计划里的项目"), (), Kind.CHOICE, choices=queries.item_names, listed=False),
        Line("campaign", _l("进社区、进家庭"), ("主题",), longest=40, width=24,
             hint=_l("例如 卫生进社区、法律进家庭；写法照“设置”里的主题，列表下面按它计数")),
        Line("people", _l("人次"), ("参加人次",), Kind.INTEGER, total=True, width=18),
        Line("summary", _l("简况"), ("小结",), rows=3, longest=600, listed=False),
    ),
)  # fmt: skip

ALL = (ACTIVITIES,)
