"""季度进展公示: what came of the promises of a stairwell in a quarter, for the wall beside its board."""

from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass
from functools import partial

from blueprints.boards import doorway, letters, quarters, reported
from blueprints.boards.models import Commitment, Progress
from blueprints.boards.quarter_forms import total_of
from blueprints.boards.quarters import Quarter
from blueprints.organisation.queries import body_of, stairwells
from blueprints.papers import rules as papers
from core import clock, jobs, settings, zh
from core.access import Can
from core.records.papers import IssuedPaper
from core.records.places import Place
from core.refusal import Refused
from core.text import _, _l, in_chinese

TEMPLATE, KIND, JOB = "boards/print/quarter_board.html", "quarter-board", "boards.quarter_boards"
STATES = ("done", "doing", "late", "todo")
jobs.kind(JOB, "blueprints.boards.quarter_boards", "print_all", Can.BOARDS_PRINT)


def _desk(paper: IssuedPaper) -> str:
    place = Place.get_or_none(Place.id == paper.subject_id)
    return f"/office/boards/{place.slug}" if place else ""


papers.kind(KIND, _l("季度进展公示"), Can.BOARDS_READ, desk=_desk, dated=True)


class NothingHung(Refused):
    sentence = _l("%(quarter)s没有公示中的承诺。")


@dataclass(frozen=True)
class BoardRow:
    """One promise: ``state`` is done, doing, late or todo; ``far`` how much was done in all, ``last`` on which day."""

    name: str
    text: str
    state: str
    far: str
    last: str


@dataclass(frozen=True)
class QuarterBoardSheet:
    """One stairwell's quarter; ``counts`` by the states of its rows, ``said`` a sentence about what is late."""

    title: str
    body: str
    community: str
    stairwell: str
    quarter: str
    counts: tuple[tuple[str, int], ...]
    said: str
    rows: tuple[BoardRow, ...]
    url: str
    phone: str
    day: str


@in_chinese()
def sheets(community: Place, quarter: Quarter) -> dict[int, QuarterBoardSheet]:
    """Per stairwell that had promises on show in the quarter; members in the board's order."""
    groups: dict[int, list[Commitment]] = defaultdict(list)
    for row in quarters.owed(community, quarter):
        groups[row.stairwell_id].append(row)
    done = reported.done(community, quarter.year, Progress.done_on <= quarter.last)
    hindered = _hindered(community, quarter)
    door, body, phone = doorway.of(community), body_of(community), settings.value("office.phone", community)
    day = zh.day(min(clock.today(), quarter.last))
    made = {}
    for number, rows in groups.items():
        ordered = sorted(rows, key=lambda row: (row.member.person.sort_key, row.id))
        lines = tuple(_row(row, quarter, done.get(row.id)) for row in ordered)
        states = [line.state for line in lines]
        made[number] = QuarterBoardSheet(
            _("党员承诺季度进展"), body, community.name, rows[0].stairwell.name, quarter.title,
            tuple((state, states.count(state)) for state in STATES if state in states), _said(rows, quarter, hindered), lines,
            door.leads_to(rows[0].stairwell.slug), phone, day,
        )  # fmt: skip
    return made


def _hindered(community: Place, quarter: Quarter) -> set[int]:
    """Promises of which somebody said why they were not kept in time."""
    rows = Progress.select(Progress.commitment).join(Commitment).where(
        (Commitment.place == community) & (Commitment.year == quarter.year) & (Progress.hindrance != "")
    )  # fmt: skip
    return {number for (number,) in rows.tuples()}


def _is_done(row: Commitment, quarter: Quarter) -> bool:
    return row.fulfilled_on is not None and row.fulfilled_on <= quarter.last


def _is_late(row: Commitment, quarter: Quarter) -> bool:
    return not _is_done(row, quarter) and row.due_on is not None and row.due_on <= min(quarter.last, clock.today())


def _said(rows: list[Commitment], quarter: Quarter, hindered: set[int]) -> str:
    """Where not everything was done in time: that the reasons are known, or nothing while they are not."""
    late = [row for row in rows if _is_late(row, quarter)]
    return _("未按时完成的，已说明原因。") if late and all(row.id in hindered for row in late) else ""


def _row(row: Commitment, quarter: Quarter, done: reported.Done | None) -> BoardRow:
    state = "done" if _is_done(row, quarter) else "late" if _is_late(row, quarter) else "doing" if done else "todo"
    return BoardRow(row.member.person.name, row.text, state, total_of(row, done), zh.short_day(done.last) if done else "")


def print_all(community: Place, quarter: str, account: int | None = None) -> Generator[tuple[int, int], None, bytes]:
    """Every stairwell's sheet as one PDF in building order, each issued where it reads otherwise than the last one did."""
    from core.printing import paper

    of = Quarter.coded(quarter)
    found, actor = sheets(community, of), letters.orderer(account)
    places = [place for place in stairwells(community) if place.id in found]
    if not places:
        raise NothingHung(quarter=of.title)
    parts = []
    yield 0, len(places)
    for place in places:
        issued = issue(actor, place, found[place.id], partial(paper.render, TEMPLATE, found[place.id]))
        parts.append(bytes(issued.content.content))
        yield len(parts), len(places)
    return paper.merge(parts)


def issue(actor: object, place: Place, sheet: QuarterBoardSheet, draw: object) -> IssuedPaper:
    """签发 of one stairwell's sheet."""
    title = _("%(place)s%(quarter)s进展", place=place.name, quarter=sheet.quarter)
    return papers.issue(actor, place.community, place, KIND, title, draw, None)
