"""Nothing typed is lost: what stands in the editor is kept beside the notice until it is saved or thrown away."""

from datetime import datetime

from blueprints.notices.models import Notice, NoticeUnsaved
from core import clock
from core.access import Actor
from core.db import writing


def keep(actor: Actor, notice: Notice, values: dict[str, object]) -> datetime:
    """Keep the form as it stands, whole or not; no fact is changed, so no trace is left."""
    now = clock.now()
    with writing():
        NoticeUnsaved.insert(notice=notice, account=actor.account_id, at=now, values=values).on_conflict(
            conflict_target=[NoticeUnsaved.notice, NoticeUnsaved.account],
            update={NoticeUnsaved.at: now, NoticeUnsaved.values: values},
        ).execute()
    return now


def kept(actor: Actor, notice: Notice) -> NoticeUnsaved | None:
    """What this person typed last and never saved."""
    return NoticeUnsaved.get_or_none((NoticeUnsaved.notice == notice) & (NoticeUnsaved.account == actor.account_id))


def throw_away(actor: Actor, notice: Notice) -> None:
    """Back to what is saved."""
    with writing():
        NoticeUnsaved.delete().where(
            (NoticeUnsaved.notice == notice) & (NoticeUnsaved.account == actor.account_id)
        ).execute()
