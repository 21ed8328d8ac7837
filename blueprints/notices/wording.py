"""Model wording: what a new notice of each kind starts from, and the sentences every public period ends with."""

from dataclasses import dataclass
from datetime import date

from blueprints.notices.models import Affair, Notice, NoticeKind
from core import settings
from core.printing import gongwen
from core.records.places import Place
from core.text import _l

HONESTY = "反映情况应实事求是，提倡实名，便于核实和回复；我们对反映人信息保密。单位反映的请加盖公章。"
settings.declare("notices.honesty", _l("公示末尾提醒反映人的话"), HONESTY, group="notices")
OPEN_TO_ALL = "现予以公示，接受党员和居民监督。"


@dataclass(frozen=True)
class Start:
    """Title and body a writer fills in; ××× stands where a name or figure belongs."""

    title: str
    body: str


STARTS = {
    NoticeKind.ADMISSION: Start(
        "关于拟接收×××同志|为中共预备党员的公示",
        "根据《中国共产党章程》和发展党员工作有关规定，经×××党支部研究，拟接收×××同志为中共预备党员。\n"
        "姓名：×××，性别：×××，出生年月：×××，文化程度：×××，单位及职务：×××。\n"
        "申请入党时间：×××，确定为入党积极分子时间：×××，确定为发展对象时间：×××，培养联系人：×××。\n" + OPEN_TO_ALL,
    ),
    NoticeKind.CANDIDATES: Start(
        "关于社区党组织换届|委员候选人预备人选的公示",
        "根据换届选举工作有关规定，经党员和居民代表推荐、上级党组织审查，现将候选人预备人选名单（按姓氏笔画为序）公示如下：\n"
        "| 姓名 | 性别 | 出生年月 | 学历 | 政治面貌 | 现任职务 | 拟任职务 |\n|---|---|---|---|---|---|---|\n"
        "| ××× | 男 | ×××× | 大专 | 中共党员 | ××× | 委员 |\n" + OPEN_TO_ALL,
    ),
    NoticeKind.FINANCE: Start(
        "××××年第×季度|党组织活动经费收支情况公示",
        "根据社区财务公开制度，现将本季度活动经费收支情况公示如下：\n"
        "| 项目 | 金额（元） | 说明 |\n|---|---|---|\n"
        "| 上期结余 | ××× |  |\n| 本期收入 | ××× |  |\n| 本期支出 | ××× |  |\n| 本期结余 | ××× |  |\n"
        "制表：×××；审核：×××。\n" + OPEN_TO_ALL,
    ),
    NoticeKind.HONOUR: Start(
        "关于××××年度|“两优一先”推荐对象的公示",
        "经各党支部民主推荐、社区党组织会议研究，拟推荐下列同志和党支部。\n"
        "一、优秀共产党员推荐对象：×××、×××。\n二、优秀党务工作者推荐对象：×××。\n三、先进基层党组织推荐对象：×××党支部。\n" + OPEN_TO_ALL,
    ),
    NoticeKind.RELIEF: Start(
        "××××年×月|最低生活保障拟保障对象公示",
        "根据社会救助有关规定，经入户调查、民主评议，下列家庭拟纳入最低生活保障。（只写上级文件规定的栏目，不写住址和证件号码。）\n"
        "| 户主姓名 | 拟保障人数 | 拟保障金额（元/月） |\n|---|---|---|\n| ××× | × | ××× |\n现予以公示。",
    ),
    NoticeKind.AFFAIRS: Start(
        "××××年×月|社区事务公开",
        "根据党务、居务、财务公开目录，现将有关事项公开如下：\n一、×××\n二、×××",
    ),
    NoticeKind.RESULT: Start(
        "关于居民代表会议|投票结果的公告",
        "×月×日，社区召开居民代表会议进行投票。应到×××人，实到×××人，发出×××张，收回×××张，有效×××张，废票×××张，符合规定。",
    ),
    NoticeKind.ANNOUNCEMENT: Start("关于×××的公告", "×××\n特此公告。"),
    NoticeKind.NOTIFICATION: Start("关于×××的通知", "定于×月×日（星期×）×时在××××××，请准时参加。\n联系人：×××，电话：×××。\n特此通知。"),
}


def issuer_of(affair: Affair, place: Place, committee: str) -> str:
    """Party affairs are announced by the Party committee, all others by the residents' committee."""
    return committee if affair is Affair.PARTY and committee else f"{place.name}居民委员会"


def closing(notice: Notice) -> list[str]:
    """Period, channel and honesty: ④ to ⑥ of a public notice, written by the house so that no date is mistyped."""
    if not notice.days:
        return []
    honesty = str(settings.value("notices.honesty", notice.place_id)).strip()
    return [_period(notice), _channel(notice), *([honesty] if honesty else [])]


def _period(notice: Notice) -> str:
    unit = "个工作日" if notice.workdays else "天"
    if notice.starts_on is None or notice.ends_on is None:
        return f"公示期为{notice.days}{unit}，自发布之日起计算。"
    closing_time = settings.value("notices.closing_time", notice.place_id, notice.starts_on)
    return f"公示期为{notice.days}{unit}，自{_day(notice.starts_on)}起至{_day(notice.ends_on)}{closing_time}止。"


def _day(value: date) -> str:
    return f"{gongwen.day(value)}（{gongwen.weekday(value)}）"


def _channel(notice: Notice) -> str:
    where, when = (str(settings.value(f"office.{name}", notice.place_id)) for name in ("location", "hours"))
    known = (("联系人", notice.contact), ("电话", notice.phone), ("地址", where), ("时间", when))
    reach = "；".join(f"{label}：{value}" for label, value in known if value)
    receiver = notice.receiver or notice.issuer
    words = f"公示期内如有异议，可通过来信、来电、来访或意见箱向{receiver}反映"
    return f"{words}（{reach}）。" if reach else f"{words}。"


def usual_conclusion(objections: int) -> str:
    """What the result says, behind the count, when nothing out of the ordinary happened."""
    return "对收到的异议已逐件核实。处理情况：×××。" if objections else "按规定进入下一程序。"


def correction_note(notice: Notice) -> str:
    """「本公示更正…」: the old number and title, and what was wrong."""
    old = notice.corrects
    if old is None:
        return ""
    number = f"（{old.number}）" if old.number else ""
    return f"更正说明：本文更正{gongwen.day(notice_day(old))}发布的《{flat(old.title)}》{number}。{notice.correction}"


def notice_day(notice: Notice) -> date | None:
    """The office's day a notice was published on."""
    from core import clock

    return clock.local(notice.published_at).date() if notice.published_at else None


def flat(title: str) -> str:
    """A title without its break marks."""
    return title.replace("|", "")
