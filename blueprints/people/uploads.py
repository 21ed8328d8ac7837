"""A file that waits to be imported: kept beside the database with what was said of it, until it is confirmed."""

import json
import re
import secrets
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from pathlib import Path

from blueprints.people import imports
from core import instance, jobs
from core.access import Actor
from core.db import writing
from core.records.places import Place
from core.records.work import ImportBatch
from core.refusal import Refused
from core.spreadsheets import imports as importer
from core.spreadsheets import meanings
from core.spreadsheets.headers import Told
from core.spreadsheets.imports import Roster
from core.spreadsheets.outlines import Outline, outline
from core.spreadsheets.preview import Plan
from core.spreadsheets.reading import read, refused_file
from core.spreadsheets.roster import Sheet
from core.text import _, _l, current_language

KEPT_SECONDS = 24 * 3600
NEW = 0  # the answer that an unclear row is somebody new


jobs.every_minute("blueprints.people.uploads", "sweep")


class NoFile(Refused):
    sentence = _l("请先选择一个文件（.xlsx、.xls 或 .csv）。")


class Unsettled(Refused):
    sentence = _l("还有 %(rows)s 行没有认：是名册里的这一位，还是另一个人。请先选好，再确认导入。")


class MeanwhileChanged(Refused):
    """The list was edited between preview and confirmation; nothing is overwritten that nobody saw."""

    sentence = _l("您核对以后，有人改过名册，没有导入。下面是按现在的名册重新比对的结果，请再看一遍。")
    status = 409


class TwiceTheSame(Refused):
    sentence = _l("“%(one)s”和“%(other)s”都选成了“%(title)s”，请只留一个。")


@dataclass
class Upload:
    """One waiting file; ``mapping`` is key → header, ``answers`` row → id on file or NEW, ``batch`` what came of it."""

    key: str
    name: str
    place: int
    kind: str
    mapping: dict[str, str] = field(default_factory=dict)
    sheet: str = ""
    header_row: int | None = None
    fill_down: bool = False
    answers: dict[int, int] = field(default_factory=dict)
    batch: int | None = None

    @property
    def content(self) -> bytes:
        return _path(self.key, "file").read_bytes()

    def save(self) -> None:
        """Write down what was said; a reader meets the old or the new, never half."""
        path = _path(self.key, "json")
        part = path.with_suffix(f".{secrets.token_hex(4)}.part")
        part.write_text(json.dumps(asdict(self), ensure_ascii=False), encoding="utf-8")
        part.replace(path)


def _folder() -> Path:
    return instance.part("uploads")


def _path(key: str, kind: str) -> Path:
    return _folder() / f"{key}.{kind}"


def keep(place: Place, roster: Roster, kind: str, content: bytes, name: str) -> Upload:
    """Put an upload aside for a day; refuses at once what is no table or holds ID-card numbers."""
    if not content:
        raise NoFile()
    upload = Upload(secrets.token_hex(12), Path(name).name[-120:], place.id, kind)
    outline(content, upload.name, roster.declaration, Told())
    _path(upload.key, "file").write_bytes(content)
    upload.save()
    return upload


def sweep() -> None:
    """Files of people nobody confirmed in a day are gone, whether or not another one comes."""
    for old in _folder().iterdir():
        if time.time() - old.stat().st_mtime > KEPT_SECONDS:
            old.unlink(missing_ok=True)


def find(place: Place, kind: str, key: str) -> Upload | None:
    """An upload of this community and kind that is still there."""
    upload = kept(place, key)
    return upload if upload and upload.kind == kind else None


def kept(place: Place, key: str) -> Upload | None:
    """An upload of this community that is still there, of whatever kind."""
    if not re.fullmatch("[0-9a-f]{24}", key) or not _path(key, "json").exists() or not _path(key, "file").exists():
        return None
    said = json.loads(_path(key, "json").read_text(encoding="utf-8"))
    said["answers"] = {int(row): number for row, number in said["answers"].items()}
    upload = Upload(**said)
    return upload if upload.place == place.id else None


def _told(upload: Upload, remembered: Mapping[str, str]) -> Told:
    return Told(upload.mapping, remembered, upload.sheet, upload.header_row)


def look(place: Place, roster: Roster, upload: Upload) -> Outline:
    """How the file is taken, with what was said of it; complete or not."""
    told = _told(upload, meanings.remembered(place, roster.declaration.kind))
    return outline(upload.content, upload.name, roster.declaration, told)


