"""Files that show what a record says: checked by their content, each kept once, in order beside the record."""

from collections import defaultdict
from collections.abc import Sequence

from peewee import fn

from core import clock, filetypes
from core.db import Record
from core.files import drop, store
from core.filetypes import Attachment
from core.records.ledgers import Evidence
from core.refusal import Refused
from core.text import _l

MOST = 5  # files that come with one entry


class TooManyFiles(Refused):
    sentence = _l("一次最多放 %(most)s 个文件，请合并后再上传。")


def checked(files: Sequence[tuple[bytes, str]], most: int = MOST) -> list[Attachment]:
    """The uploads, (bytes, name) each, before anything is written. Raises TooManyFiles, or what is wrong with one."""
    if len(files) > most:
        raise TooManyFiles(most=most)
    return [filetypes.attachment(data, name) for data, name in files]


def lay(row: Record, place: int, files: Sequence[Attachment]) -> list[Evidence]:
    """Put checked files beside a record, behind those that lie there; inside the rule's transaction."""
    last = Evidence.select(fn.MAX(Evidence.position)).where(_about(row)).scalar() or 0
    return [
        Evidence.create(
            place=place, subject_kind=row._meta.table_name, subject_id=row.id, position=last + number, name=file.name,
            blob=store(file.data, file.media_type), added_on=clock.today(),
        )
        for number, file in enumerate(files, 1)
    ]  # fmt: skip


def remove(file: Evidence) -> None:
    """Take a file away, and its bytes where nothing else uses them; inside the rule's transaction."""
    file.delete_instance()
    drop(file.blob_id)


def _about(*rows: Record):
    return (Evidence.subject_kind == rows[0]._meta.table_name) & Evidence.subject_id.in_([row.id for row in rows])


def beside(*rows: Record) -> dict[int, list[Evidence]]:
    """The files beside records of one kind, under the records' numbers; one query, none for no records."""
    found: dict[int, list[Evidence]] = defaultdict(list)
    query = Evidence.select().where(_about(*rows)).order_by(Evidence.subject_id, Evidence.position) if rows else ()
    for file in query:
        found[file.subject_id].append(file)
    return found


def file_of(row: Record, position: int) -> Evidence | None:
    """One file beside a record."""
    return Evidence.get_or_none(_about(row) & (Evidence.position == position))
