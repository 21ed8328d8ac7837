"""The example community's three-affairs calendar: some disclosed by notice, some on paper, one missed."""

from collections.abc import Iterator
from datetime import date, timedelta

from blueprints.disclosures import queries, rules
from blueprints.disclosures.models import Disclosure
from blueprints.disclosures.slots import OUT, Standing
from blueprints.notices.models import Notice, NoticeKind
from core import clock
from core.access import Actor
from core.records.places import Place
from core.workdays import add_workdays

MISSED = "公共设施维修和民生实事进展"


def load(staff: dict[str, Actor], place: Place, today: date) -> Iterator[date]:
    """The catalogue was there from the first day; what fell due since is settled on some later day, but for one."""
    clerk = staff["干事"]
    yield add_workdays(today, -3)[0]
    began = clock.today() - timedelta(days=120)
    for row in queries.calendar(place, began, clock.today()):
        for slot in row.slots:
            if slot.standing is Standing.MISSING and row.item.title != MISSED:
                _settle(clerk, row.item, slot.covers, slot.due_on)
    yield today


def _settle(clerk: Actor, item, covers: str, due_on: date) -> None:
    taken = Disclosure.select(Disclosure.notice).where(Disclosure.notice.is_null(False))
    notice = (
        Notice.select()
        .where((Notice.place == item.place) & (Notice.kind == NoticeKind.FINANCE) & Notice.state.in_(OUT) & Notice.id.not_in(taken))
        .first()
    )
    if item.kind is NoticeKind.FINANCE and notice is not None:
        rules.disclosed_by(clerk, item, covers, notice)
    else:
        rules.disclosed_otherwise(clerk, item, covers, due_on - timedelta(days=2), "社区公告栏")
