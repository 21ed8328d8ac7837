"""The papers of a notice: issued once per edition into the register, else a copy marked as a draft."""

from collections.abc import Callable
from dataclasses import dataclass

from blueprints.notices import queries, sheets
from blueprints.notices.models import Notice, NoticePosting, NoticeState
from blueprints.notices.rules import paper_subject
from blueprints.notices.wording import flat
from blueprints.papers import rules as papers
from core import settings
from core.access import Actor, Can
from core.printing.printer import pdf
from core.records.papers import IssuedPaper
from core.refusal import Refused
from core.text import _, _l, in_chinese

A3_FROM_A4 = 2**0.5
settings.declare("notices.red_head", _l("公示用红头（有发文权的单位才能用）"), False, group="notices")


class NotYetToBeIssued(Refused):
    sentence = _l("现在还不能签发这份纸质件：公示要先发布，结果要先登记，张贴证明要先有张贴记录。")
    status = 409


@dataclass(frozen=True)
class Paper:
    """A kind of paper: its entry in the register, template, sheet, name, and which edition of it is wanted now."""

    kind: str
    template: str
    sheet: Callable[[Notice], object]
    name: object
    version: Callable[[Notice], int]
    ready: Callable[[Notice], bool]


def _is_out(notice: Notice) -> bool:
    return notice.state in (NoticeState.PUBLISHED, NoticeState.CONCLUDED, NoticeState.ARCHIVED)


def _events(notice: Notice) -> int:
    """Sheets hung and taken down so far: each of them makes a new certificate."""
    return notice.postings.count() + notice.postings.where(NoticePosting.removed_on.is_null(False)).count()


PAPERS = {
    "notice": Paper(
        "notice", "notices/print/notice.html", sheets.notice, _l("公示"), lambda notice: notice.edition, _is_out
    ),
    "result": Paper(
        "notice-result", "notices/print/notice.html", sheets.result, _l("公示结果"), lambda notice: notice.edition,
        lambda notice: notice.concluded_on is not None,
    ),
    "posting": Paper(
        "notice-posting", "notices/print/posting.html", sheets.certificate, _l("张贴证明"), _events,
        lambda notice: _events(notice) > 0,
    ),
}  # fmt: skip


def _edition(paper: IssuedPaper) -> int | None:
    """The edition a paper of the register is about."""
    one_of = (Notice.id == paper.subject_id) | (Notice.first == paper.subject_id)
    return Notice.select(Notice.id).where(one_of & (Notice.edition == paper.version)).scalar()


def _page(paper: IssuedPaper) -> str:
    """Its page for residents, while they may read it."""
    shown = queries.public(paper.place).where(Notice.id == _edition(paper)).first()
    return f"/notices/{shown.id}" if shown else ""


def _desk(paper: IssuedPaper) -> str:
    return f"/office/notices/{_edition(paper)}"


papers.kind("notice", _l("公示公告"), Can.NOTICES_READ, page=_page, desk=_desk)
papers.kind("notice-result", _l("公示结果"), Can.NOTICES_READ, page=_page, desk=_desk)
papers.kind("notice-posting", _l("张贴证明"), Can.NOTICES_READ, desk=lambda paper: f"/office/notices/{paper.subject_id}")


def issued(notice: Notice, name: str) -> IssuedPaper | None:
    """The register's entry of this paper as it stands now."""
    paper = PAPERS[name]
    return papers.issued(_subject(notice, paper), paper.kind, paper.version(notice))


def _subject(notice: Notice, paper: Paper) -> Notice:
    # A certificate belongs to the sheets of one edition; the other papers follow the notice through its editions.
    return notice if paper.kind == "notice-posting" else paper_subject(notice)


def content(notice: Notice, name: str, size: str = "A4", draw: Callable[..., bytes] = pdf) -> bytes:
    """The copy that was issued; before that, or larger for the wall, drawn anew, and marked unless it was issued."""
    entry = issued(notice, name)
    if entry is not None and size == "A4":
        return bytes(entry.content.content)
    options = {"scale": A3_FROM_A4} if size == "A3" else {}
    code = {"code": entry.code} if entry else {"draft": True}
    return draw(PAPERS[name].template, PAPERS[name].sheet(notice), **code, **options)


@in_chinese()
def issue(actor: Actor, notice: Notice, name: str) -> IssuedPaper:
    """签发: printed with its check code and entered in the register; the same edition is issued once."""
    paper = PAPERS[name]
    if not paper.ready(notice):
        raise NotYetToBeIssued()
    return papers.issue(
        actor, notice.place, _subject(notice, paper), paper.kind, file_name(notice, name),
        lambda code: pdf(paper.template, paper.sheet(notice), code=code), paper.version(notice), notice.number,
    )  # fmt: skip


def file_name(notice: Notice, name: str) -> str:
    """How the file is called when somebody keeps it."""
    title = flat(notice.title)[:60]
    return title if name == "notice" else _("%(title)s-%(paper)s", title=title, paper=PAPERS[name].name)
