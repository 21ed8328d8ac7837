"""共建协议: what a new one begins with (forms of practice), what is due of it, what does not fit."""

from datetime import date, timedelta

from blueprints.cobuilding.models import Agreement, AgreementTask, JobOffer, UnitRequest
from blueprints.sixones.models import OURS, THEIRS
from core import clock, settings, zh
from core.records.places import Place
from core.refusal import Refused
from core.registers.declaration import Values
from core.text import _, _l, in_chinese

settings.declare("agreements.renew_days", _l("共建协议到期前几天提醒商定续签"), 30, _l("共建协议的习惯写法"), group="cobuilding")


class OutsideTheAgreement(Refused):
    sentence = _l("时限 %(day)s 不在协议期限（%(since)s 至 %(until)s）之内，请核对。")


class MoreFilledThanThere(Refused):
    sentence = _l("已到岗 %(filled)s 人多于岗位数 %(posts)s，请核对。")


@in_chinese()
def purpose() -> str:
    """The first clause of a new agreement."""
    return _("自愿、互助、量力，优势互补、共驻共建。")


@in_chinese()
def ours() -> str:
    """What the community's side promises: its six ones."""
    return "\n".join(str(item.title) for item in OURS)


@in_chinese()
def theirs() -> str:
    """What the unit's side promises: its six ones."""
    return "\n".join(str(item.title) for item in THEIRS)


def a_year_on() -> date:
    """The last day of a year from today."""
    today = clock.today()
    month_end = 28 if (today.month, today.day) == (2, 29) else today.day
    return date(today.year + 1, today.month, month_end) - timedelta(days=1)


def renewal(row: Agreement) -> str:
    """What 今日要办 says of an agreement that ends, or that ended and nobody said what comes next."""
    if row.until < clock.today():
        return _("与%(unit)s的协议 %(day)s 已到期，请续签，或写明不再续签", unit=row.unit.name, day=zh.short_day(row.until))
    return _("与%(unit)s的协议 %(day)s 到期，商定是否续签", unit=row.unit.name, day=zh.short_day(row.until))


def task_due(row: AgreementTask) -> str:
    """What 今日要办 says of a task."""
    return _("共建事项：%(text)s", text=row.text)


def request_due(row: UnitRequest) -> str:
    """What 今日要办 says of a request."""
    return _("%(unit)s：%(matter)s", unit=row.unit.name, matter=row.matter)


def task_fits(place: Place, row: AgreementTask | None, values: Values) -> None:
    """A task is due while its agreement holds."""
    agreement = Agreement.get_or_none((Agreement.id == values["agreement"]) & (Agreement.place == place))
    if agreement is None:
        return
    if not agreement.since.isoformat() <= str(values["due_on"]) <= agreement.until.isoformat():
        days = (values["due_on"], agreement.since.isoformat(), agreement.until.isoformat())
        raise OutsideTheAgreement(**dict(zip(("day", "since", "until"), map(zh.day, days), strict=True)))


def filled_fits(place: Place, row: JobOffer | None, values: Values) -> None:
    """No more posts are filled than there are."""
    if (values["filled"] or 0) > (values["posts"] or 0):
        raise MoreFilledThanThere(filled=values["filled"], posts=values["posts"])
