"""Co-building with member units as registers: agreements and their tasks, pairings, requests, posts, reviews."""

from blueprints.cobuilding import agreements, queries
from blueprints.cobuilding.models import (
    Agreement,
    AgreementTask,
    Instructor,
    JobOffer,
    MutualReview,
    Pairing,
    PairingKind,
    RequestKind,
    TargetGroup,
    TaskState,
    UnitRequest,
)
from blueprints.cobuilding.queries import unit_names
from core import clock
from core.access import Can
from core.records.places import Place
from core.registers import choices
from core.registers.declaration import Deadline, Line, Register, Values
from core.spreadsheets.cells import Kind
from core.text import _, _l

OPEN_TASKS = (TaskState.NOT_STARTED, TaskState.UNDER_WAY)
UNIT = Line("unit", _l("单位"), ("成员单位", "单位名称"), Kind.CHOICE, required=True, choices=unit_names, width=52)
STATE = Line("state", _l("状态"), ("完成情况",), Kind.CHOICE, required=True, choices=TaskState, width=18,
             preset=lambda: TaskState.NOT_STARTED)  # fmt: skip



def _related(_place: Place) -> Values:
    return {"related": [(register.key, register.title) for register in ALL]}


def _pairings(place: Place) -> Values:
    return queries.pairing_counts(place) | _related(place)


def _agreements(place: Place) -> Values:
    without = queries.without_agreement(place)
    return {"without": list(without.limit(queries.NAMED)), "missing": without.count()} | _related(place)


LISTED = {"list_template": "cobuilding/registers.html", "beside": _related}

AGREEMENTS = Register(
    key="agreements", model=Agreement, title=_l("共建协议"), entry=_l("协议"), nav="agreements", name="unit",
    list_template="cobuilding/agreements.html", beside=_agreements,
    read=Can.UNITS_READ, edit=Can.UNITS_EDIT, filters=("unit",), span=("since", "until"),
    order=(Agreement.until, Agreement.id), identify=(("title", "unit"),),
    template="cobuilding/agreement.html", more=queries.of_agreement,
    due=Deadline("until", queries.awaits_renewal(), agreements.renewal, _l("商定续签"), "agreements.renew_days"),
    note=_l("与驻区单位党组织签订的共建协议；到期前会提醒商定续签。"),
    lines=(
        UNIT,
        Line("title", _l("协议名称"), ("名称", "协议"), Kind.NAME, required=True, longest=120, width=60,
             preset=lambda: _("联手共建协议书")),
        Line("number", _l("编号"), ("协议编号",), longest=60, width=28),
        Line("purpose", _l("目的和原则"), (), rows=3, longest=600, listed=False, preset=agreements.purpose),
        Line("ours", _l("社区党组织承诺"), ("甲方",), rows=7, longest=1500, listed=False, preset=agreements.ours),
        Line("theirs", _l("单位党组织承诺"), ("乙方",), rows=7, longest=1500, listed=False, preset=agreements.theirs),
        Line("our_liaison", _l("社区联络员"), (), Kind.NAME, longest=80, width=24),
        Line("their_liaison", _l("单位联络员"), (), Kind.NAME, longest=80, width=24),
        Line("signed_on", _l("签订日期"), (), Kind.DAY, width=28),
        Line("since", _l("生效日期"), ("起",), Kind.DAY, required=True, width=28, preset=clock.today),
        Line("until", _l("到期日期"), ("止",), Kind.DAY, required=True, width=28, preset=agreements.a_year_on),
        Line("not_renewed", _l("不再续签的原因"), (), longest=200, listed=False, hint=_l("到期后不再续签的填写，填了就不再提醒")),
    ),
)  # fmt: skip

TASKS = Register(
    key="agreement-tasks", model=AgreementTask, title=_l("共建事项"), entry=_l("共建事项"), nav="agreements", **LISTED, name="text",
    read=Can.UNITS_READ, edit=Can.UNITS_EDIT, filters=("state",),
    order=(AgreementTask.due_on, AgreementTask.id), identify=(("text", "agreement"),), check=agreements.task_fits,
    due=Deadline("due_on", AgreementTask.state.in_(OPEN_TASKS), agreements.task_due, _l("登记进展"), "registers.ahead"),
    note=_l("协议里约定的每一件事：做多少、谁负责、什么时候完成、做到哪一步。"),
    lines=(
        Line("text", _l("事项"), ("共建事项", "任务"), required=True, longest=300, width=70),
        Line("agreement", _l("协议"), (), Kind.CHOICE, required=True, choices=queries.agreement_names, width=50),
        Line("target", _l("目标数"), ("数量", "数量目标"), Kind.INTEGER, width=16),
        Line("counted_in", _l("计量单位"), (), longest=20, width=16, hint=_l("次、人次、件……")),
        Line("done", _l("完成数"), ("已完成",), Kind.INTEGER, width=16),
        Line("our_owner", _l("社区责任人"), ("甲方责任人",), Kind.NAME, longest=80, width=22),
        Line("their_owner", _l("单位责任人"), ("乙方责任人",), Kind.NAME, longest=80, width=22),
        Line("due_on", _l("时限"), ("完成时限",), Kind.DAY, required=True, width=28),
        STATE,
        Line("result", _l("完成情况"), ("佐证", "结果"), rows=2, longest=400, listed=False),
    ),
)  # fmt: skip

