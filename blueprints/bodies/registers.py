"""Bodies, who sits on them, their rules, the year's focus, what they held, the documents they work by."""

from blueprints.bodies import queries
from blueprints.bodies.models import (
    Body,
    BodyActivity,
    BodyKind,
    BodyMember,
    Charter,
    ContactKind,
    ContactPoint,
    ContactVisit,
    Focus,
    PolicyDocument,
    Post,
)
from blueprints.bodies.queries import body_names
from blueprints.cobuilding.queries import unit_names
from core import clock
from core.access import Can
from core.records.places import Place
from core.refusal import Refused
from core.registers.declaration import Line, Register, Values
from core.spreadsheets.cells import Kind
from core.text import _l


class EditionTaken(Refused):
    sentence = _l("“%(title)s”第 %(edition)s 版已经登记过了。修订后请登记为下一版，旧版仍可查。")
    status = 409


def edition_is_new(place: Place, row: Charter | None, values: Values) -> None:
    """An edition is entered once; what was adopted is not rewritten under its number."""
    same = (Charter.place == place) & (Charter.body == values["body"]) & (Charter.title == values["title"])
    same &= (Charter.edition == values["edition"]) & (Charter.void == "") & (Charter.id != (row.id if row else 0))
    if Charter.select().where(same).exists():
        raise EditionTaken(title=values["title"], edition=values["edition"])


def _related(_place: Place) -> Values:
    return {"related": [(register.key, register.title) for register in ALL]}


LISTED = {"read": Can.MEETINGS_READ, "edit": Can.MEETINGS_WRITE, "nav": "bodies", "list_template": "cobuilding/registers.html",
          "beside": _related}  # fmt: skip
BODY = Line("body", _l("机构"), (), Kind.CHOICE, required=True, choices=body_names, width=44)

BODIES = Register(
    key="bodies", model=Body, title=_l("议事协调机构"), entry=_l("机构"), **LISTED, filters=("kind",), span=("since", "until"),
    template="bodies/body.html", more=queries.of_body,
    note=_l("领导小组、指导委员会、协调小组、联席会议分会、代表大会、议事委员会：成员、章程、重点都记在一处。"),
    lines=(
        Line("name", _l("名称"), ("机构名称",), Kind.NAME, required=True, longest=120, width=60),
        Line("kind", _l("种类"), ("类别",), Kind.CHOICE, required=True, choices=BodyKind, width=40),
        Line("level", _l("层级"), ("级别",), longest=40, width=20, hint=_l("市、区、镇（街道、管理区）、社区")),
        Line("parent", _l("上级机构"), (), Kind.CHOICE, choices=body_names, width=40),
        Line("office", _l("办公室设在"), (), longest=120, width=36),
        Line("phone", _l("电话"), ("联系电话",), Kind.PHONE, longest=40, width=28),
        Line("duties", _l("职责"), (), rows=4, longest=1000, listed=False),
        Line("document", _l("成立文件"), ("文号",), longest=120, width=36),
        Line("since", _l("成立日期"), (), Kind.DAY, width=26),
        Line("until", _l("撤销日期"), (), Kind.DAY, listed=False),
    ),
)  # fmt: skip

SEATS = Register(
    key="body-members", model=BodyMember, title=_l("机构成员"), entry=_l("成员"), **LISTED, filters=("body",),
    span=("since", "until"), identify=(("name", "body"),), order=(BodyMember.body, BodyMember.id),
    note=_l("谁在哪个机构任什么职，从哪天到哪天；换人时填结束日期，再登记新人。"),
    lines=(
        Line("name", _l("姓名"), (), Kind.NAME, required=True, longest=80, width=26),
        BODY,
        Line("post", _l("机构职务"), ("职务",), Kind.CHOICE, required=True, choices=Post, width=30, preset=lambda: Post.MEMBER),
        Line("unit", _l("所在单位"), ("单位",), Kind.CHOICE, choices=unit_names, width=44),
        Line("duty", _l("单位职务"), (), longest=120, width=36),
        Line("since", _l("起始日期"), (), Kind.DAY, required=True, width=26, preset=clock.today),
        Line("until", _l("结束日期"), (), Kind.DAY, width=26),
    ),
)  # fmt: skip

CHARTERS = Register(
    key="charters", model=Charter, title=_l("章程和制度"), entry=_l("章程"), **LISTED, name="title", filters=("body",),
    identify=(("title", "body", "edition"),), order=(Charter.title, Charter.edition.desc()), check=edition_is_new,
    template="bodies/charter.html", more=queries.of_charter,
    note=_l("修订过的章程登记为下一版，旧版留着可查。"),
    lines=(
        Line("title", _l("标题"), ("名称",), Kind.NAME, required=True, longest=120, width=60),
        BODY,
        Line("edition", _l("第几版"), ("版次",), Kind.INTEGER, required=True, width=16, preset=lambda: 1),
        Line("adopted_on", _l("通过日期"), (), Kind.DAY, required=True, width=28, preset=clock.today),
        Line("adopted_by", _l("通过的会议"), (), longest=120, width=44),
        Line("text", _l("正文"), (), rows=16, required=True, longest=20000, listed=False,
             hint=_l("一行一段；“一、”“（一）”“第一条”开头的自动排成标题")),
    ),
)  # fmt: skip

