"""承诺书: the form a member signs, with what stands on file filled in."""

from collections import defaultdict
from collections.abc import Generator, Iterable
from dataclasses import dataclass

from blueprints.boards import doorway, queries
from blueprints.boards.models import Commitment, Field
from blueprints.boards.rules import LIVING, current_year
from blueprints.organisation.queries import committee_of
from blueprints.people import queries as people
from blueprints.people.models import MemberCategory, PartyMember
from core import jobs, settings, zh
from core.access import Can
from core.records.places import Place
from core.text import _, in_chinese

TEMPLATE = "boards/print/pledge.html"
TOGETHER = 12  # forms a print worker sets at once: the job can say how far it is and be cancelled in between
LEAST_ROWS = 5
jobs.kind("boards.pledges", "blueprints.boards.pledges", "print_all", Can.BOARDS_PRINT)


@dataclass(frozen=True)
class PledgeItem:
    """One promise on the form; what support it needs is written by hand."""

    text: str
    target: str
    due: str


@dataclass(frozen=True)
class PledgeSheet:
    """One member's form. ``record_url`` finds the record again when the signed form is typed in."""

    title: str
    body: str
    number: str
    year: int
    community: str
    name: str
    branch: str
    stairwell: str
    post: str
    categories: tuple[tuple[str, bool], ...]
    items: tuple[PledgeItem, ...]
    blanks: int
    fields: tuple[tuple[str, bool], ...]
    record_url: str
    board_url: str
    phone: str
    until: str


@in_chinese()
def sheets(community: Place, members: Iterable[PartyMember]) -> list[PledgeSheet]:
    """The forms of these members, in their order."""
    year, members = current_year(community), list(members)
    promises: dict[int, list[Commitment]] = defaultdict(list)
    for row in queries.on_boards(community, year, LIVING):
        promises[row.member_id].append(row)
    maker = _Maker(community, year)
    return [maker.sheet(member, promises[member.id]) for member in members]


class _Maker:
    """What all forms of one printing share, looked up once."""

    def __init__(self, community: Place, year: int) -> None:
        committee = committee_of(community)
        self.community, self.year = community, year
        self.body = committee.full_name if committee else community.name
        self.doorway, self.agreed = doorway.of(community), queries.agreed(community)
        self.phone = settings.value("office.phone", community)

    def sheet(self, member: PartyMember, promises: list[Commitment]) -> PledgeSheet:
        agreed = self.agreed.get(member.id, set())
        slug = member.stairwell.slug if member.stairwell else ""
        items = tuple(PledgeItem(row.text, row.target, zh.day(row.due_on)) for row in promises)
        return PledgeSheet(
            title=_("党员公开承诺书"), body=self.body, number=f"L{member.id}", year=self.year,
            community=self.community.name, name=member.person.name, branch=member.org.name if member.org else "",
            stairwell=member.stairwell.name if member.stairwell else "", post=member.post,
            categories=tuple((str(kind.title), kind is member.category) for kind in MemberCategory),
            items=items, blanks=max(0, LEAST_ROWS - len(items)),
            fields=tuple((str(field.title), field.value in agreed) for field in Field),
            record_url=f"{self.doorway.address}/office/boards/members/{member.id}",
            board_url=self.doorway.leads_to(slug), phone=self.phone, until=zh.day(f"{self.year}-12-31"),
        )  # fmt: skip


def of_members(community: Place, branch: int = 0, stairwell: int = 0) -> list[PartyMember]:
    """Today's members of a branch, of a stairwell, or all."""
    query = people.members(community)
    query = query.where(PartyMember.org == branch) if branch else query
    return list(query.where(PartyMember.stairwell == stairwell) if stairwell else query)


def print_all(
    community: Place, branch: int = 0, stairwell: int = 0
) -> Generator[tuple[int, int], None, bytes]:
    """The forms as one PDF, telling how far it is; a job's generator and the command's alike."""
    from core.printing import paper

    forms = sheets(community, of_members(community, branch, stairwell))
    parts, done = [], 0
    yield 0, len(forms)
    for part in paper.render_many(TEMPLATE, forms, together=TOGETHER):
        parts.append(part)
        done = min(len(forms), done + TOGETHER)
        yield done, len(forms)
    return paper.merge(parts)
