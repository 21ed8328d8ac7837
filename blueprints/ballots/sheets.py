"""The papers of a poll as plain values. No ballot carries a number or mark; no slip a serial."""

from collections.abc import Sequence
from dataclasses import dataclass

from blueprints.ballots import chain, outcomes, slips
from blueprints.ballots.models import Nominee, Poll, PollClass, PollEvent, RollEntry, Scrutineer
from blueprints.ballots.nominees import in_order
from blueprints.ballots.rules import prefix
from blueprints.organisation.queries import committee_of
from core import settings, zh
from core.links import base_address
from core.records.papers import Blob
from core.text import _, in_chinese

SIGNS = {"ring": "○", "cross": "×", "dash": "—"}


@dataclass(frozen=True)
class Slip:
    code: str
    address: str


@dataclass(frozen=True)
class SlipsSheet:
    """All slips of one class, eight on a page with lines to cut along."""

    title: str
    community: str
    ballots: str
    asked_at: str
    slips: tuple[Slip, ...]
    typed_at: str
    explained_at: str
    colour: int


@dataclass(frozen=True)
class Profile:
    name: str
    facts: tuple[tuple[str, str], ...]
    lines: tuple[str, ...]
    photo: str | None


@dataclass(frozen=True)
class ProfilesSheet:
    title: str
    community: str
    people: tuple[Profile, ...]
    body: str
    day: str


@dataclass(frozen=True)
class RollSheet:
    """签到与领票册: names, signatures, and nothing of any slip."""

    title: str
    community: str
    ballots: str
    day: str
    rows: tuple[tuple[str, str, str], ...]
    entitled: int
    excluded: int


@dataclass(frozen=True)
class KeySheet:
    """One of the key sheets; who holds two of them opens the box."""

    title: str
    community: str
    number: int
    of: int
    needed: int
    holder: str
    words: tuple[str, ...]
    config: str
    key: str
    day: str


@dataclass(frozen=True)
class Report:
    """One of the four 报告单: facts by class of ballots, then who signs."""

    title: str
    rows: tuple[tuple[str, tuple[str, ...]], ...]
    remarks: tuple[str, ...] = ()
    ticks: tuple[tuple[str, bool], ...] = ()
    results: tuple[outcomes.Group, ...] = ()


@dataclass(frozen=True)
class ReportsSheet:
    title: str
    community: str
    poll: str
    day: str
    classes: tuple[str, ...]
    reports: tuple[Report, ...]
    passed: tuple[str, str]
    others: bool
    graded: bool
    signers: tuple[tuple[str, tuple[str, ...]], ...]
    digests: tuple[str, str] | None
    invalid: bool
    rule: str


@dataclass(frozen=True)
class RecordSheet:
    """封箱、开箱记录: what the system knows is printed, what people see is left to be written."""

    title: str
    community: str
    poll: str
    config: str
    key: str
    head: str
    slips: tuple[tuple[str, int], ...]
    holders: tuple[tuple[int, str], ...]
    events: tuple[tuple[str, str, str], ...]
    watchers: tuple[str, ...]


@in_chinese()
def slip_sheets(poll: Poll, codes: dict[str, list[str]]) -> list[SlipsSheet]:
    """In no order; each class a sheet of its own."""
    address = base_address(poll.place) + prefix(poll.place)
    return [
        SlipsSheet(
            title=poll.title, community=poll.place.name, ballots=row.title, asked_at=held_on(poll), typed_at=f"{address}/vote",
            explained_at=f"{address}/polls/secrecy",
            slips=tuple(Slip(slips.in_groups(code), f"{address}/v#{code}") for code in codes[row.code]), colour=number,
        )
        for number, row in enumerate(classes(poll))
        if codes.get(row.code)
    ]  # fmt: skip