FOCUSES = Register(
    key="focuses", model=Focus, title=_l("年度主题和重点"), entry=_l("主题或重点"), **LISTED, name="text", filters=("body",),
    identify=(("text", "body", "year"),), order=(Focus.year.desc(), Focus.id),
    note=_l("社区党建主题和各机构的年度工作重点；六个一里的“主题”从这里来。"),
    lines=(
        Line("text", _l("主题或重点"), ("内容",), required=True, longest=300, width=90),
        BODY,
        Line("year", _l("年度"), (), Kind.INTEGER, required=True, width=18, preset=lambda: clock.today().year),
        Line("result", _l("做得怎样"), ("完成情况",), rows=3, longest=400, width=70),
    ),
)  # fmt: skip

HELD = Register(
    key="body-activities", model=BodyActivity, title=_l("机构活动"), entry=_l("活动"), **LISTED, filters=("body",),
    identify=(("name", "on"),), order=(BodyActivity.on.desc(),),
    note=_l("机构开展的活动、研讨和交流；只记人次，不记名单。"),
    lines=(
        Line("name", _l("活动"), ("名称",), Kind.NAME, required=True, longest=200, width=70),
        BODY,
        Line("on", _l("日期"), (), Kind.DAY, required=True, width=28, preset=clock.today),
        Line("kind", _l("形式"), ("类别",), longest=40, width=24, hint=_l("研讨、交流、检查、走访……")),
        Line("people", _l("人次"), (), Kind.INTEGER, total=True, width=18),
        Line("summary", _l("简况"), (), rows=3, longest=600),
    ),
)  # fmt: skip

DOCUMENTS = Register(
    key="policy-documents", model=PolicyDocument, title=_l("文件依据"), entry=_l("文件"), **LISTED, name="title",
    order=(PolicyDocument.issued_on.desc(), PolicyDocument.id), identify=(("title", "number"),),
    note=_l("共建、准入、联席会议所依据的文件；扫描件放在佐证材料里。不得登记涉密文件。"),
    lines=(
        Line("title", _l("标题"), ("文件名称",), Kind.NAME, required=True, longest=200, width=80),
        Line("number", _l("文号"), (), longest=60, width=36),
        Line("issuer", _l("发文机关"), (), longest=120, width=44),
        Line("issued_on", _l("发文日期"), (), Kind.DAY, width=28),
        Line("governs", _l("管什么"), ("适用",), longest=300, width=50),
        Line("until", _l("废止日期"), (), Kind.DAY, width=28),
    ),
)  # fmt: skip

POINTS = Register(
    key="contact-points", model=ContactPoint, title=_l("领导联系点"), entry=_l("联系点"), **LISTED, name="leader",
    filters=("kind",), span=("since", "until"), identify=(("leader", "kind", "unit"),), check=queries.point_has_its_unit,
    template="bodies/contact_point.html", more=queries.of_point,
    note=_l("上级领导联系本社区或社区里的企业，一般每人一个社区、一家企业；来过、谈了什么、发现的问题都记在这里。"),
    lines=(
        Line("leader", _l("联系领导"), ("姓名", "领导"), Kind.NAME, required=True, longest=80, width=30),
        Line("post", _l("职务"), (), longest=120, width=44),
        Line("kind", _l("联系什么"), ("种类",), Kind.CHOICE, required=True, choices=ContactKind, width=24,
             preset=lambda: ContactKind.COMMUNITY),
        Line("unit", _l("企业"), ("单位",), Kind.CHOICE, choices=unit_names, width=44, hint=_l("联系企业的选；联系社区的不用选")),
        Line("aim", _l("示范点目标"), ("目标",), longest=120, width=44, hint=_l("例如“市级社区党建示范点”；只记目标和日期，不评分")),
        Line("aim_on", _l("目标日期"), (), Kind.DAY, listed=False),
        Line("since", _l("起始日期"), (), Kind.DAY, width=26, preset=clock.today),
        Line("until", _l("结束日期"), (), Kind.DAY, listed=False),
    ),
)  # fmt: skip

POINT_VISITS = Register(
    key="contact-visits", model=ContactVisit, title=_l("联系点走访"), entry=_l("走访"), **LISTED, name="matter",
    filters=("point",), order=(ContactVisit.on.desc(), ContactVisit.id.desc()), identify=(("point", "on"),),
    template="bodies/contact_visit.html", more=queries.of_contact_visit,
    note=_l("领导到联系点来了哪一天、看了什么；发现的问题可以转为意见，由办公室按期办。"),
    lines=(
        Line("matter", _l("看了什么、谈了什么"), ("内容", "情况"), required=True, longest=400, width=80),
        Line("point", _l("联系点"), ("领导",), Kind.CHOICE, required=True, choices=queries.point_names, width=36),
        Line("on", _l("日期"), (), Kind.DAY, required=True, width=28, preset=clock.today),
        Line("problem", _l("发现的问题"), ("问题",), rows=3, longest=400, width=70),
    ),
)  # fmt: skip

ALL = (BODIES, SEATS, CHARTERS, FOCUSES, HELD, DOCUMENTS, POINTS, POINT_VISITS)
