"""Which board hangs where since when, and why it has to be replaced."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from blueprints.boards import issuing, queries
from blueprints.boards.models import PostingLog
from blueprints.boards.posters import Posters
from blueprints.organisation.queries import stairwells
from core import clock, settings, zh
from core.community import until_recorded
from core.links import is_loopback
from core.records.papers import IssuedPaper
from core.records.places import Place
from core.text import _, _l

settings.declare("boards.thin", _l("党员少于几名的楼道算“党员少”"), 2, group="boards")


class BoardState(StrEnum):
    """How a stairwell's board stands today; ``light`` is how its door is drawn."""

    OUTDATED = "outdated"
    ENDING = "ending"
    TO_HANG = "to_hang"
    REVIEW = "review"
    CURRENT = "current"
    BARE = "bare"

    @property
    def title(self):
        return {
            "outdated": _l("需更换"),
            "ending": _l("即将到期"),
            "to_hang": _l("待张贴"),
            "review": _l("待审核公示"),
            "current": _l("在期"),
            "bare": _l("未张贴"),
        }[self.value]

    @property
    def light(self) -> str:
        return {"outdated": "bad", "current": "ok", "bare": "none"}.get(self.value, "warn")

    @property
    def word(self) -> str:
        """How the state is drawn beside its word."""
        return {"ok": "done", "none": "off"}.get(self.light, self.light)


class Gap(StrEnum):
    """What a stairwell lacks beside its board; a stairwell may lack both."""

    LEADERLESS = "leaderless"
    THIN = "thin"

    @property
    def title(self):
        return {"leaderless": _l("没有负责人"), "thin": _l("党员少")}[self.value]


@dataclass(frozen=True)
class Board:
    """The board of one stairwell: what hangs, what was issued last, what is wrong with it."""

    place: Place
    state: BoardState
    members: int
    waiting: int
    hung: PostingLog | None = None
    issue: IssuedPaper | None = None
    fresh: bool = False
    printable: bool = False
    reasons: list[str] = field(default_factory=list)
    gaps: tuple[Gap, ...] = ()

    @property
    def until(self) -> date | None:
        """The day by which what hangs has to be replaced."""
        return date.fromisoformat(self.hung.paper.sheet["until"]) if self.hung else None

    @property
    def to_print(self) -> bool:
        """Whether a sheet is wanted that nobody printed yet: for the first time, or in place of one that no longer holds."""
        return self.printable and not self.unhung_issue and (self.hung is None or bool(self.reasons))

    @property
    def unhung_issue(self) -> IssuedPaper | None:
        """An issue that is right and does not hang yet."""
        return self.issue if self.fresh and (self.hung is None or self.hung.paper_id != self.issue.id) else None


@until_recorded
def boards(community: Place, stairwell: Place | None = None) -> list[Board]:
    """The boards of all stairwells, or of one, in building order; as many queries for one as for all."""
    posters = Posters(community, stairwell)
    hanging, issued = queries.hanging(community), issuing.current(community)
    members, waiting = queries.members_of_stairwells(community), queries.waiting(community, posters.year)
    near = timedelta(days=posters.settings["boards.near"])
    places = [stairwell] if stairwell else stairwells(community)
    return [
        _board(posters, place, hanging.get(place.id), issued.get(place.id), members[place.id], waiting[place.id], near)
        for place in places
    ]


def _gaps(posters: Posters, place: Place, members: int) -> tuple[Gap, ...]:
    lacks = {Gap.LEADERLESS: place.id not in posters.leaders, Gap.THIN: members < posters.settings["boards.thin"]}
    return tuple(gap for gap, lacking in lacks.items() if lacking)


