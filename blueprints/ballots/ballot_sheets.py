"""The paper ballot of every kind, one sheet a class, for the copier: no number, no mark, nothing that differs."""

from dataclasses import dataclass
from itertools import groupby

from blueprints.ballots import words
from blueprints.ballots.ballot import Kind
from blueprints.ballots.models import Nominee, Poll
from blueprints.ballots.nominees import in_order
from blueprints.ballots.rules import lines_of
from blueprints.ballots.sheets import classes, held_on
from core import settings
from core.text import _, in_chinese

ON_A5 = 10  # rows; more, or more than three columns, want the larger sheet
COLUMNS = 12  # of an election ballot side by side on A4


@dataclass(frozen=True)
class BallotSheet:
    """One paper ballot: nothing on it differs from the next.

    ``rows`` are (name, item); an election has its names in ``columns`` instead, each run of one post under its head.
    """

    title: str
    community: str
    ballots: str
    options: tuple[str, ...]
    rows: tuple[tuple[str, str], ...]
    columns: tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]
    subject: str
    lines: int
    line_title: str
    words: str
    instructions: tuple[str, ...]
    body: str
    day: str
    colour: int
    size: str


@in_chinese()
def ballot_sheets(poll: Poll) -> list[BallotSheet]:
    """One ballot a class; the office copies as many as it needs and enters their number at the desk."""
    people = list(in_order(poll))
    rows = tuple((row.name, item) for row in people for item in poll.items or [""])
    heads, names = tuple(words.options(poll)), lines_of(poll) if poll.kind not in words.GRADING else 0
    choosing = poll.kind in words.CHOOSING
    long = len(rows) + names > ON_A5 or len(heads) > 3 or bool(poll.items) or (choosing and len(rows) + names > 5)
    return [
        BallotSheet(
            title=poll.title, community=poll.place.name, ballots=row.title if len(classes(poll)) > 1 else "", options=heads,
            rows=rows, columns=_columns(people, names) if choosing else (), subject=_subject(poll), lines=names,
            line_title=_("推荐人姓名") if poll.kind is Kind.RECOMMENDATION else _("另选他人"),
            words=_("意见和建议") if poll.with_words and poll.kind in words.GRADING else "",
            instructions=tuple(words.instructions(poll)), body=settings.value("polls.body", poll.place), day=held_on(poll),
            colour=number, size="A4" if long else "A5",
        )
        for number, row in enumerate(classes(poll))
    ]  # fmt: skip


def _subject(poll: Poll) -> str:
    if poll.kind is Kind.RESOLUTION:
        return _("表决事项")
    return _("测评对象") if poll.kind in words.GRADING else _("姓名")


def _columns(people: list[Nominee], lines: int) -> tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]:
    """Rows of columns: names in the ballot's order, then empty ones; posts head them where each stands together."""
    posts = [post for post, _run in groupby(row.post for row in people)]
    apart = len(posts) > 1 and len(posts) == len(set(posts))
    together = _("候选人（以姓氏笔画为序）")
    cells = [(row.post if apart else together, row.name) for row in people] + [(_("另选他人"), "")] * lines
    blocks = [cells[at : at + COLUMNS] for at in range(0, len(cells), COLUMNS)]
    return tuple(
        tuple((head, tuple(name for _head, name in run)) for head, run in groupby(block, key=lambda cell: cell[0]))
        for block in blocks
    )
