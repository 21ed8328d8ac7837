"""The poster of a stairwell as plain values, in the order they are printed."""

from dataclasses import dataclass

from blueprints.boards import layout
from core.strokes import surname_length


@dataclass(frozen=True)
class PosterCommitment:
    """One promise: what, how much, by when, and how far it is (未开始、进行中、已完成; empty before the quarter)."""

    text: str
    target: str = ""
    due: str = ""
    progress: str = ""


@dataclass(frozen=True)
class PosterMember:
    """One member; photo, post, phone and unit only where the member agreed, else None."""

    name: str
    branch: str
    post: str | None
    category: str
    commitments: tuple[PosterCommitment, ...]
    photo_name: str | None = None
    phone: str | None = None
    unit: str | None = None

    @property
    def surname(self) -> str:
        """What stands in the door where there is no photo."""
        return self.name[: surname_length(self.name)]


@dataclass(frozen=True)
class PosterSheet:
    """The board of one stairwell, A4 or A3, in colour or for a printer that has only ``black`` ink.

    ``sample`` marks a board with commitments not yet published, ``replaced`` an issue that another took the place of;
    ``code`` and ``check_url`` stand on what was issued.
    """

    title: str
    community: str
    stairwell: str
    period: str
    leader_title: str
    leader: str
    branch: str
    members: tuple[PosterMember, ...]
    supervise_phone: str
    qr_url: str
    published_on: str
    replace_on: str
    body: str
    sample: bool = False
    size: str = "A4"
    ink: str = "colour"
    order: str = "以姓氏笔画为序"
    small_print: str = ""
    code: str = ""
    check_url: str = ""
    replaced: bool = False

    @property
    def pages(self) -> tuple[layout.Page, ...]:
        """Where everything stands."""
        return layout.pages(self)
