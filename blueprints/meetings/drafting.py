"""Draft minutes out of the raw record: 听取、认为、议定; what nobody decided yet stays to be filled in on the form."""

import re
from dataclasses import dataclass, replace
from datetime import date

from blueprints.meetings import following, recording
from blueprints.meetings.models import AgendaItem, Attendance, Meeting
from blueprints.meetings.protocol import Decision, Item, Protocol, protocol_of
from blueprints.meetings.states import ItemKind, LineKind
from blueprints.meetings.writings import RecordLine

ABOUT = re.compile(r"^关于(?:(通报|汇报|报告))?(?P<matter>.+?)(?:的?(?P<noun>通报|汇报|报告)|的(?:协商|讨论|研究|审议))?$")
OPENS = ("会议", "与会", "听取")
ENDS = "。！？；”）"


@dataclass(frozen=True)
class Unfinished:
    """A decision as it stands in the record; who answers and the day may still be missing."""

    text: str
    responsible: str = ""
    due_on: date | None = None


def draft(meeting: Meeting) -> tuple[Protocol, dict[int, tuple[Unfinished, ...]]]:
    """The meeting with each discussion written from the record, and the decisions noted, per item's row.

    An item nobody wrote anything under keeps what stands there already.
    """
    written, units = recording.standing(meeting), _units(meeting)
    protocol, decided = protocol_of(meeting), {}
    items = []
    for item in protocol.items:
        lines = written.get(item.row, [])
        items.append(_drafted(meeting, item, lines, units) if lines or item.kind is ItemKind.FOLLOW_UP else item)
        if noted := tuple(_decision(line) for line in lines if line.kind is LineKind.DECISION):
            decided[item.row] = noted
    return replace(protocol, items=tuple(items)), decided


def _drafted(meeting: Meeting, item: Item, lines: list[RecordLine], units: dict[str, str]) -> Item:
    parts = [_heard(item, [line.text for line in lines if line.kind is LineKind.REPORT])]
    if item.kind is ItemKind.FOLLOW_UP:
        parts.append(following.words(meeting))
    parts += [_said(line, units) for line in lines if line.kind is LineKind.SPEECH and line.cited and line.text]
    views = [_sentence(line.text) for line in lines if line.kind is LineKind.VIEW and line.text]
    if views:
        parts.append(views[0] if views[0].startswith(OPENS) else "会议认为，" + "".join(views))
    return replace(item, discussion="\n".join(part for part in parts if part))


def _heard(item: Item, reports: list[str]) -> str:
    """会议听取了社区党委关于2026年度共建项目完成情况的通报。"""
    told = "".join(_sentence(_unnamed(item.reported_by, text)) for text in reports if text)
    if told.startswith(OPENS):
        return told
    found = ABOUT.match(item.title)
    noun = next((word for word in ("通报", "报告") if word in item.title), "汇报")
    about = f"关于{found['matter'].removesuffix('的')}的{noun}" if found else noun
    return f"会议听取了{item.reported_by}{about}。{told}" if item.reported_by or told else ""


def _unnamed(who: str, text: str) -> str:
    """The words of a report without 某某汇报： before them, for the sentence says who reported."""
    return re.sub(rf"^{re.escape(who)}(?:通报|汇报|报告|介绍)[，,：:]\s*", "", text) if who else text


def _said(line: RecordLine, units: dict[str, str]) -> str:
    who = units.get(line.speaker, line.speaker)
    return f"{who}提出，{_sentence(line.text)}" if who else _sentence(line.text)


def _sentence(text: str) -> str:
    text = " ".join(part.strip() for part in text.splitlines() if part.strip())
    return text if not text or text[-1] in ENDS else text + "。"


def _decision(line: RecordLine) -> Unfinished:
    return Unfinished(_sentence(line.text), line.responsible, date.fromisoformat(line.due_on) if line.due_on else None)


def _units(meeting: Meeting) -> dict[str, str]:
    """Which unit each person at the table speaks for; minutes name units, not persons."""
    found: dict[str, str] = {}
    seated = meeting.seats.select(Attendance.unit_text, Attendance.names).where(Attendance.names != "")
    for unit, names in seated.order_by(Attendance.position, Attendance.id).tuples():
        found.update(dict.fromkeys(re.split(r"[、，,；;\s]+", re.sub(r"（[^）]*）", "", names)), unit))
    return found


def speakers(meeting: Meeting, most: int = 40) -> list[tuple[str, str]]:
    """Who may speak, with the unit: the chair first, then who reports, then who sits there; the first nine have a key."""
    units = _units(meeting)
    chair = re.sub(r"（[^）]*）|\([^)]*\)", "", meeting.chair).strip()
    reporting = {unit for (unit,) in meeting.agenda.select(AgendaItem.reported_by).tuples()}
    order = [chair, *(name for name, unit in units.items() if unit in reporting), *units]
    return [(name, units.get(name, "")) for name in list(dict.fromkeys(filter(None, order)))[:most]]


def decisions(noted: tuple[Unfinished, ...], before: tuple[Decision, ...]) -> list[dict[str, object]]:
    """Noted decisions as rows of the form; one that stands there already with the same words keeps its row."""
    known = {decision.text: decision for decision in before}
    rows = []
    for one in noted:
        was = known.pop(one.text, None)
        rows.append({
            "text": one.text, "responsible": one.responsible or (was.responsible if was else ""),
            "due_on": one.due_on or (was.due_on if was else None), "supervisor": was.supervisor if was else "",
            "row": was.row if was else None,
        })  # fmt: skip
    return rows
