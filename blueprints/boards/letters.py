"""个人链接: a letter with a code by which a member opens the own promises on a telephone, without an account."""

from collections.abc import Callable, Generator, Iterable, Mapping
from dataclasses import dataclass

from blueprints.organisation.queries import body_of
from blueprints.papers import rules as papers
from blueprints.people import queries as people
from blueprints.people.models import PartyMember
from core import clock, jobs, links, settings, zh
from core.access import Actor, Can, actor_of, console
from core.audit import Act, record
from core.db import writing
from core.records.people import Account
from core.records.places import Place
from core.refusal import Refused
from core.text import _, _l, in_chinese

PURPOSE = "commitments"
TEMPLATE = "boards/print/letter.html"
LETTERS = "link-letters"
papers.kind(LETTERS, _l("个人链接信"), Can.BOARDS_READ, unmarked=True)
jobs.kind("boards.letters", "blueprints.boards.letters", "print_all", Can.BOARDS_PRINT)


class NobodyWithout(Refused):
    sentence = _l("这里的党员都已经有有效的个人链接了。要重发，请勾选“全部重发”，旧的会失效。")


class NoLink(Refused):
    sentence = _l("%(name)s现在没有有效的个人链接。")
    status = 409


@dataclass(frozen=True)
class LetterSheet:
    """One member's letter; ``url`` is only ever here, the database keeps its hash."""

    title: str
    body: str
    community: str
    name: str
    branch: str
    url: str
    until: str
    phone: str
    day: str


def tokens_for(members: Iterable[PartyMember]) -> dict[int, str]:
    """Member → a new token, in force only once it is given."""
    return {member.id: links.new_token() for member in members}


def give(actor: Actor, community: Place, tokens: Mapping[int, str]) -> None:
    """The links are in force from now on; older ones of the same members end."""
    with writing():
        links.revoke(community, PURPOSE, tokens)
        for member, token in tokens.items():
            links.give(community, PURPOSE, member, token)
        record(actor, Act.LINK_GIVEN, None, community, purpose=PURPOSE, members=sorted(tokens))
        _count(actor, community)


def stop(actor: Actor, member: PartyMember) -> None:
    """停用: the link in a member's hand opens nothing from now on."""
    with writing():
        if not links.revoke(member.place, PURPOSE, [member.id]):
            raise NoLink(name=member.person.name)
        record(actor, Act.LINK_ENDED, member, member.place_id, purpose=PURPOSE)
        _count(actor, member.place)


def _count(actor: Actor, community: Place) -> None:
    """Of the letters the register holds how many are in force; a code to check would tell one holder from another."""
    papers.count(actor, community, community, LETTERS, _l("现在有效的个人链接信"), len(links.live(community, PURPOSE)))


def orderer(account: int | None) -> Actor:
    """Who ordered a job: an account, or whoever sits at the machine."""
    return actor_of(Account.get_by_id(account)) if account else console()


@in_chinese()
def sheets(community: Place, members: Iterable[PartyMember], tokens: Mapping[int, str]) -> list[LetterSheet]:
    """The letters of these members, in their order."""
    body, phone = body_of(community), settings.value("office.phone", community)
    until, day = zh.day(links.last_day(community)), zh.day(clock.today())
    return [
        LetterSheet(
            title=_("个人承诺链接"), body=body, community=community.name, name=member.person.name,
            branch=member.org.name if member.org else "", url=links.address(community, tokens[member.id]), until=until,
            phone=phone, day=day,
        )
        for member in members
    ]  # fmt: skip


def one(actor: Actor, community: Place, member: PartyMember, draw: Callable[[LetterSheet], bytes]) -> bytes:
    """One member's letter; the link is in force when it is drawn."""
    tokens = tokens_for([member])
    content = draw(sheets(community, [member], tokens)[0])
    give(actor, community, tokens)
    return content


def print_all(
    community: Place, branch: int = 0, stairwell: int = 0, everybody: bool = False, account: int | None = None
) -> Generator[tuple[int, int], None, bytes]:
    """The letters of all who have no live link, or of ``everybody``, as one PDF; in force only when it is whole."""
    from blueprints.boards.pledges import print_many

    found = people.narrowed(people.members(community), branch=branch, stairwell=stairwell)
    has = links.live(community, PURPOSE)
    members = [member for member in found if everybody or member.id not in has]
    if not members:
        raise NobodyWithout()
    tokens = tokens_for(members)
    content = yield from print_many(TEMPLATE, sheets(community, members, tokens))
    give(orderer(account), community, tokens)
    return content
