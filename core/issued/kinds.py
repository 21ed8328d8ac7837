"""Kinds of paper that leave the office: each area declares its own, so that the register knows who may see an entry."""

from collections.abc import Callable
from dataclasses import dataclass

from core.access import Actor, Can
from core.records.papers import IssuedPaper
from core.records.places import Place


def _all(_actor: Actor, _community: Place) -> object:
    return None


def _nowhere(_paper: IssuedPaper) -> str:
    return ""


def _title(paper: IssuedPaper) -> str:
    return paper.title


def _readable(_actor: Actor, _paper: IssuedPaper) -> bool:
    return True


@dataclass(frozen=True)
class Kind:
    """One kind of paper.

    ``needed``: the permission an account must hold to see entries of this kind; ``visible(actor, community)``: a
    condition on IssuedPaper that narrows them further (None: all). ``readable``: whether the account may open the kept
    copy. ``page`` and ``desk``: the address where residents and the office find what the paper is about, "" where they
    find nothing; ``told``: the title as anybody may read it who has the code. ``dated``: a ledger and the like, where a later one takes nothing from the force of an earlier one,
    unless both bear the same number.
    ``unmarked``: ballots and slips, of which only the number of sheets is kept.
    """

    name: str
    title: object
    needed: Can
    visible: Callable[[Actor, Place], object] = _all
    readable: Callable[[Actor, IssuedPaper], bool] = _readable
    page: Callable[[IssuedPaper], str] = _nowhere
    desk: Callable[[IssuedPaper], str] = _nowhere
    told: Callable[[IssuedPaper], str] = _title
    dated: bool = False
    unmarked: bool = False


KINDS: dict[str, Kind] = {}


def kind(name: str, title: object, needed: Can, **options: object) -> Kind:
    """Declare a kind at import; a paper of a kind nobody declared is not entered."""
    KINDS[name] = Kind(name, title, needed, **options)
    return KINDS[name]
