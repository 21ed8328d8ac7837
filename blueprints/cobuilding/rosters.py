"""Columns of the joint meeting's roster of member units."""

from core.spreadsheets.reading import Column, Declaration, Kind

UNITS = Declaration(
    "units",
    "党建联席会成员单位名册",
    (
        Column("id", "编号", ("系统编号",), Kind.IDENTITY),
        Column(
            "name",
            "单位名称",
            ("单位", "成员单位", "名称", "单位全称", "成员单位名称"),
            Kind.NAME,
            required=True,
            longest=120,
        ),
        Column("nature", "单位性质", ("性质", "单位类别", "类别", "单位类型"), fills=True, longest=40),
        Column("party_org", "党组织", ("党组织形式", "党组织名称", "党组织类型", "党组织设置"), longest=120),
        Column("members", "党员数", ("党员人数", "党员", "党员总数"), Kind.INTEGER),
        Column("activists", "积极分子数", ("积极分子人数", "入党积极分子数", "积极分子"), Kind.INTEGER),
        Column("head", "负责人", ("单位负责人", "主要负责人", "负责人姓名", "书记"), Kind.NAME, longest=80),
        Column("liaison", "联络员", ("联系人", "联络人", "联络员姓名"), Kind.NAME, longest=80),
        Column(
            "phone",
            "联络员电话",
            ("联系电话", "联系人电话", "联络人电话", "电话", "手机", "联系方式"),
            Kind.PHONE,
            longest=40,
        ),
        Column("resource", "可共享资源", ("共享资源", "资源", "可提供资源", "资源清单")),
        Column("joined", "加入日期", ("加入时间", "入会日期", "加入年月"), Kind.PARTIAL_DATE),
        Column("left", "退出日期", ("退出时间", "退会日期", "退出年月"), Kind.PARTIAL_DATE),
    ),
)
