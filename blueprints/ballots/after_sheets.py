"""Papers after the count as plain values: the record of a second count, the record of the burning."""

import json
from dataclasses import dataclass

from blueprints.ballots import archiving, reports
from blueprints.ballots.models import Poll, Recount, Scrutineer
from blueprints.ballots.result import short_digest
from blueprints.ballots.sheets import committee, held_on, short
from core import zh
from core.text import in_chinese


@dataclass(frozen=True)
class RecountSheet:
    """复核计票记录: both counts side by side, and every number that differs."""

    title: str
    community: str
    poll: str
    at: str
    source: str
    reason: str
    witnesses: tuple[str, ...]
    columns: tuple[str, ...]
    groups: tuple[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], ...]
    differences: tuple[tuple[str, str, str], ...]
    digests: tuple[str, str]


@dataclass(frozen=True)
class DestructionSheet:
    """销毁记录: empty places where nothing is on record yet, so that it can be signed while the sheets burn."""

    title: str
    community: str
    poll: str
    day: str
    config: str
    key: str
    digests: tuple[str, str]
    holders: tuple[tuple[int, str, bool], ...]
    recorded: bool
    at: str
    note: str
    witnesses: tuple[str, ...]
    files: tuple[str, ...]


@in_chinese()
def recount(row: Recount) -> RecountSheet:
    poll, again = row.poll, json.loads(row.result)
    first, config = json.loads(poll.result), again["config"]
    titles = {one.code: one.title for one in poll.classes}
    names = [f"{one['name']}{item and '·' + item}" for one in config["candidates"] for item in config["items"] or [""]]
    groups = tuple(
        ("、".join(titles[code] for code in old["classes"]), _rows(names, old["total"], new["total"]))
        for old, new in zip(first["groups"], again["groups"], strict=True)
    )
    return RecountSheet(
        title="复核计票记录", community=committee(poll), poll=str(poll), at=zh.moment(row.at), source=str(row.source.title),
        reason=row.reason, witnesses=tuple(row.witnesses), columns=(*(one["title"] for one in config["options"]), "未填", "该项无效"),
        groups=groups, differences=tuple(tuple(map(str, one)) for one in row.differences),
        digests=(short_digest(poll.digest), short_digest(again["digest"])),
    )  # fmt: skip


def _rows(names: list[str], before: dict, after: dict) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each number once where both counts agree, else the first and the second."""
    rows = [("有效、废票", (_pair(before["valid"], after["valid"]), _pair(before["void"], after["void"])))]
    for name, old, new in zip(names, before["rows"], after["rows"], strict=True):
        rows.append((name, tuple(_pair(a, b) for a, b in zip(old, new, strict=True))))
    for name in sorted(before["written"].keys() | after["written"].keys()):
        rows.append((name, (_pair(before["written"].get(name, 0), after["written"].get(name, 0)),)))
    return tuple(rows)


def _pair(before: int, after: int) -> str:
    return str(before) if before == after else f"{before} → {after}"


@in_chinese()
def destruction(poll: Poll) -> DestructionSheet:
    event = archiving.destruction(poll)
    values = event.values if event else {"burnt": [], "note": "", "witnesses": [], "files": []}
    holders = poll.scrutineers.where(Scrutineer.sheet > 0).order_by(Scrutineer.sheet)
    return DestructionSheet(
        title="密钥单、选票销毁记录", community=committee(poll), poll=str(poll), day=held_on(poll), config=short(poll.config),
        key=short(poll.public_key), digests=reports.digests(poll) or ("", ""),
        holders=tuple((row.sheet, row.name, row.sheet in values.get("burnt", [])) for row in holders), recorded=event is not None,
        at=zh.moment(event.at) if event else "", note=values["note"], witnesses=tuple(values["witnesses"]),
        files=tuple(_file_titles(values["files"])),
    )  # fmt: skip


def _file_titles(suffixes: list[str]) -> list[str]:
    titles = {".db": "票箱", ".json": "选票样式", ".votes": "开箱后的选票", ".ballots": "选票文件", ".count": "计数", ".lock": ""}
    return [titles[one] for one in suffixes if titles.get(one)]