@in_chinese()
def profiles(poll: Poll) -> tuple[ProfilesSheet, dict[str, bytes]]:
    """候选人简介, equal room each; beside it the photos by the names the sheet gives them."""
    rows, photos = list(in_order(poll)), {}
    for row in rows:
        if row.photo_id:
            photos[f"{row.id}.jpg"] = bytes(Blob.get_by_id(row.photo_id).content)
    sheet = ProfilesSheet(
        title=_("候选人简介"), community=poll.place.name, people=tuple(_profile(row) for row in rows),
        body=settings.value("polls.body", poll.place), day=held_on(poll),
    )  # fmt: skip
    return sheet, photos


def _profile(row: Nominee) -> Profile:
    facts = (
        (_("性别"), str(row.sex.title)), (_("出生年月"), zh.day(row.birth[:7])), (_("学历"), row.education),
        (_("入党时间"), zh.day(row.joined[:7])), (_("现任职务"), row.duty), (_("提名职务"), row.post),
    )  # fmt: skip
    lines = tuple(line.strip() for line in row.profile.splitlines() if line.strip())
    return Profile(row.name, tuple(fact for fact in facts if fact[1]), lines, f"{row.id}.jpg" if row.photo_id else None)


@in_chinese()
def roll_sheets(poll: Poll) -> list[RollSheet]:
    """Everybody in the roll's order; who does not count carries the reason."""
    return [
        RollSheet(
            title=_("签到与领票册"), community=poll.place.name, ballots=row.title, day=held_on(poll),
            rows=tuple(
                (one.name, one.stairwell, one.excluded and _("不计入：%(reason)s", reason=one.excluded)) for one in people
            ),
            entitled=sum(not one.excluded for one in people), excluded=sum(bool(one.excluded) for one in people),
        )
        for row in classes(poll)
        if (people := list(row.roll.order_by(RollEntry.position, RollEntry.id)))
    ]  # fmt: skip


@in_chinese()
def key_sheets(poll: Poll, shares: Sequence[str]) -> list[KeySheet]:
    """One PDF a sheet: who prints all of them holds the box."""
    holders = {row.sheet: row.name for row in poll.scrutineers.where(Scrutineer.sheet > 0)}
    needed = 2 if len(shares) > 1 else 1
    return [
        KeySheet(
            title=_("密钥单"), community=str(poll), number=number, of=len(shares), needed=needed,
            holder=holders.get(number, ""), words=tuple(share.split()), config=short(poll.config), key=short(poll.public_key),
            day=held_on(poll),
        )
        for number, share in enumerate(shares, 1)
    ]  # fmt: skip


@in_chinese()
def record(poll: Poll) -> RecordSheet:
    """The poll's own steps with their times; casts are no steps."""
    titles = {
        "sealed": _("封箱"), "slips": _("印制票码条"), "opened": _("开始投票"), "closed": _("投票截止"),
        "unsealed": _("录入密钥单开箱"), "reopened": _("重新开放投票"), "interrupted": _("中断"), "resumed": _("恢复投票"),
        "counted": _("计票"), "signed": _("签字"), "cancelled": _("取消"),
    }  # fmt: skip
    events = [(zh.moment(row.at), titles[row.kind], row.who) for row in poll.events.order_by(PollEvent.seq) if row.kind in titles]
    return RecordSheet(
        title=_("封箱、开箱记录"), community=poll.place.name, poll=str(poll), config=short(poll.config),
        key=short(poll.public_key), head=chain.head(poll), slips=tuple((row.title, row.slips) for row in classes(poll)),
        holders=tuple((row.sheet, row.name) for row in poll.scrutineers.where(Scrutineer.sheet > 0).order_by(Scrutineer.sheet)),
        events=tuple(events), watchers=tuple(row.name for row in poll.scrutineers.order_by(Scrutineer.id)),
    )  # fmt: skip


def classes(poll: Poll) -> list[PollClass]:
    return list(poll.classes.order_by(PollClass.id))


def held_on(poll: Poll) -> str:
    return zh.day(poll.held_on)


def committee(poll: Poll) -> str:
    found = committee_of(poll.place)
    return found.full_name if found else poll.place.name


def short(digest: str) -> str:
    """The first 64 bits of a digest in four groups, to be compared by eye."""
    return slips.in_groups(digest[:16].upper())