PAIRINGS = Register(
    key="pairings", model=Pairing, title=_l("结对共建"), entry=_l("结对"), nav="agreements", name="unit",
    read=Can.UNITS_READ, edit=Can.UNITS_EDIT, filters=("kind",), span=("since", "until"), identify=(("unit", "kind"),),
    list_template="cobuilding/pairings.html", beside=_pairings,
    note=_l("上级指定的挂钩和双方商定的结对分开登记、合起来计数。"),
    lines=(
        UNIT,
        Line("org", _l("结对党组织"), ("社区党组织",), Kind.CHOICE, choices=choices.branches, width=44,
             hint=_l("不选就是社区党组织本身")),
        Line("kind", _l("种类"), ("类别",), Kind.CHOICE, required=True, choices=PairingKind, width=24),
        Line("reason", _l("缘由"), ("原因",), longest=200, width=50, hint=_l("上级挂钩的写明，例如“缺乏共建资源”")),
        Line("document", _l("文件依据"), ("文号",), longest=120, width=40),
        Line("since", _l("起始日期"), (), Kind.DAY, required=True, width=28, preset=clock.today),
        Line("until", _l("结束日期"), (), Kind.DAY, width=28),
    ),
)  # fmt: skip

REQUESTS = Register(
    key="unit-requests", model=UnitRequest, title=_l("单位诉求"), entry=_l("诉求"), nav="agreements", **LISTED, name="matter",
    read=Can.UNITS_READ, edit=Can.UNITS_EDIT, filters=("state", "kind", "unit"),
    order=(UnitRequest.state, UnitRequest.due_on, UnitRequest.id), identify=(("matter", "unit"),),
    due=Deadline("due_on", UnitRequest.state.in_(OPEN_TASKS), agreements.request_due, _l("去办理"), "registers.ahead"),
    note=_l("单位请社区办的事，和社区请单位办的事；不登记税源、捐款和任何金额。"),
    lines=(
        Line("matter", _l("事项"), ("诉求",), required=True, longest=200, width=80),
        UNIT,
        Line("kind", _l("类别"), (), Kind.CHOICE, required=True, choices=RequestKind, width=22),
        Line("ours", _l("是社区请单位办的"), (), Kind.YES, width=20),
        Line("received_on", _l("提出日期"), ("日期",), Kind.DAY, required=True, width=28, preset=clock.today),
        Line("handler", _l("经办人"), (), Kind.CHOICE, choices=choices.accounts, width=22),
        Line("due_on", _l("办理时限"), ("时限",), Kind.DAY, width=28),
        STATE,
        Line("result", _l("办理结果"), ("结果",), rows=2, longest=400),
    ),
)  # fmt: skip

JOBS = Register(
    key="job-offers", model=JobOffer, title=_l("岗位清单"), entry=_l("岗位"), nav="agreements", **LISTED, name="post",
    read=Can.UNITS_READ, edit=Can.UNITS_EDIT, filters=("group", "unit"), span=("since", "until"),
    identify=(("post", "unit"),), check=agreements.filled_fits,
    note=_l("成员单位让给社区居民的岗位。“4050、4048”是大龄下岗失业人员的统称，不是人数。"),
    lines=(
        Line("post", _l("岗位"), ("岗位名称", "工种"), Kind.NAME, required=True, longest=120, width=48),
        UNIT,
        Line("group", _l("面向人群"), ("对象",), Kind.CHOICE, required=True, choices=TargetGroup, width=44),
        Line("posts", _l("岗位数"), ("人数", "招聘人数"), Kind.INTEGER, required=True, total=True, width=18),
        Line("filled", _l("已到岗"), ("录用人数",), Kind.INTEGER, required=True, total=True, width=18, preset=lambda: 0),
        Line("terms", _l("要求和待遇"), ("要求",), rows=2, longest=300),
        Line("since", _l("发布日期"), (), Kind.DAY, required=True, width=28, preset=clock.today),
        Line("until", _l("截止日期"), (), Kind.DAY, width=28),
    ),
)  # fmt: skip

REVIEWS = Register(
    key="mutual-reviews", model=MutualReview, title=_l("年度双向评议"), entry=_l("评议"), nav="agreements", **LISTED, name="unit",
    read=Can.UNITS_READ, edit=Can.UNITS_EDIT, order=(MutualReview.year.desc(), MutualReview.id),
    identify=(("unit", "year"),), note=_l("每年双方各说一说共建得怎样，只写话，不打分、不排名。"),
    lines=(
        UNIT,
        Line("year", _l("年度"), (), Kind.INTEGER, required=True, width=18, preset=lambda: clock.today().year),
        Line("ours", _l("社区的话"), ("社区评议",), rows=4, longest=800),
        Line("theirs", _l("单位的话"), ("单位评议",), rows=4, longest=800),
        Line("agreed", _l("商定的改进"), ("改进",), rows=2, longest=300),
    ),
)  # fmt: skip

INSTRUCTORS = Register(
    key="instructors", model=Instructor, title=_l("党建指导员"), entry=_l("指导员"), nav="agreements",
    read=Can.UNITS_READ, edit=Can.UNITS_EDIT, filters=("unit",), span=("since", "until"), identify=(("name", "unit"),),
    note=_l("派到单位帮助组建和指导党组织的同志。"),
    lines=(
        Line("name", _l("姓名"), ("指导员",), Kind.NAME, required=True, longest=80, width=30),
        UNIT,
        Line("sent_by", _l("派出单位"), (), longest=120, width=50),
        Line("phone", _l("联系电话"), ("电话",), Kind.PHONE, longest=40, width=34),
        Line("since", _l("起始日期"), (), Kind.DAY, required=True, width=28, preset=clock.today),
        Line("until", _l("结束日期"), (), Kind.DAY, width=28),
    ),
)  # fmt: skip

ALL = (AGREEMENTS, TASKS, PAIRINGS, REQUESTS, JOBS, REVIEWS, INSTRUCTORS)
