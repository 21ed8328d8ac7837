"""The count desk: boxes of paper counted twice without a look at one another, and every figure of the equations."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from blueprints.ballots import auditing, chain, figures, roll
from blueprints.ballots import box as ballot_box
from blueprints.ballots.ballot import Ballot
from blueprints.ballots.ballot import read as read_ballot
from blueprints.ballots.layout import AUDIT, SPOILED, SURRENDERED, UNUSED, USED
from blueprints.ballots.models import BoxEntry, BoxKind, PaperBox, Poll, PollClass, PollStatus
from blueprints.ballots.slips import normalise
from blueprints.ballots.steps import file_of, recount, step, there
from blueprints.ballots.tally import Count, Row
from blueprints.papers import rules as papers
from core.access import Actor
from core.refusal import Refused
from core.text import _, _l

RUNNING = (PollStatus.SEALED, PollStatus.OPEN, PollStatus.CLOSED)
COUNTING = (PollStatus.CLOSED, PollStatus.UNSEALED, PollStatus.COUNTED)
MOST = 99_999
BY_HAND = ("slips_left", "audit_drawn", "used_slips", "paper_printed", "paper_left", "paper_spoiled", "paper_replaced")


class BoxNameTaken(Refused):
    sentence = _l("已经有一个“%(name)s”了，请换个名称，例如“流动票箱二”。")


class IssuedMissing(Refused):
    sentence = _l("流动票箱要写明带出多少张选票。")


class NegativeFigure(Refused):
    sentence = _l("票数要填 0 或正整数，没有的填 0。")


class FigureTooLarge(Refused):
    sentence = _l("%(number)s 太大了，请核对。")


class OtherPersonNeeded(Refused):
    sentence = _l("“%(box)s”的第一遍是您录的，第二遍要由另一位计票人用自己的账号录入。")


class AccountNeeded(Refused):
    sentence = _l("票箱录入要分清是谁录的，请用账号登录后录入。")


class EntriesDiffer(Refused):
    """Where they differ is told, not what the other wrote: whoever knows the other's figure does not count anew."""

    sentence = _l("“%(box)s”两遍录入不一致，没有采纳。不一致的地方：%(places)s。请两位分别重新清点后再录。")

    def __init__(self, places: list[str], **values: object) -> None:
        super().__init__(places="、".join(places), **values)
        self.places = places


class BoxAccepted(Refused):
    sentence = _l("“%(box)s”两遍录入已经一致。需要重录的，请先撤回。")
    status = 409


@dataclass(frozen=True)
class Tally:
    """What one person counted in one box."""

    recovered: int
    valid: int
    void: int
    rows: tuple[tuple[int, ...], ...]
    written: tuple[tuple[str, int], ...] = ()

    def plain(self) -> dict[str, object]:
        return {
            "recovered": self.recovered, "valid": self.valid, "void": self.void,
            "rows": [list(row) for row in self.rows], "written": [list(pair) for pair in sorted(self.written)],
        }  # fmt: skip

    def numbers(self) -> Iterator[int]:
        yield from (self.recovered, self.valid, self.void)
        for row in self.rows:
            yield from row
        yield from (number for _name, number in self.written)


def add_box(actor: Actor, poll_class: PollClass, name: str, kind: BoxKind, issued: int | None = None) -> PaperBox:
    """A box of paper; a moving one says beforehand how many ballots it takes along."""
    name = name.strip() or str(kind.title)
    if kind is BoxKind.MOVING and issued is None:
        raise IssuedMissing()
    _refuse_odd([issued or 0])
    with step(poll_class.poll, *RUNNING, PollStatus.FROZEN, PollStatus.UNSEALED) as poll:
        if poll_class.boxes.where(PaperBox.name == name).exists():
            raise BoxNameTaken(name=name)
        box = PaperBox.create(poll_class=poll_class, name=name, kind=kind, issued=issued if kind is BoxKind.MOVING else None)
        chain.record(actor, poll, "box", name=name, box=kind.value, issued=box.issued)
    return box


