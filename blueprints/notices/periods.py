"""How long a notice hangs: shortest periods, the days that count, and where in them we are."""

from dataclasses import dataclass
from datetime import date, timedelta

from blueprints.notices.models import Notice, NoticeKind
from core import settings, workdays, zh
from core.records.places import Place
from core.text import _, _l

DAY = timedelta(days=1)
ADMISSION_RULE = _l("中国共产党发展党员工作细则")
HABIT = _l("当地惯例")
# Shortest period, whether only working days count, and where the figure comes from.
SHORTEST = {
    NoticeKind.ADMISSION: (5, True, ADMISSION_RULE),
    NoticeKind.CANDIDATES: (5, True, _l("换届选举工作通知")),
    NoticeKind.FINANCE: (7, False, HABIT),
    NoticeKind.HONOUR: (7, False, HABIT),
    NoticeKind.RELIEF: (7, False, _l("最低生活保障审核确认办法")),
    NoticeKind.AFFAIRS: (0, False, HABIT),
}
for _kind, (_days, _only_workdays, _source) in SHORTEST.items():
    settings.declare(f"notices.days.{_kind}", _l("%(kind)s最短天数", kind=_kind.title), _days, _source, group="notices")
    settings.declare(
        f"notices.workdays.{_kind}", _l("%(kind)s只算工作日", kind=_kind.title), _only_workdays, _source, group="notices"
    )
settings.declare("notices.count_first_day", _l("发布当天算公示第一天"), True, group="notices")
settings.declare("notices.closing_time", _l("公示最后一天的截止时间"), "17:30", group="notices")


def shortest(kind: NoticeKind, place: Place | int) -> tuple[int, bool]:
    """The fewest days a notice of this kind must hang here, and whether only working days count."""
    if kind not in SHORTEST:
        return 0, False
    days = int(settings.value(f"notices.days.{kind}", place))
    return days, bool(settings.value(f"notices.workdays.{kind}", place))


def first_day(published_on: date, place: Place | int) -> date:
    """The day the period may begin on."""
    return published_on if settings.value("notices.count_first_day", place) else published_on + DAY


def days_from(first: date, count: int, only_workdays: bool) -> tuple[list[date], bool]:
    """The days of a period, and whether the calendar of one of them is only estimated (估算)."""
    calendar = workdays.office_calendar()
    found: list[date] = []
    guessed, day = False, first
    while len(found) < count:
        works, estimated = workdays.is_workday(day, calendar) if only_workdays else (True, False)
        guessed |= estimated
        if works:
            found.append(day)
        day += DAY
    return found, guessed


@dataclass(frozen=True)
class Progress:
    """Where a period stands: ``day`` of ``total`` days have begun; ``mark`` is the rail's place of today."""

    day: int
    total: int
    mark: float
    labels: list[str]

    @property
    def left(self) -> int:
        return self.total - self.day


def progress(notice: Notice, today: date) -> Progress | None:
    """Where the notice's period stands today, None where it has none; on a free day between, no day is today."""
    days = [date.fromisoformat(text) for text in notice.dates]
    if not days:
        return None
    begun = sum(day <= today for day in days)
    over = today > days[-1]
    mark = begun + 1 if over else (begun if today in days else begun + 0.5)
    return Progress(begun, len(days), mark, labels(days))


def labels(days: list[date]) -> list[str]:
    """11月19日、20日 … 12月1日: the month only where it changes."""
    return [
        zh.short_day(day) if number == 0 or day.month != days[number - 1].month else _("%(n)s日", n=day.day)
        for number, day in enumerate(days)
    ]


def is_running(notice: Notice, today: date) -> bool:
    """Whether objections may still be raised."""
    return notice.state == "published" and notice.ends_on is not None and today <= notice.ends_on


def is_over(notice: Notice, today: date) -> bool:
    """Whether the period has passed, whatever was done since."""
    return notice.ends_on is not None and today > notice.ends_on
