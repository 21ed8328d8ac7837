"""What a notice must be before it may go to a second person, and again before it goes out."""

from blueprints.notices import periods, privacy
from blueprints.notices.models import Notice
from core.refusal import Refused
from core.text import _l

LONGEST_TITLE, LONGEST_BODY, LONGEST_PERIOD = 200, 20_000, 365


class TextMissing(Refused):
    sentence = _l("请写好标题和正文再提交。")


class TextTooLong(Refused):
    sentence = _l("标题最多 %(title)s 个字，正文最多 %(body)s 个字。")


class PeriodTooShort(Refused):
    sentence = _l("%(kind)s至少公示 %(days)s %(unit)s。请改公示天数。")


class PeriodTooLong(Refused):
    sentence = _l("公示天数最多 %(most)s 天，请核对。")


class NobodyToAsk(Refused):
    sentence = _l("有公示期的，请写明受理异议的电话或联系人，居民才知道向谁反映。")


class CorrectionMissing(Refused):
    sentence = _l("请写明更正了什么：原来怎么写的，现在改成什么，为什么。")


def check(notice: Notice) -> None:
    """Whether the text may go out at all: whole, within its limits, with a period long enough, nothing forbidden."""
    if not notice.title.strip() or not notice.body.strip():
        raise TextMissing()
    if notice.corrects_id and not notice.correction.strip():
        raise CorrectionMissing()
    days, workdays = periods.shortest(notice.kind, notice.place_id)
    if notice.days < days or (workdays and not notice.workdays):
        unit = _l("个工作日") if workdays else _l("天")
        raise PeriodTooShort(kind=notice.kind.title, days=days, unit=unit)
    if notice.days > LONGEST_PERIOD:
        raise PeriodTooLong(most=LONGEST_PERIOD)
    if notice.days and not notice.phone.strip() and not notice.contact.strip():
        raise NobodyToAsk()
    privacy.stop(notice)


def check_length(notice: Notice) -> None:
    """Whether the text fits; asked at every saving."""
    if len(notice.title) > LONGEST_TITLE or len(notice.body) > LONGEST_BODY:
        raise TextTooLong(title=LONGEST_TITLE, body=LONGEST_BODY)
