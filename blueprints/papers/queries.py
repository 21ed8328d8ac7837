"""Reads of the register of issued papers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from peewee import ModelSelect, fn

from core import clock
from core.access import Actor
from core.issued import codes
from core.issued.kinds import KINDS, Kind
from core.records.papers import IssuedPaper, PaperState, PrintRun
from core.records.people import Account
from core.records.places import Place
from core.refusal import Refused
from core.search import MOST, Hit
from core.text import _

LEDGER = "paper-ledger"  # The register on paper does not list itself: issuing it would change it.


@dataclass(frozen=True)
class Asked:
    """What the list is cut down to; nothing chosen is all."""

    year: int = 0
    kind: str = ""
    state: str = ""
    words: str = ""

    def plain(self) -> bool:
        """Whether nothing but a year was asked for: then what bears no mark is shown too."""
        return not (self.kind or self.state or self.words)


def coded(code: str) -> IssuedPaper | None:
    """The paper of this code, as codes.spelled writes it."""
    return IssuedPaper.get_or_none(IssuedPaper.code == code)


def visible_to(actor: Actor, community: Place) -> ModelSelect:
    """Entries the account may see, newest first: each kind asks for its area's permission and draws its own bounds.

    Of a message about somebody, that person learns nothing here either.
    """
    alike: dict[object, list[str]] = {}
    for kind in kinds_of(actor, community):
        alike.setdefault(kind.visible, []).append(kind.name)
    shown = [_of_kinds(names, bounds(actor, community)) for bounds, names in alike.items()]
    query = IssuedPaper.select(IssuedPaper, Account).left_outer_join(Account, on=IssuedPaper.issued_by)
    scope = reduce(or_, shown) if shown else IssuedPaper.id.is_null()
    return query.where((IssuedPaper.place == community) & scope).order_by(
        IssuedPaper.issued_at.desc(), IssuedPaper.id.desc()
    )


def _of_kinds(names: list[str], bounds: object) -> object:
    mine = IssuedPaper.kind.in_(names)
    return mine if bounds is None else mine & bounds


def narrowed(query: ModelSelect, asked: Asked) -> ModelSelect:
    """The list cut down; words are a check code, a number, or part of a title."""
    if asked.year:
        first, last = (clock.utc(datetime(year, 1, 1)) for year in (asked.year, asked.year + 1))
        query = query.where((IssuedPaper.issued_at >= first) & (IssuedPaper.issued_at < last))
    if asked.kind in KINDS:
        query = query.where(IssuedPaper.kind == asked.kind)
    if asked.state in set(PaperState):
        query = query.where(IssuedPaper.state == asked.state)
    for word in asked.words.split():
        query = query.where(_says(word))
    return query


def _says(word: str) -> object:
    try:
        return IssuedPaper.code == codes.spelled(word)
    except Refused:
        return IssuedPaper.title.contains(word) | IssuedPaper.number.contains(word)


def runs(actor: Actor, community: Place, year: int = 0) -> list[PrintRun]:
    """What was printed without a mark, newest first."""
    allowed = [kind.name for kind in KINDS.values() if kind.unmarked and actor.can(kind.needed, community)]
    query = (
        PrintRun.select(PrintRun, Account).left_outer_join(Account)
        .where((PrintRun.place == community) & PrintRun.kind.in_(allowed))
        .order_by(PrintRun.printed_on.desc(), PrintRun.id.desc())
    )  # fmt: skip
    if year:
        query = query.where((PrintRun.printed_on >= date(year, 1, 1)) & (PrintRun.printed_on <= date(year, 12, 31)))
    return list(query)


def years(community: Place) -> list[int]:
    """The years with entries, newest first, this one always among them."""
    first = IssuedPaper.select(fn.MIN(IssuedPaper.issued_at)).where(IssuedPaper.place == community).scalar()
    this = clock.today().year
    return list(range(this, clock.local(first).year - 1 if first else this - 1, -1))


def versions(paper: IssuedPaper) -> list[IssuedPaper]:
    """Every version of the same paper, newest first."""
    return list(
        IssuedPaper.select(IssuedPaper, Account).left_outer_join(Account, on=IssuedPaper.issued_by)
        .where(
            (IssuedPaper.subject_kind == paper.subject_kind) & (IssuedPaper.subject_id == paper.subject_id)
            & (IssuedPaper.kind == paper.kind)
        )
        .order_by(IssuedPaper.version.desc())
    )  # fmt: skip


def kinds_of(actor: Actor, community: Place) -> list[Kind]:
    """The kinds whose entries the account may see."""
    return [kind for kind in KINDS.values() if not kind.unmarked and actor.can(kind.needed, community)]


def search(actor: Actor, community: Place, words: str) -> Iterator[Hit]:
    """Papers by code, number or title."""
    for row in narrowed(visible_to(actor, community), Asked(words=words)).limit(MOST):
        yield Hit(row.title, f"/office/papers/{row.id}", str(_("签发登记")), f"{row.number} {row.code} {row.state.title}".strip())