def enter_box(actor: Actor, box: PaperBox, tally: Tally) -> bool:
    """One of the two blind entries; True when it is the second and says the same as the first."""
    if actor.account_id is None:
        raise AccountNeeded()
    _refuse_odd(tally.numbers())
    with step(box.poll_class.poll, *COUNTING) as poll:
        fresh = PaperBox.get_by_id(box.id)
        if fresh.accepted is not None:
            raise BoxAccepted(box=fresh.name)
        entries = list(fresh.entries)
        if not entries:
            BoxEntry.create(box=fresh, account=actor.account_id, tally=tally.plain())
            chain.record(actor, poll, "box entered", name=fresh.name)
            return False
        _second(actor, poll, fresh, entries[0], tally)
    return True


def _refuse_odd(numbers: Iterable[int]) -> None:
    for number in numbers:
        if number < 0:
            raise NegativeFigure()
        if number > MOST:
            raise FigureTooLarge(number=number)


def _second(actor: Actor, poll: Poll, box: PaperBox, first: BoxEntry, tally: Tally) -> None:
    if first.account_id == actor.account_id:
        raise OtherPersonNeeded(box=box.name)
    places = differences(ballot_beside(poll), first.tally, tally.plain())
    if places:
        raise EntriesDiffer(places, box=box.name)
    BoxEntry.create(box=box, account=actor.account_id, tally=tally.plain())
    box.accepted = tally.plain()
    box.save()
    recount(poll)
    chain.record(actor, poll, "box accepted", name=box.name, recovered=tally.recovered)


def differences(ballot: Ballot, one: Mapping, other: Mapping) -> list[str]:
    """The places where two counts of a box differ, in the words of the form."""
    titles = {"recovered": _("收回"), "valid": _("有效"), "void": _("废票")}
    found = [title for key, title in titles.items() if one[key] != other[key]]
    for (candidate, item), a, b in zip(ballot.rows, one["rows"], other["rows"], strict=True):
        if list(a) != list(b):
            found.append("“" + "·".join(filter(None, (candidate.name, item))) + "”")
    names = dict(map(tuple, one["written"])), dict(map(tuple, other["written"]))
    found += [f"“{name}”" for name in sorted(names[0].keys() | names[1].keys()) if names[0].get(name) != names[1].get(name)]
    return found


def withdraw_entries(actor: Actor, box: PaperBox) -> None:
    """Both entries go, and the box is counted anew from the first."""
    with step(box.poll_class.poll, *COUNTING) as poll:
        BoxEntry.delete().where(BoxEntry.box == box).execute()
        PaperBox.update(accepted=None).where(PaperBox.id == box.id).execute()
        recount(poll)
        chain.record(actor, poll, "box withdrawn", name=box.name)


def count_by_hand(actor: Actor, poll_class: PollClass, **numbers: int | None) -> None:
    """The figures of the desk, as they are counted; each correction before the signature takes the count back."""
    _refuse_odd(number for number in numbers.values() if number is not None)
    with step(poll_class.poll, *RUNNING, PollStatus.FROZEN, PollStatus.UNSEALED, PollStatus.COUNTED) as poll:
        row = PollClass.get_by_id(poll_class.id)
        for name in BY_HAND:
            if name in numbers:
                setattr(row, name, numbers[name])
        row.save()
        papers.count(actor, poll.place, poll, "ballots", poll, sum(one.paper_printed for one in poll.classes))
        recount(poll)
        chain.record(actor, poll, "hand count", ballots=row.code, **numbers)


def surrender(actor: Actor, poll: Poll, code: str) -> str:
    """票码条换纸票: the slip can no longer vote; answers the title of its class."""
    return _take_back(actor, poll, code, "surrendered", "")


def spoil(actor: Actor, poll: Poll, code: str, reason: str, replaced: bool) -> str:
    """作废, with a new slip from the reserve where one is given."""
    return _take_back(actor, poll, code, "spoiled", reason, replaced)


def _take_back(actor: Actor, poll: Poll, code: str, kind: str, reason: str, replaced: bool = False) -> str:
    act = ballot_box.surrender if kind == "surrendered" else ballot_box.spoil
    with step(poll, PollStatus.SEALED, PollStatus.OPEN) as fresh:
        letter = act(there(fresh), fresh.key, normalise(code))
        poll_class = fresh.classes.where(PollClass.code == letter).get()
        if replaced:
            PollClass.update(replaced=PollClass.replaced + 1).where(PollClass.id == poll_class.id).execute()
        chain.record(actor, fresh, kind, ballots=letter, reason=reason, replaced=replaced)
    return poll_class.title


