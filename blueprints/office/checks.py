"""Whether everything kept is whole: database, audit chain, stored files."""

import hashlib
from collections.abc import Iterator

from core import audit
from core.db import database, is_sqlite
from core.records.papers import Blob, IssuedPaper
from core.text import _


def faults() -> Iterator[str]:
    """One sentence per thing that is not as it was written."""
    yield from _database_faults()
    yield from (_("留痕链：%(fault)s", fault=fault) for fault in audit.faults())
    for blob in Blob.select().iterator():
        if hashlib.sha256(bytes(blob.content)).hexdigest() != blob.sha256:
            yield _("文件 %(name)s 与登记的指纹不符。", name=blob.sha256)
    for paper in IssuedPaper.select().where(IssuedPaper.content.is_null(False)):
        if paper.content_id != paper.digest:
            yield _("签发件 %(code)s 与登记的指纹不符。", code=paper.code)


def _database_faults() -> Iterator[str]:
    if not is_sqlite():
        return
    for (line,) in database.execute_sql("PRAGMA integrity_check").fetchall():
        if line != "ok":
            yield _("数据库：%(fault)s", fault=line)
    for row in database.execute_sql("PRAGMA foreign_key_check").fetchall():
        yield _("数据库：表 %(table)s 第 %(row)s 行指向不存在的记录。", table=row[0], row=row[1])
