"""Columns of the members' roster and of the roster of residents' representatives."""

from core.spreadsheets.reading import Column, Declaration, Kind

NUMBER = Column("id", "编号", ("系统编号", "记录编号"), Kind.IDENTITY)
NAME = Column("name", "姓名", ("党员姓名", "代表姓名", "名字", "人员姓名"), Kind.NAME, required=True, longest=80)
SEX = Column("sex", "性别", ("男/女",), Kind.SEX)
PHONE = Column(
    "phone",
    "联系电话",
    ("电话", "手机", "手机号", "手机号码", "电话号码", "联系方式", "联系手机", "移动电话", "本人电话", "联系号码", "常用电话"),
    Kind.PHONE,
    longest=40,
)

# The first word of each is the one an export writes.
CATEGORIES = {
    "在职党员": "in_service",
    "在职": "in_service",
    "退休党员": "retired",
    "退休": "retired",
    "离退休党员": "retired",
    "离退休": "retired",
    "离休党员": "retired",
    "下岗失业党员": "laid_off",
    "下岗党员": "laid_off",
    "失业党员": "laid_off",
    "下岗失业": "laid_off",
    "下岗": "laid_off",
    "流动党员": "mobile",
    "流动": "mobile",
    "其他党员": "other",
    "其他": "other",
    "其它": "other",
    "其它党员": "other",
}

MEMBERS = Declaration(
    "members",
    "党员花名册",
    (
        NUMBER,
        NAME,
        SEX,
        Column("birth", "出生年月", ("出生日期", "出生年月日", "生日", "出生", "出生时间", "出生年", "生年月"), Kind.PARTIAL_DATE),
        Column(
            "joined",
            "入党时间",
            ("入党年月", "入党日期", "入党年月日", "加入党组织时间", "加入党组织日期"),
            Kind.PARTIAL_DATE,
        ),
        Column(
            "branch",
            "所在支部",
            ("党支部", "支部", "所属支部", "所在党支部", "所属党支部", "所在党组织", "所属党组织", "支部名称", "党支部名称"),
            fills=True,
        ),
        Column(
            "stairwell",
            "责任区(楼道)",
            (
                "责任区",
                "楼道",
                "责任楼道",
                "所在楼道",
                "楼幢单元",
                "幢单元",
                "楼栋单元",
                "楼道单元",
                "住址(楼道)",
                "居住楼道",
                "住址单元",
                "居住单元",
                "单元",
                "责任区域",
                "责任单元",
                "包联楼道",
                "公示楼道",
            ),
            Kind.STAIRWELL,
            fills=True,
        ),
        PHONE,
        Column(
            "category",
            "党员类别",
            ("类别", "党员类型", "人员类别", "党员分类"),
            Kind.CHOICE,
            choices=CATEGORIES,
            fills=True,
        ),
        Column("employer", "工作单位", ("单位", "现工作单位", "所在单位", "工作单位名称"), longest=120),
        Column("post", "职务", ("党内职务", "担任职务", "现任职务", "职务名称"), longest=80),
        Column(
            "commitment", "承诺事项", ("承诺", "承诺内容", "公开承诺", "公开承诺事项", "承诺事项内容", "承诺项目", "公开承诺内容"), longest=2000
        ),
    ),
)

REPRESENTATIVES = Declaration(
    "representatives",
    "居民代表名册",
    (
        NUMBER,
        NAME,
        SEX,
        Column("birth", "出生年月", ("出生日期", "生日"), Kind.PARTIAL_DATE),
        Column(
            "stairwell",
            "住址(楼道)",
            ("住址", "楼道", "家庭住址", "居住地址", "所在楼道", "楼幢单元", "地址"),
            Kind.STAIRWELL,
            fills=True,
        ),
        PHONE,
        Column("office", "身份", ("代表身份", "类别", "职务", "代表类别"), fills=True, longest=40),
    ),
)
