"""The example community's 评诺: last year's from the first word to certificates on the wall, this year's under way."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from blueprints.boards import queries as boards
from blueprints.boards.models import Commitment, Outcome, Way
from blueprints.evaluation import appraising, certificates, queries, rules, slips
from blueprints.evaluation.models import Commendation, EvaluationRound, Grade, Verdict
from blueprints.evaluation.registers import COMMENDATIONS
from blueprints.evaluation.rules import Found
from blueprints.organisation import queries as organisation
from blueprints.people import queries as people
from blueprints.people.models import PartyMember
from core import clock
from core.access import Actor
from core.printing import paper
from core.records.people import Person
from core.records.places import PartyOrg, Place
from core.registers import ledger
from core.workdays import add_workdays

ILL = "上半年住院，下半年只做了两次，已向支部说明。"
HONOURS = (("公开承诺示范党员", "全年承诺件件有着落，带动邻居一起清理楼道。"), ("楼道环境带头人", "每周清扫楼道，坚持了一年。"))
HEARD, OWN, COUNTED = 25, 40, 6  # stairwells heard last year; own words and stairwells counted this year


def load(staff: dict[str, Actor], place: Place, today: date) -> Iterator[date]:
    """Last year's is entered from paper; this year's began a week ago, and residents are heard for ten days more."""
    secretary, clerk = staff["书记"], staff["干事"]
    yield add_workdays(today, -35)[0]
    last_year = _last_year(secretary, clerk, place, today.year - 1)
    yield add_workdays(today, -33)[0]
    _meetings(secretary, clerk, place, last_year.year)
    yield add_workdays(today, -20)[0]
    _commended(secretary, place, last_year.year)
    yield add_workdays(today, -5)[0]
    row = rules.begin(secretary, place, today.year, clock.today(), today + timedelta(days=10))
    yield add_workdays(today, -1)[0]
    _under_way(clerk, row)


def _last_year(secretary: Actor, clerk: Actor, place: Place, year: int) -> EvaluationRound:
    row = rules.begin(secretary, place, year, date(year, 10, 9), date(year, 10, 30))
    lines = list(queries.promises_of(place, year))
    for number, one in enumerate(lines):
        _own(clerk, one, number, Way.PAPER)
    for number, stairwell in enumerate(_places(lines)[:HEARD]):
        _count(clerk, row, stairwell, 7 + number % 9)
    rules.find(secretary, row, [_found(one, number) for number, one in enumerate(lines)], "沈国庆", clock.today())
    return row


def _own(clerk: Actor, one: Commitment, number: int, way: Way) -> None:
    if number == 0:
        rules.own_word(clerk, one, Outcome.NOT_HONOURED, ILL, way)
    else:
        rules.own_word(clerk, one, Outcome.HONOURED if one.done else Outcome.PARTLY, "", way)


def _found(one: Commitment, number: int) -> Found:
    if number == 0:
        return Found(one, Outcome.NOT_HONOURED, ILL)
    return Found(one, Outcome.HONOURED if one.done else Outcome.PARTLY)


def _places(lines: Sequence[Commitment]) -> list[Place]:
    return list(dict.fromkeys(one.stairwell for one in lines))


def _count(clerk: Actor, row: EvaluationRound, stairwell: Place, sheets: int) -> None:
    """Most are content, one or two are not, some leave a row blank."""
    sums = {}
    for number, one in enumerate(boards.on_boards(row.place, row.year, stairwell=stairwell)):
        poor = (number + sheets) % 5 // 4
        fair = 1 + (number + sheets) % 3
        sums[one.id] = {Verdict.GOOD: sheets - fair - poor - number % 2, Verdict.FAIR: fair, Verdict.POOR: poor}
    slips.count(clerk, row, stairwell, 0, sheets, sums, "何静", "阎新", "希望扶手擦得勤一点。" if sheets % 4 == 0 else "")


def _meetings(secretary: Actor, clerk: Actor, place: Place, year: int) -> None:
    """All branches but one met; a few of each were found excellent."""
    orgs = [org for org in organisation.branches(place) if org.kind.value == "branch"]
    for org in orgs[:-1]:
        mine = _members(place, org)
        if mine:
            grades = {one.id: _grade(number, len(mine)) for number, one in enumerate(mine)}
            appraising.meet(clerk, org, year, 0, clock.today(), len(mine), len(mine) - len(mine) // 8, None, "", grades)


def _members(place: Place, org: PartyOrg) -> list[PartyMember]:
    return list(people.members(place).where(PartyMember.org == org).order_by(Person.sort_key, PartyMember.id))


def _grade(number: int, all_: int) -> tuple[Grade, str]:
    if number % 4 == 1:
        return Grade.EXCELLENT, ""
    if number == all_ - 1 and all_ > 15:
        return Grade.BARELY, "全年没有参加组织生活三次以上，已谈话。"
    return Grade.QUALIFIED, ""


def _commended(secretary: Actor, place: Place, year: int) -> None:
    """The list of last year: decided, and the certificates of the first are printed."""
    named = [one for org in organisation.branches(place) for one in _members(place, org)[1:6:4]][:8]
    rows = []
    for number, one in enumerate(named):
        title, deeds = HONOURS[number % 2]
        rows.append(ledger.enter(COMMENDATIONS, secretary, place, {
            "name": one.person.name, "member": one.id, "year": year, "title": title, "deeds": deeds,
            "put_forward_by": "各党支部党员大会", "put_forward_on": add_workdays(clock.today(), -12)[0].isoformat(),
            "decided_by": organisation.body_of(place), "decided_on": clock.today().isoformat(), "document": f"梅社党〔{clock.today().year}〕8号",
        }))  # fmt: skip
    for row in rows[:2]:
        certificates.issue(secretary, Commendation.get_by_id(row.id), paper.render)


def _under_way(clerk: Actor, row: EvaluationRound) -> None:
    """Some members said their word, some slips are in, some residents used the code."""
    lines = list(queries.promises_of(row.place, row.year))
    open_ones = [one for one in lines if not one.outcome.value]
    for one in open_ones[:OWN]:
        rules.own_word(clerk, one, Outcome.HONOURED if one.done else Outcome.PARTLY, "", Way.STAFF)
    places = _places(open_ones)
    for number, stairwell in enumerate(places[OWN - 30 : OWN - 30 + COUNTED]):
        if all(not one.outcome.value for one in boards.on_boards(row.place, row.year, stairwell=stairwell)):
            _count(clerk, row, stairwell, 6 + number)
    for number, stairwell in enumerate(places[:15]):
        ids = [one.id for one in boards.on_boards(row.place, row.year, stairwell=stairwell)]
        rules.hear(row, stairwell, dict.fromkeys(ids, (Verdict.GOOD, Verdict.GOOD, Verdict.FAIR)[number % 3]))
