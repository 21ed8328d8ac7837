"""What units share: the resource list (资源清单), with its pages from one declaration."""

from blueprints.cobuilding import queries
from blueprints.cobuilding.models import ResourceKind, SharedResource
from core.access import Can
from core.records.places import Place
from core.registers.declaration import Line, Register
from core.spreadsheets.cells import Kind
from core.text import _l


def unit_names(place: Place) -> dict[str, int]:
    """Member units by name, those that left last."""
    return {unit.name: unit.id for unit in queries.units(place)}


RESOURCES = Register(
    key="resources", model=SharedResource, title=_l("资源清单"), entry=_l("资源"), nav="units",
    read=Can.UNITS_READ, edit=Can.UNITS_EDIT, filters=("kind", "unit"), span=("since", "until"),
    note=_l("成员单位愿意拿出来共用的场地、人才和物品；不收费，不攀比。"),
    lines=(
        Line("name", _l("资源名称"), ("资源", "内容", "名称"), Kind.NAME, required=True, longest=120, width=48),
        Line("kind", _l("类别"), ("资源类别", "种类"), Kind.CHOICE, required=True, choices=ResourceKind, width=18),
        Line("unit", _l("提供单位"), ("单位", "成员单位"), Kind.CHOICE, choices=unit_names, width=48),
        Line("hours", _l("开放时间"), ("可用时间",), longest=120, width=36),
        Line("terms", _l("使用条件"), ("条件", "备注"), rows=3, longest=400),
        Line("contact", _l("联系人"), (), Kind.NAME, longest=80, width=20),
        Line("phone", _l("联系电话"), ("电话",), Kind.PHONE, longest=40, width=28),
        Line("since", _l("起始日期"), (), Kind.DAY, listed=False),
        Line("until", _l("停止日期"), (), Kind.DAY, listed=False, hint=_l("不再提供时填写，不删除记录")),
    ),
)  # fmt: skip
