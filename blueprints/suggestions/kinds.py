"""What messages are, where they stand and what happens to them: codes with the words an office uses."""

from enum import StrEnum

from core.text import _l


class Kind(StrEnum):
    """What somebody wants to say; an objection comes from a notice, not from the open form."""

    OPINION = "opinion"
    SUGGESTION = "suggestion"
    COMPLAINT = "complaint"
    HELP = "help"
    PRAISE = "praise"
    SUPERVISION = "supervision"
    OBJECTION = "objection"

    @property
    def title(self):
        return {
            "opinion": _l("意见"),
            "suggestion": _l("建议"),
            "complaint": _l("投诉"),
            "help": _l("求助"),
            "praise": _l("表扬"),
            "supervision": _l("党员监督"),
            "objection": _l("异议"),
        }[self.value]


OFFERED = tuple(kind for kind in Kind if kind is not Kind.OBJECTION)
# Words about a member and objections are never shown to the public, whatever the asker ticked.
NEVER_PUBLIC = (Kind.SUPERVISION, Kind.OBJECTION)


class Source(StrEnum):
    """How the words arrived; all but the first are typed in by staff."""

    ONLINE = "online"
    PAPER = "paper"
    SPOKEN = "spoken"
    PHONE = "phone"
    VISIT = "visit"

    @property
    def title(self):
        return {
            "online": _l("网上"),
            "paper": _l("纸质"),
            "spoken": _l("口头"),
            "phone": _l("电话"),
            "visit": _l("走访"),
        }[self.value]


class Pace(StrEnum):
    """How long an answer may take; the working days of each are settings."""

    SIMPLE = "simple"
    ORDINARY = "ordinary"

    @property
    def title(self):
        return {"simple": _l("简单事项"), "ordinary": _l("一般事项")}[self.value]


class State(StrEnum):
    """The life of a suggestion: 登记、交办、办理、答复、办结、归档, and the ways out of it."""

    RECEIVED = "received"
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    IN_PROGRESS = "in_progress"
    WAITING = "waiting"
    REPLIED = "replied"
    CLOSED = "closed"
    ARCHIVED = "archived"
    REJECTED = "rejected"
    TRANSFERRED = "transferred"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"

    @property
    def title(self):
        return {
            "received": _l("待登记"),
            "registered": _l("待交办"),
            "assigned": _l("已交办"),
            "in_progress": _l("办理中"),
            "waiting": _l("等待条件"),
            "replied": _l("已答复"),
            "closed": _l("已办结"),
            "archived": _l("已归档"),
            "rejected": _l("不予受理"),
            "transferred": _l("已转送"),
            "duplicate": _l("已并案"),
            "withdrawn": _l("已撤回"),
        }[self.value]


# What a resident is told of an open message; the office's own words speak of its desks.
TOLD = {
    State.RECEIVED: _l("已收到"), State.REGISTERED: _l("已受理"), State.ASSIGNED: _l("已交给承办人"),
    State.IN_PROGRESS: _l("办理中"), State.WAITING: _l("等待条件"),
}  # fmt: skip
OPEN = (State.RECEIVED, State.REGISTERED, State.ASSIGNED, State.IN_PROGRESS, State.WAITING)
WORKING = (State.ASSIGNED, State.IN_PROGRESS, State.WAITING)  # somebody has it
ANSWERED = (State.REPLIED, State.CLOSED, State.ARCHIVED)


class Rating(StrEnum):
    SATISFIED = "satisfied"
    FAIRLY = "fairly"
    DISSATISFIED = "dissatisfied"

    @property
    def title(self):
        return {"satisfied": _l("满意"), "fairly": _l("基本满意"), "dissatisfied": _l("不满意")}[self.value]


class Way(StrEnum):
    """How an answer reached whoever asked, beside the page behind the receipt code."""

    ONLINE = "online"
    PHONE = "phone"
    IN_PERSON = "in_person"
    LETTER = "letter"
    DOOR = "door"

    @property
    def title(self):
        return {
            "online": _l("凭查询码网上查看"),
            "phone": _l("电话"),
            "in_person": _l("当面"),
            "letter": _l("答复函"),
            "door": _l("上门投递"),
        }[self.value]


class StepKind(StrEnum):
    """What happened to a suggestion, in the words of its timeline."""

    RECEIVED = "received"
    REGISTERED = "registered"
    ASSIGNED = "assigned"
    STARTED = "started"
    WAITING = "waiting"
    EXTENSION_ASKED = "extension_asked"
    EXTENDED = "extended"
    EXTENSION_REFUSED = "extension_refused"
    REPLIED = "replied"
    ADDED = "added"
    RATED = "rated"
    CLOSED = "closed"
    ARCHIVED = "archived"
    REJECTED = "rejected"
    TRANSFERRED = "transferred"
    SEALED = "sealed"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"
    NOTED = "noted"
    CONCERNS = "concerns"
    CLEARED = "cleared"
    RECKONED = "reckoned"
    RECLASSIFIED = "reclassified"

    @property
    def title(self):
        return {
            "received": _l("收到"),
            "registered": _l("登记受理"),
            "assigned": _l("交办"),
            "started": _l("开始办理"),
            "waiting": _l("等待条件"),
            "extension_asked": _l("申请延期"),
            "extended": _l("延期"),
            "extension_refused": _l("不同意延期"),
            "replied": _l("答复"),
            "added": _l("提出人补充"),
            "rated": _l("提出人评价"),
            "closed": _l("办结"),
            "archived": _l("归档"),
            "rejected": _l("不予受理"),
            "transferred": _l("转送"),
            "sealed": _l("密封移送"),
            "duplicate": _l("并案"),
            "withdrawn": _l("提出人撤回"),
            "noted": _l("办理记录"),
            "concerns": _l("标明涉及的人"),
            "cleared": _l("核实涉及的人"),
            "reckoned": _l("答复期限更正"),
            "reclassified": _l("修改摘要和类别"),
        }[self.value]
