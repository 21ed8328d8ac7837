"""The ballot as it was frozen: all that the voting pages know, in one file beside the box.

The box keeps the digest of this file, so that nobody can swap two names after the ballot was approved.
"""

import hashlib
import json
import os
import secrets
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from . import body
from .refusals import N_, BallotChanged


class Kind(StrEnum):
    """What is asked decides what may be ticked; the titles are the office's words."""

    def __new__(cls, code: str, title: str):
        kind = str.__new__(cls, code)
        kind._value_, kind.title_text = code, title
        return kind

    RECOMMENDATION = "recommendation", N_("推荐票")
    TRUST = "trust", N_("信任票")
    PRESELECTION = "preselection", N_("预选票")
    ELECTION = "election", N_("选举票")
    APPRAISAL = "appraisal", N_("测评票")
    REVIEW = "review", N_("民主评议票")
    RESOLUTION = "resolution", N_("表决票")


class Unmarked(StrEnum):
    """What a row without a tick means is printed on the ballot before anybody votes."""

    ABSTAINS = "abstains"
    REFUSED = "refused"


@dataclass(frozen=True)
class Option:
    """The first option is the one a cap counts; `sign` is drawn beside its word: ring, cross, dash or none."""

    title: str
    sign: str = ""


OPTIONS = {
    Kind.TRUST: (Option(N_("信任"), "ring"), Option(N_("不信任"), "cross"), Option(N_("弃权"), "dash")),
    Kind.PRESELECTION: (Option(N_("赞成"), "ring"), Option(N_("不赞成"), "cross"), Option(N_("弃权"), "dash")),
    Kind.ELECTION: (Option(N_("赞成"), "ring"), Option(N_("不赞成"), "cross"), Option(N_("弃权"), "dash")),
    Kind.RESOLUTION: (Option(N_("同意"), "ring"), Option(N_("反对"), "cross"), Option(N_("弃权"), "dash")),
    Kind.APPRAISAL: tuple(Option(t) for t in (N_("优秀"), N_("称职"), N_("基本称职"), N_("不称职"))),
    Kind.REVIEW: tuple(Option(t) for t in (N_("优秀"), N_("合格"), N_("基本合格"), N_("不合格"))),
    Kind.RECOMMENDATION: (),
}
# A body as a whole is graded by other words than its members.
BODY_OPTIONS = tuple(Option(t) for t in (N_("满意"), N_("基本满意"), N_("不满意")))


@dataclass(frozen=True)
class BallotClass:
    """Party members and residents' representatives hold ballots of their own colour, counted apart."""

    code: str
    title: str
    weight: tuple[int, int] = (1, 1)


@dataclass(frozen=True)
class Candidate:
    """A person in stroke order, a body appraised, or the motion of a resolution."""

    name: str
    about: str = ""


@dataclass(frozen=True)
class Ballot:
    poll: str
    kind: Kind
    title: str
    community: str
    organisation: str
    classes: tuple[BallotClass, ...]
    candidates: tuple[Candidate, ...] = ()
    options: tuple[Option, ...] = ()
    items: tuple[str, ...] = ()  # an appraisal may ask several questions about each candidate
    seats: int = 0
    cap: int = 0  # most rows that may carry the first option; 0 is no cap
    lines: int = 0
    lines_are_names: bool = True
    unmarked: Unmarked = Unmarked.ABSTAINS
    prefix: str = ""
    closes: str = ""
    afterwards: str = ""
    telephone: str = ""
    rules: dict = field(default_factory=dict, hash=False)

    @cached_property
    def rows(self) -> tuple[tuple[Candidate, str], ...]:
        """Candidate by candidate, item by item: the order of the marks inside every ballot."""
        return tuple((candidate, item) for candidate in self.candidates for item in self.items or ("",))

    @property
    def may_abstain(self) -> bool:
        """An appraisal has no word for abstaining; its empty rows are counted as not filled in."""
        return any(option.sign == "dash" for option in self.options)

    @property
    def body_size(self) -> int:
        return body.sealed_size(len(self.rows), self.lines)

    def config(self) -> bytes:
        """The digest that the box, the sheets and the result carry."""
        return hashlib.sha256(canonical(asdict(self))).digest()


def canonical(value: object) -> bytes:
    """One spelling for one content: sorted keys, no spaces, UTF-8, a line feed at the end."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode() + b"\n"


def write(ballot: Ballot, path: Path) -> None:
    """Written once, when the poll is frozen; whole or not at all."""
    draft = path.with_suffix(".json.new")
    draft.write_bytes(canonical(asdict(ballot) | {"config_sha256": ballot.config().hex()}))
    os.replace(draft, path)


def read(path: Path) -> Ballot:
    """Refuses a file that was changed by hand."""
    content = json.loads(path.read_bytes())
    stated = content.pop("config_sha256", "")
    ballot = from_json(content)
    if ballot.config().hex() != stated:
        raise BallotChanged
    return ballot


_read: dict[Path, tuple[tuple[int, int], Ballot, bytes]] = {}


def beside(path: Path, config: bytes) -> Ballot:
    """The ballot of the box at ``path``; refuses one other than the box was made for."""
    file = path.with_suffix(".json")
    state = (file.stat().st_mtime_ns, file.stat().st_size)
    if file not in _read or _read[file][0] != state:
        ballot = read(file)
        _read[file] = (state, ballot, ballot.config())
    _, ballot, stated = _read[file]
    if not secrets.compare_digest(stated, config):
        raise BallotChanged
    return ballot


def from_json(content: dict) -> Ballot:
    kinds = {"classes": BallotClass, "candidates": Candidate, "options": Option}
    parts = {name: tuple(kind(**_tuples(one)) for one in content[name]) for name, kind in kinds.items()}
    choices = {"kind": Kind(content["kind"]), "unmarked": Unmarked(content["unmarked"])}
    return Ballot(**(content | parts | choices | {"items": tuple(content["items"])}))


def _tuples(content: dict) -> dict:
    return {key: tuple(value) if isinstance(value, list) else value for key, value in content.items()}


def standing_in(folder: Path) -> Iterable[Path]:
    """The boxes that have a ballot beside them."""
    return sorted(path.with_suffix(".db") for path in folder.glob("*.json") if path.with_suffix(".db").exists())
