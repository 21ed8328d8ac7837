"""答复模板: answers given again and again, as a register the office edits; ____ is left to be filled in."""

from blueprints.suggestions.kinds import Kind
from blueprints.suggestions.models import ReplyTemplate, Suggestion
from core.access import Actor, Can
from core.db import writing
from core.records.places import Place
from core.registers import ledger
from core.registers.declaration import Line, Register
from core.spreadsheets.cells import Kind as Cell
from core.text import _l

TEMPLATES = Register(
    key="reply-templates", model=ReplyTemplate, title=_l("答复模板"), entry=_l("模板"), nav="suggestions", name="title",
    read=Can.SUGGESTIONS_HANDLE, edit=Can.SUGGESTIONS_HANDLE, filters=("kind",), order=(ReplyTemplate.title,),
    list_template="suggestions/templates.html", note=_l("答复意见时可以套用。要临时填写的地方写四个下划线 ____，没填好的答复发不出去。"),
    lines=(
        Line("title", _l("模板名称"), ("名称",), Cell.NAME, required=True, longest=60, width=40),
        Line("kind", _l("用于哪一类"), ("类别",), Cell.CHOICE, choices=Kind, width=20, hint=_l("不选就各类都能用。")),
        Line("found", _l("核实情况"), (), rows=3, longest=2000, width=60),
        Line("done", _l("办了什么"), ("办理情况",), rows=3, longest=2000, width=60),
        Line("undone", _l("没办成的原因"), (), rows=3, longest=2000, width=60),
    ),
)  # fmt: skip

# What a new office may begin with; written for no case in particular.
USUAL = (
    ("公共设施维修", Kind.COMPLAINT, "经____（谁）于____月____日现场查看，____（设施）确有损坏。",
     "已联系____（单位）维修，____月____日修好，并请楼道负责人验看。", ""),
    ("需要物业或单位配合", None, "经核实，您反映的情况属实，责任单位是____。",
     "社区已于____月____日与____商定，由其在____月____日前办完，我们会去查看。", ""),
    ("邻里矛盾", Kind.COMPLAINT, "社区分别听取了双方的说法，主要分歧是____。", "已于____月____日上门调解，双方同意____。", ""),
    ("暂时办不成", None, "经核实，您反映的情况属实。", "", "目前办不成，原因是____，依据是____。条件具备后（预计____）我们会接着办并告诉您。"),
    ("政策咨询", Kind.HELP, "您询问的是____。", "按____（文件名称）规定，____。需要办理的，请带____到____办理。", ""),
    ("感谢表扬", Kind.PRAISE, "您的表扬已经收到。", "已转告____本人和所在支部，谢谢您的鼓励。", ""),
)  # fmt: skip


def begin(actor: Actor, place: Place) -> None:
    """The usual ones, for an office that has none yet."""
    with writing():
        if ledger.count(TEMPLATES, place):
            return
        for title, kind, found, done, undone in USUAL:
            values = {"title": title, "kind": kind.value if kind else "", "found": found, "done": done, "undone": undone}
            ledger.enter(TEMPLATES, actor, place, values)


def offered(place: Place, suggestion: Suggestion) -> list[ReplyTemplate]:
    """Those that fit the kind of a message, then those for all kinds."""
    fits = (ReplyTemplate.kind == suggestion.kind) | ReplyTemplate.kind.is_null()
    rows = ReplyTemplate.select().where((ReplyTemplate.place == place) & ledger.standing(TEMPLATES) & fits)
    return list(rows.order_by(ReplyTemplate.kind.is_null(), ReplyTemplate.title))


def chosen(place: Place, number: int) -> ReplyTemplate | None:
    """The one picked from that list."""
    return ReplyTemplate.get_or_none(
        (ReplyTemplate.place == place) & ledger.standing(TEMPLATES) & (ReplyTemplate.id == number)
    )
