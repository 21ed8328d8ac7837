"""Reads of polls; every list here is one query."""

from collections.abc import Iterator
from dataclasses import dataclass

from peewee import ModelSelect

from blueprints.ballots import box as ballot_box
from blueprints.ballots import outcomes, printing
from blueprints.ballots.kinds import ORDER, Source
from blueprints.ballots.layout import AUDIT, USED
from blueprints.ballots.models import (
    Nominee,
    PaperBox,
    Poll,
    PollClass,
    PollEvent,
    PollStatus,
    RollEntry,
    Scrutineer,
)
from blueprints.ballots.roll import entitled, ticked, ticks
from blueprints.ballots.steps import file_of
from core import clock, zh
from core.access import Actor, Can, accounts_holding
from core.due import Card, Due
from core.records.people import Account
from core.records.places import Place
from core.search import MOST, Hit
from core.text import _

SHOWN = (PollStatus.OPEN, PollStatus.INTERRUPTED, PollStatus.CLOSED, PollStatus.UNSEALED, PollStatus.COUNTED,
         PollStatus.SIGNED, PollStatus.PUBLISHED, PollStatus.ARCHIVED)  # fmt: skip
DONE = (PollStatus.ARCHIVED, PollStatus.CANCELLED)


def visible_to(actor: Actor, community: Place) -> ModelSelect:
    """Polls of this community; an account that only counts sees the polls it was appointed to."""
    query = Poll.select().where((Poll.place == community) & Poll.place.in_(actor.communities(Can.POLLS_READ)))
    if not actor.can(Can.PEOPLE_READ, community):
        appointed = Scrutineer.select(Scrutineer.poll).where(Scrutineer.account == actor.account_id)
        query = query.where(Poll.id.in_(appointed))
    return query.order_by(Poll.id.desc())


def shown_publicly(community: Place) -> ModelSelect:
    """Polls that residents may know of: from their opening on, also when they were cancelled afterwards."""
    opened = PollEvent.select(PollEvent.poll).where(PollEvent.kind == "opened")
    shown = Poll.status.in_(SHOWN) | ((Poll.status == PollStatus.CANCELLED) & Poll.id.in_(opened))
    return Poll.select().where((Poll.place == community) & shown).order_by(Poll.id.desc())


def open_now(community: Place) -> Poll | None:
    """The poll one can vote in now, the newest where there are several."""
    return Poll.select().where((Poll.place == community) & (Poll.status == PollStatus.OPEN)).order_by(Poll.id.desc()).first()


def voters_title(community: Place) -> str:
    """Who may vote now, in one word or two."""
    sources = PollClass.select(PollClass.source).join(Poll).where((Poll.place == community) & (Poll.status == PollStatus.OPEN))
    return "、".join(dict.fromkeys(str(row.source.title) for row in sources))


def tellers(community: Place) -> ModelSelect:
    """Accounts that may count here, for whoever appoints tellers."""
    return Account.select().where(Account.id.in_(accounts_holding(Can.POLLS_COUNT, community))).order_by(Account.name)


SHOWING = {
    "away": lambda row: not (row.signed_in or row.mobile or row.excluded),
    "here": lambda row: row.signed_in or row.mobile,
    "waiting": lambda row: (row.signed_in or row.mobile) and not (row.slip_taken or row.paper_taken),
    "excluded": lambda row: row.excluded,
}


# Whoever may vote through somebody, or for somebody: residents' representatives that count.
MAY_ENTRUST = (RollEntry.excluded == "") & (PollClass.source == Source.REPRESENTATIVES)


def roll_of(poll: Poll) -> ModelSelect:
    """The voters in the roll's order, with their class; their ticks are told by ``voters``."""
    query = RollEntry.select(RollEntry, PollClass).join(PollClass).where(PollClass.poll == poll)
    return query.order_by(PollClass.id, RollEntry.position, RollEntry.id)


