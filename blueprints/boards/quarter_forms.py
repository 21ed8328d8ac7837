"""践诺登记表: a member's quarter on paper, with what is on file filled in; the rest is written by hand and typed in."""

from collections import defaultdict
from collections.abc import Generator, Iterable
from dataclasses import dataclass

from blueprints.boards import doorway, quarters, reported
from blueprints.boards.codes import Code
from blueprints.boards.models import Commitment, Progress
from blueprints.boards.pledges import print_many
from blueprints.boards.quarters import Quarter
from blueprints.organisation.queries import body_of
from blueprints.people.models import PartyMember
from core import jobs, settings, zh
from core.access import Can
from core.records.places import Place
from core.text import _, in_chinese

TEMPLATE = "boards/print/quarter.html"
jobs.kind("boards.quarters", "blueprints.boards.quarter_forms", "print_all", Can.BOARDS_PRINT)


@dataclass(frozen=True)
class QuarterItem:
    """One promise in a quarter: what was done by day, how far it is in all, why not more, what comes next."""

    text: str
    target: str
    due: str
    entries: tuple[str, ...]
    total: str
    fulfilled: bool
    hindrance: str
    plan: str


@dataclass(frozen=True)
class QuarterSheet:
    """One member's form; ``record_url`` opens the page where it is typed in."""

    title: str
    body: str
    number: str
    quarter: str
    community: str
    name: str
    branch: str
    stairwell: str
    items: tuple[QuarterItem, ...]
    record_url: str
    phone: str


@in_chinese()
def sheets(community: Place, quarter: Quarter, members: Iterable[int] | None = None) -> list[QuarterSheet]:
    """The forms of these members (ids; None: all who have a promise on show in the quarter), branch by branch."""
    wanted = None if members is None else set(members)
    groups: dict[int, list[Commitment]] = defaultdict(list)
    for row in quarters.owed(community, quarter):
        if wanted is None or row.member_id in wanted:
            groups[row.member_id].append(row)
    entries = _entries(community, quarter)
    done = reported.done(community, quarter.year, Progress.done_on <= quarter.last)
    body, phone, address = body_of(community), settings.value("office.phone", community), doorway.of(community).address
    return [
        QuarterSheet(
            title=_("党员践诺登记表"), body=body, number=str(code), quarter=quarter.title, community=community.name,
            name=rows[0].member.person.name, branch=_name(rows[0].member.org), stairwell=rows[0].stairwell.name,
            items=tuple(_item(row, entries[row.id], done.get(row.id)) for row in rows),
            record_url=f"{address}/office/boards/forms/{code}", phone=phone,
        )
        for member, rows in groups.items() if (code := Code(member, quarter.year, quarter.number))
    ]  # fmt: skip


def _name(org: object) -> str:
    return str(org) if org else ""


def _entries(community: Place, quarter: Quarter) -> dict[int, list[Progress]]:
    rows = (
        Progress.select().join(Commitment)
        .where((Commitment.place == community) & quarters.within(quarter)).order_by(Progress.done_on, Progress.id)
    )  # fmt: skip
    found: dict[int, list[Progress]] = defaultdict(list)
    for row in rows:
        found[row.commitment_id].append(row)
    return found


def _item(row: Commitment, entries: list[Progress], done: reported.Done | None) -> QuarterItem:
    return QuarterItem(
        text=row.text, target=row.target, due=zh.day(row.due_on), entries=tuple(_said(row, entry) for entry in entries),
        total=total_of(row, done), fulfilled=row.done,
        hindrance=_last(entries, "hindrance"), plan=_last(entries, "plan"),
    )  # fmt: skip


def _said(row: Commitment, entry: Progress) -> str:
    amount = f" {entry.amount}{row.unit or _('次')}" if entry.amount else ""
    return f"{zh.short_day(entry.done_on)}{amount} {entry.note}".strip()


def _last(entries: list[Progress], name: str) -> str:
    return next((text for entry in reversed(entries) if (text := getattr(entry, name))), "")


def total_of(row: Commitment, done: reported.Done | None) -> str:
    """How far a promise is in its own unit: 12/52次, 12次, or nothing."""
    amount = done.amount if done else 0
    if row.goal:
        return f"{amount}/{row.goal}{row.unit}"
    return f"{amount}{row.unit or _('次')}" if amount else ""


def of_branch(community: Place, quarter: Quarter, branch: int = 0, silent: bool = False) -> list[PartyMember]:
    """Members who owe the quarter a form; of one branch, or only those nothing was reported of."""
    rows = quarters.members(community, quarter)
    return [
        one.member for one in rows
        if (not branch or one.member.org_id == branch) and (one.silent or not silent)
    ]  # fmt: skip


def print_all(
    community: Place, quarter: str, branch: int = 0, silent: bool = False
) -> Generator[tuple[int, int], None, bytes]:
    """The forms of a quarter as one PDF, branch by branch."""
    of = Quarter.coded(quarter)
    members = [member.id for member in of_branch(community, of, branch, silent)]
    return (yield from print_many(TEMPLATE, sheets(community, of, members)))
