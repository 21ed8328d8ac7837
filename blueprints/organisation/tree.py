"""The tree of Party organisations as it stood on a day, and whether their kinds fit their numbers."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from blueprints.organisation.models import OrgFormer
from blueprints.organisation.queries import standing
from blueprints.people.models import FormerBranch, PartyMember
from core import clock, settings
from core.records.places import OrgKind, PartyOrg, Place
from core.text import _l

SOURCE = _l("《中国共产党章程》和《中国共产党支部工作条例（试行）》；以上级批复为准")
settings.declare("organisation.branch", _l("成立党支部最少几名党员"), 3, SOURCE, group="organisation")
settings.declare("organisation.general", _l("设党总支最少几名党员"), 50, SOURCE, group="organisation")
settings.declare("organisation.committee", _l("设党委最少几名党员"), 100, SOURCE, group="organisation")


@dataclass
class Node:
    """One organisation of the tree; ``members`` are its own, ``total`` those below it too."""

    org: PartyOrg
    kind: OrgKind
    name: str
    full_name: str
    parent: int | None
    members: int = 0
    parts: list["Node"] = field(default_factory=list)
    fits: OrgKind | None = None  # the kind its numbers ask for; None where they ask for none
    depth: int = 0

    now: bool = True

    @property
    def total(self) -> int:
        return self.members + sum(part.total for part in self.parts)

    @property
    def misfit(self) -> bool:
        """Whether another kind is due today; groups have no number of their own."""
        return self.now and self.kind is not OrgKind.GROUP and self.fits is not self.kind


def tree(community: Place, on: date | None = None) -> list[Node]:
    """The roots with all below them and their members on that day, in their own order."""
    day = on or clock.today()
    nodes = {node.org.id: node for node in _nodes(community, day)}
    roots = []
    for node in nodes.values():
        above = nodes.get(node.parent)
        (above.parts if above else roots).append(node)
    _count(community, nodes, day)
    for root in roots:
        _deepen(root, 0)
    return roots


def _nodes(community: Place, day: date) -> Iterator[Node]:
    former = _former(community, day)
    rows = PartyOrg.select().where((PartyOrg.place == community) & standing(PartyOrg, day))
    for org in rows.order_by(PartyOrg.position, PartyOrg.id):
        then = former.get(org.id, org)
        yield Node(org, then.kind, then.name, then.full_name, then.parent_id)


def _former(community: Place, day: date) -> dict[int, OrgFormer]:
    """What an organisation was on the day, where it is something else now: its first change after that day."""
    rows = OrgFormer.select(OrgFormer).join(PartyOrg, on=OrgFormer.org == PartyOrg.id)
    found: dict[int, OrgFormer] = {}
    for row in rows.where((PartyOrg.place == community) & (OrgFormer.until > day)).order_by(OrgFormer.until, OrgFormer.id):
        found.setdefault(row.org_id, row)
    return found


def _count(community: Place, nodes: dict[int, Node], day: date) -> None:
    limits, numbers = settings.values(community), members_on(community, day)
    for node in nodes.values():
        node.members, node.now = numbers[node.org.id], day == clock.today()
    for node in nodes.values():
        node.fits = fitting(node.total, limits)


def members_on(community: Place, day: date) -> Counter[int]:
    """How many belonged to each organisation on a day; a membership without a first day counts from the beginning."""
    held = (PartyMember.since.is_null() | (PartyMember.since <= day)) & (PartyMember.until.is_null() | (PartyMember.until > day))
    rows = PartyMember.select(PartyMember.id, PartyMember.org).where((PartyMember.place == community) & held)
    former = _former_branches(community, day)
    return Counter(former.get(member, org) for member, org in rows.tuples())


def _former_branches(community: Place, day: date) -> dict[int, int]:
    """Where members belonged on the day who belong elsewhere now: what they left first after it."""
    rows = FormerBranch.select(FormerBranch.member, FormerBranch.org).join(PartyMember)
    later = rows.where((PartyMember.place == community) & (FormerBranch.until > day))
    found: dict[int, int] = {}
    for member, org in later.order_by(FormerBranch.until, FormerBranch.id).tuples():
        found.setdefault(member, org)
    return found


def fitting(members: int, limits: dict[str, object]) -> OrgKind | None:
    """党委、党总支、党支部 by the number of members; None below the least for a branch."""
    kinds = (("committee", OrgKind.COMMITTEE), ("general", OrgKind.GENERAL_BRANCH), ("branch", OrgKind.BRANCH))
    return next((kind for key, kind in kinds if members >= limits[f"organisation.{key}"]), None)


def _deepen(node: Node, depth: int) -> None:
    node.depth = depth
    for part in node.parts:
        _deepen(part, depth + 1)


def walk(roots: list[Node]) -> Iterator[Node]:
    """Every node, each before those below it."""
    for node in roots:
        yield node
        yield from walk(node.parts)


def tally(roots: list[Node]) -> list[tuple[OrgKind, int]]:
    """How many organisations of each kind; groups are no organisations and are left out."""
    numbers = Counter(node.kind for node in walk(roots))
    return [(kind, numbers[kind]) for kind in OrgKind if kind is not OrgKind.GROUP]


def places_by_building(places: list[Place]) -> dict[str, list[Place]]:
    """Stairwells under the number of their building."""
    found: dict[str, list[Place]] = defaultdict(list)
    for place in places:
        found[place.slug.split("-")[0]].append(place)
    return found
