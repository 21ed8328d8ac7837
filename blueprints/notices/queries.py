"""Reads of notices: what residents see, what the office sees, what is due."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, datetime

from peewee import Case, ModelSelect, fn

from blueprints.notices import periods
from blueprints.notices.models import (
    OPEN_STATES,
    PUBLIC_STATES,
    TAKEN_DOWN,
    Affair,
    Finding,
    Notice,
    NoticeAttachment,
    NoticeKind,
    NoticeObjection,
    NoticePosting,
    NoticeState,
)
from blueprints.notices.wording import flat
from blueprints.notices.words import said
from blueprints.suggestions import queries as suggestions
from blueprints.suggestions.models import Kind, State, Suggestion
from core import clock
from core.access import Actor, Can
from core.due import Due
from core.records.papers import Blob
from core.records.places import Place
from core.search import MOST, Hit
from core.text import _


def public(community: Place) -> ModelSelect:
    """What anybody may read here, newest first; relief notices only while their period runs."""
    shown = Notice.state.in_(PUBLIC_STATES)
    kept = Notice.kind.not_in(TAKEN_DOWN) | (Notice.ends_on >= clock.today())
    return (
        Notice.select()
        .where((Notice.place == community) & shown & kept)
        .order_by(Notice.published_at.desc(), Notice.id.desc())
    )


def running() -> object:
    """The condition that a period still runs today."""
    # Said of every notice, also of one without a period: its negation is used too.
    return (Notice.state == NoticeState.PUBLISHED) & Notice.ends_on.is_null(False) & (Notice.ends_on >= clock.today())


def current(community: Place) -> ModelSelect:
    """What is on public show now, the one ending first on top; the home page's 正在公示."""
    return public(community).where(running()).order_by(Notice.ends_on, Notice.id)


def on_show(community: Place, most: int = 5) -> list[tuple[Notice, periods.Progress]]:
    """The same with how far each period has come, for the home page."""
    return [(notice, periods.progress(notice, clock.today())) for notice in current(community).limit(most)]


def narrowed(
    query: ModelSelect, community: Place, show: str = "", kind: str = "", words: str = "", year: int = 0
) -> ModelSelect:
    """A list cut down to what was asked: running, ended, or one of the three affairs; a kind; words; a year."""
    if year:
        first, last = (clock.utc(datetime(one, 1, 1)) for one in (year, year + 1))
        query = query.where((Notice.published_at >= first) & (Notice.published_at < last))
    if show == "running":
        query = query.where(running())
    elif show == "ended":
        query = query.where(~running())
    elif show in set(Affair):
        query = query.where(Notice.affair == show)
    if kind in set(NoticeKind):
        query = query.where(Notice.kind == kind)
    found = said(community, words)
    return query if found is None else query.where(found)


def years(community: Place) -> list[int]:
    """The years in which something was published, newest first; this one always."""
    first = Notice.select(fn.MIN(Notice.published_at)).where(Notice.place == community).scalar()
    this = clock.today().year
    return list(range(this, (clock.local(first).year if first else this) - 1, -1))


def counts(community: Place) -> Counter:
    """How many notices residents find behind each filter of the list."""
    rows = (
        public(community)
        .order_by()
        .select(Notice.affair, fn.COUNT(Notice.id), fn.SUM(Case(None, [(running(), 1)], 0)))
        .group_by(Notice.affair)
        .tuples()
    )
    found: Counter = Counter()
    for affair, number, open_still in rows:
        found.update({affair.value: number, "running": open_still, "ended": number - open_still})
    return found


def visible_to(actor: Actor, community: Place) -> ModelSelect:
    """Notices the account may see in the office, newest first."""
    scope = Notice.place.in_(actor.communities(Can.NOTICES_READ)) & (Notice.place == community)
    return Notice.select().where(scope).order_by(Notice.id.desc())


def state_counts(actor: Actor, community: Place) -> Counter:
    """How many notices the office has in each state."""
    rows = visible_to(actor, community).order_by().select(Notice.state, fn.COUNT(Notice.id)).group_by(Notice.state)
    return Counter(dict(rows.tuples()))


def attachments(notice: Notice) -> ModelSelect:
    """Files with their sizes, without their bytes."""
    return (
        NoticeAttachment.select(NoticeAttachment, Blob.sha256, Blob.media_type, Blob.size)
        .join(Blob)
        .where(NoticeAttachment.notice == notice)
        .order_by(NoticeAttachment.position)
    )


def objections(notice: Notice) -> ModelSelect:
    """What was objected at the office, oldest first."""
    return notice.objections.order_by(NoticeObjection.received_on, NoticeObjection.id)


def postings(notice: Notice) -> ModelSelect:
    """Where the sheets hang or hung, in the order they were entered."""
    return notice.postings.order_by(NoticePosting.posted_on, NoticePosting.id)


def open_to_objections(community: Place, number: int) -> Notice | None:
    """The notice of this number, while residents may still object to it."""
    return current(community).where(Notice.id == number).first()


def linked_objections(notice: Notice, actor: Actor | None = None) -> int:
    """Objections that came in through the suggestion box; for an actor only those he may know of."""
    counted = Suggestion.select().where(
        (Suggestion.kind == Kind.OBJECTION)
        & (Suggestion.subject_kind == Notice._meta.table_name)
        & Suggestion.subject_id.in_([edition.id for edition in same_period(notice)])
        & Suggestion.state.not_in((State.WITHDRAWN, State.DUPLICATE))
    )
    if actor is not None:
        known = suggestions.visible_to(actor, notice.place).select(Suggestion.id).order_by()
        counted = counted.where(Suggestion.id.in_(known))
    return counted.count()


