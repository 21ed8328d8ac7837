"""Where the sheets hang: the log behind the posting certificate (张贴证明)."""

from collections.abc import Sequence
from datetime import date

from blueprints.notices.models import PUBLIC_STATES, Notice, NoticePosting
from blueprints.notices.steps import held
from blueprints.papers import rules as papers
from core import clock, images
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.history import step
from core.refusal import Refused
from core.text import _, _l

LONGEST_SPOT, MOST = 120, 200


class SpotMissing(Refused):
    sentence = _l("请写明张贴在哪里，一行一处；还要写张贴人。")


class SpotTooLong(Refused):
    sentence = _l("一处地点最多 %(most)s 个字，一次最多 %(rows)s 处。")


class WrongPostingDay(Refused):
    sentence = _l("日期不对：张贴在发布当天或以后，撤下不早于张贴，都不晚于今天。")


def post(actor: Actor, notice: Notice, spots: Sequence[str], posted_on: date, posted_by: str) -> int:
    """登记张贴: one row for each wall; a wall where this notice hangs already is not entered twice."""
    wanted = list(dict.fromkeys(spot.strip() for spot in spots if spot.strip()))
    if not wanted or not posted_by.strip():
        raise SpotMissing()
    if len(wanted) > MOST or max(map(len, wanted)) > LONGEST_SPOT:
        raise SpotTooLong(most=LONGEST_SPOT, rows=MOST)
    with writing():
        fresh = held(notice, None, *PUBLIC_STATES)
        if not clock.local(fresh.published_at).date() <= posted_on <= clock.today():
            raise WrongPostingDay()
        hanging = {row.spot for row in fresh.postings.where(NoticePosting.removed_on.is_null(True))}
        added = [spot for spot in wanted if spot not in hanging]
        for spot in added:
            NoticePosting.create(notice=fresh, spot=spot, posted_on=posted_on, posted_by=posted_by.strip())
        step(actor, fresh, _("登记张贴 %(n)s 处", n=len(added)))
        record(actor, Act.NOTICE_POSTED, fresh, fresh.place_id, spots=added, posted_on=posted_on, posted_by=posted_by)
    return len(added)


def picture(actor: Actor, posting: NoticePosting, data: bytes) -> None:
    """One picture of a sheet on its wall, drawn anew; no bytes take it away again. Nobody is obliged to take one."""
    photo = images.photo(data).data if data else None
    with writing():
        fresh = held(posting.notice, None, *PUBLIC_STATES)
        old, posting.photo = posting.photo_id, papers.store(photo, "image/jpeg") if photo else None
        posting.save()
        if old and old != posting.photo_id:
            papers.drop(old)
        step(actor, fresh, _("%(spot)s：加照片", spot=posting.spot) if photo else _("%(spot)s：去掉照片", spot=posting.spot))
        record(actor, Act.NOTICE_POSTED, fresh, fresh.place_id, spot=posting.spot, photo=posting.photo_id)


def take_down(actor: Actor, notice: Notice, ids: Sequence[int], removed_on: date) -> int:
    """登记撤下, for as many sheets as were ticked."""
    with writing():
        fresh = held(notice, None, *PUBLIC_STATES)
        rows = list(fresh.postings.where(NoticePosting.id.in_(list(ids)) & NoticePosting.removed_on.is_null(True)))
        if not rows:
            raise SpotMissing()
        if any(not row.posted_on <= removed_on <= clock.today() for row in rows):
            raise WrongPostingDay()
        NoticePosting.update(removed_on=removed_on).where(NoticePosting.id.in_([row.id for row in rows])).execute()
        step(actor, fresh, _("登记撤下 %(n)s 处", n=len(rows)))
        record(actor, Act.NOTICE_POSTED, fresh, fresh.place_id, removed=[row.spot for row in rows], on=removed_on)
    return len(rows)
