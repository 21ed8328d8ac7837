"""What hangs in a stairwell: the same members and promises on the page, on one poster, on all of them."""

from collections import defaultdict
from collections.abc import Generator, Iterable
from dataclasses import dataclass
from datetime import date

from blueprints.boards import queries, rules
from blueprints.boards.models import SHOWN_STATES, Commitment, CommitmentState
from blueprints.boards.sheets import PosterCommitment, PosterMember, PosterSheet
from blueprints.organisation.queries import stairwells
from blueprints.organisation.rules import committee_of
from core import jobs, settings, zh
from core.access import Can
from core.links import base_address
from core.records.places import Place
from core.text import _, in_chinese

TOGETHER = 12  # posters a print worker sets at once: the job can say how far it is and be cancelled in between
jobs.kind("boards.posters", "blueprints.boards.posters", "print_all", Can.BOARDS_PRINT)
PROGRESS = {CommitmentState.FULFILLED: "done", CommitmentState.PUBLISHED: "doing"}


@dataclass(frozen=True)
class Card:
    """One member on a board page."""

    name: str
    about: str
    items: list[tuple[str, str, str]]
    done: int


def cards(rows: Iterable[Commitment], consents: dict[int, set[str]]) -> list[Card]:
    """Board rows grouped by member; beside name and branch only what the member agreed to show."""
    groups: dict[int, list[Commitment]] = defaultdict(list)
    for row in rows:
        groups[row.member_id].append(row)
    return [_card(group, consents.get(member, set())) for member, group in groups.items()]


def _card(group: list[Commitment], agreed: set[str]) -> Card:
    member = group[0].member
    about = [member.org.name if member.org else "", member.post if "post" in agreed else ""]
    items = [(PROGRESS.get(row.state, "todo"), row.text, zh.short_day(row.due_on)) for row in group]
    done = sum(row.state is CommitmentState.FULFILLED for row in group)
    return Card(member.person.name, " · ".join(filter(None, about)), items, done)


@in_chinese()
def poster(community: Place, stairwell: Place, size: str) -> PosterSheet:
    """The poster of one stairwell as it would hang today; with anything unpublished it is a sample (样稿)."""
    year = rules.current_year(community)
    rows = [row for row in queries.for_posters(community, year, PRINTED) if row.stairwell_id == stairwell.id]
    return _Poster(community, year, size).sheet(stairwell, rows)


PRINTED = (CommitmentState.PROPOSED, CommitmentState.APPROVED, *SHOWN_STATES)


@in_chinese()
def all_posters(community: Place, size: str) -> list[PosterSheet]:
    """Posters of every stairwell that has members, in building order."""
    year = rules.current_year(community)
    groups: dict[int, list[Commitment]] = defaultdict(list)
    for row in queries.for_posters(community, year, PRINTED):
        groups[row.stairwell_id].append(row)
    maker = _Poster(community, year, size)
    return [maker.sheet(place, groups[place.id]) for place in stairwells(community) if groups[place.id]]


class _Poster:
    """What all posters of one printing share, looked up once."""

    def __init__(self, community: Place, year: int, size: str) -> None:
        self.community, self.year, self.size = community, year, size
        self.settings = settings.values(community)
        self.consents = queries.consents(community)
        self.address = base_address(community)
        committee = committee_of(community)
        self.body = committee.full_name if committee else community.name

    def sheet(self, stairwell: Place, rows: list[Commitment]) -> PosterSheet:
        shown = [row for row in rows if row.state in SHOWN_STATES]
        dates = [row.published_on for row in shown if row.published_on]
        return PosterSheet(
            title=self.settings["boards.title"], community=self.community.name, stairwell=stairwell.name,
            period=_("%(year)s年度", year=self.year), leader_title=self.settings["boards.leader"], leader="", branch="",
            members=tuple(self._members(rows)), supervise_phone=self.settings["office.phone"],
            qr_url=f"{self.address}{self._path(stairwell)}", body=self.body,
            published_on=zh.day(max(dates)) if dates else "", replace_on=zh.day(date(self.year, 12, 31)),
            sample=len(shown) < len(rows) or not shown, size=self.size,
        )  # fmt: skip

    def _path(self, stairwell: Place) -> str:
        first = Place.select(Place.id).where(Place.kind == self.community.kind).order_by(Place.id).limit(1).scalar()
        prefix = "" if first == self.community.id else f"/c/{self.community.slug}"
        return f"{prefix}/boards/{stairwell.slug}"

    def _members(self, rows: list[Commitment]) -> Iterable[PosterMember]:
        groups: dict[int, list[Commitment]] = defaultdict(list)
        for row in rows:
            groups[row.member_id].append(row)
        for group in groups.values():
            yield self._member(group)

    def _member(self, group: list[Commitment]) -> PosterMember:
        member = group[0].member
        agreed = self.consents.get(member.id, set())
        return PosterMember(
            name=member.person.name, branch=member.org.name if member.org else "",
            post=member.post if "post" in agreed else "", category=str(group[0].category.title),
            commitments=tuple(
                PosterCommitment(row.text, row.target, zh.day(row.due_on), _progress(row)) for row in group
            ),
            photo_name=None, phone=member.person.phone if "phone" in agreed else None,
            unit=member.employer if "unit" in agreed else None,
        )  # fmt: skip


def _progress(row: Commitment) -> str:
    return _("已完成") if row.state is CommitmentState.FULFILLED else ""


def print_all(community: Place, size: str = "A4") -> Generator[tuple[int, int], None, bytes]:
    """All posters as one PDF, telling how far it is; a job's generator and the command's alike."""
    from core import paper

    sheets = all_posters(community, size)
    parts, done = [], 0
    yield 0, len(sheets)
    for part in paper.render_many("boards/print/poster.html", sheets, together=TOGETHER):
        parts.append(part)
        done = min(len(sheets), done + TOGETHER)
        yield done, len(sheets)
    return paper.merge(parts)
