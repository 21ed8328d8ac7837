"""Shape of what is typed about polls; the rules judge it."""

from collections.abc import Iterable
from datetime import datetime

from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
    widgets,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from blueprints.ballots import words
from blueprints.ballots.ballot import Kind, Unmarked
from blueprints.ballots.feedback import Opinion
from blueprints.ballots.kinds import BoxKind, Grades, Proxies, RecountSource, ScrutineerRole, Source, SpoilReason
from blueprints.ballots.models import Poll
from blueprints.ballots.outcome import Basis
from core import clock
from core.forms import REQUIRED, OfficeForm, PublicForm, choices
from core.records.people import Sex
from core.text import _l

MOST = 99_999  # of ballots, slips, people: more is a slip of the finger
UNMARKED = {Unmarked.ABSTAINS.value: _l("按弃权计"), Unmarked.REFUSED.value: _l("不能投出，每项都要画")}
SEXES = {"": _l("不填"), Sex.FEMALE.value: _l("女"), Sex.MALE.value: _l("男")}
RETURNS = {"surrender": _l("换领纸质选票"), "replace": _l("污损，换一张备用票码条"), "spoil": _l("作废，不换")}
SHARES = {"1/2": _l("超过半数"), "2/3": _l("超过三分之二"), "3/4": _l("超过四分之三"), "0/1": _l("得票多的当选")}
QUORUMS = {
    "": _l("不作要求"), "1/2": _l("不少于半数"), "2/3": _l("不少于三分之二"), "4/5": _l("不少于五分之四"),
    ">1/2": _l("超过半数"),
}  # fmt: skip


MARGINS = {"1": _l("差额：候选人比应选多五分之一以上"), "": _l("等额：书记、副书记等")}
CAPS = {"": _l("不限"), "1/3": _l("不超过三分之一，超过的提醒"), "1/4": _l("不超过四分之一，超过的提醒"), "1/5": _l("不超过五分之一，超过的提醒")}
MERGES = {
    "union": _l("各取前几名合并，不足的按两类票之和递补"), "sum": _l("两类票相加，按得票排序"), "none": _l("不合并，分别公布"),
}  # fmt: skip


def options(pairs: Iterable[tuple[str, object]]) -> list[SelectChoice]:
    """Values and their words, as a select wants them."""
    return [SelectChoice(value, title) for value, title in pairs]


class Ticks(SelectMultipleField):
    """Several choices as checkboxes."""

    widget = widgets.ListWidget(prefix_label=False)
    option_widget = widgets.CheckboxInput()


class NewPollForm(OfficeForm):
    title = StringField(_l("投票名称"), [InputRequired(REQUIRED), Length(max=120)])
    kind = SelectField(_l("票种"))
    voters = Ticks(_l("投票人"), choices=choices(Source), default=[Source.REPRESENTATIVES.value])
    held_on = DateField(_l("投票日期"), [Optional()])

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.kind.choices = options((kind.value, words.kind_title(kind)) for kind in KINDS)


KINDS = (Kind.TRUST, Kind.RECOMMENDATION, Kind.PRESELECTION, Kind.ELECTION, Kind.APPRAISAL, Kind.REVIEW, Kind.RESOLUTION)


