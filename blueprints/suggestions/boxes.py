"""Posters of the box: one for each stairwell, its code leads to the form with the stairwell filled in.

They are entered in the register of issued papers: a code anybody can check tells the office's poster from one that
somebody else pasted over it.
"""

import json
from collections.abc import Generator, Iterable
from dataclasses import asdict, dataclass, replace
from enum import StrEnum

from blueprints.organisation import queries as organisation
from blueprints.papers import rules as papers
from core import clock, jobs, settings, zh
from core.access import Actor, Can, actor_of
from core.db import writing
from core.links import base_address, community_address
from core.records.papers import IssuedPaper, PaperState
from core.records.people import Account
from core.records.places import Place
from core.refusal import Refused
from core.text import _l, in_chinese

TEMPLATE = "suggestions/print/box.html"
TOGETHER = 12


class NoStairwells(Refused):
    sentence = _l("还没有楼道，请先导入名册或登记楼道，再打印意见箱海报。")


class Box(StrEnum):
    """Which box a poster is for."""

    GENERAL = "general"
    SUPERVISION = "supervision"

    @property
    def title(self):
        return {"general": _l("意见箱"), "supervision": _l("党员监督箱")}[self.value]

    @property
    def kind(self) -> str:
        """How the register of issued papers calls it."""
        return {"general": "suggestion-box", "supervision": "supervision-box"}[self.value]


for _box in Box:
    papers.kind(_box.kind, _box.title, Can.SUGGESTIONS_HANDLE, desk=lambda _paper: "/office/suggestion-boxes")
jobs.kind("suggestions.boxes", "blueprints.suggestions.boxes", "print_job", Can.SUGGESTIONS_HANDLE)


@dataclass(frozen=True)
class BoxSheet:
    """A poster; ``size`` and what follows is known only when it is printed."""

    title: str
    lead: str
    body: str
    community: str
    stairwell: str
    address: str
    office: str
    size: str = "A4"
    code: str = ""
    check_url: str = ""
    small_print: str = ""


LEADS = {
    Box.GENERAL: "环境、邻里、办事，有意见、建议、难处，请告诉我们。",
    Box.SUPERVISION: "在职党员、离退休党员的承诺和作风，请您监督。",
}


@in_chinese()
def sheet(community: Place, stairwell: Place, box: Box) -> BoxSheet:
    """The poster of a stairwell as it ought to hang today."""
    known = settings.values(community)
    kind = "&kind=supervision" if box is Box.SUPERVISION else ""
    return BoxSheet(
        title=str(box.title), lead=LEADS[box], body=organisation.body_of(community), community=community.name,
        stairwell=stairwell.name, address=f"{community_address(community)}/suggestions/new?place={stairwell.slug}{kind}",
        office="，".join(filter(None, [str(known["office.phone"]), str(known["office.hours"])])),
    )  # fmt: skip


CONTENT = ("title", "lead", "body", "community", "stairwell", "address", "office")


def _content(poster: BoxSheet) -> dict[str, str]:
    return {name: value for name, value in asdict(poster).items() if name in CONTENT}


@in_chinese()
def enter(actor: Actor, community: Place, stairwell: Place, box: Box) -> IssuedPaper:
    """The issue of a stairwell's poster: the one entered before as long as nothing on it changed."""
    fresh = _content(sheet(community, stairwell, box))
    with writing():
        last = _last(stairwell, box)
        if last is not None and last.sheet == fresh and last.state is PaperState.CURRENT:
            return last
        content = json.dumps(fresh, ensure_ascii=False, sort_keys=True).encode()
        return papers.enter(
            actor, community, stairwell, box.kind, f"{stairwell.name}{box.title}", papers.new_code(), content,
            version=last.version + 1 if last else 1, sheet=fresh,
        )  # fmt: skip


def _last(stairwell: Place, box: Box) -> IssuedPaper | None:
    mine = (IssuedPaper.subject_kind == Place._meta.table_name) & (IssuedPaper.subject_id == stairwell.id)
    return IssuedPaper.select().where(mine & (IssuedPaper.kind == box.kind)).order_by(IssuedPaper.version.desc()).first()


@in_chinese()
def printed(community: Place, paper: IssuedPaper, size: str) -> BoxSheet:
    """An issue as it was entered: every copy says the same."""
    day = zh.day(clock.local(paper.issued_at).date())
    return BoxSheet(
        **paper.sheet, size=size, code=paper.code, check_url=f"{base_address(community)}/check/{paper.code}",
        small_print=f"第{paper.version}版，{day}签发",
    )  # fmt: skip


def print_job(
    community: Place, box: str, size: str = "A4", account: int | None = None
) -> Generator[tuple[int, int], None, bytes]:
    """The posters of all stairwells in building order, each entered in the register."""
    from core.printing import paper

    places, actor = list(organisation.stairwells(community)), actor_of(Account.get_by_id(account))
    if not places:
        raise NoStairwells()
    paper.check_glyphs([sheet(community, place, Box(box)) for place in places])
    with writing():
        entered = [enter(actor, community, place, Box(box)) for place in places]
    return (yield from draw(printed(community, one, size) for one in entered))


def draw(posters: Iterable[BoxSheet]) -> Generator[tuple[int, int], None, bytes]:
    """One PDF of them all, telling how far it is."""
    from core.printing import paper

    sheets, parts, done = list(posters), [], 0
    yield 0, len(sheets)
    for part in paper.render_many(TEMPLATE, sheets, together=TOGETHER):
        parts.append(part)
        done = min(len(sheets), done + TOGETHER)
        yield done, len(sheets)
    return paper.merge(parts)


def unissued(community: Place, stairwell: Place, box: Box, size: str) -> BoxSheet:
    """For a look: the issue that holds today, else the poster as it would be."""
    last, fresh = _last(stairwell, box), sheet(community, stairwell, box)
    if last is not None and last.sheet == _content(fresh) and last.state is PaperState.CURRENT:
        return printed(community, last, size)
    return replace(fresh, size=size)
