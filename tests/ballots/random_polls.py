"""Polls of every kind filled by chance, and a count of them by the simplest loops one could write."""

import random
from dataclasses import dataclass, replace
from fractions import Fraction

from blueprints.ballots.ballot import OPTIONS, Ballot, BallotClass, Candidate, Kind
from blueprints.ballots.body import Vote
from blueprints.ballots.figures import Figures, PaperBox
from blueprints.ballots.result import ClassCount
from blueprints.ballots.tally import Count, Row
from tests.ballots import polls

ELECTING = (Kind.ELECTION, Kind.PRESELECTION)
OUTSIDERS = ("李四", "张三", "周五", "赵六", "欧阳春")


@dataclass
class RandomPoll:
    ballot: Ballot
    classes: dict[str, ClassCount]
    paper: dict[str, list[list[Vote]]]
    receipts: list[bytes]


def random_ballot(rng: random.Random, kind: Kind) -> Ballot:
    people = tuple(Candidate(name) for name in rng.sample(polls.NAMES, rng.randint(2, 9)))
    seats = rng.randint(1, len(people))
    bases = ["present", "entitled", "taking_part", "recovered", "valid"]
    changes: dict = {"rules": {"basis": rng.choice(bases)}, "poll": f"r{rng.randrange(10**9)}"}
    if kind in ELECTING:
        changes |= {"seats": seats, "cap": seats, "lines": rng.randint(0, seats)}
    elif kind is Kind.RECOMMENDATION:
        merge = rng.choice(["none", "sum", "union"])
        changes |= {"lines": rng.randint(1, 5), "candidates": (), "rules": changes["rules"] | {"merge": merge}}
    elif kind in (Kind.APPRAISAL, Kind.REVIEW):
        changes |= {"items": rng.choice([(), ("德", "能", "勤")]), "cap": rng.choice([0, 3])}
        changes["rules"] |= {"best_grade_cap": rng.choice([None, [1, 3]])}
    classes = [BallotClass("R", "居民代表票", (3, 5)), BallotClass("D", "党员票", (2, 5))]
    changes = {"kind": kind, "classes": tuple(classes[: rng.randint(1, 2)]), "candidates": people} | changes
    return polls.ballot(**changes, options=OPTIONS[kind])


def random_vote(rng: random.Random, ballot: Ballot) -> Vote:
    """Any ballot that the right length of bytes can hold: good ones, blank ones and some that break the rules."""
    if rng.random() < 0.05:
        return Vote((0,) * len(ballot.rows), whole=True)
    weights = [1, 5] + [3] * (len(ballot.options) - 1)
    marks = [rng.choices(range(len(ballot.options) + 1), weights)[0] if ballot.options else 0 for _ in ballot.rows]
    if ballot.cap and rng.random() < 0.8:
        for row in [row for row, mark in enumerate(marks) if mark == 1][ballot.cap :]:
            marks[row] = 2
    names: list[str] = []
    if ballot.lines and ballot.lines_are_names:
        known = OUTSIDERS + tuple(candidate.name for candidate in ballot.candidates)[: rng.random() < 0.1]
        names = [rng.choice(known) for _ in range(rng.randint(0, ballot.lines))]
        if rng.random() < 0.9:
            names = sorted(set(names))
    return Vote(tuple(marks), tuple(names))


