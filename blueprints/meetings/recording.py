"""The raw record (会议记录), written by several hands while people speak; kept apart from the minutes.

Every field has a version of its own: whoever writes on top of something not seen yet is told, and both texts are kept.
Single writes leave no trace in the audit trail, which would drown in them and would renew every public page each time;
closing the record does (closing.py), with the digest of all its words.
"""

import secrets
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta

from peewee import JOIN, ModelSelect, fn

from blueprints.meetings import rules
from blueprints.meetings.models import AgendaItem, Meeting
from blueprints.meetings.states import LineKind, MeetingState
from blueprints.meetings.writings import RecordAside, RecordLine, RecordWriter
from core import clock, settings
from core.access import Actor
from core.db import writing
from core.records.people import Account
from core.refusal import Refused
from core.spreadsheets.cells import clean
from core.spreadsheets.id_numbers import holds_id_number
from core.text import _, _l

settings.declare("meetings.record_times", _l("会议记录里记下每段发言的时间"), False, group="meetings")
LONGEST = {"speaker": 80, "text": 20_000, "responsible": 300, "due_on": 10, "cited": 1, "removed": 1}
SWITCHES = ("cited", "removed")
HERE = timedelta(seconds=20)  # somebody not heard of for longer has left
BEAT = timedelta(seconds=8)


class Closed(Refused):
    sentence = _l("会议记录已经定稿，不能再改。要改请先重开，并写明原因。")
    status = 409


class CalledOff(Refused):
    sentence = _l("这次会议已经取消，没有会议记录。")
    status = 409


@dataclass(frozen=True)
class Write:
    """One field as somebody typed it, on top of ``version``; the rest says where a new line begins."""

    uid: str
    item: int
    kind: LineKind
    field: str
    value: str
    version: int = 0
    after: str = ""


@dataclass
class Outcome:
    """What became of some writes: what stands, what met another text, what cannot be kept and why."""

    saved: list[tuple[str, str, int]] = field(default_factory=list)
    conflicts: list[tuple[str, str, int, str, str]] = field(default_factory=list)  # uid, field, version, theirs, who
    refused: list[tuple[str, str, str]] = field(default_factory=list)


def new_uid() -> str:
    """A name for a line begun here; the page's script makes its own."""
    return secrets.token_hex(8)


def write_down(actor: Actor, meeting: Meeting, writes: list[Write]) -> Outcome:
    """Keep what was typed, field by field; one that cannot be kept does not hold up the others. Raises Closed."""
    outcome = Outcome()
    if not writes:
        return outcome
    with writing():
        # The count first: it locks the meeting, so that two hands write one after the other.
        Meeting.update(record_revision=Meeting.record_revision + 1).where(Meeting.id == meeting.id).execute()
        fresh = Meeting.get_by_id(meeting.id)
        check_open(fresh)
        pen = _Pen(actor, fresh, outcome)
        for one in writes:
            pen.write(one)
        if fresh.state is MeetingState.PLANNED and outcome.saved:
            rules.held(actor, fresh)
    return outcome


def check_open(meeting: Meeting) -> None:
    """Raises CalledOff, Closed."""
    if meeting.state is MeetingState.CANCELLED:
        raise CalledOff()
    if meeting.record_closed_at is not None:
        raise Closed()


class _Pen:
    """One hand writing into one meeting's record."""

    def __init__(self, actor: Actor, meeting: Meeting, outcome: Outcome) -> None:
        self.actor, self.meeting, self.outcome = actor, meeting, outcome
        self.items = {item for (item,) in meeting.agenda.select(AgendaItem.id).tuples()}
        self.stamped = bool(settings.value("meetings.record_times", meeting.place_id))

    def write(self, one: Write) -> None:
        value = clean(one.value) if one.field not in SWITCHES else str(int(one.value not in ("", "0")))
        if fault := _fault(one, value):
            self.outcome.refused.append((one.uid, one.field, fault))
            return
        line = self._line(one)
        if line is None:
            self.outcome.refused.append((one.uid, one.field, _("这一项议题已经不在了，请刷新后再写。")))
        elif line.versions.get(one.field, 0) == one.version or _value(line, one.field) == value:
            self._put(line, one, value)
        else:
            self._aside(line, one.field, value)

    def _line(self, one: Write) -> RecordLine | None:
        line = RecordLine.get_or_none((RecordLine.meeting == self.meeting) & (RecordLine.uid == one.uid))
        if line is not None or one.item not in self.items:
            return line
        return RecordLine(
            meeting=self.meeting, item=one.item, uid=one.uid, kind=one.kind, position=_position(one),
            said_at=clock.now() if self.stamped else None,
        )  # fmt: skip

    def _put(self, line: RecordLine, one: Write, value: str) -> None:
        name = one.field
        changed = line.id is None or _value(line, name) != value
        if changed:
            setattr(line, name, value == "1" if name in SWITCHES else value)
            line.versions = {**line.versions, name: line.versions.get(name, 0) + 1}
            line.revision, line.account = self.meeting.record_revision, self.actor.account_id
            line.save()
        if changed or one.version != line.versions.get(name, 0):
            self._forget(line, name)  # written over by hand, so the text kept aside has been seen
        self.outcome.saved.append((line.uid, name, line.versions.get(name, 0)))

    def _forget(self, line: RecordLine, name: str) -> None:
        mine = (RecordAside.field == name) & (RecordAside.account == self.actor.account_id)
        RecordAside.delete().where((RecordAside.line == line) & mine).execute()

    def _aside(self, line: RecordLine, name: str, value: str) -> None:
        self._forget(line, name)
        RecordAside.create(line=line, field=name, value=value, account=self.actor.account_id, at=clock.now())
        who = line.account.name if line.account else ""
        self.outcome.conflicts.append((line.uid, name, line.versions.get(name, 0), _value(line, name), who))


