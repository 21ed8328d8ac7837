"""Reads of the three-affairs calendar: what is due when, what is missing, what was disclosed."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from peewee import JOIN

from blueprints.disclosures.models import Disclosure, DisclosureItem
from blueprints.disclosures.slots import (
    GONE,
    Slot,
    Standing,
    done,
    is_owed,
    last_day,
    name,
    owed,
    period,
    periods,
    slot,
)
from blueprints.notices import queries as notices
from blueprints.notices.models import Affair, Notice
from core import clock, settings
from core.access import Actor, Can
from core.due import Due
from core.records.places import Place
from core.search import MOST
from core.text import _, _l

settings.declare("disclosures.ahead", _l("三务公开提前几天提醒"), 7, group="notices")
OCCURRENCE = re.compile(r"20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(-\d{1,2})?")
LOOK_BACK = timedelta(days=400)  # what was missed longer ago is history, not something to do


@dataclass(frozen=True)
class Row:
    """A matter with its periods of a year, in the order of their days."""

    item: DisclosureItem
    slots: tuple[Slot, ...]

    def in_month(self, month: int) -> list[Slot]:
        """What has its day in this month."""
        return [slot for slot in self.slots if (slot.due_on or _day(slot)).month == month]


def items(community: Place) -> list[DisclosureItem]:
    """The catalogue in the order it was written, affair by affair."""
    order = {Affair.PARTY: 0, Affair.RESIDENTS: 1, Affair.FINANCE: 2}
    found = DisclosureItem.select().where((DisclosureItem.place == community) & (DisclosureItem.void == ""))
    return sorted(found.order_by(DisclosureItem.id), key=lambda item: order[item.affair])


def _found(community: Place) -> dict[int, dict[str, Disclosure]]:
    """What is known of every period, in one query."""
    rows = (
        Disclosure.select(Disclosure, Notice).join(Notice, JOIN.LEFT_OUTER).switch(Disclosure)
        .join(DisclosureItem).where(DisclosureItem.place == community)
    )  # fmt: skip
    found: dict[int, dict[str, Disclosure]] = defaultdict(dict)
    for row in rows:
        found[row.item_id][row.covers] = row
    return found


def calendar(community: Place, first: date, last: date) -> list[Row]:
    """Every matter with the periods that are due between two days, and what was disclosed in them as it happened."""
    found, today = _found(community), clock.today()
    return [Row(item, tuple(_slots(item, found[item.id], first, last, today))) for item in items(community)]


def _slots(item: DisclosureItem, known: dict[str, Disclosure], first: date, last: date, today: date) -> Iterator[Slot]:
    for one, due_on in owed(item, first, last):
        yield slot(item, one, due_on, known.get(one.covers), today)
    if not item.frequency.months:
        happened = (done(item, row) for row in known.values() if row.notice is None or row.notice.state not in GONE)
        yield from sorted((one for one in happened if first <= _day(one) <= last), key=_day)


def _day(happened: Slot) -> date:
    return happened.done_on or date.fromisoformat(happened.covers[:10])


def year(community: Place, number: int) -> list[Row]:
    """The calendar of a year: what has to be disclosed on its days."""
    return calendar(community, date(number, 1, 1), date(number, 12, 31))


def open_slots(community: Place) -> list[Slot]:
    """What is missing and what is due soon, the oldest day first."""
    today = clock.today()
    ahead = timedelta(days=int(settings.value("disclosures.ahead", community)))
    rows = calendar(community, today - LOOK_BACK, today + ahead)
    wanted = (Standing.MISSING, Standing.DUE, Standing.AHEAD, Standing.DRAFTED)
    return sorted((one for row in rows for one in row.slots if one.standing in wanted and one.due_on), key=lambda one: one.due_on)


def visible_item(actor: Actor, community: Place, number: int) -> DisclosureItem | None:
    """A matter of the catalogue the account may see."""
    scope = DisclosureItem.place.in_(actor.communities(Can.NOTICES_READ)) & (DisclosureItem.place == community)
    return DisclosureItem.select().where(scope & (DisclosureItem.id == number) & (DisclosureItem.void == "")).first()


def slot_of(item: DisclosureItem, covers: str) -> Slot | None:
    """One period of a matter; None where the matter has none of this name."""
    found = item.disclosures.where(Disclosure.covers == covers).first()
    if not item.frequency.months:
        fresh = Slot(item, covers, None, Standing.AHEAD) if OCCURRENCE.fullmatch(covers) else None
        return done(item, found) if found and (found.notice is None or found.notice.state not in GONE) else fresh
    one = period(covers)
    if one is None or one not in periods(item.frequency, one.first.year):
        return None
    due_on = last_day(item, one)
    return slot(item, one, due_on, found, clock.today()) if is_owed(item, due_on) or found else None


def readable(community: Place) -> set[int]:
    """The notices that disclose something and that residents may still read."""
    told = Disclosure.select(Disclosure.notice).join(DisclosureItem).where(DisclosureItem.place == community)
    return {row.id for row in notices.public(community).select(Notice.id).where(Notice.id.in_(told)).order_by()}


def occurrence(item: DisclosureItem) -> str:
    """The name under which what happened today is disclosed: the day, and a number where the day has one already."""
    day = clock.today().isoformat()
    taken = {row.covers for row in item.disclosures.where(Disclosure.covers.startswith(day))}
    return next(name for name in (day, *(f"{day}-{number}" for number in range(2, 99))) if name not in taken)


def publishable(actor: Actor, item: DisclosureItem) -> list[Notice]:
    """Published notices that may have disclosed it, newest first."""
    rows = notices.visible_to(actor, item.place).where(Notice.affair == item.affair)
    return list(rows.where(Notice.published_at.is_null(False) & Notice.state.not_in(GONE)).limit(MOST))


def of_notice(notice: Notice) -> Disclosure | None:
    """What a notice discloses, whichever edition it is."""
    first = notice.first_id or notice.id
    return Disclosure.select(Disclosure, DisclosureItem).join(DisclosureItem).where(Disclosure.notice == first).first()


def due(actor: Actor, community: Place) -> Iterator[Due]:
    """What has to be disclosed soon, and what was not disclosed in time."""
    if not actor.can(Can.NOTICES_WRITE, community):
        return
    for one in open_slots(community):
        if one.standing is Standing.DRAFTED:
            continue  # The notice itself says what it waits for.
        text = _("%(item)s（%(period)s）还没有公开", item=one.item.title, period=name(one.covers))
        url = f"/office/disclosures/{one.item.id}/{one.covers}"
        yield Due(text, url, _("去公开"), _("三务公开"), one.due_on, one.item.responsible)
