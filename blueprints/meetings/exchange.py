"""A meeting as a JSON file (docs/meeting-json.md): read with every fault named, written the same again."""

import json
from collections.abc import Callable
from datetime import date, datetime

from blueprints.meetings.models import Meeting
from blueprints.meetings.protocol import Decision, Item, Protocol, Seat, protocol_of
from blueprints.meetings.states import ItemKind, Presence
from core import clock
from core.refusal import Refused
from core.spreadsheets.cells import clean
from core.spreadsheets.id_numbers import holds_id_number
from core.text import _, _l

KEYS = {
    "series", "number", "issuing_organization", "held_at", "ended_at", "venue", "chair", "recorder", "opening",
    "attendance", "items", "copies_to", "copies", "issued_by", "issued_on", "signatory", "countersigned_by",
}  # fmt: skip
ITEM_KEYS = {"title", "kind", "reported_by", "discussion", "resolutions"}
DECISION_KEYS = {"text", "responsible", "supervisor", "due_on"}
SEATS = {
    "present": Presence.PRESENT, "on_leave": Presence.ON_LEAVE, "observers": Presence.OBSERVER, "absent": Presence.ABSENT,
}  # fmt: skip
ALWAYS = ("present", "on_leave", "observers")
MOST_FAULTS = 20
LONGEST = 200_000  # what a file may hold at all; what minutes may hold is another rule's matter


class NoFile(Refused):
    sentence = _l("请选择一份会议文件（.json，不超过 512 KB）。")


class NotJson(Refused):
    sentence = _l("这不是有效的 JSON 文件（UTF-8）：第 %(line)s 行第 %(column)s 个字处读不下去，请检查逗号、引号和括号。")


class NotAMeeting(Refused):
    sentence = _l("这份会议文件不能导入，没有写入任何内容：\n%(faults)s")


def read(content: bytes) -> Protocol:
    """The meeting in a file; raises with every fault found, so that the file is mended once."""
    try:
        value = json.loads(content.decode("utf-8-sig"))
    except json.JSONDecodeError as error:
        raise NotJson(line=error.lineno, column=error.colno) from None
    except (ValueError, RecursionError):  # not UTF-8, nested without end, a number of thousands of digits
        raise NotJson(line=1, column=1) from None
    reader = _Reader()
    protocol = reader.meeting(value)
    if reader.faults or protocol is None:
        raise NotAMeeting(faults="\n".join(reader.faults[:MOST_FAULTS]))
    return protocol


