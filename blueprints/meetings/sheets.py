"""Sheets of the joint meetings: plain values in the order they are printed."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from blueprints.meetings.models import Meeting, MeetingSeries
from blueprints.meetings.protocol import LABEL, Decision, Item, Protocol, owners
from blueprints.meetings.states import Presence, ResolutionState
from core import clock, settings
from core.printing.gongwen import day, numeral, weekday


@dataclass(frozen=True)
class ResolutionLine:
    """One decision as the minutes word it: what, who answers for it, by which day (never 「近期」)."""

    text: str
    responsible: str
    due: str
    state: ResolutionState | None = None
    supervisor: str = ""

    @property
    def answering(self) -> str:
        """「牵头单位：甲；配合单位：乙、丙；监督：丁；完成时限：…。」; what somebody labelled already stays as it is."""
        names = owners(self.responsible)
        told = f"责任单位：{self.responsible}"
        if LABEL.match(self.responsible):
            told = self.responsible
        elif len(names) > 1:
            told = f"牵头单位：{names[0]}；配合单位：{'、'.join(names[1:])}"
        watched = f"；监督：{self.supervisor}" if self.supervisor else ""
        return f"{told.rstrip('。；')}{watched}；完成时限：{self.due}。"


@dataclass(frozen=True)
class ItemPart:
    """One item of the agenda: 「会议听取了…」 and what was decided."""

    heading: str
    paragraphs: tuple[str, ...]
    resolutions: tuple[ResolutionLine, ...] = ()


@dataclass(frozen=True)
class MinutesSheet:
    """Minutes to GB/T 9704-2012 §10.3: no addressee, no signature, no seal."""

    title_mark: str
    number: str
    title: str  # May be empty: the mark says already what the paper is.
    issuing_body: str
    issued_on: str
    opening: str
    items: tuple[ItemPart, ...]
    present: tuple[tuple[str, str], ...]
    on_leave: tuple[tuple[str, str], ...] = ()
    observers: tuple[tuple[str, str], ...] = ()
    copies_to: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: str = ""
    copies: int | None = None
    plain: bool = False


@dataclass(frozen=True)
class NoticeSheet:
    """会议通知 with the strip that comes back; a unit's own has its name on the strip and its link as a QR."""

    title: str
    addressee: str
    text: str
    signed_by: str
    signed_on: str
    meeting: str
    reply_by: str
    unit: str = ""
    link: str = ""


@dataclass(frozen=True)
class SignInSheet:
    """签到表; it goes round the table, so it bears no phone."""

    body: str
    title: str
    when: str
    venue: str
    rows: tuple[tuple[str, str, str, str], ...]  # unit, names, post, note
    spare: int = 4


@dataclass(frozen=True)
class ApprovalSheet:
    """签发单: the file copy that says who drafted, who read, who approved."""

    body: str
    title: str
    number: str
    facts: tuple[tuple[str, str], ...]
    alone: bool


@dataclass(frozen=True)
class PublicSheet:
    """What residents get of a meeting: decisions only, persons and homes hidden."""

    title: str
    opening: str
    items: tuple[ItemPart, ...]
    signed_by: str
    signed_on: str


def number_text(series: MeetingSeries, protocol: Protocol) -> str:
    """〔2026〕3号, or 第3期 where the office writes it so; a draft shows where the number will stand."""
    year, serial = protocol.number or (clock.local(protocol.held_at).year, "　")
    return series.mark + numbered(str(settings.value("meetings.number", series.place_id)), year, serial)


def numbered(pattern: str, year: int, serial: int | str) -> str:
    """A number in the office's own way of writing it."""
    return pattern.replace("{年}", str(year)).replace("{号}", str(serial))


def minutes(protocol: Protocol, ordinal: int, series: MeetingSeries) -> MinutesSheet:
    """The minutes of a meeting, the same for the same words."""
    issued = day(protocol.issued_on) if protocol.issued_on else "　　年　月　日"
    return MinutesSheet(
        title_mark=series.name, number=number_text(series, protocol), title="", issuing_body=protocol.issuing_body,
        issued_on=issued, opening=protocol.opening or opening(protocol, ordinal, series),
        items=tuple(_part(item) for item in protocol.items), present=protocol.sitting(Presence.PRESENT),
        on_leave=protocol.sitting(Presence.ON_LEAVE), observers=protocol.sitting(Presence.OBSERVER),
        copies_to=protocol.copies_to, printed_by=protocol.printed_by, printed_on=issued, copies=protocol.copies,
        plain=series.plain,
    )  # fmt: skip


def _part(item: Item) -> ItemPart:
    paragraphs = tuple(line.strip() for line in item.discussion.splitlines() if line.strip())
    return ItemPart(item.title, paragraphs, tuple(map(_line, item.decisions)))


def _line(decision: Decision) -> ResolutionLine:
    return ResolutionLine(decision.text, decision.responsible, day(decision.due_on), supervisor=decision.supervisor)


def opening(protocol: Protocol, ordinal: int, series: MeetingSeries) -> str:
    """The first paragraph as minutes begin: day, who chaired, which meeting, what about."""
    held = day(clock.local(protocol.held_at).date())
    place = f"在{protocol.venue}" if protocol.venue else ""
    meeting = called(protocol, ordinal, series)
    matters = "、".join(re.sub(r"^关于|的?(?:通报|报告)$", "", item.title) for item in protocol.items)
    about = f"，研究{matters}{'等事项' if len(protocol.items) > 1 else ''}" if matters else ""
    return f"{held}，{chairing(protocol.chair)}{place}主持召开{meeting}{about}。议定事项如下："


