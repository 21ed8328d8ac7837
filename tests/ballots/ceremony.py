"""A poll of the office for tests: its records in the database, its box in the instance folder."""

from dataclasses import dataclass

from blueprints.ballots import body, casting, counting, desk, nominees, queries, roll, rules, sealing, slips, steps
from blueprints.ballots.ballot import Kind
from blueprints.ballots.desk import Tally
from blueprints.ballots.models import Poll, RollEntry, ScrutineerRole
from blueprints.people.models import Representative
from core.access import Actor, Role, console
from core.db import writing
from tests import make

NAMES = ("王秋实", "方可", "任远")
WATCHERS = ("沈兰英", "曹文")


@dataclass
class Meeting:
    """Everything that only the people at the meeting hold: codes, key sheets, tellers' accounts."""

    poll: Poll
    codes: list[str]
    shares: tuple[str, ...]
    one: Actor
    other: Actor

    def votes(self, *marks: int) -> str:
        """Somebody draws a slip, is ticked and casts; answers the receipt as it is shown."""
        code, nonce = self.codes.pop(), slips.draw_nonce()
        self.ticks(slip_taken=True)
        return cast(self.poll, code, nonce, marks)

    def ticks(self, **ticks: bool) -> RollEntry:
        entry = next(row for row in voters(self.poll) if not (row.slip_taken or row.paper_taken or row.excluded))
        return roll.tick(entry, **ticks)

    def desk(self, **numbers: int) -> None:
        desk.count_by_hand(console(), self.poll.classes.get(), **numbers)

    def opens_the_box(self) -> None:
        counting.unseal(console(), self.poll, self.shares[:2])


def voters(poll: Poll) -> list[RollEntry]:
    return queries.voters(poll)


def cast(poll: Poll, code: str, nonce: bytes, marks: tuple[int, ...], lines: tuple[str, ...] = ()) -> str:
    ballot = desk.ballot_beside(poll)
    receipt = slips.receipt(poll.key, code, nonce)
    plain = body.encode(body.Vote(marks, lines), slips.body_mark(code, receipt), ballot.lines)
    casting.cast(steps.file_of(poll), code, nonce, sealing.seal_body(bytes.fromhex(poll.public_key), plain))
    return slips.in_groups(slips.spelt(receipt))


def representatives(place, count: int) -> None:
    with writing():
        for number in range(count):
            person = make.person(place, f"代表{'甲乙丙丁戊己庚辛壬癸'[number % 10]}{number}")
            Representative.create(place=place, person=person)


def draft(place, voters: int = 6, kind: Kind = Kind.TRUST, names=NAMES, **fields) -> Poll:
    representatives(place, voters)
    poll = rules.create(console(), place, kind, "社区党组织换届|委员候选人信任票", **fields)
    for name in names:
        nominees.nominate(console(), poll, name)
    return poll


def watched(poll: Poll) -> Poll:
    for name in WATCHERS:
        nominees.appoint(console(), poll, name, ScrutineerRole.SCRUTINEER, True)
    nominees.appoint(console(), poll, "何静", ScrutineerRole.TELLER, True)
    return poll


def sealed(place, reserve: int = 2, **fields) -> Meeting:
    poll = watched(draft(place, **fields))
    rules.freeze(console(), poll)
    shares = rules.seal(console(), poll)
    codes = rules.draw_slips(console(), poll, reserve)["R"]
    one, other = make.actor(place, Role.STAFF), make.actor(place, Role.SCRUTINEER)
    return Meeting(poll, codes, shares, one, other)


def running(place, **fields) -> Meeting:
    meeting = sealed(place, **fields)
    rules.open_voting(console(), meeting.poll)
    return meeting


def closed(place, ballots=((1, 1, 2), (1, 2, 3), (1, 3, 0)), **fields) -> Meeting:
    """Three of six have voted on their phones; the rest of the slips lie counted on the desk."""
    meeting = running(place, **fields)
    for marks in ballots:
        meeting.votes(*marks)
    rules.close_voting(console(), meeting.poll)
    meeting.desk(slips_left=len(meeting.codes))
    return meeting


def counted(place, **fields) -> Meeting:
    meeting = closed(place, **fields)
    meeting.opens_the_box()
    counting.count(console(), meeting.poll)
    return meeting


def tally(*rows: tuple[int, ...], void: int = 0) -> Tally:
    """A box of paper by its rows; 该项无效 and 未填 are none."""
    valid = sum(rows[0])
    return Tally(valid + void, valid, void, tuple((*row, 0, 0) for row in rows))