class PollForm(OfficeForm):
    """Everything a draft may still change."""

    title = StringField(_l("投票名称"), [InputRequired(REQUIRED), Length(max=120)])
    purpose = TextAreaField(_l("投什么票、为什么投"), [Length(max=1000)])
    held_on = DateField(_l("投票日期"), [Optional()])
    venue = StringField(_l("投票地点"), [Length(max=120)])
    opens_at = DateTimeLocalField(_l("开始时间"), [Optional()])
    closes_at = DateTimeLocalField(_l("截止时间"), [Optional()])
    seats = IntegerField(_l("应选名额"), [Optional(), NumberRange(0, 99)])
    lines = IntegerField(_l("空白行数（另选他人或推荐）"), [Optional(), NumberRange(0, 30)])
    with_margin = SelectField(_l("候选人数"), choices=options(MARGINS.items()))
    grades = SelectField(_l("测评谁"), choices=choices(Grades))
    items = TextAreaField(_l("测评项目（每行一项，可不填）"), [Length(max=600)])
    with_words = BooleanField(_l("另设一行写意见和建议"))
    best_grade_cap = SelectField(_l("优秀比例"), choices=options(CAPS.items()))
    merge = SelectField(_l("两类推荐票怎么合并"), choices=options(MERGES.items()))
    top = IntegerField(_l("各取前几名"), [Optional(), NumberRange(1, 30)])
    target = IntegerField(_l("最后要几名"), [Optional(), NumberRange(1, 30)])
    weight_D = IntegerField(_l("党员票权重"), [Optional(), NumberRange(1, 1000)])
    weight_R = IntegerField(_l("居民代表票权重"), [Optional(), NumberRange(1, 1000)])
    proxies = SelectField(_l("委托投票"), choices=choices(Proxies))
    proxies_most = IntegerField(_l("每人最多接受几人委托"), [Optional(), NumberRange(1, 9)])
    basis = SelectField(_l("过半按什么算"))
    threshold = SelectField(_l("多少算通过"), choices=options(SHARES.items()))
    quorum = SelectField(_l("到会人数"), choices=options(QUORUMS.items()))
    unmarked = SelectField(_l("没有画的"))
    show_counts = SelectField(_l("结果公告"))
    sheets = SelectField(_l("密钥单"))
    afterwards = StringField(_l("下一步安排（印在公告上）"), [Length(max=300)])
    version = HiddenField()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.basis.choices = options((basis.value, words.basis_title(basis)) for basis in Basis)
        self.unmarked.choices = options(UNMARKED.items())
        self.show_counts.choices = options({"": _l("只公布过半情况"), "1": _l("公布票数")}.items())
        self.sheets.choices = options({"3": _l("三张，任两张开箱"), "1": _l("一张（只用于一般事项）")}.items())

    def fill(self, poll: Poll) -> None:
        """Show the draft as it stands."""
        rules, self.version.data = poll.rules, str(poll.version)
        self.title.data, self.purpose.data, self.held_on.data = poll.title, poll.purpose, poll.held_on
        self.venue.data, self.opens_at.data, self.closes_at.data = poll.venue, wall(poll.opens_at), wall(poll.closes_at)
        self.seats.data, self.lines.data, self.items.data = poll.seats, poll.lines, "\n".join(poll.items)
        self.basis.data, self.threshold.data = rules["basis"], "/".join(map(str, rules["threshold"]))
        quorum = "/".join(map(str, rules["quorum"])) if rules["quorum"] else ""
        self.quorum.data = (">" if rules["quorum_strictly"] else "") + quorum
        self.unmarked.data, self.show_counts.data = poll.unmarked.value, "1" if poll.show_counts else ""
        self.sheets.data, self.afterwards.data = str(poll.sheets), poll.afterwards
        self.grades.data, self.with_words.data = poll.grades.value, poll.with_words
        self.proxies.data, self.proxies_most.data = poll.proxies.value, poll.proxies_most
        self.with_margin.data, self.merge.data = "1" if rules["with_margin"] else "", rules["merge"]
        self.top.data, self.target.data = rules["top"], rules["target"]
        self.best_grade_cap.data = "/".join(map(str, rules["best_grade_cap"])) if rules["best_grade_cap"] else ""
        for row in poll.classes:
            self[f"weight_{row.code}"].data = row.weight_part

    def suit(self, poll: Poll) -> None:
        """Only what this kind of ballot and these voters ask; what is not shown stays as it is."""
        sources = [row.source for row in poll.classes]
        hidden = [name for names, kinds in SUITING.items() if poll.kind not in kinds for name in names]
        if len(sources) < 2:
            hidden += ["merge", "top", "weight_D", "weight_R"]
        if Source.REPRESENTATIVES not in sources or poll.kind is Kind.ELECTION:
            hidden += ["proxies", "proxies_most"]
        for name in dict.fromkeys(hidden):
            del self[name]

    def fields(self, poll: Poll) -> dict[str, object]:
        """What was typed, as the poll keeps it."""
        quorum = self.quorum.data.removeprefix(">")
        rules = {"quorum": share(quorum) if quorum else None, "quorum_strictly": self.quorum.data.startswith(">")}
        if "basis" in self:
            rules |= {"basis": self.basis.data, "threshold": share(self.threshold.data)}
        if "with_margin" in self:
            rules["with_margin"] = bool(self.with_margin.data)
        if "best_grade_cap" in self:
            rules["best_grade_cap"] = share(self.best_grade_cap.data) if self.best_grade_cap.data else None
        rules |= {name: self[name].data or poll.rules[name] for name in ("merge", "top", "target") if name in self}
        given = {
            "title": self.title.data.strip(), "purpose": self.purpose.data.strip(), "held_on": self.held_on.data,
            "venue": self.venue.data.strip(), "opens_at": instant(self.opens_at.data),
            "closes_at": instant(self.closes_at.data), "rules": {**poll.rules, **rules},
            "unmarked": Unmarked(self.unmarked.data), "show_counts": bool(self.show_counts.data),
            "sheets": int(self.sheets.data), "afterwards": self.afterwards.data.strip(),
        }  # fmt: skip
        given |= {name: self[name].data or 0 for name in ("seats", "lines") if name in self}
        if "proxies" in self:
            given |= {"proxies": Proxies(self.proxies.data), "proxies_most": self.proxies_most.data or 1}
        if "grades" in self:
            given["grades"] = Grades(self.grades.data)
        if "with_words" in self:
            given["with_words"] = self.with_words.data
        weights = {code: self[f"weight_{code}"].data or 1 for code in "DR" if f"weight_{code}" in self}
        given |= {"weights": weights} if weights else {}
        if "items" in self:
            given["items"] = [line.strip() for line in self.items.data.splitlines() if line.strip()]
        return given