def move(place: Place, roster: Roster, upload: Upload, sheet: str, header_row: int | None) -> bool:
    """Read another sheet, or another row as the header, where one is named; its headers are found by meaning first."""
    shown = look(place, roster, upload)
    if (sheet or shown.sheet, header_row) == (shown.sheet, shown.header_row):
        return False
    upload.sheet, upload.header_row, upload.mapping, upload.answers = sheet or shown.sheet, header_row, {}, {}
    upload.save()
    return True


def map_columns(actor: Actor, place: Place, roster: Roster, upload: Upload, said: Mapping[str, str]) -> None:
    """What each header means (header → key, "" for nothing), remembered for the files to come."""
    _refuse_twice(roster, said)
    headers = {key: text for text, key in said.items() if key}
    untold = outline(upload.content, upload.name, roster.declaration, Told(sheet=upload.sheet, header_row=upload.header_row))
    meanings.remember(actor, place, roster.declaration.kind, untold, said)
    upload.mapping = {column.key: headers.get(column.key, "") for column in roster.declaration.columns}
    upload.answers = {}
    upload.save()


def fill_down(upload: Upload, wanted: bool) -> None:
    """Whether blank cells repeat the row above."""
    if wanted != upload.fill_down:
        upload.fill_down, upload.answers = wanted, {}
        upload.save()


def _refuse_twice(roster: Roster, said: Mapping[str, str]) -> None:
    seen: dict[str, str] = {}
    for text, key in said.items():
        if key and key in seen:
            raise TwiceTheSame(one=seen[key], other=text, title=roster.declaration[key].title)
        seen[key] = text


def plan_of(place: Place, roster: Roster, upload: Upload) -> tuple[Sheet, Plan]:
    """What confirming would do; nothing is written. The file is read once, the comparison is always new."""
    remembered = json.dumps(meanings.remembered(place, roster.declaration.kind), sort_keys=True)
    said = json.dumps([upload.mapping, upload.sheet, upload.header_row, upload.fill_down], sort_keys=True)
    sheet = _read(upload.key, place.id, said, remembered, current_language())
    return sheet, importer.compared(place, roster, sheet)


@lru_cache(maxsize=2)
def _read(key: str, place: int, _said: str, remembered: str, _language: str) -> Sheet:
    """The file read; a long one takes seconds, and its preview has many pages."""
    community = Place.get_by_id(place)
    upload = kept(community, key)
    roster = imports.roster(upload.kind, community)
    told = _told(upload, json.loads(remembered))
    return read(upload.content, upload.name, roster.declaration, fill_down=upload.fill_down, told=told)


def settle(upload: Upload, plan: Plan, answers: Mapping[int, int], every: str = "") -> None:
    """Who the unclear rows are: row → id on file or NEW; ``every`` settles the rest, "new" or "same"
    (where only one on file can be meant)."""
    upload.answers |= answers
    for unclear in plan.unclear if every else ():
        row = unclear.row.number
        if row in upload.answers:
            continue
        if every == "new":
            upload.answers[row] = NEW
        elif len(unclear.records) == 1:
            upload.answers[row] = unclear.records[0]["id"]
    upload.save()


def unsettled(upload: Upload, plan: Plan) -> int:
    """How many unclear rows nobody settled yet."""
    return sum(unclear.row.number not in upload.answers for unclear in plan.unclear)


def confirm(
    actor: Actor, place: Place, roster: Roster, upload: Upload, seen: str, remove_missing: bool = False
) -> ImportBatch:
    """Import what was previewed (``seen`` is its plan's digest), compared anew inside the transaction.

    Raises MeanwhileChanged where the same file would now do anything else than was seen.
    """
    with writing():
        upload.batch = kept(place, upload.key).batch
        if done := upload.batch and imports.visible_batch(place, upload.batch):
            return done
        _sheet, plan = plan_of(place, roster, upload)
        if plan.digest != seen:
            raise MeanwhileChanged()
        if waiting := unsettled(upload, plan):
            raise Unsettled(rows=waiting)
        same_as = {row: number for row, number in upload.answers.items() if number != NEW}
        batch = importer.apply(actor, place, roster, plan, upload.name, remove_missing, same_as, upload.key)
        upload.batch = batch.id
        upload.save()
    return batch


def refused(place: Place, roster: Roster, upload: Upload) -> tuple[bytes, str]:
    """The refused rows as a sheet with reasons, to be mended and imported again."""
    sheet, plan = plan_of(place, roster, upload)
    return refused_file(upload.content, upload.name, sheet, plan.refused), _("未导入的行.xlsx")