def _board(
    posters: Posters, place: Place, hung: PostingLog | None, issue: IssuedPaper | None, members: int, waiting: int,
    near: timedelta,
) -> Board:  # fmt: skip
    ought = issuing.now(posters, place)
    reasons = why_replace(hung.paper.sheet, ought, posters, place) if hung else []
    fresh = issue is not None and issue.sheet == ought and not posters.unpublished(place)
    state = _state(hung, fresh, waiting, reasons, near)
    printable, gaps = bool(posters.rows.get(place.id)), _gaps(posters, place, members)
    return Board(place, state, members, waiting, hung, issue, fresh, printable, reasons, gaps)


def _state(hung: PostingLog | None, fresh: bool, waiting: int, reasons: list[str], near: timedelta) -> BoardState:
    if hung is None:
        return BoardState.TO_HANG if fresh else BoardState.REVIEW if waiting else BoardState.BARE
    if reasons:
        return BoardState.OUTDATED
    ends = date.fromisoformat(hung.paper.sheet["until"])
    return BoardState.ENDING if ends - clock.today() <= near else BoardState.CURRENT


def why_replace(hung: dict, ought: dict, posters: Posters, place: Place) -> list[str]:
    """需更换, each reason a sentence; how far promises are is no reason, so that a finished one needs no new sheet."""
    until = date.fromisoformat(hung["until"])
    if until < clock.today():
        return [_("公示期已于%(day)s结束", day=zh.day(until))]
    if hung["period"] != ought["period"]:
        return [_("已换成%(period)s的承诺", period=ought["period"])]
    under_review = {row.member.person.name for row in posters.unpublished(place)}
    reasons = list(_members_changed(_by_name(hung), _by_name(ought), under_review))
    if (hung["leader_title"], hung["leader"]) != (ought["leader_title"], ought["leader"]):
        reasons.append(_("负责人已改为%(name)s", name=ought["leader"]) if ought["leader"] else _("负责人已变动"))
    heading = ("title", "community", "stairwell", "supervise_phone", "body")
    if any(hung[name] != ought[name] for name in heading):
        reasons.append(_("抬头或监督电话有改动"))
    if hung["qr_url"] != ought["qr_url"] and not (is_loopback(hung["qr_url"]) and is_loopback(ought["qr_url"])):
        reasons.append(_("二维码里的网址有改动"))
    return reasons


def _by_name(sheet: dict) -> dict[str, list]:
    """Per name (namesakes together) what the sheet says of a member, without how far promises are."""
    found: dict[str, list] = {}
    for member in sheet["members"]:
        promises = [(one["text"], one["target"], one["due"]) for one in member["commitments"]]
        about = {name: value for name, value in member.items() if name != "commitments"}
        found.setdefault(member["name"], []).append((about, promises))
    return found


def _members_changed(hung: dict[str, list], ought: dict[str, list], under_review: set[str]) -> Iterator[str]:
    gone = [name for name in hung if name not in ought]
    changed = [name for name in hung if name in ought and hung[name] != ought[name]]
    promises = [name for name in changed if [one[1] for one in hung[name]] != [one[1] for one in ought[name]]]
    groups = (
        (_("%(names)s的承诺改动后还没有公示"), [name for name in gone if name in under_review]),
        (_("%(names)s已不在这块牌上（离开或承诺已撤下）"), [name for name in gone if name not in under_review]),
        (_("新增%(names)s"), [name for name in ought if name not in hung]),
        (_("%(names)s的承诺有改动"), promises),
        (_("%(names)s的支部、类别或同意公示的内容有变化"), [name for name in changed if name not in promises]),
    )
    for sentence, names in groups:
        if names:
            yield sentence % {"names": "、".join(names)}


def showing(all_boards: Iterable[Board], name: str) -> list[Board]:
    """The boards that hang with this name on them and have to be replaced: what a withdrawn consent leaves to do."""
    return [
        board for board in all_boards
        if board.hung and board.reasons and any(one["name"] == name for one in board.hung.paper.sheet["members"])
    ]  # fmt: skip


def tally(all_boards: Iterable[Board]) -> Counter:
    """How many boards are in each state, and how many stairwells lack something."""
    return Counter(what for board in all_boards for what in (board.state, *board.gaps))
