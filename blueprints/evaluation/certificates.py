"""荣誉证书: one for each commendation that was decided, numbered through the register of issued papers, with its code."""

from collections.abc import Callable, Generator

from blueprints.evaluation import queries, sheets
from blueprints.evaluation.appraising import NobodyCommended, decided
from blueprints.evaluation.models import Commendation
from blueprints.papers import rules as papers
from core import clock, jobs, numbers
from core.access import Actor, Can, actor_of, console
from core.db import writing
from core.records.papers import IssuedPaper
from core.records.people import Account
from core.records.places import Place
from core.text import _, _l

TEMPLATE, KIND, JOB = "evaluation/print/certificate.html", "certificate", "evaluation.certificates"
papers.kind(KIND, _l("荣誉证书"), Can.APPRAISALS_READ, desk=lambda paper: f"/office/commendations/{paper.subject_id}")
jobs.kind(JOB, "blueprints.evaluation.certificates", "print_all", Can.APPRAISALS_EDIT)


def number_of(row: Commendation) -> str:
    """The number a certificate bears; one corrected and printed again keeps its own, a draft has none."""
    paper = papers.issued(row, KIND, None)
    return paper.number if paper else ""


def issue(actor: Actor, row: Commendation, draw: Callable[..., bytes]) -> IssuedPaper:
    """签发. Raises NotYetDecided for a name that was only put forward."""
    decided(row)
    with writing():
        known = papers.issued(row, KIND, row.version)
        if known is not None:
            return known
        number = number_of(row) or _next(row)
        sheet = sheets.certificate(row, number)
        title = _("荣誉证书：%(name)s", name=row.name)
        return papers.issue(
            actor, row.place, row, KIND, title, lambda **marks: draw(TEMPLATE, sheet, **marks), row.version, number
        )


def _next(row: Commendation) -> str:
    year = (row.decided_on or clock.today()).year
    return _("%(year)s年第%(n)s号", year=year, n=numbers.take(row.place, KIND, year))


def print_all(community: Place, year: int, account: int | None = None) -> Generator[tuple[int, int], None, bytes]:
    """All certificates of a year as one PDF; what was only put forward is left out. Raises NobodyCommended."""
    from core.printing import paper

    rows = [row for row in queries.commendations(community, year) if row.decided_on is not None]
    if not rows:
        raise NobodyCommended(year=year)
    actor, parts = actor_of(Account.get_by_id(account)) if account else console(), []
    yield 0, len(rows)
    for row in rows:
        parts.append(bytes(issue(actor, row, paper.render).content.content))
        yield len(parts), len(rows)
    return paper.merge(parts)
