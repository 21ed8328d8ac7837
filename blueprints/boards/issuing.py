"""Posters that left the office: entered in the register of issued papers, with a code anybody can check."""

import json
from collections.abc import Callable, Iterable
from dataclasses import asdict, replace

from peewee import ModelSelect

from blueprints.boards.models import PostingLog
from blueprints.boards.posters import Posters
from blueprints.boards.sheets import PosterCommitment, PosterMember, PosterSheet
from blueprints.papers import rules as papers
from core import clock, zh
from core.access import Actor, Can
from core.audit import Act, record
from core.db import writing
from core.links import base_address
from core.records.papers import Blob, IssuedPaper, PaperState
from core.records.places import Place
from core.refusal import Refused
from core.text import _, _l, in_chinese

KIND = "poster"
# What differs between two prints of the same issue, or is known only when it is entered.
NOT_CONTENT = ("size", "ink", "sample", "small_print", "code", "check_url", "replaced")
papers.kind(
    KIND, _l("公示牌"), Can.BOARDS_READ, page=lambda paper: f"/boards/{Place.get_by_id(paper.subject_id).slug}",
    desk=lambda paper: f"/office/boards/{Place.get_by_id(paper.subject_id).slug}",
)  # fmt: skip


class NothingPublished(Refused):
    sentence = _l("%(stairwell)s还没有公示的承诺，没有可以打印的公示牌。")


class NotAllPublished(Refused):
    sentence = _l("%(stairwell)s还有 %(count)s 条承诺没有公示（%(names)s）。请先审核公示，或者退回、撤下，再打印正式的公示牌。")


def content(sheet: PosterSheet, until: str) -> dict[str, object]:
    """What makes an issue: two boards of equal content are the same issue, in whatever size they are printed."""
    values = {name: value for name, value in asdict(sheet).items() if name not in NOT_CONTENT}
    return json.loads(json.dumps({**values, "until": until}, ensure_ascii=False))


def now(posters: Posters, stairwell: Place) -> dict[str, object]:
    """The content that ought to hang in a stairwell today."""
    return content(posters.shown(stairwell), posters.until.isoformat())


def issues(stairwell: Place) -> ModelSelect:
    """Every issue of a stairwell's board, the newest first."""
    return (
        IssuedPaper.select()
        .where(
            (IssuedPaper.subject_kind == Place._meta.table_name)
            & (IssuedPaper.subject_id == stairwell.id)
            & (IssuedPaper.kind == KIND)
        )
        .order_by(IssuedPaper.version.desc())
    )


def current(community: Place) -> dict[int, IssuedPaper]:
    """The newest issue of every stairwell's board."""
    rows = IssuedPaper.select().where(
        (IssuedPaper.place == community) & (IssuedPaper.kind == KIND) & (IssuedPaper.state == PaperState.CURRENT)
    )
    return {paper.subject_id: paper for paper in rows}


@in_chinese()
def issue(
    actor: Actor, posters: Posters, stairwell: Place, prove: Callable[[PosterSheet], object] = lambda sheet: None
) -> IssuedPaper:
    """Enter the board of a stairwell as it stands today; while nothing changed this is the issue already entered.

    ``prove`` sees the sheet first and raises where it can't be printed, so that nothing is entered in vain.
    """
    waiting = posters.unpublished(stairwell)
    if waiting:
        names = "、".join(dict.fromkeys(row.member.person.name for row in waiting))
        raise NotAllPublished(stairwell=stairwell.name, count=len(waiting), names=names)
    sheet = posters.shown(stairwell)
    if not sheet.members:
        raise NothingPublished(stairwell=stairwell.name)
    prove(sheet)
    with writing():
        last = issues(stairwell).first()
        fresh = content(sheet, posters.until.isoformat())
        if last is not None and last.sheet == fresh and last.state is PaperState.CURRENT:
            return last
        return papers.enter(
            actor, posters.community, stairwell, KIND, _("%(place)s公示牌", place=stairwell.name), papers.new_code(),
            json.dumps(fresh, ensure_ascii=False, sort_keys=True).encode(), version=last.version + 1 if last else 1,
            sheet=fresh,
        )  # fmt: skip


def take_back(actor: Actor, made: Iterable[IssuedPaper]) -> None:
    """Issues of which no sheet was printed hold no longer; one that was hung all the same stays."""
    with writing():
        for paper in made:
            hung = PostingLog.select().where(PostingLog.paper == paper).exists()
            if not hung and IssuedPaper.get_by_id(paper.id).state is PaperState.CURRENT:
                IssuedPaper.update(state=PaperState.WITHDRAWN).where(IssuedPaper.id == paper.id).execute()
                record(actor, Act.PAPER_REPLACED, paper, paper.place_id, kind=KIND)


@in_chinese()
def printed(community: Place, paper: IssuedPaper, **look: str) -> PosterSheet:
    """An issue as it was, from the register; every copy is equal, in whatever ``look`` (size, ink) it is printed."""
    kept = {name: value for name, value in paper.sheet.items() if name != "until"}
    members = tuple(
        PosterMember(**{**member, "commitments": tuple(PosterCommitment(**one) for one in member["commitments"])})
        for member in kept.pop("members")
    )
    day = zh.day(clock.local(paper.issued_at).date())
    return PosterSheet(
        **kept, **look, members=members, code=paper.code, check_url=f"{base_address(community)}/check/{paper.code}",
        small_print=_("第%(version)s版，%(day)s签发", version=paper.version, day=day),
        replaced=paper.state is not PaperState.CURRENT,
    )  # fmt: skip


def best(posters: Posters, stairwell: Place, paper: IssuedPaper | None, **look: str) -> PosterSheet:
    """The issued copy while nothing changed since, else the board as it stands on file."""
    if paper and not posters.unpublished(stairwell) and paper.sheet == now(posters, stairwell):
        return printed(posters.community, paper, **look)
    return replace(posters.sheet(stairwell), **look)


def images(sheets: Iterable[PosterSheet]) -> dict[str, bytes]:
    """The photos a print needs, by name."""
    names = {member.photo_name for sheet in sheets for member in sheet.members if member.photo_name}
    blobs = Blob.select().where(Blob.sha256.in_([name.removesuffix(".jpg") for name in names])) if names else ()
    return {f"{blob.sha256}.jpg": bytes(blob.content) for blob in blobs}


def without_lost_photos(sheet: PosterSheet, found: dict[str, bytes]) -> PosterSheet:
    """A photo that was erased since leaves the surname in its door."""
    members = tuple(
        member if member.photo_name in found else replace(member, photo_name=None) for member in sheet.members
    )
    return replace(sheet, members=members)
