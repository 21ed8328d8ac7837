"""Files that belong to a notice: checked by content, stored once, changed only before it goes out."""

from peewee import fn

from blueprints.notices.models import OPEN_STATES, Notice, NoticeAttachment, NoticeState
from blueprints.notices.privacy import stop_text
from blueprints.notices.steps import held, move
from blueprints.papers.rules import store
from core import filetypes
from core.access import Actor
from core.audit import Act
from core.db import writing
from core.refusal import Refused
from core.spreadsheets.grids import grids
from core.text import _, _l

MOST = 10


class TooManyFiles(Refused):
    sentence = _l("一份公示最多 %(most)s 个附件，请合并后再上传。")


def attach(actor: Actor, notice: Notice, data: bytes, filename: str) -> NoticeAttachment:
    """Add a file; like the text it has to be submitted anew."""
    file = filetypes.attachment(data, filename)
    words = "\n".join([file.name.rpartition(".")[0], *(_cells(data) if file.extension == "xlsx" else ())])
    stop_text(file.name, words)
    with writing():
        fresh = held(notice, None, *OPEN_STATES)
        if fresh.attachments.count() >= MOST:
            raise TooManyFiles(most=MOST)
        last = NoticeAttachment.select(fn.MAX(NoticeAttachment.position)).where(NoticeAttachment.notice == fresh).scalar()
        added = NoticeAttachment.create(
            notice=fresh, position=(last or 0) + 1, name=file.name, blob=store(file.data, file.media_type)
        )
        note = _("加附件：%(name)s", name=file.name)
        move(actor, fresh, NoticeState.DRAFT, Act.NOTICE_CHANGED, note, reason="", attached=file.name)
    return added


def detach(actor: Actor, attachment: NoticeAttachment) -> None:
    """Take a file off again; the stored bytes stay where another notice uses them."""
    with writing():
        fresh = held(attachment.notice, None, *OPEN_STATES)
        attachment.delete_instance()
        note = _("去掉附件：%(name)s", name=attachment.name)
        move(actor, fresh, NoticeState.DRAFT, Act.NOTICE_CHANGED, note, reason="", detached=attachment.name)


def _cells(data: bytes) -> list[str]:
    return [cell for grid in grids(data, "") for _row, cells in grid.lines() for cell in cells]