def figures_of(rng: random.Random, cast: int, audit: int, paper: int, good: int, void: int) -> Figures:
    """A desk that balances around what was cast."""
    outstanding, surrendered, spoiled = rng.randint(0, 3), rng.randint(0, 2), rng.randint(0, 2)
    replaced, unaudited, left = rng.randint(0, spoiled), rng.randint(0, 2), rng.randint(0, 9)
    drawn = cast + surrendered + spoiled + outstanding
    issued = max(paper, surrendered) + rng.randint(0, 2)
    paper_left, present = rng.randint(0, 9), drawn - replaced + issued - surrendered + rng.randint(0, 3)
    excluded = rng.randint(0, 2)
    entitled = present + rng.randint(0, present // 3 + 1)
    return Figures(
        roll=entitled + excluded, excluded=excluded, entitled=entitled, present=present,
        ticked_slip=drawn - replaced, ticked_paper=issued - surrendered, slips_printed=left + drawn + audit + unaudited,
        slips_left=left, slips_drawn=drawn, audit_drawn=audit + unaudited, cast=cast, audit_cast=audit, audit_agreed=rng.randint(0, audit),
        surrendered=surrendered, spoiled=spoiled, replaced=replaced, never_cast=left + outstanding + unaudited,
        paper_printed=paper_left + issued, paper_left=paper_left, paper_issued=issued,
        issued=drawn - spoiled - surrendered + issued, recovered=cast + paper, valid=good, void=void,
        bodies=cast + audit, stubs=cast + audit, used_slips=rng.choice([None, cast + audit]),
    )  # fmt: skip


def random_poll(seed: int, kind: Kind) -> RandomPoll:
    rng = random.Random(seed)
    ballot = random_ballot(rng, kind)
    classes, papers, receipts = {}, {}, []
    for one in ballot.classes:
        size = rng.choice([0, 3, 12, 40])
        votes = tuple(random_vote(rng, ballot) for _ in range(size))
        audited = tuple(random_vote(rng, ballot) for _ in range(rng.choice([0, 0, 4])))
        paper = [[random_vote(rng, ballot) for _ in range(rng.choice([2, 9, 20]))] for _ in range(rng.randint(0, 2))]
        names = ("现场票箱", "流动票箱")
        boxes = tuple(PaperBox(name, as_count(ballot, box), len(box)) for name, box in zip(names, paper, strict=False))
        everything = [*votes, *(vote for box in paper for vote in box)]
        good = sum(1 for vote in everything if naive_good(ballot, vote))
        figures = figures_of(rng, size, len(audited), sum(map(len, paper)), good, len(everything) - good)
        classes[one.code] = ClassCount(figures, votes, boxes, audited)
        papers[one.code] = paper
        receipts += [rng.randbytes(32) for _ in range(size + len(audited))]
    return RandomPoll(ballot, classes, papers, receipts)


def as_count(ballot: Ballot, votes: list[Vote]) -> Count:
    """Paper as people count it: by name and column."""
    numbers, written, good, void = naive_count(ballot, votes)
    rows = []
    for row in range(len(ballot.rows)):
        counts = tuple(numbers.get((row, option), 0) for option in range(1, len(ballot.options) + 1))
        rows.append(Row(counts, unmarked=numbers.get((row, 0), 0)))
    return Count(good, void, tuple(rows), written)


def naive_good(ballot: Ballot, vote: Vote) -> bool:
    names, ticked = list(vote.lines), sum(1 for mark in vote.marks if mark == 1)
    if not ballot.lines_are_names:
        names = []
    for name in names:
        if names.count(name) > 1 or name in [candidate.name for candidate in ballot.candidates]:
            return False
    if ballot.kind in ELECTING:
        if len(names) > sum(1 for mark in vote.marks if mark == 2):
            return False
        ticked += len(names)
    return not ballot.cap or ticked <= ballot.cap


def naive_count(ballot: Ballot, votes: list[Vote]):
    numbers: dict = {}
    written: dict = {}
    good = 0
    for vote in votes:
        if not naive_good(ballot, vote):
            continue
        good += 1
        for row, mark in enumerate(vote.marks):
            if mark == 0 and len(ballot.options) == 3 and ballot.options[2].title == "弃权":
                mark = 3
            numbers[(row, mark)] = numbers.get((row, mark), 0) + 1
        for name in vote.lines:
            written[name] = written.get(name, 0) + 1
    return numbers, written, good, len(votes) - good


def naive_winners(votes: dict[str, int], base: int, seats: int) -> tuple[set[str], set[str]]:
    """Seat by seat: who alone leads among those over half takes it; a tie that does not fit stops it."""
    left = {name: number for name, number in votes.items() if number * 2 > base}
    elected: set[str] = set()
    while left and len(elected) < seats:
        top = max(left.values())
        leaders = {name for name, number in left.items() if number == top}
        if len(elected) + len(leaders) > seats:
            return elected, leaders
        elected |= leaders
        left = {name: number for name, number in left.items() if name not in leaders}
    return elected, set()


def naive_share(ballot: Ballot, groups: list[tuple[list[Vote], Fraction]], row: int, option: int) -> Fraction:
    total, weights = Fraction(0), Fraction(0)
    for votes, weight in groups:
        good = [vote for vote in votes if naive_good(ballot, vote)]
        if good:
            weights += weight
            total += weight * Fraction(sum(1 for vote in good if vote.marks[row] == option), len(good))
    return total / weights if weights else Fraction(0)


def unbalanced(poll: RandomPoll) -> RandomPoll:
    code, one = next(iter(poll.classes.items()))
    return replace(poll, classes=poll.classes | {code: replace(one, figures=replace(one.figures, stubs=10**6))})
