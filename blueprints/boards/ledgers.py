"""Lists on paper: all promises of a year (承诺一览表), and which board to hang where (张贴清单)."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from blueprints.boards import doorway, posting, queries
from blueprints.boards.models import Category, Commitment, CommitmentState
from blueprints.boards.posting import Board, BoardState
from blueprints.organisation.queries import committee_of
from core import clock, zh
from core.records.places import Place
from core.spreadsheets.reading import write_table
from core.text import _, in_chinese

LEDGER, HANGING = "boards/print/ledger.html", "boards/print/hanging.html"
TO_DO = (BoardState.OUTDATED, BoardState.ENDING, BoardState.TO_HANG)


@dataclass(frozen=True)
class LedgerRow:
    """One promise with how far it is; evidence, appraisal and remarks are written by hand."""

    stairwell: str
    name: str
    branch: str
    category: str
    text: str
    target: str
    due: str
    progress: str


@dataclass(frozen=True)
class LedgerSheet:
    """承诺一览表, with totals by category and by state once at the end."""

    title: str
    body: str
    note: str
    day: str
    rows: tuple[LedgerRow, ...]
    by_category: tuple[tuple[str, int], ...]
    by_state: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class HangingRow:
    """One board on the walk: which version hangs, why it is hung."""

    building: str
    stairwell: str
    members: int
    version: str
    reason: str


@dataclass(frozen=True)
class HangingSheet:
    """张贴清单 in walking order; who hung it and when is ticked by hand and typed in afterwards."""

    title: str
    body: str
    note: str
    rows: tuple[HangingRow, ...]
    record_url: str

    @property
    def buildings(self) -> tuple[tuple[str, tuple[tuple[int, HangingRow], ...]], ...]:
        """The rows house by house, numbered through."""
        numbered = enumerate(self.rows, 1)
        return tuple((name, tuple(rows)) for name, rows in groupby(numbered, key=lambda row: row[1].building))


def _body(community: Place) -> str:
    committee = committee_of(community)
    return committee.full_name if committee else community.name


def _progress(row: Commitment, done: dict[int, datetime]) -> str:
    """How far a promise is: for what is on show whether anything was reported, else its state."""
    if row.state is CommitmentState.PUBLISHED:
        return _("进行中") if row.id in done else _("未开始")
    return str(row.state.title)


@in_chinese()
def ledger_sheet(community: Place, year: int, commitments: Sequence[Commitment], narrowed: str = "") -> LedgerSheet:
    """The promises of a list in its order; ``narrowed`` says of what it is a part."""
    done = queries.last_done(community, year)
    categories = Counter(row.category for row in commitments)
    states = Counter(row.state for row in commitments)
    note = _("%(year)s年度，共 %(count)s 条", year=year, count=len(commitments))
    return LedgerSheet(
        title=_("党员公开承诺一览表"), body=_body(community), note=f"{note}　{narrowed}".strip(), day=zh.day(clock.today()),
        rows=tuple(_ledger_row(row, done) for row in commitments),
        by_category=tuple((str(kind.title), categories[kind]) for kind in Category if categories[kind]),
        by_state=tuple((str(state.title), states[state]) for state in CommitmentState if states[state]),
    )  # fmt: skip


def _ledger_row(row: Commitment, done: dict[int, datetime]) -> LedgerRow:
    return LedgerRow(
        row.stairwell.name, row.member.person.name, row.member.org.name if row.member.org else "",
        str(row.category.title), row.text, row.target, zh.day(row.due_on), _progress(row, done),
    )  # fmt: skip


def ledger_file(community: Place, year: int, commitments: Iterable[Commitment]) -> bytes:
    """The same list as a spreadsheet."""
    done = queries.last_done(community, year)
    head = [_("序号"), _("楼道"), _("姓名"), _("支部"), _("类别"), _("承诺事项"), _("数量或标准"), _("完成时限"), _("进展")]
    rows = []
    for number, row in enumerate(commitments, 1):
        line = _ledger_row(row, done)
        rows.append([
            number, line.stairwell, line.name, line.branch, line.category, line.text, line.target, line.due,
            line.progress,
        ])  # fmt: skip
    return write_table(_("承诺一览表"), head, rows)


@in_chinese()
def hanging_sheet(community: Place, places: Collection[int] | None = None) -> HangingSheet:
    """The boards to be hung or replaced, or those of these stairwells."""
    boards = posting.boards(community)
    if places is None:
        wanted = [board for board in boards if board.state in TO_DO or board.unhung_issue]
    else:
        wanted = [board for board in boards if board.place.id in places]
    note = _("共 %(count)s 块，按楼栋顺序", count=len(wanted))
    address = f"{doorway.of(community).address}/office/boards/postings"
    return HangingSheet(_("公示牌张贴清单"), _body(community), note, tuple(map(_hanging_row, wanted)), address)


def _hanging_row(board: Board) -> HangingRow:
    version = _("第%(n)s版", n=board.issue.version) if board.fresh else _("样稿") if board.waiting else _("未打印")
    if board.hung is None:
        reason = _("首次张贴")
    elif board.reasons:
        reason = "；".join(board.reasons)
    elif board.unhung_issue:
        reason = _("换新版")
    elif board.state is BoardState.ENDING:
        reason = _("%(day)s到期", day=zh.day(board.until))
    else:
        reason = _("已张贴，无变化")
    building = _("%(n)s幢", n=board.place.slug.partition("-")[0].upper())
    return HangingRow(building, board.place.name, board.members, version, reason)