def findings(notice: Notice) -> Counter:
    """How many objections were found to hold, not to hold, or are still looked into; whatever way they came."""
    found = Counter(row.finding for row in objections(notice))
    linked = linked_objections(notice)
    found.update({Finding.UPHELD: notice.box_upheld, Finding.NOT_UPHELD: notice.box_refused})
    found[Finding.PENDING] += max(0, linked - notice.box_upheld - notice.box_refused)
    return +found


def linked_counts(notices: Sequence[Notice], actor: Actor, community: Place) -> Counter:
    """Objections out of the suggestion box for each of several notices, in one query; the ledger's figures.

    Until a result made the number public, only those the actor may know of count.
    """
    known = suggestions.visible_to(actor, community).select(Suggestion.id).order_by()
    told = [notice.id for notice in notices if notice.concluded_on]
    rows = (
        Suggestion.select(Suggestion.subject_id, fn.COUNT(Suggestion.id))
        .where(
            (Suggestion.kind == Kind.OBJECTION) & (Suggestion.subject_kind == Notice._meta.table_name)
            & Suggestion.subject_id.in_([notice.id for notice in notices])
            & Suggestion.state.not_in((State.WITHDRAWN, State.DUPLICATE))
            & (Suggestion.subject_id.in_(told) | Suggestion.id.in_(known))
        )
        .group_by(Suggestion.subject_id)
    )  # fmt: skip
    return Counter(dict(rows.tuples()))


def same_period(notice: Notice) -> list[Notice]:
    """The edition itself and those before it whose period it went on with."""
    editions = [notice]
    while editions[-1].corrects_id and not editions[-1].new_period:
        editions.append(editions[-1].corrects)
    return editions


def correction_of(notice: Notice) -> Notice | None:
    """The edition that took this one's place."""
    return notice.corrections.where(Notice.state.in_(PUBLIC_STATES)).first()


def open_correction(notice: Notice) -> Notice | None:
    """A correction somebody is still writing."""
    return notice.corrections.where(Notice.state.in_(OPEN_STATES)).first()


def search(actor: Actor, community: Place, words: str) -> Iterator[Hit]:
    """Notices whose title, text or number match."""
    for row in narrowed(visible_to(actor, community), community, words=words).limit(MOST):
        yield Hit(flat(row.title), f"/office/notices/{row.id}", str(_("公示公告")), f"{row.kind.title} {row.state.title}")


def due(actor: Actor, community: Place) -> Iterator[Due]:
    """What the notices want done: words to approve and to publish, periods that end, results that are missing."""
    today = clock.today()
    ends = (Notice.state == NoticeState.PUBLISHED) & Notice.ends_on.is_null(False) & (Notice.ends_on <= today)
    columns = (Notice.id, Notice.place, Notice.state, Notice.title, Notice.ends_on, Notice.publish_on, Notice.held_back)
    for row in visible_to(actor, community).select(*columns).where(Notice.state.in_(OPEN_STATES) | ends):
        yield from _due(actor, row, today)
    yield from _sheets_to_take_down(actor, community, today)


def _due(actor: Actor, notice: Notice, today: date) -> Iterator[Due]:
    url, title, area = f"/office/notices/{notice.id}", flat(notice.title), _("公示公告")
    writes = actor.can(Can.NOTICES_WRITE, notice.place_id)
    if notice.state is NoticeState.SUBMITTED and actor.can(Can.NOTICES_APPROVE, notice.place_id):
        yield Due(_("审核：%(title)s", title=title), url, _("去审核"), area)
    elif notice.held_back and writes:
        yield Due(_("没有按时发布，请看原因：%(title)s", title=title), url, _("去处理"), area, notice.publish_on)
    elif notice.state is NoticeState.APPROVED and writes and not notice.publish_on:
        yield Due(_("已审核，待发布：%(title)s", title=title), url, _("去发布"), area)
    elif notice.state is NoticeState.RETURNED and writes:
        yield Due(_("退回修改：%(title)s", title=title), url, _("去修改"), area)
    elif writes and periods.is_over(notice, today):
        yield Due(_("公示期已满，待公布结果：%(title)s", title=title), url, _("登记结果"), area, notice.ends_on)
    elif writes and notice.state is NoticeState.PUBLISHED and notice.ends_on == today:
        yield Due(_("今天期满：%(title)s", title=title), url, _("查看"), area, today)


def _sheets_to_take_down(actor: Actor, community: Place, today: date) -> Iterator[Due]:
    """Sheets still on a wall after their period, or after their notice was corrected or withdrawn."""
    if not actor.can(Can.NOTICES_WRITE, community):
        return
    gone = Notice.state.in_((NoticeState.CORRECTED, NoticeState.WITHDRAWN)) | (Notice.ends_on < today)
    hanging = NoticePosting.removed_on.is_null(True)
    rows = (
        Notice.select(Notice.id, Notice.title, fn.COUNT(NoticePosting.id))
        .join(NoticePosting)
        .where(Notice.id.in_(NoticePosting.select(NoticePosting.notice).where(hanging)))
        .where((Notice.place == community) & gone & hanging)
        .group_by(Notice.id, Notice.title)
        .tuples()
    )
    for number, title, sheets in rows:
        text = _("%(n)s 处张贴件该撤下了：%(title)s", n=sheets, title=flat(title))
        yield Due(text, f"/office/notices/{number}", _("登记撤下"), _("公示公告"), paper=True)


def public_search(community: Place, words: str) -> Iterator[Hit]:
    """Notices anybody may read whose title, text or number match."""
    for row in narrowed(public(community), community, words=words).limit(MOST):
        yield Hit(flat(row.title), f"/notices/{row.id}", str(_("公示公告")), str(row.kind.title))