def voters(poll: Poll, words: str = "", show: str = "") -> list[RollEntry]:
    """The roll with its ticks as they stand now, narrowed by name or stairwell and by what is ticked."""
    query = roll_of(poll)
    if words:
        query = query.where(RollEntry.name.contains(words) | RollEntry.stairwell.contains(words))
    return [row for row in ticked(poll, query) if show not in SHOWING or SHOWING[show](row)]


def boxes_of(poll: Poll, poll_class: PollClass | None = None) -> ModelSelect:
    """The boxes of paper, class by class; or those of one class."""
    query = PaperBox.select(PaperBox, PollClass).join(PollClass).where(PollClass.poll == poll)
    query = query.where(PollClass.id == poll_class.id) if poll_class else query
    return query.order_by(PollClass.id, PaperBox.id)


@dataclass(frozen=True)
class Turnout:
    """All that anybody may know before the box is opened."""

    cast: int
    entitled: int
    paper: int

    @property
    def taking_part(self) -> int:
        return self.cast + self.paper


def turnout(poll: Poll) -> Turnout:
    """Votes in the box and paper ballots given out; by class of voters it is never shown."""
    path = file_of(poll)
    states = ballot_box.turnout(path).values() if path.exists() else ()
    classes = list(poll.classes)
    paper = sum(ticks(row)["ticked_paper"] for row in classes)
    cast = sum(one[USED] + one[AUDIT] for one in states)
    return Turnout(cast, sum(map(entitled, classes)), paper)


def due(actor: Actor, community: Place) -> Iterator[Due]:
    """The next step of every running poll, by the day it is held."""
    if not actor.can(Can.POLLS_READ, community):
        return
    for poll in visible_to(actor, community).where(Poll.status.not_in(DONE)):
        text, verb = next_step(poll)
        yield Due(_("%(title)s：%(text)s", title=poll, text=text), f"/office/polls/{poll.id}", verb, _("投票"), poll.held_on)


def card(actor: Actor, community: Place) -> Card | None:
    """How many took part in the vote under way; nothing while none is."""
    poll = open_now(community) if actor.can(Can.POLLS_READ, community) else None
    if poll is None:
        return None
    now = turnout(poll)
    closes = _("%(moment)s截止", moment=zh.moment(poll.closes_at)) if poll.closes_at else ""
    return Card(str(poll), f"/office/polls/{poll.id}", _("看进度"), figure=(now.taking_part, now.entitled, closes))


def next_step(poll: Poll) -> tuple[str, str]:
    """What has to be done now, and the word on its button."""
    return {
        PollStatus.DRAFT: (_("起草中，准备好以后定稿"), _("去起草")),
        PollStatus.FROZEN: (_("已定稿，等封箱和印票码条"), _("去封箱")),
        PollStatus.SEALED: (_("已封箱，等开始投票"), _("去开始")),
        PollStatus.OPEN: (_("正在投票"), _("去截止") if is_over(poll) else _("看进度")),
        PollStatus.INTERRUPTED: (_("投票已中断，要两名监票人处理"), _("去处理")),
        PollStatus.CLOSED: (_("投票已截止，等开箱"), _("去开箱")),
        PollStatus.UNSEALED: (_("已开箱，清点后计票"), _("去计票")),
        PollStatus.COUNTED: (_("已计票，核对后签字"), _("去签字")),
        PollStatus.SIGNED: (_("报告单已签字，等公布"), _("去公布")),
        PollStatus.PUBLISHED: (_("结果已公布，异议期后归档"), _("去归档")),
        PollStatus.ARCHIVED: (_("已归档"), _("查看")),
        PollStatus.CANCELLED: (_("已取消"), _("查看")),
    }[poll.status]  # fmt: skip


@dataclass(frozen=True)
class Stage:
    """One step of the ceremony as the poll's page lists it: past, now, or next."""

    title: str
    state: str
    when: str


