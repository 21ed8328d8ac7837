"""唱票板: paper ballots called aloud and drawn as strokes in front of everybody, ballot by ballot or name by name.

Only sums are kept, and the last few moves so that they can be taken back. Calls enter neither audit nor the poll's
record: who called what at which moment is nobody's business.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from blueprints.ballots import chain, desk
from blueprints.ballots.ballot import Ballot
from blueprints.ballots.body import Vote
from blueprints.ballots.desk import COUNTING, MOST, AccountNeeded, BoxAccepted, Tally
from blueprints.ballots.models import CallBoard, PaperBox, Poll
from blueprints.ballots.steps import WrongStep, step
from blueprints.ballots.tally import abstaining, is_void
from core import history
from core.access import Actor
from core.db import writing
from core.refusal import Refused
from core.text import _l

VOID = "x"
MOVES_KEPT = 10


class AnotherCalls(Refused):
    sentence = _l("这块唱票板由%(name)s操作，您可以在这里看。要换人唱票，请先“清空重唱”。")
    status = 409


class TooManyChosen(Refused):
    sentence = _l("这一票选的多于应选名额，或者姓名重复，应当作废票：请按“废票”。")


class NothingCalled(Refused):
    sentence = _l("还没有唱票。")


class NothingToTakeBack(Refused):
    sentence = _l("没有可以撤回的了。只能撤回最近 %(most)s 笔，更早的请“清空重唱”。")
    status = 409


class CalledTwice(Refused):
    """The same form again, or a form older than the board."""

    sentence = _l("唱票板刚刚记过一笔，这一次没有再记。请看板上的票数，再唱下一票。")
    status = 409


class MoreThanBallots(Refused):
    sentence = _l("“%(name)s”各栏合计 %(total)s，多于有效票 %(valid)s 张，请核对后再录入。")


class NoSuchCell(Refused):
    sentence = _l("板上没有这一格，请刷新后再唱。")


@dataclass(frozen=True)
class Move:
    """One call: ballots it adds, cells (row, column) and names it adds a stroke to."""

    valid: int = 0
    void: int = 0
    cells: tuple[tuple[int, int], ...] = ()
    names: tuple[str, ...] = ()

    def plain(self) -> list[object]:
        return [self.valid, self.void, [list(cell) for cell in self.cells], list(self.names)]


def board_of(box: PaperBox) -> CallBoard | None:
    return box.boards.first()


def begin(actor: Actor, box: PaperBox) -> CallBoard:
    """Put an empty board up; whoever does so is the only one who draws on it."""
    if actor.account_id is None:
        raise AccountNeeded()
    with step(box.poll_class.poll, *COUNTING) as poll:
        fresh = PaperBox.get_by_id(box.id)
        if fresh.accepted is not None:
            raise BoxAccepted(box=fresh.name)
        found = board_of(fresh)
        if found is None:
            ballot = desk.ballot_beside(poll)
            empty = [[0] * (len(ballot.options) + 2) for _row in ballot.rows]
            found = CallBoard.create(box=fresh, account=actor.account_id, rows=empty)
            chain.record(actor, poll, "board", name=fresh.name)
    return found


def call(actor: Actor, board: CallBoard, version: int | None, marks: Sequence[str], names: Sequence[str] = ()) -> None:
    """One ballot: for each row the number of its option, empty for none, ``x`` where that row cannot be read."""
    ballot = _ballot(board)
    if len(marks) != len(ballot.rows):
        raise NoSuchCell()
    written = tuple(filter(None, (name.strip() for name in names))) if ballot.lines_are_names else ()
    vote = Vote(tuple(int(mark) if mark.isdigit() else 0 for mark in marks), written)
    if any(mark > len(ballot.options) for mark in vote.marks):
        raise NoSuchCell()
    if is_void(ballot, vote):
        raise TooManyChosen()
    cells = tuple((row, column(ballot, mark)) for row, mark in enumerate(marks))
    _draw(actor, board, version, Move(valid=1, cells=cells, names=written))


def call_void(actor: Actor, board: CallBoard, version: int | None) -> None:
    """废票: nothing on it counts."""
    _draw(actor, board, version, Move(void=1))


def call_whole(actor: Actor, board: CallBoard, version: int | None) -> None:
    """整票弃权: a valid ballot with nothing on it."""
    call(actor, board, version, [""] * len(_ballot(board).rows))


def stroke(actor: Actor, board: CallBoard, version: int | None, cell: tuple[int, int] | None = None, name: str = "") -> None:
    """Name by name: one stroke in one cell or for one name, or one more valid ballot where neither is given."""
    if name.strip():
        move = Move(names=(name.strip()[:80],))
    elif cell is None:
        move = Move(valid=1)
    else:
        ballot = _ballot(board)
        if not (0 <= cell[0] < len(ballot.rows) and 0 <= cell[1] < len(ballot.options) + 2):
            raise NoSuchCell()
        move = Move(cells=(cell,))
    _draw(actor, board, version, move)


def take_back(actor: Actor, board: CallBoard, version: int | None) -> None:
    """The last move, as if it had not been called; at most the last few, since older ones are forgotten."""
    with writing():
        fresh = _held(actor, board, version)
        if not fresh.recent:
            raise NothingToTakeBack(most=MOVES_KEPT)
        *fresh.recent, last = fresh.recent
        _add(fresh, Move(last[0], last[1], tuple(map(tuple, last[2])), tuple(last[3])), -1)
        fresh.save()


def clear(actor: Actor, board: CallBoard) -> None:
    """清空重唱: the board comes down; whoever begins the next one calls from the first ballot."""
    with step(board.box.poll_class.poll, *COUNTING) as poll:
        chain.record(actor, poll, "board cleared", name=board.box.name)
        board.delete_instance()


def take_over(actor: Actor, board: CallBoard) -> bool:
    """The board's sums as its caller's blind entry; True when it was the second and said the same as the first."""
    with writing():
        fresh = _held(actor, board, None)
        accepted = desk.enter_box(actor, fresh.box, tally_of(fresh))
        fresh.recent = []
        fresh.version += 1
        fresh.save()
    return accepted


def tally_of(board: CallBoard) -> Tally:
    """The sums as a box's entry: rows nobody called are filled up with what an empty row means on this ballot."""
    ballot = _ballot(board)
    if not board.valid + board.void:
        raise NothingCalled()
    rows = []
    for (candidate, item), counts in zip(ballot.rows, board.rows, strict=True):
        missing = board.valid - sum(counts)
        if missing < 0:
            name = "·".join(filter(None, (candidate.name, item)))
            raise MoreThanBallots(name=name, total=sum(counts), valid=board.valid)
        filled = list(counts)
        filled[column(ballot, "")] += missing
        rows.append(tuple(filled))
    return Tally(board.valid + board.void, board.valid, board.void, tuple(rows), tuple(sorted(board.written.items())))