def ballot_beside(poll: Poll) -> Ballot:
    """The ballot as it was frozen."""
    there(poll)
    return read_ballot(file_of(poll).with_suffix(".json"))


def figures_of(poll_class: PollClass, turnout: Mapping[str, int], count: Count, opened: int, stubs: int) -> figures.Figures:
    """All figures of one class: ticks from the roll, states from the box, the rest counted by hand."""
    row, ticks = poll_class, roll.ticks(poll_class)
    boxes = [box for box in row.boxes if box.accepted]
    in_boxes = sum(box.accepted["recovered"] for box in boxes)
    drawn = row.slips - (row.slips_left or 0) - row.audit_drawn
    issued = row.paper_printed - (row.paper_left or 0)
    spoiled = turnout[SPOILED]
    return figures.Figures(
        roll=ticks["roll"], excluded=ticks["excluded"], entitled=ticks["entitled"], present=ticks["present"],
        mobile=ticks["mobile"], proxies=ticks["proxies"], ticked_slip=ticks["ticked_slip"], ticked_paper=ticks["ticked_paper"],
        slips_printed=row.slips, slips_left=row.slips_left or 0, slips_drawn=drawn, audit_drawn=row.audit_drawn,
        cast=turnout[USED], audit_cast=turnout[AUDIT], audit_agreed=auditing.agreed(row), surrendered=turnout[SURRENDERED], spoiled=spoiled,
        replaced=row.replaced, never_cast=turnout[UNUSED], paper_printed=row.paper_printed,
        paper_left=row.paper_left or 0, paper_issued=issued, paper_spoiled=row.paper_spoiled,
        paper_replaced=row.paper_replaced, issued=drawn - turnout[SURRENDERED] - spoiled + issued - row.paper_spoiled,
        recovered=turnout[USED] + in_boxes,
        valid=count.valid + sum(box.accepted["valid"] for box in boxes),
        void=count.void + sum(box.accepted["void"] for box in boxes),
        bodies=opened, stubs=stubs, used_slips=row.used_slips,
    )  # fmt: skip


def counted_boxes(poll_class: PollClass, ballot: Ballot) -> tuple[figures.PaperBox, ...]:
    """The accepted boxes as the equations want them."""
    return tuple(
        figures.PaperBox(box.name, as_count(ballot, box.accepted), box.accepted["recovered"], box.issued)
        for box in poll_class.boxes.order_by(PaperBox.id)
        if box.accepted
    )


def as_count(ballot: Ballot, accepted: Mapping) -> Count:
    """Each row of the form: its options, then (where nothing means 弃权 elsewhere) unmarked, then void."""
    options = len(ballot.options)
    rows = tuple(Row(tuple(row[:options]), row[options], row[options + 1]) for row in accepted["rows"])
    written = dict(accepted["written"]) if ballot.lines_are_names else {}
    return Count(accepted["valid"], accepted["void"], rows, dict(sorted(written.items())))


@dataclass(frozen=True)
class Missing:
    """Something not counted yet, and where on the desk it is entered."""

    text: str
    anchor: str

    def __str__(self) -> str:
        return self.text


def waiting(poll: Poll) -> list[Missing]:
    """What the desk still has to count before the count can be asked for."""
    found = []
    for row in poll.classes.order_by(PollClass.id):
        if row.slips and row.slips_left is None:
            found.append(Missing(_("%(ballots)s：剩余票码条没有清点", ballots=row.title), f"hand{row.id}-slips_left"))
        if row.paper_printed and row.paper_left is None:
            found.append(Missing(_("%(ballots)s：剩余纸质选票没有清点", ballots=row.title), f"hand{row.id}-paper_left"))
        for box in row.boxes.order_by(PaperBox.id):
            if box.accepted is None:
                found.append(Missing(_("%(box)s：还没有两遍一致的录入", box=box.name), f"box{box.id}"))
    return found
