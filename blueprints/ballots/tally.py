"""Counting: ballots become numbers, boxes are added up, classes too small to be shown alone are put together."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from .ballot import Ballot, Kind
from .body import Vote

LEAST_SHOWN = 5  # a class or box with fewer ballots would show how its people voted
WITH_OTHERS = (Kind.ELECTION, Kind.PRESELECTION)


@dataclass(frozen=True)
class Row:
    """One candidate or item: a number for every option, then rows left empty and rows that cannot be read."""

    counts: tuple[int, ...]
    unmarked: int = 0
    void: int = 0

    @property
    def total(self) -> int:
        return sum(self.counts) + self.unmarked + self.void


@dataclass(frozen=True)
class Count:
    """What one box holds: the slips' box, a box for paper, or several together."""

    valid: int
    void: int
    rows: tuple[Row, ...]
    written: Mapping[str, int] = field(default_factory=dict)

    @property
    def recovered(self) -> int:
        return self.valid + self.void


def is_void(ballot: Ballot, vote: Vote) -> bool:
    """More chosen than may be chosen spoils the whole ballot; so does another name where none may be written."""
    names = [name for name in vote.lines if name]
    if not ballot.lines_are_names:
        return bool(ballot.cap) and vote.marks.count(1) > ballot.cap
    if len(names) > ballot.lines or len(set(names)) < len(names):
        return True
    if any(name == candidate.name for candidate in ballot.candidates for name in names):
        return True
    others = len(names) if ballot.kind in WITH_OTHERS else 0
    return (bool(ballot.cap) and vote.marks.count(1) + others > ballot.cap) or others > vote.marks.count(2)


def count(ballot: Ballot, votes: Iterable[Vote]) -> Count:
    """A ballot given up as a whole is a valid ballot: it abstains on every row."""
    votes = list(votes)
    good = [vote for vote in votes if not is_void(ballot, vote)]
    rows = tuple(_row(ballot, [vote.marks[number] for vote in good]) for number in range(len(ballot.rows)))
    written = Counter(name for vote in good for name in vote.lines) if ballot.lines_are_names else {}
    return Count(len(good), len(votes) - len(good), rows, dict(sorted(written.items())))


def _row(ballot: Ballot, marks: Sequence[int]) -> Row:
    counts = [marks.count(number) for number in range(1, len(ballot.options) + 1)]
    empty = marks.count(0)
    if ballot.may_abstain:
        counts[abstaining(ballot)] += empty
        empty = 0
    return Row(tuple(counts), empty)


def abstaining(ballot: Ballot) -> int:
    return next(number for number, option in enumerate(ballot.options) if option.sign == "dash")


def together(counts: Sequence[Count]) -> Count:
    """Adds boxes of the same ballot."""
    rows = tuple(
        Row(
            tuple(map(sum, zip(*(row.counts for row in same), strict=True))),
            sum(row.unmarked for row in same),
            sum(row.void for row in same),
        )
        for same in zip(*(one.rows for one in counts), strict=True)
    )
    written: Counter[str] = Counter()
    for one in counts:
        written.update(one.written)
    return Count(sum(c.valid for c in counts), sum(c.void for c in counts), rows, dict(sorted(written.items())))


def fit_to_show(sizes: Mapping[str, int], least: int = LEAST_SHOWN) -> list[tuple[str, ...]]:
    """Which classes or boxes are shown together: one below the least joins the next smallest, again until none is."""
    groups = [(name,) for name in sizes]
    order = list(sizes)

    def size(group: tuple[str, ...]) -> int:
        return sum(sizes[name] for name in group)

    while len(groups) > 1 and min(map(size, groups)) < least:
        small, next_small, *rest = sorted(groups, key=lambda group: (size(group), order.index(group[0])))
        groups = [tuple(sorted(small + next_small, key=order.index)), *rest]
    return sorted(groups, key=lambda group: order.index(group[0]))
