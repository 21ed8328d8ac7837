"""The feed: what was published, and what became of it since, so that who follows it learns of corrections and results."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup
from peewee import fn

from blueprints.notices import markup, queries, wording
from blueprints.notices.models import TAKEN_DOWN, Notice, NoticeState, NoticeStep
from core.records.places import Place
from core.text import _

NEWEST = 30
TURNS = (NoticeState.CONCLUDED, NoticeState.CORRECTED, NoticeState.WITHDRAWN)  # what readers have to be told again


@dataclass(frozen=True)
class Entry:
    """One notice; ``paragraphs`` come before its words, ``html`` is "" where the words are not to be kept by others."""

    notice: Notice
    updated: datetime
    newer: Notice | None
    paragraphs: tuple[str, ...]
    html: Markup | str
    closing: tuple[str, ...]


def entries(community: Place) -> list[Entry]:
    """The newest notices with the moment anything residents read of them last changed."""
    rows = list(queries.public(community).limit(NEWEST))
    turns = _turns(rows)
    return [_entry(row, max([row.published_at, *turns.get(row.id, ())])) for row in rows]


def _turns(rows: Sequence[Notice]) -> dict[int, list[datetime]]:
    """Notice → when it first stood in each of the states that tell readers something new."""
    ids = [row.id for row in rows]
    query = (
        NoticeStep.select(NoticeStep.notice, fn.MIN(NoticeStep.at))
        .where(NoticeStep.notice.in_(ids) & NoticeStep.state.in_(TURNS))
        .group_by(NoticeStep.notice, NoticeStep.state)
        .tuples()
    )
    found: dict[int, list[datetime]] = {}
    for number, at in query:
        found.setdefault(number, []).append(at)
    return found


def _entry(row: Notice, updated: datetime) -> Entry:
    shown = row.state is not NoticeState.WITHDRAWN and row.kind not in TAKEN_DOWN
    newer = queries.correction_of(row) if row.state is NoticeState.CORRECTED else None
    return Entry(
        row, updated, newer, tuple(_told(row)), markup.html(row.body) if shown else "",
        tuple(wording.closing(row)) if shown else (),
    )  # fmt: skip


def _told(row: Notice) -> Iterator[str]:
    """What has to be said before the words."""
    if row.state is NoticeState.WITHDRAWN:
        yield _("已撤回：%(reason)s", reason=row.reason)
    elif row.kind in TAKEN_DOWN:
        yield _("救助公示只在公示期内看网页或楼道公告栏，这里不转载。")
    elif row.state is NoticeState.CORRECTED:
        yield _("这份公示已经更正，请以新的为准。")
    elif row.concluded_on:
        yield _("公示结果：%(told)s%(words)s", told=wording.objections_told(queries.findings(row)), words=row.conclusion)
    if row.corrects_id and row.state is not NoticeState.WITHDRAWN:
        yield wording.correction_note(row)
