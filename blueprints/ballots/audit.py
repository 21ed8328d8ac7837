"""抽查票: test ballots that scrutineers cast on voters' devices and look for again after the opening.

A server that alters a share f of the ballots is caught by k of them with probability 1 - (1 - f)^k.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .ballot import Ballot
from .body import Vote, decode


@dataclass(frozen=True)
class Alarm:
    """What two scrutineers wrote down before casting, and what lay in the box; `found` is None if it was not there."""

    mark: bytes
    intended: Vote
    found: Vote | None


def alarms(ballot: Ballot, plain: Iterable[bytes], intended: Mapping[bytes, Vote]) -> list[Alarm]:
    """`intended` by the mark that `box.declare_audit` answered for the slip and its receipt."""
    rows, options, lines = len(ballot.rows), len(ballot.options), ballot.lines
    found = dict(decode(one, rows, options, lines) for one in plain)
    return [Alarm(mark, vote, found.get(mark)) for mark, vote in intended.items() if found.get(mark) != vote]


def chance(slips: int, altered: int) -> int:
    """In per cent, rounded down: how surely so many test slips notice a server that alters ``altered`` ballots in a hundred."""
    missed = (100 - altered) ** slips
    return 100 - -(-100 * missed // 100**slips)