def _value(line: RecordLine, name: str) -> str:
    value = getattr(line, name)
    return str(int(value)) if name in SWITCHES else value


def _fault(one: Write, value: str) -> str:
    """Why a field cannot be kept, blank when it can."""
    if one.field not in LONGEST or len(one.uid) > 32 or not (one.uid.isascii() and one.uid.isalnum()):
        return _("这一格不认识，请刷新后再写。")
    if len(value) > LONGEST[one.field]:
        return _("这一段有 %(length)s 个字，最多 %(most)s 个，请分成两段。", length=len(value), most=LONGEST[one.field])
    if holds_id_number(value):
        return _("内容里有身份证号码。本系统不保存身份证号码，请删去。")
    if one.field == "due_on" and value and not _is_day(value):
        return _("时限应是日期，例如 2026-12-15。")
    return ""


def _is_day(value: str) -> bool:
    try:
        return bool(date.fromisoformat(value))
    except ValueError:
        return False


def _position(one: Write) -> float:
    """Between the line it follows and the next one, else behind the last."""
    rows = RecordLine.select().where(RecordLine.item == one.item)
    before = rows.where(RecordLine.uid == one.after).first() if one.after else None
    last = rows.select(fn.MAX(RecordLine.position)).scalar() or 0.0
    if before is None:
        return last + 1
    following = rows.select(fn.MIN(RecordLine.position)).where(RecordLine.position > before.position).scalar()
    return (before.position + following) / 2 if following is not None else last + 1


def lines(meeting: Meeting, since: int = -1) -> ModelSelect:
    """The lines in order, those touched after a revision, with who wrote last; removed ones are among them."""
    rows = RecordLine.select(RecordLine, Account).join(Account, JOIN.LEFT_OUTER)
    here = (RecordLine.meeting == meeting) & (RecordLine.revision > since)
    return rows.where(here).order_by(RecordLine.item, RecordLine.position, RecordLine.id)


def standing(meeting: Meeting) -> dict[int, list[RecordLine]]:
    """The lines that stand, per item, blank ones left out."""
    found: dict[int, list[RecordLine]] = {}
    for line in lines(meeting):
        if not line.removed and (line.text or line.speaker):
            found.setdefault(line.item_id, []).append(line)
    return found


def asides(meeting: Meeting) -> ModelSelect:
    """Texts that met another one, each with its line and who wrote it."""
    rows = RecordAside.select(RecordAside, RecordLine, Account).join(RecordLine).switch(RecordAside)
    rows = rows.join(Account, JOIN.LEFT_OUTER).where((RecordLine.meeting == meeting) & ~RecordLine.removed)
    return rows.order_by(RecordAside.id)


def settle(actor: Actor, meeting: Meeting, number: int, mine: bool) -> None:
    """Choose: the text kept aside takes the place of the other (``mine``), or is let go."""
    with writing():
        row = asides(meeting).where(RecordAside.id == number).first()
        if row is None:
            return
        if mine:
            line = row.line
            version = line.versions.get(row.field, 0)
            write_down(actor, meeting, [Write(line.uid, line.item_id, line.kind, row.field, row.value, version)])
        RecordAside.delete().where(RecordAside.id == number).execute()


def drop_asides(actor: Actor, meeting: Meeting, uid: str, name: str) -> None:
    """用对方的: what this person had written there is let go."""
    with writing():
        mine = RecordLine.select(RecordLine.id).where((RecordLine.meeting == meeting) & (RecordLine.uid == uid))
        RecordAside.delete().where(
            RecordAside.line.in_(mine) & (RecordAside.field == name) & (RecordAside.account == actor.account_id)
        ).execute()


def here(actor: Actor, meeting: Meeting, item: int) -> None:
    """This person has the record open, at this item (0: at none)."""
    known = RecordWriter.get_or_none((RecordWriter.meeting == meeting) & (RecordWriter.account == actor.account_id))
    if known is not None and known.item == item and clock.now() - known.at < BEAT:
        return
    with writing():
        RecordWriter.insert(meeting=meeting, account=actor.account_id, item=item, at=clock.now()).on_conflict(
            conflict_target=[RecordWriter.meeting, RecordWriter.account],
            update={RecordWriter.item: item, RecordWriter.at: clock.now()},
        ).execute()


def others(actor: Actor, meeting: Meeting) -> Iterator[tuple[str, int]]:
    """Who else writes now: name, and the item's place on the agenda counted from 1 (0: at none)."""
    places = dict(meeting.agenda.select(AgendaItem.id, AgendaItem.position).tuples())
    rows = RecordWriter.select(RecordWriter, Account).join(Account)
    now = (RecordWriter.meeting == meeting) & (RecordWriter.at >= clock.now() - HERE)
    for row in rows.where(now & (RecordWriter.account != actor.account_id)).order_by(Account.name):
        yield row.account.name, places[row.item] + 1 if row.item in places else 0
