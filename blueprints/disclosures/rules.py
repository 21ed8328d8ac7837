"""Three-affairs disclosure: the catalogue to begin with, and what was done for each period of a matter."""

from datetime import date

from blueprints.disclosures.models import Disclosure, DisclosureItem, Frequency
from blueprints.disclosures.slots import GONE, OUT, name
from blueprints.notices import rules as notices
from blueprints.notices.models import Affair, Notice, NoticeKind
from core import clock
from core.access import Actor
from core.audit import Act, record
from core.db import locked, writing
from core.records.places import Place
from core.refusal import Refused
from core.text import _l

HABIT = "当地惯例"
OPENNESS = "中国共产党党务公开条例（试行）"
COMMITTEES = "城市居民委员会组织法"
PARTY, RESIDENTS, FINANCE = Affair.PARTY, Affair.RESIDENTS, Affair.FINANCE
# What most offices disclose; every line is the office's to change.
USUAL = (
    (PARTY, "党员公开承诺和践诺情况", HABIT, Frequency.QUARTERLY, 15, "党务专干", NoticeKind.AFFAIRS),
    (PARTY, "发展党员情况", "中国共产党发展党员工作细则", Frequency.ON_OCCURRENCE, 0, "组织委员", NoticeKind.ADMISSION),
    (PARTY, "换届、任免和评优推荐", OPENNESS, Frequency.ON_OCCURRENCE, 0, "组织委员", NoticeKind.CANDIDATES),
    (PARTY, "党组织年度工作总结和计划", OPENNESS, Frequency.YEARLY, 60, "书记", NoticeKind.AFFAIRS),
    (RESIDENTS, "居民意见建议办理情况", HABIT, Frequency.MONTHLY, 10, "意见箱管理员", NoticeKind.AFFAIRS),
    (RESIDENTS, "居民会议和居民代表会议的决定", COMMITTEES, Frequency.ON_OCCURRENCE, 0, "居委会主任", NoticeKind.AFFAIRS),
    (RESIDENTS, "低保等社会救助对象", "最低生活保障审核确认办法", Frequency.ON_OCCURRENCE, 0, "民政专干", NoticeKind.RELIEF),
    (RESIDENTS, "公共设施维修和民生实事进展", HABIT, Frequency.QUARTERLY, 15, "居委会主任", NoticeKind.AFFAIRS),
    (FINANCE, "党组织活动经费收支", HABIT, Frequency.QUARTERLY, 15, "报账员", NoticeKind.FINANCE),
    (FINANCE, "居委会经费收支", COMMITTEES, Frequency.QUARTERLY, 15, "报账员", NoticeKind.FINANCE),
    (FINANCE, "公共资产和公共收益", HABIT, Frequency.YEARLY, 60, "报账员", NoticeKind.FINANCE),
)  # fmt: skip


class CatalogueThere(Refused):
    sentence = _l("已经有三务公开目录了，请在目录里增减。")
    status = 409


class AlreadyDisclosed(Refused):
    sentence = _l("“%(item)s”%(period)s已经登记过了。要改，请先去掉原来的。")
    status = 409


class NotPublished(Refused):
    sentence = _l("请选一份已经发布、没有撤回的公示。")


class DayToCome(Refused):
    sentence = _l("请填实际公开的日期，不能晚于今天；本期没有这类事项的，请勾“本期无”。")


def usual(actor: Actor, place: Place) -> int:
    """载入常用目录: into an empty catalogue only; what fell due earlier is not owed."""
    with writing():
        if DisclosureItem.select().where(DisclosureItem.place == place).exists():
            raise CatalogueThere()
        for affair, title, basis, frequency, within, responsible, kind in USUAL:
            DisclosureItem.create(
                place=place, affair=affair, title=title, basis=basis, frequency=frequency, within_days=within,
                responsible=responsible, kind=kind, since=clock.today(),
            )  # fmt: skip
        record(actor, Act.DISCLOSURE_SET, None, place, loaded=len(USUAL))
    return len(USUAL)


def draft(actor: Actor, item: DisclosureItem, covers: str, title: str, body: str, **fields: object) -> Notice:
    """起草公示 for a period of a matter: from here on the period waits for this notice."""
    with writing():
        _free(item, covers)
        notice = notices.draft(actor, item.place, item.kind, title, body, **{"affair": item.affair, **fields})
        _put(actor, item, covers, notice=notice)
    return notice


def disclosed_by(actor: Actor, item: DisclosureItem, covers: str, notice: Notice | None) -> Disclosure:
    """It was disclosed by a notice that is out already."""
    with writing():
        fresh = locked(Notice.select().where(Notice.id == notice.id)).get() if notice else None
        if fresh is None or fresh.state not in OUT or fresh.place_id != item.place_id:
            raise NotPublished()
        _free(item, covers)
        return _put(actor, item, covers, notice=fresh.first or fresh)


def disclosed_otherwise(actor: Actor, item: DisclosureItem, covers: str, on: date | None, note: str = "") -> Disclosure:
    """It was disclosed on paper alone, on this day."""
    if on is None or on > clock.today():
        raise DayToCome()
    with writing():
        _free(item, covers)
        return _put(actor, item, covers, disclosed_on=on, note=note.strip()[:200])


def nothing(actor: Actor, item: DisclosureItem, covers: str, note: str = "") -> Disclosure:
    """本期无: the period passed without anything to disclose."""
    with writing():
        _free(item, covers)
        return _put(actor, item, covers, empty=True, note=note.strip()[:200])


def take_back(actor: Actor, disclosure: Disclosure) -> None:
    """What was noted of a period was wrong; the notice, where there is one, stays as it is."""
    with writing():
        item = disclosure.item
        disclosure.delete_instance()
        record(actor, Act.DISCLOSURE_SET, item, item.place_id, covers=disclosure.covers, taken_back=True)


def _free(item: DisclosureItem, covers: str) -> None:
    """Refuses a period of which something is known; what was withdrawn or thrown away leaves its place."""
    locked(DisclosureItem.select().where(DisclosureItem.id == item.id)).get()
    found = item.disclosures.where(Disclosure.covers == covers).first()
    if found is None:
        return
    if found.notice is None or found.notice.state not in GONE:
        raise AlreadyDisclosed(item=item.title, period=name(covers))
    found.delete_instance()


def _put(actor: Actor, item: DisclosureItem, covers: str, **known: object) -> Disclosure:
    row = Disclosure.create(item=item, covers=covers, account=actor.account_id, **known)
    shown = {key: value.id if isinstance(value, Notice) else value for key, value in known.items()}
    record(actor, Act.DISCLOSURE_SET, item, item.place_id, covers=covers, **shown)
    return row