def together(boards: Sequence[CallBoard], ballot: Ballot) -> CallBoard:
    """Several boxes as one board that is kept nowhere."""
    width, names = range(len(ballot.options) + 2), Counter[str]()
    for one in boards:
        names.update(one.written)
    return CallBoard(
        valid=sum(one.valid for one in boards), void=sum(one.void for one in boards), written=dict(sorted(names.items())),
        rows=[[sum(one.rows[row][cell] for one in boards) for cell in width] for row in range(len(ballot.rows))],
    )  # fmt: skip


def column(ballot: Ballot, mark: str) -> int:
    """Where a mark is drawn: its option; 弃权 or 未填 for none; the last column where it cannot be read."""
    if mark == VOID:
        return len(ballot.options) + 1
    if mark.isdigit() and int(mark):
        return int(mark) - 1
    return abstaining(ballot) if ballot.may_abstain else len(ballot.options)


def _draw(actor: Actor, board: CallBoard, version: int | None, move: Move) -> None:
    with writing():
        fresh = _held(actor, board, version)
        _add(fresh, move, 1)
        fresh.recent = [*fresh.recent, move.plain()][-MOVES_KEPT:]
        fresh.save()


def _held(actor: Actor, board: CallBoard, version: int | None) -> CallBoard:
    """The board as it stands, for its own caller, while the poll is being counted and the box is not accepted yet."""
    poll = Poll.get_by_id(board.box.poll_class.poll_id)
    if poll.status not in COUNTING:
        raise WrongStep(title=poll, status=poll.status.title, wanted=COUNTING[0].title)
    if board.account_id != actor.account_id:
        raise AnotherCalls(name=board.account.name)
    fresh = history.unchanged(board, None)
    if version is not None and version != fresh.version:
        raise CalledTwice()
    if fresh.box.accepted is not None:
        raise BoxAccepted(box=fresh.box.name)
    fresh.version += 1
    return fresh


def _add(board: CallBoard, move: Move, sign: int) -> None:
    board.valid += sign * move.valid
    board.void += sign * move.void
    rows = [list(row) for row in board.rows]
    for row, cell in move.cells:
        rows[row][cell] += sign
    names = dict(board.written)
    for name in move.names:
        names[name] = names.get(name, 0) + sign
    board.rows, board.written = rows, {name: number for name, number in names.items() if number}
    if board.valid + board.void > MOST:
        raise desk.FigureTooLarge(number=board.valid + board.void)


def _ballot(board: CallBoard) -> Ballot:
    return desk.ballot_beside(board.box.poll_class.poll)
