"""Which board hangs where since when, and why it has to be replaced."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from blueprints.boards import issuing, queries
from blueprints.boards.models import PostingLog
from blueprints.boards.posters import Posters
from blueprints.organisation.queries import stairwells
from core import clock, zh
from core.access import Actor
from core.audit import Act, record
from core.community import until_recorded
from core.db import writing
from core.due import Card, Due
from core.records.papers import IssuedPaper, PaperState
from core.records.places import Place
from core.refusal import Refused
from core.text import _, _l

SHOWN = 12  # stairwells of each state on 今日要办


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
    reasons: list[str] = field(default_factory=list)

    @property
    def until(self) -> date | None:
        """The day by which what hangs has to be replaced."""
        return date.fromisoformat(self.hung.paper.sheet["until"]) if self.hung else None

    @property
    def unhung_issue(self) -> IssuedPaper | None:
        """An issue that is right and does not hang yet."""
        return self.issue if self.fresh and (self.hung is None or self.hung.paper_id != self.issue.id) else None


class NotIssued(Refused):
    sentence = _l("%(stairwell)s还没有打印正式的公示牌，请先打印，再登记张贴。")


class NothingHung(Refused):
    sentence = _l("还没有选中楼道，请先打勾。")


class WhichDay(Refused):
    sentence = _l("请填写张贴日期，例如 2026-11-23。")


class WhoHung(Refused):
    sentence = _l("请填写张贴人。")


class NotYet(Refused):
    sentence = _l("张贴日期 %(day)s 还没有到，请核对。")


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


def _board(
    posters: Posters, place: Place, hung: PostingLog | None, issue: IssuedPaper | None, members: int, waiting: int,
    near: timedelta,
) -> Board:  # fmt: skip
    ought = issuing.now(posters, place)
    reasons = why_replace(hung.paper.sheet, ought, posters, place) if hung else []
    fresh = issue is not None and issue.sheet == ought and not posters.unpublished(place)
    state = _state(hung, fresh, waiting, reasons, near)
    return Board(place, state, members, waiting, hung, issue, fresh, reasons)


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
    heading = ("title", "community", "stairwell", "supervise_phone", "qr_url", "body")
    if any(hung[name] != ought[name] for name in heading):
        reasons.append(_("抬头、监督电话或网址有改动"))
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


def tally(all_boards: Iterable[Board]) -> Counter:
    """How many boards are in each state."""
    return Counter(board.state for board in all_boards)


def hang(actor: Actor, community: Place, hung: Sequence[Board], day: date, by: str) -> int:
    """登记已张贴: the newest issue hangs in each of these stairwells since that day."""
    by = " ".join(by.split())
    if not hung:
        raise NothingHung()
    if not by:
        raise WhoHung()
    if day > clock.today():
        raise NotYet(day=zh.day(day))
    with writing():
        for board in hung:
            issue = board.issue
            if issue is None or issue.state is not PaperState.CURRENT:
                raise NotIssued(stairwell=board.place.name)
            row = PostingLog.create(
                place=community, stairwell=board.place, paper=issue, hung_on=day, hung_by=by, account=actor.account_id
            )
            record(actor, Act.BOARD_HUNG, row, community, stairwell=board.place.name, version=issue.version, by=by)
    return len(hung)


def day_typed(text: str) -> date:
    """The day a form says; the browser's own date field writes ISO."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise WhichDay() from None


def due(community: Place) -> Iterator[Due]:
    """What is to be replaced, printed anew, hung."""
    all_boards = boards(community)
    numbers = tally(all_boards)
    area = _("公示牌")
    if numbers[BoardState.OUTDATED]:
        places = [board.place.name for board in all_boards if board.state is BoardState.OUTDATED]
        text = _("%(n)s 块公示牌需要更换：%(places)s", n=len(places), places=_named(places))
        yield Due(text, "/office/boards?state=outdated", _("去更换"), area, clock.today(), paper=True)
    ending = [board for board in all_boards if board.state is BoardState.ENDING]
    if ending:
        text = _("%(n)s 块公示牌即将到期：%(places)s", n=len(ending), places=_named([b.place.name for b in ending]))
        yield Due(text, "/office/boards?state=ending", _("去更换"), area, min(board.until for board in ending), paper=True)
    unhung = [board for board in all_boards if board.unhung_issue]
    if unhung:
        yield Due(_("%(n)s 块公示牌已打印，等张贴登记", n=len(unhung)), "/office/boards/postings", _("去登记"), area, paper=True)


def card(community: Place) -> Card:
    """Which stairwells' boards are out of date or soon will be; a calm line where none is."""
    all_boards = boards(community)
    found = {state: [board.place for board in all_boards if board.state is state] for state in (BoardState.OUTDATED, BoardState.ENDING)}
    words = {
        BoardState.OUTDATED: _("需更换 %(n)s 块", n=len(found[BoardState.OUTDATED])),
        BoardState.ENDING: _("即将到期 %(n)s 块", n=len(found[BoardState.ENDING])),
    }
    groups = [
        (words[state], state.light, [(place.slug, f"/office/boards/{place.slug}") for place in places[:SHOWN]])
        for state, places in found.items() if places
    ]  # fmt: skip
    hung = sum(board.hung is not None for board in all_boards)
    if not hung:
        groups = [(_("还没有登记张贴的公示牌"), "off", [])]
    return Card(_("公示牌"), "/office/boards", _("楼道图"), groups, "" if groups else _("张贴的 %(n)s 块都在期", n=hung))


def _named(places: list[str]) -> str:
    shown = "、".join(places[:3])
    return _("%(places)s等", places=shown) if len(places) > 3 else shown
