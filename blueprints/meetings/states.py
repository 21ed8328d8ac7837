"""What a meeting, a seat, a decision or a line of the record can be; each code owns its Chinese title."""

from enum import StrEnum

from core.text import _l


class SeriesKind(StrEnum):
    """Who meets: a joint meeting confers, a congress or council decides; who carries out and who supervises follows."""

    JOINT = "joint"
    CONGRESS = "congress"
    COUNCIL = "council"
    MASS = "mass"
    OTHER = "other"

    @property
    def title(self):
        return {
            "joint": _l("联席会议"),
            "congress": _l("社区成员代表大会（居民代表会议）"),
            "council": _l("议事委员会"),
            "mass": _l("群团工作协调会议"),
            "other": _l("其他会议"),
        }[self.value]


class Quorum(StrEnum):
    """How many of those entitled have to come; a joint meeting confers, so it asks for none unless told."""

    NONE = "none"
    HALF = "half"
    TWO_THIRDS = "two_thirds"

    @property
    def title(self):
        return {
            "none": _l("不要求"),
            "half": _l("应到的过半数到会"),
            "two_thirds": _l("应到的三分之二以上到会"),
        }[self.value]

    def reached(self, present: int, entitled: int) -> bool:
        """过半数 is more than half, 三分之二以上 includes two thirds."""
        needed = {"none": True, "half": present * 2 > entitled, "two_thirds": present * 3 >= entitled * 2}
        return needed[self.value]


class MeetingState(StrEnum):
    """From the first notice to the numbered minutes; what is issued is never edited, before that it can be called off."""

    PLANNED = "planned"
    HELD = "held"
    DRAFTED = "drafted"
    APPROVED = "approved"
    ISSUED = "issued"
    CANCELLED = "cancelled"

    @property
    def title(self):
        return {
            "planned": _l("筹备中"),
            "held": _l("已召开"),
            "drafted": _l("待审核"),
            "approved": _l("待签发"),
            "issued": _l("已签发"),
            "cancelled": _l("已取消"),
        }[self.value]


class Presence(StrEnum):
    """Where a seat stands: expected until somebody says who came."""

    EXPECTED = "expected"
    PRESENT = "present"
    ON_LEAVE = "on_leave"
    OBSERVER = "observer"
    ABSENT = "absent"

    @property
    def title(self):
        return {
            "expected": _l("待登记"),
            "present": _l("出席"),
            "on_leave": _l("请假"),
            "observer": _l("列席"),
            "absent": _l("缺席"),
        }[self.value]


# What a file and the minutes name, in their order; the others of a roster are only counted.
PRINTED = (Presence.PRESENT, Presence.ON_LEAVE, Presence.OBSERVER)


class Answer(StrEnum):
    """What a unit says to the notice: 参会回执."""

    COMING = "coming"
    PROXY = "proxy"
    LEAVE = "leave"

    @property
    def title(self):
        return {"coming": _l("参加"), "proxy": _l("委派他人代会"), "leave": _l("请假")}[self.value]


class Way(StrEnum):
    """How a paper went out or an answer came in."""

    LINK = "link"
    PAPER = "paper"

    @property
    def title(self):
        return {"link": _l("个人链接"), "paper": _l("纸质")}[self.value]


class ItemKind(StrEnum):
    """What an item of the agenda is; the yearly obligation counts reports."""

    REPORT = "report"
    APPLICATION = "application"
    CONSULTATION = "consultation"
    FOLLOW_UP = "follow_up"

    @property
    def title(self):
        return {
            "report": _l("汇报"),
            "application": _l("工作申请"),
            "consultation": _l("协商"),
            "follow_up": _l("上次议定事项落实情况"),
        }[self.value]


class ProposalState(StrEnum):
    OPEN = "open"
    TAKEN = "taken"
    DECLINED = "declined"

    @property
    def title(self):
        return {"open": _l("待研究"), "taken": _l("已列入议题"), "declined": _l("这次不列入")}[self.value]


class ResolutionState(StrEnum):
    NOT_STARTED = "not_started"
    UNDER_WAY = "under_way"
    DONE = "done"
    EXTENDED = "extended"
    SUSPENDED = "suspended"

    @property
    def title(self):
        return {
            "not_started": _l("未启动"),
            "under_way": _l("推进中"),
            "done": _l("已完成"),
            "extended": _l("延期"),
            "suspended": _l("暂缓"),
        }[self.value]


# What still has a day to keep; a suspended matter waits for a new decision.
OPEN = (ResolutionState.NOT_STARTED, ResolutionState.UNDER_WAY, ResolutionState.EXTENDED)


class LineKind(StrEnum):
    """A line of the raw record: reported, said, the common view, decided."""

    REPORT = "report"
    SPEECH = "speech"
    VIEW = "view"
    DECISION = "decision"

    @property
    def title(self):
        return {"report": _l("汇报"), "speech": _l("发言"), "view": _l("认为"), "decision": _l("议定")}[self.value]


class CorrectionState(StrEnum):
    DRAFTED = "drafted"
    ISSUED = "issued"
    DISCARDED = "discarded"

    @property
    def title(self):
        return {"drafted": _l("待签发"), "issued": _l("已印发"), "discarded": _l("已作废")}[self.value]
