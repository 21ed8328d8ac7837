"""Reports owed: a series owes so many a year, one in each equal part of it; the street that meets is the one who owes."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from blueprints.meetings.models import AgendaItem, Meeting, MeetingSeries
from blueprints.meetings.states import ItemKind, MeetingState
from core import clock, settings
from core.due import Due
from core.records.places import Place
from core.text import _

NOTICE = 60  # days before the end of a period at which it is spoken of


def due(series: list[MeetingSeries], community: Place) -> Iterator[Due]:
    """What each series has not heard yet, told in the last two months of the period."""
    yearly = int(settings.value("meetings.reports", community))
    today = clock.today()
    if not 1 <= yearly <= 12:
        return
    first, last = period(today, yearly)
    if (last - today).days > NOTICE:
        return
    heard = reports(community, first, last)
    for one in series:
        if one.obliged and not heard[one.id]:
            text = _("%(name)s这一期还没有安排汇报（每年 %(n)s 次）", name=one.meeting_name, n=yearly)
            yield Due(text, f"/office/meetings/new?series={one.id}", _("去安排"), str(_("联席会议")), last)


def period(today: date, yearly: int) -> tuple[date, date]:
    """The part of the year this day lies in: of two, January to June and July to December."""
    months = 12 // yearly
    part = min((today.month - 1) // months, yearly - 1)
    end = 12 if part == yearly - 1 else (part + 1) * months
    after = date(today.year + (end == 12), end % 12 + 1, 1)
    return date(today.year, part * months + 1, 1), after - timedelta(days=1)


def reports(community: Place, first: date, last: date) -> Counter[int]:
    """How many reports the meetings of a period heard or will hear, by series."""
    words = str(settings.value("meetings.report_words", community)).split()
    rows = (
        AgendaItem.select(Meeting.series, AgendaItem.kind, AgendaItem.title, Meeting.held_at).join(Meeting)
        .where((Meeting.place == community) & (Meeting.year == first.year) & (Meeting.state != MeetingState.CANCELLED))
        .tuples()
    )  # fmt: skip
    inside = ((of, kind, title) for of, kind, title, held in rows if first <= clock.local(held).date() <= last)
    return Counter(of for of, kind, title in inside if is_report(kind, title, words))


def is_report(kind: ItemKind | None, title: str, words: list[str]) -> bool:
    """What somebody said an item is counts; else its title tells."""
    return kind is ItemKind.REPORT if kind else any(word in title for word in words)
