"""The example community's promises: most hang in the stairwells, some wait, some were sent back; last year is archived."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from blueprints.boards import doing, hanging, issuing, posting, rules, years
from blueprints.boards.doing import Report
from blueprints.boards.models import Commitment, CommitmentState, ConsentForm, Outcome
from blueprints.boards.posters import Posters
from blueprints.people import queries as people
from blueprints.people.models import PartyMember
from core import clock
from core.access import Actor
from core.records.places import Place
from core.workdays import add_workdays

TOO_VAGUE = "请写明多久一次、全年几次，例如“每月一次，全年12次”。"
CLEARED = "堆物已全部清走，楼组长现场看过。"
TARGETS = {"每两周": "26次", "每周": "52次", "每月": "12次", "每季度": "4次"}
NOTES = ("按承诺做了，邻居也来帮忙。", "做了两次，楼组长看过。", "下雨耽误一次，下周补上。", "照片交给了支部。")
WAITING, SENT_BACK, NOT_YET_SHOWN, FULFILLED, REPORTED = 5, 4, 6, 7, 60
LAST_YEAR = (
    ("每月清扫楼道一次，擦洗扶手", "12次"), ("每月查看楼道照明一次，坏了报修", "12次"), ("每季度清理楼道堆物一次", "4次"),
    ("每月探望独居老人一次", "12次"), ("全年参加社区志愿服务6次", "6次"),
)  # fmt: skip
BEGAN, TOLD, PARTLY = 54, 12, 9  # members who began last year; promises with entries of progress; not quite done
HUNG, CHANGED_THEIR_MIND = 52, 3  # boards on the wall; members who no longer want their post shown


def load(staff: dict[str, Actor], place: Place, today: date) -> Iterator[date]:
    """Last year's, then this year's: review, publish, report, fulfil; the last few of the list came late."""
    secretary, clerk = staff["书记"], staff["干事"]
    yield add_workdays(today, -36)[0]
    _last_year(secretary, clerk, place, today.year - 1)
    yield add_workdays(today, -34)[0]
    members = PartyMember.select().where((PartyMember.place == place) & (PartyMember.post != "")).order_by(PartyMember.id)
    for member in members:
        rules.consent(clerk, member, {"post"}, ConsentForm.SIGNED.value)
    for row in _in_state(place, CommitmentState.PROPOSED):
        if target := next((target for often, target in TARGETS.items() if often in row.text), ""):
            rules.amend(clerk, row, None, target=target)
    reviewed = _in_state(place, CommitmentState.PROPOSED)[:-WAITING]
    vague = [row for row in reviewed if "担任楼道联络员" in row.text][:SENT_BACK]
    rules.send_back(secretary, vague, TOO_VAGUE)
    rules.approve(secretary, [row for row in reviewed if row not in vague])
    yield add_workdays(today, -30)[0]
    rules.publish(secretary, _in_state(place, CommitmentState.APPROVED)[:-NOT_YET_SHOWN])
    yield add_workdays(today, -27)[0]
    _hang(clerk, place)
    yield add_workdays(today, -8)[0]
    shown = [row for row in _in_state(place, CommitmentState.PUBLISHED) if row.year == today.year]
    cleared = [row for row in shown if "楼道堆物" in row.text][:FULFILLED]
    for commitment in cleared:
        _tell(clerk, commitment, Report(_within(commitment, today, -9), 1, CLEARED), done=True)
    _report(clerk, [row for row in shown if row.goal][:REPORTED], today)
    for member in members.limit(CHANGED_THEIR_MIND):
        rules.consent(clerk, member, set(), ConsentForm.SPOKEN.value)
    yield add_workdays(today, -2)[0]
    rules.evaluate(secretary, cleared[:2], Outcome.HONOURED)
    yield today
    years.archive(secretary, place, today.year - 1)


def _report(clerk: Actor, rows: Sequence[Commitment], today: date) -> None:
    for place, row in enumerate(rows):
        _tell(clerk, row, Report(_within(row, today, -9 - place % 12), place % 3 + 1, NOTES[place % len(NOTES)]))


def _tell(clerk: Actor, row: Commitment, said: Report, done: bool = False) -> None:
    """In the first days of a year the story still plays in the old one, where nothing of the new can have been done."""
    if said.done_on <= clock.today():
        doing.report(clerk, row, said, done=done)
    elif done:
        rules.fulfil(clerk, [row])


def _within(row: Commitment, today: date, days: int) -> date:
    """Some workdays ago, but never before the year of the promise began."""
    return max(add_workdays(today, days)[0], date(row.year, 1, 1))


def _last_year(secretary: Actor, clerk: Actor, place: Place, year: int) -> None:
    """What hung last year, entered from paper with the days of then: a few members of every house began, all followed."""
    members = list(people.members(place).where(PartyMember.stairwell.is_null(False)))
    first = _some_of_every_house(members)
    rows = [_entered(clerk, member, number, year) for number, member in enumerate(members)]
    rules.approve(secretary, rows)
    rules.publish(secretary, [row for row in rows if row.member in first], date(year, 3, 5))
    rules.publish(secretary, [row for row in rows if row.member not in first], date(year, 7, 1))
    for row in rows[1:TOLD]:
        _tell(clerk, row, Report(date(year, 11, 30), row.goal, "全年做完。"), done=True)
    rules.fulfil(clerk, rows[TOLD:-PARTLY], min(date(year, 12, 10), clock.today()))


def _some_of_every_house(members: Sequence[PartyMember]) -> set[PartyMember]:
    """The first of each house, then the second, until there are as many as the source text names."""
    turns: Counter = Counter()
    ranked = []
    for member in members:
        house = member.stairwell.slug.split("-")[0]
        turns[house] += 1
        ranked.append((turns[house], len(ranked), member))
    return {member for _turn, _place, member in sorted(ranked, key=lambda one: one[:2])[:BEGAN]}


def _entered(clerk: Actor, member: PartyMember, number: int, year: int) -> Commitment:
    text, target = LAST_YEAR[number % len(LAST_YEAR)]
    return rules.propose(clerk, member, text, target=target, year=year)


def _hang(clerk: Actor, place: Place) -> None:
    """Every complete board was printed, most of them hang."""
    posters = Posters(place)
    for stairwell in posters.places():
        if not posters.unpublished(stairwell):
            issuing.issue(clerk, posters, stairwell)
    printed = [board for board in posting.boards(place) if board.issue]
    hanging.hang(clerk, place, printed[:HUNG], clock.today(), "何静")


def _in_state(place: Place, state: CommitmentState) -> list[Commitment]:
    return list(
        Commitment.select().where((Commitment.place == place) & (Commitment.state == state)).order_by(Commitment.id)
    )
