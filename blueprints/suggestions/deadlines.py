"""Until when: working days of the office, and the light a deadline shows (正常、临期、超期)."""

from dataclasses import dataclass
from datetime import date

from blueprints.suggestions.kinds import OPEN, TOLD, Pace, State
from blueprints.suggestions.models import Suggestion
from core import clock, settings, zh
from core.records.places import Place
from core.text import _, _l
from core.workdays import add_workdays, is_workday, office_calendar, workdays_between

HABIT = _l("办公惯例，以本地规定为准")
settings.declare("suggestions.simple_days", _l("简单事项答复期限（工作日）"), 5, HABIT, group="suggestions")
settings.declare("suggestions.ordinary_days", _l("一般事项答复期限（工作日）"), 15, HABIT, group="suggestions")
settings.declare("suggestions.extension_days", _l("一次最多延期（工作日）"), 15, HABIT, group="suggestions")
settings.declare("suggestions.near_days", _l("临期提醒（剩余工作日）"), 2, HABIT, group="suggestions")
SPANS = {Pace.SIMPLE: "suggestions.simple_days", Pace.ORDINARY: "suggestions.ordinary_days"}


def register_by(received: date) -> date:
    """Registered the same day, or on the next working day when it came on a free one."""
    days = office_calendar()
    return received if is_workday(received, days)[0] else add_workdays(received, 1, days)[0]


def answer_by(received: date, pace: Pace, place: Place, on: date | None = None) -> tuple[date, bool]:
    """The last day to answer, and whether it is estimated (估算) because that year's holidays are not out yet.

    ``on``: by the setting that was in force that day.
    """
    return add_workdays(received, int(settings.value(SPANS[pace], place, on)), office_calendar())


def spans(place: Place) -> dict[str, str]:
    """The working days of each pace, in words, as they are set here."""
    return {pace.value: _("%(n)s 个工作日", n=settings.value(key, place)) for pace, key in SPANS.items()}


def latest_extension(due: date, place: Place) -> date:
    """How far one extension may reach."""
    return add_workdays(due, int(settings.value("suggestions.extension_days", place)), office_calendar())[0]


def near_until(place: Place, today: date) -> date:
    """Up to this day a deadline counts as near (临期)."""
    return add_workdays(today, int(settings.value("suggestions.near_days", place)), office_calendar())[0]


def deadline(suggestion: Suggestion) -> date:
    """What counts now: registering first, then the answer."""
    return suggestion.ack_due_on if suggestion.state is State.RECEIVED else suggestion.due_on


@dataclass(frozen=True)
class Light:
    """A deadline as colour and words; ``state`` is what ui.light takes."""

    state: str
    text: str


class Lights:
    """Lights of one page: today, holidays and settings looked up once."""

    def __init__(self, place: Place) -> None:
        self.today = clock.today()
        self.calendar = office_calendar()
        self.near = int(settings.value("suggestions.near_days", place))
        self.left: dict[date, int] = {}

    def of(self, suggestion: Suggestion) -> Light:
        """超期 2 天 · 临期，今天 · 正常，剩 5 天 while open; afterwards what became of it."""
        if suggestion.state not in OPEN:
            answered = suggestion.answered_on is not None
            return Light("done" if answered else "off", str(suggestion.state.title))
        day = deadline(suggestion)
        left = self._left(day)
        if day < self.today:
            # A deadline that passed over a weekend is late all the same.
            return Light("bad", _("超期 %(n)s 天", n=max(1, -left)))
        if left > self.near:
            return Light("ok", _("正常，剩 %(n)s 天", n=left))
        return Light("warn", _("临期，剩 %(n)s 天", n=left) if day > self.today else _("临期，今天"))

    def _left(self, day: date) -> int:
        """Working days until a day, each day counted once: what is long overdue would cost a page most."""
        if day not in self.left:
            self.left[day] = workdays_between(self.today, day, self.calendar)[0]
        return self.left[day]

    def told(self, suggestion: Suggestion) -> Light:
        """The same for whoever asked: only the day of the answer counts for them."""
        if suggestion.state not in OPEN:
            return self.of(suggestion)
        state, day = TOLD[suggestion.state], zh.short_day(suggestion.due_on)
        if suggestion.due_on < self.today:
            return Light("bad", _("%(state)s，过了答复日，可以打电话催问", state=state))
        return Light("ok", _("%(state)s，最晚%(day)s答复", state=state, day=day))

    def last_day(self, suggestion: Suggestion) -> str:
        """2026年12月18日（星期五）, and 估算 where it is reckoned with holidays nobody knows yet."""
        day, weekday = zh.day(suggestion.due_on), zh.weekday(suggestion.due_on)
        if suggestion.state in OPEN and not self.calendar.knows(suggestion.due_on.year):
            return _("%(day)s（%(weekday)s，估算：当年放假安排公布后可能调整）", day=day, weekday=weekday)
        return _("%(day)s（%(weekday)s）", day=day, weekday=weekday)
