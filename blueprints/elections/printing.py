"""From sheets to PDF: the letter upward with the list of names and the signed report sheets bound behind it."""

from blueprints.ballots import queries as ballots
from blueprints.elections import sheets
from blueprints.elections.models import ElectionProcess
from core.printing.binding import bind
from core.printing.printer import pdf


def request(process: ElectionProcess) -> bytes:
    """请示, one PDF to sign and send."""
    parts = [pdf("print/official.html", sheets.request(process)), names(process)]
    return bind([*parts, *(ballots.sheets_of(row.poll) for row in sheets.voted(process))])


def names(process: ElectionProcess) -> bytes:
    """候选人预备人选名册 alone."""
    return pdf("elections/print/names.html", sheets.names(process))
