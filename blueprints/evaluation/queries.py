"""Reads of 评诺 and 民主评议: a year's promises with their three voices, branch by branch; what waits for whom."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from peewee import JOIN, ModelSelect, fn

from blueprints.ballots import queries as ballots
from blueprints.ballots.models import Kind, Poll, PollStatus
from blueprints.boards import queries as boards
from blueprints.boards import rules as promises
from blueprints.boards.models import SHOWN_STATES, Commitment, CommitmentState, Outcome
from blueprints.evaluation.models import (
    Answers,
    Appraisal,
    BranchYear,
    Commendation,
    EvaluationRound,
    Finding,
    Heard,
    OwnWord,
    SlipCount,
    SlipSum,
)
from blueprints.people.models import PartyMember
from core import clock, settings, zh
from core.access import Actor, Can
from core.due import Due
from core.records.people import Person
from core.records.places import PartyOrg, Place
from core.text import _

EVALUATED = (*SHOWN_STATES, CommitmentState.ARCHIVED)


@dataclass(frozen=True)
class Voices:
    """What residents said of one promise, by slip and by code together; shown only from so many on as the setting says."""

    good: int = 0
    fair: int = 0
    poor: int = 0

    @property
    def n(self) -> int:
        return self.good + self.fair + self.poor

    def __add__(self, other: "Voices") -> "Voices":
        return Voices(self.good + other.good, self.fair + other.fair, self.poor + other.poor)


NOBODY = Voices()


@dataclass(frozen=True)
class Line:
    """One promise of a year with its three voices; ``voices`` is None as long as the sums must not be seen."""

    row: Commitment
    own: OwnWord | None
    voices: Voices | None
    few: bool
    done: int
    finding: Finding | None

    @property
    def found(self) -> bool:
        return bool(self.row.outcome.value)


@dataclass(frozen=True)
class BranchFigures:
    """How far one branch is: promises, own words, what was found, and of how many members."""

    org: PartyOrg
    members: int
    promises: int
    own: int
    found: int
    not_honoured: int


def rounds(community: Place) -> ModelSelect:
    """Every year's evaluation, the latest first."""
    return EvaluationRound.select().where(EvaluationRound.place == community).order_by(EvaluationRound.year.desc())


def round_of(community: Place, year: int) -> EvaluationRound | None:
    """The evaluation of a year."""
    return rounds(community).where(EvaluationRound.year == year).first()


def hearing(community: Place) -> EvaluationRound | None:
    """The evaluation in which residents are heard today."""
    today = clock.today()
    return rounds(community).where((EvaluationRound.first <= today) & (EvaluationRound.last >= today)).first()


def begun(community: Place, year: int) -> bool:
    """Whether members may say their own word of a year's promises."""
    row = round_of(community, year)
    return row is not None and row.first <= clock.today()


def promises_of(community: Place, year: int, branch: int = 0, stairwell: Place | None = None) -> ModelSelect:
    """What hung in a year, of members still here, in building order and in stroke order of the names."""
    query = boards.on_boards(community, year, EVALUATED, stairwell)
    return query.where(PartyMember.org == branch) if branch else query


def lines(row: EvaluationRound, branch: int = 0, stairwell: Place | None = None) -> list[Line]:
    """Promises with their voices, a branch's in stroke order of the names, a stairwell's in the board's."""
    query = promises_of(row.place, row.year, branch, stairwell)
    found = list(query.order_by(Person.sort_key, Commitment.id) if branch else query)
    ids = [one.id for one in found]
    own = {one.commitment_id: one for one in OwnWord.select().where(OwnWord.commitment.in_(ids))} if ids else {}
    checks = {one.commitment_id: one for one in Finding.select().where(Finding.commitment.in_(ids))} if ids else {}
    sums, done = voices(row, ids), boards.reported_amounts(row.place, row.year)
    least = int(settings.value("evaluation.least", row.place))
    return [_line(one, own.get(one.id), sums.get(one.id, NOBODY), least, done.get(one.id, 0), checks.get(one.id), row.over) for one in found]


