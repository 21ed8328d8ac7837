"""The numbers that lie on the count desk, under the names of the four report sheets."""

from collections.abc import Mapping
from dataclasses import dataclass

from .ballot import Kind
from .outcome import Share
from .tally import Count


@dataclass(frozen=True)
class Figures:
    """What was counted by hand and what the box says, by the names of the four sheets."""

    roll: int = 0  # 名册
    excluded: int = 0  # 不计入应到
    entitled: int = 0  # E 应到
    present: int = 0  # M 实到有选举权
    mobile: int = 0  # V 流动登记
    proxies: int = 0  # W 委托
    ticked_slip: int = 0  # Ts 领码票
    ticked_paper: int = 0  # Tp 领纸票
    slips_printed: int = 0  # P
    slips_left: int = 0  # L 剩余和备用，清点剪角
    slips_drawn: int = 0  # Gv
    audit_drawn: int = 0  # Ga
    cast: int = 0  # U
    audit_cast: int = 0  # A
    audit_agreed: int = 0  # of these, in the box as they were meant
    surrendered: int = 0  # R
    spoiled: int = 0  # S
    replaced: int = 0  # Sr
    never_cast: int = 0  # Z
    paper_printed: int = 0  # Q
    paper_left: int = 0  # Ql
    paper_issued: int = 0  # Qi
    paper_spoiled: int = 0  # Qs
    paper_replaced: int = 0  # Qr
    issued: int = 0  # B 发出
    recovered: int = 0  # K 收回
    valid: int = 0  # Y 有效
    void: int = 0  # D 废票
    bodies: int = 0  # opened from the box
    stubs: int = 0  # receipts in the box
    used_slips: int | None = None  # 用过的票码条，清点

    @property
    def outstanding(self) -> int:
        """F: drawn and neither cast nor handed back; what somebody who knows the codes could vote unseen."""
        return self.slips_drawn - self.cast - self.surrendered - self.spoiled


@dataclass(frozen=True)
class PaperBox:
    """A box of paper ballots as two people counted it; a moving one (流动票箱) also knows what it took along."""

    name: str
    count: Count
    recovered: int
    issued: int | None = None


@dataclass(frozen=True)
class Desk:
    """All that lies on the count desk for one class."""

    kind: Kind
    figures: Figures
    slips: Count
    boxes: tuple[PaperBox, ...] = ()
    candidates: tuple[str, ...] = ()
    seats: int = 0
    lines: int = 0
    quorum: Share | None = None
    quorum_strictly: bool = False

    @property
    def counts(self) -> list[tuple[str, Count]]:
        return [("票码", self.slips)] + [(box.name, box.count) for box in self.boxes]

    @property
    def in_boxes(self) -> int:
        return sum(box.recovered for box in self.boxes)


@dataclass(frozen=True)
class Mismatch:
    """One line that does not hold; `off` is what was stated less what it should be, or by how much it is too much."""

    equation: int
    sentence: str
    values: Mapping[str, object]
    off: int = 0

    def __str__(self) -> str:
        return self.sentence % self.values


@dataclass(frozen=True)
class Reconciliation:
    """Signing is refused while `mismatches` has a line; with `invalid` it is possible only as 无效.

    `notes` and `alarms` ask whoever signs for a printed remark; an alarm is no line of the equations, its figures balance.
    """

    mismatches: tuple[Mismatch, ...]
    invalid: tuple[Mismatch, ...]
    notes: tuple[Mismatch, ...]
    alarms: tuple[Mismatch, ...]
