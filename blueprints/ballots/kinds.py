"""The words of a poll: its states in order, whose roll it uses, who watches, what kinds of box there are."""

from enum import StrEnum

from core.text import _l


class PollStatus(StrEnum):
    """The ceremony in order; 中断 follows a restored backup, 取消 may follow anything not yet signed."""

    DRAFT = "draft"
    FROZEN = "frozen"
    SEALED = "sealed"
    OPEN = "open"
    INTERRUPTED = "interrupted"
    CLOSED = "closed"
    UNSEALED = "unsealed"
    COUNTED = "counted"
    SIGNED = "signed"
    PUBLISHED = "published"
    ARCHIVED = "archived"
    CANCELLED = "cancelled"

    @property
    def title(self):
        return {
            "draft": _l("起草中"),
            "frozen": _l("已定稿"),
            "sealed": _l("已封箱"),
            "open": _l("投票中"),
            "interrupted": _l("已中断"),
            "closed": _l("已截止"),
            "unsealed": _l("已开箱"),
            "counted": _l("已计票"),
            "signed": _l("已签字"),
            "published": _l("已公布"),
            "archived": _l("已归档"),
            "cancelled": _l("已取消"),
        }[self.value]


ORDER = [status for status in PollStatus if status not in (PollStatus.INTERRUPTED, PollStatus.CANCELLED)]


class Source(StrEnum):
    """Whose roll a class of ballots is drawn from."""

    REPRESENTATIVES = "representatives"
    MEMBERS = "members"

    @property
    def title(self):
        return {"representatives": _l("居民代表"), "members": _l("党员")}[self.value]

    @property
    def ballot_title(self):
        return {"representatives": _l("居民代表票"), "members": _l("党员票")}[self.value]

    @property
    def code(self) -> str:
        """The letter that slips and boxes carry."""
        return {"representatives": "R", "members": "D"}[self.value]


class ScrutineerRole(StrEnum):
    CHIEF = "chief"
    SCRUTINEER = "scrutineer"
    TELLER = "teller"
    CALLER = "caller"
    KEEPER = "keeper"

    @property
    def title(self):
        return {
            "chief": _l("总监票人"),
            "scrutineer": _l("监票人"),
            "teller": _l("计票人"),
            "caller": _l("唱票人"),
            "keeper": _l("密钥单保管人"),
        }[self.value]


class BoxKind(StrEnum):
    HALL = "hall"
    MOVING = "moving"
    HELPED = "helped"

    @property
    def title(self):
        return {"hall": _l("现场票箱"), "moving": _l("流动票箱"), "helped": _l("代写票箱")}[self.value]


class Grades(StrEnum):
    """The words of an appraisal: for people, or for a body as a whole."""

    PERSON = "person"
    BODY = "body"

    @property
    def title(self):
        return {"person": _l("个人：优秀、称职、基本称职、不称职"), "body": _l("班子：满意、基本满意、不满意")}[self.value]


class Proxies(StrEnum):
    """Whether somebody may vote for somebody else; never in the Party's own votes."""

    OFF = "off"
    KIN = "kin"
    ANY = "any"

    @property
    def title(self):
        return {"off": _l("不可以委托"), "kin": _l("只可以委托近亲属"), "any": _l("可以委托本次投票的其他投票人")}[self.value]


class SpoilReason(StrEnum):
    """Why a slip became void before anybody voted with it; the register counts by these."""

    SOILED = "soiled"
    TORN = "torn"
    UNREADABLE = "unreadable"
    OTHER = "other"

    @property
    def title(self):
        return {
            "soiled": _l("污损"),
            "torn": _l("破损"),
            "unreadable": _l("票码或二维码不清"),
            "other": _l("其他"),
        }[self.value]


class RecountSource(StrEnum):
    """What a recount starts from."""

    BOX = "box"
    BALLOTS = "ballots"

    @property
    def title(self):
        return {"box": _l("封存的票箱（要两张密钥单）"), "ballots": _l("开箱后的选票文件")}[self.value]
