"""Papers of the count desk as plain values: tally sheets, blank to draw on or as the board stands."""

from dataclasses import dataclass

from blueprints.ballots import ballot_sheets, desk, sheets, words
from blueprints.ballots.models import CallBoard, Poll
from core.text import in_chinese


@dataclass(frozen=True)
class TallySheet:
    """正字计票单. ``rows`` are (name, item, votes by column); no votes at all means a sheet to draw on."""

    title: str
    community: str
    poll: str
    ballots: str
    day: str
    box: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, str, tuple[int, ...]], ...]
    lines: int
    line_title: str
    written: tuple[tuple[str, int], ...]
    called: tuple[int, int] | None


def blank_tallies(poll: Poll) -> list[TallySheet]:
    """One a class of ballots, for drawing by hand."""
    return [
        TallySheet(
            title="正字计票单", community=sheet.community, poll=str(poll), ballots=sheet.ballots, day=sheet.day, box="",
            columns=sheet.options, rows=tuple((name, item, ()) for name, item in sheet.rows), lines=sheet.lines,
            line_title=sheet.line_title, written=(), called=None,
        )
        for sheet in ballot_sheets.ballot_sheets(poll)
    ]  # fmt: skip


@in_chinese()
def called_tally(board: CallBoard) -> TallySheet:
    """What the board shows, to be signed by whoever called, counted and watched."""
    group = board.box.poll_class
    poll, ballot = group.poll, desk.ballot_beside(group.poll)
    graded = poll.kind in words.GRADING
    columns = [*words.options(poll), *(["未填"] if graded else []), "该项无效"]
    rows = [
        (candidate.name, item, tuple(counts if graded else (*counts[:-2], counts[-1])))
        for (candidate, item), counts in zip(ballot.rows, board.rows, strict=True)
    ]
    return TallySheet(
        title="正字计票单", community=poll.place.name, poll=str(poll), ballots=group.title, day=sheets.held_on(poll),
        box=board.box.name, columns=tuple(columns), rows=tuple(rows), lines=0,
        line_title="推荐" if not ballot.rows else "另选", written=tuple(sorted(board.written.items())),
        called=(board.valid, board.void),
    )  # fmt: skip