def chairing(chair: str) -> str:
    """沈国庆（社区党委书记） as minutes say it: the post before the name."""
    found = re.fullmatch(r"([^（(]+)[（(]([^）)]+)[）)]", chair.strip())
    return f"{found[2]}{found[1].strip()}" if found else chair


def called(protocol: Protocol, ordinal: int | None, series: MeetingSeries) -> str:
    """梅苑社区党建工作联席会议2026年第三次会议; one that was called off has no place in the year."""
    if ordinal is None:
        return f"{series.meeting_name}（{day(clock.local(protocol.held_at).date())}）"
    return f"{series.meeting_name}{clock.local(protocol.held_at).year}年第{numeral(ordinal)}次会议"


def when(protocol: Protocol) -> str:
    """2026年11月12日（星期四）14:00."""
    held = clock.local(protocol.held_at)
    return f"{day(held.date())}（{weekday(held.date())}）{held:%H:%M}"


def reply_day(protocol: Protocol) -> date:
    """By when units answer: two days before, but not a day that is past."""
    held = clock.local(protocol.held_at).date()
    return min(held, max(clock.today(), held - timedelta(days=2)))


def notice(meeting: Meeting, protocol: Protocol, unit: str = "", link: str = "") -> NoticeSheet:
    """The notice of a meeting: when, where, what about, who, what to bring, whom to tell."""
    name, series = called(protocol, meeting.ordinal, meeting.series), meeting.series.meeting_name
    reply_by = day(reply_day(protocol))
    items = [f"{n}．{item.title}{f'（{item.reported_by}汇报）' if item.reported_by else ''}" for n, item in enumerate(protocol.items, 1)]
    contact = contacts(meeting, protocol)
    text = "\n".join([
        f"定于{when(protocol)}在{protocol.venue or '（地点另行通知）'}召开{name}。现将有关事项通知如下：",
        "一、会议议题", *(items or ["（另行通知）"]),
        "二、参会人员", "各成员单位负责人或联络员，有汇报任务的单位汇报人。",
        "三、有关要求",
        f"请于{reply_by}前反馈参会人员，有汇报任务的请带书面材料。不能参加的请委派熟悉情况的同志并说明。{contact}{'。' if contact else ''}",
    ])  # fmt: skip
    return NoticeSheet(
        title=f"关于召开{series}|{name.removeprefix(series)}的通知", addressee=unit or "各成员单位", text=text,
        signed_by=protocol.issuing_body, signed_on=day(clock.today()), meeting=name, reply_by=reply_by, unit=unit, link=link,
    )  # fmt: skip


def contacts(meeting: Meeting, protocol: Protocol) -> str:
    """联系人 and the office's telephone, never a private one."""
    phone = str(settings.value("office.phone", meeting.place_id))
    told = (f"联系人：{protocol.recorder}" if protocol.recorder else "", f"电话：{phone}" if phone else "")
    return "，".join(filter(None, told))


def sign_in(meeting: Meeting, protocol: Protocol, expected: list[tuple[str, str, str, str]]) -> SignInSheet:
    """The sheet that goes round: who is expected with the names answered, and room for those who come unannounced."""
    return SignInSheet(
        body=protocol.issuing_body, title=f"{called(protocol, meeting.ordinal, meeting.series)}签到表",
        when=when(protocol), venue=protocol.venue, rows=tuple(expected),
    )  # fmt: skip


def approval(meeting: Meeting, protocol: Protocol, signed: dict[str, str]) -> ApprovalSheet:
    """The slip kept with the file; ``signed`` says who drafted, checked and approved on which day, signatures are by hand."""
    facts = (
        ("文稿标题", f"{meeting.series.name}（{called(protocol, meeting.ordinal, meeting.series)}）"),
        ("拟稿人", signed.get("drafter", "")), ("核稿人", signed.get("approver", "")),
        ("主持人核对", signed.get("chair", "")), ("会签单位", protocol.countersigned_by),
        ("印发机关", protocol.issuing_body), ("分送", "、".join(protocol.copies_to)),
        ("份数", f"{protocol.copies}份" if protocol.copies else ""), ("校对", ""),
        ("印发日期", day(protocol.issued_on) if protocol.issued_on else ""), ("签发人", protocol.signatory),
    )  # fmt: skip
    return ApprovalSheet(
        body=protocol.issuing_body, title="文稿签发单", number=number_text(meeting.series, protocol), facts=facts,
        alone=meeting.alone,
    )  # fmt: skip


def public(meeting: Meeting, protocol: Protocol, items: tuple[ItemPart, ...]) -> PublicSheet:
    """The residents' version, from wordings already masked."""
    name = called(protocol, meeting.ordinal, meeting.series)
    held = day(clock.local(protocol.held_at).date())
    return PublicSheet(
        title=f"{name}|议定事项（居民公开版）", opening=f"{held}召开的{name}议定以下事项，欢迎居民监督落实。",
        items=items, signed_by=protocol.issuing_body, signed_on=day(protocol.issued_on) if protocol.issued_on else "",
    )  # fmt: skip
