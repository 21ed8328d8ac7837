"""Papers of 评诺, 民主评议 and 表彰: residents' slips, a branch's summary and results, certificates."""

from collections.abc import Sequence
from dataclasses import dataclass

from blueprints.boards import queries as boards
from blueprints.boards.models import Outcome
from blueprints.evaluation import queries
from blueprints.evaluation.models import Appraisal, BranchYear, Commendation, EvaluationRound, Grade
from blueprints.evaluation.queries import Line
from blueprints.organisation.queries import body_of
from core import clock, settings, zh
from core.printing import gongwen
from core.records.places import PartyOrg, Place
from core.text import _, in_chinese

LINE, ROW, MARKS = 5.9, 4.4, 8  # millimetres: a line of a promise, the room around it, the three boxes
A_QUARTER, A_HALF = (66, 20), (72, 24)  # millimetres for the promises on a slip of A6 and of A5, characters on a line


@dataclass(frozen=True)
class SlipSheet:
    """One page of 评议票 for a stairwell, ``copies`` of them to be cut apart; nothing on them tells one from another."""

    title: str
    community: str
    stairwell: str
    year: int
    items: tuple[tuple[str, str], ...]
    until: str
    url: str
    phone: str
    copies: int


@dataclass(frozen=True)
class SummaryRow:
    """One promise with its three voices, as the summary has them."""

    name: str
    stairwell: str
    text: str
    target: str
    done: str
    own: str
    good: str
    fair: str
    poor: str
    outcome: str
    reason: str
    checked: str


@dataclass(frozen=True)
class SummarySheet:
    """评诺汇总表 of one branch; ``sums`` is its closing line, ``note`` says what the figures mean."""

    title: str
    body: str
    branch: str
    year: int
    period: str
    rows: tuple[SummaryRow, ...]
    sums: str
    note: str


@dataclass(frozen=True)
class GradeRow:
    """One member with what the promises came to, and the grade."""

    name: str
    outcome: str
    grade: str
    note: str


@dataclass(frozen=True)
class GradesSheet:
    """民主评议党员结果汇总 of one branch, in stroke order of the names."""

    title: str
    body: str
    branch: str
    year: int
    meeting: str
    rows: tuple[GradeRow, ...]
    counts: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class CertificateSheet:
    """荣誉证书: to whom, for what, by whom; ``honour`` is 同志 behind a member's name and nothing behind a group's."""

    title: str
    name: str
    honour: str
    text: str
    named: str
    body: str
    day: str
    number: str


@in_chinese()
def slip(row: EvaluationRound, stairwell: Place, lines: Sequence[Line] | None = None) -> SlipSheet:
    """What residents of one stairwell are asked."""
    lines = queries.lines(row, stairwell=stairwell) if lines is None else lines
    door = boards.doorway(row.place)
    return SlipSheet(
        _("党员承诺评议票"), row.place.name, stairwell.name, row.year,
        tuple((one.row.member.person.name, f"{one.row.text}（{one.row.target}）" if one.row.target else one.row.text) for one in lines),
        gongwen.day(row.last), voice_url(row.place, stairwell, door), str(settings.value("office.phone", row.place)),
        copies([len(one.row.member.person.name + one.row.text + one.row.target) + 3 for one in lines]),
    )  # fmt: skip


def copies(lengths: Sequence[int]) -> int:
    """How many slips stand on a page of A4 where the promises are so many characters long: four, two or one."""
    (room, letters), (more, wider) = A_QUARTER, A_HALF
    if sum(-(-length // letters) * LINE + MARKS + ROW for length in lengths) <= room:
        return 4
    return 2 if sum(max(-(-length // wider) * LINE, MARKS) + ROW for length in lengths) <= more else 1


def voice_url(place: Place, stairwell: Place, door: object = None) -> str:
    """Where the code on slip and board leads: only whoever stands in the stairwell has it."""
    door = door or boards.doorway(place)
    return f"{door.address}/boards/{stairwell.slug}/voice?k={door.token(stairwell.slug)}"


@in_chinese()
def summary(row: EvaluationRound, org: PartyOrg) -> SummarySheet:
    """A branch's promises in stroke order of the members' names."""
    lines = queries.lines(row, branch=org.id)
    found = [one.row.outcome for one in lines]
    sums = "，".join(f"{outcome.title}{found.count(outcome)}条" for outcome in Outcome if outcome.value)
    open_ones = found.count(Outcome.OPEN)
    least = settings.value("evaluation.least", row.place)
    return SummarySheet(
        _("党员公开承诺评诺汇总表"), body_of(row.place), org.full_name or org.name, row.year,
        f"{gongwen.day(row.first)}—{gongwen.day(row.last)}", tuple(map(_summary_row, lines)),
        f"共{len(lines)}条：{sums}" + (f"，待评定{open_ones}条" if open_ones else "") + "。",
        f"以姓氏笔画为序。居民评议不记名，只记合计，不足{least}份的不显示。",
    )  # fmt: skip


def _summary_row(one: Line) -> SummaryRow:
    row, said = one.row, one.voices
    figures = (str(said.good), str(said.fair), str(said.poor)) if said else ("", "", "")
    check = one.finding
    shown = check is not None and check.checked_on and row.outcome is Outcome.NOT_HONOURED
    checked = f"{check.checked_by} {zh.short_day(check.checked_on)}" if shown else ""
    return SummaryRow(
        row.member.person.name, row.stairwell.name, row.text, row.target, f"{one.done}{row.unit}" if one.done else "",
        str(one.own.outcome.title) if one.own else "", *figures, str(row.outcome.title), row.reason, checked.strip(),
    )  # fmt: skip


def outcome_words(counts: dict[Outcome, int]) -> str:
    """What a member's promises came to, in words: 已兑现2条，待评定1条."""
    told = [f"{outcome.title}{counts[outcome]}条" for outcome in Outcome if outcome.value and counts.get(outcome)]
    waiting = counts.get(Outcome.OPEN)
    return "，".join([*told, *([f"待评定{waiting}条"] if waiting else [])])


@in_chinese()
def grades(place: Place, org: PartyOrg, year: int, meeting: BranchYear | None, rows: Sequence[tuple[object, Appraisal | None]]) -> GradesSheet:
    """``rows`` are (member, grade or None) in stroke order of the names."""
    came = queries.outcomes(place, year)
    given = [grade.grade for _member, grade in rows if grade]
    return GradesSheet(
        _("民主评议党员结果汇总表"), body_of(place), org.full_name or org.name, year, _met(meeting),
        tuple(
            GradeRow(member.person.name, outcome_words(came.get(member.id, {})), str(grade.grade.title) if grade else "", grade.note if grade else "")
            for member, grade in rows
        ),
        tuple((str(grade.title), given.count(grade)) for grade in Grade),
    )  # fmt: skip


def _met(meeting: BranchYear | None) -> str:
    if meeting is None or meeting.met_on is None:
        return ""
    here = f"应到{meeting.entitled}人，实到{meeting.present}人" if meeting.entitled and meeting.present else ""
    vote = f"测评：{meeting.poll}" if meeting.poll else ""
    return "，".join(filter(None, [f"{gongwen.day(meeting.met_on)}支部党员大会", here, vote]))


@in_chinese()
def certificate(row: Commendation, number: str) -> CertificateSheet:
    """What the naming body decided, ready to hang."""
    return CertificateSheet(
        _("荣誉证书"), row.name, "同志" if row.member_id else "", f"在{row.year}年度党员公示责任工作中表现突出，", row.title,
        row.decided_by, gongwen.day(row.decided_on or clock.today()), number,
    )  # fmt: skip