class _Reader:
    """Reads value by value; a fault is noted with the place it stands at and reading goes on."""

    def __init__(self) -> None:
        self.faults: list[str] = []

    def meeting(self, value: object) -> Protocol | None:
        """The whole file, or None where so much is wrong that nothing can be built."""
        if not self._table(value, KEYS, _("文件")):
            return None
        where = _("会议")
        read = {
            "series": self.text(value, "series", where, 120, required=True),
            "issuing_body": self.text(value, "issuing_organization", where, 120, required=True),
            "held_at": self.parsed(value, "held_at", where, instant, required=True),
            "ended_at": self.parsed(value, "ended_at", where, instant),
            "venue": self.text(value, "venue", where, 120), "chair": self.text(value, "chair", where, 120),
            "recorder": self.text(value, "recorder", where, 120), "opening": self.text(value, "opening", where, 1000),
            "seats": self.seats(value.get("attendance") or {}),
            "items": tuple(self.item(one, n) for n, one in self.rows(value, "items", where)),
            "copies_to": tuple(self.plain(one, where, "copies_to", 120) for _n, one in self.rows(value, "copies_to", where)),
            "copies": self.copies(value.get("copies")), "countersigned_by": self.text(value, "countersigned_by", where, 200),
            "printed_by": self.text(value, "issued_by", where, 120), "signatory": self.text(value, "signatory", where, 120),
            "number": self.number(value.get("number")), "issued_on": self.parsed(value, "issued_on", where, date.fromisoformat),
        }  # fmt: skip
        self._check(read)
        return None if self.faults else Protocol(**read)

    def _check(self, read: dict[str, object]) -> None:
        held, ended, issued = read["held_at"], read["ended_at"], read["issued_on"]
        if (read["number"] is None) != (issued is None) and not self.faults:
            self.faults.append(_("number 和 issued_on 要同时填写（已印发）或同时不填（未印发）。"))
        if held and ended and ended < held:
            self.faults.append(_("会议的 ended_at 早于 held_at。"))
        if held and issued and issued < clock.local(held).date():
            self.faults.append(_("会议的 issued_on 早于开会那天。"))

    def _table(self, value: object, known: set[str], where: str) -> bool:
        if not isinstance(value, dict):
            self.faults.append(_("%(where)s应是一个对象 {…}。", where=where))
            return False
        for key in value:
            if key not in known:
                self.faults.append(
                    _("%(where)s里不认识“%(key)s”，可用：%(known)s。", where=where, key=key, known="、".join(sorted(known)))
                )
        return True

    def rows(self, value: dict, key: str, where: str) -> list[tuple[int, object]]:
        """A list's entries counted from 1."""
        rows = value.get(key)
        if rows is None:
            return []
        if not isinstance(rows, list):
            self.faults.append(_("%(where)s的 %(key)s 应是一个列表 […]。", where=where, key=key))
            return []
        return list(enumerate(rows, 1))

    def text(self, value: dict, key: str, where: str, longest: int, required: bool = False) -> str:
        """A text under a key."""
        found = value.get(key)
        if found is None:
            found = ""
        text = self.plain(found, where, key, longest)
        if required and isinstance(found, str) and not text:
            self.faults.append(_("%(where)s缺少 %(key)s，请填写。", where=where, key=key))
        return text

    def plain(self, found: object, where: str, key: str, longest: int) -> str:
        """A text, cleaned of control characters, not too long, without an ID-card number."""
        if not isinstance(found, str):
            self.faults.append(_("%(where)s的 %(key)s 应是文字，用引号括起来。", where=where, key=key))
            return ""
        text = clean(found)
        if len(text) > longest:
            self.faults.append(
                _("%(where)s的 %(key)s 有 %(length)s 个字，最多 %(longest)s 个。", where=where, key=key, length=len(text), longest=longest)
            )
        if holds_id_number(text):
            self.faults.append(_("%(where)s的 %(key)s 里有身份证号码，本系统不保存，请删去。", where=where, key=key))
        return text

    def parsed(self, value: dict, key: str, where: str, parse: Callable, required: bool = False):
        """A day or an instant in ISO form, None where absent."""
        found = value.get(key)
        if found is None and not required:
            return None
        try:
            return parse(found)
        except (TypeError, ValueError, OverflowError):
            form = "2026-11-12T14:00:00+08:00" if parse is instant else "2026-12-15"
            self.faults.append(
                _("%(where)s的 %(key)s 应写成 %(form)s 这样，现为“%(value)s”。", where=where, key=key, form=form, value=found)
            )
            return None

    def number(self, value: object) -> tuple[int, int] | None:
        """The number as (year, serial)."""
        if value is None or not self._table(value, {"year", "serial"}, "number"):
            return None
        pair = (value.get("year"), value.get("serial"))
        whole = all(isinstance(one, int) and not isinstance(one, bool) for one in pair)
        if not whole or not 1949 <= pair[0] <= 2199 or not 1 <= pair[1] <= 9999:
            self.faults.append(_("number 应写成 {\"year\": 2026, \"serial\": 3} 这样的两个正整数。"))
            return None
        return pair

    def copies(self, value: object) -> int | None:
        """How many copies are printed."""
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= 9999):
            return value
        self.faults.append(_("copies 应是 1 至 9999 的整数。"))
        return None

    def seats(self, value: object) -> tuple[Seat, ...]:
        """Present, on leave, observers, absent: lists of [unit, names] or [unit, names, note]."""
        if not self._table(value, set(SEATS), "attendance"):
            return ()
        seats = []
        for key, presence in SEATS.items():
            for n, row in self.rows(value, key, "attendance"):
                where = _("attendance 的 %(key)s 第 %(n)s 行", key=key, n=n)
                if not isinstance(row, list) or len(row) not in (2, 3):
                    self.faults.append(_("%(where)s应写成 [\"单位\", \"姓名、姓名\"]。", where=where))
                    continue
                unit, names = self.plain(row[0], where, _("单位"), 120), self.plain(row[1], where, _("姓名"), 400)
                note = self.plain(row[2], where, _("备注"), 300) if len(row) == 3 else ""
                seats.append(Seat(presence, unit, names, note))
        return tuple(seats)

    def item(self, value: object, n: int) -> Item:
        """One item with its resolutions."""
        where = _("第 %(n)s 个议题", n=n)
        if not self._table(value, ITEM_KEYS, where):
            return Item("")
        return Item(
            self.text(value, "title", where, 200, required=True), self.text(value, "reported_by", where, 120),
            self.text(value, "discussion", where, LONGEST),
            tuple(
                self.decision(one, _("%(where)s第 %(m)s 条议定事项", where=where, m=m))
                for m, one in self.rows(value, "resolutions", where)
            ),
            self.kind(value.get("kind"), where),
        )  # fmt: skip

    def kind(self, value: object, where: str) -> ItemKind | None:
        """What an item is; absent, its title tells."""
        if value is None or value in set(ItemKind):
            return value and ItemKind(value)
        known = "、".join(ItemKind)
        self.faults.append(_("%(where)s的 kind 现为“%(value)s”，可用：%(known)s。", where=where, value=value, known=known))
        return None

    def decision(self, value: object, where: str) -> Decision:
        """One resolution: due on a day, never 近期."""
        if not self._table(value, DECISION_KEYS, where):
            return Decision("", "", date.min)
        return Decision(
            self.text(value, "text", where, 2000, required=True),
            self.text(value, "responsible", where, 300, required=True),
            self.parsed(value, "due_on", where, date.fromisoformat, required=True),
            self.text(value, "supervisor", where, 120),
        )


