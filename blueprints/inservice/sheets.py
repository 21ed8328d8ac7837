"""Papers of in-service members: the slip in three parts, the service card, slips for opinions, letters to employers."""

from dataclasses import dataclass

from blueprints.cobuilding.models import TaskState
from blueprints.inservice import queries
from blueprints.inservice.models import CheckIn, Inquiry, InquiryKind, Six, Verdict
from blueprints.organisation.queries import body_of
from core import clock, settings, zh
from core.printing import gongwen
from core.printing.gongwen import OfficialLetter
from core.records.places import Place
from core.text import in_chinese


@dataclass(frozen=True)
class SlipSheet:
    """6.1: counterfoil for the employer, the slip for the community, the receipt; all with one number."""

    title: str
    body: str
    number: str
    name: str
    employer: str
    duty: str
    stairwell: str
    skills: str
    free_time: str
    posts: str
    tasks: tuple[tuple[str, bool], ...]
    day: str


@dataclass(frozen=True)
class CardLine:
    """One service."""

    on: str
    what: str
    hours: str
    people: str
    confirmed_by: str


@dataclass(frozen=True)
class CardSheet:
    """6.2: the service card with its sums."""

    title: str
    body: str
    number: str
    name: str
    employer: str
    lines: tuple[CardLine, ...]
    sums: str
    blanks: int


@dataclass(frozen=True)
class RegisterLine:
    """One check-in in the register."""

    number: str
    name: str
    employer: str
    stairwell: str
    skills: str
    posts: str
    tasks: str
    since: str
    until: str


@dataclass(frozen=True)
class RegisterSheet:
    """报到登记册: everybody who ever checked in, in the order of arrival, with those who left."""

    title: str
    body: str
    day: str
    lines: tuple[RegisterLine, ...]
    totals: str


@dataclass(frozen=True)
class RequestSheet:
    """6.4 征求意见函: what an employer signs when it asks about somebody; blank where nobody is named yet."""

    title: str
    body: str
    number: str
    employer: str
    name: str
    purpose: str
    until: str
    kinds: tuple[tuple[str, bool], ...]


@dataclass(frozen=True)
class OpinionSheet:
    """An anonymous slip for the box in the stairwell."""

    title: str
    body: str
    about: str
    until: str


class EmployerLetter(OfficialLetter):
    """6.3 and 6.4: facts, opinions in general words, what the member says to it."""


@in_chinese()
def slip(row: CheckIn) -> SlipSheet:
    """The slip filled in with what is on file."""
    taken = {one.task for one in row.tasks if one.state is not TaskState.DROPPED}
    stairwell = row.person.stairwell
    return SlipSheet(
        "在职党员到社区报到单", body_of(row.place), row.number, row.person.name, row.employer, row.duty,
        stairwell.name if stairwell else "", row.skills, row.free_time, row.posts,
        tuple((str(six.title), six in taken) for six in Six), gongwen.day(row.since),
    )  # fmt: skip


@in_chinese()
def receipt(row: CheckIn) -> EmployerLetter:
    """The receipt alone, for the employer's Party organisation."""
    body, stairwell, taken = body_of(row.place), row.person.stairwell, queries.taken([row])[row.id]
    told = f"{row.person.name}同志已于{gongwen.day(row.since)}到我社区报到{f'，编入{stairwell.name}' if stairwell else ''}"
    told += f"，认领：{'、'.join(str(one.task.title) for one in taken)}。" if taken else "。"
    text = f"{told}\n服务情况由我社区记录，每季度向你单位反馈。"
    return EmployerLetter(
        "plain", body, f"编号：{row.number}", "在职党员到社区报到回执", f"{row.employer}党组织", text, (), body, gongwen.day(clock.today())
    )


@in_chinese()
def register(place: Place) -> RegisterSheet:
    """The register as it stands today."""
    rows = list(queries.check_ins(place).order_by(CheckIn.since, CheckIn.id))
    taken = queries.taken(rows)
    here, times = queries.standing(place).count(), queries.person_times(place)
    totals = f"累计报到{len(rows)}人，现在册{here}人，服务{times}人次。"
    return RegisterSheet(
        "在职党员报到登记册", body_of(place), gongwen.day(clock.today()), tuple(_line(row, queries.how_far(taken[row.id])) for row in rows), totals
    )