def _line(one: Commitment, own: OwnWord | None, said: Voices, least: int, done: int, check: Finding | None, over: bool) -> Line:
    few = over and said.n < least
    return Line(one, own, said if over and not few else None, few and said.n > 0, done, check)


def voices(row: EvaluationRound, ids: Iterable[int]) -> dict[int, Voices]:
    """Per promise what was said of it; for rules and tests, pages ask ``lines``, which keeps small sums to itself."""
    ids = list(ids)
    if not ids:
        return {}
    found: dict[int, Voices] = {}
    for number, *said in Heard.select(Heard.commitment, Heard.good, Heard.fair, Heard.poor).where(Heard.commitment.in_(ids)).tuples():
        found[number] = Voices(*said)
    slips = SlipSum.select(SlipSum.commitment, SlipSum.good, SlipSum.fair, SlipSum.poor).join(SlipCount)
    for number, *said in slips.where((SlipCount.round == row) & SlipSum.commitment.in_(ids)).tuples():
        found[number] = found.get(number, NOBODY) + Voices(*said)
    return found


def slip_counts(row: EvaluationRound) -> dict[int, SlipCount]:
    """Per stairwell the slips counted."""
    return {one.stairwell_id: one for one in row.slip_counts}


def answered(row: EvaluationRound) -> dict[int, int]:
    """Per stairwell how many answered at its code."""
    return dict(Answers.select(Answers.stairwell, Answers.total).where(Answers.round == row).tuples())


def sheets(row: EvaluationRound) -> int:
    """How many residents' answers there are in all, on paper and at the codes."""
    paper = SlipCount.select(fn.COALESCE(fn.SUM(SlipCount.slips), 0)).where(SlipCount.round == row).scalar()
    return paper + (Answers.select(fn.COALESCE(fn.SUM(Answers.total), 0)).where(Answers.round == row).scalar())


def branches(row: EvaluationRound) -> list[BranchFigures]:
    """How far each branch is, in the order of the branches."""
    own = {one[0] for one in OwnWord.select(OwnWord.commitment).join(Commitment).where((Commitment.place == row.place_id) & (Commitment.year == row.year)).tuples()}
    groups: dict[PartyOrg, list[Commitment]] = {}
    for one in promises_of(row.place, row.year):
        if one.member.org is not None:
            groups.setdefault(one.member.org, []).append(one)
    ordered = sorted(groups.items(), key=lambda pair: (pair[0].position, pair[0].id))
    return [
        BranchFigures(
            org, len({one.member_id for one in rows}), len(rows), sum(one.id in own for one in rows),
            sum(bool(one.outcome.value) for one in rows), sum(one.outcome is Outcome.NOT_HONOURED for one in rows),
        )
        for org, rows in ordered
    ]  # fmt: skip


def results(community: Place, year: int, stairwell: Place) -> list[Line]:
    """What a board tells residents once the branch has found; nothing before."""
    row = round_of(community, year)
    return [one for one in lines(row, stairwell=stairwell) if one.found] if row is not None else []


def own_words(member: PartyMember, year: int) -> dict[int, OwnWord]:
    """What a member said of the promises of a year."""
    rows = OwnWord.select().join(Commitment).where((Commitment.member == member) & (Commitment.year == year))
    return {one.commitment_id: one for one in rows}


def visible_appraisals(actor: Actor, community: Place) -> ModelSelect:
    """Grades the actor may see here, void ones left out, with member and person."""
    scope = Appraisal.place.in_(actor.communities(Can.APPRAISALS_READ)) & (Appraisal.place == community)
    return (
        Appraisal.select(Appraisal, PartyMember, Person).join(PartyMember).join(Person)
        .where(scope & (Appraisal.void == "")).order_by(Person.sort_key, Appraisal.id)
    )  # fmt: skip


def branch_year(org: PartyOrg, year: int) -> BranchYear | None:
    """What a branch's meeting of a year was."""
    return BranchYear.select(BranchYear, Poll).join(Poll, JOIN.LEFT_OUTER).where((BranchYear.org == org) & (BranchYear.year == year)).first()


def branch_years(community: Place, year: int) -> dict[int, BranchYear]:
    """Per branch its meeting of a year."""
    return {one.org_id: one for one in BranchYear.select().where((BranchYear.place == community) & (BranchYear.year == year))}