CHOOSING = (Kind.ELECTION, Kind.PRESELECTION)
SUITING = {
    ("seats",): CHOOSING,
    ("lines",): (*CHOOSING, Kind.RECOMMENDATION),
    ("with_margin",): CHOOSING,
    ("items", "with_words", "weight_D", "weight_R"): (Kind.APPRAISAL, Kind.REVIEW),
    ("grades",): (Kind.APPRAISAL,),
    ("best_grade_cap",): (Kind.REVIEW,),
    ("merge", "top", "target"): (Kind.RECOMMENDATION,),
    ("threshold", "basis"): (*CHOOSING, Kind.TRUST, Kind.RESOLUTION),
}


def share(text: str) -> list[int]:
    return [int(part) for part in text.split("/")]


def instant(typed: datetime | None) -> datetime | None:
    return clock.utc(typed) if typed else None


def wall(kept: datetime | None) -> datetime | None:
    return clock.local(kept).replace(tzinfo=None) if kept else None


class NomineeForm(OfficeForm):
    name = StringField(_l("姓名"), [InputRequired(REQUIRED), Length(max=80)])
    post = StringField(_l("提名职务"), [Length(max=80)])
    sex = SelectField(_l("性别"), choices=options(SEXES.items()))
    birth = StringField(_l("出生年月"), [Length(max=10)], description=_l("例如 1978-02"))
    joined = StringField(_l("入党时间"), [Length(max=10)], description=_l("例如 2005-06"))
    education = StringField(_l("学历"), [Length(max=40)])
    duty = StringField(_l("现任职务"), [Length(max=200)])
    position = IntegerField(_l("次序"), [Optional(), NumberRange(-99, 99)], description=_l("0 为按姓氏笔画排；上级规定次序的填 1、2、3，小的在前"))


class ProfileForm(OfficeForm):
    profile = TextAreaField(_l("主要经历（3 至 5 行）"), [Length(max=800)])
    photo = FileField(_l("照片（本人同意后上传，可不传）"))


class ScrutineerForm(OfficeForm):
    name = StringField(_l("姓名"), [InputRequired(REQUIRED), Length(max=80)])
    role = SelectField(_l("分工"), choices=choices(ScrutineerRole))
    account = SelectField(_l("账号"), description=_l("录入票数要用自己的账号；只监督、不录入的可不选"))
    no_kin = BooleanField(_l("本人声明：不是候选人，与候选人没有近亲属关系"))


