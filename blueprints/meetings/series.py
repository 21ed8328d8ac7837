"""Series and their rosters: found one, correct it, say who belongs to it from when to when."""

import re
from collections import Counter
from dataclasses import dataclass

from peewee import fn

from blueprints.meetings import parties
from blueprints.meetings.models import MeetingSeries, SeriesMember
from blueprints.meetings.protocol import Protocol
from blueprints.meetings.states import Quorum, SeriesKind
from core import clock, settings
from core.access import Actor
from core.audit import Act, record
from core.db import writing
from core.history import unchanged
from core.records.places import Place
from core.refusal import Refused
from core.spreadsheets.cells import clean
from core.spreadsheets.id_numbers import holds_id_number
from core.text import _l

settings.declare("meetings.levels", _l("会议的层级（新设会议时可选）"), "市 区 街道 社区", _l("区、街道、社区三级网络"), group="meetings")
FIELDS = (
    "name", "kind", "level", "parent", "own_roster", "quorum", "issuing_body", "mark", "printed_by", "copies_to", "plain",
    "open_to_residents", "obliged", "executor", "supervisor",
)  # fmt: skip
LONGEST = {"name": 120, "contact": 80, "phone": 40}


class SeriesExists(Refused):
    sentence = _l("已经有叫“%(name)s”的会议了，请直接用那一个。")
    status = 409


class OwnBranch(Refused):
    sentence = _l("“%(name)s”是它自己的分会，或分会的分会，请另选上级会议。")


class NoNames(Refused):
    sentence = _l("没有读到名称。请每行写一家：单位、联络员、电话，中间用逗号或从表格里直接复制。")


class NameTooLong(Refused):
    sentence = _l("第 %(line)s 行的“%(words)s…”太长了，请核对是不是少了换行。")


class IdNumber(Refused):
    sentence = _l("第 %(line)s 行里有身份证号码。本系统不保存身份证号码，请删去。")


class UsesUnits(Refused):
    sentence = _l("“%(name)s”用的是成员单位名册，请在“成员单位”里增减；要另立名单，请先在会议设置里选“另立名单”。")
    status = 409


def found_series(actor: Actor, place: Place, values: dict[str, object]) -> MeetingSeries:
    """A new kind of meeting; ``values`` are named as the record's fields, what is missing stays usual."""
    with writing():
        _free(place.id, values["name"])
        series = MeetingSeries.create(place=place, **{name: values[name] for name in FIELDS if name in values})
        record(actor, Act.SERIES_CHANGED, series, place, after=_plain(values))
    return series


def change_series(actor: Actor, series: MeetingSeries, version: int, values: dict[str, object]) -> MeetingSeries:
    """Correct a series; minutes already issued keep what they were printed with. Raises Stale when ``version`` is old."""
    with writing():
        fresh = unchanged(series, version)
        _free(series.place_id, values["name"], but=series.id)
        _no_circle(fresh, values.get("parent"))
        before = {name: getattr(fresh, name) for name in FIELDS if name in values}
        for name in before:
            setattr(fresh, name, values[name])
        fresh.version += 1
        fresh.save()
        record(actor, Act.SERIES_CHANGED, fresh, fresh.place_id, before=_plain(before), after=_plain(values))
    return fresh


def _free(place: int, name: object, but: int = 0) -> None:
    same = (MeetingSeries.place == place) & (MeetingSeries.name == name) & (MeetingSeries.id != but)
    if MeetingSeries.select().where(same).exists():
        raise SeriesExists(name=name)


def _no_circle(series: MeetingSeries, parent: MeetingSeries | None) -> None:
    above = parent
    while above is not None:
        if above == series:
            raise OwnBranch(name=parent.meeting_name)
        above = above.parent


def _plain(values: dict[str, object]) -> dict[str, object]:
    """Values as the audit trail keeps them: another record by its number."""
    return {name: getattr(value, "id", value) for name, value in values.items()}


def series_of(actor: Actor, place: Place, protocol: Protocol) -> MeetingSeries:
    """The series a file names; an unknown one is founded with what the file says."""
    found = MeetingSeries.get_or_none((MeetingSeries.place == place) & (MeetingSeries.name == protocol.series))
    return found or found_series(actor, place, {
        "name": protocol.series, "issuing_body": protocol.issuing_body, "printed_by": protocol.printed_by,
        "copies_to": list(protocol.copies_to), "kind": SeriesKind.JOINT, "quorum": Quorum.NONE,
    })  # fmt: skip


@dataclass(frozen=True)
class Entry:
    """One line of a roster as it was pasted."""

    name: str
    contact: str = ""
    phone: str = ""


def pasted(text: str) -> list[Entry]:
    """Lines pasted from a sheet or typed: 单位、联络员、电话; the same name twice counts once."""
    found: dict[str, Entry] = {}
    for number, line in enumerate(text.splitlines(), 1):
        cells = [clean(cell) for cell in re.split(r"\t|[,，;；]", line)]
        if not any(cells):
            continue
        if holds_id_number(line):
            raise IdNumber(line=number)
        entry = Entry(*([*cells, "", "", ""])[:3])
        if any(len(getattr(entry, name)) > most for name, most in LONGEST.items()):
            raise NameTooLong(line=number, words=line.strip()[:20])
        if entry.name:
            found.setdefault(entry.name, entry)
    if not found:
        raise NoNames()
    return list(found.values())


def enlist(actor: Actor, series: MeetingSeries, entries: list[Entry], others_leave: bool = False) -> Counter:
    """Who is named joins or is corrected; ``others_leave`` ends those not named. Answers the counts.

    The first list of a roster holds from the beginning, later ones from today on.
    """
    with writing():
        if not series.own_roster:
            raise UsesUnits(name=series.meeting_name)
        roster = _Roster(series)
        done = Counter(roster.write(entry) for entry in entries)
        if others_leave:
            done["left"] = len(roster.here)
            for row in roster.here.values():
                _end(row)
        record(actor, Act.ROSTER_CHANGED, series, series.place_id, **done, names=[entry.name for entry in entries])
    return done


class _Roster:
    """A roster while names are written into it; ``here`` keeps those not named yet."""

    def __init__(self, series: MeetingSeries) -> None:
        self.series = series
        self.here = {row.name: row for row in parties.members(series)}
        self.last = series.members.select(fn.MAX(SeriesMember.position)).scalar() or 0
        self.since = clock.today() if series.members.exists() else None
        self.units = parties.unit_numbers(series.place)

    def write(self, entry: Entry) -> str:
        """What became of the entry: joined, changed or same."""
        row, unit = self.here.pop(entry.name, None), self.units.get(entry.name)
        if row is None:
            self.last += 1
            SeriesMember.create(
                series=self.series, position=self.last, name=entry.name, unit=unit, contact=entry.contact,
                phone=entry.phone, since=self.since,
            )  # fmt: skip
            return "joined"
        before = (row.unit_id, row.contact, row.phone)
        row.unit, row.contact, row.phone = unit, entry.contact or row.contact, entry.phone or row.phone
        row.save()
        return "same" if before == (row.unit_id, row.contact, row.phone) else "changed"


def _end(row: SeriesMember) -> None:
    """Whoever joined today was entered by mistake and is taken off; others left today."""
    if row.since == clock.today() and not row.seats.exists():
        row.delete_instance()
        return
    row.until = clock.today()
    row.save()


def leave(actor: Actor, member: SeriesMember) -> None:
    """One name is off the roster from today on; what it sat in and proposed stays."""
    with writing():
        _end(member)
        record(actor, Act.ROSTER_CHANGED, member.series, member.series.place_id, left=1, names=[member.name])
