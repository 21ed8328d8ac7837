"""The live facts on the front door."""

from dataclasses import dataclass

from blueprints.ballots import queries as ballots
from blueprints.boards import queries as boards
from blueprints.meetings import queries as meetings
from blueprints.notices import queries as notices
from blueprints.organisation import queries as organisation
from blueprints.suggestions import queries as suggestions
from core.records.places import Place
from core.search import Hit
from core.text import _, _n


@dataclass(frozen=True)
class Door:
    """One entrance: where it leads (an endpoint, or a path that is not ours) and one live fact, so that nobody opens
    it in vain."""

    title: str
    fact: str
    endpoint: str
    icon: str


def doors(community: Place) -> list[Door]:
    """The entrances in the order residents use them."""
    members, stairwells = boards.coverage(community)
    running = notices.current(community).count()
    return [
        Door(
            _("看公示"),
            _n("%(num)s 项正在公示", "%(num)s 项正在公示", running) if running else _("通知、公告和公示"),
            "notices.index",
            "notice",
        ),
        Door(
            _("看承诺"),
            _("%(members)s 名党员，%(stairwells)s 个楼道", members=members, stairwells=stairwells),
            "boards_public.index",
            "pledge",
        ),
        Door(_("提意见"), _("不用登录，%(n)s 件已公开答复", n=suggestions.published(community).count()), "suggestions.new", "box"),
        Door(_("联席会议"), meetings.news(community), "residents.index", "minutes"),
        *_voting(community),
    ]


def _voting(community: Place) -> list[Door]:
    """Only while one can vote; the address is the voting application's, not this one's."""
    if ballots.open_now(community) is None:
        return []
    return [Door(_("去投票"), _("凭票码，仅限%(voters)s", voters=ballots.voters_title(community)), "/vote", "ballot")]


def search(community: Place, words: str) -> list[Hit]:
    """What anybody may read: places, notices, answered suggestions, resolutions; never people by name."""
    return [
        *organisation.public_search(community, words),
        *notices.public_search(community, words),
        *suggestions.public_search(community, words),
        *meetings.public_search(community, words),
    ]


def plan(community: Place) -> list[tuple[str, list[tuple[Place, bool]]]]:
    """Buildings with their doors; a door is lit when a board hangs there."""
    lit = boards.published_stairwells(community)
    groups = organisation.by_building(list(organisation.stairwells(community)))
    return [(places[0].slug.split("-")[0], [(place, place.id in lit) for place in places]) for _id, places in groups]