def _line(row: CheckIn, tasks: str) -> RegisterLine:
    stairwell = row.person.stairwell
    until = "　".join(filter(None, [zh.day(row.until) if row.until else "", row.left_to]))
    return RegisterLine(
        row.number, row.person.name, row.employer, stairwell.name if stairwell else "", row.skills, row.posts, tasks,
        zh.day(row.since), until,
    )  # fmt: skip


@in_chinese()
def request(row: CheckIn, inquiry: Inquiry | None = None) -> RequestSheet:
    """The letter by which an employer asks, ready to be signed."""
    kinds = tuple((str(kind.title), inquiry is not None and inquiry.kind is kind) for kind in InquiryKind if kind is not InquiryKind.FEEDBACK)
    return RequestSheet(
        "关于征求在职党员社区表现意见的函", body_of(row.place), row.number, row.employer, row.person.name,
        inquiry.purpose if inquiry else "", gongwen.day(inquiry.due_on) if inquiry and inquiry.due_on else "", kinds,
    )  # fmt: skip


@in_chinese()
def card(row: CheckIn) -> CardSheet:
    """The card with all services so far and room for more."""
    services = list(row.services.order_by())
    services.sort(key=lambda one: (one.on, one.id))
    lines = tuple(CardLine(zh.day(one.on), one.what, _hours(one.half_hours), str(one.people), one.confirmed_by) for one in services)
    count, half_hours, people = queries.served(row)
    sums = f"共{count}次，{_hours(half_hours)}小时，{people}人次"
    return CardSheet("在职党员服务记录卡", body_of(row.place), row.number, row.person.name, row.employer, lines, sums, max(3, 18 - len(lines)))


def _hours(half_hours: int) -> str:
    return f"{half_hours / 2:g}"


@in_chinese()
def opinion(row: Inquiry) -> OpinionSheet:
    """What residents are asked about whom."""
    about = f"{row.check_in.person.name}同志（{row.check_in.employer}）在我们社区的表现"
    return OpinionSheet("征求居民意见", body_of(row.place), about, gongwen.day(row.due_on))


@in_chinese()
def letter(row: Inquiry) -> EmployerLetter:
    """The letter to the employer's Party organisation."""
    body, name = body_of(row.place), row.check_in.person.name
    title = "在职党员情况反馈函" if row.kind is InquiryKind.FEEDBACK else "关于征求意见的复函"
    opening = f"现将{name}同志在我社区的情况反馈如下。" if row.kind is InquiryKind.FEEDBACK else (
        f"你单位关于{row.kind.title}的来函收悉。现将{name}同志在我社区的情况答复如下。")
    parts = [opening, *facts(row), row.findings, heard(row), f"本人已阅，{'意见：' + row.member_words if row.member_words else '没有不同意见'}。"]
    return EmployerLetter(
        "plain", body, "", title, f"{row.check_in.employer}党组织", "\n".join(filter(None, parts)), (), body,
        gongwen.day(row.answered_on or clock.today()),
    )  # fmt: skip


def facts(row: Inquiry) -> list[str]:
    """What the card and the tasks say; no praise, no marks."""
    check_in = row.check_in
    count, half_hours, _people = queries.served(check_in, row.since)
    since = f"自{gongwen.day(row.since or check_in.since)}以来，"
    told = [f"{since}参加社区服务{count}次，共{_hours(half_hours)}小时。"]
    tasks = [f"{one.task.title}（{one.state.title}）" for one in check_in.tasks if one.state is not TaskState.DROPPED]
    return told + ([f"认领任务：{'、'.join(tasks)}。"] if tasks else [])


def heard(row: Inquiry) -> str:
    """Residents' opinion in general words: shares only from five on, never what anybody said."""
    counts = queries.verdicts(row)
    asked = sum(counts.values())
    if not asked:
        return row.how
    opening = f"{row.how.rstrip('。')}，" if row.how else ""
    if asked < queries.SMALL:
        return f"{opening}听取了{asked}位居民的意见。"
    told = "，".join(f"{verdict.title}{number}人" for verdict, number in counts.items() if number)
    most = counts[Verdict.GOOD] + counts[Verdict.FAIR]
    return f"{opening}听取了{asked}位居民的意见，{told}；满意和基本满意共{most}人。"


def phone(row: CheckIn) -> str:
    """The office's telephone."""
    return str(settings.value("office.phone", row.place_id))
