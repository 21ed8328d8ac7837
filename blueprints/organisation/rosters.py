"""Columns of the list of Party organisations."""

from core.records.places import OrgKind
from core.spreadsheets.reading import Column, Declaration, Kind

ORGS = Declaration(
    "orgs",
    "党组织一览表",
    (
        Column("id", "编号", ("系统编号",), Kind.IDENTITY),
        Column("name", "名称", ("党组织", "党组织名称", "组织名称", "支部名称", "简称"), Kind.NAME, required=True, longest=80),
        Column("full_name", "全称", ("党组织全称", "规范名称"), longest=120),
        Column("kind", "种类", ("类别", "组织类别", "设置", "类型"), Kind.CHOICE, choices=OrgKind),
        Column("parent", "上级党组织", ("上级", "隶属", "上级组织"), longest=80),
        Column("since", "成立日期", ("成立时间", "批准日期"), Kind.DAY),
        Column("until", "撤销日期", ("撤销时间",), Kind.DAY),
    ),
)