def stages(poll: Poll) -> list[Stage]:
    """The whole ceremony; a step that was taken shows when it was taken last."""
    taken = {row.kind: row.at for row in poll.events}
    names = {
        PollStatus.FROZEN: (_("定稿"), "frozen"), PollStatus.SEALED: (_("封箱"), "sealed"),
        PollStatus.OPEN: (_("开始投票"), "opened"), PollStatus.CLOSED: (_("投票截止"), "closed"),
        PollStatus.UNSEALED: (_("开箱"), "unsealed"), PollStatus.COUNTED: (_("计票"), "counted"),
        PollStatus.SIGNED: (_("签字"), "signed"), PollStatus.PUBLISHED: (_("公布"), "published"),
        PollStatus.ARCHIVED: (_("归档"), "archived"),
    }  # fmt: skip
    reached = _reached(poll)
    found = []
    for status, (title, kind) in names.items():
        place = ORDER.index(status)
        state = "past" if place <= reached else "now" if place == reached + 1 else "next"
        found.append(Stage(str(title), state, zh.moment(taken.get(kind)) if state == "past" else ""))
    return found


def _reached(poll: Poll) -> int:
    """How far a poll came; an interrupted one stands where it was opened."""
    if poll.status is PollStatus.INTERRUPTED:
        return ORDER.index(PollStatus.OPEN)
    if poll.status is PollStatus.CANCELLED:
        return 0
    return ORDER.index(poll.status)


def is_over(poll: Poll) -> bool:
    """Whether the announced time has come; only people close the voting."""
    return poll.closes_at is not None and poll.closes_at <= clock.now()


def search(actor: Actor, community: Place, words: str) -> Iterator[Hit]:
    """Polls by their title or a nominee's name."""
    named = Nominee.select(Nominee.poll).where(Nominee.name == words)
    found = Poll.title.contains(words) | Poll.id.in_(named)
    for row in visible_to(actor, community).where(found).limit(MOST):
        yield Hit(str(row), f"/office/polls/{row.id}", str(_("投票")), str(row.status.title))


def is_decided(poll: Poll) -> bool:
    """Signed as valid: others may build on its result."""
    return poll.status in (PollStatus.SIGNED, PollStatus.PUBLISHED, PollStatus.ARCHIVED) and not poll.invalid


def told_by_name(poll: Poll) -> dict[str, str]:
    """What was counted for each name, in words; empty before the count."""
    found: dict[str, list[str]] = {}
    groups = outcomes.groups(poll)
    for group in groups:
        title = f"{group.title}：" if len(groups) > 1 else ""
        for line in group.lines:
            counts = " ".join(f"{option} {n}" for option, n in zip(group.options, line.counts, strict=True))
            found.setdefault(line.name, []).append(f"{title}{counts}")
        for name, number in group.written:
            found.setdefault(name, []).append(_("%(title)s%(n)s 票", title=title, n=number))
    return {name: "；".join(told) for name, told in found.items()}


def over_the_line(poll: Poll) -> list[str]:
    """Who passed, or was elected, in every class that voted on them; recommended ones by the merge rule."""
    merged = outcomes.combined(poll)
    if merged is not None:
        return list(merged.names)
    passed = [[line.name for line in group.lines if line.passed] for group in outcomes.groups(poll)]
    written = [name for group in outcomes.groups(poll) for name in group.elected]
    names = [name for name in passed[0] if all(name in one for one in passed)] if passed else []
    return [*names, *(name for name in written if name not in names)]


def is_settled(poll: Poll) -> bool:
    """False where more were recommended than are sought, or votes at the edge are equal."""
    merged = outcomes.combined(poll)
    return merged.settled if merged is not None else not any(group.tied for group in outcomes.groups(poll))


def sheets_of(poll: Poll) -> bytes:
    """The four report sheets, to be bound behind somebody's letter."""
    return printing.four_reports(poll)
