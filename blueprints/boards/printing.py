"""Printing many boards: ordered at the office, set by the job process, hung with the list that lies on top."""

from collections.abc import Collection, Generator, Iterable
from enum import StrEnum

from blueprints.boards import issuing, layout, ledgers, posting
from blueprints.boards.posters import INKS, TEMPLATE, Posters
from blueprints.boards.sheets import PosterSheet
from blueprints.organisation import queries as organisation
from core import jobs, settings
from core.access import Actor, Can, actor_of
from core.db import writing
from core.records.papers import IssuedPaper
from core.records.people import Account
from core.records.places import Place
from core.records.work import Job
from core.refusal import Refused
from core.text import _, _l

SIZES = ("A4", "A3")
jobs.kind("boards.posters", "blueprints.boards.printing", "print_job", Can.BOARDS_PRINT)


class Which(StrEnum):
    """Which boards a print is of; anything else is the slug of a building."""

    ALL = "all"
    CHANGED = "changed"

    @property
    def title(self):
        return {"all": _l("全部楼道"), "changed": _l("要贴要换的")}[self.value]


class Unprintable(Refused):
    """Said before the print begins, with whose words they are: printed, these characters would be empty boxes."""

    sentence = _l(
        "打印字体里没有这些字，印出来会是空框：%(found)s。请核对是否写错，或者请管理员安装含有这些字的字体。"
    )


class NothingToReplace(Refused):
    sentence = _l("没有要贴或要换的公示牌：都已打印或在期。")


class NothingThere(Refused):
    sentence = _l("还没有承诺可以印，请先导入党员名册。")


def check(sheets: Iterable[PosterSheet]) -> None:
    """Refuse what cannot be printed before anything is: characters no font draws, promises longer than a page.

    Raises Unprintable, which names character, stairwell and person, or layout.TooLong.
    """
    from core.printing import paper

    sheets = list(sheets)
    found = [
        _("“%(character)s”（%(stairwell)s %(name)s）", character=one.character, stairwell=sheet.stairwell, name=one.whose)
        for sheet in sheets
        for one in paper.missing([sheet])
    ]
    if found:
        raise Unprintable(found="、".join(found))
    for sheet in sheets:
        layout.pages(sheet)


def order(actor: Actor, community: Place, which: str = Which.ALL, size: str = "A4", ink: str = "") -> Job:
    """A print job of the boards chosen. Raises NothingToReplace, NothingThere."""
    posters = Posters(community)
    places = chosen(posters, which)
    if not places:
        raise NothingToReplace() if which == Which.CHANGED else NothingThere()
    ink = ink if ink in dict(INKS) else settings.value("boards.ink", community)
    look = _("%(size)s %(ink)s", size=size, ink={"colour": _("彩色"), "black": _("黑白")}[ink])
    title = _("公示牌：%(which)s（%(look)s）", which=_title(community, which), look=look)
    return jobs.order(
        actor, community, "boards.posters", title, f"{title}.pdf", account=actor.account_id, which=str(which), size=size,
        ink=ink,
    )  # fmt: skip


def _title(community: Place, which: str) -> str:
    if which in set(Which):
        return str(Which(which).title)
    return organisation.building(community, which).name


def chosen(posters: Posters, which: str) -> list[Place]:
    """The stairwells a print is of, in building order: all that have something to print, a building's, or those wanted."""
    places = posters.places()
    if which == Which.ALL:
        return places
    if which == Which.CHANGED:
        return [board.place for board in posting.boards(posters.community) if board.to_print]
    building = organisation.building(posters.community, which)
    return [place for place in places if building and place.parent_id == building.id]


def print_job(
    community: Place, which: str = Which.ALL, size: str = "A4", ink: str = "colour", account: int | None = None
) -> Generator[tuple[int, int], None, bytes]:
    """The boards chosen, issued where everything is published; in front the list to tick when hung."""
    posters, actor = Posters(community), account and actor_of(Account.get_by_id(account))
    places = chosen(posters, which)
    check(posters.sheet(place) for place in places)
    made = _issue(actor, posters, places) if actor else []
    try:
        return (yield from _with_list(community, places, size=size, ink=ink))
    except (GeneratorExit, Exception):
        # Cancelled or failed: nothing came out of the printer, so nothing waits to be hung.
        issuing.take_back(actor, made)
        raise


def _with_list(community: Place, places: Collection[Place], size: str, ink: str) -> Generator[tuple[int, int], None, bytes]:
    from core.printing import paper

    cover = paper.render(
        "boards/print/hanging.html", ledgers.hanging_sheet(community, {place.id for place in places}),
        scale=paper.A3_FROM_A4 if size == "A3" else 1.0, variant="pdf/a-3b",
    )  # fmt: skip
    return (yield from print_all(community, places, cover, size=size, ink=ink))


def _issue(actor: Actor, posters: Posters, places: Iterable[Place]) -> list[IssuedPaper]:
    """Enter what is published and changed since it was entered; the rest is printed as a sample."""
    entered, made = issuing.current(posters.community), []
    with writing():
        for place in places:
            known = entered.get(place.id)
            if not posters.unpublished(place) and (known is None or known.sheet != issuing.now(posters, place)):
                made.append(issuing.issue(actor, posters, place))
    return made


def print_all(
    community: Place, places: Collection[Place] | None = None, cover: bytes | None = None, **look: str
) -> Generator[tuple[int, int], None, bytes]:
    """The posters of these stairwells, or of all that have members, telling how far it is; what is in stock is not set anew."""
    from core.printing import stock

    posters, entered = Posters(community), issuing.current(community)
    places = posters.places() if places is None else places
    sheets = [issuing.best(posters, place, entered.get(place.id), **look) for place in places]
    found = issuing.images(sheets)
    sheets = [issuing.without_lost_photos(sheet, found) for sheet in sheets]
    if not sheets:
        yield 0, 0
        return b""
    titles, counts = [sheet.stairwell for sheet in sheets], [len(sheet.pages) for sheet in sheets]
    return (yield from stock.printed(TEMPLATE, sheets, titles, counts, found, cover))
