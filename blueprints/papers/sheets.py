"""The register of a year on paper and as a table."""

from collections.abc import Sequence
from dataclasses import dataclass

from core import clock, zh
from core.issued.kinds import KINDS
from core.records.papers import IssuedPaper, PrintRun
from core.records.places import Place
from core.text import _, in_chinese


@dataclass(frozen=True)
class Line:
    """One paper that left the office."""

    kind: str
    title: str
    number: str
    version: int
    pages: int
    issued_on: str
    issued_by: str
    code: str
    state: str
    replaced_by: str
    digest: str


@dataclass(frozen=True)
class RunLine:
    """So many sheets without a mark."""

    kind: str
    title: str
    sheets: int
    printed_on: str
    printed_by: str


@dataclass(frozen=True)
class RegisterSheet:
    """签发登记簿 of a year, or a part of it; ``digest`` stays in the table, on paper its first letters do."""

    title: str
    body: str
    note: str
    on: str
    lines: tuple[Line, ...]
    runs: tuple[RunLine, ...]


def title_of(name: str) -> str:
    """What the office calls a kind."""
    return str(KINDS[name].title) if name in KINDS else name


def line(paper: IssuedPaper, codes: dict[int, str]) -> Line:
    """``codes``: check codes of the papers that took another's place, by their ids."""
    return Line(
        title_of(paper.kind), paper.title, paper.number, paper.version, paper.pages,
        zh.day(clock.local(paper.issued_at).date()), paper.issued_by.name if paper.issued_by else "", paper.code,
        str(paper.state.title), codes.get(paper.replaced_by_id, ""), paper.digest,
    )  # fmt: skip


def lines(papers: Sequence[IssuedPaper]) -> tuple[Line, ...]:
    """In the order they were issued."""
    wanted = {paper.replaced_by_id for paper in papers if paper.replaced_by_id}
    codes = dict(IssuedPaper.select(IssuedPaper.id, IssuedPaper.code).where(IssuedPaper.id.in_(list(wanted))).tuples())
    return tuple(line(paper, codes) for paper in reversed(papers))


def run_lines(runs: Sequence[PrintRun]) -> tuple[RunLine, ...]:
    """The same for what bears no mark."""
    return tuple(
        RunLine(
            title_of(run.kind), run.title, run.sheets, zh.day(run.printed_on), run.printed_by.name if run.printed_by else ""
        )
        for run in reversed(runs)
    )


@in_chinese()
def register(community: Place, papers: Sequence[IssuedPaper], runs: Sequence[PrintRun], part: str) -> RegisterSheet:
    """``part`` says what the list was cut down to."""
    count = _("共 %(n)s 份", n=len(papers))
    return RegisterSheet(
        "签发文件登记簿", community.name, f"{part}　{count}".strip(), zh.day(clock.today()), lines(papers), run_lines(runs)
    )
