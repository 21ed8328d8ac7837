"""From sheets to PDF: the letter upward with the list of names and the signed report sheets bound behind it."""

from blueprints.ballots import queries as ballots
from blueprints.elections import queries, sheets
from blueprints.elections.models import ElectionProcess
from blueprints.papers import rules as papers
from core.access import Can
from core.printing.binding import bind
from core.printing.printer import pdf
from core.records.papers import IssuedPaper
from core.text import _l

REQUEST = "election-request"
papers.kind(
    REQUEST, _l("换届请示"), Can.POLLS_READ, desk=lambda paper: f"/office/elections/{paper.subject_id}",
    visible=lambda actor, place: IssuedPaper.subject_id.in_(queries.visible_to(actor, place).select(ElectionProcess.id).order_by()),
)  # fmt: skip


def request(process: ElectionProcess, code: str | None = None, draft: bool = False) -> bytes:
    """请示, one PDF to sign and send."""
    parts = [pdf("print/official.html", sheets.request(process), code=code, draft=draft), names(process)]
    return bind([*parts, *(ballots.sheets_of(row.poll) for row in sheets.voted(process))])


def names(process: ElectionProcess) -> bytes:
    """候选人预备人选名册 alone."""
    return pdf("elections/print/names.html", sheets.names(process))
