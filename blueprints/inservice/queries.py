"""Reads of check-ins: who is here, what they did in a period, which inquiries wait."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from peewee import JOIN, ModelSelect, fn

from blueprints.cobuilding.models import TaskState
from blueprints.inservice.models import (
    CheckIn,
    CheckInTask,
    Inquiry,
    InquiryKind,
    InquiryState,
    Opinion,
    Service,
    Six,
    Verdict,
)
from core import clock, settings
from core.access import Actor, Can
from core.bigrams import matching
from core.due import Due
from core.records.people import Person
from core.records.places import Place
from core.search import MOST, Hit
from core.text import _, _l, _n

settings.declare("inservice.feedback_days", _l("每季度末提前几天提醒向在职党员的单位反馈（0 为不提醒）"), 15, group="office")
SMALL = 5  # fewer opinions are told in words, never as shares


def check_ins(community: Place) -> ModelSelect:
    """All check-ins in stroke order of the names, with person and stairwell."""
    return (
        CheckIn.select(CheckIn, Person, Place)
        .join(Person)
        .join(Place, JOIN.LEFT_OUTER, on=Person.stairwell, attr="stairwell")
        .where(CheckIn.place == community)
        .order_by(Person.sort_key, CheckIn.id)
    )


def standing(community: Place, on: date | None = None) -> ModelSelect:
    """Those who are here on a day."""
    day = on or clock.today()
    return check_ins(community).where((CheckIn.since <= day) & (CheckIn.until.is_null() | (CheckIn.until > day)))


def visible_to(actor: Actor, community: Place) -> ModelSelect:
    """Check-ins the actor may see here, those who left included."""
    return check_ins(community).where(CheckIn.place.in_(actor.communities(Can.PEOPLE_READ)))


def narrowed(query: ModelSelect, words: str) -> ModelSelect:
    """Those whose name, employer or skills hold the words."""
    if not words:
        return query
    named = matching(Person.bigrams, words)
    spoken = CheckIn.employer.contains(words) | CheckIn.skills.contains(words) | (CheckIn.number == words)
    return query.where(spoken if named is None else named | spoken)


def one(number: int) -> CheckIn:
    """A check-in with person and stairwell."""
    row = CheckIn.get_by_id(number)
    return check_ins(row.place).where(CheckIn.id == number).get()


def states(rows: list[CheckIn]) -> dict[int, tuple[int, int]]:
    """How many tasks each took on and how many are done, in one query."""
    taken = (CheckInTask.check_in.in_(rows)) & (CheckInTask.state != TaskState.DROPPED)
    done = fn.SUM(fn.COALESCE((CheckInTask.state == TaskState.DONE).cast("integer"), 0))
    query = CheckInTask.select(CheckInTask.check_in, fn.COUNT(CheckInTask.id), done).where(taken).group_by(CheckInTask.check_in)
    return {number: (many, finished) for number, many, finished in query.tuples()} if rows else {}


def taken(rows: Sequence[CheckIn]) -> dict[int, list[CheckInTask]]:
    """The tasks each took on, in the order of the slip, in one query."""
    found: dict[int, list[CheckInTask]] = defaultdict(list)
    tasks = CheckInTask.select().where(CheckInTask.check_in.in_(list(rows)) & (CheckInTask.state != TaskState.DROPPED))
    for task in sorted(tasks, key=lambda one: list(Six).index(one.task)):
        found[task.check_in_id].append(task)
    return found


def how_far(tasks: Sequence[CheckInTask]) -> str:
    """联络员（已完成）、表率（进行中）: the tasks with their states, short enough for a cell."""
    return "、".join(f"{one.task.word}（{one.state.title}）" for one in tasks)


def served(row: CheckIn, first: date | None = None, last: date | None = None) -> tuple[int, int, int]:
    """Services in a period: how many, half hours, person-times."""
    inside = (Service.on >= (first or date.min)) & (Service.on <= (last or date.max))
    found = Service.select(fn.COUNT(Service.id), fn.SUM(Service.half_hours), fn.SUM(Service.people))
    count, half_hours, people = found.where((Service.check_in == row) & inside).tuples().first()
    return count, half_hours or 0, people or 0


def person_times(community: Place, first: date | None = None, last: date | None = None) -> int:
    """Person-times of all check-ins in a period (the source counts nearly 2,000)."""
    inside = (Service.on >= (first or date.min)) & (Service.on <= (last or date.max))
    total = Service.select(fn.SUM(Service.people)).join(CheckIn).where((CheckIn.place == community) & inside).scalar()
    return total or 0


def visible_inquiries(actor: Actor, community: Place) -> ModelSelect:
    """Inquiries the actor may handle here; who only reads sees none, for they are about persons."""
    scope = Inquiry.place.in_(actor.communities(Can.PEOPLE_EDIT)) & (Inquiry.place == community)
    query = Inquiry.select(Inquiry, CheckIn, Person).join(CheckIn).join(Person).where(scope)
    return query.order_by(Inquiry.state == InquiryState.ANSWERED, Inquiry.due_on, Inquiry.id.desc())


def verdicts(inquiry: Inquiry) -> dict[Verdict, int]:
    """How many residents said what."""
    grouped = Opinion.select(Opinion.verdict, fn.COUNT(Opinion.id)).where(Opinion.inquiry == inquiry).group_by(Opinion.verdict)
    found = dict(grouped.tuples())
    return {verdict: found.get(verdict, 0) for verdict in Verdict}


def without_feedback(community: Place, since: date) -> ModelSelect:
    """Those who are here and of whom the employer was told nothing yet in the quarter that began on ``since``."""
    told = Inquiry.select(Inquiry.check_in).where(
        (Inquiry.place == community) & (Inquiry.kind == InquiryKind.FEEDBACK) & (Inquiry.asked_on >= since)
    )
    return standing(community).where((CheckIn.since <= clock.today()) & CheckIn.id.not_in(told))


def quarter(day: date) -> tuple[date, date]:
    """First and last day of the quarter."""
    first = date(day.year, (day.month - 1) // 3 * 3 + 1, 1)
    return first, date(day.year + day.month // 10, (first.month + 2) % 12 + 1, 1) - timedelta(days=1)


def due(actor: Actor, community: Place) -> Iterator[Due]:
    """Inquiries that wait, the oldest day first; near its end, a quarter of which employers were told nothing."""
    if not actor.can(Can.PEOPLE_EDIT, community):
        return
    first, last = quarter(clock.today())
    near = last - clock.today() < timedelta(days=settings.value("inservice.feedback_days", community))
    if near and (count := without_feedback(community, first).count()):
        yield Due(_n("%(num)s 名在职党员本季度还没有向单位反馈", "%(num)s 名在职党员本季度还没有向单位反馈", count), "/office/inquiries", _("起草反馈"), _("在职党员"), last)
    for row in visible_inquiries(actor, community).where(Inquiry.state != InquiryState.ANSWERED):
        text = _("%(employer)s：%(kind)s（%(name)s），%(state)s", employer=row.check_in.employer, kind=row.kind.title,
                 name=row.check_in.person.name, state=row.state.title)  # fmt: skip
        yield Due(text, f"/office/inquiries/{row.id}", _("去办理"), _("在职党员"), row.due_on)


def search(actor: Actor, community: Place, words: str) -> Iterator[Hit]:
    """Check-ins by name, employer or skill."""
    for row in narrowed(visible_to(actor, community), words).limit(MOST):
        yield Hit(f"{row.person.name} {row.number}", f"/office/check-ins/{row.id}", _("在职党员"), row.employer)