class SlipReturnForm(OfficeForm):
    code = StringField(_l("票码"), [InputRequired(REQUIRED), Length(max=40)])
    act = SelectField(_l("怎么处理"), choices=options(RETURNS.items()))
    reason = SelectField(_l("作废的原因"), choices=choices(SpoilReason), description=_l("换领纸质选票的不用选"))
    note = StringField(_l("说明"), [Length(max=80)])


class AuditForm(OfficeForm):
    """What was written down stands below in the fields of the ballot itself."""

    code = StringField(_l("票码"), [InputRequired(REQUIRED), Length(max=40)])
    receipt = StringField(_l("投票凭据"), [InputRequired(REQUIRED), Length(max=40)])


class BoxForm(OfficeForm):
    kind = SelectField(_l("票箱"), choices=choices(BoxKind))
    name = StringField(_l("名称"), [Length(max=40)], description=_l("可不填；有两个流动票箱时请写明"))
    issued = IntegerField(_l("带出选票张数（流动票箱）"), [Optional(), NumberRange(0, MOST)])


class HandForm(OfficeForm):
    """What people counted; empty = not counted yet."""

    slips_left = IntegerField(_l("剩余票码条（含备用，已剪角）"), [Optional(), NumberRange(0, MOST)])
    audit_drawn = IntegerField(_l("抽查抽取的票码条"), [Optional(), NumberRange(0, MOST)])
    used_slips = IntegerField(_l("回收箱里用过的票码条"), [Optional(), NumberRange(0, MOST)])
    paper_printed = IntegerField(_l("印制纸质选票"), [Optional(), NumberRange(0, MOST)])
    paper_left = IntegerField(_l("剩余纸质选票（已剪角）"), [Optional(), NumberRange(0, MOST)])
    paper_spoiled = IntegerField(_l("作废纸质选票"), [Optional(), NumberRange(0, MOST)])
    paper_replaced = IntegerField(_l("换发纸质选票"), [Optional(), NumberRange(0, MOST)])


class SheetsForm(OfficeForm):
    """Two key sheets at once, so that none has to be kept while the other is looked for."""

    first = TextAreaField(_l("第一张密钥单的 33 个词"), [InputRequired(REQUIRED), Length(max=600)])
    second = TextAreaField(_l("第二张密钥单的 33 个词"), [Length(max=600)])


class RecountForm(OfficeForm):
    """The sheets are asked for only where the count starts from the box."""

    source = SelectField(_l("从哪里复核"), choices=choices(RecountSource))
    reason = StringField(_l("为什么复核"), [InputRequired(REQUIRED), Length(max=300)])
    first = TextAreaField(_l("第一张密钥单的 33 个词"), [Length(max=600)])
    second = TextAreaField(_l("第二张密钥单的 33 个词"), [Length(max=600)])


class ReceiptForm(PublicForm):
    receipt = StringField(_l("投票凭据"), [InputRequired(REQUIRED), Length(max=40)])


class ProxyForm(OfficeForm):
    """Both people come from the roll itself."""

    principal = SelectField(_l("委托人（不能到场的）"), coerce=int)
    holder = SelectField(_l("受托人（代他投票的）"), coerce=int)
    relation = StringField(_l("两人的关系"), [Length(max=40)], description=_l("例如：夫妻、父女"))
    on_paper = BooleanField(_l("已收到委托人签名的书面委托"), [InputRequired(REQUIRED)])


class TripForm(OfficeForm):
    route = TextAreaField(_l("路线"), [InputRequired(REQUIRED), Length(max=400)], description=_l("按先后写楼道，例如：3幢2单元、5幢1单元"))
    leaves_at = DateTimeLocalField(_l("出发"), [InputRequired(REQUIRED)])
    back_at = DateTimeLocalField(_l("回来"), [InputRequired(REQUIRED)])
    carriers = Ticks(_l("护送的工作人员（至少三名）"))


class FeedbackForm(PublicForm):
    poll = HiddenField()
    opinion = RadioField(_l("这次投票组织得怎么样"), [InputRequired(REQUIRED)], choices=choices(Opinion))
