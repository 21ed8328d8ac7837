"""What hangs in a stairwell: the same members and promises on the page and on the poster."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from blueprints.boards import doorway, queries
from blueprints.boards.models import PRINTED_STATES, SHOWN_STATES, Commitment, CommitmentState
from blueprints.boards.sheets import PosterCommitment, PosterMember, PosterSheet
from blueprints.organisation import queries as organisation
from core import clock, settings, zh
from core.printing.gongwen import full_width
from core.records.places import Place
from core.text import _, _l, in_chinese

TEMPLATE = "boards/print/poster.html"
TITLES = ("我是党员 我承诺", "党员责任区公示")
INKS = (("colour", _l("彩色打印机")), ("black", _l("黑白打印机")))
settings.declare("boards.title", _l("公示牌标题"), TITLES[0], group="boards", choices=tuple((one, one) for one in TITLES))
settings.declare("boards.ink", _l("公示牌用什么打印机印"), "colour", group="boards", choices=INKS)
settings.declare("boards.progress", _l("公示牌按季度更换，印上进展"), False, group="boards")
settings.declare("boards.near", _l("更换日期前多少天提醒"), 7, group="boards")


@dataclass(frozen=True)
class Card:
    """One member on a board page; ``photo`` is the member's number where a photo may be shown."""

    name: str
    about: str
    items: list[tuple[str, str, str]]
    done: int
    photo: int | None = None
    phone: str = ""


def cards(rows: Iterable[Commitment], agreed: dict[int, set[str]], done: dict[int, datetime]) -> list[Card]:
    """Board rows grouped by member; beside name and branch only what the member agreed to show."""
    return [_card(group, agreed.get(member, set()), done) for member, group in _by_member(rows).items()]


def _by_member(rows: Iterable[Commitment]) -> dict[int, list[Commitment]]:
    groups: dict[int, list[Commitment]] = defaultdict(list)
    for row in rows:
        groups[row.member_id].append(row)
    return groups


def _card(group: list[Commitment], agreed: set[str], done: dict[int, datetime]) -> Card:
    member = group[0].member
    about = [
        member.org.name if member.org else "", member.post if "post" in agreed else "",
        member.employer if "unit" in agreed else "",
    ]  # fmt: skip
    photo = member.id if "photo" in agreed and member.photo_id else None
    items = [_item(row, done.get(row.id)) for row in group]
    finished = sum(row.state is CommitmentState.FULFILLED for row in group)
    phone = member.person.phone if "phone" in agreed else ""
    return Card(member.person.name, " · ".join(filter(None, about)), items, finished, photo, phone)


def _item(row: Commitment, at: datetime | None) -> tuple[str, str, str]:
    """A promise with how far it is, and the day that tells most: done, last reported, due."""
    day = zh.short_day(clock.local(at).date()) if at else ""
    text = full_width(row.text)
    text = _("%(text)s（%(target)s）", text=text, target=row.target) if row.target else text
    if row.state is CommitmentState.FULFILLED:
        return "done", text, _("%(day)s完成", day=day) if day else _("已完成")
    if day:
        return "doing", text, _("%(day)s有进展", day=day)
    return "todo", text, _("%(day)s前", day=zh.short_day(row.due_on)) if row.due_on else ""


class Posters:
    """The posters of a community, or of one stairwell, as they would hang today; looked up once for all."""

    def __init__(self, community: Place, stairwell: Place | None = None) -> None:
        self.community = community
        self.settings = settings.values(community)
        self.year = int(self.settings["boards.year"]) or clock.today().year
        quarterly = self.settings["boards.progress"]
        self.period, self.until = _period(self.year, quarterly)
        self.agreed = queries.agreed(community)
        self.leaders = organisation.leaders(community)
        self.done = queries.last_done(community, self.year, stairwell) if quarterly else None
        self.doorway = doorway.of(community)
        self.body = organisation.body_of(community)
        self.rows: dict[int, list[Commitment]] = defaultdict(list)
        for row in queries.on_boards(community, self.year, PRINTED_STATES, stairwell):
            self.rows[row.stairwell_id].append(row)

    def places(self) -> list[Place]:
        """The stairwells that have something to print, in building order."""
        return [place for place in organisation.stairwells(self.community) if self.rows.get(place.id)]

    def unpublished(self, stairwell: Place) -> list[Commitment]:
        """What keeps the board of a stairwell a sample."""
        return [row for row in self.rows.get(stairwell.id, ()) if row.state not in SHOWN_STATES]

    def sheet(self, stairwell: Place) -> PosterSheet:
        """With everything that stands on file; with anything unpublished it is a sample (样稿)."""
        rows = self.rows.get(stairwell.id, [])
        return self._sheet(stairwell, rows, sample=not rows or bool(self.unpublished(stairwell)))

    def shown(self, stairwell: Place) -> PosterSheet:
        """With what is published and nothing else: what ought to hang there."""
        rows = [row for row in self.rows.get(stairwell.id, ()) if row.state in SHOWN_STATES]
        return self._sheet(stairwell, rows, sample=False)

    @in_chinese()
    def _sheet(self, stairwell: Place, rows: list[Commitment], sample: bool) -> PosterSheet:
        dates = [row.published_on for row in rows if row.state in SHOWN_STATES]
        leader = self.leaders.get(stairwell.id)
        return PosterSheet(
            title=self.settings["boards.title"], community=self.community.name, stairwell=stairwell.name,
            period=self.period, leader_title=self.settings["boards.leader"],
            leader=leader.person.name if leader else "", branch="",
            members=tuple(self._member(group) for group in _by_member(rows).values()),
            supervise_phone=self.settings["office.phone"], qr_url=self.doorway.leads_to(stairwell.slug),
            body=self.body, published_on=zh.day(max(dates)) if dates else "", replace_on=zh.day(self.until),
            sample=sample, ink=self.settings["boards.ink"],
        )  # fmt: skip

    def _member(self, group: list[Commitment]) -> PosterMember:
        member = group[0].member
        agreed = self.agreed.get(member.id, set())
        return PosterMember(
            name=member.person.name, branch=member.org.name if member.org else "",
            post=member.post if "post" in agreed else None,
            category="、".join(dict.fromkeys(str(row.category.title) for row in group)),
            commitments=tuple(
                PosterCommitment(row.text, row.target, zh.day(row.due_on), self._progress(row)) for row in group
            ),
            photo_name=f"{member.photo_id}.jpg" if "photo" in agreed and member.photo_id else None,
            phone=member.person.phone if "phone" in agreed else None,
            unit=member.employer if "unit" in agreed else None,
        )  # fmt: skip

    def _progress(self, row: Commitment) -> str:
        if self.done is None:
            return ""
        if row.state is CommitmentState.FULFILLED:
            return _("已完成")
        return _("进行中") if row.id in self.done else _("未开始")


@in_chinese()
def _period(year: int, quarterly: bool) -> tuple[str, date]:
    """What a poster printed today holds for, and its last day: the year, or the quarter with its progress."""
    today = clock.today()
    if not quarterly or year != today.year:
        return _("%(year)s年度", year=year), date(year, 12, 31)
    quarter = (today.month + 2) // 3
    following = date(year + quarter // 4, quarter * 3 % 12 + 1, 1)
    return _("%(year)s年第%(quarter)s季度", year=year, quarter=zh.number(quarter)), following - timedelta(days=1)
