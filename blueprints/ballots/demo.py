"""The example community's trust vote: nine candidates, voting is going on, two in five have voted."""

from collections.abc import Generator
from datetime import date, datetime, time
from pathlib import Path

from blueprints.ballots import body, casting, nominees, roll, rosters_in, rules, sealing, slips, steps
from blueprints.ballots.ballot import Kind
from blueprints.ballots.desk import ballot_beside
from blueprints.ballots.models import Poll, RollEntry, ScrutineerRole
from core import clock
from core.access import Actor
from core.records.people import Account
from core.records.places import Place
from core.text import _
from core.workdays import add_workdays

FILE = Path(__file__).parent.parent.parent / "data" / "candidates.xlsx"
WATCHERS = (
    ("邵凤仙", ScrutineerRole.CHIEF), ("阎新", ScrutineerRole.SCRUTINEER), ("陆芬", ScrutineerRole.SCRUTINEER),
    ("徐妹", ScrutineerRole.TELLER), ("陆静怡", ScrutineerRole.TELLER),
)  # fmt: skip
TRUST, NOT, ABSTAIN = 1, 2, 3
PRESENT, VOTED, TO_TRY = 58, 47, 3


def load(staff: dict[str, Actor], place: Place, today: date) -> Generator[date, None, dict[str, str]]:
    """From the draft to the open box; answers what is shown once: slips to try and the words of the key sheets."""
    secretary, clerk = staff["书记"], staff["干事"]
    yield add_workdays(today, -7)[0]
    poll = rules.create(
        clerk, place, Kind.TRUST, "梅苑社区党委换届|委员候选人信任票（示例）", held_on=today, venue="社区二楼会议室",
        closes_at=clock.utc(datetime.combine(add_workdays(today, 5)[0], time(18))),
    )  # fmt: skip
    rosters_in.bring_in(clerk, poll, rosters_in.plan_of(poll, FILE.read_bytes(), FILE.name), FILE.name)
    for name, role in WATCHERS:
        nominees.appoint(clerk, poll, name, role, no_kin=True, account=Account.get_or_none(Account.name == name))
    for entry in _voters(poll)[-2:]:
        roll.exclude(clerk, entry, "已迁出本社区")
    yield add_workdays(today, -1)[0]
    rules.freeze(secretary, poll)
    sheets = rules.seal(secretary, poll)
    codes = rules.draw_slips(clerk, poll, reserve=10)["R"]
    yield today
    rules.open_voting(secretary, poll)
    _vote(poll, codes[TO_TRY:])
    keys = {_("密钥单 %(n)s", n=number): words for number, words in enumerate(sheets, 1)}
    return {_("试投用的票码"): "　".join(map(slips.in_groups, codes[:TO_TRY])), **keys}


def _voters(poll: Poll) -> list[RollEntry]:
    return list(RollEntry.select().where(RollEntry.poll_class.in_(poll.classes)).order_by(RollEntry.position))


def _vote(poll: Poll, codes: list[str]) -> None:
    """Some sign in and take a slip; most of those have put it into the box."""
    for entry in _voters(poll)[:PRESENT]:
        roll.tick(entry, slip_taken=True)
    ballot = ballot_beside(poll)
    for number, code in enumerate(codes[:VOTED]):
        marks = tuple(_mark(number, row) for row in range(len(ballot.rows)))
        nonce = slips.draw_nonce()
        plain = body.encode(body.Vote(marks), slips.body_mark(code, slips.receipt(poll.key, code, nonce)), ballot.lines)
        casting.cast(steps.file_of(poll), code, nonce, sealing.seal_body(bytes.fromhex(poll.public_key), plain))


def _mark(voter: int, row: int) -> int:
    """Seven in ten trust, more or fewer by the row; the same at every loading."""
    drawn = (voter * 37 + row * 53) % 20
    return TRUST if drawn < 13 + row % 5 else NOT if drawn < 18 else ABSTAIN