def instant(text: str) -> datetime:
    """An ISO time as naive UTC; without an offset it is the office's own time."""
    return clock.utc(datetime.fromisoformat(text)).replace(microsecond=0)


def meeting_json(meeting: Meeting) -> dict[str, object]:
    """The stored meeting as its file: what was imported comes out equal."""
    return as_json(protocol_of(meeting))


def as_json(protocol: Protocol) -> dict[str, object]:
    """A meeting under the file's keys, in the file's order; what is not known is left out."""
    number = protocol.number
    whole = {
        "series": protocol.series,
        "number": {"year": number[0], "serial": number[1]} if number else None,
        "issuing_organization": protocol.issuing_body,
        "held_at": clock.local(protocol.held_at).isoformat(),
        "ended_at": clock.local(protocol.ended_at).isoformat() if protocol.ended_at else None,
        **{key: getattr(protocol, key) for key in ("venue", "chair", "recorder", "opening")},
        "attendance": _attendance(protocol),
        "items": [_item(item) for item in protocol.items],
        "copies_to": list(protocol.copies_to),
        "copies": protocol.copies,
        "issued_by": protocol.printed_by,
        "issued_on": protocol.issued_on.isoformat() if protocol.issued_on else None,
        "signatory": protocol.signatory,
        "countersigned_by": protocol.countersigned_by,
    }
    return {key: value for key, value in whole.items() if value not in (None, "")}


def _attendance(protocol: Protocol) -> dict[str, list[list[str]]]:
    found: dict[str, list[list[str]]] = {key: [] for key in ALWAYS}
    for key, presence in SEATS.items():
        for seat in protocol.seats:
            if seat.presence is presence:
                found.setdefault(key, []).append([seat.unit, seat.names, *([seat.note] if seat.note else [])])
    return found


def _item(item: Item) -> dict[str, object]:
    texts = {"title": item.title, "kind": item.kind, "reported_by": item.reported_by, "discussion": item.discussion}
    return {key: text for key, text in texts.items() if text} | {"resolutions": [_decision(d) for d in item.decisions]}


def _decision(decision: Decision) -> dict[str, str]:
    supervised = {"supervisor": decision.supervisor} if decision.supervisor else {}
    return {
        "text": decision.text, "responsible": decision.responsible, **supervised, "due_on": decision.due_on.isoformat()
    }


def file_of(protocol: Protocol) -> bytes:
    """The file's bytes, as they are attached to the minutes."""
    return (json.dumps(as_json(protocol), ensure_ascii=False, indent=1) + "\n").encode()
