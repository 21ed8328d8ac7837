"""From sheets to PDF: slips of all stairwells as one file, what a branch's year is issued under."""

from collections.abc import Callable, Generator

from blueprints.evaluation import queries, sheets
from blueprints.evaluation.models import BranchYear
from blueprints.organisation import queries as organisation
from blueprints.papers import rules as papers
from core import jobs
from core.access import Actor, Can
from core.db import writing
from core.records.papers import IssuedPaper
from core.records.places import PartyOrg, Place
from core.refusal import Refused
from core.text import _l

SLIP, SUMMARY, GRADES = "evaluation/print/slip.html", "evaluation/print/summary.html", "evaluation/print/grades.html"
SUMMARY_KIND, GRADES_KIND, JOB = "evaluation-summary", "appraisal-results", "evaluation.slips"
USUAL, MOST, TOGETHER = 12, 200, 8  # slips for each stairwell; pages a print worker sets at once
jobs.kind(JOB, "blueprints.evaluation.printing", "print_slips", Can.BOARDS_PRINT)


class NothingHangs(Refused):
    sentence = _l("%(year)s年度没有公示中的承诺，没有可印的评议票。")


def _desk(path: str) -> Callable[[IssuedPaper], str]:
    def page(paper: IssuedPaper) -> str:
        row = BranchYear.get_or_none(BranchYear.id == paper.subject_id)
        return f"/office/{path}/{row.year}/branches/{row.org_id}" if row else ""

    return page


papers.kind(SUMMARY_KIND, _l("党员公开承诺评诺汇总表"), Can.BOARDS_EDIT, desk=_desk("evaluations"))
papers.kind(GRADES_KIND, _l("民主评议党员结果汇总表"), Can.APPRAISALS_READ, desk=_desk("appraisals"))


def issue(actor: Actor, org: PartyOrg, year: int, kind: str, title: str, draw: Callable[..., bytes]) -> IssuedPaper:
    """签发 of a branch's year, anew whenever it reads otherwise."""
    with writing():
        subject, _new = BranchYear.get_or_create(org=org, year=year, defaults={"place": org.place_id})
    return papers.issue(actor, org.place, subject, kind, title, draw, None)


def print_slips(community: Place, year: int, each: int) -> Generator[tuple[int, int], None, bytes]:
    """Slips for every stairwell with promises, as many pages as ``each`` slips need, in building order."""
    from core.printing import paper

    row = queries.round_of(community, year)
    hung = {one.stairwell_id for one in queries.promises_of(community, year)} if row else set()
    pages = []
    for place in organisation.stairwells(community):
        if place.id in hung:
            sheet = sheets.slip(row, place)
            pages += [sheet] * -(-each // sheet.copies)
    if not pages:
        raise NothingHangs(year=year)
    parts = []
    yield 0, len(pages)
    for part in paper.render_many(SLIP, pages, together=TOGETHER):
        parts.append(part)
        yield min(len(pages), len(parts) * TOGETHER), len(pages)
    return paper.merge(parts)
