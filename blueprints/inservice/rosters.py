"""Columns of the list of check-ins (在职党员报到登记册)."""

from core.spreadsheets.cells import Kind
from core.spreadsheets.roster import Column, Declaration

CHECK_INS = Declaration(
    "check-ins",
    "在职党员报到登记册",
    (
        Column("id", "编号", ("系统编号",), Kind.IDENTITY),
        Column("name", "姓名", ("党员姓名",), Kind.NAME, required=True, longest=80),
        Column("stairwell", "居住楼道", ("楼道", "住址", "居住地址", "住址单元"), Kind.STAIRWELL),
        Column("phone", "联系电话", ("电话", "手机", "手机号", "联系方式"), Kind.PHONE, longest=40),
        Column("employer", "工作单位", ("单位", "单位党组织", "所在单位"), Kind.NAME, required=True, longest=120),
        Column("duty", "职务", ("单位职务",), longest=80),
        Column("employer_contact", "单位联系人", ("单位党组织联系人",), Kind.NAME, longest=80),
        Column("employer_phone", "单位电话", ("单位联系电话",), Kind.PHONE, longest=40),
        Column("skills", "专业特长", ("特长",), longest=200),
        Column("free_time", "可服务时间", ("服务时间",), longest=120),
        Column("posts", "愿意的岗位", ("意愿岗位", "认领岗位", "岗位"), longest=200),
        Column("tasks", "认领任务", ("六项任务", "任务"), longest=200),
        Column("states", "任务状态"),
        Column("since", "报到日期", ("报到时间", "报到日"), Kind.DAY),
        Column("until", "转出日期", ("转出时间",), Kind.DAY),
        Column("left_to", "转往", ("转到", "转往何处"), longest=120),
    ),
)
