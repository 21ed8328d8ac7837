"""承诺书: the form a member signs, with what stands on file filled in."""

from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass

from blueprints.boards import doorway, letters, queries
from blueprints.boards.codes import Code
from blueprints.boards.models import LIVING, Commitment, Field
from blueprints.boards.rules import current_year
from blueprints.organisation.queries import committee_of
from blueprints.people import queries as people
from blueprints.people.models import MemberCategory, PartyMember
from core import jobs, links, settings, zh
from core.access import Can
from core.records.places import Place
from core.text import _, in_chinese

TEMPLATE = "boards/print/pledge.html"
TOGETHER = 12  # forms a print worker sets at once: the job can say how far it is and be cancelled in between
LEAST_ROWS = 5
jobs.kind("boards.pledges", "blueprints.boards.pledges", "print_all", Can.BOARDS_PRINT)


@dataclass(frozen=True)
class PledgeItem:
    """One promise on the form."""

    text: str
    target: str
    due: str
    support: str = ""


@dataclass(frozen=True)
class PledgeSheet:
    """One member's form. ``record_url`` opens the page where the signed form is typed in; ``own_url`` is the member's
    personal link with the day it ends, both blank where none is given."""

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
    own_url: str = ""
    own_until: str = ""


@in_chinese()
def sheets(
    community: Place, members: Iterable[PartyMember], year: int = 0, tokens: Mapping[int, str] | None = None
) -> list[PledgeSheet]:
    """The forms of these members, in their order; ``year`` 0 is the one on the boards, ``tokens`` member → personal link."""
    year, members = year or current_year(community), list(members)
    promises: dict[int, list[Commitment]] = defaultdict(list)
    for row in queries.on_boards(community, year, LIVING):
        promises[row.member_id].append(row)
    maker = _Maker(community, year, tokens or {})
    return [maker.sheet(member, promises[member.id]) for member in members]


class _Maker:
    """What all forms of one printing share, looked up once."""

    def __init__(self, community: Place, year: int, tokens: Mapping[int, str]) -> None:
        committee = committee_of(community)
        self.community, self.year = community, year
        self.body = committee.full_name if committee else community.name
        self.doorway, self.agreed = doorway.of(community), queries.agreed(community)
        self.phone = settings.value("office.phone", community)
        self.tokens, self.own_until = tokens, zh.day(links.last_day(community)) if tokens else ""

    def sheet(self, member: PartyMember, promises: list[Commitment]) -> PledgeSheet:
        agreed = self.agreed.get(member.id, set())
        slug = member.stairwell.slug if member.stairwell else ""
        items = tuple(PledgeItem(row.text, row.target, zh.day(row.due_on), row.support) for row in promises)
        token = self.tokens.get(member.id)
        return PledgeSheet(
            title=_("党员公开承诺书"), body=self.body, number=str(Code(member.id, self.year)), year=self.year,
            community=self.community.name, name=member.person.name, branch=member.org.name if member.org else "",
            stairwell=member.stairwell.name if member.stairwell else "", post=member.post,
            categories=tuple((str(kind.title), kind is member.category) for kind in MemberCategory),
            items=items, blanks=max(0, LEAST_ROWS - len(items)),
            fields=tuple((str(field.title), field.value in agreed) for field in Field),
            record_url=f"{self.doorway.address}/office/boards/forms/{Code(member.id, self.year)}",
            board_url=self.doorway.leads_to(slug), phone=self.phone, until=zh.day(f"{self.year}-12-31"),
            own_url=links.address(self.community, token) if token else "", own_until=self.own_until,
        )  # fmt: skip


def of_members(community: Place, branch: int = 0, stairwell: int = 0) -> list[PartyMember]:
    """Today's members of a branch, of a stairwell, or all."""
    query = people.members(community)
    query = query.where(PartyMember.org == branch) if branch else query
    return list(query.where(PartyMember.stairwell == stairwell) if stairwell else query)


def print_all(
    community: Place, branch: int = 0, stairwell: int = 0, year: int = 0, links_too: bool = False, account: int | None = None
) -> Generator[tuple[int, int], None, bytes]:
    """The forms as one PDF, telling how far it is; a job's generator and the command's alike.

    ``links_too``: the stub carries the member's personal link. It is in force only when the whole PDF is made.
    """
    members = of_members(community, branch, stairwell)
    tokens = letters.tokens_for(members) if links_too else {}
    content = yield from print_many(TEMPLATE, sheets(community, members, year, tokens))
    if tokens:
        letters.give(letters.orderer(account), community, tokens)
    return content


def print_many(template: str, forms: Sequence[object]) -> Generator[tuple[int, int], None, bytes]:
    """Forms of one page each as one PDF, telling how far it is."""
    from core.printing import paper

    parts, done = [], 0
    yield 0, len(forms)
    for part in paper.render_many(template, forms, together=TOGETHER):
        parts.append(part)
        done = min(len(forms), done + TOGETHER)
        yield done, len(forms)
    return paper.merge(parts)
