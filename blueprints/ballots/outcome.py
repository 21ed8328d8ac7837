"""What a count means: quorum, majority, ranking, ties, shortage, merged recommendations, appraisal shares.

Whole numbers only. A majority is strictly more than its share of the base: exactly half is not elected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from .ballot import Kind
from .tally import Count

Share = tuple[int, int]


class Basis(StrEnum):
    """Of what a majority is counted; it differs by act, so it is frozen with the poll and printed on the sheet."""

    PRESENT = "present"  # 实到会有选举权人数
    ENTITLED = "entitled"  # 应到会有选举权人数
    TAKING_PART = "taking_part"  # 参加投票人数: ballots recovered, void ones included
    RECOVERED = "recovered"  # 收回票数
    VALID = "valid"  # 有效票数


class Merge(StrEnum):
    """How the recommendations of two classes become one list; the rule is printed in words."""

    NONE = "none"  # 分别公布
    SUM = "sum"  # 两类票相加排序
    UNION = "union"  # 分别取前几名合并，不足的按两类票之和递补


@dataclass(frozen=True)
class Rules:
    """Figures of regulations, each with the source named in the settings; a poll freezes its own."""

    basis: Basis
    threshold: Share = (1, 2)
    quorum: Share | None = None
    quorum_strictly: bool = False
    with_margin: bool = False  # 差额: more candidates than seats by a fifth
    merge: Merge = Merge.NONE
    top: int = 3
    target: int = 4
    best_grade_cap: Share | None = None


RULES = {
    Kind.RECOMMENDATION: Rules(Basis.TAKING_PART, merge=Merge.UNION),
    Kind.TRUST: Rules(Basis.TAKING_PART),
    Kind.PRESELECTION: Rules(Basis.PRESENT, quorum=(4, 5)),
    Kind.ELECTION: Rules(Basis.PRESENT, quorum=(4, 5), with_margin=True),
    Kind.APPRAISAL: Rules(Basis.VALID),
    Kind.REVIEW: Rules(Basis.VALID, best_grade_cap=(1, 3)),
    Kind.RESOLUTION: Rules(Basis.ENTITLED, quorum=(1, 2)),
}


def rules_of(kind: Kind, frozen: Mapping) -> Rules:
    """The kind's defaults, changed by what the poll froze."""
    plain = {name: getattr(RULES[kind], name) for name in Rules.__dataclass_fields__}
    given = {
        name: tuple(value) if isinstance(value, list) else value for name, value in frozen.items() if name in plain
    }
    merged = plain | given
    return Rules(**(merged | {"basis": Basis(merged["basis"]), "merge": Merge(merged["merge"])}))


def base_of(basis: Basis, entitled: int, present: int, count: Count) -> int:
    bases = {Basis.ENTITLED: entitled, Basis.PRESENT: present, Basis.VALID: count.valid}
    return bases.get(basis, count.recovered)


def quorum_met(present: int, entitled: int, quorum: Share | None, strictly: bool = False) -> bool:
    """“不少于” and “以上” include the number itself; “超过” does not, which `strictly` says."""
    if quorum is None:
        return True
    part, whole = quorum
    return whole * present > part * entitled if strictly else whole * present >= part * entitled


def passes(votes: int, base: int, threshold: Share = (1, 2)) -> bool:
    part, whole = threshold
    return whole * votes > part * base


def least_candidates(seats: int) -> int:
    """差额: a fifth more candidates than seats, rounded up; for committee members and delegates only."""
    return (6 * seats + 4) // 5


@dataclass(frozen=True)
class Elected:
    """Ties that touch the last seat go to a new vote among the tied; empty seats to another election or to fewer."""

    elected: tuple[str, ...]
    tied: tuple[str, ...] = ()
    tied_seats: int = 0
    vacant: int = 0


def ranked(votes: Mapping[str, int]) -> list[str]:
    """By votes; equal votes keep the order they came in, which is the order of the ballot."""
    return sorted(votes, key=lambda name: -votes[name])


def elect(votes: Mapping[str, int], base: int, seats: int, threshold: Share = (1, 2)) -> Elected:
    """Majority first, then rank; those written in stand beside the candidates."""
    over = {name: number for name, number in votes.items() if passes(number, base, threshold)}
    return most_votes(over, seats)


def most_votes(votes: Mapping[str, int], seats: int) -> Elected:
    """Also the whole rule of a new vote after a tie: no majority is asked there."""
    order = ranked(votes)
    if len(order) <= seats:
        return Elected(tuple(order), vacant=seats - len(order))
    last, next_one = votes[order[seats - 1]], votes[order[seats]]
    if last > next_one:
        return Elected(tuple(order[:seats]))
    above = tuple(name for name in order if votes[name] > last)
    return Elected(above, tuple(name for name in order if votes[name] == last), seats - len(above))


def fewer_seats_agreed(result: Elected, agreeing: int, present: int) -> bool:
    """A short list may stand if the meeting agrees by majority; nobody elected is never enough."""
    return bool(result.elected) and not result.tied and passes(agreeing, present)


@dataclass(frozen=True)
class Recommended:
    """`settled` is false when more were named than are looked for, or a tie stands at the edge."""

    names: tuple[str, ...]
    settled: bool


def recommend(rankings: Sequence[Mapping[str, int]], rules: Rules) -> Recommended:
    summed: dict[str, int] = {}
    for votes in rankings:
        for name, number in votes.items():
            summed[name] = summed.get(name, 0) + number
    if rules.merge is Merge.UNION and len(rankings) > 1:
        chosen = [name for name in ranked(summed) if any(name in first(votes, rules.top) for votes in rankings)]
        missing = rules.target - len(chosen)
        if missing > 0:
            left = {name: number for name, number in summed.items() if name not in chosen}
            chosen += first(left, missing)
    else:
        chosen = first(summed, rules.target)
    return Recommended(tuple(chosen), len(chosen) <= rules.target)


def first(votes: Mapping[str, int], places: int) -> list[str]:
    """Everybody who is tied with the last place is kept."""
    order = ranked({name: number for name, number in votes.items() if number})
    edge = votes[order[places - 1]] if len(order) > places else 0
    return [name for position, name in enumerate(order) if position < places or votes[name] == edge]


def shares(counts: Sequence[tuple[Count, Share]], row: int) -> tuple[Fraction, ...]:
    """Each class's share of its own valid ballots, weighted; a class without ballots has no voice."""
    voices = [(count, Fraction(*weight)) for count, weight in counts if count.valid]
    whole = sum((weight for _, weight in voices), Fraction(0))
    options = len(counts[0][0].rows[row].counts)
    if not whole:
        return (Fraction(0),) * options
    return tuple(
        sum((weight * Fraction(count.rows[row].counts[option], count.valid) for count, weight in voices), Fraction(0))
        / whole
        for option in range(options)
    )


def grades(row_shares: Sequence[Fraction]) -> tuple[int, ...]:
    """The grade with most votes; several when they are equal, so that people decide and not the order of a list."""
    best = max(row_shares, default=Fraction(0))
    return tuple(number for number, share in enumerate(row_shares) if share == best) if best else ()


def too_many_best(graded: Sequence[tuple[int, ...]], cap: Share | None) -> bool:
    """More people at the best grade than the notice allows: a warning, since the committee decides."""
    best = sum(1 for found in graded if found == (0,))
    return cap is not None and cap[1] * best > cap[0] * len(graded)
