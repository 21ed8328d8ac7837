"""The sentences the house writes itself: period, channel and honesty at the end of a notice, corrections, who issues it."""

from collections.abc import Mapping
from datetime import date

from blueprints.notices.models import Affair, Finding, Notice
from core import settings
from core.printing import gongwen
from core.records.places import Place
from core.text import _, _l

HONESTY = "反映情况应实事求是，提倡实名，便于核实和回复；我们对反映人信息保密。单位反映的请加盖公章。"
settings.declare("notices.honesty", _l("公示末尾提醒反映人的话"), HONESTY, group="notices")


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


def objections_told(found: Mapping[Finding, int]) -> str:
    """「公示期内收到异议n件，其中成立a件，不成立b件，待核实c件。」"""
    order = (Finding.UPHELD, Finding.NOT_UPHELD, Finding.PENDING)
    parts = "，".join(_("%(finding)s%(n)s件", finding=kind.title, n=found[kind]) for kind in order if found.get(kind))
    if not parts:
        return _("公示期内未收到异议。")
    return _("公示期内收到异议%(n)s件，其中%(parts)s。", n=sum(found.values()), parts=parts)


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
