"""The result as two files: A, 结果.json, for everybody, and B, the shuffled ballots, for the scrutineers.

A carries the receipts and every number of the report sheets, B the ballots; the two are never published together,
since a voter who shows a receipt beside the ballots could sell the vote. Both are checked by verify.py alone.
"""

import hashlib
import secrets
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass
from fractions import Fraction

from . import body, outcome, slips, tally
from .ballot import Ballot, Kind, canonical
from .body import Vote
from .equations import invalid
from .figures import Desk, Figures, PaperBox
from .outcome import Rules
from .tally import Count

SLIPS = "票码"


@dataclass(frozen=True)
class ClassCount:
    """One class of ballot: its figures, its ballots out of the box, its paper boxes, the test ballots left out."""

    figures: Figures
    votes: tuple[Vote, ...]
    boxes: tuple[PaperBox, ...] = ()
    audited: tuple[Vote, ...] = ()


@dataclass(frozen=True)
class Result:
    public: bytes
    ballots: bytes
    digest: str

    @property
    def short_digests(self) -> tuple[str, str]:
        """For the printed sheet: of A and of B."""
        return short_digest(self.digest), short_digest(hashlib.sha256(self.ballots).hexdigest())


def short_digest(digest: str) -> str:
    """Eight groups of four letters, as much as a person compares: 160 bits."""
    return slips.in_groups(slips.spelt(bytes.fromhex(digest)[:20]))


def read_bodies(
    ballot: Ballot, plain: Sequence[bytes], audit_marks: Collection[bytes]
) -> tuple[list[Vote], list[Vote]]:
    """The opened ballots, shuffled once more, and apart from them the scrutineers' test ballots."""
    opened = [body.decode(one, len(ballot.rows), len(ballot.options), ballot.lines) for one in plain]
    counted = [vote for mark, vote in opened if mark not in audit_marks]
    audited = [vote for mark, vote in opened if mark in audit_marks]
    for votes in (counted, audited):
        secrets.SystemRandom().shuffle(votes)
    return counted, audited


def desk_of(ballot: Ballot, one: ClassCount) -> Desk:
    """What the fourteen equations are asked of."""
    rules = outcome.rules_of(ballot.kind, ballot.rules)
    return Desk(
        kind=ballot.kind,
        figures=one.figures,
        slips=tally.count(ballot, one.votes),
        boxes=one.boxes,
        candidates=tuple(candidate.name for candidate in ballot.candidates),
        seats=ballot.cap or ballot.seats,
        lines=ballot.lines,
        quorum=rules.quorum,
        quorum_strictly=rules.quorum_strictly,
    )


def result(ballot: Ballot, classes: Mapping[str, ClassCount], receipt_ids: Sequence[bytes]) -> Result:
    rules = outcome.rules_of(ballot.kind, ballot.rules)
    sizes = {code: one.figures.recovered for code, one in classes.items()}
    groups = [_group(ballot, rules, classes, codes) for codes in tally.fit_to_show(sizes)]
    ballots = canonical(
        {
            "format": "linli-ballots/1",
            "config_sha256": ballot.config().hex(),
            "ballots": {"+".join(codes): _listed(classes, codes, "votes") for codes in tally.fit_to_show(sizes)},
            "audit": {code: [_plain(vote) for vote in one.audited] for code, one in classes.items()},
        }
    )
    public = {
        "format": "linli-result/1",
        "config": asdict(ballot),
        "config_sha256": ballot.config().hex(),
        "rules": asdict(rules),
        "figures": {code: asdict(one.figures) for code, one in classes.items()},
        "groups": groups,
        "combined": _combined(ballot, rules, groups),
        "invalid": sorted({line.equation for one in classes.values() for line in invalid(desk_of(ballot, one))}),
        "receipts": sorted(rid.hex() for rid in receipt_ids),
        "ballots_sha256": hashlib.sha256(ballots).hexdigest(),
    }
    digest = hashlib.sha256(canonical(public)).hexdigest()
    return Result(canonical(public | {"digest": digest}), ballots, digest)


def _plain(vote: Vote) -> dict:
    return {"lines": list(vote.lines), "marks": list(vote.marks), "whole": vote.whole}


