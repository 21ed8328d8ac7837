"""What units share, as registers: the resource list, the need list, the project list (三张清单)."""

from blueprints.cobuilding.queries import unit_names
from blueprints.sharing import queries
from blueprints.sharing.models import Need, NeedState, Project, ResourceKind, SharedResource
from core.access import Can
from core.registers.declaration import Line, Register
from core.spreadsheets.cells import Kind
from core.text import _l

RESOURCES = Register(
    key="resources", model=SharedResource, title=_l("资源清单"), entry=_l("资源"), nav="sharing",
    read=Can.UNITS_READ, edit=Can.UNITS_EDIT, filters=("kind", "unit"), span=("since", "until"),
    template="sharing/resource.html", more=queries.of_resource,
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

NEEDS = Register(
    key="needs", model=Need, title=_l("需求清单"), entry=_l("需求"), nav="sharing",
    read=Can.UNITS_READ, edit=Can.UNITS_EDIT, filters=("state", "kind"), order=(Need.state, Need.id),
    template="sharing/need.html", more=queries.of_need,
    note=_l("社区、单位和楼道想请别人帮的事；登记后与资源清单对接。"),
    lines=(
        Line("name", _l("需求"), ("需求名称", "内容"), Kind.NAME, required=True, longest=120, width=60),
        Line("kind", _l("想要哪类资源"), ("类别",), Kind.CHOICE, choices=ResourceKind, width=24),
        Line("unit", _l("提出单位"), ("单位", "提出方"), Kind.CHOICE, choices=unit_names, width=44,
             hint=_l("社区自己提出的不用选")),
        Line("asked_by", _l("由谁提出"), (), longest=120, width=30),
        Line("detail", _l("具体要求"), ("说明",), rows=3, longest=400),
        Line("wanted_on", _l("希望什么时候"), ("时间",), Kind.PARTIAL_DATE, width=26),
        Line("state", _l("状态"), (), Kind.CHOICE, required=True, choices=NeedState, width=20, preset=lambda: NeedState.OPEN),
    ),
)  # fmt: skip

PROJECTS = Register(
    key="projects", model=Project, title=_l("项目清单"), entry=_l("项目"), nav="sharing",
    read=Can.UNITS_READ, edit=Can.UNITS_EDIT, filters=("unit",), order=(Project.since.desc(), Project.id.desc()),
    template="sharing/project.html", check=queries.project_has_a_side,
    note=_l("一头是需求，一头是资源；做成了记下结果，并向提供方致谢。"),
    lines=(
        Line("name", _l("项目"), ("项目名称",), Kind.NAME, required=True, longest=120, width=48),
        Line("need", _l("对接的需求"), ("需求",), Kind.CHOICE, choices=queries.need_names, width=44),
        Line("resource", _l("用到的资源"), ("资源",), Kind.CHOICE, choices=queries.resource_names, width=40),
        Line("unit", _l("提供单位"), ("单位",), Kind.CHOICE, choices=unit_names, width=40,
             hint=_l("选了资源的不用再选，按资源的提供单位算")),
        Line("people", _l("受益人次"), ("人次",), Kind.INTEGER, total=True, width=18),
        Line("since", _l("开始日期"), (), Kind.DAY, width=26),
        Line("until", _l("完成日期"), (), Kind.DAY, width=26),
        Line("result", _l("结果"), ("成果",), rows=3, longest=400),
        Line("thanked_on", _l("致谢日期"), (), Kind.DAY, listed=False),
    ),
)  # fmt: skip

ALL = (RESOURCES, NEEDS, PROJECTS)
