"""What members agree to show beside name and commitments: the form they sign, its whole history, what to replace."""

from collections.abc import Generator, Iterable
from dataclasses import dataclass

from blueprints.boards import doorway, pledges, queries
from blueprints.boards.models import Field
from blueprints.boards.rules import current_year
from blueprints.organisation import queries as organisation
from blueprints.people.models import PartyMember
from core import jobs, settings, zh
from core.access import Can
from core.records.places import Place
from core.text import _, _l, in_chinese

TEMPLATE = "boards/print/consent.html"
TOGETHER = 12
settings.declare("boards.withdrawal_days", _l("撤回同意后几个工作日内换牌"), 5, group="boards")
jobs.kind("boards.consents", "blueprints.boards.consents", "print_all", Can.BOARDS_PRINT)


@dataclass(frozen=True)
class ConsentLine:
    """One thing that may be shown, as it would be shown today, and whether it was agreed to already."""

    title: str
    shown: str
    agreed: bool


@dataclass(frozen=True)
class ConsentSheet:
    """同意书: what is shown, where, until when, how to withdraw; signed by the member."""

    title: str
    body: str
    number: str
    name: str
    branch: str
    community: str
    stairwell: str
    until: str
    lines: tuple[ConsentLine, ...]
    phone: str
    days: int
    record_url: str


@in_chinese()
def sheets(community: Place, members: Iterable[PartyMember]) -> list[ConsentSheet]:
    """The forms of these members, in their order."""
    agreed, values = queries.agreed(community), settings.values(community)
    body, door = organisation.body_of(community), doorway.of(community)
    return [
        ConsentSheet(
            title=_("个人信息公示同意书"), body=body, number=f"T{member.id}", name=member.person.name,
            branch=member.org.name if member.org else "", community=community.name,
            stairwell=member.stairwell.name if member.stairwell else "", until=zh.day(f"{current_year(community)}-12-31"),
            lines=tuple(_line(member, field, field.value in agreed.get(member.id, ())) for field in Field),
            phone=values["office.phone"], days=values["boards.withdrawal_days"],
            record_url=f"{door.address}/office/boards/members/{member.id}/consents",
        )
        for member in members
    ]  # fmt: skip


def _line(member: PartyMember, field: Field, agreed: bool) -> ConsentLine:
    photo = _("已交照片") if member.photo_id else ""
    shown = {Field.PHOTO: photo, Field.POST: member.post, Field.UNIT: member.employer, Field.PHONE: member.person.phone}
    return ConsentLine(str(field.title), shown[field], agreed)


def print_all(
    community: Place, branch: int = 0, stairwell: int = 0
) -> Generator[tuple[int, int], None, bytes]:
    """The forms as one PDF, telling how far it is."""
    from core.printing import paper

    forms = sheets(community, pledges.of_members(community, branch, stairwell))
    parts, done = [], 0
    yield 0, len(forms)
    for part in paper.render_many(TEMPLATE, forms, together=TOGETHER):
        parts.append(part)
        done = min(len(forms), done + TOGETHER)
        yield done, len(forms)
    return paper.merge(parts)
