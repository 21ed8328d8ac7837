"""Columns of the candidates' list."""

from core.spreadsheets.reading import Column, Declaration, Kind

CANDIDATES = Declaration(
    "candidates",
    "候选人名单",
    (
        Column("id", "编号", ("系统编号",), Kind.IDENTITY),
        Column(
            "name", "姓名", ("候选人姓名", "候选人", "初步人选姓名", "人选姓名"), Kind.NAME, required=True, longest=80
        ),
        Column("sex", "性别", (), Kind.SEX),
        Column("birth", "出生年月", ("出生日期", "出生年月日", "生日"), Kind.PARTIAL_DATE),
        Column("joined", "入党时间", ("入党年月", "入党日期"), Kind.PARTIAL_DATE),
        Column("education", "学历", ("文化程度", "文化", "全日制学历", "最高学历"), longest=40),
        Column(
            "post", "提名职务", ("拟任职务", "候选职务", "提名职位", "参选职务", "竞选职务"), fills=True, longest=80
        ),
        Column("recommended", "推荐方式", ("推荐形式", "提名方式", "产生方式", "推荐情况")),
        Column("duty", "现任职务", ("现任职", "职务", "现职务", "工作单位及职务", "单位及职务"), longest=200),
    ),
)