def review_polls(actor: Actor, community: Place) -> list[Poll]:
    """Votes of the kind 民主评议 one may point at."""
    polls = ballots.visible_to(actor, community).where((Poll.kind == Kind.REVIEW) & (Poll.status != PollStatus.CANCELLED))
    return list(polls)


def outcomes(community: Place, year: int) -> dict[int, dict[Outcome, int]]:
    """Per member how many promises of a year came to what."""
    grouped = (
        Commitment.select(Commitment.member, Commitment.outcome, fn.COUNT(Commitment.id))
        .where((Commitment.place == community) & (Commitment.year == year) & Commitment.state.in_(EVALUATED))
        .group_by(Commitment.member, Commitment.outcome)
    )
    found: dict[int, dict[Outcome, int]] = {}
    for member, outcome, number in grouped.tuples():
        found.setdefault(member, {})[outcome] = number
    return found


def commendations(community: Place, year: int) -> ModelSelect:
    """Who stands on the list of a year, in stroke order of the names where the name is a member's."""
    return (
        Commendation.select(Commendation, PartyMember, Person)
        .join(PartyMember, JOIN.LEFT_OUTER).join(Person, JOIN.LEFT_OUTER)
        .where((Commendation.place == community) & (Commendation.year == year) & (Commendation.void == ""))
        .order_by(Commendation.title, Person.sort_key, Commendation.id)
    )  # fmt: skip


def due(actor: Actor, community: Place) -> Iterator[Due]:
    """What 评诺 and 民主评议 want done: begin, own words, slips, findings, the branch meetings' grades."""
    if not actor.can(Can.BOARDS_EDIT, community):
        return
    row = rounds(community).first()
    today = clock.today()
    if _late_in_the_year(actor, community, row):
        text = _("%(year)s年度的承诺可以开始年终评诺了", year=today.year)
        yield Due(text, "/office/evaluations", _("去安排"), _("年终评诺"))
    if row is None or today < row.first:
        return
    figures = branches(row)
    yield from _own_words_missing(row, sum(one.promises - one.own for one in figures if one.found < one.promises))
    yield from _to_be_found(actor, row, sum(one.promises - one.found for one in figures))
    yield from _to_be_graded(actor, row, figures)


def _late_in_the_year(actor: Actor, community: Place, row: EvaluationRound | None) -> bool:
    """The year on the boards ends, and nobody has arranged its evaluation."""
    today = clock.today()
    late = today.month >= int(settings.value("evaluation.month", community)) and actor.can(Can.BOARDS_REVIEW, community)
    return late and (row is None or row.year < today.year) and promises.current_year(community) == today.year


def _own_words_missing(row: EvaluationRound, missing: int) -> Iterator[Due]:
    if missing and not row.over:
        text = _("%(year)s年度评诺：还有 %(n)s 条承诺没有自评，居民评议到%(day)s", year=row.year, n=missing, day=zh.short_day(row.last))
        yield Due(text, f"/office/evaluations/{row.year}", _("去登记"), _("年终评诺"), row.last)


def _to_be_found(actor: Actor, row: EvaluationRound, waiting: int) -> Iterator[Due]:
    if waiting and row.over and actor.can(Can.BOARDS_REVIEW, row.place):
        text = _("%(year)s年度评诺：%(n)s 条承诺等支部评定", year=row.year, n=waiting)
        yield Due(text, f"/office/evaluations/{row.year}", _("去评定"), _("年终评诺"))


def _to_be_graded(actor: Actor, row: EvaluationRound, figures: list[BranchFigures]) -> Iterator[Due]:
    """Branches that found everything and have not met for 民主评议 yet."""
    if not actor.can(Can.APPRAISALS_EDIT, row.place):
        return
    met = branch_years(row.place, row.year)
    ready = [one.org.name for one in figures if one.found == one.promises and one.org.id not in met]
    if ready:
        text = _("%(year)s年度民主评议：%(names)s的等次还没有登记", year=row.year, names="、".join(ready))
        yield Due(text, f"/office/appraisals/{row.year}", _("去登记"), _("民主评议"))