def _listed(classes: Mapping[str, ClassCount], codes: Sequence[str], kind: str) -> list[dict]:
    votes = [vote for code in codes for vote in getattr(classes[code], kind)]
    secrets.SystemRandom().shuffle(votes)
    return [_plain(vote) for vote in votes]


def _group(ballot: Ballot, rules: Rules, classes: Mapping[str, ClassCount], codes: Sequence[str]) -> dict:
    """One class, or several that are too small to be shown alone; inside it, boxes by the same rule."""
    counts = {SLIPS: tally.count(ballot, [vote for code in codes for vote in classes[code].votes])}
    for code in codes:
        for box in classes[code].boxes:
            name = box.name if len(codes) == 1 else f"{code} {box.name}"
            counts[name] = box.count
    total = tally.together(list(counts.values()))
    entitled = sum(classes[code].figures.entitled for code in codes)
    present = sum(classes[code].figures.present for code in codes)
    base = outcome.base_of(rules.basis, entitled, present, total)
    weights = [Fraction(*weight.weight) for weight in ballot.classes if weight.code in codes]
    weight = sum(weights, Fraction(0))
    shown = tally.fit_to_show({name: count.recovered for name, count in counts.items()})
    return {
        "classes": list(codes),
        "weight": [weight.numerator, weight.denominator],
        "base": base,
        "boxes": [{"names": list(names)} | _written_out([counts[name] for name in names]) for names in shown],
        "total": _written_out([total]),
        "outcome": _outcome(ballot, rules, total, base),
    }


def _written_out(counts: Sequence[Count]) -> dict:
    """Each row: its options, then unmarked, then void."""
    count = tally.together(counts)
    rows = [[*row.counts, row.unmarked, row.void] for row in count.rows]
    return {"valid": count.valid, "void": count.void, "rows": rows, "written": dict(count.written)}


def votes_by_name(ballot: Ballot, total: Count) -> dict[str, int]:
    """The first option's votes of every candidate, then those of the names written in."""
    votes = {candidate.name: row.counts[0] for (candidate, _), row in zip(ballot.rows, total.rows, strict=True)}
    for name, number in total.written.items():
        votes[name] = votes.get(name, 0) + number
    return votes


def _outcome(ballot: Ballot, rules: Rules, total: Count, base: int) -> dict:
    if ballot.kind in tally.WITH_OTHERS:
        return asdict(outcome.elect(votes_by_name(ballot, total), base, ballot.seats, rules.threshold))
    if ballot.kind in (Kind.TRUST, Kind.RESOLUTION):
        rows = zip(ballot.rows, total.rows, strict=True)
        return {"passed": [one.name for (one, _), row in rows if outcome.passes(row.counts[0], base, rules.threshold)]}
    if ballot.kind is Kind.RECOMMENDATION:
        votes = votes_by_name(ballot, total)
        return {"ranking": [[name, votes[name]] for name in outcome.ranked(votes)]}
    return _grades(ballot, rules, [(total, (1, 1))])


def _grades(ballot: Ballot, rules: Rules, counts: Sequence[tuple[Count, tuple[int, int]]]) -> dict:
    shares = [outcome.shares(counts, row) for row in range(len(ballot.rows))]
    graded = [outcome.grades(row) for row in shares]
    overall = graded[:: len(ballot.items) or 1]
    return {
        "shares": [[[share.numerator, share.denominator] for share in row] for row in shares],
        "grades": [list(row) for row in graded],
        "too_many_best": outcome.too_many_best(overall, rules.best_grade_cap),
    }


def _combined(ballot: Ballot, rules: Rules, groups: Sequence[dict]) -> dict | None:
    if ballot.kind is Kind.RECOMMENDATION and rules.merge is not outcome.Merge.NONE:
        return asdict(outcome.recommend([dict(group["outcome"]["ranking"]) for group in groups], rules))
    if ballot.kind in (Kind.APPRAISAL, Kind.REVIEW):
        counts = [(_count(group["total"]), tuple(group["weight"])) for group in groups]
        return _grades(ballot, rules, counts)
    return None


def _count(written: Mapping) -> Count:
    rows = tuple(tally.Row(tuple(row[:-2]), row[-2], row[-1]) for row in written["rows"])
    return Count(written["valid"], written["void"], rows, written["written"])
